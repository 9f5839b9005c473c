"""A list of people in a byline: names at their joiners, with the places, roles and agencies that follow them."""

import re
from dataclasses import dataclass, field
from functools import cache

from msgspec import Struct

from schemas.article import Agency, Creator
from service.parsing.agency import find_agency, known_names
from service.parsing.casing import is_upper, restore
from service.parsing.names import full_name, given_names, name_likeness, read_name, script
from service.parsing.names import table as name_words
from service.parsing.publication import find_row
from service.parsing.vocabulary import alternation, every, leads, roles
from service.tables import read_table

_BOTH = r"and|und|u\.|sowie|et|og|och|ja|en|with|avec|mit|con|ve|dan|és|та|и|і|й|ir|και|ed|và"
_JOIN = re.compile(
    r"\s*(?:,|、|，|ㆍ|‧|&|\+|／|/)\s*(?:(?:and|und|et|og|och|en|ve|dan|și|και)\s+(?=[^\W\d_])|(?:y|e|i|&)\s+(?=[^\Wa-z\d_]))?|(?<=[^\W\d_])\s*[·・]\s*(?=[가-힣一-鿿])"
    rf"|\s+(?:{_BOTH})\s+(?=[^\W\d_])"
    r"|\s+(?:y|e|i|a)\s+(?=[^\Wa-z\d_])"
    r"|\s+(?:im\s(?:Gespräch|Interview)\smit|in\sconversation\swith)\s+(?=[^\Wa-z\d_])",
)
_CAPITAL_JOIN = re.compile(r"\s(?:AND|UND|ET|OG|OCH|EN|WITH|MIT|CON|COM|Y)\s")
"""Joiners of a line in capitals; of those that may be part of a name only the Spanish one."""
_JOIN_SIGNS = frozenset(",、，ㆍ‧&+／/·・")
_JOIN_WORDS = frozenset((*_BOTH.replace("\\", "").split("|"), "y", "e", "i", "a"))
_SUFFIX = re.compile(r",\s*(?:Ph\.?D\.?|M\.?D\.?|Jr\.?|Sr\.?|I{2,3}|MBA|MSc|Esq\.?|RN)$", re.IGNORECASE)
_BRACKET = re.compile(r"[(（\[]")
_PAREN = re.compile(r"\s*[(（\[]([^()（）\[\]]{1,60})[)）\]]")
_NOTED = re.compile(r"\([^()]*\)")
_NESTED = re.compile(r"\s*\[[^\[\]]*\](?=[^()]*\))")
"""Anna Le Goff (Lannion [Côtes-d'Armor], envoyée spéciale)"""
_WITH = re.compile(r"(?:Theo|avec|mit|con|with|com|med|met)\s+")
"""What stands before an agency that a paper's own text draws on: Minh Hà (Theo Reuters)."""
_GLUED_TAIL = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ].)[a-zà-ÿ]")


@dataclass
class Found:
    """What has been read of a line so far."""

    people: dict[str, list[Creator]] = field(default_factory=dict)
    agencies: list[Agency] = field(default_factory=list)
    collective: str | None = None
    role: str | None = None
    places: list[str] = field(default_factory=list)
    likeness: list[float] = field(default_factory=list)
    strangers: int = 0
    covered: int = 0
    labelled: bool = False
    strong: bool = False


@cache
def role_pattern() -> re.Pattern[str]:
    """What a byline calls its people, with the words that stand before it (chief, freie, our)."""
    words = [w for w in roles() if script(w) not in {"hangul", "han", "kana"}]
    before = (
        "our onze unser unsere notre nuestro nuestra the chief senior political special deputy freier freie leitende"
    )
    return re.compile(
        rf"(?:(?:{'|'.join(before.split())}|[A-Z][a-z]+(?=\s(?i:editor|reporter|correspondent|writer)))\s+)?(?:{alternation(words)})s?",
        re.IGNORECASE,
    )


