"""Collation: the order of text in a language (CSL 1.0.2, “Sorting”; Unicode Technical Standard 10, CLDR root order).

Three levels, as in UTS 10: letters, then accents, then case. A language's own letters (Swedish å ä ö after z, Spanish ñ
after n) and its script first (Hangul in Korean, Han in Chinese) are rows of a table. The full CLDR would need ICU,
which no wheel of this service carries.
"""

import re
import unicodedata
from functools import lru_cache

_TAILORED: dict[str, dict[str, str]] = {
    "sv": {"å": "z\U0010f001", "ä": "z\U0010f002", "æ": "z\U0010f002", "ö": "z\U0010f003", "ø": "z\U0010f003"},
    "fi": {"å": "z\U0010f001", "ä": "z\U0010f002", "æ": "z\U0010f002", "ö": "z\U0010f003", "ø": "z\U0010f003"},
    "da": {"æ": "z\U0010f001", "ä": "z\U0010f001", "ø": "z\U0010f002", "ö": "z\U0010f002", "å": "z\U0010f003"},
    "es": {"ñ": "n\U0010f001"},
    "et": {"õ": "w\U0010f001", "ä": "w\U0010f002", "ö": "w\U0010f003", "ü": "w\U0010f004"},
    "pl": {"ą": "a\U0010f001", "ć": "c\U0010f001", "ę": "e\U0010f001", "ł": "l\U0010f001", "ń": "n\U0010f001",
           "ó": "o\U0010f001", "ś": "s\U0010f001", "ź": "z\U0010f001", "ż": "z\U0010f002"},
    "cs": {"č": "c\U0010f001", "ř": "r\U0010f001", "š": "s\U0010f001", "ž": "z\U0010f001", "ch": "h\U0010f001"},
    "hr": {"č": "c\U0010f001", "ć": "c\U0010f002", "đ": "d\U0010f001", "š": "s\U0010f001", "ž": "z\U0010f001"},
    "hu": {"ö": "o\U0010f001", "ő": "o\U0010f001", "ü": "u\U0010f001", "ű": "u\U0010f001"},
    "tr": {"ç": "c\U0010f001", "ğ": "g\U0010f001", "ı": "h\U0010f001", "ö": "o\U0010f001", "ş": "s\U0010f001",
           "ü": "u\U0010f001"},
    "is": {"ð": "d\U0010f001", "þ": "z\U0010f001", "æ": "z\U0010f002", "ö": "z\U0010f003"},
    "lt": {"č": "c\U0010f001", "š": "s\U0010f001", "ž": "z\U0010f001"},
    "vi": {"ă": "a\U0010f001", "â": "a\U0010f002", "đ": "d\U0010f001", "ê": "e\U0010f001", "ô": "o\U0010f001",
           "ơ": "o\U0010f002", "ư": "u\U0010f001"},
}  # fmt: skip
for _same, _as in (("nb", "da"), ("nn", "da"), ("no", "da"), ("sk", "cs"), ("sl", "hr"), ("sr", "hr"), ("bs", "hr")):
    _TAILORED[_same] = _TAILORED[_as]

_FOLDED = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o\u0338",
    "ł": "l\u0335",
    "đ": "d\u0335",
    "ð": "d\u0335",
    "þ": "th",
    "ı": "i",
}
_SPECIAL = str.maketrans(_FOLDED)
# Where scripts other than Latin stand in a language (CLDR, reorder): before Latin, or in which order after it.
_BEFORE_LATIN = {"ko": ("hangul", "han"), "zh": ("han",)}
_AFTER_LATIN = {"ja": ("kana", "han", "other", "hangul")}
_USUAL = ("other", "hangul", "kana", "han")

Key = tuple[str, str, str]


class Collator:
    """Sort keys of text in one language; equal texts have equal keys."""

    __slots__ = ("_base_only", "_ranks", "_rows")

    def __init__(self, language: str, *, base_only: bool = False) -> None:
        self._rows = _TAILORED.get(language, {})
        self._ranks = _ranks(language)
        self._base_only = base_only

    def __call__(self, text: str) -> Key:
        """(letters, accents, case) of the text; accents and case are empty where only letters count."""
        low = text.lower()
        if self._rows and not low.isascii():
            for letter, place in self._rows.items():
                low = low.replace(letter, place)
        if low.isascii():
            base, accents = low, ""
        else:
            nfd = unicodedata.normalize("NFD", low.translate(_SPECIAL))
            base = unicodedata.normalize("NFC", "".join([c for c in nfd if not unicodedata.combining(c)]))
            accents = "".join([c if unicodedata.combining(c) else " " for c in nfd]).rstrip()
        weights = (_weights if len(base) <= MAX_REMEMBERED else _weights.__wrapped__)(base, self._ranks)
        return (weights, "", "") if self._base_only else (weights, accents, text.swapcase())


MAX_REMEMBERED = 500
"""Characters of a sort key that is kept; longer ones are worked out each time."""
_WORDS = re.compile(r"[0-9]+|\s+|.", re.DOTALL)


@lru_cache(maxsize=8192)
def _weights(text: str, ranks: tuple[str, str, str, str]) -> str:
    """Blanks, then symbols, then numbers by size, then letters script by script; punctuation does not count."""
    out = []
    for piece in _WORDS.findall(text):
        char = piece[0]
        if char in _LETTER:
            out.append(_LETTER[char])
        elif "0" <= char <= "9":
            number = piece.lstrip("0")
            out.append(f"\x70{chr(0x100 + min(len(number), 200))}{number}")
        elif char.isspace():
            out.append("\x02")
        elif char.isalpha():
            out.append(ranks[_script(char)] + char)
        elif char.isdigit():
            out.append(f"\x70\u0101{unicodedata.digit(char, 0)}")
        elif unicodedata.category(char)[0] != "P":
            out.append("\x04" + char)
    return "".join(out)


def _script(char: str) -> int:
    """0 any other, 1 Hangul, 2 kana, 3 Han."""
    if char < "\u1100":
        return 0
    if "\uac00" <= char <= "\ud7a3" or char <= "\u11ff":
        return 1
    if "\u3040" <= char <= "\u30ff":
        return 2
    return 3 if "\u3400" <= char <= "\u9fff" or char >= "\U00020000" else 0


def _ranks(language: str) -> tuple[str, str, str, str]:
    """What is put before a letter of each script: below the Latin letters or above them."""
    before = _BEFORE_LATIN.get(language, ())
    after = _AFTER_LATIN.get(language, _USUAL)
    places = {name: f"\x7e{n}" for n, name in enumerate(before)}
    for n, name in enumerate(after):
        places.setdefault(name, chr(0x10000 + n))
    return places["other"], places["hangul"], places["kana"], places["han"]


# Latin letters get places of one character, below those of other scripts and above the digits.
_LETTER = {chr(c): chr(0x100 + c) for c in range(ord("a"), ord("z") + 1)} | {
    chr(c): chr(c) for c in range(0x10F001, 0x10F010)
}
