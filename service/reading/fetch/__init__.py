"""URL → bytes: fetches the page of an article, guarded against being sent where it has no business."""

from service.reading.fetch.errors import (
    BadTls,
    BlockedBySite,
    BrokenAnswer,
    Busy,
    FetchFailure,
    FetchingOff,
    NeedsScripts,
    NotAllowed,
    NotFoundThere,
    NotHtml,
    RemoteFault,
    RemoteTooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from service.reading.fetch.fetcher import Fetcher
from service.reading.fetch.page import Page
from service.reading.fetch.settings import FetchSettings

__all__ = [
    "BadTls",
    "BlockedBySite",
    "BrokenAnswer",
    "Busy",
    "FetchFailure",
    "FetchSettings",
    "Fetcher",
    "FetchingOff",
    "NeedsScripts",
    "NotAllowed",
    "NotFoundThere",
    "NotHtml",
    "Page",
    "RemoteFault",
    "RemoteTooLarge",
    "TooManyRedirects",
    "TooSlow",
    "Unreachable",
]
