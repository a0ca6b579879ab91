"""Views of the table of resolutions: which rows a named question gives."""

import pytest

from tests import factories as make
from tracker.domain.vocab import ResolutionCode as Code
from tracker.domain.vocab import SupportFormula
from tracker.store import resolution_standings, resolutions
from tracker.store.resolutions import Filters, Order, View

TODAY = make.TODAY
PRINTED = ((Code.ON_BALLOT, "2026-01-05"),)
VOTED = (*PRINTED, (Code.VOTED_FINAL, "2026-02-01"))


@pytest.fixture
def company(session):
    return make.organization(session, "amazon")


def listed(session, view, **how):
    resolution_standings.refresh(session, None, TODAY)
    found = resolution_standings.listed(session, Filters(view=view), today=TODAY, **how)
    assert found.total == len(found.rows)
    return {row.slug for row in found.rows}


def test_a_majority_is_more_than_half(session, company):
    for number, (votes_for, against) in enumerate(((501, 499), (500, 500), (499, 501))):
        row = make.resolution(session, f"vote-{number}", company=company, season=2026, statuses=VOTED)
        held = make.meeting(session, f"held-{number}", company=company, held="2026-02-01")
        make.count(session, make.ballot_item(session, held, row), votes_for, against)
    make.resolution(session, "unvoted", company=company)
    assert listed(session, View.MAJORITY) == {"vote-0"}


@pytest.mark.parametrize(
    ("held", "comes"),
    [
        (TODAY.isoformat(), True),
        ("2099-05", True),
        (f"{TODAY:%Y-%m}", True),
        (str(TODAY.year), True),
        (f"2026-01-05..{TODAY.isoformat()}", True),
        ("2026-01-06..", True),
        ("2026-01-06", False),
        ("..2026-01-06", False),
    ],
)
def test_what_comes_to_a_vote_is_printed_and_may_still_be_ahead(session, company, held, comes):
    row = make.resolution(session, "printed", company=company, season=2026, statuses=PRINTED)
    make.ballot_item(session, make.meeting(session, "meeting", company=company, held=held), row)
    assert listed(session, View.COMING) == ({"printed"} if comes else set())


def test_what_was_voted_on_or_is_on_no_ballot_does_not_come(session, company):
    row = make.resolution(session, "voted", company=company, season=2026, statuses=VOTED)
    make.ballot_item(session, make.meeting(session, "meeting", company=company, held="2099-05-01"), row)
    make.resolution(session, "nowhere", company=company, season=2026, statuses=PRINTED)
    assert listed(session, View.COMING) == set()


def test_left_out_after_a_review_is_apart_from_left_out_without_one(session, company):
    for answer in (Code.SEC_CONCURRED, Code.SEC_NO_RESPONSE, Code.SEC_NO_OBJECTION_ON_REPRESENTATION):
        steps = ((answer, "2026-02-01"), (Code.OMITTED, "2026-04-01"))
        make.resolution(session, answer.value.replace("_", "-"), company=company, season=2026, statuses=steps)
    make.resolution(session, "waits", company=company, season=2026, statuses=((Code.SEC_NO_RESPONSE, "2026-02-01"),))
    assert listed(session, View.OMITTED_UNREVIEWED) == {"sec-no-response", "sec-no-objection-on-representation"}


def test_a_change_between_unlike_shares_has_no_place_in_the_order(session, company):
    family = make.family(session, company)
    for season, formula in ((2024, SupportFormula.FOR_AGAINST), (2025, SupportFormula.FOR_PRESENT),
                            (2026, SupportFormula.FOR_PRESENT)):  # fmt: skip
        row = make.resolution(session, f"year-{season}", company=company, season=season, family=family, statuses=VOTED)
        held = make.meeting(session, f"held-{season}", company=company, held=f"{season}-02-01")
        make.claim(session, make.ballot_item(session, held, row), season - 1000, formula=formula)
    resolution_standings.refresh(session, None, TODAY)
    found = resolution_standings.listed(session, Filters(), today=TODAY, order=Order.CHANGE)
    assert [(row.season, place.value is not None) for row, place in zip(found.rows, found.places, strict=True)] == [
        (2026, True), (2025, False), (2024, False),
    ]  # fmt: skip
    assert [row.slug for row in found.rows] == [
        row.slug for row in resolutions.table(session, today=TODAY, order=Order.CHANGE)
    ]