def read_people(
    rest: str, kind: str, found: Found, language: str | None, *, labelled: bool, strong: bool = False
) -> bool:
    """Reads a list of names with places, roles and agencies into `found`; True where it holds a person or agency."""
    if (whole := collective_of(rest)) is not None:
        found.collective = found.collective or whole
        found.covered += len(rest)
        return True
    if not labelled and not may_be_people(rest):
        return False
    before = len(found.agencies)
    added = 0
    if "(" in rest:
        rest = _NOTED.sub(lambda m: m[0].replace(",", ";"), _NESTED.sub(" ", rest))
    for chunk in _chunks(rest, language):
        outcome = _chunk(chunk, kind, found, language, labelled=labelled, strong=strong, first=added == 0)
        found.covered += len(chunk) if outcome != "stranger" else 0
        if outcome == "person":
            added += 1
        elif outcome == "stranger":
            if not added and len(found.agencies) > before and _PLACE.fullmatch(chunk):
                found.places.append(restore(chunk, language))  # AFP, MANILA
                found.covered += len(chunk)
                continue
            if not labelled and not added:
                return False
            found.strangers += 0 if added and labelled else 1
            if not added:
                return len(found.agencies) > before
    if labelled and not added and found.role and not found.collective and len(found.agencies) == before:
        found.collective = rest.strip(" .")  # By Staff Writer: a role signs, nobody is named
    return bool(added or len(found.agencies) > before or found.collective)


class Controls(Struct, frozen=True):
    """The part of data/furniture.toml that may stand behind a name."""

    controls: tuple[str, ...]


@cache
def _small_words() -> frozenset[str]:
    """Words that bylines print without a capital: particles, titles, roles, joiners, parts of agencies' names."""
    words = name_words()
    phrases = (
        *words.particles,
        *words.titles,
        *words.degrees,
        *words.suffixes,
        *roles(),
        *leads(),
        *known_names(),
        *every("joiners"),
        *every("place"),
        *every("agency"),
        *every("collective"),
        *read_table("furniture.toml", Controls).controls,
    )
    return _JOIN_WORDS | {word.strip(".,:()") for phrase in phrases for word in phrase.split()} | {"im", "conversation"}


def may_be_people(text: str) -> bool:
    """Whether a text without a lead word can begin with a name: the first word without a capital is one of a byline.

    No text for which this is False reads as people, and it is much cheaper than reading it.
    """
    for word in text.split():
        if word[0].islower():
            # vonAnna Berg: a lead word may be glued to the name
            return word.strip(".,:()") in _small_words() or not word.islower() or _mentions_role(text)
        if not (word[0].isalnum() and (word[-1].isalnum() or word[-1] == ".")):
            return True  # a joiner or a bracket: the next word may begin something else
    return True


_PLACE = re.compile(r"[^\Wa-z\d_][\w.'’-]{2,20}(?: [^\Wa-z\d_][\w.'’-]{2,20}){0,2}")


def first_of_list(rest: str) -> str:
    """What stands before the first joiner of a list of people."""
    return _JOIN.split(rest, maxsplit=1)[0].strip(" .")


def _chunks(rest: str, language: str | None) -> list[str]:
    """A list of people at its joiners; “Ortega y Gasset” stays whole, names without a joiner between are parted."""
    if rest.isupper():
        rest = _CAPITAL_JOIN.sub(lambda m: m[0].lower(), rest)
    joined = not (_JOIN_SIGNS.isdisjoint(rest) and _JOIN_WORDS.isdisjoint(rest.split()))
    first = _JOIN.search(rest) if joined else None
    joiner = first[0].strip() if first else ""
    pieces = [p for p in (_JOIN.split(rest) if first else (rest,)) if p.strip(" .")]
    if len(pieces) == 2 and _one_name(pieces[0].split(), joiner, pieces[1].casefold().split()):
        pieces = [rest]
    out: list[str] = []
    for piece in pieces:
        if not out or piece.strip().casefold() not in name_words().degrees:
            out += _apart(piece.strip(), language)
    return out


def _one_name(left: list[str], joiner: str, right: list[str]) -> bool:
    """Whether a joiner stands inside one name: José Ortega y Gasset; Berg, Anna; Martin King, Jr."""
    if joiner in {"y", "e", "i", "a"}:
        return len(left) == 2 and len(right) == 1 and right[0] not in given_names()
    if joiner == ",":
        if find_agency(" ".join(left), position="byline"):
            return False
        behind = name_words().suffixes | name_words().degrees
        return " ".join(right) in behind or (len(left) == 1 and len(right) < 3 and right[0] in given_names())
    return False


