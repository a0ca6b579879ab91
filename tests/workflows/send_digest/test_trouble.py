"""What a crash, a full disk or a rival process does to the mail."""

import threading
from contextlib import nullcontext, suppress
from datetime import timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.workflows.send_digest.conftest import MONDAY, Crash, another_process, happens, one, rows
from tracker.digest.render import environment
from tracker.domain.vocab import DeliveryState
from tracker.models.campaign import Campaign
from tracker.models.subscriber import Delivery, Issue, Subscriber
from tracker.net.mail import MailError, Outbox
from tracker.store.engine import writing
from tracker.workflows.compose_digest import compose_due
from tracker.workflows.send_digest import send_due, would_send
from tracker.workflows.subscribe import status, subscribe


def test_a_crash_after_sending_repeats_the_mail_once_under_the_same_message_id(runtime):
    subscribe(runtime, "ann@example.org")
    runtime.mail.after = Crash()
    with pytest.raises(Crash):
        send_due(runtime)
    assert send_due(runtime).sent == 0, "the lease still stands"
    runtime.mail.after = None
    runtime.clock.now = MONDAY + timedelta(seconds=runtime.settings.mail_lease_seconds)
    assert send_due(another_process(runtime)).sent == 1
    first, second = runtime.mail.sent
    assert first.message_id == second.message_id
    assert send_due(runtime).sent == 0
    assert one(runtime, Delivery).attempts == 2


def test_two_crashes_do_not_send_a_third_time(runtime):
    subscribe(runtime, "ann@example.org")
    runtime.mail.after = Crash()
    for _ in range(4):
        with suppress(Crash):
            send_due(runtime)
        runtime.clock.now += timedelta(seconds=runtime.settings.mail_lease_seconds)
    assert len(runtime.mail.sent) == 2
    delivery = one(runtime, Delivery)
    assert delivery.state is DeliveryState.FAILED
    assert "not sent a third time" in delivery.error
    assert status(runtime).troubles == ((delivery.message_id, delivery.error),)


def test_an_outbox_that_wrote_before_it_crashed_holds_one_file(runtime):
    outbox = Outbox(runtime.settings.outbox)

    class Crashing:
        crashed = False

        def opened(self):
            return nullcontext(self)

        def send(self, message):
            outbox.send(message)
            if not self.crashed:
                self.crashed = True
                raise Crash

    vars(runtime)["mail"] = Crashing()
    subscribe(runtime, "ann@example.org")
    with pytest.raises(Crash):
        send_due(runtime)
    runtime.clock.now = MONDAY + timedelta(hours=1)
    assert send_due(runtime).sent == 1
    assert len(list(outbox.folder.iterdir())) == 1


def test_a_mail_that_was_not_taken_is_tried_again_later_and_later(runtime):
    subscribe(runtime, "ann@example.org")
    runtime.mail.trouble = MailError("the outbox is full")
    report = send_due(runtime)
    assert (report.sent, report.deferred, report.errors) == (0, 1, ("the outbox is full",))
    assert one(runtime, Delivery).due_at == MONDAY + timedelta(minutes=5)
    assert send_due(runtime).deferred == 0, "not before its time"
    waits = []
    for _ in range(7):
        runtime.clock.now = one(runtime, Delivery).due_at
        send_due(runtime)
        waits.append(one(runtime, Delivery).due_at - runtime.clock.now)
    assert waits[:6] == [timedelta(minutes=minutes) for minutes in (10, 20, 40, 80, 160, 320)]
    delivery = one(runtime, Delivery)
    assert delivery.state is DeliveryState.FAILED
    assert delivery.error == "given up after 8 attempts: the outbox is full"


def test_one_address_that_mail_refuses_does_not_hold_up_the_others(runtime):
    subscribe(runtime, "ann@example.org")
    subscribe(runtime, "ben@example.org")
    with writing(runtime.engine) as session:
        session.exec(select(Subscriber).where(Subscriber.email == "ann@example.org")).one().email = "broken"
    report = send_due(runtime)
    assert (report.sent, report.failed) == (1, 1)
    assert "is no address" in report.errors[0]


def test_an_issue_that_cannot_be_read_does_not_hold_up_the_mails_behind_it(runtime):
    with writing(runtime.engine) as session:
        factories.campaign(session, "doors", title="Doors")
    happens(runtime, "2026-11-17", "A door was opened", "doors")
    subscribe(runtime, "ann@example.org", ["doors"])
    subscribe(runtime, "ben@example.org", ["faces"])
    compose_due(runtime)
    with writing(runtime.engine) as session:
        broken = session.exec(select(Issue).join(Campaign).where(Campaign.slug == "doors")).one()
        broken.content = {**broken.content, "format": 99}
    told = {mail.email: (mail.subject, mail.skipped) for mail in would_send(runtime)}
    assert told["ben@example.org"] == ("Filed: Study it", "")
    assert "its format is 99" in told["ann@example.org"][1]
    report = send_due(runtime)
    assert (report.sent, report.failed) == (1, 1)
    assert "the mail cannot be drawn: reading a stored digest: its format is 99" in report.errors[0]
    assert [message.recipient for message in runtime.mail.sent] == ["ben@example.org"]
    assert {row.state for row in rows(runtime, Delivery)} == {DeliveryState.SENT, DeliveryState.FAILED}


def test_a_template_that_fails_is_that_mails_trouble_and_named(runtime, monkeypatch):
    subscribe(runtime, "ann@example.org")
    compose_due(runtime)
    monkeypatch.setitem(environment().filters, "sections", lambda issue: issue.nothing_of_that_name)
    report = send_due(runtime)
    assert (report.sent, report.failed) == (0, 1)
    assert "AttributeError" in one(runtime, Delivery).error
    assert "nothing_of_that_name" in one(runtime, Delivery).error


def test_two_processes_send_each_mail_once(runtime):
    for number in range(12):
        subscribe(runtime, f"reader{number}@example.org")
    compose_due(runtime)
    started = threading.Barrier(2)
    failures = []

    def work(process):
        started.wait()
        try:
            send_due(process)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=work, args=(process,)) for process in (runtime, another_process(runtime))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(message.recipient for message in runtime.mail.sent) == sorted(
        f"reader{number}@example.org" for number in range(12)
    )
