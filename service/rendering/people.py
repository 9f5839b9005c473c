"""Names of persons and institutions as the data has them: particles, suffixes, scripts (CSL 1.0.2, “Name-part Order”,
“Non-dropping particles”; CSL-JSON schema, name-variable).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

ROMANESQUE = (
    "a-zA-Z\u0e01-\u0e5b\u00c0-\u017f\u0370-\u03ff\u0400-\u052f\u0590-\u05d4\u05d6-\u05ff\u1e00-\u1fff\u0600-\u06ff"
    "\u200c\u200d\u200e\u0218-\u021b\u202a-\u202e"
)
"""Scripts that are written with spaces between the parts of a name, as a regular expression's range."""
HAS_ROMANESQUE = re.compile(f"[-0-9{ROMANESQUE}]")
STARTS_ROMANESQUE = re.compile(f"[&{ROMANESQUE}]")

_FAMILY_PARTICLE = re.compile(r"([^ ]+(?:-|\u02bb|\u2019| |') *)(.+)", re.DOTALL)
_GIVEN_PARTICLE = re.compile(r"([^ ]+(?:\u02bb |\u2019 | |' ) *)(.+)", re.DOTALL)
_LETTER = re.compile(r"[-'\u02bb\u2019\s]*(.)")
_SUFFIX = re.compile(r"\s*,(!?)\s*")


class Name:
    """One name, ready to print. `order` is 2 for given-first scripts, 1 for family first with a space, 0 without."""

    __slots__ = (
        "comma_suffix",
        "dropping",
        "et_al",
        "family",
        "given",
        "key",
        "literal",
        "order",
        "particle",
        "suffix",
    )

    def __init__(
        self,
        family: str = "",
        given: str = "",
        particle: str = "",
        *,
        dropping: str = "",
        suffix: str = "",
        literal: str = "",
        comma_suffix: bool = False,
        order: int = 2,
        et_al: bool = False,
    ) -> None:
        self.family, self.given, self.particle, self.dropping, self.suffix = family, given, particle, dropping, suffix
        self.literal, self.comma_suffix, self.order, self.et_al = literal, comma_suffix, order, et_al
        self.key = (particle, family, given, dropping, suffix, literal)


def read_names(value: Any, *, family_first: bool = False) -> tuple[Name, ...]:
    """A CSL-JSON name variable, however sloppy; what is no name is left out.

    `family_first`: the item's language puts family names first (Hungarian, Vietnamese).
    """
    if type(value) is not list:
        if isinstance(value, str | Mapping):
            value = (value,)
        if not isinstance(value, list | tuple):
            return ()
    names = []
    for entry in value:
        if isinstance(entry, str):
            entry = {"literal": entry}  # noqa: PLW2901
        if type(entry) is dict or isinstance(entry, Mapping):
            name = _read_name(entry, family_first)
            if name is not None:
                names.append(name)
    return tuple(names)


def _word(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return (
        value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) and value is not True else ""
    )


def _read_name(entry: Mapping[str, Any], family_first: bool) -> Name | None:
    if len(entry) <= MAX_PARTS:
        try:
            letters = len("".join(entry.values()))
        except TypeError:  # a part that is no text
            return _any_name(entry, family_first)
        if letters <= MAX_REMEMBERED:
            return _kept_name(tuple(entry.items()), family_first)
    return _any_name(entry, family_first)


MAX_REMEMBERED = 100
"""Letters of a name that is kept for the next item; longer ones are no names."""
MAX_PARTS = 6
"""Parts of a name that is kept: CSL has no more of text."""


@lru_cache(maxsize=8192)
def _kept_name(parts: tuple[tuple[str, str], ...], family_first: bool) -> Name | None:
    """The same people write again and again; a Name is never changed."""
    return _any_name(dict(parts), family_first)


def _any_name(entry: Mapping[str, Any], family_first: bool) -> Name | None:
    literal, family, given = _word(entry, "literal"), _word(entry, "family"), _word(entry, "given")
    if literal and not family:
        return Name(literal=literal)
    if not family and not given:
        return None
    if not given and entry.get("isInstitution"):
        return Name(literal=family)
    particle, dropping = _word(entry, "non-dropping-particle"), _word(entry, "dropping-particle")
    suffix, comma = _word(entry, "suffix"), bool(entry.get("comma-suffix"))
    et_al = False
    parse = entry.get("parse-names")
    if family[:1] == '"' == family[-1:] and len(family) > 2:
        family = family[1:-1]
    elif (parse is None or parse) and family and given and not particle and not entry.get("static-particles"):
        short = len(family) + len(given) + len(suffix) <= MAX_REMEMBERED
        split = _particles if short else _particles.__wrapped__
        particle, family, given, found, suffix, forced, et_al = split(family, given, suffix)
        dropping = found or dropping
        comma = comma or forced
    order = 2
    if not HAS_ROMANESQUE.search(family or given):
        order = 1 if given and STARTS_ROMANESQUE.match(given) else 0
    elif family_first or entry.get("static-ordering"):
        order = 1
    return Name(family, given, particle, dropping=dropping, suffix=suffix, comma_suffix=comma, order=order, et_al=et_al)


