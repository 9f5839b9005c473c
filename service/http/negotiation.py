"""Which of the media types that can be had the header Accept asks for (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from service.http.problems import NotAcceptable

_PARAMETER = re.compile(r';\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;,"\s]*)\s*')
_RANGE = re.compile(
    r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)/([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*((?:;\s*[^;,"]*(?:"(?:[^"\\]|\\.)*")?\s*)*)\s*$'
)
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')


class MediaRange(NamedTuple):
    """One media range of an Accept header, or the media type of a Content-Type."""

    type: str
    subtype: str
    parameters: dict[str, str]
    quality: float = 1.0

    @property
    def name(self) -> str:
        """The type without its parameters."""
        return f"{self.type}/{self.subtype}"

    def rank(self, media_type: str) -> int:
        """How exactly this range names a media type: 3 the type itself, 2 its family, 1 anything, 0 not at all."""
        kind, _, subtype = media_type.partition("/")
        if self.type == kind and self.subtype == subtype:
            return 3
        if self.subtype == "*" and self.type in {kind, "*"}:
            return 1 if self.type == "*" else 2
        return 0


class Choice(NamedTuple):
    """The media type chosen and the parameters it was asked with (`style` and `locale` of text/x-bibliography)."""

    media_type: str
    parameters: Mapping[str, str]


def read_media_type(text: str) -> MediaRange | None:
    """`text/plain; charset=utf-8` taken apart; None where it is no media type."""
    match = _RANGE.match(text)
    if not match:
        return None
    parameters = {}
    for name, value in _PARAMETER.findall(match[3]):
        parameters[name.lower()] = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
    return MediaRange(match[1].lower(), match[2].lower(), parameters)


def read_accept(header: str) -> tuple[MediaRange, ...]:
    """The ranges of an Accept header in its order; what is no media range is passed over, as browsers' typos are."""
    ranges = []
    for part in _COMMA.split(header[:8192])[:100]:
        read = read_media_type(part)
        if read is None:
            continue
        parameters = dict(read.parameters)
        try:
            quality = min(1.0, max(0.0, float(parameters.pop("q", "1"))))
        except ValueError:
            quality = 0.0
        ranges.append(read._replace(parameters=parameters, quality=quality))
    return tuple(ranges)


def choose(accept: str | None, offers: Iterable[str]) -> Choice:
    """The offer that is wanted most; of equals the one named most exactly, then first by the client, then by us.

    No header, or one without any media range, takes the first offer. NotAcceptable lists every offer.
    """
    return _chosen(accept or "", tuple(offers))


@lru_cache(512)
def _chosen(accept: str, offered: tuple[str, ...]) -> Choice:
    ranges = read_accept(accept)
    if not ranges:
        return Choice(offered[0], {})
    best: tuple[tuple[float, int, int, int], Choice] | None = None
    for place, offer in enumerate(offered):
        ranked = [(range_.rank(offer), -at, range_) for at, range_ in enumerate(ranges)]
        rank, at, range_ = max(ranked, key=lambda row: row[:2])
        if rank == 0 or range_.quality == 0:
            continue
        key = (range_.quality, rank, at, -place)
        if best is None or key > best[0]:
            best = (key, Choice(offer, range_.parameters if rank == 3 else {}))
    if best is None:
        raise NotAcceptable("can be had: " + ", ".join(offered), "Accept")
    return best[1]
