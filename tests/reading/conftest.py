"""Sites that a test starts, gone at its end."""

import ssl
from collections.abc import Callable, Iterator

import pytest
import trustme

from tests.reading.misbehaving import Site


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_site(authority: trustme.CA) -> Iterator[Callable[..., Site]]:
    started: list[Site] = []

    def start(*names: str, h2: bool = False, signed_by: trustme.CA = authority, **options: object) -> Site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        signed_by.issue_cert(*names, **options).configure_cert(context)  # type: ignore[arg-type]
        context.set_alpn_protocols(["h2", "http/1.1"] if h2 else ["http/1.1"])
        started.append(Site(tls=context))
        return started[-1]

    yield start
    for server in started:
        server.close()
