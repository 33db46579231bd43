"""Declares a route's errors in OpenAPI, from the error classes themselves."""

from collections.abc import Callable
from typing import Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel

from services.errors import DatabaseBusy, SkillMapError, UploadTooLarge


class ErrorBody(BaseModel):
    """How every error looks."""

    error: str
    detail: str


class FieldFault(BaseModel):
    """One invalid field; the value itself is not repeated."""

    type: str
    loc: list[str | int]
    msg: str


class ValidationErrorBody(BaseModel):
    """How it looks when fields are invalid."""

    error: Literal["validation_error"]
    detail: list[FieldFault]


def declares(*errors: type[SkillMapError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can raise these errors: one example for each, grouped by status code."""
    responses: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        response = responses.setdefault(
            error.status_code,
            {
                "model": ErrorBody | ValidationErrorBody if error.status_code == 422 else ErrorBody,
                "description": "",
                "content": {"application/json": {"examples": {}}},
            },
        )
        response["description"] = f"{response['description']} {error.message}".strip()
        response["content"]["application/json"]["examples"][error.code] = {
            "value": {"error": error.code, "detail": error.message}
        }
    return responses


def openapi_with_common_errors(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The app's `openapi`, plus what no route has to name: invalid fields, unreadable bodies and too long ones."""
    make_schema = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = make_schema()
            schemas = schema["components"]["schemas"]
            schemas["HTTPValidationError"] = ValidationErrorBody.model_json_schema(
                ref_template="#/components/schemas/{model}"
            )
            schemas.update(schemas["HTTPValidationError"].pop("$defs"))
            for path in schema["paths"].values():
                for operation in path.values():
                    body_errors = _BODY_ERRORS if "requestBody" in operation else {}
                    operation["responses"] = _SERVER_ERRORS | body_errors | operation["responses"]
            app.openapi_schema = schema
        return app.openapi_schema

    return openapi


def _described(description: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ErrorBody.__name__}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_SERVER_ERRORS = {"500": _described(SkillMapError.message), "503": _described(DatabaseBusy.message)}
_BODY_ERRORS = {"400": _described("The body could not be read."), "413": _described(UploadTooLarge.message)}