def _apart(piece: str, language: str | None) -> list[str]:
    """Names printed one after the other: Birgit Baumann Anna Giulia Fink Jan Michael Marchart; or one name twice."""
    words = piece.split()
    half = len(words) // 2
    if len(words) % 2 == 0 and half >= 2 and words[:half] == words[half:]:
        return [" ".join(words[:half])]
    if (
        len(words) < 4
        or not all(w[0].isupper() or w.casefold() in name_words().particles for w in words)
        or _PAREN.search(piece)
    ):
        return [piece]
    starts = [0]
    for i, word in enumerate(words):
        if (
            i - starts[-1] >= 2
            and word.casefold() in given_names()
            and words[i - 1].casefold() not in name_words().particles
            and len(words) - i >= 2
        ):
            starts.append(i)
    names = [" ".join(words[a:b]) for a, b in zip(starts, [*starts[1:], len(words)], strict=True)]
    if len(names) > 1 and all(name_likeness(n, language) >= 0.7 for n in names):
        return names
    return [piece]


def _chunk(
    chunk: str, kind: str, found: Found, language: str | None, *, labelled: bool, strong: bool, first: bool
) -> str:
    """Reads one piece between joiners: person, agency, role, place or stranger."""
    text = chunk.strip(" .:")
    if chunk.rstrip(" :").endswith(".") and text[-2:-1] in {" ", "."} and text[-1:].isupper():
        text += "."  # an initial: R. M.
    notes = _PAREN.findall(text) if _BRACKET.search(text) else []
    if notes:
        text = _PAREN.sub(" ", text).strip(" .,") or notes[0]
    for note in notes:
        if (agency := find_agency(_WITH.sub("", note, count=1), position="byline")) and text != note:
            _agency(found, agency.name)
        elif is_role(note.strip()):
            found.role = found.role or _role(note)
        elif note.strip().casefold() in leads() and leads()[note.strip().casefold()][0] != "author":
            kind = leads()[note.strip().casefold()][0]  # Ida Holm (Text) und Ole Brandt (Fotos)
        elif not labelled and (":" in note or "/" in note):
            return "stranger"  # Birgit Kelle (Bild: Facebook) is a caption
    if not text:
        return "nothing"
    if agency := find_agency(text, position="byline"):
        # An agency of pictures alone writes no stories: the line is a credit.
        return _agency(found, agency.name) if agency.kind != "photo" or found.people else "stranger"
    if is_role(text):
        found.role = found.role or _role(text)
        if kind == "author" and _role(text) in every("picture_roles"):
            _takes_pictures(found, labelled=labelled)
        return "role"
    if (whole := collective_of(text)) is not None:
        found.collective = found.collective or whole
        return "collective"
    text, place, role, agency_name = _tails(text, language)
    if not first and not agency_name and is_paper(text):
        return "organisation"
    if not text:
        return _agency(found, agency_name) if agency_name else "role"
    likeness = name_likeness(_SUFFIX.sub("", text), language)
    single = len(text.split()) == 1 and script(text) not in {"hangul", "han", "kana"}
    needed = (
        (0.18 if single else 0.3 if strong else 0.4)
        if labelled
        else (1.1 if single else 0.35 if script(text) == "han" else 0.42)
    )
    if not first and labelled:
        needed = max(needed, 0.45)
    if likeness < needed and not (labelled and strong and first and single and _pseudonym(text)):
        paper = find_row(name=text) is not None
        if not first and (paper or _STATION.fullmatch(text)):
            return "organisation"
        if paper and labelled and kind == "author":
            return "organisation"  # Par Le Monde avec AFP
        if not first and is_upper(text) and len(text.split()) <= 3 and text.isalpha() is True:
            found.places.append(restore(text, language))
            return "place"
        if not first and labelled and text[0].isupper() and len(text.split()) <= 3:
            found.places.append(restore(text, language))
            return "place"
        return "stranger"
    if likeness < 0.75 and kind == "author" and find_row(name=text):
        return "organisation" if found.people else "stranger"
    if not first and likeness < 0.7 and single:
        found.places.append(restore(text, language))
        return "place"
    creator = read_name(text, language)
    if kind == "author" and role in every("picture_roles") and (found.people or not labelled):
        kind = "photographer"
    if role or place:
        creator = with_fields(creator, role=role, place=place)
    add_person(found, kind, creator, max(likeness, 0.3))
    if place:
        found.places.append(place)
    if role:
        found.role = found.role or role
    if agency_name:
        _agency(found, agency_name)
    return "person"


