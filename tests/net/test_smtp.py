"""Mail handed to a real server on loopback: what arrives, and what each kind of trouble is called."""

import dataclasses
import email
import email.policy
import socket
import ssl
import threading
from pathlib import Path

import pytest

from tests import mail_server
from tests.net.test_mail import MESSAGE
from tracker.domain.errors import ConfigError
from tracker.net.mail import MailError, RefusedError, UnansweredError, UnreachableError, encode
from tracker.net.smtp import Security, Server, Smtp
from tracker.settings import load

TO = MESSAGE.recipient


@pytest.fixture
def server():
    with mail_server.running() as found:
        yield found


def smtp(port: int, security: Security = Security.NONE, host: str = "127.0.0.1", **more) -> Smtp:
    return Smtp(Server(host, port, security, **{"seconds": 2, **more}))


def test_what_arrives_is_what_was_written_byte_for_byte(server):
    dotted = dataclasses.replace(MESSAGE, text=".\n..\n.hidden\nFünf\n")
    assert smtp(server.port).send(dotted) == mail_server.TAKEN
    [(sender, recipient, raw)] = server.messages
    assert (sender, recipient) == ("digest@whereas.example.org", TO)
    assert raw == encode(dotted)
    assert (
        email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",)).get_content().splitlines()
        == dotted.text.splitlines()
    )


def test_the_envelope_has_the_return_path_and_the_letter_does_not(server):
    smtp(server.port).send(dataclasses.replace(MESSAGE, return_path="bounce+4f@whereas.example.org"))
    [(sender, _, raw)] = server.messages
    assert sender == "bounce+4f@whereas.example.org"
    assert b"bounce" not in raw


def test_many_messages_go_over_one_connection_and_a_limit_of_the_server_is_met(server):
    server.most_a_connection = 2
    with smtp(server.port).opened() as sender:
        for number in range(2):
            sender.send(dataclasses.replace(MESSAGE, recipient=f"ann{number}@example.org"))
        with pytest.raises(MailError, match=r"421 4\.7\.0 too many messages"):
            sender.send(MESSAGE)
        sender.send(MESSAGE)
    assert server.recipients == ["ann0@example.org", "ann1@example.org", TO]


def test_a_connection_that_the_server_ended_meanwhile_is_made_anew(server):
    with smtp(server.port).opened() as sender:
        sender.send(MESSAGE)
        sender._smtp.sock.shutdown(socket.SHUT_RDWR)
        sender.send(MESSAGE)
    assert server.recipients == [TO, TO]


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        ("550 5.1.1 no such user", RefusedError, "550 5.1.1 no such user"),
        ("451 4.7.1 greylisted", MailError, "451 4.7.1 greylisted"),
        ("hang up", MailError, "ended before the message was over"),
        ("forget", UnansweredError, "before the server said whether it took it"),
        ("swallow", UnansweredError, "before the server said whether it took it"),
    ],
)
def test_each_trouble_is_told_from_the_others_and_the_next_mail_goes_out(server, answer, kind, said):
    server.answers["bad@example.org"] = [answer]
    with smtp(server.port).opened() as sender:
        with pytest.raises(MailError, match=said) as caught:
            sender.send(dataclasses.replace(MESSAGE, recipient="bad@example.org"))
        assert type(caught.value) is kind or (kind is MailError and isinstance(caught.value, MailError))
        assert not isinstance(caught.value, RefusedError) or kind is RefusedError
        assert "bad@example.org" in str(caught.value)
        sender.send(MESSAGE)
    assert server.recipients[-1] == TO


def test_what_a_server_says_is_cut_and_cleaned(server):
    server.answers[TO] = [f"550 {'no ' * 400}\x1b[31m"]
    with pytest.raises(RefusedError) as caught:
        smtp(server.port).send(MESSAGE)
    assert len(str(caught.value)) < 420
    assert "\x1b" not in str(caught.value)


def test_where_no_server_is_all_mail_waits():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError, match=rf"connecting to the mail server 127\.0\.0\.1:{port}: .*refused"):
        smtp(port).send(MESSAGE)


def test_a_server_that_never_greets_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(UnreachableError, match="no answer in time"):
        smtp(silent.getsockname()[1], seconds=0.2).send(MESSAGE)


def test_a_server_that_falls_silent_after_the_last_byte_may_have_taken_it():
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as line:
                line.write(b"220 hello\r\n")
                line.flush()
                for answer in (b"250 hi", b"250 ok", b"250 ok", b"354 go on"):
                    line.readline()
                    line.write(answer + b"\r\n")
                    line.flush()
                while line.readline() not in {b".\r\n", b""}:
                    pass
                over.wait(5)

        over = threading.Event()
        thread = threading.Thread(target=talk)
        thread.start()
        with pytest.raises(UnansweredError, match="no answer in time"):
            smtp(listening.getsockname()[1], seconds=0.3).send(MESSAGE)
        over.set()
        thread.join()


# --- private lines and logging in -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contexts(certificate: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side of TLS for "localhost", and a client's that trusts it."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate)
    return serving, ssl.create_default_context(cafile=f"{certificate}.crt")


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_over_a_private_line_we_log_in(contexts, security):
    serving, trusting = contexts
    with mail_server.running(tls=serving, starttls=security is Security.STARTTLS, login=True) as server:
        known = {"host": "localhost", "trusted": trusting, "user": "whereas"}
        smtp(server.port, security, **known, password="secret").send(MESSAGE)
        assert (server.recipients, server.logins) == ([TO], ["whereas"])
        with pytest.raises(UnreachableError, match="535"):
            smtp(server.port, security, **known, password="wrong").send(MESSAGE)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_is_not_trusted_ends_it_before_the_password(contexts, security):
    serving, _ = contexts
    with mail_server.running(tls=serving, starttls=security is Security.STARTTLS, login=True) as server:
        with pytest.raises(UnreachableError, match=r"(?i)certificate"):
            smtp(server.port, security, host="localhost", user="whereas", password="secret").send(MESSAGE)
        assert (server.messages, server.logins) == ([], [])


def test_where_starttls_is_not_offered_nothing_is_sent(server):
    with pytest.raises(UnreachableError, match=r"(?i)starttls"):
        smtp(server.port, Security.STARTTLS, user="whereas", password="secret").send(MESSAGE)
    assert server.messages == []


def test_a_password_over_an_open_line_is_no_setting():
    given = {"TRACKER_SMTP_SECURITY": "none", "TRACKER_SMTP_USER": "whereas", "TRACKER_SMTP_PASSWORD": "geheim"}
    with pytest.raises(ConfigError, match="unprotected") as caught:
        load({**given, "TRACKER_SMTP_HOST": "mail.example.org"})
    assert "geheim" not in str(caught.value)
    assert load({**given, "TRACKER_SMTP_HOST": "localhost"}).smtp_user == "whereas"
    assert "geheim" not in repr(load({**given, "TRACKER_SMTP_HOST": "localhost"}))
