"""A small HTTP client for tests that ask the service over a socket, and a page to ask about."""

import urllib.error
import urllib.request
from typing import NamedTuple

STORY = (
    "<!doctype html><html lang=en><head><title>Harbour library to reopen in March | The Example Courier</title>"
    '<meta property="og:type" content="article"><meta property="og:site_name" content="The Example Courier">'
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    '"headline": "Harbour library to reopen in March", "datePublished": "2023-09-03T10:00:00Z", '
    '"author": {"@type": "Person", "name": "Ana Ruiz"}, '
    '"publisher": {"@type": "NewsMediaOrganization", "name": "The Example Courier"}}</script></head>'
    "<body><article><h1>Harbour library to reopen in March</h1><p>By Ana Ruiz</p>"
    + "<p>The library at the harbour will open its doors again in March, the council said on Sunday.</p>" * 8
    + "</article></body></html>"
).encode()


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str, body: bytes | None = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, named), timeout=30) as got:
            return Answer(got.status, {k.lower(): v for k, v in got.headers.items()}, got.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())
