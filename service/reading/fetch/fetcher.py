"""URL → Page: every hop checked, every byte and second counted."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from service.errors import BadInput
from service.reading.fetch import verdict
from service.reading.fetch.address import Guard, host_of
from service.reading.fetch.connection import Resolver, make_pool, system_resolver
from service.reading.fetch.errors import (
    BadTls,
    BrokenAnswer,
    Busy,
    FetchFailure,
    FetchingOff,
    RemoteTooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from service.reading.fetch.page import Page
from service.reading.fetch.settings import FetchSettings
from service.reading.fetch.store import PageStore, Stored, storable

REDIRECTS = {301, 302, 303, 307, 308}
CODINGS = {"gzip", "deflate", "br", "zstd"}
ERROR_BODY = 65_536
"""Bytes of an error page that are read, to recognise a challenge by."""

BIG_ENOUGH_FOR_A_THREAD = 131_072
"""Bytes of a page above which it is judged beside the event loop, since parsing takes milliseconds."""

_LANGUAGES = re.compile(r"[A-Za-z0-9*;=.,\- ]{1,200}")


class Fetcher:
    """Fetches pages for one event loop; an async context that closes its connections.

    `resolver` and `tls` replace the system's name lookup and trust; they are there for tests and closed networks.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        resolver: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.settings = settings or FetchSettings()
        self.store = PageStore(self.settings.cache_bytes)
        self._guard = Guard(self.settings.allow)
        tls = tls or trust(self.settings.ca_file)
        self._pool = make_pool(self._guard, resolver=resolver, tls=tls, at_once=self.settings.at_once)
        self._slots = asyncio.Semaphore(self.settings.at_once)
        self._hosts: dict[str, tuple[asyncio.Semaphore, int]] = {}
        contact = f"; +{self.settings.contact}" if self.settings.contact else ""
        self._user_agent = f"Tearsheet/{_version()} (fetches one news article for its citation{contact})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def fetch(self, url: str, accept_language: str | None = None) -> Page:
        """The page at an address, after redirects; from the store where it is fresh or the site says it is unchanged.

        `accept_language` is the reader's header, passed on. Raises BadInput for what is no URL and one of the errors of
        `service.reading.fetch.errors` for everything else that can go wrong, within `settings.timeout` seconds.
        """
        if not self.settings.enabled:
            raise FetchingOff("fetching is switched off at this service; send the saved page with its url", url)
        current = self._guard.read(url)
        language = accept_language if accept_language and _LANGUAGES.fullmatch(accept_language) else ""
        cookies = httpx2.Cookies()  # for this fetch alone: some sites redirect in circles until their cookie comes back
        waiting = True
        try:
            async with asyncio.timeout(self.settings.timeout), self._slots:
                for _ in range(self.settings.max_redirects + 1):
                    waiting = True
                    async with self._slot_of(host_of(current)):
                        waiting = False
                        answer = await self._hop(current, language, cookies)
                    if isinstance(answer, Page):
                        return answer
                    current = answer
        except TimeoutError as error:
            if waiting:
                raise Busy("too many pages are being fetched at the moment", str(current)) from error
            limit = self.settings.timeout
            raise TooSlow(f"the page did not come within {limit:g} seconds", str(current), limit) from error
        raise TooManyRedirects(f"more than {self.settings.max_redirects} redirects", str(current))

    async def _hop(self, url: httpx2.URL, language: str, cookies: httpx2.Cookies) -> Page | httpx2.URL:
        """One request: the page, or where it redirects to."""
        key = (str(url), language)
        stored = None if cookies else self.store.get(key)
        if stored is not None and stored.fresh_until > asyncio.get_running_loop().time():
            return stored.page
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1",
            "Accept-Encoding": "gzip, deflate, br, zstd",
            **({"Accept-Language": language} if language else {}),
            **(stored.conditions() if stored else {}),
        }
        request = httpx2.Request("GET", url, headers=headers)
        cookies.set_cookie_header(request)
        sent_cookie = "cookie" in request.headers
        async with self._answer(request) as response:
            status = response.status_code
            if status == 304 and stored is not None:
                return self._renewed(key, stored, response)
            if status in REDIRECTS and "location" in response.headers:
                cookies.extract_cookies(response)
                return self._next(url, response.headers["location"])
            if not response.is_success:
                body = await self._read(response, ERROR_BODY, whole=False)
                raise verdict.failure_of_status(status, str(url), response.headers, body)
            media_type, charset = verdict.media_type_of(response.headers.get("content-type", ""))
            verdict.refuse_type(str(url), media_type)
            body = await self._read(response, self.settings.max_bytes)
        if not body.strip():
            raise BrokenAnswer("the site answered with an empty page", str(url))
        page = Page(
            url=str(url),
            body=body,
            media_type=verdict.refuse_binary(str(url), media_type, body),
            charset=charset,
            status=status,
            fetched=datetime.now(UTC),
        )
        failure = await self._judged(page, response)
        if failure is not None:
            raise failure
        kept = None if sent_cookie else storable(page, response.headers)
        if kept is not None:
            self.store.put(key, kept)
        return page

    @asynccontextmanager
    async def _answer(self, request: httpx2.Request) -> AsyncIterator[httpx2.Response]:
        """The response with its body still to come; the client's errors become ours."""
        url = str(request.url)
        limit = self.settings.timeout
        raw = httpcore2.Request(
            request.method,
            httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions={"timeout": {"connect": limit, "read": limit, "write": limit, "pool": limit}},
        )
        try:
            try:
                got = await self._pool.handle_async_request(raw)
            except FetchFailure as failure:
                failure.url = url  # the connection knows only the host
                raise
            response = httpx2.Response(
                got.status, headers=got.headers, stream=_Body(got, url, self.settings.max_bytes), request=request
            )
            try:
                yield response
            finally:
                await response.aclose()
        except httpcore2.ConnectError as error:
            if error.args and isinstance(error.args[0], ssl.SSLError):
                raise BadTls(
                    f"the site’s certificate or TLS is not to be trusted: {_tls_reason(error.args[0])}", url
                ) from error
            raise Unreachable("the site closed the connection before it was made", url) from error
        except httpcore2.TimeoutException as error:
            raise TooSlow(f"the page did not come within {limit:g} seconds", url, limit) from error
        except httpcore2.NetworkError as error:
            raise Unreachable("the connection to the site broke", url) from error
        except (httpcore2.ProtocolError, httpx2.DecodingError) as error:
            raise BrokenAnswer(f"the site’s answer is broken: {error}", url) from error

    async def _read(self, response: httpx2.Response, limit: int, *, whole: bool = True) -> bytes:
        """The body, decompressed; over `limit` raises RemoteTooLarge, or gives its beginning where not `whole`."""
        url = str(response.request.url)
        codings = [
            c for c in response.headers.get_list("content-encoding", split_commas=True) if c.lower() != "identity"
        ]
        if len(codings) > 1 or any(coding.lower() not in CODINGS for coding in codings):
            # Two codings in a row are how a few bytes become many gigabytes between the decoders.
            raise BrokenAnswer(f"the page is compressed in a way that was not asked for ({', '.join(codings)})", url)
        too_large = RemoteTooLarge(f"the page is over {limit} bytes", url, limit)
        announced = response.headers.get("content-length", "")
        if whole and announced.isascii() and announced.isdigit() and int(announced[:18]) > limit:
            raise too_large
        body = bytearray()
        async with aclosing(response.aiter_bytes()) as chunks:
            async for chunk in chunks:
                body += chunk
                if len(body) > limit:
                    if whole:
                        raise too_large
                    break
        return bytes(body)

    async def _judged(self, page: Page, response: httpx2.Response) -> FetchFailure | None:
        if len(page.body) > BIG_ENOUGH_FOR_A_THREAD:
            return await asyncio.to_thread(verdict.failure_of_page, page, response.headers)
        return verdict.failure_of_page(page, response.headers)

    def _renewed(self, key: tuple[str, str], stored: Stored, response: httpx2.Response) -> Page:
        """The stored page, which the site says is unchanged; a 304 may bring new times (RFC 9111, 4.3.4)."""
        known = {
            name: value for name, value in (("etag", stored.etag), ("last-modified", stored.last_modified)) if value
        }
        renewed = storable(stored.page, {**known, **dict(response.headers)})
        if renewed is None:
            self.store.drop(key)
        else:
            self.store.put(key, renewed)
        return stored.page

    def _next(self, url: httpx2.URL, location: str) -> httpx2.URL:
        """Where a redirect goes, checked like the first address."""
        try:
            return self._guard.read(str(url.join(location)))
        except (BadInput, httpx2.InvalidURL, ValueError) as error:
            raise BrokenAnswer("the site redirects to something that is no address", str(url)) from error

    @asynccontextmanager
    async def _slot_of(self, host: str) -> AsyncIterator[None]:
        """One of the slots of a host; the count of those who hold or want one tells when its semaphore can go."""
        slots, users = self._hosts.get(host, (asyncio.Semaphore(self.settings.per_host), 0))
        self._hosts[host] = (slots, users + 1)
        try:
            async with slots:
                yield
        finally:
            users = self._hosts[host][1] - 1
            if users:
                self._hosts[host] = (slots, users)
            else:
                del self._hosts[host]


class _Body(httpx2.AsyncByteStream):
    """The pool's response as a stream that httpx2's Response decodes; `limit` bounds what comes in, decoded or not.

    (Compressed data can go on for ever without a byte coming out at the other end.)
    """

    def __init__(self, response: httpcore2.Response, url: str, limit: int) -> None:
        self._response = response
        self._url = url
        self._limit = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        came = 0
        async for part in self._response.aiter_stream():
            came += len(part)
            if came > self._limit:
                raise RemoteTooLarge(f"the page is over {self._limit} bytes", self._url, self._limit)
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


@cache
def trust(ca_file: str) -> ssl.SSLContext:
    """The system's trust (or SSL_CERT_FILE's), with the authorities of a further file. Loading it takes a while."""
    context = httpx2.create_ssl_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _version() -> str:
    try:
        return version("tearsheet")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def _tls_reason(error: ssl.SSLError) -> str:
    return getattr(error, "verify_message", "") or (error.reason or "handshake failed").replace("_", " ").lower()
