"""Mail of what is not a campaign, in other rhythms, after a pause, and when nothing moved."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import filings
from tests.workflows.send_digest.conftest import MONDAY, WEEK, happens, rows
from tracker.domain.mailing import Frequency
from tracker.domain.vocab import SubscriberState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.subscriber import Delivery, Issue, Subscriber
from tracker.store import follows, search
from tracker.store.engine import writing
from tracker.store.follows import Wanted
from tracker.workflows.send_digest import send_due

ANN = "ann@example.org"


def follower(runtime, *asked, **chosen):
    """Let somebody follow things ("object:study"); `chosen` are columns of theirs."""
    with writing(runtime.engine) as session:
        person = Subscriber(
            email=ANN, token="t" * 22, state=SubscriberState.CONFIRMED, joined_at=factories.NOW, **chosen
        )
        session.add(person)
        session.flush()
        for text, note in asked:
            what, _, name = text.partition(":")
            found = follows.target(session, Wanted(follows.Followed(what), name))
            follows.ask(session, person.id, found, note=note, confirmed=True)


def change(runtime, **columns):
    with writing(runtime.engine) as session:
        person = session.exec(select(Subscriber)).one()
        for name, value in columns.items():
            setattr(person, name, value)


def test_a_company_is_told_of_without_its_campaign(runtime):
    follower(runtime, ("organization:amazon", "my shares"))
    assert send_due(runtime).sent == 1
    [mail] = runtime.mail.sent
    assert "Filed" in mail.text
    assert "Why you follow this: my shares" in mail.text
    assert "/organizations/amazon" in mail.text
    assert "/campaigns/" not in mail.text
    assert "my shares" in mail.html


def test_one_resolution_is_told_of_and_nothing_beside_it(runtime):
    happens(runtime, "2026-11-19", "Something else")
    follower(runtime, ("object:amazon-2019-study", ""))
    send_due(runtime)
    [mail] = runtime.mail.sent
    assert "Study it" in mail.text
    assert "Something else" not in mail.text


def test_a_search_tells_of_documents_and_objects_that_it_finds(runtime):
    with writing(runtime.engine) as session:
        for flower in ("Tulips", "Roses"):
            found = factories.document(session, f"{flower} bloom in Boston", published="2026-11-20")
            found.first_seen_at = MONDAY - timedelta(days=2)
            filings.version(session, found, f"<p>{flower} bloom.</p>".encode())
        search.rebuild(session)
    follower(runtime, ("search:tulips", ""))
    send_due(runtime)
    [mail] = runtime.mail.sent
    assert "Tulips bloom in Boston" in mail.text
    assert "Roses" not in mail.text
    assert "/search?q=tulips" in mail.text


def test_what_is_followed_in_two_ways_is_told_once(runtime):
    follower(runtime, ("campaign:faces", ""), ("organization:amazon", ""), ("object:amazon-2019-study", ""))
    send_due(runtime)
    [mail] = runtime.mail.sent
    assert mail.text.count("/resolutions/amazon-2019-study\n") == 1


def test_daily_mail_tells_of_the_day_before_and_says_nothing_of_a_quiet_one(runtime):
    follower(runtime, ("campaign:faces", ""), frequency=Frequency.DAILY, send_hour=6)
    for day in (18, 19, 20):
        runtime.clock.now = datetime(2026, 11, day, 8, 30, tzinfo=UTC)
        send_due(runtime)
    [delivery] = rows(runtime, Delivery)
    assert delivery.starts_on == delivery.ends_on == date(2026, 11, 18)
    [mail] = runtime.mail.sent
    assert "1 thing moved that day" in mail.text
    assert "Sent daily, each day at 06:00, UTC." in " ".join(mail.text.split())


def test_monthly_mail_tells_of_the_month(runtime):
    follower(runtime, ("campaign:faces", ""), frequency=Frequency.MONTHLY, send_weekday=2)
    runtime.clock.now = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    send_due(runtime)
    [delivery] = rows(runtime, Delivery)
    assert (delivery.starts_on, delivery.ends_on) == (date(2026, 11, 1), date(2026, 11, 30))
    [mail] = runtime.mail.sent
    assert "Filed" in mail.text
    assert "Whereas, November 2026" in mail.text
    assert "1 thing moved this month" in mail.text
    assert "Sent monthly, on the first Wednesday at 08:00, UTC." in " ".join(mail.text.split())


def test_rhythms_share_no_issue_and_weekly_ones_are_made_for_campaigns_alone(runtime):
    follower(runtime, ("organization:amazon", ""), frequency=Frequency.DAILY)
    send_due(runtime)
    found = {(row.scope.partition(":")[0], row.frequency) for row in rows(runtime, Issue)}
    assert found == {("campaign", Frequency.WEEKLY), ("organization", Frequency.DAILY)}


def test_a_pause_sends_nothing_and_afterwards_all_of_it_once(runtime):
    follower(runtime, ("campaign:faces", ""))
    send_due(runtime)
    change(runtime, paused_until=date(2026, 12, 10))
    for week, day in ((1, "2026-11-25"), (2, "2026-12-02"), (3, "2026-12-09")):
        happens(runtime, day, f"Week {week} moved")
        runtime.clock.now = MONDAY + week * WEEK
        send_due(runtime)
    _, later = runtime.mail.sent
    assert all(f"Week {week} moved" in later.text for week in (1, 2, 3))
    assert "Filed" not in later.text, "that was told before the pause"
    assert [(row.starts_on, row.ends_on) for row in rows(runtime, Delivery)][1:] == [
        (date(2026, 11, 23), date(2026, 12, 13))
    ]


def test_a_pause_that_begins_after_planning_stops_the_mail(runtime):
    follower(runtime, ("campaign:faces", ""), send_hour=12)
    send_due(runtime)
    change(runtime, paused_until=date(2027, 1, 1))
    runtime.clock.now = MONDAY + timedelta(hours=5)
    assert (send_due(runtime).deferred, send_due(runtime).deferred) == (1, 0)
    change(runtime, paused_until=date(2026, 11, 1))
    with writing(runtime.engine) as session:
        session.exec(select(Delivery)).one().due_at = runtime.clock()
    assert send_due(runtime).sent == 1, "what was planned before the pause is told after it"


@pytest.mark.parametrize("wanted", [False, True])
def test_a_quiet_week_is_a_line_for_those_who_want_it(runtime, wanted):
    follower(runtime, ("campaign:faces", ""), quiet_line=wanted)
    send_due(runtime)
    runtime.clock.now = MONDAY + WEEK
    send_due(runtime)
    assert len(runtime.mail.sent) == 1 + wanted
    if wanted:
        mail = runtime.mail.sent[-1]
        assert mail.subject == "Nothing moved: 23 – 29 November 2026"
        assert "Face recognition" in mail.text
        assert mail.unsubscribe_url in mail.text


def test_a_search_that_is_none_any_more_finds_nothing_and_stops_nobody(runtime):
    follower(runtime, ("search:kind:nothing", ""), ("campaign:faces", ""))
    assert send_due(runtime).sent == 1


def test_what_is_withdrawn_is_told_of_no_more(runtime):
    follower(runtime, ("object:amazon-2019-study", ""))
    with writing(runtime.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == "amazon-2019-study")).one()
        spine.state, spine.withdrawn_reason = ObjectState.WITHDRAWN, "It was another one."
    assert send_due(runtime).sent == 0


def test_readers_who_are_told_the_same_share_the_drawing_and_not_their_links(runtime):
    follower(runtime, ("campaign:faces", ""))
    with writing(runtime.engine) as session:
        for number, note in enumerate(("", "mine")):
            person = Subscriber(
                email=f"ben{number}@example.org", token=f"{number}" * 22, state=SubscriberState.CONFIRMED,
                joined_at=factories.NOW,
            )  # fmt: skip
            session.add(person)
            session.flush()
            campaign = follows.target(session, Wanted(follows.Followed.CAMPAIGN, "faces"))
            follows.ask(session, person.id, campaign, note=note, confirmed=True)
    assert send_due(runtime).sent == 3
    by_person = {mail.recipient: mail for mail in runtime.mail.sent}
    for email, token in ((ANN, "t" * 22), ("ben0@example.org", "0" * 22), ("ben1@example.org", "1" * 22)):
        for part in (by_person[email].text, by_person[email].html):
            assert f"/u/{token}" in part
            assert f"/s/{token}" in part
        assert ("Why you follow this" in by_person[email].text) == (email == "ben1@example.org")
    plain = by_person[ANN].text.replace("t" * 22, "0" * 22)
    assert plain == by_person["ben0@example.org"].text
