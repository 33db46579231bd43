"""/health: is the process alive, and can it do its work."""

from fastapi import APIRouter

from routers.declared_errors import declares
from routers.dependencies import AppDatabase, AppPdfConverter, AppSettings, AppStorage
from schemas.health_schemas import Liveness, Readiness
from services import health_service
from services.errors import NotReady

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def read_liveness() -> Liveness:
    """The process answers."""
    return Liveness()


@router.get("/ready", responses=declares(NotReady))
async def read_readiness(
    database: AppDatabase, storage: AppStorage, pdf_converter: AppPdfConverter, settings: AppSettings
) -> Readiness:
    """What the server needs, and whether it has it. Asks no vendor, so it may be called as often as you like."""
    return await health_service.readiness(
        database=database, storage=storage, pdf_converter=pdf_converter, settings=settings
    )
