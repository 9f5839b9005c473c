"""Datelines: the place, agency and reporters that open a wire story (SEOUL, Sept. 3 (Yonhap) --; (서울=연합뉴스))."""

import re

from msgspec import Struct

from schemas.article import Creator
from service.parsing import eastern
from service.parsing.agency import AgencyRow, find_agency
from service.parsing.casing import is_upper, restore
from service.parsing.dates import month_words
from service.parsing.names import name_likeness, read_name
from service.parsing.names import table as names
from service.parsing.reporters import SPACED
from service.parsing.vocabulary import alternation, every


class DatelineReading(Struct, frozen=True):
    """What a dateline says and where it stands; `place` with its case restored."""

    text: str
    start: int
    end: int
    place: str | None = None
    agency: AgencyRow | None = None
    reporters: tuple[Creator, ...] = ()
    role: str | None = None
    confidence: float = 0.8


_DASH = r"(?:--+|[-–—―]|\.\s?[-–—]{1,2})"
_WORD = r"[^\W\d_][\w'’.-]*"
_PLACE = rf"{_WORD}(?:[ \u00a0/]{_WORD}){{0,3}}"
_YEAR = r"(?:,?[ \u00a0](?:19|20)[0-9]{2})?"
_DATE = rf"(?:[^\W\d_]{{3,12}}\.?[ \u00a0][0-9]{{1,2}}|[0-9]{{1,2}}\.?[ \u00a0](?:de[ \u00a0])?[^\W\d_]{{3,12}}){_YEAR}"
_WIRE = re.compile(
    rf"\s*({_PLACE}(?:,[ \u00a0]{_PLACE}){{0,2}}?)(?:,?[ \u00a0]?({_DATE})\.?)?,?[ \u00a0]*"
    rf"(?:\(([^()]{{2,40}})\)|/([^/]{{2,30}})/)[.]?\s*({_DASH}|:|\.|,|=|(?=\s))",
)
_BARE = re.compile(
    rf"\s*({_PLACE}(?:,[ \u00a0]{_PLACE}){{0,2}}?)(?:,[ \u00a0]?({_DATE})\.?)?\s?({_DASH}|[:|])\s?(?=\S)"
)
_NAMED = re.compile(rf"\s*({_PLACE})(?:,[ \u00a0]?({_DATE})\.?)?\s?[-–—]+\s({_PLACE})\.\s")
_FIRST = re.compile(rf"\s*\(([^()]{{2,20}})\)\s?[-–—]+\s?({_PLACE})(?:,[ \u00a0]?({_DATE})\.?)?\s?[-–—]")
"""(ANSA) - ROMA, 22 AGO - …"""
_COMMA = re.compile(rf"\s*({_PLACE})(?:,?[ \u00a0]?({_DATE})\.?)?,[ \u00a0]([^\W\d_]{{2,12}})\s?{_DASH}\s?(?=\S)")
"""VILNIUS, BNS – …"""
_BAR = re.compile(r"\s*([A-ZÄÖÜ]{3,}(?:/[A-ZÄÖÜ]{3,})?)[ \u00a0]((?:[^\W\d_]{2,8}/)*[^\W\d_]{2,8})[ \u00a0]\|\s(?=\S)")
"""BERLIN taz/dpa | …"""
_KOREAN = re.compile(
    r"\s*[(\[]\s?([가-힣A-Z·, ]{1,20})\s?=\s?([^()\[\]]{2,20})[)\]]\s*"
    r"(?:([가-힣]{2,4}(?:(?:\s?[·,ㆍ]\s?|\s+)[가-힣]{2,4}){0,5})\s*"
    r"(인턴기자|수습기자|선임기자|사진기자|기자|특파원|통신원)(?![가-힣]))?\s*(=)?",
)
_JAPANESE = re.compile(r"[【（\[［(]\s?([^=＝【】()（）\s]{1,12})\s?[=＝]\s?([^】）)\]］]{2,30})[】）)\]］]")
_REUTERS = re.compile(r"[［\[]([一-鿿ァ-ヺー]{2,12})[\s　]+[0-9０-９]{1,2}日[\s　]+([一-鿿ァ-ヺーA-Z]{2,12})[］\]]")
_JAPANESE_PLACE = re.compile(r"【([ァ-ヺー・一-鿿]{2,12}?)\s?(?:共同|時事)】")
_JAPANESE_AGENCY = re.compile(r"(?:共同|時事|ロイター)$")
_SEVERAL = re.compile(r"【([^【】]{4,60})】")
_XINHUA = re.compile(
    r"(新华社|新華社|中新社|中新网|中央社|[一-鿿]{2,6}?[网報报社])\s?([一-鿿]{2,8}?)\s?[0-9]{1,2}月[0-9]{1,2}日\s?[电電讯訊]"
    r"(?:\s?[（(](?:新华社|本报)?[记記]者\s?([^）)]{2,40})[）)])?",
)
_LOCAL = re.compile(r"([一-鿿]{2,8}?)[讯訊]\s?[（(](?:本报|本報)?[记記]者[\s　：:]*([^）)]{2,40})[）)]")
_TAIPEI = re.compile(
    r"[（(【〔［\[](?:中央社)?記者\s?([一-鿿]{2,4}(?:、[一-鿿]{2,4}){0,3})[／/]?([一-鿿]{2,4}?)(?:[0-9]{1,2}日)?"
    r"(?:專?電|报道|報導)[）)】〕］\]]",
)


