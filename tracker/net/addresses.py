"""Which addresses we may ask: http and https, usual ports, public hosts. What a server names is never trusted.

A feed's address comes from people and from redirects, so it may point back into the network we run in (a cloud's
metadata service, a database's console). Every host is resolved once, every address it has is judged here, and the
connection then goes to the very address that was judged: a name that answers differently the second time gains nothing.
"""

import asyncio
import contextlib
import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

from tracker.domain.errors import FetchError

# What socket.getaddrinfo gives, cut to what opens a connection: address family and the address itself.
Address = tuple[int, tuple[str, int] | tuple[str, int, int, int]]
Resolver = Callable[[str, int], list[Address]]

DEFAULT_PORTS = {"http": 80, "https": 443}
PUBLIC_PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
_MOST_LOOK_UPS = 64

# `is_global` changed its mind between Python releases about several of these, so they are named.
_CLOSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host service, a public-looking number
        "169.254.0.0/16",  # link-local, and the metadata service of every cloud
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
        "::/96",  # unspecified, loopback, IPv4-compatible
        "::ffff:0:0/96",  # IPv4 written as IPv6
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",  # Teredo and protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/9",  # link-local and the old site-local
        "ff00::/8",
    )
)
_UNSPEAKABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\\ud800-\udfff]")
_ASCII_URL = "!#$%&'()*+,/:;=?@[]~"  # marks that stay as they are; everything beyond ASCII is percent-encoded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes. `host` is lower case ASCII, without brackets and without a closing dot.

    `name` is host and port as settings write them; `literal` is whether the host is an address already.
    """

    url: str
    scheme: str
    host: str
    port: int
    name: str
    literal: bool

    def is_origin_of(self, url: str) -> bool:
        """Return whether an address that was admitted before leads to the same scheme, host and port."""
        other = read_place(url)
        return (other.scheme, other.host, other.port) == (self.scheme, self.host, self.port)


def refused(url: str, why: str, *, remedy: str = "correct the address") -> FetchError:
    return FetchError(f"fetching {url[:200]!r}: {why}; {remedy}", kind="refused_address")


@lru_cache(maxsize=4096)  # the same feeds are asked all day
def read_place(url: str) -> Place:
    """Return where `url` leads; raise FetchError(refused_address) when it is not a plain http or https address."""
    if _UNSPEAKABLE.search(url):
        # Parsers disagree about these, and what one skips another takes for the end of the host.
        raise refused(url, "it contains a space, a control character, a backslash or half a character")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refused(url, f"it cannot be read as an address ({error})") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise refused(url, f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'!r}")
    if "@" in parts.netloc:
        raise refused(url, "it carries a user name", remedy="remove what stands before the @")
    host = _ascii_host(url, parts)
    literal = _is_literal(url, host)
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    netloc = parts.netloc if parts.netloc.isascii() else host_and_port(host, port)
    clean = parts._replace(netloc=netloc, fragment="").geturl()
    return Place(
        clean if clean.isascii() else quote(clean, safe=_ASCII_URL),
        parts.scheme,
        host,
        port,
        name=host_and_port(host, port),
        literal=literal,
    )


def host_and_port(host: str, port: int) -> str:
    """Return the two as one text, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_literal(url: str, host: str) -> bool:
    """Return whether `host` is a numeric address; refuse what only some programs would take for one (127.1, 0x7f.1)."""
    last = host.rpartition(".")[2]
    if ":" not in host and not last.isdigit() and not last.startswith("0x"):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise refused(url, f"its host {host[:60]!r} is neither a name nor an address in its usual form") from error
    return True


