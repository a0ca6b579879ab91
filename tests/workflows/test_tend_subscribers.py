"""Subscribers tended by administrators: each act on the record by number; of who is deleted nothing stays."""

import json

import pytest

from tests import factories
from tests.workflows.collecting import every
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.mailing import Frequency
from tracker.domain.vocab import DeliveryState, SubscriberState
from tracker.models.subscriber import Delivery, Follow, Notice, Subscriber, Suppression
from tracker.models.tending import Act
from tracker.store import subscriber_list
from tracker.store.engine import reading, writing
from tracker.workflows import tend_subscribers as tend
from tracker.workflows.following import Rhythm, ask, change, confirm
from tracker.workflows.mail_keys import address_hash
from tracker.workflows.subscribe import subscribe

WEEKLY = Rhythm(Frequency.WEEKLY, 0, 8, "UTC")


@pytest.fixture
def number(runtime) -> int:
    """A subscriber who follows a campaign, with a delivery that failed."""
    with writing(runtime.engine) as session:
        factories.campaign(session, "palms", title="Palms")
    subscribe(runtime, "eve@example.org")
    subscribe(runtime, "max_100%@example.org")
    [eve, _] = every(runtime, Subscriber)
    with writing(runtime.engine) as session:
        factories.add(
            session,
            Delivery(
                subscriber_id=eve.id, starts_on=factories.NOW.date(), ends_on=factories.NOW.date(), message_id="m",
                due_at=factories.NOW, state=DeliveryState.FAILED, error="550 no such mailbox",
            ),
        )  # fmt: skip
    return eve.id


def acts(runtime) -> list[tuple[int, str, str, str]]:
    return [(row.about_id, row.what, row.why, row.made_by) for row in every(runtime, Act)]


def state(runtime, number: int) -> SubscriberState:
    with reading(runtime.engine) as session:
        return subscriber_list.by_id(session, number).state


def test_a_subscriber_is_paused_resumed_and_ended_each_on_the_record(runtime, number):
    tend.pause(runtime, number, "Asked by telephone.", "Ada")
    [eve, _] = every(runtime, Subscriber)
    assert (eve.state, tend.is_paused(eve, runtime.clock().date())) == (SubscriberState.CONFIRMED, True)
    with pytest.raises(InputError, match="is paused until"):
        tend.pause(runtime, number, "Once more.", "Ada")
    tend.resume(runtime, number, "Ada")
    [eve, _] = every(runtime, Subscriber)
    assert eve.paused_until == runtime.clock().date(), "what happened in the pause is told in the next mail"
    with pytest.raises(InputError, match="not paused"):
        tend.resume(runtime, number, "Ada")
    tend.suppress(runtime, number, "Mail comes back.", "Bob")
    assert state(runtime, number) is SubscriberState.LEFT
    with pytest.raises(InputError, match="ended before"):
        tend.suppress(runtime, number, "Mail comes back.", "Bob")
    assert acts(runtime) == [
        (number, "paused", "Asked by telephone.", "Ada"), (number, "resumed", "", "Ada"),
        (number, "ended", "Mail comes back.", "Bob"),
    ]  # fmt: skip


def test_all_that_is_kept_of_a_person_is_handed_out_but_their_secret(runtime, number):
    told = json.loads(tend.export(runtime, number, "Ada"))
    assert told["subscriber"]["email"] == "eve@example.org"
    assert "token" not in told["subscriber"]
    assert told["follows"] == [{"what": "Palms", "why": ""}]
    assert [row["error"] for row in told["deliveries"]] == ["550 no such mailbox"]
    assert acts(runtime) == [(number, "exported", "", "Ada")]


def test_deleting_takes_the_address_typed_and_leaves_nothing_but_the_act(runtime, number):
    with pytest.raises(FieldsError, match="not their address"):
        tend.delete(runtime, number, "max@example.org", "They asked.", "Ada")
    tend.delete(runtime, number, " Eve@Example.org", "They asked.", "Ada")
    assert [row.email for row in every(runtime, Subscriber)] == ["max_100%@example.org"]
    assert every(runtime, Delivery) == []
    hashed = address_hash(runtime.settings, "eve@example.org")
    assert [(row.address_hash, row.reason) for row in every(runtime, Suppression)] == [(hashed, "asked")]
    assert {row.subscriber_id for row in every(runtime, Follow)} == {number + 1}
    assert acts(runtime) == [(number, "deleted", "They asked.", "Ada")]
    with pytest.raises(NotFoundError, match="data was deleted"):
        tend.export(runtime, number, "Ada")


def test_a_new_link_to_confirm_by_is_mailed_and_the_one_before_holds_no_more(runtime, number):
    ask(runtime, "new@example.org", ["campaign:palms"], WEEKLY, note="", place="")
    [first] = every(runtime, Notice)
    new = every(runtime, Subscriber)[-1]
    tend.resend(runtime, new.id, "Ada")
    again = every(runtime, Notice)[-1]
    assert again.values["titles"] == ["Palms"]
    with pytest.raises(NotFoundError):
        confirm(runtime, first.values["key"])
    confirm(runtime, again.values["key"])
    with pytest.raises(InputError, match="nothing to confirm"):
        tend.resend(runtime, new.id, "Ada")
    assert acts(runtime) == [(new.id, "sent a new confirmation", "", "Ada")]
    tend.delete(runtime, new.id, "new@example.org", "They asked.", "Ada")
    assert every(runtime, Notice) == [], "their address stands in no mail either"


def test_a_pause_that_is_ended_early_or_over_is_not_forgotten_and_refuses_no_form(runtime, number):
    tend.pause(runtime, number, "Asked by telephone.", "Ada")
    token, today = every(runtime, Subscriber)[0].token, runtime.clock().date()
    change(runtime, token, WEEKLY, None)
    assert every(runtime, Subscriber)[0].paused_until == today
    change(runtime, token, WEEKLY, today)
    assert every(runtime, Subscriber)[0].paused_until == today


@pytest.mark.parametrize("why", ["", "no", "x" * 501, "eve@example.org asked"])
def test_a_reason_is_needed_and_holds_no_address(runtime, number, why):
    with pytest.raises(FieldsError) as refused:
        tend.suppress(runtime, number, why, "Ada")
    assert list(refused.value.errors) == ["why"]
    assert acts(runtime) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["eve@example.org", "max_100%@example.org"]),
        ({"part": "EVE@"}, ["eve@example.org"]),
        ({"part": "_100%"}, ["max_100%@example.org"]),
        ({"part": "%"}, ["max_100%@example.org"]),
        ({"state": SubscriberState.LEFT}, []),
        ({"limit": 1}, ["eve@example.org"]),
    ],
)
def test_people_are_found_by_what_is_typed_as_it_is(runtime, number, asked, found):
    with reading(runtime.engine) as session:
        lines = subscriber_list.page(session, **asked)
        rest = subscriber_list.page(session, after=number)
    assert [line.person.email for line in lines] == found
    assert [(line.person.email, line.follows, line.failed) for line in rest] == [("max_100%@example.org", 1, 0)]
