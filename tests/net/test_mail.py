"""Mail on the wire: raw bytes first, then read back by Python's parser and by a reader of our own."""

import base64
import dataclasses
import email
import email.policy
import quopri
import re
import stat
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.net.mail import MailError, Message, Outbox, encode

LONG_URL = "https://whereas.example.org/u/" + "0123456789abcdef" * 6
MESSAGE = Message(
    sender="Whereas <digest@whereas.example.org>",
    recipient="ann@example.org",
    subject="Reconsideration denied: 2 resolutions",
    text="Five things moved this week.\n",
    html="<!doctype html><p>Fünf Dinge – 27,5 %</p>",
    message_id="<digest.2019-04-07.4f1c9b20aa31@whereas.example.org>",
    date=datetime(2019, 4, 8, 8, 0, tzinfo=UTC),
    list_id="digest.whereas.example.org",
    unsubscribe_url=LONG_URL,
)
# Anything a person may write in a subject: no controls, no half characters, no spaces that are trimmed at the ends.
SUBJECTS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120).filter(
    lambda text: text.strip() == text and text
)


def headers(raw: bytes) -> dict[str, str]:
    """Read headers by RFC 5322 alone: unfold, split at the first colon. Knows nothing of Python's email package."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    return dict(line.split(": ", 1) for line in lines)


def words(value: str) -> str:
    """Read encoded words by RFC 2047 alone: white space between two of them is not text."""

    def one(found: re.Match[str]) -> str:
        _, coding, text = found[0][2:-2].split("?")
        raw = base64.b64decode(text) if coding in "bB" else quopri.decodestring(text.replace("_", " ").encode())
        return raw.decode()

    joined = re.sub(r"(\?=)[ \t]+(=\?)", r"\1\2", value)
    return re.sub(r"=\?[^?]+\?[bBqQ]\?[^?]*\?=", one, joined)


def parts(raw: bytes) -> list[tuple[str, str]]:
    """Cut a multipart body at its boundary and decode quoted-printable, with no parser of mail."""
    boundary = re.search(rb'boundary="([^"]+)"', raw)[1]
    found = []
    for part in raw.split(b"--" + boundary)[1:-1]:
        head, _, body = part.strip(b"\r\n").partition(b"\r\n\r\n")
        found.append((re.search(rb"Content-Type: (\S+?);", head)[1].decode(), quopri.decodestring(body).decode()))
    return found


def test_the_headers_that_machines_read_are_one_plain_line_each():
    raw = encode(MESSAGE)
    for line in (
        f"List-Unsubscribe: <{LONG_URL}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Id: <digest.whereas.example.org>",
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Message-ID: <digest.2019-04-07.4f1c9b20aa31@whereas.example.org>",
        "Date: Mon, 08 Apr 2019 08:00:00 +0000",
        "MIME-Version: 1.0",
    ):
        assert b"\r\n" + line.encode() + b"\r\n" in b"\r\n" + raw, line


def test_every_line_ends_with_crlf_and_is_plain_ascii():
    raw = encode(MESSAGE)
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert all(len(line) <= 78 or b"List-Unsubscribe" in line for line in raw.split(b"\r\n"))


def test_a_mail_without_a_list_carries_no_list_headers():
    raw = encode(dataclasses.replace(MESSAGE, list_id="", unsubscribe_url=""))
    assert b"List-" not in raw
    assert b"Precedence" not in raw


def test_text_comes_first_and_both_parts_come_back_by_either_way():
    raw = encode(MESSAGE)
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert parsed.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == MESSAGE.text
    assert parsed.get_body(("html",)).get_content().strip() == MESSAGE.html
    by_hand = parts(raw)
    assert [kind for kind, _ in by_hand] == ["text/plain", "text/html"]
    assert by_hand[0][1].strip() == MESSAGE.text.strip()
    assert by_hand[1][1].strip() == MESSAGE.html


def test_no_line_of_a_body_can_be_taken_for_the_boundary():
    boundary = re.search(rb'boundary="([^"]+)"', encode(MESSAGE))[1].decode()
    hostile = dataclasses.replace(MESSAGE, text=f"before\n--{boundary}--\nafter\n")
    assert "after" in parts(encode(hostile))[0][1]


def test_the_same_message_is_the_same_bytes():
    assert encode(MESSAGE) == encode(MESSAGE)


@example("=?utf-8?q?not_encoded?=")
@example("a" * 400)
@example("two  spaces " * 12 + "end")
@given(SUBJECTS)
def test_any_subject_comes_back_by_either_way(subject):
    raw = encode(dataclasses.replace(MESSAGE, subject=subject))
    line = raw.partition(b"\r\nSubject: ")[2].partition(b"\r\nDate: ")[0]
    assert raw.isascii()
    assert all(len(word) <= 75 for word in re.findall(rb"=\?\S+\?=", line))
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == subject
    assert words(headers(raw)["Subject"]) == subject


@pytest.mark.parametrize("name", ["subject", "sender", "recipient", "message_id", "list_id", "unsubscribe_url"])
@pytest.mark.parametrize("breaking", ["\r\nBcc: eve@example.org", "\nX: y", "\rX: y", "\x00", "\u2028X: y", "\x85X: y"])
def test_a_line_break_in_a_header_is_refused(name, breaking):
    with pytest.raises(InputError, match="line break"):
        dataclasses.replace(MESSAGE, **{name: getattr(MESSAGE, name) + breaking})


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": "not an address"},
        {"recipient": "ann@example.org, eve@example.org"},
        {"recipient": "Ann <ann@example.org>"},
        {"recipient": "ann@localhost"},
        {"subject": "   "},
        {"message_id": "digest@example.org"},
        {"message_id": "<two words@example.org>"},
        {"unsubscribe_url": "https://example.org/u/a> <mailto:eve@example.org"},
        {"unsubscribe_url": "https://exämple.org/u/a"},
        {"date": datetime(2019, 4, 8, 8, 0)},  # noqa: DTZ001 - the fault under test
    ],
)
def test_what_is_no_address_subject_or_moment_is_refused(changes):
    with pytest.raises(InputError):
        dataclasses.replace(MESSAGE, **changes)


def test_the_outbox_holds_one_file_a_message_that_only_we_may_read(tmp_path):
    outbox = Outbox(tmp_path / "var" / "outbox")
    outbox.send(MESSAGE)
    outbox.send(MESSAGE)
    [file] = outbox.folder.iterdir()
    assert file.name == "digest.2019-04-07.4f1c9b20aa31.eml"
    assert file.read_bytes() == encode(MESSAGE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_message_id_cannot_leave_the_outbox(tmp_path):
    outbox = Outbox(tmp_path / "outbox")
    outbox.send(dataclasses.replace(MESSAGE, message_id="<../../etc/x@whereas.example.org>"))
    [file] = outbox.folder.iterdir()
    assert file.parent == outbox.folder
    assert list(tmp_path.iterdir()) == [outbox.folder]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    (tmp_path / "outbox").write_text("a file stands here")
    with pytest.raises(MailError, match="outbox"):
        Outbox(tmp_path / "outbox").send(MESSAGE)


def test_nothing_is_left_of_a_write_that_failed(tmp_path):
    outbox = Outbox(tmp_path)
    outbox.path(MESSAGE).mkdir()
    with pytest.raises(MailError):
        outbox.send(MESSAGE)
    assert [found.name for found in tmp_path.iterdir()] == [outbox.path(MESSAGE).name]
