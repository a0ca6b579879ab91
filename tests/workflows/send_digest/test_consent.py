"""Nobody is mailed who did not ask, or asks no more."""

import pytest
from sqlmodel import select

from tests.workflows.send_digest.conftest import one, rows
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import Delivery, Follow, Subscriber
from tracker.store.engine import writing
from tracker.workflows.compose_digest import compose_due
from tracker.workflows.send_digest import send_due
from tracker.workflows.subscribe import subscribe, unsubscribe


def test_somebody_who_left_meanwhile_is_skipped_with_the_reason(runtime):
    subscribe(runtime, "ann@example.org")
    compose_due(runtime)
    assert unsubscribe(runtime, token=one(runtime, Subscriber).token)
    report = send_due(runtime)
    assert (report.sent, report.skipped) == (0, {"not subscribed any more (left)": 1})
    assert one(runtime, Delivery).state is DeliveryState.SKIPPED
    assert runtime.mail.sent == []


def test_somebody_who_follows_nothing_any_more_is_skipped(runtime):
    subscribe(runtime, "ann@example.org")
    compose_due(runtime)
    with writing(runtime.engine) as session:
        for row in session.exec(select(Follow)):
            session.delete(row)
    assert send_due(runtime).skipped == {"follows none of its campaigns any more": 1}


def test_nobody_is_mailed_before_they_confirmed(runtime):
    subscribe(runtime, "ann@example.org")
    with writing(runtime.engine) as session:
        session.exec(select(Subscriber)).one().state = SubscriberState.PENDING
    assert send_due(runtime).sent == 0


def test_somebody_who_comes_back_has_a_new_link(runtime):
    subscribe(runtime, "ann@example.org")
    old = one(runtime, Subscriber).token
    unsubscribe(runtime, email="Ann@example.org")
    assert unsubscribe(runtime, token=old) is False
    assert subscribe(runtime, "ann@example.org").new
    assert one(runtime, Subscriber).token != old
    with pytest.raises(NotFoundError):
        unsubscribe(runtime, token=old)


def test_subscribing_twice_changes_nothing(runtime):
    first, second = subscribe(runtime, "ann@example.org"), subscribe(runtime, "ANN@example.org ", ["faces"])
    assert (first.new, second.new) == (True, False)
    assert first.follows == second.follows == ("faces",)


def test_what_is_no_address_cannot_subscribe(runtime):
    for address in ("", "ann", "ann@localhost", "ann@example.org\nBcc: eve@example.org", "a b@example.org"):
        with pytest.raises(InputError, match="no mail address"):
            subscribe(runtime, address)


def test_a_campaign_that_does_not_exist_cannot_be_followed(runtime):
    with pytest.raises(NotFoundError, match="there are: faces"):
        subscribe(runtime, "ann@example.org", ["facse"])
    assert rows(runtime, Subscriber) == []
