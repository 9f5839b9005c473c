"""Agencies and broadcasters that a story quotes as its source: told TASS, according to Yonhap, footage by KCTV."""

import re
from collections import Counter
from functools import cache

from msgspec import Struct

from service.parsing.agency import AgencyRow, find_agency, find_mentions
from service.tables import read_table

_CUE = re.compile(
    r"\b(?:told|tells|telling|according\sto|interview|interviewed|quoted|quoting|reported|reports|report"
    r"|says|said|saying|cited|citing|footage|broadcast|broadcasted|aired|by|statement\sto|contributed"
    r"|news\sagency|state\smedia|agency|wire|laut|sagte|sagten|berichte(?:t|te|n)?|meldete|meldet"
    r"|nach\sangaben|agentur|nachrichtenagentur|zitierte|erklärte|gegenüber|selon|indiqué|rapporte"
    r"|rapporté|déclaré|agence|auprès|source|según|informó|informa|dijo|declaró|agencia|segundo|disse"
    r"|secondo|agenzia|ifølge|sier|opplyser|säger|enligt|uppger|volgens|meldt|сообщает|сообщил"
    r"|сообщила|передает|передаёт|агентств\w*|заявил|göre|ajansı|dedi)\b"
    r"|보도|밝혔|전했|에 따르면|通信|報じ|伝え|によると|报道|據|据|報導|電",
    re.IGNORECASE,
)
_AROUND = 70
"""Characters on each side of a name that may hold the word which makes it a source."""


_NAMES = re.compile(r"[^\s,;/&+()][^,;/&+()]*")
_LONGEST_ROW = 120
LONGEST, MOST_TRIES = 30_000, 20
"""Characters of a story looked through, and mentions of one agency: a source is named as one early."""


class SourceMention(Struct, frozen=True):
    """An agency quoted as a source and where its name stands."""

    row: AgencyRow
    start: int
    end: int


class SourceWords(Struct, frozen=True):
    """The part of data/furniture.toml that stands before the source of a text."""

    source_labels: tuple[str, ...]


@cache
def _labels() -> frozenset[str]:
    return frozenset(read_table("furniture.toml", SourceWords).source_labels)


def names_source(row: str) -> bool:
    """Whether a line opens with a word for the source of a text (Quelle: dpa), a picture's label as well."""
    label, colon, _ = row[:24].replace("：", ":").partition(":")
    return bool(colon) and label.strip(" (*").casefold() in _labels()


def named_sources(row: str) -> list[SourceMention]:
    """The agencies that such a line names, by any of their names; none where it is no such line."""
    if not names_source(row) or len(row) > _LONGEST_ROW:
        return []
    low = row.replace("：", ":").find(":") + 1
    rows = ((find_agency(name[0].strip(" ."), position="byline"), name) for name in _NAMES.finditer(row, low))
    return [SourceMention(row, *name.span()) for row, name in rows if row is not None and row.kind != "photo"]


def find_sources(
    text: str, start: int = 0, end: int | None = None, words: set[str] | None = None
) -> list[SourceMention]:
    """The first mention of each agency that running text quotes: one with a word of reporting near its name.

    `words` are those of the text between the bounds, folded, where they are known already.
    """
    end = min(len(text) if end is None else end, start + LONGEST)
    tried: Counter[str] = Counter()
    found: dict[str, SourceMention] = {}
    for mention in find_mentions(text[start:end], words):
        if mention.row.name in found or mention.row.kind in {"photo", "press-release", "handout"}:
            continue
        tried[mention.row.name] += 1
        if tried[mention.row.name] > MOST_TRIES:
            continue
        at, to = start + mention.start, start + mention.end
        near = text[max(start, at - _AROUND) : at] + " " + text[to : min(end, to + _AROUND)]
        if _CUE.search(near):
            found[mention.row.name] = SourceMention(mention.row, at, to)
    return list(found.values())
