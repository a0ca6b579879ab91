"""Connections that go only where the gate lets them and end when their errand's time is up.

urllib3 speaks HTTP; these classes give it its sockets. The errand (whose gate, how long) travels in a context
variable, since urllib3 makes and reuses connections on its own, and one errand runs in one thread to its last byte.
"""

import socket
import ssl
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from tracker.domain.errors import FetchError
from tracker.net.addresses import Gate


@dataclass(frozen=True, slots=True)
class Errand:
    """One fetch: the gate it must pass, when it must be over (on time.monotonic's scale), seconds for one connect."""

    gate: Gate
    ends: float
    connect: float

    @property
    def left(self) -> float:
        """Seconds left, negative when over."""
        return self.ends - time.monotonic()


ERRAND: ContextVar[Errand] = ContextVar("errand")


def _shorten(sock: socket.socket) -> None:
    """Let the next read wait no longer than the errand may last.

    A server that sends a byte a second never trips a timeout that counts from the last byte. Every read of headers and
    of the body passes here, so the clock on the wall decides.
    """
    left = ERRAND.get().left
    if left <= 0:
        raise TimeoutError("out of time")
    limit = sock.gettimeout()
    if limit is None or limit > left:
        sock.settimeout(left)


class _Socket(socket.socket):
    def recv_into(self, *args: Any, **options: Any) -> int:
        _shorten(self)
        return super().recv_into(*args, **options)


class _TlsSocket(ssl.SSLSocket):
    def recv_into(self, *args: Any, **options: Any) -> int:
        _shorten(self)
        return super().recv_into(*args, **options)


def _connect(host: str, port: int) -> socket.socket:
    """Resolve `host` once, drop what may not be asked, and connect to one of the addresses that remain."""
    errand = ERRAND.get()
    trouble: OSError | None = None
    for family, address in errand.gate.addresses(host, port, within=min(errand.connect, errand.left)):
        left = min(errand.connect, errand.left)
        if left <= 0:
            break
        sock = _Socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(left)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return sock
    slow = trouble is None or isinstance(trouble, TimeoutError)
    raise FetchError(
        f"connecting to {host}:{port}: {trouble or 'no time left'}; the server may be down: try again later",
        kind="timeout" if slow else "connect",
    ) from trouble


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port)


class _TlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self.host, self.port)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


def pools(*, keep: int, tls: ssl.SSLContext | None = None) -> PoolManager:
    """Return a pool that opens guarded connections only and keeps at most `keep` idle ones for each host."""
    context = tls or ssl.create_default_context()
    context.sslsocket_class = _TlsSocket
    manager = PoolManager(num_pools=64, maxsize=keep, retries=False, ssl_context=context)
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return manager
