"""The case of names printed in capitals: BY SEAN O'BRIEN → Sean O'Brien (FACTS section 4)."""

import re
from functools import cache

from msgspec import Struct

from service.parsing.eastern import is_korean_syllable
from service.tables import read_table


class CaseTable(Struct, frozen=True):
    """The part of data/names.toml that says how names are capitalised."""

    particles: tuple[str, ...]
    suffixes: tuple[str, ...]
    mac: tuple[str, ...]
    mac_exact: dict[str, str]


@cache
def _table() -> CaseTable:
    return read_table("names.toml", CaseTable)


@cache
def _particle_words() -> frozenset[str]:
    words = {word for particle in _table().particles for word in particle.split()}
    return frozenset(words - {"e", "y", "o'"})


_CAPITAL_NUMERAL = frozenset({"ii", "iii", "iv"})
_PARTS = re.compile(r"([-‐‑'’.])")


_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
_MC = re.compile(r"\bMc(?=[A-Z])")


def is_upper(text: str) -> bool:
    """Whether every letter is a capital, ignoring the small c of Mc (McCARTHY); False without cased letters."""
    bare = _MC.sub("M", text) if "Mc" in text else text
    return bare.isupper() and sum(c.isupper() for c in bare) > 1


def lower(text: str, language: str | None = None) -> str:
    """Lower case; in Turkish and Azerbaijani İ gives i and I gives ı."""
    if language and language.split("-")[0].lower() in {"tr", "az"}:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower().replace("i̇", "i")


def restore(name: str, language: str | None = None) -> str:
    """A name in capitals as it would be written; a name that has small letters is returned as it is."""
    if not is_upper(name):
        return name
    words = name.split(" ")
    return " ".join(_word(w, i, len(words), language) for i, w in enumerate(words))


def _word(word: str, index: int, count: int, language: str | None) -> str:
    small = lower(word, language)
    if small.rstrip(",") in _CAPITAL_NUMERAL:
        return word.upper()
    if 0 < index < count - 1 and small in _particle_words():
        return small
    if _INITIALS.fullmatch(word):  # initials stay capitals: J.R.
        return word
    pieces = _PARTS.split(small)
    out = []
    for i, piece in enumerate(pieces):
        before = pieces[i - 1] if i else ""
        if (
            not piece
            or _PARTS.fullmatch(piece)
            or (before in {"-", "‐", "‑"} and _korean_given(pieces, i))
            or (before in {"'", "’"} and len(pieces[i - 2]) > 2)
        ):
            out.append(piece)
        else:
            out.append(_capital(piece, language))
    return "".join(out)


def _korean_given(pieces: list[str], index: int) -> bool:
    """JONG-UN keeps a small second part; ANNE-MARIE does not: a one-syllable first part tells."""
    return index == 2 and len(pieces) == 3 and is_korean_syllable(pieces[0]) and is_korean_syllable(pieces[2])


def _capital(piece: str, language: str | None) -> str:
    turkish = bool(language) and str(language).split("-")[0].lower() in {"tr", "az"}
    if piece.startswith("mc") and len(piece) > 3:
        return "Mc" + piece[2:].capitalize()
    if piece in _table().mac_exact:
        return _table().mac_exact[piece]
    if piece in _table().mac:
        return "Mac" + piece[3:].capitalize()
    first = "İ" if turkish and piece[0] == "i" else piece[0].upper()
    return first + piece[1:]
