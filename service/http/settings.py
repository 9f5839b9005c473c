"""What can be set from outside: one frozen struct, read once from the environment variables TEARSHEET_*."""

import os
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from schemas.base import Base
from service.errors import BadInput

PREFIX = "TEARSHEET_"


class Settings(Base, frozen=True, kw_only=True):
    """Every setting with its default; the description of each is what the README's table says."""

    host: Annotated[str, Meta(min_length=1, description="address to listen on")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="port to listen on")] = 8000
    workers: Annotated[int, Meta(ge=1, le=256, description="processes that serve")] = 1
    stop_seconds: Annotated[
        float, Meta(ge=0, le=3600, description="how long a stopping server lets running requests finish")
    ] = 10.0
    max_body: Annotated[
        int, Meta(ge=1000, le=1_000_000_000, description="largest request body, in bytes; more is refused with 413")
    ] = 10_000_000
    cors_origins: Annotated[
        tuple[str, ...],
        Meta(description="origins whose pages may call the service, separated by commas; `*` allows every one"),
    ] = ()
    bookmarklet: Annotated[
        bool, Meta(description="whether pages of other sites may send themselves here by the bookmarklet")
    ] = True
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="least level that is logged")
    ] = "info"
    warm: Annotated[
        tuple[str, ...], Meta(description="styles made ready at start, in the background, separated by commas")
    ] = (
        "apa",
        "chicago-author-date",
        "chicago-notes-bibliography",
        "modern-language-association",
        "harvard-cite-them-right",
        "ieee",
    )


class Row(NamedTuple):
    """One setting as people see it: the variable, its default as it would be written there, and what it does."""

    variable: str
    default: str
    description: str


ROOMS: tuple[Row, ...] = (
    Row("TEARSHEET_STYLES", "", "folder of CSL styles of your own, served beside the others"),
    Row("TEARSHEET_DATA", "", "folder of the library's SQLite file; `~/.local/share/tearsheet` where none is named"),
    Row("TEARSHEET_DATABASE_URL", "", "a database instead, such as `postgresql://user@host/name`; `off` for none"),
    Row(
        "TEARSHEET_TOKENS",
        "",
        "tokens that may write to the library, separated by commas: bare, or `sha256:HEX` as `tearsheet token` prints",
    ),
    Row("TEARSHEET_READS", "open", "`token` makes reading the library need a token too"),
    Row("TEARSHEET_FETCH", "on", "`off` fetches no page for anyone"),
    Row(
        "TEARSHEET_FETCH_ALLOW",
        "",
        "networks and hosts that may be fetched from although they are private or on another port: "
        "`10.0.0.0/8`, `127.0.0.1:8080`, `*.intranet:8443`",
    ),
    Row("TEARSHEET_FETCH_TIMEOUT", "20.0", "seconds for a whole fetch, redirects and all"),
    Row("TEARSHEET_FETCH_MAX_BYTES", "8000000", "largest page, in bytes, as sent and when decompressed"),
    Row("TEARSHEET_FETCH_MAX_REDIRECTS", "10", "longest chain of redirects"),
    Row("TEARSHEET_FETCH_PER_HOST", "2", "fetches from one host at a time"),
    Row("TEARSHEET_FETCH_AT_ONCE", "32", "fetches at a time, in one process"),
    Row("TEARSHEET_FETCH_CACHE_BYTES", "32000000", "bytes of fetched pages kept for conditional requests, a process"),
    Row("TEARSHEET_FETCH_CONTACT", "", "URL or e-mail address shown to the sites that are fetched from"),
    Row("TEARSHEET_FETCH_CA_FILE", "", "PEM file of further certificate authorities, for a closed network"),
)
"""Settings that a room reads from the environment itself, and checks itself."""


def rows() -> Iterator[Row]:
    """Every setting, the server's first."""
    hints = get_type_hints(Settings, include_extras=True)
    for field in msgspec.structs.fields(Settings):
        meta = next(extra for extra in get_args(hints[field.name])[1:] if isinstance(extra, Meta))
        yield Row(PREFIX + field.name.upper(), _written(field.default), meta.description or "")
    yield from ROOMS


def read_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """The settings of an environment; `given` (the command line's options) goes before it, None meaning not given.

    A variable that cannot be read is an error that names it; so is one that does not exist, since a mistyped name
    would otherwise leave a limit unset.
    """
    environ = os.environ if environ is None else environ
    hints = get_type_hints(Settings, include_extras=True)
    values: dict[str, Any] = {}
    rooms = {row.variable for row in ROOMS}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in rooms:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in hints:
            raise BadInput(f"there is no setting {variable}", variable)
        many = get_origin(get_args(hints[name])[0]) is tuple
        values[name] = [part for part in map(str.strip, text.split(",")) if part] if many else text.strip()
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$.")
        name = path.rstrip("`").partition("[")[0]
        raise BadInput(f"{PREFIX}{name.upper()}: {reason}", f"{PREFIX}{name.upper()}") from error


def to_environ(settings: Settings) -> dict[str, str]:
    """The variables that give these settings to a worker, which inherits those of the rooms; defaults are left out."""
    return {
        PREFIX + field.name.upper(): _written(value)
        for field in msgspec.structs.fields(Settings)
        if (value := getattr(settings, field.name)) != field.default
    }


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
