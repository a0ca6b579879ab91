"""Statutory deadlines: DOMAIN.md 2 and test vectors 2 and 3."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import deadline_rules as rules
from tracker.domain.calendar import add_business_days
from tracker.domain.dates import PartialDate
from tracker.domain.deadlines import (
    DeadlineCode,
    MeetingFacts,
    expected_proxy,
    for_meeting,
    proposal_receipt,
    reconcile,
    stated,
)
from tracker.domain.vocab import Basis

parse = PartialDate.parse


def on(deadline):
    return str(deadline.on)


def test_amazons_2019_proxy_statement_sets_the_dates_of_test_vector_3():
    proxy = parse("2019-04-11")
    assert on(rules.exclusion_notice(proxy)) == "2019-01-21"
    assert on(rules.opposition_statement(proxy)) == "2019-03-12"
    assert on(rules.proposal_receipt(proxy)) == "2019-12-13"


def test_the_result_is_due_four_business_days_after_the_meeting_as_in_test_vector_2():
    assert on(rules.vote_result(parse("2019-05-22"))) == "2019-05-29"
    assert on(rules.vote_result(parse("2010-02-23"))) == "2010-03-01"
    assert on(rules.vote_result(parse("2019-05-25"))) == "2019-05-31"
    assert on(rules.final_vote_result(parse("2019-05-31"))) == "2019-06-06"


@given(st.dates(date(1972, 1, 1), date(2190, 1, 1)))
def test_a_result_is_never_due_before_the_fourth_day_after_the_meeting(day):
    due = rules.vote_result(PartialDate.day(day)).on
    assert due.exact_day == add_business_days(day, 4)
    assert (due.exact_day - day).days >= 4


def test_the_procedural_clocks_run_fourteen_days_each():
    assert on(rules.deficiency_notice(parse("2019-12-10"))) == "2019-12-24"
    assert on(rules.deficiency_cure(parse("2019-12-24"))) == "2020-01-07"


def test_availability_to_meet_is_a_window_of_ten_to_thirty_days():
    assert on(rules.availability_to_meet(parse("2022-12-01"))) == "2022-12-11..2022-12-31"


def test_an_exempt_solicitation_is_noticed_within_three_days_and_a_closed_day_is_said():
    due = rules.solicitation_notice(parse("2019-05-01"))
    assert on(due) == "2019-05-04"
    assert "6 May 2019" in due.note
    assert "Not a business day" not in rules.solicitation_notice(parse("2019-05-06")).note


@pytest.mark.parametrize(
    ("meeting", "due"), [("2019-05-22", "2019-08-31"), ("2019-06-30", "2019-08-31"), ("2019-07-01", "2020-08-31")]
)
def test_funds_report_by_the_end_of_august_after_their_year_to_june(meeting, due):
    assert on(rules.fund_votes(parse(meeting))) == due


def test_an_absent_proponent_may_be_barred_for_the_two_following_calendar_years():
    bar = rules.absence_bar(parse("2019-05-22"))
    assert (bar.on.earliest, bar.on.latest) == (date(2020, 1, 1), date(2021, 12, 31))


def test_the_anniversary_of_a_leap_day_is_the_day_before_march():
    assert rules.anniversary(date(2024, 2, 29)) == date(2025, 2, 28)


def test_a_meeting_moved_by_more_than_thirty_days_gives_a_reason_and_no_date():
    facts = MeetingFacts(
        meeting_on=parse("2020-06-22"), previous_meeting_on=parse("2019-05-22"), previous_proxy_on=parse("2019-04-11")
    )
    due = proposal_receipt(facts)
    assert due.on is None
    assert "reasonable time" in due.note
    assert "no date" in due.words()


def test_thirty_days_exactly_still_keep_the_date():
    facts = MeetingFacts(
        meeting_on=parse("2020-06-21"), previous_meeting_on=parse("2019-05-22"), previous_proxy_on=parse("2019-04-11")
    )
    assert on(proposal_receipt(facts)) == "2019-12-13"
    assert not proposal_receipt(facts).note


def test_an_unknown_meeting_day_leaves_the_date_conditional():
    due = proposal_receipt(MeetingFacts(previous_proxy_on=parse("2019-04-11")))
    assert on(due) == "2019-12-13"
    assert "30 days" in due.note


def test_without_a_meeting_or_a_proxy_statement_last_year_nothing_is_guessed():
    assert "No meeting last year" in proposal_receipt(MeetingFacts(no_meeting_last_year=True)).note
    assert "not known" in proposal_receipt(MeetingFacts()).note
    assert proposal_receipt(MeetingFacts()).on is None


def test_an_unpublished_proxy_statement_gives_a_range_that_is_marked_as_such():
    facts = MeetingFacts(previous_proxy_on=parse("2019-04-11"), proxy_anticipated_on=parse("2020-04-16"))
    when, note = expected_proxy(facts)
    assert str(when) == "2020-04-11..2020-04-16~"
    assert "not out" in note
    [notice] = [due for due in for_meeting(facts) if due.code is DeadlineCode.EXCLUSION_NOTICE]
    assert on(notice) == "2020-01-22..2020-01-27~"
    assert note in notice.note


def test_a_month_as_anchor_gives_a_range():
    assert on(rules.exclusion_notice(parse("2019-04"))) == "2019-01-11..2019-02-09"


def test_all_deadlines_of_a_meeting_come_by_date_with_rule_anchor_and_basis():
    facts = MeetingFacts(
        meeting_on=parse("2022-05-25"),
        previous_meeting_on=parse("2021-05-26"),
        previous_proxy_on=parse("2021-04-15"),
        proxy_on=parse("2022-04-14"),
        submitted_on=parse("2021-12-08"),
        received_on=parse("2021-12-09"),
        deficiency_received_on=parse("2021-12-20"),
        solicitation_sent_on=parse("2022-05-02"),
        final_count_on=parse("2022-06-01"),
        proponent_absent=True,
        stated_notice_from=parse("2022-01-26"),
        stated_notice_by=parse("2022-02-25"),
        stated_access_by=parse("2021-12-16"),
        stated_universal_by=parse("2022-02-25"),
    )
    found = for_meeting(facts)
    assert {due.code for due in found} == set(DeadlineCode)
    assert [due.on for due in found] == sorted(due.on for due in found)
    assert all(due.rule in due.words() and due.anchor in due.words() for due in found)
    stated = {due.code for due in found if "stated in the proxy statement" in due.words()}
    assert stated == {DeadlineCode.NOMINATION_NOTICE, DeadlineCode.PROXY_ACCESS, DeadlineCode.UNIVERSAL_PROXY}
    assert all("computed" in due.words() for due in found if due.code not in stated)


def test_the_offer_to_meet_is_not_asked_before_2022_and_unknown_anchors_give_no_deadline():
    facts = MeetingFacts(meeting_on=parse("2019-05-22"), submitted_on=parse("2018-12-10"))
    codes = [due.code for due in for_meeting(facts)]
    assert codes == [DeadlineCode.VOTE_RESULT, DeadlineCode.FUND_VOTES, DeadlineCode.PROPOSAL_RECEIPT]


def test_the_date_the_company_states_is_shown_and_a_disagreement_is_an_alert():
    computed = rules.proposal_receipt(parse("2019-04-11"))
    result = reconcile(computed, stated(computed, parse("2019-12-14"), Basis.STATED_IN_PROXY))
    assert on(result.shown) == "2019-12-14"
    assert result.shown.basis is Basis.STATED_IN_PROXY
    assert str(result.superseded.superseded_by) == "2019-12-14"
    assert "13 December 2019" in result.alert
    assert "14 December 2019" in result.alert


def test_agreement_is_no_alert_and_without_a_stated_date_the_computed_one_stands():
    computed = rules.proposal_receipt(parse("2019-04-11"))
    assert reconcile(computed, None).shown is computed
    assert reconcile(computed, stated(computed, parse("2019-12-13"), Basis.STATED_BY_COMPANY)).alert is None
    assert (
        reconcile(
            rules.exclusion_notice(parse("2019-04")), stated(computed, parse("2019-01-20"), Basis.STATED_BY_COMPANY)
        ).alert
        is None
    )
    undated = rules.proposal_receipt(None)
    assert reconcile(undated, stated(undated, parse("2019-12-13"), Basis.STATED_BY_COMPANY)).alert is None