@lru_cache(maxsize=4096)
def _particles(family: str, given: str, suffix: str) -> tuple[str, str, str, str, str, bool, bool]:
    """Small words before the family name and after the given name, and a suffix after a comma in the given name."""
    rest, found = family, []
    while match := _FAMILY_PARTICLE.fullmatch(rest):
        letter = _LETTER.match(match[1])
        if not letter or letter[1].upper() == letter[1]:
            break
        found.append(match[1])
        rest = match[2]
    particle = "".join(found)
    particle = particle.strip() + (" " if particle.endswith(("' ", "\u2019 ")) else "")
    family = rest
    comma = et_al = False
    if not suffix and (match := _SUFFIX.search(given)):
        suffix, comma = given[match.end() :], bool(match[1])
        given = given[: match.start()]
        if suffix.replace(".", "") == "et al":
            suffix, et_al = "", True
    words = given[::-1]
    end = len(given)
    while match := _GIVEN_PARTICLE.fullmatch(words):
        word = match[1][::-1]
        letter = _LETTER.match(word)
        if not letter or letter[1].upper() == letter[1]:
            break
        end -= len(match[1])
        words = match[2]
    return particle, family, given[:end], given[end:].strip(), suffix, comma, et_al


_INITIAL = re.compile(
    "([A-Z\u0e01-\u0e5b\u00c0-\u017f\u0400-\u042f\u0590-\u05d4\u05d6-\u05ff\u0600-\u06ff\u0370\u0372\u0376\u0386"
    "\u0388-\u03ab\u03e2\u03e4\u03e6\u03e8\u03ea\u03ec\u03ee\u03f4\u03f7\u03fd-\u03ff\u1e00-\u1eff])"
    "([a-zA-Z\u0e01-\u0e5b\u00c0-\u017f\u0400-\u052f\u0600-\u06ff\u0370-\u03ff\u1e00-\u1fff]*)(\\.)*"
)
_NAME_BREAK = re.compile(r"([-\s]*</*(?:span\s+class=\"no(?:case|decor)\"|i|sc|b|sub|sup)>[-\s]*|[-\s]+)")
_HYPHENS = re.compile(r"\s*-\s*")
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"(?:-*<[^>]+>-*)")


def initials(given: str, mark: str, *, whole: bool, hyphens: bool = True, compat: bool = False) -> str:
    """Given names as initials followed by `mark`; with `whole` only initials that are there already get it.

    CSL 1.0.2, “Name”: initialize, initialize-with, initialize-with-hyphen. A small second part (Min-ji) belongs to the
    first; `compat` prints it whole where a style wants no hyphens, as citeproc-js does.
    """
    make = _initials if len(given) <= MAX_REMEMBERED else _initials.__wrapped__
    return make(given, mark, whole, hyphens, compat)


@lru_cache(maxsize=8192)
def _initials(given: str, mark: str, whole: bool, hyphens: bool, compat: bool) -> str:
    if not given or given in ("Lord", "Lady") or not STARTS_ROMANESQUE.match(re.sub(r"^(?:<[^>]+>)*", "", given)):
        return given
    if not compat:
        given = re.sub(r"-([a-z])", "\u2013\\1", given)
    if not hyphens:
        given = given.replace("-", " ")
    given = _BLANKS.sub(" ", _HYPHENS.sub("-", given))
    given = re.sub(r"-([a-z])", "\u2013\\1", given)  # Ha-nee, Jong-un: a small second part is no initial
    given = re.sub(r"\.(?=[^ ])", ". ", given)
    parts = _NAME_BREAK.split(given)
    if len(parts) == 1:
        tail = re.search(r"[^.]+$", parts[0])
        if tail and len(tail[0]) == 1 and tail[0] != tail[0].lower():
            parts[0] += "."
    text = _normalised(parts, mark) if whole else _initialised(parts, mark)
    if not compat:
        text = text.lstrip(" ")  # citeproc-js sets a small first word apart from nothing
    text = _BLANKS.sub(" ", _HYPHENS.sub("-", text.rstrip("\t\n\r\v\f \ufeff\u00a0")).replace("\u00a0", "\ue000"))
    return re.sub("\u2013([a-z])", r"-\1", text.replace("\ue000", "\u00a0"))


def _merged(separator: str, mark: str) -> str:
    """`mark` with the markup that stands in a separator put before its trailing space."""
    tags = "".join(_TAG.findall(separator))
    if not tags:
        return mark
    stripped = mark.rstrip()
    return stripped + tags + mark[len(stripped) :]


def _initialised(parts: list[str], mark: str) -> str:
    last = len(parts) - 1
    for i in range(0, last + 1, 2):
        part = parts[i]
        if not part:
            continue
        match = _INITIAL.match(part)
        head, rest, dot = (match[1], match[2], match[3]) if match else ("", "", None)
        if match and rest and dot:
            head, rest = head + rest, ""
        if match and head[0] == head[0].upper():
            run = ""
            for char in rest:
                if char != char.upper():
                    break
                run += char
            parts[i] = head + (run.lower() if len(run) < len(rest) else "")
            if i == last:
                parts.append(mark)
            elif "-" in parts[i + 1]:
                parts[i + 1] = _merged(parts[i + 1].replace("-", "", 1), mark) + "-"
            else:
                parts[i + 1] = _merged(parts[i + 1], mark)
        elif HAS_ROMANESQUE.search(part) and not dot:
            parts[i] = " " + part
    return "".join(parts)


def _normalised(parts: list[str], mark: str) -> str:
    short = []
    for i, part in enumerate(parts):
        bare = re.sub(r"^(?:<[^>]+>)*", "", part)
        if len(bare) > 1 and bare.endswith("."):
            head, _, tail = part.rpartition(".")
            parts[i] = head + tail
            short.append(True)
        else:
            short.append(len(part) == 1 and part.upper() == part)
    last = len(parts) - 1
    for i in range(0, last + 1, 2):
        if not short[i]:
            continue
        if i < last - 1:
            tags = "".join(re.findall(r"(?:<[^>]+>)+", parts[i + 1]))
            separator = tags or parts[i + 1]
            if not short[i + 2]:
                separator = (tags or separator) + " "
            parts[i + 1] = mark.rstrip("\ufeff") + separator if len(parts[i + 2]) > 1 else _merged(separator, mark)
        if i == last:
            parts[i] += mark
    return "".join(parts)
