"""What the health routes answer."""

from typing import Literal

from pydantic import BaseModel


class Liveness(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Check(BaseModel):
    """One thing that the server needs."""

    status: Literal["ok", "degraded", "failed"]
    detail: str


class Readiness(BaseModel):
    """`degraded`: something optional is missing, the rest works."""

    status: Literal["ok", "degraded", "unavailable"]
    checks: dict[str, Check]
