"""What a text from outside must not hold."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def storable(value: str) -> str:
    """The text, unless no database could store it: NUL characters, lone surrogates. Raises ValueError."""
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    value.encode()  # a lone surrogate: UnicodeEncodeError is a ValueError
    return value


def _one_line(value: object) -> object:
    return _CONTROL.sub(" ", value) if isinstance(value, str) and "\x00" not in value else value


SafeText = AfterValidator(storable)
OneLine = BeforeValidator(_one_line)
"""Line breaks and control characters become spaces: for names, which end up in headers and file names."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), OneLine, AfterValidator(storable)
]
