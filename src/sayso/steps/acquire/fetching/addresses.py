"""Which addresses may be asked for, and which may be connected to.

An address that a feed or a redirect names is written by a stranger. It must not make sayso ask the
machine it runs on, or what only that machine can reach. So names are checked for form here, and the
IP addresses that they resolve to are checked again where the connection is made (`connecting`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from sayso.errors import SetAside, SettingsError

IPAddress = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
LONGEST = 2_000
"""Code points of an address. Longer ones are traps or mistakes."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_NAT64 = ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' NAT
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "64:ff9b:1::/48",  # local NAT64
        "100::/64",
        "2001::/23",  # IETF protocols, Teredo with them
        "fec0::/10",  # site-local, long withdrawn, routed in places
        "5f00::/16",  # segment routing
    )
)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in the form in which it is asked for."""

    scheme: str
    host: str
    """ASCII, lower case; an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""

    @property
    def authority(self) -> str:
        """Host and port as the `Host` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def web_address(uri: str, *, ports: Sequence[int] = (80, 443)) -> WebAddress:
    """`uri` in its normal form, without its fragment.

    Raises `SetAside` (`bad_address`, `address_refused`) for what is no web address, carries a name
    and password, or names another port than `ports`.
    """
    uri = uri.strip()
    if len(uri) > LONGEST:
        raise SetAside("bad_address", f"the address has more than {LONGEST} characters")
    if _BAD.search(uri):
        raise SetAside("bad_address", "the address has spaces, backslashes or control characters")
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError as error:
        raise SetAside("bad_address", f"no address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise SetAside("bad_address", f"only http and https are fetched, not {scheme[:20] or '-'}")
    if "@" in parts.netloc:
        raise SetAside("bad_address", "the address carries a user name or password")
    if not parts.hostname:
        raise SetAside("bad_address", "the address names no host")
    port = port if port is not None else _DEFAULT_PORTS[scheme]
    if port not in ports:
        raise SetAside(
            "address_refused", f"port {port} is not fetched from", "allow it in the settings"
        )
    target = quote(parts.path or "/", safe=_SAFE_PATH, errors="replace")
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE_PATH + "?[]", errors="replace")
    if "[" in parts.netloc and ":" not in parts.hostname:
        raise SetAside("bad_address", "brackets in a host are for IPv6 addresses")
    return WebAddress(scheme, _host(parts.hostname), port, target)


def joined(base: str, reference: str) -> str:
    """`reference`, as a page at `base` names it, as a whole address; "" where that fails."""
    try:
        whole = urljoin(base, reference.strip())
        parts = urlsplit(whole)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    except ValueError:
        return ""


def allowed_networks(texts: Sequence[str]) -> Networks:
    """The networks of the settings. Raises `SettingsError`."""
    try:
        return [ip_network(text) for text in texts]
    except ValueError as error:
        raise SettingsError(f"allowed_networks: {error}") from error


def refusal(address: IPAddress, allowed: Networks = ()) -> str | None:
    """Why `address` must not be connected to; None where it may be.

    An IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4) is judged as that one;
    Teredo and the withdrawn `::a.b.c.d` are refused.
    """
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "it is an address of one link"
    if any(address.version == net.version and address in net for net in allowed):
        return None
    inner = _inside(address)
    if inner is not None:
        return refusal(inner, allowed)
    if address.is_loopback:
        return "it is this machine"
    if address.is_unspecified:
        return "it is no particular machine"
    if address.is_link_local:
        return "it is on the local link (clouds keep secrets there)"
    if address.is_multicast:
        return "it is a multicast address"
    if (
        not address.is_global
        or address.is_private
        or address.is_reserved
        or any(address.version == net.version and address in net for net in _NOT_PUBLIC)
    ):
        return "it is not a public address"
    return None


def _inside(address: IPAddress) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def _host(name: str) -> str:
    """The host in ASCII; an IP address in its usual spelling."""
    if ":" in name:
        try:
            return str(ip_address(name))
        except ValueError as error:
            raise SetAside("bad_address", f"no IPv6 address: {error}") from error
    try:
        # urlsplit leaves percent signs in hosts; browsers decode them, and so hide addresses
        plain = unquote(name, errors="strict").rstrip(".")
        ascii_name = plain.encode("idna").decode("ascii").lower() if plain else ""
    except (UnicodeError, ValueError) as error:
        raise SetAside("bad_address", "the host is no domain name") from error
    if len(ascii_name) > 253 or not all(map(_LABEL.match, ascii_name.split("."))):
        raise SetAside("bad_address", "the host is no domain name")
    last = ascii_name.rpartition(".")[2]
    if last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last):
        # 2130706433, 0x7f.1, 0177.0.0.1: only the plain spelling is taken for an address
        try:
            return str(IPv4Address(ascii_name))
        except ValueError as error:
            raise SetAside(
                "address_refused", "the host is a number in a disguised spelling"
            ) from error
    return ascii_name
