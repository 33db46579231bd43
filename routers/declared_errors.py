"""Declares a route's errors in OpenAPI, from the error classes themselves."""

from typing import Any

from pydantic import BaseModel

from services.errors import SkillMapError


class ErrorBody(BaseModel):
    """How every error looks."""

    error: str
    detail: str


def declares(*errors: type[SkillMapError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can raise these errors: one example for each, grouped by status code."""
    responses: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        response = responses.setdefault(
            error.status_code,
            {"model": ErrorBody, "description": "", "content": {"application/json": {"examples": {}}}},
        )
        response["description"] = f"{response['description']} {error.message}".strip()
        response["content"]["application/json"]["examples"][error.code] = {
            "value": {"error": error.code, "detail": error.message}
        }
    return responses
