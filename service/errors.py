"""Everything that can go wrong, as a tree; each error carries the field and the reason a caller needs.

TearsheetError
├── BadInput              the request itself: a parameter, a body
│   ├── UnsupportedType   a body of a type the service does not read
│   └── TooLarge          a body or a document over a stated limit
├── UnknownName           a style, locale or format that does not exist
├── BrokenStyle           a CSL style that cannot be read or validated
├── FetchError            a page that could not be fetched (service/reading/fetch names each kind)
└── LibraryError          the library could not do it (service/library names each kind)
"""


class TearsheetError(Exception):
    """Base of all; `field` is a JSON Pointer or a parameter's name, `reason` a sentence for people."""

    def __init__(self, reason: str, field: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class BadInput(TearsheetError):
    """The request names something in a way that cannot be understood."""


class UnsupportedType(BadInput):
    """A media type the service does not read, or bytes that are not what they are said to be."""


class TooLarge(BadInput):
    """Over a stated limit."""


class UnknownName(TearsheetError):
    """No style, locale or format of this name; `near` holds up to five names that are close."""

    def __init__(self, reason: str, field: str | None = None, near: tuple[str, ...] = ()) -> None:
        super().__init__(reason, field)
        self.near = near


class BrokenStyle(TearsheetError):
    """A CSL style that cannot be used; `line` is where it breaks, where known."""

    def __init__(self, reason: str, field: str | None = None, line: int | None = None) -> None:
        super().__init__(reason, field)
        self.line = line


class FetchError(TearsheetError):
    """A page could not be fetched."""


class LibraryError(TearsheetError):
    """The library could not do what was asked."""
