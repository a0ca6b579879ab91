"""Classes of stock are added up to votes where the filing says what a share of each has, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.filings.voting_results.results import Matter, VotingResults, read_voting_results

ONE_EACH = "Each share of Class A common stock has one vote and each share of Class B common stock has one vote."
TEN = "Each share of Class A Common Stock is entitled to one vote and each share of Class B Common Stock to {} votes."
COUNTS = st.integers(0, 10**9)


def read(said: str, a: tuple[int, int], b: tuple[int, int], *, unit: str) -> VotingResults:
    rows = "".join(
        f"<tr><td>Class {name} Common Stock</td><td>{counts[0]:,}</td><td>{counts[1]:,}</td></tr>"
        for name, counts in (("A", a), ("B", b))
    )
    page = (
        "<p>FORM 8-K</p><p>Item 5.07 Submission of Matters to a Vote of Security Holders</p>"
        f"<p>The annual meeting was held on May 1, 2031. {said}</p><p>1. Shareholder proposal on lobbying</p>"
        f"<table><tr><td></td><td>{unit} For</td><td>{unit} Against</td></tr>{rows}</table>"
    )
    return read_voting_results(page.encode())


def counted(matters: tuple[Matter, ...]) -> list[tuple[int | None, int | None]]:
    return [(matter.for_, matter.against) for matter in matters]


@settings(max_examples=8)
@given(a=st.tuples(COUNTS, COUNTS), b=st.tuples(COUNTS, COUNTS))
def test_votes_are_added_and_shares_are_weighed_first(a, b):
    votes = read(TEN.format("ten"), a, b, unit="Votes")
    shares = read(TEN.format("10"), a, b, unit="Shares")
    alike = read(ONE_EACH, a, b, unit="")
    assert counted(votes.matters) == counted(alike.matters) == [(a[0] + b[0], a[1] + b[1])]
    assert counted(shares.matters) == [(a[0] + 10 * b[0], a[1] + 10 * b[1])]


def test_what_was_added_up_is_said_and_stands_where_its_rows_do():
    results = read(TEN.format("ten"), (1000, 200), (500, 10), unit="Votes")
    [matter] = results.matters
    assert matter.title == "Shareholder proposal on lobbying"
    assert "Class A Common Stock (times 1), Class B Common Stock (times 1)" in results.warnings[0]
    place = results.text[matter.places["for"].start : matter.places["for"].end]
    assert place.startswith("1,000")
    assert place.endswith("500")


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("", "Votes"),
        ("Each share of Class A Common Stock is entitled to one vote.", "Votes"),
        (TEN.format("ten"), ""),
        ("Class A common stock has one-tenth of one vote per share and Class B common stock one vote.", "Votes"),
        (TEN.format("ten") + " The classes voted separately on the proposal.", "Votes"),
    ],
    ids=["nothing said", "of one class only", "votes or shares", "part of a vote", "apart"],
)
def test_what_is_not_surely_said_is_not_added_up(said, unit):
    results = read(said, (1000, 200), (500, 10), unit=unit)
    assert counted(results.matters) == [(1000, 200), (500, 10)]
    assert [matter.title[-22:] for matter in results.matters] == ["(Class A Common Stock)", "(Class B Common Stock)"]
