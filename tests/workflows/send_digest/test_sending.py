"""What goes out, to whom, when, and once."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from tests import factories
from tests.workflows.send_digest.conftest import MONDAY, WEEK, happens, one, rows
from tracker.digest.content import IssueContent
from tracker.domain.vocab import DeliveryState
from tracker.models.event import Event
from tracker.models.subscriber import Delivery, Issue, Subscriber
from tracker.net.mail import MailError, Outbox
from tracker.store.engine import writing
from tracker.workflows.send_digest import send_due
from tracker.workflows.subscribe import status, subscribe


def test_a_subscriber_gets_the_week_once(runtime):
    subscribe(runtime, "Ann@Example.org")
    first, second = send_due(runtime), send_due(runtime)
    assert (first.composed.issues, first.sent, second.composed.issues, second.sent) == (1, 1, 0, 0)
    [message] = runtime.mail.sent
    assert message.recipient == "ann@example.org"
    assert message.subject == "Filed: Study it"
    assert "Filed · 18 Nov" in message.text
    assert "1 letter still waits for an answer." in message.text
    assert message.list_id == "digest.whereas.example.org"
    assert message.unsubscribe_url == f"https://whereas.example.org/u/{one(runtime, Subscriber).token}"
    delivery = one(runtime, Delivery)
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (DeliveryState.SENT, MONDAY, 1)
    assert one(runtime, Subscriber).token not in message.message_id
    issue = one(runtime, Issue)
    assert (issue.starts_on, issue.ends_on) == (date(2026, 11, 16), date(2026, 11, 22))
    assert IssueContent.from_json(issue.content).headline == issue.headline


def test_the_outbox_holds_a_mail_that_a_mail_program_can_read(runtime):
    vars(runtime)["mail"] = Outbox(runtime.settings.outbox)
    subscribe(runtime, "ann@example.org")
    assert send_due(runtime).sent == 1
    [file] = runtime.settings.outbox.iterdir()
    parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert parsed["To"] == "ann@example.org"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert parsed["Date"].datetime == MONDAY
    assert "Study it" in parsed.get_body(("plain",)).get_content()


def test_nothing_is_composed_or_sent_before_its_hour(runtime):
    subscribe(runtime, "ann@example.org")
    runtime.clock.now = MONDAY - timedelta(minutes=1)
    assert send_due(runtime).sent == 0
    assert all(row.ends_on < date(2026, 11, 22) for row in rows(runtime, Issue))


def test_everybody_is_mailed_at_their_own_hour(runtime):
    subscribe(runtime, "ann@example.org")
    with writing(runtime.engine) as session:
        person = session.exec(select(Subscriber)).one()
        person.time_zone, person.send_hour = "America/New_York", 9
    assert send_due(runtime).sent == 0
    assert status(runtime).next_due == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    runtime.clock.now = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert send_due(runtime).sent == 1


def test_one_mail_carries_every_campaign_followed_and_no_other(runtime):
    with writing(runtime.engine) as session:
        for slug in ("trucks", "mines"):
            factories.campaign(session, slug, title=f"The {slug}")
    happens(runtime, "2026-11-17", "Trucks stop", "trucks")
    happens(runtime, "2026-11-17", "Mines open", "mines")
    subscribe(runtime, "ann@example.org", ["faces", "trucks"])
    subscribe(runtime, "ben@example.org", ["mines"])
    assert send_due(runtime).sent == 2
    by_person = {message.recipient: message for message in runtime.mail.sent}
    assert by_person["ann@example.org"].subject == "Filed: Study it (+1 more)"
    assert "Trucks stop" in by_person["ann@example.org"].text
    assert "Mines open" not in by_person["ann@example.org"].text
    assert by_person["ben@example.org"].subject == "Mines open"


def test_a_quiet_week_sends_nothing_and_is_not_composed_again(runtime):
    subscribe(runtime, "ann@example.org")
    send_due(runtime)
    runtime.clock.now = MONDAY + WEEK
    report = send_due(runtime)
    assert (report.composed.quiet, report.sent) == (1, 0)
    happens(runtime, "2026-11-25", "Late news")
    assert send_due(runtime).composed.quiet == 0
    assert status(runtime).issues[0].headline == "A quiet week: nothing moved"


# --- weeks that were missed -------------------------------------------------------------------------------------------


def test_a_missed_week_is_told_together_with_the_last_one(runtime):
    subscribe(runtime, "ann@example.org")
    send_due(runtime)
    happens(runtime, "2026-11-25", "Something in the missed week")
    happens(runtime, "2026-12-02", "Something last week")
    runtime.clock.now = MONDAY + 2 * WEEK
    assert send_due(runtime).sent == 1
    assert "Weeks of 23 November – 6 December 2026" in runtime.mail.sent[1].text
    assert "Something in the missed week" in runtime.mail.sent[1].text
    assert "Something last week" in runtime.mail.sent[1].text


def test_a_mail_that_could_not_be_sent_goes_into_the_next_one(runtime):
    subscribe(runtime, "ann@example.org")
    runtime.mail.trouble = MailError("the outbox is full")
    assert send_due(runtime).deferred == 1
    happens(runtime, "2026-11-25", "News of the next week")
    runtime.mail.trouble = None
    runtime.clock.now = MONDAY + WEEK
    assert send_due(runtime).sent == 1
    [message] = runtime.mail.sent
    assert "Weeks of 16 – 29 November 2026" in message.text
    assert "Study it" in message.text
    assert "News of the next week" in message.text
    first, second = rows(runtime, Delivery)
    assert (first.state, first.error) == (DeliveryState.SKIPPED, "merged into the mail for the week to 2026-11-29")
    assert second.state is DeliveryState.SENT


def test_what_became_known_after_the_mail_is_in_the_next(runtime):
    subscribe(runtime, "ann@example.org")
    send_due(runtime)
    with writing(runtime.engine) as session:
        known = session.exec(select(Event)).one()
        session.add(Event(**{**known.model_dump(), "id": "late", "key": "late", "on": known.on, "headline": "Came late",
                             "recorded_at": MONDAY + timedelta(days=1)}))  # fmt: skip
    runtime.clock.now = MONDAY + WEEK
    assert send_due(runtime).sent == 1
    assert "Came late · 18 Nov · known only now" in runtime.mail.sent[1].text
