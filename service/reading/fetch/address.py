"""Which addresses may be fetched: the spelling of a URL, and every IP address before it is connected to.

The service can be asked by strangers to open an address, and stands where strangers do not: beside databases, cloud
metadata and other machines that trust their neighbours. So a URL must be spelled in the one plain way, and whatever it
resolves to is judged once more, at the moment of connecting, by `Guard.check`.
"""

import ipaddress
import re
import unicodedata
from functools import cache
from typing import NamedTuple, TypeAlias

import httpx2

from schemas.base import Base
from service.errors import BadInput
from service.reading.fetch.errors import NotAllowed
from service.tables import read_table

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = {"http": 80, "https": 443}
LONGEST = 8192

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>[/\\]*)(?P<authority>[^/\\?#]*)(?P<rest>.*)", re.DOTALL
)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A host whose last label is a number is an address to every URL parser (WHATWG URL, “ends in a number”).
_ENDS_IN_A_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE | re.DOTALL)
_PERMIT = re.compile(
    r"(?P<name>\[[^\]]+\](/[0-9]+)?|[^\[\]:]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/[0-9]+)?)(:(?P<port>[0-9]+|\*))?"
)


class SpecialNetwork(Base, frozen=True, kw_only=True):
    """A row of the table: a network and what it is, in words that follow “a”."""

    network: str
    what: str


class SpecialAddresses(Base, frozen=True, kw_only=True):
    """service/data/special_addresses.toml."""

    public_ipv6: str
    networks: tuple[SpecialNetwork, ...]
    names: tuple[str, ...]


class Permit(NamedTuple):
    """One entry of the allow-list: a host name (`*.` for all below it) or a network, and a port (None: 80 and 443)."""

    host: str | None = None
    network: Network | None = None
    port: int | None = None
    any_port: bool = False

    @classmethod
    def read(cls, entry: str) -> "Permit":
        """`10.0.0.0/8`, `127.0.0.1:8080`, `[::1]:*`, `*.intranet`; raises BadInput."""
        match = _PERMIT.fullmatch(entry)
        if match is None:
            raise BadInput(
                f"“{entry}” is neither a network nor a host, with or without a port", "TEARSHEET_FETCH_ALLOW"
            )
        name = match["name"].replace("[", "").replace("]", "").lower()
        port = None if match["port"] in {None, "*"} else int(match["port"])
        try:
            network = ipaddress.ip_network(name, strict=False)
        except ValueError:
            if not _HOST.fullmatch(name.removeprefix("*.")) or _ENDS_IN_A_NUMBER.fullmatch(name):
                raise BadInput(f"“{name}” is neither a network nor a host", "TEARSHEET_FETCH_ALLOW") from None
            return cls(host=name, port=port, any_port=match["port"] == "*")
        return cls(network=network, port=port, any_port=match["port"] == "*")

    def port_fits(self, port: int) -> bool:
        """True where the entry lets this port be used."""
        return self.any_port or port == self.port or (self.port is None and port in PORTS.values())

    def host_fits(self, host: str) -> bool:
        """True where the entry names this host."""
        if self.host is None:
            return False
        return host.endswith(self.host[1:]) if self.host.startswith("*.") else host == self.host

    def fits(self, host: str, port: int, address: Address) -> bool:
        """True where the entry lets this address of this host be connected to."""
        return self.port_fits(port) and (self.host_fits(host) or (self.network is not None and address in self.network))


@cache
def special() -> tuple[Network, tuple[tuple[Network, str], ...], tuple[str, ...]]:
    """The table with its networks read: public IPv6, special networks with their description, special names."""
    table = read_table("special_addresses.toml", SpecialAddresses)
    rows = tuple((ipaddress.ip_network(row.network), row.what) for row in table.networks)
    return ipaddress.ip_network(table.public_ipv6), rows, table.names


def special_use(address: Address) -> str | None:
    """What keeps an address from being public (“private address”), None for a public one."""
    public_ipv6, networks, _ = special()
    found = next((what for network, what in networks if address in network), None)
    if found is None and address.version == 6 and address not in public_ipv6:
        return "reserved address"
    return found


