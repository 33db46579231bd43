"""/health: is the process alive, and can it do its work."""

from fastapi import APIRouter

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def read_liveness() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}
