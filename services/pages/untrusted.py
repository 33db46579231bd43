"""Pictures of pages of an uploaded PDF, drawn in a child process with limits: a hostile file harms only its drawing."""

import json
import logging
import resource
import subprocess
import sys

from services.document_reading import MEMORY_LIMIT_BYTES, ROOT, TIME_LIMIT_SECONDS
from services.errors import DocumentTooComplex, SkillMapError, error_of_code

logger = logging.getLogger(__name__)

PNG = b"\x89PNG"


def render_untrusted_page(pdf: bytes, page: int, width: int) -> bytes:
    """`images.render_page` in a child process. Raises also DocumentTooComplex."""
    command = [sys.executable, "-m", "services.pages.untrusted", str(page), str(width)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, and two numbers
            command, input=pdf, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False, cwd=ROOT, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentTooComplex from error
    if child.stdout.startswith(PNG):
        return child.stdout
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        logger.warning("page_drawing_died status=%d", child.returncode)
        raise DocumentTooComplex from error
    raise error_of_code(answer["error"], answer["message"])


def _main(page: str, width: str) -> None:
    """In the child: the picture, or the error as JSON, on the standard output."""
    from services.pages.images import render_page

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_SECONDS, TIME_LIMIT_SECONDS))
    try:
        answer = render_page(sys.stdin.buffer.read(), int(page), int(width))
    except SkillMapError as error:
        answer = json.dumps({"error": error.code, "message": error.message}).encode()
    except MemoryError:
        answer = json.dumps({"error": DocumentTooComplex.code, "message": DocumentTooComplex.message}).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    _main(*sys.argv[1:3])