_UNSIGNED = re.compile(rf"\s*({_PLACE})\s?(?:{_DASH}|\.)\s(?=\S)")
_BRACKETS = re.compile(rf"\s*\(({_PLACE})\)\s(?=[A-ZÀ-Þ])")
"""(Tadoussac) Une équipe …, as papers of Québec set it."""
_SIGNED = re.compile(r"[–—.-] |\) ")
"""What ends a place: a cheap look before the patterns."""
_MOST_SPACES = 4
"""Blanks before it."""
_LINE = re.compile(r"[-–—]")
_PERSONAL = 0.75
"""Likeness from which words are a person's name."""
_IN = r"\b(?:in|aus|bei|near|à|en|em|w|we|v|ve|i|på|te|ad)"
"""What stands before a town's name in running text."""
_CHARACTERS = re.compile(r"[一-鿿ァ-ヺ]")
_LONGEST_PLACE = 100
"""Characters of a place before a date."""


def read_dateline(text: str, language: str | None = None) -> DatelineReading | None:
    """The dateline at the start of a paragraph, or (in Japanese and Chinese) in the brackets of its start or end."""
    head = text[:400]
    if not head.strip():
        return None
    if not head.isascii():
        if eastern.HANGUL.search(head[:40]) and (found := _korean(head)):
            return found
        if _CHARACTERS.search(head) and (found := _eastern(text, language)):
            return found
    return _western(head, language)


def read_unsigned(text: str, whole: str, language: str | None = None) -> DatelineReading | None:
    """A place before a dash or a full stop, without agency and date: `Aurich – Der Kreis …`, `BRATISLAVA. Ministri …`.

    The article must name it again; in capitals it is told without that, but with a confidence under 0.75.
    """
    head = text[:400]
    sign = _SIGNED.search(head, 0, 60)
    if sign is None or head.count(" ", 0, sign.start()) > _MOST_SPACES:
        return None
    m = _UNSIGNED.match(head) or _BRACKETS.match(head)
    if not m or len(m[1]) < 4 or "." in m[1] or not _is_place(m[1], None) or len(head) < m.end() + 40:
        return None
    again = named_again(_cased(m[1], None) if is_upper(m[1]) else m[1], whole, m[0])
    if not is_upper(m[1]) and not (again and name_likeness(m[1], language) < _PERSONAL):
        return None
    return _reading(head, m, agency=None, confidence=0.75 if again else 0.6, language=language)


def named_again(place: str, whole: str, printed: str = "") -> bool:
    """Does an article name the place that it opens with once more, after a word such as *in*?

    In capitals before a long dash (`printed`), as American papers set it, it may stand anywhere.
    """
    if printed.rstrip().endswith(("—", "--")) and is_upper(printed.strip(" —-")):
        return place in whole
    return f" {place}" in whole and re.search(rf"{_IN} {re.escape(place)}\b", whole) is not None


def _korean(head: str) -> DatelineReading | None:
    m = _KOREAN.match(head)
    if not m:
        return None
    agency = find_agency(m[2], country="KR", position="dateline")
    role = m[4]
    people = (
        tuple(read_name(n, "ko") for n in re.split(r"\s?[·,ㆍ]\s?|\s+", m[3].strip()) if n) if m[3] and role else ()
    )
    end = m.end() if role else m.end(2) + 1
    if not agency and not people:
        return None
    start = len(head) - len(head.lstrip())
    return DatelineReading(
        head[start:end].rstrip(),
        start,
        len(head[:end].rstrip()),
        m[1].strip(),
        agency,
        people,
        role,
        0.95,
    )


