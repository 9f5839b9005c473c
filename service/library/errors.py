"""What can go wrong in the library.

LibraryError
├── NoSuchArticle         no article of this id
├── Changed               the article is not the one the caller last saw (compare-and-set failed)
├── Conflict              a correction that cannot be made to the article as it stands
├── SourceNotKept         the document is not stored, so it cannot be parsed again
├── LibraryFull           no room left on the disk (nothing was stored)
├── LibraryBusy           locked by others for longer than the timeout; `retry_after` seconds
└── LibraryUnavailable    the database cannot be reached, opened or read
    └── MigrationNeeded   its tables are older or newer than this program
"""

from service.errors import LibraryError


class NoSuchArticle(LibraryError):
    """There is no article of this id."""


class Changed(LibraryError):
    """The article has changed since the caller read it; `current` is its entity tag now."""

    def __init__(self, reason: str, field: str | None = None, current: str = "") -> None:
        super().__init__(reason, field)
        self.current = current


class Conflict(LibraryError):
    """A correction that is sound in itself but cannot be made to this article as it stands."""


class SourceNotKept(LibraryError):
    """The article's document is not stored, so it cannot be parsed again."""


class LibraryFull(LibraryError):
    """The disk or the database's limit is reached; nothing of the request was stored."""


class LibraryBusy(LibraryError):
    """Others hold the database for longer than the timeout; `retry_after` is in seconds."""

    def __init__(self, reason: str, field: str | None = None, retry_after: int = 1) -> None:
        super().__init__(reason, field)
        self.retry_after = retry_after


class LibraryUnavailable(LibraryError):
    """The database cannot be reached, opened or read."""


class MigrationNeeded(LibraryUnavailable):
    """The database's tables are older or newer than this program."""
