"""Text as TeX writes it inside a BibTeX value: escapes, protected capitals, names, months."""

import re
from collections.abc import Mapping

from schemas.article import Creator
from service.exporting.fields import fold
from service.exporting.names import is_person, last

MACROS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "|": r"\textbar{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\N{NO-BREAK SPACE}": "~",
    **{char: "\\" + char for char in "#$%&_"},
}
BALANCED = {"{": r"\{", "}": r"\}"}
UNBALANCED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
"""BibTeX counts escaped braces too, so those without a partner are spelt out."""

SPECIAL = re.compile(r"[\\~^|<>#$%&_{}\u00a0]|-(?=-)|`(?=`)|'(?=')|[?!](?=`)")
"""The last four are pairs that TeX draws as one: a dash, quotation marks, an inverted question mark."""
CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
RAW_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
AND = re.compile(r"(?<!\S)(and|others)(?!\S)", re.IGNORECASE)
UNSAFE = re.compile(r"[,{}\\~]|[^\S ]|^-|\s-|-$")


def balanced(text: str) -> bool:
    """Whether every brace has its partner, in order."""
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def escaped(text: str, braces: Mapping[str, str] | None = None) -> str:
    """One line in which TeX's special characters stand as text; `braces` for a part of a longer line."""
    line = fold(text)
    if not SPECIAL.search(line):
        return line
    braces = braces or (BALANCED if balanced(line) else UNBALANCED)
    return SPECIAL.sub(lambda found: MACROS.get(found[0]) or braces.get(found[0]) or found[0] + "{}", line)


def raw(address: str) -> str:
    """A URL or DOI: never escaped, but percent-encoded where a brace or a blank would end the value."""
    return fold(address).translate(RAW_URL)


def protected(text: str) -> str:
    """A title with braces round the words whose capitals a style must not lower (proper nouns, McDonald, NATO).

    In a headline set in title case capitals say nothing, so only inner capitals are kept there. The first word
    keeps its capital in every style.
    """
    words = fold(text).split(" ")
    long = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    title_case = len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)
    braces = BALANCED if balanced(text) else UNBALANCED
    return " ".join(_protect(word, braces, first=n == 0 or title_case) for n, word in enumerate(words))


def _protect(word: str, braces: Mapping[str, str], *, first: bool) -> str:
    core = CORE.search(word)
    if core is None or word.lower() == word:
        return escaped(word, braces)
    inner = core[0][1:] if first else core[0]
    if inner == inner.lower():
        return escaped(word, braces)
    start, end = core.span()
    return f"{escaped(word[:start], braces)}{{{escaped(core[0], braces)}}}{escaped(word[end:], braces)}"


def name(creator: Creator) -> str:
    """`van der Berg, Anna`, `King, Jr., Martin`; an organisation, or a single name, in double braces."""
    if not is_person(creator):
        return f"{{{escaped(last(creator))}}}"
    family = creator.family or creator.given or ""
    given = creator.given or "" if creator.family else ""
    particle = creator.particle or ""
    if particle and not plain_particle(particle):
        family, particle = last(creator), ""
    parts = [" ".join(filter(None, (particle, _word(family, keep=any(map(_lower, family.split(" ")))))))]
    parts += [_word(part) for part in (creator.suffix, given) if part]
    return ", ".join(parts) if len(parts) > 1 or particle else f"{{{escaped(family)}}}"


def _lower(word: str) -> bool:
    """Whether BibTeX takes the word for a particle: its first letter is a small one."""
    return next((char for char in word if char.isalpha()), "A").islower()


def field(path: str) -> str:
    """`photos.1` as the name of a field: pandoc and others take no dots there."""
    return path.replace(".", "-")


def keyword(text: str) -> str:
    """One of a comma-separated list; in braces where it has a comma itself."""
    return f"{{{escaped(text)}}}" if "," in text or ";" in text else escaped(text)


def plain_particle(particle: str) -> bool:
    """Whether BibTeX reads it as a `von` part: ASCII words in lower case, nothing glued to the family name."""
    return all(word.isascii() and word.isalpha() and word.islower() for word in particle.split(" "))


def _word(text: str, *, keep: bool = False) -> str:
    """A part of a name, braced where BibTeX would read an `and`, a comma or a particle into it."""
    return f"{{{escaped(text)}}}" if keep or AND.search(text) or UNSAFE.search(text) else escaped(text)


def exact_name(creator: Creator) -> bool:
    """Whether the name comes back as it was: family and given, a plain particle, or a literal alone."""
    if creator.literal:
        return not is_person(creator)
    return bool(creator.family and creator.given) and (not creator.particle or plain_particle(creator.particle))


LANGUAGES = {
    "ar": "arabic",
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "de-AT": "naustrian",
    "de-CH": "nswissgerman",
    "de-DE": "ngerman",
    "el": "greek",
    "en": "english",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-GB": "british",
    "en-NZ": "newzealand",
    "en-US": "american",
    "es": "spanish",
    "et": "estonian",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "he": "hebrew",
    "hi": "hindi",
    "hr": "croatian",
    "hu": "hungarian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch",
    "nb": "norsk",
    "nn": "nynorsk",
    "pl": "polish",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sr": "serbian",
    "sv": "swedish",
    "th": "thai",
    "tr": "turkish",
    "uk": "ukrainian",
    "vi": "vietnamese",
    "zh": "chinese",
}
"""Babel's names (biblatex: langid) for language tags; a tag without one stands as it is."""
