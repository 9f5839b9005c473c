"""The words of a text as a set, its script, where strings stand in it: quicker than a pattern that walks letters."""

from collections.abc import Iterable

_LETTERS_ALONE = bytes(code if code >= 0x80 or chr(code).isalpha() else 0x20 for code in range(256))
_WIDE_LEADS = (0xE1, *range(0xE3, 0xEE), 0xEF)
"""The bytes with which wide letters begin in UTF-8 (radicals apart, which stand among others)."""


def folded_words(folded: str) -> set[str]:
    """The words of a text in small letters, without figures, quotes, hyphens and other plain signs."""
    return set(folded.encode(errors="replace").translate(_LETTERS_ALONE).decode().split())


def may_be_wide(text: str) -> bool:
    """Whether a text can have wide letters (日本語, 한국어)."""
    return not text.isascii() and any(map(text.encode(errors="replace").__contains__, _WIDE_LEADS))


def places_of(text: str, parts: Iterable[str]) -> list[int]:
    """Where any of a few strings stands in a text, one string after the other.

    A text mostly holds none of them, which no pattern finds as quickly.
    """
    found: list[int] = []
    for part in parts:
        # One sign is looked for many times as fast, and most texts hold no accented letter or square bracket.
        at = text.find(part) if part[-1] in text and max(part) in text else -1
        while at >= 0:
            found.append(at)
            at = text.find(part, at + len(part))
    return found