def _ascii_host(url: str, parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    if "%" in host:
        raise refused(url, "its host has a zone or a percent sign")
    try:
        host = host if host.isascii() else host[:253].encode("idna").decode("ascii")
    except UnicodeError as error:
        raise refused(url, f"its host {host!r} is not a name ({error})") from error
    if not host or len(host) > 253:
        raise refused(url, "it names no host")
    return host


def objection(address: str) -> str | None:
    """Return why this numeric address must not be asked, or None when it is a public one."""
    try:
        ip: IPv4Address | IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "not a numeric address"
    if any(ip in network for network in _CLOSED if network.version == ip.version):
        return "not a public address"
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return "not a public address"
    return None


def look_up(host: str, port: int) -> list[Address]:
    """Return the addresses of `host` in the system's order of preference; raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    return [(int(family), address) for family, _, _, _, address in found if len(address) in {2, 4}]  # type: ignore[misc]


class Gate:
    """Decides which hosts may be asked. `allowed_hosts` ("host:port") are exempt: loopback servers, an intranet."""

    def __init__(self, allowed_hosts: Collection[str] = (), resolver: Resolver = look_up) -> None:
        self.allowed = frozenset(host.lower() for host in allowed_hosts)
        self._resolver = resolver
        self._look_ups = threading.Semaphore(_MOST_LOOK_UPS)

    def admit(self, url: str) -> Place:
        """Return where `url` leads when it may be asked as far as it shows; a name is judged on connecting."""
        place = read_place(url)
        if place.name in self.allowed:
            return place
        if place.port not in PUBLIC_PORTS:
            raise refused(
                url,
                f"port {place.port} is not one that publishers use",
                remedy=f"if it is right, add {place.name!r} to the allowed hosts",
            )
        if place.literal:
            self.judge(place.name, [place.host])
        return place

    def judge(self, name: str, addresses: Collection[str]) -> list[str]:
        """Return those of the numeric `addresses` that may be asked for `name` ("host:port"), at least one.

        Raises FetchError(refused_address) when there is none.
        """
        if name in self.allowed:
            return list(addresses)
        public = [address for address in addresses if objection(address) is None]
        if not public:
            numbers = ", ".join(sorted(set(addresses)))
            raise refused(
                name,
                f"it leads to {numbers}, not a public address",
                remedy=f"if it is meant, add {name!r} to the allowed hosts",
            )
        return public

    async def addresses(self, host: str, port: int, *, within: float) -> list[Address]:
        """Return the addresses of `host` that may be asked, at least one.

        Raises FetchError: `dns` when the name has no address or the answer takes longer than `within` seconds,
        `refused_address` when none of its addresses is public.
        """
        found = await self._resolve(host, port, within)
        public = set(self.judge(host_and_port(host, port), [address[1][0] for address in found]))
        return [address for address in found if address[1][0] in public]

    async def _resolve(self, host: str, port: int, within: float) -> list[Address]:
        try:
            async with asyncio.timeout(within):
                found = await self._asked(host, port)
        except TimeoutError as error:
            raise FetchError(
                f"looking up {host!r}: no answer within {within:.0f} s; check the machine's name server", kind="dns"
            ) from error
        except (OSError, UnicodeError) as error:
            raise FetchError(
                f"looking up {host!r}: {error}; check the spelling, or whether the site has moved", kind="dns"
            ) from error
        if not found:
            raise FetchError(f"looking up {host!r}: it has no address; check the spelling", kind="dns")
        return found

    async def _asked(self, host: str, port: int) -> list[Address]:
        """Ask in a thread of its own: the system's resolver takes no time limit and may hang for a minute.

        The threads are counted, since those that hang stay after we have given up on them.
        """
        # Loops of several threads may wait here, so no event of one loop would do.
        while not self._look_ups.acquire(blocking=False):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Address]] = loop.create_future()

        def settle(found: list[Address] | Exception) -> None:
            if answer.done():
                return
            if isinstance(found, Exception):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def ask() -> None:
            try:
                found: list[Address] | Exception = self._resolver(host, port)
            except Exception as error:  # noqa: BLE001  # handed to whoever waits for the answer
                found = error
            finally:
                self._look_ups.release()
            with contextlib.suppress(RuntimeError):  # the loop has ended; nobody waits any more
                loop.call_soon_threadsafe(settle, found)

        threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        return await answer
