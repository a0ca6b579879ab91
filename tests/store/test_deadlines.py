"""What is due, with its rule, anchor and basis."""

from datetime import date

import pytest

from tests import factories
from tracker.domain.vocab import CommitmentState, ResponseState
from tracker.store import deadlines
from tracker.store.deadlines import DueKind

TODAY = date(2018, 12, 1)


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon.com, Inc.")


@pytest.fixture
def meetings(session, company):
    factories.meeting(session, "meeting-2018", company=company, held="2018-05-30", proxy_filed="2018-04-18")
    return factories.meeting(session, "meeting-2019", company=company, held="2019-05-22", proxy_filed="2019-04-11")


def due(session, **filters):
    return deadlines.upcoming(session, **{"today": TODAY, **filters})


def test_a_meetings_deadlines_say_rule_anchor_and_basis(session, meetings):
    found = {row.title: row for row in due(session, days=250)}
    receipt = found["Company must have received proposals"]
    assert (receipt.on, receipt.rule, receipt.basis) == (
        date(2018, 12, 19),
        "Rule 14a-8(e)(2)",
        "computed from the rule",
    )
    assert "18 April 2018" in receipt.anchor
    assert found["Company's notice that it will exclude a proposal"].on == date(2019, 1, 21)
    assert found["Company reports the vote (8-K)"].on == date(2019, 5, 29)


def test_rows_come_soonest_first_and_none_has_passed(session, meetings):
    days = [row.on for row in due(session)]
    assert days == sorted(days)
    assert days[0] >= TODAY


def test_days_limit_how_far_ahead_it_looks(session, meetings):
    assert [row.on for row in due(session, days=18)] == [date(2018, 12, 19)]
    assert due(session, days=17) == []


def test_the_date_in_the_proxy_statement_wins_and_a_disagreement_is_an_alert(session, company):
    factories.meeting(
        session, company=company, held="2018-05-30", proxy_filed="2018-04-18", next_proposals_by="2018-12-20"
    )
    [receipt] = [row for row in due(session) if row.rule == "Rule 14a-8(e)(2)"]
    assert (receipt.on, receipt.basis) == (date(2018, 12, 20), "stated in the proxy statement")
    assert "19 December 2018" in receipt.alert


def test_a_meeting_nobody_called_yet_is_expected_about_a_year_later(session, company):
    factories.meeting(session, company=company, held="2018-05-30")
    [expected] = [row for row in due(session) if row.kind is DueKind.MEETING]
    assert (expected.on, expected.when.exact_day) == (date(2019, 5, 30), None)
    assert "estimate" in expected.basis


def test_a_letter_is_due_until_it_is_answered(session, company):
    letter = factories.letter(session, sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    [row] = due(session, company_id=company.id)
    assert (row.on, row.kind, row.object_slug) == (date(2018, 12, 13), DueKind.ANSWER, "black-caucus-to-amazon")
    factories.response(session, company=company, day="2018-11-30", answers={letter.id: ResponseState.ANSWERED_FULL})
    assert due(session) == []


@pytest.mark.parametrize(
    ("day", "kind", "still_due"),
    [
        ("2018-11-30", ResponseState.ACKNOWLEDGED, True),
        ("2018-11-30", ResponseState.TANGENTIAL, True),
        ("2018-11-30", ResponseState.ANSWERED_PARTIAL, False),
        ("2018-11-30", ResponseState.DECLINED, False),
        ("2018-12-10", ResponseState.ANSWERED_FULL, True),
    ],
)
def test_only_an_answer_or_a_refusal_given_by_the_day_ends_the_wait(session, company, day, kind, still_due):
    letter = factories.letter(session, sent="2018-11-29", respond_by="2018-12-13", recipients=[company])
    factories.response(session, company=company, day=day, answers={letter.id: kind})
    assert [row.kind for row in due(session)] == [DueKind.ANSWER] * still_due


def test_an_open_commitment_is_due_and_a_settled_one_is_not(session, company):
    factories.commitment(session, "open", company=company, due="2019-06")
    factories.commitment(session, "kept", company=company, due="2019-06", kept=CommitmentState.FULL)
    [row] = due(session)
    assert (row.object_slug, row.on, row.when.exact_day) == ("open", date(2019, 6, 1), None)


def test_a_date_known_to_the_month_is_due_until_the_month_is_over(session, company):
    factories.commitment(session, company=company, due="2018-12")
    [row] = due(session, today=date(2018, 12, 24))
    assert row.on == date(2018, 12, 31)
    assert due(session, today=date(2019, 1, 1)) == []


def test_a_campaign_takes_in_the_meetings_of_its_targets_and_its_own_letters(session, company, meetings):
    other = factories.organization(session, "initech")
    factories.meeting(session, "initech-meeting", company=other, held="2019-06-01")
    campaign = factories.campaign(session, targets=[company])
    factories.letter(session, "mine", sent="2018-11-29", respond_by="2018-12-13", campaign=campaign)
    factories.letter(session, "not-mine", sent="2018-11-29", respond_by="2018-12-13")
    slugs = {row.object_slug for row in due(session, campaign_id=campaign.id)}
    assert slugs == {"mine", "meeting-2019"}
    assert {row.company for row in due(session, company_id=other.id)} == {"Initech"}


def test_what_a_proxy_statement_states_for_next_year_is_due_with_rule_anchor_and_basis(session, company):
    meeting = factories.meeting(session, company=company, held="2018-05-30", proxy_filed="2018-04-18")
    said = {"next_notice_from": "2019-01-30", "next_notice_by": "2019-03-01", "next_access_by": "2018-12-19",
            "next_universal_by": "2019-03-31"}  # fmt: skip
    for column, day in said.items():
        setattr(meeting, column, factories.on(day))
    session.flush()
    found = {row.title: row for row in due(session) if row.basis == "stated in the proxy statement"}
    notice = found["Notice of nominations and other business"]
    assert (notice.on, notice.rule, notice.note) == (
        date(2019, 3, 1),
        "the company's by-laws",
        "Not before 30 January 2019.",
    )
    assert found["Nominees for the company's proxy statement (proxy access)"].on == date(2018, 12, 19)
    universal = found["Notice of own nominees (universal proxy)"]
    assert (universal.on, universal.rule, universal.note) == (date(2019, 3, 31), "Rule 14a-19(b)(1)", "")
    assert "previous annual meeting, 30 May 2018" in universal.anchor
    meeting.next_universal_by = factories.on("2019-03-01")
    session.flush()
    [earlier] = [row for row in due(session) if row.rule == "Rule 14a-19(b)(1)"]
    assert "The rule alone gives 31 March 2019" in earlier.note
