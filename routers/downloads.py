"""Files on their way out: media types, and names that are safe in every header."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi import Response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
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
        headers["X-Document-Warnings"] = json.dumps(warnings[:MAX_WARNINGS])
    return Response(content, media_type=media_type, headers=headers)


def describes_file(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The 200 answer of a route that sends a file, for OpenAPI."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {200: {"description": "The file.", "content": content}}
