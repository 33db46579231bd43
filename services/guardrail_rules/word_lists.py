"""Reading the word lists that stand beside the code: sections in brackets, words between white space, `#` comments."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def read_word_lists(name: str) -> dict[str, list[str]]:
    """The sections of a list, each with its words in order."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    return sections
