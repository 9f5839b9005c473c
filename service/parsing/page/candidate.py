"""A candidate for a field: a value, where it was read, and how far that kind of place is trusted."""

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgspec import Struct

from schemas.evidence import Evidence, Source

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
ACCENT = re.compile("[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")
BLANKED = str.maketrans({chr(n): " " for n in range(128) if not chr(n).isalnum()})
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")


class Candidate(Struct, frozen=True, gc=False):
    """`start` and `end` are offsets in the document's text, where it stands there; else `path` names the place.

    `path` may be the number of an element (and `attribute` one of its attributes): most candidates are not chosen, so
    only the evidence of those that are spells it out.
    """

    value: Any
    source: Source
    rule: str
    confidence: float
    path: str | int | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    attribute: str = ""

    def evidence(self, path_of: Callable[[int], str], confidence: float | None = None) -> Evidence:
        """The same as evidence of an article's field; `path_of` spells out the path of an element."""
        path = path_of(self.path) if isinstance(self.path, int) else self.path
        if self.attribute:
            path = f"{path}[{self.attribute}]"
        quote = passage(self.quote)
        if confidence is None:
            confidence = self.confidence
        return Evidence(
            source=self.source,
            start=self.start if quote else None,
            end=self.end if quote else None,
            path=line(path) if path else None,
            quote=quote,
            rule=self.rule,
            confidence=round(min(1.0, max(0.0, confidence)), 2),
        )


def tidy(text: object) -> str:
    """Any value as one line of clean text: no markup, entities, control characters or blanks around it."""
    if not isinstance(text, str):
        return str(text) if isinstance(text, int | float) and not isinstance(text, bool) else ""
    if "<" in text:
        text = MARKUP.sub(" ", text)
    if "&" in text and ENTITY.search(text):
        text = html.unescape(html.unescape(text))
    if text.isprintable():  # what cannot be seen or written is not, nor any white space but the blank
        return " ".join(text.split()) if "  " in text else text.strip()
    return " ".join(UNWRITABLE.sub(" ", INVISIBLE.sub("", text)).split())


def line(text: object) -> str | None:
    """A value fit for a Line: clean, not empty, at most 2,000 characters."""
    return tidy(text)[:2000].strip() or None


def passage(text: object) -> str | None:
    """A value fit for a Passage. Line breaks are kept, so that a quote equals the text it stands in."""
    if not isinstance(text, str) or not text or text.isspace():
        return None
    return text[:20_000] if text.isprintable() else UNWRITABLE.sub(" ", text)[:20_000]


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """For comparing: letters and digits only, lower case, without accents."""
    text = text.lower()
    if not text.isascii():
        text = ACCENT.sub("", unicodedata.normalize("NFKD", text.replace("ß", "ss")))
    return " ".join(text.translate(BLANKED).split() if text.isascii() else WORD.findall(text))
