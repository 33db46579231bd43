"""Files on their way out: media types, and names that are safe in every header."""

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


def file_response(
    content: bytes, *, media_type: str, file_name: str, inline: bool = False, warnings: Sequence[str] = ()
) -> Response:
    """A download, or a preview in the browser, with its name in both spellings of RFC 6266.

    What could not be written into the file is said in `X-Document-Warnings`, a JSON list in ASCII.
    """
    disposition = "inline" if inline else "attachment"
    plain = file_name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "").strip() or "resume"
    header = f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
    headers = {"Content-Disposition": header}
    if warnings:
        more = [f"… and {len(warnings) - MAX_WARNINGS} more."] if len(warnings) > MAX_WARNINGS else []
        headers["X-Document-Warnings"] = json.dumps([*warnings[:MAX_WARNINGS], *more])
    return Response(content, media_type=media_type, headers=headers)


def json_resume_response(resume: ResumeData) -> Response:
    """A resume as a JSON Resume, whose readers want empty fields to be absent."""
    content = to_json_resume(resume).model_dump_json(by_alias=True, exclude_none=True)
    return Response(content, media_type="application/json")


PictureWidth = Annotated[int, Query(ge=50, le=2000, description="in pixels")]
KnownTags = Annotated[str, Header(alias="If-None-Match", description="the `ETag` of the picture that you have")]


def picture_response(picture: Picture, known_tags: str) -> Response:
    """A picture that the browser may keep and has to ask for again; nothing is sent when it has this very one."""
    etag = f'"{picture.tag}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if known_tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in known_tags.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(picture.content, media_type=PNG, headers=headers)


def describes_picture() -> dict[int | str, dict[str, Any]]:
    """The 200 and 304 answers of a route that sends a picture, for OpenAPI."""
    return {**describes_file(PNG), 304: {"description": "You have this picture already."}}


def describes_file(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The 200 answer of a route that sends a file, for OpenAPI."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The file.", "content": content}}
