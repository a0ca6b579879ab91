"""One event is one story: what is alike joins, what a person or another subject keeps apart does not, in any order."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PROJECT
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConfigError
from tracker.domain.vocab import StoryTie
from tracker.linking.copies import sketch
from tracker.linking.duplicates import Standing, grouped, pair, pairs_within
from tracker.linking.holders import Holders
from tracker.linking.same_event import Crowd, StoryRules
from tracker.linking.telling import Telling
from tracker.settings import config_file

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
RULES = StoryRules.from_config(config_file(PROJECT / "config", "terms.toml"))


def telling(number: int, title: str, lead: str, published: str | None, names=(), **more):
    kind, event = more.get("kind", "news"), more.get("event", "letter_sent")
    return Telling(
        id=number, title=title, lead=lead, published=PartialDate.parse(published) if published else None, kind=kind,
        names=frozenset(names), subjects=frozenset(names), events={event: 0.8}, sketch=sketch(lead),
    )  # fmt: skip


ASKED = telling(
    1, "Forty groups ask Halcyon to end police sales of Gaze",
    "A coalition of 40 groups wrote to Halcyon on Tuesday to end sales of its face scanner to 1,200 departments.",
    "2025-03-04", ["halcyon", "gaze"],
)  # fmt: skip
RETOLD = telling(
    2, "Halcyon urged to end sales of Gaze to police",
    "In a letter 40 groups urge the maker of Gaze to end police sales. Some 1,200 departments have bought the scanner.",
    "2025-03-05", ["halcyon", "gaze"],
)  # fmt: skip
MONTH_ONLY = replace(RETOLD, id=3, published=PartialDate.parse("2025-03"))
RIVAL = telling(
    4, "Forty groups ask Northwind to end police sales of Oculus",
    "A coalition of 40 groups wrote to Northwind on Tuesday to end sales of its face scanner to 300 departments.",
    "2025-03-05", ["northwind", "oculus"],
)  # fmt: skip
AWARD = telling(
    5, "Ferrytown buys 30 cameras from Halcyon", "The council approved 90,000 dollars for cameras at the harbour.",
    "2025-03-05", ["halcyon"], event="contract_awarded",
)  # fmt: skip
NEXT_YEAR = replace(RETOLD, id=6, published=PartialDate.parse("2026-03-05"))
ALL = [ASKED, RETOLD, MONTH_ONLY, RIVAL, AWARD, NEXT_YEAR]


def members(tellings, **how) -> list[tuple[int, ...]]:
    return [group.members for group in grouped(Holders(tellings), RULES, **how)]


def test_reports_of_one_event_join_and_other_subjects_events_and_years_do_not():
    assert members(ALL) == [(1, 2, 3)]


@given(st.permutations(ALL))
def test_the_order_of_documents_changes_nothing(tellings):
    assert members(tellings) == [(1, 2, 3)]


def test_a_group_explains_itself_and_the_reasons_are_the_score_s_own_arithmetic():
    [group] = grouped(Holders(ALL), RULES)
    tie = group.ties[2]
    assert tie.how is StoryTie.COPY  # of number 3, word for word
    tie = grouped(Holders([ASKED, RETOLD, AWARD]), RULES)[0].ties[2]
    assert tie.how is StoryTie.SAME_EVENT
    assert "the same 2 names" in tie.why
    assert "1 day apart" in tie.why
    assert "the same figures: 1200, 40" in tie.why
    total = math.fsum(reason.weight for reason in tie.reasons)
    assert tie.score == pytest.approx(1 / (1 + math.exp(-total)))


def test_one_outlet_tells_an_event_once_and_a_filed_form_is_a_document_of_its_own():
    one, other = replace(ASKED, publisher="The Ledger"), replace(RETOLD, publisher="The Ledger.")
    assert members([one, other]) == []
    assert members([one, replace(other, publisher="The Courier")]) == [(1, 2)]
    assert members([replace(ASKED, kind="filing"), replace(RETOLD, kind="filing")]) == []


def test_two_acts_of_surely_different_types_are_two_events():
    assert members([ASKED, replace(RETOLD, events={"company_response": 0.7})]) == []
    assert members([ASKED, replace(RETOLD, events={"company_response": 0.3, "letter_sent": 0.2})]) == [(1, 2)]


def test_must_not_links_hold_against_copies_and_against_chains():
    apart = frozenset({pair(1, 2), pair(1, 3)})
    assert members(ALL, standing=Standing(apart=apart)) == [(2, 3)]
    twin = replace(ASKED, id=7)
    assert members([ASKED, twin], standing=Standing(apart=frozenset({(1, 7)}))) == []


def test_must_links_hold_against_the_arithmetic_and_standing_stories_are_not_taken_apart():
    assert members(ALL, standing=Standing(together=frozenset({(4, 5)}))) == [(1, 2, 3), (4, 5)]
    assert (1, 2, 3, 5) in members(ALL, standing=Standing(stories=[[1, 5]]))


def test_only_the_stories_of_those_asked_for_are_returned_and_standing_members_get_no_new_tie():
    assert members(ALL, of=[5]) == []
    [group] = grouped(Holders(ALL), RULES, of=[3], standing=Standing(stories=[[1, 2]]))
    assert group.members == (1, 2, 3)
    assert set(group.ties) == {3}


@given(DAYS, DAYS)
def test_likeness_is_the_same_from_both_sides_and_falls_with_the_days_between(first, second):
    one = replace(ASKED, published=PartialDate.day(first))
    near = replace(RETOLD, published=one.published)
    far = replace(RETOLD, id=8, published=PartialDate.day(second))
    crowd = Crowd(Holders([one, near, far]), RULES)
    assert crowd.probability(one, far) == crowd.probability(far, one)
    assert 0 <= crowd.probability(one, far) <= crowd.probability(one, near) <= 1


def test_a_date_known_to_the_year_tells_nothing_of_the_event():
    assert members([ASKED, replace(RETOLD, published=PartialDate.parse("2025"))]) == []


def test_documents_without_words_or_dates_are_alone():
    empty = [telling(number, "", "", None) for number in range(1, 40)]
    assert members(empty) == []


def test_five_hundred_documents_of_one_subject_are_held_against_few():
    many = [
        replace(RIVAL, id=number, title=f"Groups ask maker {number} to end sales", lead=f"Letter {number} of groups.",
                published=PartialDate.parse(f"2025-03-{1 + number % 28:02}"), sketch=sketch(""))
        for number in range(500)
    ]  # fmt: skip
    crowd = Crowd(Holders(many), RULES)
    assert sum(len(crowd.candidates(one)) for one in many) < 500 * 499 / 10


def test_pairs_are_those_within_groups():
    assert pairs_within(grouped(Holders(ALL), RULES)) == {(1, 2), (1, 3), (2, 3)}


@pytest.mark.parametrize(
    "broken", [{}, {"story": {}}, {"story": {"points": {"day": "much"}, "threshold": 1, "days": 2}}]
)
def test_a_wrong_configuration_is_said_in_one_sentence(broken):
    with pytest.raises(ConfigError, match=r"terms.toml: \[story\]"):
        StoryRules.from_config(broken)
