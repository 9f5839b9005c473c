"""Bylines: who wrote, helped, edited, translated and photographed, and for whom (FACTS section 4).

A line is freed of addresses, dates and furniture, cut into segments, each segment read as [lead word] people [place,
role, agency]. A line without a lead word must look like names alone. Nothing that reads as a sentence is a byline.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from schemas.article import Agency, Creator
from service.parsing.agency import find_agency
from service.parsing.dates import read_dates
from service.parsing.email import find_emails
from service.parsing.names import given_names, name_likeness, script
from service.parsing.notes import without_notes
from service.parsing.people import (
    Found,
    collective_of,
    first_of_list,
    read_people,
    role_pattern,
    with_fields,
)
from service.parsing.reporters import CHINESE_CUT, CHINESE_NOTE, SPACED, chinese_or_japanese, korean
from service.parsing.vocabulary import alternation, every, group, leads, table
from service.tables import read_table


class Byline(Struct, frozen=True):
    """A byline in its parts; `text` is the line as printed, `places` stand in the order of the authors they follow."""

    text: str
    authors: tuple[Creator, ...] = ()
    contributors: tuple[Creator, ...] = ()
    editors: tuple[Creator, ...] = ()
    translators: tuple[Creator, ...] = ()
    photographers: tuple[Creator, ...] = ()
    agencies: tuple[Agency, ...] = ()
    collective: str | None = None
    emails: tuple[str, ...] = ()
    role: str | None = None
    places: tuple[str, ...] = ()
    labelled: bool = False
    confidence: float = 0.5


_FROM_LANGUAGE = re.compile(  # Translated from the Dutch by X
    r"\b(translated|übersetzt|traduit|traducido) (?:from|aus|de|du|del) (?:[^\W\d_]+ ){1,2}?(by|von|par|por) ",
    re.IGNORECASE,
)
_REPORT = re.compile(r"Aus [A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)? bericht(?:et|en) (?=[A-ZÄÖÜ])")
"""Aus Tiflis berichten X und Y: as good as Von."""
_CLASS_YEAR = re.compile(r"\s[’'][0-9]{2}\b")
"""Of alumni: Malachy Dunne ’24."""
_TRANSLATED = re.compile(r"translat|übersetz|tradu")
MAX_LINE = 400
_DIGIT = re.compile(r"[0-9]")
_BULLET = re.compile(r"^[\s*+•·▪►>|○◦-]+(?=\S)|^\s*o\s(?=\S)")
_QUOTES = frozenset('“”„»«"')
_FULL_STOP = re.compile(r"[a-zà-ÿ]{3}\.")
_NEW_SENTENCE = re.compile(r"[.!?] [A-ZÀ-Þ][a-zà-ÿ]+ [a-zà-ÿ]{2,} [a-zà-ÿ]")
_SEGMENTS = re.compile(r"[ |;│](?:(?<! ) ?|(?<= )(?:[|;│] ?|(?:[•●~→»·—–-]|//) ))")
_GLUED_LEAD = re.compile(
    r"[ABDPVabdpv](?<![^\s|].)(?:(?<=[Bb])y|(?<=B)Y|(?<=[Vv])on|(?<=[Pp])[ao]r|(?<=A)uth?or|(?<=d)oor|(?<=a)[fv])"
    r"(?=[A-ZÀ-Þ][a-zà-ÿ.])"
)
_AND_FIRST = re.compile(r"\s*(?:and|und|et|og|och|en|y|e|&)\s+(?=[^\Wa-z\d_])")
_FROM = re.compile(r"\s+from\s+((?:our\s+)?(?:staff|wire|news|agency|press)[\w ]{0,30})$", re.IGNORECASE)
_EASTERN = re.compile(r"[一-鿿가-힣]")
_COLON = re.compile(r"[:：=＝]")
_AGENCY_LEAD = re.compile(r"\s+(?:by|from)\s+|^(?:by|from)\s+", re.IGNORECASE)


class Furniture(Struct, frozen=True):
    """The part of data/furniture.toml that byline lines are cleaned with."""

    not_after_by: tuple[str, ...]
    weekdays: tuple[str, ...]
    controls: tuple[str, ...]


@cache
def _not_byline() -> re.Pattern[str]:
    words = alternation(read_table("furniture.toml", Furniture).not_after_by)
    return re.compile(rf"^(?:by|from)\s+(?:[0-9]|(?:{words})\b|[a-z]+ing\b)", re.IGNORECASE)


@cache
def _idle() -> frozenset[str]:
    """What may stand alone between separators and means nothing: controls, and a weekday whose date was taken out."""
    words = read_table("furniture.toml", Furniture)
    return frozenset((*words.controls, *words.weekdays, "am", "on", "um", "at", "le", "el", "den"))


@cache
def _idle_ends() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in _idle())


def _trimmed(piece: str) -> str:
    """A piece without the controls and weekdays that end it (Tuva Løland Tips meg; X, Samstag)."""
    piece = piece.strip(" ,.:·-–—")
    while piece:
        if piece.rpartition(" ")[2].casefold().strip(":.,") not in _idle_ends():
            return piece
        words = piece.split(" ")
        size = next(
            (n for n in (4, 3, 2, 1) if len(words) >= n and " ".join(words[-n:]).casefold().strip(":.,") in _idle()), 0
        )
        if not size or (size == len(words) and size > 3):
            return piece
        piece = " ".join(words[:-size]).strip(" ,.:·-–—")
    return ""


@cache
def _lead_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"^({alternation(leads())})(\s*[:：=＝]\s*|\s+(?=\S)|(?<=[一-鿿ぁ-ヺ])[・:/｜]?|(?<=[.])|$)", re.IGNORECASE
    )


_SAINTS = ("São ", "San ", "Santa ", "Santo ", "Rio de ", "Belo ", "Porto ", "Buenos ", "Ciudad ", "La Paz", "Los ")
"""How places begin that could be people by their form."""
_SURE_LEADS = frozenset(("by", "von", "par", "por", "door", "av", "af"))
_INNER_ENDS = frozenset({"by", "von", "par", "por", "di", "door", "av", "af", "from", "to"})


@cache
def _inner_lead() -> re.Pattern[str]:
    """Leads that begin a new segment inside a line: phrases (photos by), and with a colon what others than authors did
    (Text: X Fotos: Y). A lone “von” or “by” there is far more often part of a name or of running text.
    """
    phrases = [w for w in leads() if " " in w and w.split()[-1] in _INNER_ENDS]
    helped = [w for w, (field_name, _) in leads().items() if field_name != "author" and len(w) > 2]
    return re.compile(
        rf"(?<=[\s,;.|/])(?:(?:{alternation(phrases)})(?:\s*:\s*|\s+)|(?:{alternation(helped)})\s*[:：]\s*)"
        rf"(?-i:(?=[^\Wa-z\d_]))",
        re.IGNORECASE,
    )


@cache
def _inner_words() -> frozenset[str]:
    """The last words of those phrases: a line without one of them and without a colon is not searched."""
    return frozenset(word + colon for word in _INNER_ENDS for colon in ("", ":"))


def read_byline(line: str, language: str | None = None) -> Byline | None:
    """A byline in its parts, or None where the line is none. `confidence` says how much speaks for it, 0 to 1."""
    printed = line.strip()
    if not 2 <= len(printed) <= MAX_LINE:
        return None
    text = _unmarked(printed)
    if not text.isascii():
        text = SPACED.sub(r"\1\2", text)
    if text[:1] == "(" and text[-1] == ")" and "(" not in text[1:]:
        text = text[1:-1].strip()
    if text[-1:] in "?!" or not _QUOTES.isdisjoint(text):
        return None  # a question, or somebody is quoted
    if text[:1] in "BbFf" and _not_byline().match(text) and not _some_agency(text):
        return None
    if _GLUED_LEAD.search(text):
        text = _GLUED_LEAD.sub(r"\g<0> ", text)
    if "’" in text or "'" in text:
        text = _CLASS_YEAR.sub("", text)
    if report := _REPORT.match(text):
        text = f"Von {text[report.end() :]}"
    if _TRANSLATED.search(text.casefold()):
        text = _FROM_LANGUAGE.sub(r"\1 \2 ", text)
    emails = find_emails(text)
    bare = _without(text, [(e.start, e.end) for e in emails])
    dates = read_dates(bare, language) if _DIGIT.search(bare) else []
    bare = without_notes(_without(bare, [(d.start, d.end) for d in dates]))
    if _AFTER_PHRASE in bare:
        bare = _helping(bare)
    if not bare or len(bare) > 250 or _is_prose(bare):
        return None
    found = Found()
    if not _segments(bare, found, language, dated=bool(dates)):
        return None
    return _result(printed, found, tuple(dict.fromkeys([e.address for e in emails])), bool(dates))


_HELPED = (
    "reporting by",
    "editing by",
    "files from",
    "contributed to",
    "contributed report",
    "writing by",
    "mitarbeit",
    "with contributions",
    "translated ",
    "übersetzt",
    "übersetzung",
    "traduction",
    "traducción",
)
_SENTENCES = re.compile(r"(?<=[a-zà-ÿ])\.\s+(?=[A-ZÀ-Þ])|;\s+")


def read_note(line: str, language: str | None = None) -> list[Byline]:
    """The sentences of a line below a story that name who helped: Additional reporting by A; B contributed to it."""
    low = line.lower() if len(line) <= MAX_LINE else ""
    if not any(phrase in low for phrase in _HELPED):
        return []
    readings = [read_byline(sentence.strip(" .()[]"), language) for sentence in _SENTENCES.split(line)]
    return [r for r in readings if r and r.labelled and (r.contributors or r.editors or r.translators or r.agencies)]


def _unmarked(line: str) -> str:
    """A line without the sign of a list before it and without invisible characters, its words one space apart."""
    if not line.isascii():
        line = line.replace("\u00ad", "").replace("\u200b", " ")
    bullet = _BULLET.match(line)
    return " ".join((line[bullet.end() :] if bullet else line).split())


def _some_agency(text: str) -> bool:
    return any(find_agency(w, position="byline") for w in _AGENCY_LEAD.split(text) if w)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} | {text[end:]}"
    return text


_AFTER_PHRASE = " contributed "
"""A part of every phrase of `after.contributor`."""


def _helping(bare: str) -> str:
    """Of a note the sentence that says who helped, without its full stop."""
    return next((part for part in _SENTENCES.split(bare) if _AFTER_PHRASE in part), bare).rstrip(" .")


def _opens_with_lead(bare: str) -> bool:
    """Whether a short sentence is a byline with a full stop: By Ana Ruiz. Edited by Ole Brandt."""
    lead = _lead_pattern().match(bare)
    if lead is None or len(bare.split()) > 14:
        return False
    sure = " " in lead[1] or ":" in lead[0] or lead[1].casefold() in _SURE_LEADS
    return sure and bare[lead.end() : lead.end() + 1].isupper()


def _is_prose(bare: str) -> bool:
    """Whether a line ends as a sentence does, or holds the beginning of a second one."""
    end = bare[-1]
    return (
        end in "?!"
        or (end == "." and _FULL_STOP.match(bare, max(0, len(bare) - 4)) is not None and not _opens_with_lead(bare))
        or _NEW_SENTENCE.search(bare) is not None
    )


def _segments(bare: str, found: Found, language: str | None, *, dated: bool) -> bool:
    """Reads every segment into `found`; False where one of them shows that the line is no byline."""
    pieces = [trimmed for p in _SEGMENTS.split(bare) if (trimmed := _trimmed(_without_and(p)))]
    if not bare.isascii() and (":" in bare or "：" in bare):
        pieces = [part for piece in pieces for part in CHINESE_CUT.split(piece) if not CHINESE_NOTE.match(part)]
    if not pieces or len(pieces) > 12:
        return False
    opened = False
    for piece in pieces:
        for segment in _cut_at_leads(_once(piece)):
            if not _segment(segment, found, language):
                found.strangers += 1
        opened = opened or (piece is pieces[0] and bool(found.people.get("author")))
    total = sum(len(p) for p in found.people.values())
    if not total and not found.agencies and not found.collective:
        return False
    if found.labelled or (opened and dated and found.strangers <= 2):
        return True  # Nora Lind – 14.09.2022 – Column, Garden, Neighbours
    covered = found.covered or sum(len(p.printed or "") for people in found.people.values() for p in people)
    return found.strangers <= 1 + total and covered >= 0.4 * len(bare.replace("|", "").strip())


def _without_and(piece: str) -> str:
    joiner = _AND_FIRST.match(piece)
    return piece[joiner.end() :] if joiner else piece


def _once(piece: str) -> str:
    """A piece that is printed twice in a row, once (Journalist i Paris Journalist i Paris)."""
    words = piece.split(" ")
    half = len(words) // 2
    return " ".join(words[:half]) if len(words) % 2 == 0 and words[:half] == words[half:] else piece


def _cut_at_leads(piece: str) -> list[str]:
    """“Reporting by A, editing by B” → two segments; “Kolumne von A” keeps its first words."""
    if ":" not in piece[4:] and _inner_words().isdisjoint(piece.casefold().split()[1:]):
        return [piece]
    opening = _lead_pattern().match(piece)
    begin = max(4, opening.end() if opening else 0)
    cuts = [m.start() for m in _inner_lead().finditer(piece) if m.start() >= begin]
    if not cuts:
        return [piece]
    first = piece[: cuts[0]].strip(" ,(.")
    keep = bool(_lead_pattern().match(first)) or name_likeness(first) >= 0.5 or len(first) < 3
    if not keep and len(first.split()) > 4:
        keep = True  # running text before a lead word: let it be read as a stranger
    bounds = ([0] if keep else []) + cuts + [len(piece)]
    return [piece[a:b].strip(" ,(.") for a, b in pairwise(bounds) if piece[a:b].strip(" ,(.")]


def _segment(segment: str, found: Found, language: str | None) -> bool:
    if (
        not segment.isascii()
        and _EASTERN.search(segment)
        and (korean(segment, found) or chinese_or_japanese(segment, found, language))
    ):
        return True
    folded = segment.casefold()
    if " " in folded and folded.strip(" .:") in every("collective"):
        found.collective = found.collective or segment.strip(" .")  # Haber Merkezi, though haber leads to a name
        found.covered += len(segment)
        return True
    if found.people and segment.startswith(_SAINTS):
        found.places.append(segment.strip(" ."))  # Por Renata Bitencourt — São Paulo
        return True
    if contributed := _after(segment, folded):
        found.labelled = read_people(contributed, "contributor", found, language, labelled=True)
        return found.labelled
    field_name, rest, strong = _lead(segment, language)
    rest = _without_second_lead(rest) if field_name else rest
    if " from " in folded and (tail := _FROM.search(rest)):
        rest = rest[: tail.start()]
        found.collective = tail[1]
    if field_name and not rest:
        return bool(found.collective)
    if (
        field_name
        and _not_byline().match(f"by {rest}")
        and not find_agency(rest, position="byline")
        and collective_of(rest) is None
    ):
        return False
    signed = len(found.agencies)
    ok = read_people(rest, field_name or "author", found, language, labelled=bool(field_name), strong=strong)
    if field_name == "photographer":
        del found.agencies[signed:]  # they sign the picture, not the text
    if ok and field_name:
        found.labelled = True
        found.strong = found.strong or strong
    return ok


def _without_second_lead(rest: str) -> str:
    """“By von Martina Scharmann” (metadata that hold a printed byline) → “Martina Scharmann”.

    No name begins with a particle before a given name: de la Cruz, but Juan de la Cruz.
    """
    words = rest.split(" ", 3)
    lead = len(words) > 2 and words[0].islower() and words[0] in leads() and words[1].casefold() in given_names()
    return rest[len(words[0]) + 1 :] if lead and words[2][:1].isupper() else rest


def _after(segment: str, folded: str) -> str | None:
    for phrase in table()["en"].after.contributor:
        at = folded.find(phrase)
        if at > 3:
            return segment[:at].strip(" ,.")
    return None


def _lead(segment: str, language: str | None) -> tuple[str | None, str, bool]:
    """(what the lead word makes of the names, the text behind it, whether it can hardly mean anything else)."""
    m = _lead_pattern().match(segment)
    if not m:
        return None, segment, False
    word = " ".join(m[1].split()).casefold()
    field_name, groups = leads()[word]
    rest = segment[m.end() :].strip(" :")
    colon = _COLON.search(m[2]) is not None
    here = group(language)
    if not colon and not rest:
        return None, segment, False
    if not colon and script(word) == "latin":
        known = word in {"by", "von", "text", "written by", "posted by"} or (
            # Per and Nga are given names elsewhere; the language of a short text is often guessed wrong.
            here in groups or (word not in given_names() and (here is None or _opens_with_known(rest, language)))
        )
        if not known or (not m[2].strip() and not m[2] and not word.endswith(".")):
            return None, segment, False
        if rest and rest[0] == rest[0].lower() and rest[0].isalpha() and " " in rest and not role_pattern().match(rest):
            words = rest.split()
            if (
                words[0]
                not in {"de", "da", "di", "du", "von", "van", "la", "le", "el", "al", "der", "den", "ter", "ten", "bin"}
                and collective_of(rest) is None
            ):
                return None, segment, False
        small = segment[: len(word)] == word and len(word) <= 3 and word not in {"by", "von", "par", "por"}
        if small and not (here in groups and (_opens_with_name(rest, language) or _is_italian(word, rest, here))):
            return None, segment, False  # a lower-case “di”, “de”, “av” inside a fragment
        if (
            word in {"from", "mit", "com", "aus", "text", "story", "words", "report", "with"}
            and name_likeness(rest.split(",")[0], language) < 0.6
            and collective_of(rest) is None
        ):
            return None, segment, False
    return field_name, rest, colon or " " in word or word in _SURE_LEADS


def _is_italian(word: str, rest: str, here: str | None) -> bool:
    """Whether two or three capitalised words stand behind an Italian *di*, and nothing else: no name begins with it."""
    words = rest.split()
    return word == "di" and here == "it" and 2 <= len(words) <= 3 and all(w[0].isupper() for w in words)


def _opens_with_name(rest: str, language: str | None) -> bool:
    """Whether a person of two names or more, at least one of them known, stands first in a list."""
    name = first_of_list(rest)
    return " " in name and name_likeness(name, language) >= 0.7


def _opens_with_known(rest: str, language: str | None) -> bool:
    """Whether a list opens with a person as `_opens_with_name` asks, with an agency or a desk."""
    return (
        _opens_with_name(rest, language)
        or find_agency(first_of_list(rest), position="byline") is not None
        or collective_of(rest) is not None
    )


def _result(line: str, found: Found, emails: tuple[str, ...], dated: bool) -> Byline:
    authors = found.people.get("author", [])
    if len(authors) == 1 and len(emails) == 1:
        authors = [with_fields(authors[0], email=emails[0])]
    elif len(authors) == len(emails):
        authors = [with_fields(a, email=e) for a, e in zip(authors, emails, strict=True)]
    likeness = min(found.likeness) if found.likeness else 0.6
    confidence = (0.55 + 0.4 * likeness) if found.labelled else 0.75 * likeness
    if found.strong:
        confidence += 0.05
    if emails:
        confidence += 0.1
    if dated:
        confidence += 0.05
    confidence -= 0.12 * found.strangers
    return Byline(
        text=line,
        authors=tuple(authors),
        contributors=tuple(found.people.get("contributor", ())),
        editors=tuple(found.people.get("editor", ())),
        translators=tuple(found.people.get("translator", ())),
        photographers=tuple(found.people.get("photographer", ())),
        agencies=tuple(found.agencies),
        collective=found.collective,
        emails=emails,
        role=found.role,
        places=tuple(found.places),
        labelled=found.labelled,
        confidence=max(0.05, min(0.99, confidence)),
    )
