"""Connections that go only to an address that was checked: one lookup, one judgement, one connect.

A name may change its answer between a check and a connect (DNS rebinding). Here there is no between: the network
backend of the client's pool looks the name up itself and hands the checked IP address, not the name, to the socket.
TLS and the Host header keep the name, since the pool knows its origin by it.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeAlias

import httpcore2

from service.reading.fetch.address import Address, Guard, read_address
from service.reading.fetch.errors import NotAllowed, Unreachable

Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port → IP addresses in the order they should be tried; raises OSError where there are none."""

PATIENCE = 3.0
"""Seconds given to one address while another is left to try: a dead IPv6 route must not cost the whole deadline."""

TRIED = 4
"""Addresses of one host that are tried."""


async def system_resolver(host: str, port: int) -> list[str]:
    """Addresses of a host as the operating system knows them, in its order (RFC 6724)."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """A network backend that resolves, checks and connects by itself."""

    def __init__(self, guard: Guard, resolver: Resolver) -> None:
        self._guard = guard
        self._resolver = resolver
        self._sockets = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the face that the pool calls
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first checked address that answers; raises NotAllowed where none passes the check."""
        failure: Exception | None = None
        addresses = await self._checked(host, port)
        for n, address in enumerate(addresses, 1):
            patience = timeout if n == len(addresses) or timeout is None else min(PATIENCE, timeout)
            try:
                return await self._sockets.connect_tcp(str(address), port, patience, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise Unreachable(f"{host} does not answer on port {port}", host) from failure

    async def _checked(self, host: str, port: int) -> list[Address]:
        literal = read_address(host)
        if literal is not None:
            self._guard.check(host, port, literal, host)
            return [literal]
        try:
            answers = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"there is no host {host}", host) from error
        # An answer with a scope (fe80::1%eth0) reads as an address of its network and is refused as link-local.
        addresses = [address for address in map(read_address, answers) if address is not None]
        passed: list[Address] = []
        refusal: NotAllowed | None = None
        for address in addresses:
            try:
                self._guard.check(host, port, address, host)
            except NotAllowed as error:
                refusal = error
            else:
                passed.append(address)
        if passed:
            return passed[:TRIED]
        raise refusal or Unreachable(f"there is no address for {host}", host)


def make_pool(
    guard: Guard, *, resolver: Resolver = system_resolver, tls: ssl.SSLContext | None = None, at_once: int = 32
) -> httpcore2.AsyncConnectionPool:
    """A pool of guarded connections, HTTP/1.1 and HTTP/2. It belongs to the event loop it is first used in."""
    return httpcore2.AsyncConnectionPool(
        ssl_context=tls,
        max_connections=at_once,
        max_keepalive_connections=at_once // 2,
        keepalive_expiry=15.0,
        http2=True,
        network_backend=GuardedBackend(guard, resolver),
    )