def _eastern(text: str, language: str | None) -> DatelineReading | None:
    if m := _XINHUA.search(text[:200]):
        people = _chinese(m[3] or "")
        return DatelineReading(
            m[0],
            m.start(),
            m.end(),
            m[2],
            find_agency(m[1], position="dateline"),
            people,
            "记者" if people else None,
            0.95,
        )
    if m := _LOCAL.match(text.lstrip()[:80]):
        people = _chinese(m[2])
        if people:
            return DatelineReading(m[0], 0, m.end(), None, find_agency(m[1], position="dateline"), people, "记者", 0.9)
    if m := _TAIPEI.search(text[:200]):
        people = tuple(read_name(n, "zh") for n in m[1].split("、"))
        agency = find_agency("中央社", position="dateline") if "中央社" in m[0] else None
        return DatelineReading(m[0], m.start(), m.end(), m[2] or None, agency, people, "記者", 0.9)
    if (m := _REUTERS.match(text)) and (agency := find_agency(m[2], position="dateline")):
        return DatelineReading(m[0], m.start(), m.end(), m[1], agency, (), None, 0.95)
    for m in _JAPANESE.finditer(text[:200] + "\n" + text[-200:] if len(text) > 400 else text):
        agency = find_agency(m[2].removesuffix("通信"), position="dateline") or find_agency(m[2], position="dateline")
        names = [n for n in re.split(r"[、・，]", m[2]) if n]
        people = (
            () if agency else tuple(read_name(n, "ja") for n in names if name_likeness(n, language or "ja") >= 0.35)
        )
        at = text.find(m[0])
        if agency or (people and len(people) == len(names)):
            sent = next(
                (a for n in (2, 3, 4) if (a := find_agency(m[1][-n:], position="dateline")) and m[1][:-n]), None
            )
            place = m[1] if sent is None else _JAPANESE_AGENCY.sub("", m[1])
            return DatelineReading(m[0], at, at + len(m[0]), place, agency or sent, people, None, 0.9)
    if m := _JAPANESE_PLACE.search(text):
        return DatelineReading(
            m[0], m.start(), m.end(), m[1], find_agency(m[0][-3:-1], position="dateline"), (), None, 0.9
        )
    for m in _SEVERAL.finditer(text):  # 【エルサレム松岡大地、カイロ金子淳】: each reporter behind a place
        pairs = [
            re.fullmatch(r"([ァ-ヺー・]{2,12}|[一-鿿]{2})([一-鿿]{3,5})", part) for part in re.split(r"[、，]", m[1])
        ]
        if pairs and all(pairs):
            people = tuple(read_name(p[2], "ja") for p in pairs if p)
            place = pairs[0][1] if pairs[0] else None
            return DatelineReading(m[0], m.start(), m.end(), place, None, people, None, 0.85)
    return None


_ROLES = re.compile(r"[\s　]*(?:实习记者|实习生|通讯员|記者|记者|特约记者)[\s　：:]*")


def _chinese(text: str) -> tuple[Creator, ...]:
    """The names of a list: 蒋 欣、方海涛 通讯员 王磊."""
    names = re.split(r"[、，,\s　]+", _ROLES.sub("、", SPACED.sub(r"\1\2", text)))
    return tuple(read_name(n, "zh") for n in names if n and name_likeness(n, "zh") >= 0.35)


def _western(head: str, language: str | None) -> DatelineReading | None:
    opening = head.lstrip()[:2]
    if opening[:1] == "(" and (m := _FIRST.match(head)) and _is_place(m[2], m[3]):
        agency = find_agency(m[1], position="dateline")
        if agency is not None:
            return _reading(head, m, agency=agency, confidence=0.95, language=language, place=m[2])
    if not _capital(opening[:1]):
        return None
    front = head[:_LONGEST_PLACE]
    if ("(" in front or "/" in front) and (m := _WIRE.match(head)):
        inner = m[3] or m[4]
        agency = _of_parts(inner)
        if agency and _is_place(m[1], m[2]):
            return _reading(head, m, agency=agency, confidence=0.95, language=language)
        signed = _STATION.fullmatch(inner) and re.fullmatch(_DASH, m[5] or "") and is_upper(m[1].split(",")[0])
        if signed and _is_place(m[1], m[2]) and len(head) > m.end() + 40:
            return _reading(head, m, agency=None, confidence=0.8, language=language)
    for pattern in (_NAMED, _COMMA) if _LINE.search(head, 0, 80) else ():
        if m := pattern.match(head):
            agency = find_agency(m[3], position="dateline")
            if agency and _is_place(m[1], m[2]):
                return _reading(head, m, agency=agency, confidence=0.9, language=language)
    if "|" in front and (m := _BAR.match(head)):
        return _reading(head, m, agency=_of_parts(m[2]), confidence=0.9, language=language)
    dated = "," in front
    if (dated or not opening[1:].islower()) and (m := _BARE.match(head)):
        capitals = is_upper(m[1].split(",")[0])
        if m[2] and not _is_month_date(m[2]):
            return None
        if (capitals or m[2]) and _is_place(m[1], m[2]) and len(m[1]) >= 4 and len(head) > m.end() + 40:
            sure = bool(m[2]) or _STATE.search(m[1]) is not None or m[3] in {"—", "--"}
            return _reading(head, m, agency=None, confidence=0.8 if sure else 0.7, language=language)
    return None


