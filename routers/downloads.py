"""Files on their way out: media types, and names that are safe in every header."""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Header, Query, Response

from schemas.resume_schemas import ResumeData
from services.json_resume_export import to_json_resume
from services.pages.images import Picture

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG = "image/png"
MAX_WARNINGS = 20  # a header has to stay short


def file_response(content: bytes, *, media_type: str, file_name: str, warnings: Sequence[str] = ()) -> Response:
    """A download. What could not be written into the file is said in `X-Document-Warnings`, a JSON list in ASCII."""
    headers = {"Content-Disposition": _disposition("attachment", file_name), **_said(warnings)}
    return Response(content, media_type=media_type, headers=headers)


def pdf_response(content: bytes, *, file_name: str, known_tags: str, warnings: Sequence[str] = ()) -> Response:
    """A PDF for previewing in the browser, which may keep it and has to ask for it again."""
    headers = {"Content-Disposition": _disposition("inline", file_name), **_said(warnings)}
    return _kept_response(content, PDF, hashlib.sha256(content).hexdigest(), known_tags, headers)


def _disposition(kind: str, file_name: str) -> str:
    """The file's name in both spellings of RFC 6266."""
    plain = file_name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip() or "resume"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _said(warnings: Sequence[str]) -> dict[str, str]:
    more = [f"… and {len(warnings) - MAX_WARNINGS} more."] if len(warnings) > MAX_WARNINGS else []
    return {"X-Document-Warnings": json.dumps([*warnings[:MAX_WARNINGS], *more])} if warnings else {}


def json_resume_response(resume: ResumeData) -> Response:
    """A resume as a JSON Resume, whose readers want empty fields to be absent."""
    content = to_json_resume(resume).model_dump_json(by_alias=True, exclude_none=True)
    return Response(content, media_type="application/json")


PictureWidth = Annotated[int, Query(ge=50, le=2000, description="in pixels")]
KnownTags = Annotated[str, Header(alias="If-None-Match", description="the `ETag` of what you have")]


def picture_response(picture: Picture, known_tags: str) -> Response:
    """A picture that the browser may keep and has to ask for again."""
    return _kept_response(picture.content, PNG, picture.tag, known_tags, {})


def _kept_response(content: bytes, media_type: str, tag: str, known_tags: str, headers: dict[str, str]) -> Response:
    """What may be kept, under a tag; nothing is sent to a browser that has this very one."""
    etag = f'"{tag}"'
    headers = {**headers, "ETag": etag, "Cache-Control": "private, no-cache"}
    if known_tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known_tags.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def describes_picture() -> dict[int | str, dict[str, Any]]:
    """The 200 and 304 answers of a route that sends a picture, for OpenAPI."""
    return _describes_kept(PNG)


def describes_pdf() -> dict[int | str, dict[str, Any]]:
    """The 200 and 304 answers of a route that sends a PDF for previewing, for OpenAPI."""
    return _describes_kept(PDF)


def _describes_kept(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {**describes_file(media_type), 304: {"description": "You have this very file already."}}


def describes_file(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The 200 answer of a route that sends a file, for OpenAPI."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The file.", "content": content}}