class Guard:
    """The rules of one service: everything public on the default ports, and what its allow-list adds."""

    def __init__(self, allow: tuple[str, ...] = ()) -> None:
        self.permits = tuple(Permit.read(entry) for entry in allow)

    def read(self, text: str) -> httpx2.URL:
        """The URL without its fragment; raises BadInput for what is none, NotAllowed for one that is not fetched."""
        text = text.strip()
        match = _URL.fullmatch(text)
        if match is None or len(text) > LONGEST or _CONTROL.search(text):
            raise BadInput("this is not the address of a web page", "url")
        scheme, authority = match["scheme"].lower(), match["authority"]
        if scheme not in PORTS:
            raise NotAllowed(f"only http and https addresses are fetched, not {scheme}", text)
        if match["slashes"] != "//":
            raise BadInput("a web address begins with http:// or https://", "url")
        if "@" in authority or "\\" in text.partition("?")[0]:
            raise NotAllowed("an address with a user name, a password or a backslash is not fetched", text)
        self._refuse_disguise(authority, text)
        try:
            url = httpx2.URL(text).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError) as error:
            raise BadInput("this is not the address of a web page", "url") from error
        host = host_of(url)
        port = port_of(url)
        if not url.raw_host or not 0 < port < 65536:
            raise BadInput("this address names no host or no possible port", "url")
        literal = read_address(host)
        if literal is not None:
            self.check(host, port, literal, text)
        elif not _HOST.fullmatch(host) or len(host) > 253:
            raise NotAllowed(f"“{host}” is not a plain host name", text)
        elif not any(permit.host_fits(host) or permit.network is not None for permit in self.permits):
            # Said before any lookup; where networks are allowed, the address that the name has decides.
            _, _, names = special()
            if any(host == name or host.endswith(f".{name}") for name in names):
                raise NotAllowed(f"“{host}” is the name of a private host", text)
        if port not in PORTS.values() and not any(permit.port_fits(port) for permit in self.permits):
            raise NotAllowed(f"port {port} is not fetched from, only 80 and 443", text)
        return url

    def check(self, host: str, port: int, address: Address, url: str) -> None:
        """Raises NotAllowed unless this address may be connected to; called for each one, right before connecting."""
        if any(permit.fits(host, port, address) for permit in self.permits):
            return
        what = special_use(address)
        if what is not None:
            raise NotAllowed(f"{address} is a {what}", url)
        if port not in PORTS.values():
            raise NotAllowed(f"port {port} is not fetched from, only 80 and 443", url)

    @staticmethod
    def _refuse_disguise(authority: str, url: str) -> None:
        """Refuse IPv4 addresses in any but the plain spelling, IPv6 with a zone, percent signs, and a dot at the end.

        0177.0.0.1, 0x7f.1, 2130706433, 127.1, １２７.0.0.1 and 127.0.0.1. are one address to some resolvers.
        """
        if authority.startswith("["):
            inside = authority[1 : authority.find("]")]
            if "%" in inside or inside.lower().startswith("v"):
                raise NotAllowed("an IPv6 address with a zone or of a future version is not fetched", url)
            return
        host = authority.partition(":")[0]
        plain = re.sub("[。．｡]", ".", unicodedata.normalize("NFKC", host))  # the other dots of IDNA (RFC 3490, 3.1)
        if "%" in plain or plain.endswith("."):
            raise NotAllowed("a host with a percent sign or a dot at its end is not fetched", url)
        if _ENDS_IN_A_NUMBER.fullmatch(plain) and str(read_address(host)) != host:
            raise NotAllowed("an IP address is fetched in its plain spelling only", url)


def read_address(host: str) -> Address | None:
    """The IP address that a host is written as, None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def host_of(url: httpx2.URL) -> str:
    """The host as it is looked up and connected to: lower case, IDNA-encoded, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii").lower()


def port_of(url: httpx2.URL) -> int:
    """The port, the scheme's own where none is given."""
    return url.port if url.port is not None else PORTS[url.scheme]
