"""Agencies and broadcasters that a story quotes as its source: told TASS, according to Yonhap, footage by KCTV."""

import re
from collections import Counter

from msgspec import Struct

from service.parsing.agency import AgencyRow, find_mentions

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


LONGEST, MOST_TRIES = 30_000, 20
"""Characters of a story looked through, and mentions of one agency: a source is named as one early."""


class SourceMention(Struct, frozen=True):
    """An agency quoted as a source and where its name stands."""

    row: AgencyRow
    start: int
    end: int


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
