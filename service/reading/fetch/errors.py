"""Why a page could not be fetched: one class for each kind of failure that a caller would treat differently.

FetchError                (service/errors.py)
├── NotAllowed            an address this service does not connect to, on purpose
│   └── FetchingOff       fetching is switched off here
├── Busy                  too many fetches at once, here or from that site
├── TooSlow               the time allowed for the whole fetch is over
├── Unreachable           no such host, nobody answers there, the connection broke
│   └── BadTls            the site's certificate or its TLS cannot be trusted
├── BrokenAnswer          what came back is not valid HTTP: cut short, undecodable, a redirect to nowhere
│   └── TooManyRedirects  a redirect loop or a chain over the limit
├── NotFoundThere         404 or 410 from the site
├── RemoteFault           5xx from the site
├── BlockedBySite         any other refusal, or a challenge or consent page in the article's place
├── RemoteTooLarge        the page is over the limit, as sent or when decompressed
├── NotHtml               a PDF, an image, a video: no page
└── NeedsScripts          a page with almost no text until its scripts have run
"""

from service.errors import FetchError


class FetchFailure(FetchError):
    """Base of all; `url` is the address at which it happened (after redirects)."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(reason, "url")
        self.url = url


class NotAllowed(FetchFailure):
    """The address is private, special, oddly spelled, on another port, or of another scheme."""


class FetchingOff(NotAllowed):
    """Fetching is switched off by the one who runs this service (TEARSHEET_FETCH=off)."""


class Busy(FetchFailure):
    """Every slot for this site, or for this service, stayed taken for the whole time allowed."""


class TooSlow(FetchFailure):
    """The whole fetch, redirects and all, took longer than `limit` seconds."""

    def __init__(self, reason: str, url: str, limit: float) -> None:
        super().__init__(reason, url)
        self.limit = limit


class Unreachable(FetchFailure):
    """No connection to the site could be made or kept."""


class BadTls(Unreachable):
    """The TLS handshake failed: an expired, self-signed or foreign certificate, or no TLS at all."""


class BrokenAnswer(FetchFailure):
    """The answer breaks HTTP, ends too soon, or cannot be decompressed."""


class TooManyRedirects(BrokenAnswer):
    """More redirects than allowed, or a loop."""


class StatusFailure(FetchFailure):
    """The site answered with a status other than success; `status` is that number, `retry_after` in seconds."""

    def __init__(self, reason: str, url: str, status: int, retry_after: int | None = None) -> None:
        super().__init__(reason, url)
        self.status = status
        self.retry_after = retry_after


class NotFoundThere(StatusFailure):
    """The site has no such page (404), or no longer (410)."""


class RemoteFault(StatusFailure):
    """The site itself failed (5xx)."""


class BlockedBySite(StatusFailure):
    """The site does not let this service have the page; `sign` is what it was recognised by."""

    def __init__(self, reason: str, url: str, status: int, sign: str, retry_after: int | None = None) -> None:
        super().__init__(reason, url, status, retry_after)
        self.sign = sign


class RemoteTooLarge(FetchFailure):
    """The page is over `limit` bytes."""

    def __init__(self, reason: str, url: str, limit: int) -> None:
        super().__init__(reason, url)
        self.limit = limit


class NotHtml(FetchFailure):
    """What stands at the address is no page; `media_type` is what the site calls it."""

    def __init__(self, reason: str, url: str, media_type: str | None) -> None:
        super().__init__(reason, url)
        self.media_type = media_type


class NeedsScripts(FetchFailure):
    """Almost no text without running the page's scripts: send the saved page instead (`html` with `url`)."""
