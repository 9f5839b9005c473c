"""E-mail addresses as printed, plain or disguised: name@paper.com, name (at) paper (dot) com."""

import re
import string
from collections.abc import Iterable, Iterator

from msgspec import Struct

from service.parsing.words import places_of


class EmailFound(Struct, frozen=True):
    """An address and where it stands; `printed` is the text as it stands, `address` what it means."""

    address: str
    printed: str
    start: int
    end: int


_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?"
_IN_WORD = string.ascii_letters + string.digits + "._%+'-"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(
    rf"(?<![A-Za-z0-9._%+@-])({_WORD})@({_LABEL}(?:\.{_LABEL}){{0,8}}\.[A-Za-z]{{2,24}})(?![A-Za-z0-9@])"
)
_AT = r"\s{0,3}(?:\((?:at|a|ä|et|ett|@|arroba)\)|\[(?:at|a|ä|et|@|arroba)\]|\{at\}|<at>|_at_)\s{0,3}"
_DOT = r"(?:\.|\s{0,3}(?:\((?:dot|punkt|\.|punto)\)|\[(?:dot|punkt|\.|punto)\]|\{dot\})\s{0,3})"
_DISGUISED = re.compile(
    rf"(?<![A-Za-z0-9._%+@-])({_WORD}){_AT}({_LABEL}(?:{_DOT}{_LABEL}){{0,8}}{_DOT}[A-Za-z]{{2,24}})(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_HINT = re.compile(r"[(\[{<_](?:at|a|ä|et|ett|@|arroba)[)\]}>_]", re.IGNORECASE)
_SPOKEN = re.compile(rf"(?<![A-Za-z0-9._%+@-])({_WORD}) at ({_LABEL}) dot ([A-Za-z]{{2,24}})(?![A-Za-z0-9@])")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js)$", re.IGNORECASE)
_UNDOT = re.compile(_DOT, re.IGNORECASE)


def _behind_word(pattern: re.Pattern[str], text: str, reached: int, sign: int) -> re.Match[str] | None:
    """A match that begins with the word before a sign: quicker than to try the pattern at every word of a text."""
    before = text[max(reached, sign - 70) : sign].rstrip()
    end = max(reached, sign - 70) + len(before)
    start = end - len(before) + len(before.rstrip(_IN_WORD))
    while start < end:
        if m := pattern.match(text, start, sign + 700):
            return m
        start = text.find("'", start, end) + 1 or end  # 'name@paper.com'
    return None


def _found(pattern: re.Pattern[str], text: str, signs: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern behind the words before some places, in order and apart."""
    reached = 0
    for sign in signs:
        if sign >= reached and (m := _behind_word(pattern, text, reached, sign)):
            yield m
            reached = m.end()


def find_emails(text: str) -> tuple[EmailFound, ...]:
    """Every address in the text, in order; file names such as logo@2x.png are none."""
    hinted = _HINT.search(text) is not None
    if "@" not in text and not hinted and " dot " not in text:
        return ()
    found: list[EmailFound] = []
    found += (
        EmailFound(m[1] + "@" + m[2], m[0], m.start(), m.end())
        for m in _found(_PLAIN, text, places_of(text, "@"))
        if not _IMAGE.search(m[2])
    )
    if hinted:
        for m in _found(_DISGUISED, text, [hint.start() for hint in _HINT.finditer(text)]):
            found.append(EmailFound(m[1] + "@" + _UNDOT.sub(".", m[2]), m[0], m.start(), m.end()))
    if " dot " in text:
        found += (EmailFound(f"{m[1]}@{m[2]}.{m[3]}", m[0], m.start(), m.end()) for m in _SPOKEN.finditer(text))
    return tuple(sorted((f for f in found if len(f.address) <= 320), key=lambda f: f.start))
