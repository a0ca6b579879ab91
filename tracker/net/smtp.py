"""Handing mail to a server (RFC 5321), over TLS unless it is this machine's own; each failure said for what it is.

What a sender has to know of a failure is whether the next try may help, and whether the message may be out already:
`RefusedError` is final, `UnreachableError` is the trouble of the server and not of this message, `UnansweredError` came
after the last byte, when the server may have taken the message, and any other `MailError` is worth another try.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import Final

from tracker.domain.text import strip_controls
from tracker.net.mail import MailError, Message, RefusedError, UnansweredError, UnreachableError, encode

LONGEST_REPLY: Final = 300
_DOT: Final = re.compile(rb"(?m)^\.")


class Security(StrEnum):
    """How the connection is made private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how we log in to it; without a `user` we do not. `seconds` is the wait for one answer."""

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""
    seconds: float = 30
    trusted: ssl.SSLContext | None = None

    @property
    def name(self) -> str:
        """Its name in messages to people."""
        return f"{self.host}:{self.port}"


class Smtp:
    """A mail server as a Mailer. Many messages go over one connection within `opened()`."""

    def __init__(self, server: Server) -> None:
        """Remember the server; it is asked when the first message comes."""
        self.server = server

    @contextmanager
    def opened(self) -> Iterator["Connection"]:
        """Give a connection that is made with the first message and ended with the block."""
        connection = Connection(self.server)
        try:
            yield connection
        finally:
            connection.close()

    def send(self, message: Message) -> str:
        """Hand over one message on a connection of its own; return what the server said."""
        with self.opened() as connection:
            return connection.send(message)


class Connection:
    """One conversation with a server at a time; a broken one is made anew with the next message."""

    def __init__(self, server: Server) -> None:
        """Begin without a connection."""
        self.server = server
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: Message) -> str:
        """Hand over one message; return what the server said.

        A connection that the server ended while it was idle is made anew once, for nothing of the message was said.
        Raises MailError of the kinds named above.
        """
        fresh = self._smtp is None
        raw = encode(message)
        try:
            return self._converse(message, raw)
        except _GoneError:
            if fresh:
                raise
            return self._converse(message, raw)

    def close(self) -> None:
        """End the conversation politely, if there is one."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def _converse(self, message: Message, raw: bytes) -> str:
        smtp = self._connected()
        sender = message.return_path or parseaddr(message.sender)[1]
        try:
            self._ask(smtp, f"MAIL FROM:<{sender}>", 250)
            self._ask(smtp, f"RCPT TO:<{message.recipient}>", 250, 251)
            self._ask(smtp, "DATA", 354)
            smtp.send(_DOT.sub(b"..", raw) + b".\r\n")
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            raise _GoneError(
                f"{self._to(message)}: the connection ended before the message was over: {_cause(error)}"
            ) from error
        try:
            code, reply = smtp.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            raise UnansweredError(
                f"{self._to(message)}: the connection ended before the server said whether it took it: {_cause(error)}"
            ) from error
        self._expect(code, reply, f"{self._to(message)}: the message", 250)
        return _said(code, reply)

    def _ask(self, smtp: smtplib.SMTP, command: str, *wanted: int) -> None:
        code, reply = smtp.docmd(command)
        self._expect(code, reply, f"mail server {self.server.name}, {command}", *wanted)

    def _expect(self, code: int, reply: bytes, what: str, *wanted: int) -> None:
        """Raise for an answer that is not wanted: 5xx is final, 421 ends the connection, all else may pass."""
        if code in wanted:
            return
        said = f"{what}: {_said(code, reply)}"
        if code == 421:
            self._drop()
            raise MailError(said)
        self._forget()
        raise RefusedError(said) if 500 <= code < 600 else MailError(said)

    def _forget(self) -> None:
        """Let the server forget the message it refused, so that the next one can follow."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        server, smtp = self.server, None
        try:
            smtp = self._dialled()
            smtp.ehlo_or_helo_if_needed()
            if server.security is Security.STARTTLS:
                smtp.starttls(context=server.trusted or ssl.create_default_context())
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            if smtp is not None:
                smtp.close()
            raise UnreachableError(
                f"connecting to the mail server {server.name}: {_cause(error)}; check the settings smtp_*, nothing was "
                "sent and all of it is tried again"
            ) from error
        self._smtp = smtp
        return smtp

    def _dialled(self) -> smtplib.SMTP:
        server = self.server
        if server.security is Security.TLS:
            context = server.trusted or ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=server.seconds)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _to(self, message: Message) -> str:
        return f"mail server {self.server.name}, mail to {message.recipient}"


class _GoneError(MailError):
    """The connection ended before the message was over: nobody has it."""


def _said(code: int, reply: bytes) -> str:
    """Return a server's answer as one short line; what it says is a stranger's."""
    words = " ".join(strip_controls(reply.decode("utf-8", "replace")).split())
    return f"{code} {words}"[:LONGEST_REPLY].rstrip()


def _cause(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(error.smtp_code, said if isinstance(said, bytes) else said.encode())
    # What smtplib makes of a wait that was too long keeps its words alone.
    if isinstance(error, TimeoutError) or str(error).endswith("timed out"):
        return "no answer in time"
    if isinstance(error, ssl.SSLError):
        return f"no private connection: {error.reason or error}"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
