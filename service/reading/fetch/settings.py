"""What the one who runs the service decides about fetching: limits, and which addresses may be reached."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from schemas.base import Base
from service.errors import BadInput

PREFIX = "TEARSHEET_FETCH"


class FetchSettings(Base, frozen=True, kw_only=True):
    """Each field is read from `TEARSHEET_FETCH_` and its name in capitals; `enabled` from `TEARSHEET_FETCH`."""

    enabled: bool = True
    allow: tuple[str, ...] = ()
    """Addresses, networks and hosts that may be reached although they are private or on another port.

    `10.0.0.0/8`, `127.0.0.1:8080`, `[::1]:*`, `news.intranet`, `*.intranet:8443`. Without a port: 80 and 443.
    """
    timeout: Annotated[float, Meta(gt=0, le=300)] = 20.0
    """Seconds for the whole fetch: waiting, looking up, every redirect, the last byte."""
    max_bytes: Annotated[int, Meta(ge=1024)] = 8_000_000
    """Of a page, as sent and when decompressed."""
    max_redirects: Annotated[int, Meta(ge=0, le=50)] = 10
    per_host: Annotated[int, Meta(ge=1, le=1000)] = 2
    """Fetches from one host at a time."""
    at_once: Annotated[int, Meta(ge=1, le=10_000)] = 32
    """Fetches from all hosts at a time, in one process."""
    cache_bytes: Annotated[int, Meta(ge=0)] = 32_000_000
    """Of fetched pages kept for conditional requests, in one process; 0 keeps none."""
    contact: Annotated[str, Meta(pattern=r"^[!-~]*$(?!\n)", max_length=200)] = ""
    """A URL or an e-mail address, shown in the User-Agent so that a site's people can write to the right ones."""
    ca_file: str = ""
    """PEM file of further certificate authorities, for a closed network that has its own."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "FetchSettings":
        """Settings of the environment; raises BadInput that names the variable that cannot be understood."""
        values: dict[str, object] = {}
        switch = environ.get(PREFIX, "on").strip().lower()
        if switch not in {"on", "off"}:
            raise BadInput("TEARSHEET_FETCH is “on” or “off”", PREFIX)
        values["enabled"] = switch == "on"
        for name in cls.__struct_fields__:
            given = environ.get(f"{PREFIX}_{name.upper()}", "").strip()
            if given and name != "enabled":
                values[name] = [part for part in given.replace(",", " ").split() if part] if name == "allow" else given
        try:
            return msgspec.convert(values, cls, strict=False)
        except msgspec.ValidationError as error:
            at = str(error).rpartition("$.")[2].rstrip("`")
            raise BadInput(f"{error}", f"{PREFIX}_{at.upper()}") from error