_STATION = re.compile(r"[A-Z][A-Z0-9-]{1,6}")
"""The sign of a station behind its town: GREENPORT, Ohio (WQKX) –"""
_STATE = re.compile(r", (?:[A-Z][a-z]{1,4}\.|[A-Z]\.[A-Z]\.)")
"""An American state behind its town."""


def _of_parts(text: str) -> AgencyRow | None:
    """The agency of what stands in the brackets: AP, dpa/lni, ag/dpa, NTB-Kari Nordmann."""
    parts = (text, *reversed(text.split("/")), text.split("-", maxsplit=1)[0])
    return next((row for part in parts if (row := find_agency(part, position="dateline"))), None)


def _is_month_date(text: str) -> bool:
    return any(word.casefold().strip(".") in month_words() for word in re.findall(r"[^\W\d_]+\.?", text))


_LABELS = re.compile(rf"(?:{alternation(every('label') | every('author') | every('photographer'))})", re.IGNORECASE)
_NO_PLACE = frozenset(
    {
        "watch",
        "read",
        "update",
        "updated",
        "breaking",
        "video",
        "photos",
        "live",
        "exclusive",
        "opinion",
        "note",
        "editor's note",
        "correction",
        "related",
        "more",
        "see also",
        "listen",
        "analysis",
        "new",
        "just in",
        "q",
        "a",
        "faq",
        "tl;dr",
        "news",
        "report",
    }
)


_COMPASS = frozenset({"new", "north", "south", "east", "west", "city", "united", "park", "street", "county", "state"})


_SMALL = frozenset(
    ("am", "an", "im", "ob", "der", "den", "auf", "bei", "sur", "upon", "on", "la", "de", "del", "do", "di")
)
"""Words inside the names of places: Frankfurt am Main."""


def _is_place(text: str, dated: str | None) -> bool:
    words = [word for word in re.split(r"[\s,/]+", text) if word not in _SMALL]
    first = text.split(",", maxsplit=1)[0]
    if not words or len(words) > 7 or _LABELS.fullmatch(first) or first.casefold() in _NO_PLACE:
        return False
    if dated and not _is_month_date(dated):
        return False
    if (
        any(w.casefold() in names().not_names for w in words)
        and not dated
        and not _COMPASS & {w.casefold() for w in words}
    ):
        return False
    return _capital(words[0][0]) and (_capital(words[-1][0]) or words[-1][-1] == ".")


def _capital(letter: str) -> bool:
    """Whether a letter is a capital, or of a script that has none."""
    return letter.isupper() or (letter.isalpha() and letter.upper() == letter.lower())


def _reading(
    head: str,
    m: re.Match[str],
    *,
    agency: AgencyRow | None,
    confidence: float,
    language: str | None,
    place: str | None = None,
) -> DatelineReading:
    """A dateline as matched; without `place` the first group is where it was written."""
    start = len(head) - len(head.lstrip())
    end = len(head[: m.end()].rstrip())
    place = _cased((place or m[1]).rstrip("-–—"), language)
    return DatelineReading(head[start:end], start, end, place, agency, (), None, confidence)


def _cased(place: str, language: str | None) -> str:
    """A place with its case restored: BEIRUT/THE HAGUE; LONDON, UK."""
    parts = [part.strip() for part in place.split(",")]
    return ", ".join(
        part
        if n and len(part) <= 3 and part.isupper()
        else "/".join(restore(town, language) for town in part.split("/"))
        for n, part in enumerate(parts)
    )
