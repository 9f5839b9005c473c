"""Who may use the library: bearer tokens (RFC 6750), kept as hashes and compared in constant time."""

import hashlib
import hmac
import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar import Request

from schemas.base import Base
from service.errors import BadInput, TearsheetError

VARIABLE = "TEARSHEET_TOKENS"
READS = "TEARSHEET_READS"

_HASHED = re.compile(r"sha256:([0-9a-fA-F]{64})")


class TokenNeeded(TearsheetError):
    """No token was sent, or not one of those the service knows."""


class NotFromHere(TearsheetError):
    """The library is closed to this request, whoever makes it."""


class Access(Base, frozen=True, kw_only=True):
    """Who may read and write. `hashes` are SHA-256 of the tokens; none of them opens the library to this machine."""

    hashes: tuple[bytes, ...] = ()
    reads_need_token: bool = False
    local: bool = True
    origins: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anyone who can reach the service may write."""
        return not self.hashes and self.local

    def allow(self, request: Request[Any, Any, Any], *, write: bool) -> None:
        """Return if the request may go on; TokenNeeded or NotFromHere otherwise."""
        if not self.hashes and not self.local:
            raise NotFromHere(
                f"the service listens beyond this machine and has no {VARIABLE}, so its library is closed",
                "Authorization",
            )
        if self.hashes:
            if (write or self.reads_need_token) and not self._known(request.headers.get("authorization")):
                raise TokenNeeded("a token is needed: Authorization: Bearer …", "Authorization")
        elif write and self._foreign(request):
            # without tokens the browser of this machine's user could be made to write by any page they visit
            raise NotFromHere("pages of other origins may not write to this library", "Origin")

    def _known(self, header: str | None) -> bool:
        kind, _, token = (header or "").partition(" ")
        sent = hash_of(token.strip()) if kind.lower() == "bearer" else b""
        # every hash is compared, so that the time tells nothing of which one was nearly right
        return sum(hmac.compare_digest(sent, known) for known in self.hashes) > 0

    def _foreign(self, request: Request[Any, Any, Any]) -> bool:
        origin = request.headers.get("origin")
        if origin is None or "*" in self.origins or origin in self.origins:
            return False
        return urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


def hash_of(token: str) -> bytes:
    """What is kept of a token. Tokens are random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def new_token() -> tuple[str, str]:
    """A token for a client, and what TEARSHEET_TOKENS holds of it."""
    token = secrets.token_urlsafe(32)
    return token, f"sha256:{hash_of(token).hex()}"


def read_access(host: str, origins: tuple[str, ...], environment: Mapping[str, str] | None = None) -> Access:
    """From TEARSHEET_TOKENS (`sha256:HEX` or the token itself, separated by commas) and TEARSHEET_READS."""
    env = os.environ if environment is None else environment
    hashes = []
    for entry in filter(None, map(str.strip, env.get(VARIABLE, "").split(","))):
        if match := _HASHED.fullmatch(entry):
            hashes.append(bytes.fromhex(match[1]))
        elif entry.startswith("sha256:"):
            raise BadInput("sha256: is followed by 64 hexadecimal digits", VARIABLE)
        else:
            hashes.append(hash_of(entry))
    reads = env.get(READS, "open").strip().lower()
    if reads not in {"open", "token"}:
        raise BadInput(f"{READS} is open or token", READS)
    if reads == "token" and not hashes:
        raise BadInput(f"{READS}=token needs {VARIABLE}", READS)
    return Access(hashes=tuple(hashes), reads_need_token=reads == "token", local=is_loopback(host), origins=origins)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
