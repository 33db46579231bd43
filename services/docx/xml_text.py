"""Text that XML can hold. Knows no document."""

_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))


def without_illegal(text: str) -> str:
    """The text without control characters and lone surrogates, which XML forbids."""
    return text.translate(_ILLEGAL)
