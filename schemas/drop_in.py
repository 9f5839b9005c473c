"""The queries that clients of other services send: those of citeproc-js-server and of any unAPI server."""

from typing import Annotated, Literal

from msgspec import Meta

from schemas.base import Base

Switch = Literal["0", "1"]

Name = Annotated[str, Meta(min_length=1, max_length=200)]

FormatName = Annotated[str, Meta(min_length=1, max_length=200, extra_json_schema={"format": "reference-format"})]
"""A reference format, by its name or an alias."""


class BibliographyServerQuery(Base, frozen=True, kw_only=True):
    """The query of citeproc-js-server, with its defaults."""

    style: Name = "chicago-author-date"
    locale: Name = "en-US"
    responseformat: Literal["json", "html", "rtf"] = "json"
    outputformat: Literal["html", "text", "rtf"] = "html"
    bibliography: Switch = "1"
    citations: Switch = "0"
    linkwrap: Switch = "0"


class WebQuery(Base, frozen=True, kw_only=True):
    """The query of translation-server's /web; others that clients send are passed over, as it does."""

    single: Annotated[str, Meta(max_length=100)] | None = None


class ExportQuery(Base, frozen=True, kw_only=True):
    """The query of translation-server's /export."""

    format: FormatName


class UnapiQuery(Base, frozen=True, kw_only=True):
    """unAPI: nothing for the formats, `id` for those of a record, `id` and `format` for the record."""

    id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    format: FormatName | None = None