def is_paper(text: str) -> bool:
    """Whether the last word (or the first) is one of newspapers' names: Springfield Gazette, Folha do Planalto."""
    words = text.casefold().split()
    if len(words) < 2 or not words[0][0].isalnum():
        return False
    ends = {words[0], words[-1]}
    return not ends.isdisjoint(every("papers")) or (
        words[-1] in every("papers_or_people") and words[0] not in given_names()
    )


def _takes_pictures(found: Found, *, labelled: bool) -> None:
    """The person named last is no author; who stands alone behind a lead word is one all the same."""
    authors = found.people.get("author", [])
    if authors and (len(authors) > 1 or not labelled):
        found.people.setdefault("photographer", []).append(authors.pop())


_STATION = re.compile(r"[A-ZÄÖÜ]{3,5} [A-ZÄÖÜ][a-zäöüß]+")
"""A broadcaster and the town of its studio: ARD Rabat."""


def _pseudonym(text: str) -> bool:
    return (
        bool(re.fullmatch(r"[^\W_][\w.'-]{1,24}", text))
        and text.casefold() not in name_words().not_names
        and not text.isdigit()
    )


def with_fields(creator: Creator, **changes: str | None) -> Creator:
    """The same person with some fields added; None adds nothing."""
    fields = {name: getattr(creator, name) for name in creator.__struct_fields__}
    return Creator(**{**fields, **{k: v for k, v in changes.items() if v}})


_PLACE_TAIL = re.compile(
    rf"\s+(?:{alternation(every('place'))}|In|Desde|Depuis)\s+((?:(?:the|la|le|el|den|Los|São|San|Saint|St\.)\s+)?[^\Wa-z\d_][\w'’.-]+(?:[\s-][^\Wa-z\d_][\w'’.-]+){{0,2}})$"
)
_STARTS = re.compile(r"^|(?<=[ ,–-])")
_FOR_TAIL = re.compile(rf"\s+(?i:{alternation(every('agency') - {'/', 'de', 'da', 'do'})})\s+(.{{2,40}})$")


def _tails(text: str, language: str | None) -> tuple[str, str | None, str | None, str | None]:
    """(name, place, role, agency) of a piece such as “Claire Moreau in Oslo”, “X The Associated Press”."""
    place = role = agency_name = None
    for glued in _GLUED_TAIL.finditer(text, 5):
        if named := role_pattern().match(text, glued.start()):
            role, text = _role(named[0]), text[: glued.start()].strip()
            break
    links = _mentions_link(text)
    if links and (m := _FOR_TAIL.search(text)):
        agency = find_agency(m[1], position="byline")
        if name_likeness(text[: m.start()], language) >= 0.4 and (agency or m[1][0].isupper()):
            agency_name = agency.name if agency else agency_name
            text = text[: m.start()]
    words = text.split()
    for size in range(min(4, len(words) - 2), 0, -1):
        if words[-size][0].isupper() and (agency := find_agency(" ".join(words[-size:]), position="byline")):
            text, agency_name = " ".join(words[:-size]), agency.name
            break
    text, place = _place_tail(text, language) if links else (text, None)
    for word in _STARTS.finditer(text) if _mentions_role(text) else ():
        m = role_pattern().match(text, word.start())
        if m is None or (m.start() and " " not in text[: m.start()].strip() and m[0].casefold() not in roles()):
            continue  # Karin Lund Reporter: the word before a role may be the family name
        if (
            m.start() > 3
            and name_likeness(text[: m.start()].strip(" ,–-"), language) >= 0.4
            and m.end() >= len(text) - 30
        ):
            role, text = _role(m[0]), text[: m.start()].strip(" ,–-")
            break
        if m.start() == 0 and m.end() < len(text) and text[m.end()] == " ":
            rest = text[m.end() :].strip()
            if name_likeness(rest, language) >= 0.4:
                text, place = _place_tail(rest, language) if links and not place else (rest, place)
                role = _role(m[0])
                break
    return text.strip(" ,"), place, role, agency_name


