"""The numbered text as a model sees it, read back into lines. Knows no section, no entry."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from schemas.model_outputs import LineRange, Span

_LINE = re.compile(r"^(\d+)\| ?(.*)$")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"), " ")
"""Spaces that only look different: whoever sets a line with them means the same."""
_LONGEST_CREDENTIAL = 5
_PLACEHOLDER = re.compile(r"\[(?:NAME|EMAIL|PHONE|LOCATION|LINK)\d*\]")

FieldName = Literal["employer", "title", "dates", "place", "school", "degree"]
"""What a line can say that it holds."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """One line, or what is left of it when its beginning is a heading of its own."""

    number: int
    text: str
    bullet: bool = False
    heading: bool = False
    bold: bool = False
    block: int = 0
    field: FieldName | None = None
    """What a label in front of it said it is."""

    def span(self, text: str) -> Span:
        """Words of this line."""
        return Span(line=self.number, text=text)

    @property
    def range(self) -> LineRange:
        """This line as a whole."""
        return LineRange(first=self.number, last=self.number)

    @property
    def is_caps(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper()

    @property
    def is_contact_only(self) -> bool:
        """Whether nothing but cut-out contact data, labels and separators stands on it."""
        words = re.findall(r"\w+", _PLACEHOLDER.sub("", self.text))
        if not self.has_reach and any(len(word) > _LONGEST_CREDENTIAL for word in words):
            return False  # a name in the name of a firm: `[NAME] Gardens`
        return self.has_placeholder and len(words) <= 3

    @property
    def has_placeholder(self) -> bool:
        """Whether contact data was cut out of it."""
        return bool(_PLACEHOLDER.search(self.text))

    @property
    def is_name(self) -> bool:
        """Whether the person's name was cut out of it, and nothing else stands on it."""
        return bool(re.fullmatch(r"\[NAME\d*\](?:,\s*[\w.]{2,6})*", self.text))

    @property
    def has_reach(self) -> bool:
        """Whether an address, number or link was cut out of it: a contact line, however long."""
        return "[EMAIL" in self.text or "[PHONE" in self.text or "[LINK" in self.text or "[LOCATION" in self.text

    def rest(self, text: str) -> "NumberedLine":
        """The same line with only these words left."""
        return replace(self, text=text, heading=False)


def parse_numbered(numbered_text: str) -> list[NumberedLine]:
    """The lines of a numbered text; the marks for headings, bold lines and list items become flags."""
    lines: list[NumberedLine] = []
    block = 0
    for raw in numbered_text.split("\n"):
        match = _LINE.match(raw)
        if match is None:
            block += not raw.strip()
            continue
        text = match.group(2).translate(_SPACES)
        bullet = text.startswith("- ")
        text = text[2:] if bullet else text
        heading = text.startswith("# ")
        text = text[2:] if heading else text
        bold = len(text) > 4 and text.startswith("**") and text.endswith("**")
        text = text[2:-2] if bold else text
        lines.append(NumberedLine(int(match.group(1)), text.strip(), bullet, heading, bold, block))
    return lines


def without_placeholders(text: str) -> str:
    """The text without the marks that stand for contact data."""
    return _PLACEHOLDER.sub(" ", text)
