"""The line of a blog's template that names who posted, mostly by a nickname: Posted in Notes by oz on May 3, 2019."""

import re

from schemas.article import Creator

_NAME = r"([\w.-]{2,25})"
_POSTED = re.compile(
    rf"\b(?:by|von|par|por)\s+{_NAME}\s+(?:on|am|le|el)\b.{{0,6}}.*\d"
    rf"|\b(?:posted|published|veröffentlicht|erstellt)\s(?:by|von)\s{_NAME}\s(?:under|in|unter)\b"
    rf"|\b\d{{1,2}}[:.]\d{{2}}(?:\s*uhr)?\s+(?:by|von|par|por|door|av|af)\s+{_NAME}\s*(?:$|[|·•])"
    r"|\b(?:posted|published|veröffentlicht|erstellt|verfasst|geschrieben|eingestellt|publicado|publié)\b.{0,60}?\d"
    rf".{{0,20}}?\b(?:by|von|por|par)\s+{_NAME}\s*(?:$|[|·•])",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"[0-9]|[dtDT] (?:by|By|BY|von|Von|VON) ")
"""What no such line is without: a figure, or a lead word right behind a word such as posted."""
LONGEST = 160


def find_posted(line: str) -> tuple[Creator, int] | None:
    """Who posted and where the name starts in the line; None for all other lines."""
    if len(line) > LONGEST or not _MAY_BE.search(line):
        return None
    match = _POSTED.search(line)
    if match is None:
        return None
    group = match.lastindex or 1
    return Creator(literal=match[group], printed=match[group]), match.start(group)
