"""A meeting that never was, printed in many layouts, is read back exactly."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.filings import (  # noqa: F401 - they register their layouts
    printed_anew,
    printed_further,
    printed_headings,
    printed_mixed,
    printed_nominees,
    printed_oddly,
    printed_prose,
    printed_rows,
    printed_sentences,
    printed_tables,
    printed_text,
)
from tests.filings.adapted import ADAPTED
from tests.filings.ballots import Ballot, Meeting, meetings
from tests.filings.printed import LAYOUTS
from tracker.filings.voting_results.results import Matter, read_voting_results

# Layouts that print no number, or one of their own.
UNNUMBERED = {"unnumbered_headings", "matters_in_another_way_without_numbers"}
ROMAN = {"roman_opening_list"}


def names() -> list[str]:
    """Return the names of all layouts."""
    return list(LAYOUTS)


def expected(ballot: Ballot) -> dict:
    years = {role: count for role, count in ballot.counts.items() if "year" in role}
    return {
        "kind": ballot.kind,
        "nominee": ballot.nominee,
        "choices": years or None,
        **{role: ballot.counts.get(role) for role in ("for", "against", "withheld", "abstain", "broker_non_votes")},
    }


def answered(matter: Matter) -> dict:
    return {
        "kind": matter.kind,
        "nominee": matter.nominee,
        "choices": dict(matter.choices) if matter.choices else None,
        "for": matter.for_,
        "against": matter.against,
        "withheld": matter.withheld,
        "abstain": matter.abstain,
        "broker_non_votes": matter.broker_non_votes,
    }


def assert_read_back(name: str, meeting: Meeting) -> None:
    if name == "spaces_for_columns":  # a line of dashes alone is drawn, and of small numbers anything
        assume(all(max(ballot.counts.values()) > 99 for ballot in meeting.ballots))
    meeting = ADAPTED.get(name, lambda same: same)(meeting)
    if name == "names_in_capitals":
        meeting = replace(meeting, election=tuple(replace(b, nominee=b.nominee.upper()) for b in meeting.election))
    results = read_voting_results(LAYOUTS[name](meeting).encode())

    def key(row):
        return (
            (row["kind"] == "say_on_frequency")
            if name.startswith(("one_table", "matters_side", "nominees_named"))
            else 0
        )

    assert sorted(map(answered, results.matters), key=key) == sorted(map(expected, meeting.ballots), key=key)
    assert results.meeting_date == meeting.day
    assert not results.preliminary
    if name not in UNNUMBERED | ROMAN:
        numbers = [m.number or "" for m in results.matters if not m.nominee]
        assert sorted(numbers) == sorted(b.number or "" for b in meeting.others)


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(meeting=meetings())
def test_every_matter_is_read_back_exactly_from_every_layout(name, meeting):
    assert_read_back(name, meeting)
