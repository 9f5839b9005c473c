"""One fetch from a site of the tests' own, which may be reached though it is local."""

import asyncio
import socket
import ssl
from collections.abc import Sequence

import httpx2
import trustme

from service.reading.fetch import Fetcher, FetchSettings, Page
from service.reading.fetch.connection import Resolver, system_resolver

LOCAL = FetchSettings(allow=("127.0.0.1:*",), timeout=5, max_bytes=100_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def named(**names: str) -> Resolver:
    """A resolver of the test's own; underscores stand for dots."""
    known = {name.replace("_", "."): addresses.split() for name, addresses in names.items()}

    async def resolve(host: str, port: int) -> Sequence[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return known[host]

    return resolve


def fetch(
    url: str,
    settings: FetchSettings = LOCAL,
    *,
    resolver: Resolver = system_resolver,
    tls: ssl.SSLContext | None = None,
    times: int = 1,
    language: str | None = None,
) -> Page:
    async def go() -> Page:
        async with Fetcher(settings, resolver=resolver, tls=tls) as fetcher:
            for _ in range(times - 1):
                await fetcher.fetch(url, language)
            return await fetcher.fetch(url, language)

    return asyncio.run(go())


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = httpx2.create_ssl_context()
    authority.configure_trust(context)
    return context
