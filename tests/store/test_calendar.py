"""Published dates: changed in place with the next number, cancelled when due no more, left alone once past."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import factories
from tracker.domain.vocab import ResponseState
from tracker.store import calendar, deadlines
from tracker.store.calendar import Published
from tracker.store.deadlines import DueKind

TODAY = date(2018, 12, 1)
NOW = datetime(2018, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


def publish(session, today=TODAY):
    now = datetime.combine(today, NOW.timetz())
    return calendar.publish(session, deadlines.upcoming(session, today=today), today=today, now=now)


def shown(session, **filters):
    return [(entry.row.key, entry.row.first_day, entry.row.sequence, entry.row.cancelled)
            for entry in calendar.entries(session, since=date(2018, 1, 1), **filters)]  # fmt: skip


def test_a_date_is_published_once(session, company):
    factories.letter(session, "asked", sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    assert publish(session) == Published(added=1)
    assert publish(session) == Published()
    assert shown(session) == [("letter:asked:answer", date(2018, 12, 13), 0, False)]


def test_a_moved_date_keeps_its_name_and_gets_the_next_number(session, company):
    letter = factories.letter(session, "asked", sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    publish(session)
    letter.respond_by = factories.on("2018-12-20")
    session.flush()
    assert publish(session, TODAY + timedelta(days=1)) == Published(changed=1)
    [entry] = calendar.entries(session, since=TODAY)
    assert (entry.row.first_day, entry.row.sequence) == (date(2018, 12, 20), 1)
    assert entry.row.changed_at == NOW + timedelta(days=1)
    assert (entry.object_kind, entry.object_slug) == ("letter", "asked")


def test_what_is_due_no_more_is_cancelled_and_comes_back_when_it_is_due_again(session, company):
    letter = factories.letter(session, "asked", sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    publish(session)
    answer = factories.response(session, company=company, day="2018-11-30",
                                answers={letter.id: ResponseState.DECLINED})  # fmt: skip
    assert publish(session) == Published(cancelled=1)
    assert publish(session) == Published()
    assert shown(session) == [("letter:asked:answer", date(2018, 12, 13), 1, True)]
    answer.on = factories.on("2018-12-20")
    session.flush()
    assert publish(session) == Published(changed=1)
    assert shown(session) == [("letter:asked:answer", date(2018, 12, 13), 2, False)]


def test_what_has_passed_stays_as_it_was_and_moves_when_it_is_due_again(session, company):
    letter = factories.letter(session, "asked", sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    publish(session)
    later = date(2019, 2, 1)
    assert publish(session, later) == Published()
    letter.respond_by = factories.on("2019-02-20")
    session.flush()
    assert publish(session, later) == Published(changed=1)
    assert shown(session) == [("letter:asked:answer", date(2019, 2, 20), 1, False)]


def test_every_date_of_a_meeting_and_of_the_one_after_it_has_a_name_of_its_own(session, company):
    factories.meeting(session, "m2018", company=company, held="2018-05-30", proxy_filed="2018-04-18")
    factories.meeting(session, "m2019", company=company, held="2019-05-22", proxy_filed="2019-04-11")
    due = deadlines.upcoming(session, today=TODAY)
    assert len({found.key for found in due}) == len(due) > 5
    assert publish(session) == Published(added=len(due))
    keys = {entry.row.key for entry in calendar.entries(session, since=TODAY)}
    assert {"meeting:m2019:held", "meeting:m2019:expected", "meeting:m2019:next:proposal_receipt"} <= keys


def test_a_date_known_to_the_month_covers_it(session, company):
    factories.commitment(session, "promise", company=company, due="2019-06")
    publish(session)
    [entry] = calendar.entries(session, since=TODAY)
    assert (entry.row.first_day, entry.row.last_day) == (date(2019, 6, 1), date(2019, 6, 30))


def test_a_calendar_has_what_its_campaign_or_company_is_concerned_by(session, company):
    other = factories.organization(session, "initech", name="Initech")
    factories.meeting(session, "theirs", company=other, held="2019-06-01")
    factories.meeting(session, "ours", company=company, held="2019-05-22")
    campaign = factories.campaign(session, targets=[company])
    factories.letter(session, "mine", sent="2018-11-29", respond_by="2018-12-13", campaign=campaign)
    factories.letter(session, "not-mine", sent="2018-11-29", respond_by="2018-12-13")
    publish(session)
    slugs = {entry.object_slug for entry in calendar.entries(session, since=TODAY, campaign_id=campaign.id)}
    assert slugs == {"mine", "ours"}
    assert {row.object_slug for row in calendar.entries(session, since=TODAY, company_id=other.id)} == {"theirs"}
    answers = calendar.entries(session, since=TODAY, kinds=[DueKind.ANSWER])
    assert {row.object_slug for row in answers} == {"mine", "not-mine"}
