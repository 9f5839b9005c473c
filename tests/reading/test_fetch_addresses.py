"""Which addresses are fetched at all: spelling, special networks, the allow-list."""

import ipaddress

import pytest

from service.errors import BadInput
from service.reading.fetch import FetchSettings, NotAllowed
from service.reading.fetch.address import Guard, Permit, special_use

REFUSED_ADDRESSES = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1", "::2",
]  # fmt: skip

PUBLIC_ADDRESSES = [
    "1.1.1.1",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "192.0.1.1",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
]

REFUSED_SPELLINGS = [
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/",
    "http://127.0.1/", "http://0/", "http://127.0.0.1./", "http://8.8.8.8./", "http://08.8.8.8/", "http://010.8.8.8/",
    "http://8.8.2056/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://１２７.0.0.1/", "http://127。0。0。1/",
    "http://①②⑦.0.0.1/", "http://0X7F.1/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[fe80::1%25eth0]/", "http://[v1.fe]/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%2e/",
    "http://example.com./", "http://example%2ecom/", "http://user@example.com/", "http://user:pass@example.com/",
    "http://@example.com/", "http://example.com\\@127.0.0.1/", "http://example.com@127.0.0.1/", "http://localhost/",
    "http://LOCALHOST/", "http://a.localhost/", "http://printer.local/", "http://db.internal/",
    "http://metadata.google.internal/", "http://router.home.arpa/", "http://x.onion/", "http://ex_%61mple.com/",
    "http://exa..mple.com/", "http://-example.com/", "http://example.com:22/", "http://example.com:8080/",
    "https://example.com:6379/", "http://8.8.8.8:8080/", "ftp://example.com/", "file:///etc/passwd",
    "gopher://example.com/", "javascript:alert(1)", "data:text/html,x", "ws://example.com/", "http://[::1]/",
    "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://[::]/",
    "http://[2002:7f00:1::]/",
]  # fmt: skip

NO_ADDRESSES = [
    "", " ", "example.com/news", "/news", "//example.com/", "http:example.com", "http:/example.com", "http:///x",
    "http://", "not a url", "http://exa\nmple.com/", "http://example.com/\x00", "http://example.com:99999/",
    "http://example.com:port/", "http://[::1/", "http://\ud800.com/", "http://example.com/" + "a" * 9000,
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED_ADDRESSES)
def test_special_addresses_are_not_public(address: str) -> None:
    assert special_use(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(NotAllowed):
        Guard().read(f"http://{host}/")


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_addresses_pass(address: str) -> None:
    assert special_use(ipaddress.ip_address(address)) is None
    host = f"[{address}]" if ":" in address else address
    assert Guard().read(f"https://{host}/a").raw_host.decode() == address


@pytest.mark.parametrize("url", REFUSED_SPELLINGS)
def test_other_spellings_schemes_and_ports_are_refused(url: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        Guard().read(url)
    assert caught.value.field == "url"


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        Guard().read(url)
    assert caught.value.field == "url"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("http://example.com", "http://example.com"),
        ("  HTTPS://Example.COM:443/A?b=c#d  ", "https://example.com/A?b=c"),
        ("http://example.com:80/", "http://example.com/"),
        ("https://bücher.example/ü?q=ü", "https://xn--bcher-kva.example/%C3%BC?q=%C3%BC"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/"),
        ("https://fa.example/می\u200cشود", "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF"),
        ("https://example.com/a@b/c:d", "https://example.com/a@b/c:d"),
        ("https://news.0x.example/", "https://news.0x.example/"),
    ],
)
def test_plain_addresses_are_read(url: str, read: str) -> None:
    assert str(Guard().read(url)) == read


@pytest.mark.parametrize(
    ("entry", "host", "port", "address", "fits"),
    [
        ("10.0.0.0/8", "a.example", 80, "10.1.2.3", True),
        ("10.0.0.0/8", "a.example", 443, "10.1.2.3", True),
        ("10.0.0.0/8", "a.example", 8080, "10.1.2.3", False),
        ("10.0.0.0/8", "a.example", 80, "11.1.2.3", False),
        ("127.0.0.1:8080", "a.example", 8080, "127.0.0.1", True),
        ("127.0.0.1:8080", "a.example", 80, "127.0.0.1", False),
        ("[::1]:*", "a.example", 5000, "::1", True),
        ("[fd00::]/8", "a.example", 80, "fd00::5", True),
        ("fd00::/8", "a.example", 80, "fd00::5", True),
        ("news.intranet", "news.intranet", 80, "10.0.0.1", True),
        ("news.intranet", "a.news.intranet", 80, "10.0.0.1", False),
        ("*.intranet:8443", "news.intranet", 8443, "10.0.0.1", True),
        ("*.intranet:8443", "intranet", 8443, "10.0.0.1", False),
        ("*.intranet", "badintranet", 80, "10.0.0.1", False),
    ],
)
def test_allow_list_entries(entry: str, host: str, port: int, address: str, fits: bool) -> None:
    assert Permit.read(entry).fits(host, port, ipaddress.ip_address(address)) is fits


@pytest.mark.parametrize("entry", ["http://a.example", "a b", "10.0.0.0/99", "a.example:port", "", "0x7f.1", "*"])
def test_wrong_allow_list_entries_are_named(entry: str) -> None:
    with pytest.raises(BadInput) as caught:
        Permit.read(entry)
    assert caught.value.field == "TEARSHEET_FETCH_ALLOW"


def test_allowed_hosts_may_have_private_names_and_ports() -> None:
    guard = Guard(("*.internal:8080",))
    assert str(guard.read("http://news.internal:8080/a")) == "http://news.internal:8080/a"
    with pytest.raises(NotAllowed):
        guard.read("http://news.internal:8081/a")


def test_settings_come_from_the_environment() -> None:
    settings = FetchSettings.of(
        {
            "TEARSHEET_FETCH_ALLOW": "10.0.0.0/8, news.intranet",
            "TEARSHEET_FETCH_TIMEOUT": "2.5",
            "TEARSHEET_FETCH_PER_HOST": "4",
        }
    )
    assert settings == FetchSettings(allow=("10.0.0.0/8", "news.intranet"), timeout=2.5, per_host=4)
    assert FetchSettings.of({}) == FetchSettings()
    assert not FetchSettings.of({"TEARSHEET_FETCH": "OFF"}).enabled


@pytest.mark.parametrize(
    ("name", "value"),
    [("_TIMEOUT", "soon"), ("_TIMEOUT", "0"), ("_MAX_BYTES", "-1"), ("", "maybe"), ("_CONTACT", "a b\r\nX: y")],
)
def test_settings_that_cannot_be_understood_are_named(name: str, value: str) -> None:
    with pytest.raises(BadInput) as caught:
        FetchSettings.of({f"TEARSHEET_FETCH{name}": value})
    assert caught.value.field == f"TEARSHEET_FETCH{name}"
