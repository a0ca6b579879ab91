"""Mail: one message value, how it looks on the wire, and a folder that it is written to.

Python's own policies break two things that mail programs depend on. They write a long `List-Unsubscribe` as RFC 2047
encoded words, after which nobody shows the button; and a long subject in another script becomes an encoded word of
more than the 75 characters that RFC 2047 permits. So the headers that machines read are written here as one plain line
each, and the subject is encoded here as well.
"""

import base64
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Final, Protocol

from tracker.domain.errors import InputError, TrackerError

LONGEST_LINE: Final = 998  # RFC 5322, 2.1.1
SHORT: Final = 68  # with "Subject: " in front, under the 78 of RFC 5322, 2.1.1
WORD_BYTES: Final = 39  # base64 and its frame make 64 letters of it; with "Subject: " under the 76 of RFC 2047, 2
# Read by machines: never folded, never encoded.
PLAIN: Final = frozenset(
    {"auto-submitted", "date", "list-id", "list-unsubscribe", "list-unsubscribe-post", "message-id", "precedence"}
)
# What an address may hold without quoting or encoding; a name in another script belongs in the subject, not here.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_MESSAGE_ID: Final = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>")
_PLAIN_WORD: Final = re.compile(r"[!-;=?-~]*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


class MailError(TrackerError):
    """A message could not be handed over; the next try may do."""


class RefusedError(MailError):
    """The server will not have this message, now or later (5xx)."""


class UnreachableError(MailError):
    """There is no server to talk to, or it does not let us in: the trouble of all messages, not of this one."""


class UnansweredError(MailError):
    """The whole message was sent and no answer came: it may be out or not."""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person. Refuses with InputError what would break out of its header.

    `sender` may carry a name ("Whereas <digest@example.org>"). `message_id` stays the same over retries, so that a mail
    program can drop the repeat. `unsubscribe_url` is an address that takes a POST (RFC 8058); "" for mail that
    nobody can unsubscribe from, such as a confirmation. `list_id` is a name like a host's: "digest.example.org".
    `return_path` is where notices of failure go (RFC 5321, 4.4); "" is the sender's own address.
    """

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    list_id: str = ""
    unsubscribe_url: str = ""
    return_path: str = ""

    def __post_init__(self) -> None:
        """Refuse line breaks and control characters in headers, addresses that are none, and a date without a zone."""
        for name in ("sender", "recipient", "subject", "message_id", "list_id", "unsubscribe_url", "return_path"):
            value = getattr(self, name)
            if _CONTROL.search(value):
                raise InputError(f"writing a mail: the {name} {value!r} holds a line break or control code")
        addresses = (
            ("sender", parseaddr(self.sender)[1]),
            ("recipient", self.recipient),
            ("return_path", self.return_path),
        )
        for name, address in addresses:
            if name == "return_path" and not address:
                continue
            if not is_address(address):
                raise InputError(f"writing a mail: the {name} {address!r} is no address such as ann@example.org")
        if not self.subject.strip():
            raise InputError("writing a mail: it has no subject")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise InputError(f"writing a mail: the Message-ID {self.message_id!r} is not of the form <name@host>")
        if self.date.tzinfo is None:
            raise InputError(f"writing a mail: its date {self.date.isoformat()} has no time zone")
        for value in (self.unsubscribe_url, self.list_id):
            if not _PLAIN_WORD.fullmatch(value):
                raise InputError(f"writing a mail: {value!r} cannot stand between < and > in a header")


class Sender(Protocol):
    """Whatever takes a message and is done with it when `send` returns."""

    def send(self, message: Message) -> str:
        """Hand one message over and return what the other side said; raise MailError when it was not taken.

        Sending the same `message_id` again is allowed.
        """
        ...


class Mailer(Sender, Protocol):
    """A folder or a mail server. Whoever has many messages sends them within `opened()`, over one connection."""

    def opened(self) -> AbstractContextManager[Sender]:
        """Give a sender for many messages."""
        ...


class Outbox:
    """A folder with one .eml file a message, named after its Message-ID: sending it again writes the same file."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; it is made when the first message comes."""
        self.folder = folder

    @contextmanager
    def opened(self) -> Iterator["Outbox"]:
        """Give the folder itself: nothing has to be opened."""
        yield self

    def send(self, message: Message) -> str:
        """Write the message whole or not at all and return the file's name; raise MailError when it cannot be taken."""
        target = self.path(message)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_whole(target, encode(message))
        except OSError as error:
            raise MailError(
                f"writing mail to the outbox {self.folder}: {error.strerror}; check that the folder may be written"
            ) from error
        return target.name

    def path(self, message: Message) -> Path:
        """Return the file that a message is written to."""
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", message.message_id.strip("<>").rpartition("@")[0]).strip(".-")
        return self.folder / f"{name or hashlib.sha256(message.message_id.encode()).hexdigest()[:20]}.eml"


def is_address(text: str) -> bool:
    """Return whether `text` is a plain mail address; rare forms (quoted names, other scripts) are not taken."""
    local, _, host = text.rpartition("@")
    # 64: RFC 5321, 4.5.3.1.1
    return bool(_ADDRESS.fullmatch(text)) and len(local) <= 64 and ".." not in text and "." in host


def encode(message: Message) -> bytes:
    """Return the message as it goes over the wire: CRLF, text part first; the same message gives the same bytes."""
    mail = EmailMessage(policy=_WIRE)
    name, address = parseaddr(message.sender)
    mail["From"] = Address(display_name=name, addr_spec=address)
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.date)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    if message.list_id:
        mail["List-Id"] = f"<{message.list_id}>"
        mail["Precedence"] = "bulk"
    if message.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        if message.unsubscribe_url.startswith("https://"):  # RFC 8058, 3.1: one click only over https
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, charset="utf-8", cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", charset="utf-8", cte="quoted-printable")
    # No line of quoted-printable text can begin like this, and the same message has the same boundary.
    mail.set_boundary(f"=_{hashlib.sha256(message.message_id.encode()).hexdigest()[:24]}")
    return mail.as_bytes()


class _Wire(policy.EmailPolicy):
    """SMTP's policy, with headers for machines on one plain line and other words folded as RFC 2047 wants them."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep the subject as it is given: parsing would decode what only looks like an encoded word."""
        return (name, value) if name.lower() == "subject" else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return one header as bytes, its line end included."""
        text = str(value)
        if name.lower() in PLAIN:
            line = f"{name}: {text}"
            if len(line) > LONGEST_LINE:
                raise InputError(f"writing a mail: the header {name} is longer than {LONGEST_LINE} letters")
            return f"{line}{self.linesep}".encode("ascii")
        if name.lower() == "subject":
            return f"{name}: {self.linesep.join(_encoded(text))}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _encoded(text: str) -> list[str]:
    """Return the lines of an unstructured header: as it is when that is short and plain, else in encoded words.

    What looks like an encoded word is encoded too, or a reader would decode it.
    """
    if text.isascii() and len(text) <= SHORT and "=?" not in text:
        return [text]
    chunks, chunk = [], b""
    for letter in text:
        if len(chunk + letter.encode()) > WORD_BYTES:
            chunks.append(chunk)
            chunk = b""
        chunk += letter.encode()
    words = [f"=?utf-8?b?{base64.b64encode(part).decode('ascii')}?=" for part in [*chunks, chunk]]
    return [words[0], *(f" {word}" for word in words[1:])]


_WIRE: Final = _Wire(linesep="\r\n", cte_type="7bit")


def _write_whole(target: Path, content: bytes) -> None:
    """Write beside the target and rename, so that nobody ever reads half a file; only we may read it."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
