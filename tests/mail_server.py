"""A real mail server on loopback (aiosmtpd) that refuses, delays, forgets and hangs up as it is told."""

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 2.0.0 taken as 4711"


@dataclass
class MailServer:
    """What came in, and how the server behaves.

    `answers` has the answers that recipients get, one a try; then all is well. An answer may be a reply ("451 later"),
    "hang up" (before the message), "forget" (after its last byte, without an answer; nothing is kept) or "swallow" (as
    well, but the message is kept).
    """

    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    greylisted: bool = False
    messages: list[tuple[str, str, bytes]] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    logins: list[str] = field(default_factory=list)
    most_a_connection: int = 0

    @property
    def recipients(self) -> list[str]:
        return [recipient for _, recipient, _ in self.messages]

    # --- aiosmtpd's hooks ---------------------------------------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        session.messages = getattr(session, "messages", 0) + 1
        if self.most_a_connection and session.messages > self.most_a_connection:
            asyncio.get_running_loop().call_soon(server.transport.close)
            return "421 4.7.0 too many messages on one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries[address] += 1
        if self.greylisted and self.tries[address] == 1:
            return "451 4.7.1 greylisted, come back later"
        planned = self.answers.get(address, [])
        if planned and planned[0] == "hang up":
            planned.pop(0)
            server.transport.abort()
            return "421 gone"
        if planned and planned[0][:1].isdigit():
            return planned.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        [recipient] = envelope.rcpt_tos
        planned = self.answers.get(recipient, [])
        order = planned.pop(0) if planned else ""
        if order != "forget":
            self.messages.append((str(envelope.mail_from), recipient, bytes(envelope.original_content or b"")))
        if order in {"forget", "swallow"}:
            server.transport.abort()
        return TAKEN

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == b"secret", handled=False)


@contextmanager
def running(*, tls: ssl.SSLContext | None = None, starttls: bool = False, login: bool = False) -> Iterator[MailServer]:
    """Run a mail server on a free port of 127.0.0.1."""
    server = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if starttls else {}
    if login:
        options |= {"authenticator": server.authenticate, "auth_required": starttls, "auth_require_tls": starttls}
    controller = Controller(
        server, hostname="127.0.0.1", port=server.port, ssl_context=None if starttls else tls, **options
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