def _place_tail(text: str, language: str | None) -> tuple[str, str | None]:
    """A name and the place behind it: Claire Moreau in Oslo."""
    m = _PLACE_TAIL.search(text)
    return (text[: m.start()], m[1]) if m and name_likeness(text[: m.start()], language) >= 0.4 else (text, None)


@cache
def _link_words() -> frozenset[str]:
    return frozenset(word for phrase in every("agency") | every("place") for word in phrase.split())


def _mentions_link(text: str) -> bool:
    """Whether a small word of a text can lead to a place or an employer."""
    return not _link_words().isdisjoint(text.casefold().split()[1:-1])


@cache
def _role_beginnings() -> dict[str, tuple[str, ...]]:
    """The first words of roles by their first three letters."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted({role.partition(" ")[0] for role in roles()}):
        found[word[:3]] = (*found.get(word[:3], ()), word)
    return found


def _mentions_role(text: str) -> bool:
    """Whether a word of a text begins as one of a role does."""
    beginnings = _role_beginnings()
    for word in text.casefold().replace("-", " ").replace("–", " ").replace(",", " ").split():
        known = beginnings.get(word[:3])
        if known and word.startswith(known):
            return True
    return False


def is_role(text: str) -> bool:
    """Whether a text is what a byline calls its people, and nothing more."""
    return text.rpartition(" ")[2].casefold().removesuffix("s") in _role_ends() and bool(role_pattern().fullmatch(text))


@cache
def _role_ends() -> frozenset[str]:
    """The last words of roles, without a plural's s."""
    return frozenset(role.rpartition(" ")[2].removesuffix("s") for role in roles())


def _role(text: str) -> str:
    word = text.strip() if script(text) in {"hangul", "han", "kana"} else text.strip().lower()
    return word[:-1] if word.endswith("s") and word[:-1] in roles() else word


@cache
def _collective_heads() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in every("collective"))


_COLLECTIVE_OF = re.compile(r"(.+?)\s+([A-ZÀ-Þ]{2,6}|[A-ZÀ-Þ][\w-]+\s?[\w-]*)")


def collective_of(text: str) -> str | None:
    """A byline without a person: Staff, Agencies, Redacción EC, 온라인뉴스팀; as printed."""
    bare = text.strip(" .:()[]")
    words = bare.replace("\u200b", " ").casefold().split()
    if not words or "," in bare:
        return None
    key = " ".join(words)
    known = every("collective")
    if key in known:
        return bare
    m = _COLLECTIVE_OF.fullmatch(bare) if words[0] in _collective_heads() else None
    if (
        m
        and m[1].casefold() in known
        and script(bare) == "latin"
        and m[1].casefold()
        not in {"red", "team", "agencies", "staff", "mit agenturen", "editorial", "gast", "editors", "agencia"}
        and name_likeness(bare) < 0.7
    ):
        return bare
    if (
        len(words) in {2, 3, 4}
        and words[-1]
        in {
            "staff",
            "redaktion",
            "newsroom",
            "desk",
            "redaktionsteam",
            "editorial",
            "newsdesk",
            "team",
            "reporters",
            "redaction",
        }
        and name_likeness(bare) < 0.7
    ):
        return bare
    if key.endswith(("-redaktion", "redaktion")) and len(words) <= 2:
        return bare
    if words[0].endswith(("redaktion", "-studio")) and len(words) <= 3 and bare[0].isupper():
        return bare  # Lokalredaktion Essling
    return None


def _agency(found: Found, name: str) -> str:
    row = find_agency(name)
    if row and all(a.name != row.name for a in found.agencies):
        short = row.abbreviations[0] if row.abbreviations else None
        found.agencies.append(Agency(name=row.name, abbreviation=short, role="byline", kind=row.kind))
    return "agency"


def add_person(found: Found, kind: str, creator: Creator, likeness: float) -> None:
    """Notes a person once, with how much the text looked like a name."""
    people = found.people.setdefault(kind, [])
    if all(full_name(p).casefold() != full_name(creator).casefold() for p in people):
        people.append(creator)
        found.likeness.append(likeness)
