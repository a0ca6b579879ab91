"""What the fields of one row have to say together: asked of a form before anything is written.

Those that the database holds as well (CHECK constraints) bear its constraint's name, so that none is forgotten.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tracker.domain.dates import PartialDate

Values = Mapping[str, Any]


class Rule(NamedTuple):
    """One rule: the table it is about, the field beside which it is told, what must hold, and the sentence if not."""

    table: str
    field: str
    holds: Callable[[Values], bool]
    says: str


def _some(*columns: str) -> Callable[[Values], bool]:
    return lambda row: any(row.get(name) not in (None, "") for name in columns)


def _positive(column: str) -> Callable[[Values], bool]:
    return lambda row: row.get(column) is None or row[column] > 0


def _not_after(first: str, second: str) -> Callable[[Values], bool]:
    """Hold unless the second date surely comes before the first."""

    def holds(row: Values) -> bool:
        one, other = row.get(first), row.get(second)
        return not (isinstance(one, PartialDate) and isinstance(other, PartialDate) and other.surely_before(one))

    return holds


RULES: dict[str, Rule] = {
    "season_plausible": Rule(
        "resolution", "season", lambda row: 1934 <= row["season"] <= 2200, "there are proxy seasons from 1934 on"
    ),
    "names_a_party": Rule(
        "filer",
        "organization",
        _some("organization_id", "person_id", "named"),
        "name an organisation, a person, or give the name as printed",
    ),
    "names_an_investor": Rule(
        "voting_intention",
        "organization",
        _some("organization_id", "named"),
        "name the investor, or give the name as printed",
    ),
    "has_source": Rule(
        "voting_intention", "url", _some("url", "declared_by"), "give the address where it was declared"
    ),
    "commitment_view.has_source": Rule("commitment_view", "url", _some("url"), "give the address where they say so"),
    "commitment_view.number_from_one": Rule(
        "commitment_view", "number", _positive("number"), "views of a side are counted from 1"
    ),
    "resolution_status.number_from_one": Rule(
        "resolution_status", "number", _positive("number"), "steps are counted from 1"
    ),
    "voting_intention.number_from_one": Rule(
        "voting_intention", "number", _positive("number"), "declarations are counted from 1"
    ),
    "votes_for_counted": Rule(
        "vote_count",
        "votes_for",
        _some("votes_for"),
        "a count has at least the votes for; leave the row empty otherwise",
    ),
    "percentage": Rule(
        "vote_claim", "hundredths", lambda row: 0 <= row["hundredths"] <= 10000, "a percentage lies between 0 and 100"
    ),
    "votes_positive": Rule("insider_holding", "votes", _positive("votes"), "a holding has at least one vote"),
    "senders_counted": Rule("letter", "sender_count", _positive("sender_count"), "leave it empty rather than zero"),
    "name_given": Rule("letter_party", "name", _some("name"), "a party has a name"),
    "currency_code": Rule(
        "contract",
        "currency",
        lambda row: len(row["currency"]) == 3 and row["currency"].isascii() and row["currency"].isupper(),
        "write three capital letters, such as USD",
    ),
    "answered_after_sent": Rule(
        "letter", "respond_by", _not_after("sent_on", "respond_by"), "it lies before the day the letter was sent"
    ),
    "received_after_sent": Rule(
        "letter", "received_on", _not_after("sent_on", "received_on"), "it lies before the day the letter was sent"
    ),
    "left_after_joining": Rule(
        "filer", "left_on", _not_after("joined_on", "left_on"), "it lies before the day on which the filer joined"
    ),
    "recorded_before_meeting": Rule(
        "meeting", "record_date", _not_after("record_date", "held_on"), "the record date lies before the meeting"
    ),
    "ends_after_start": Rule(
        "contract", "ends_on", _not_after("starts_on", "ends_on"), "it lies before the day on which the contract starts"
    ),
    "settled_after_made": Rule(
        "commitment", "settled_on", _not_after("made_on", "settled_on"), "it lies before the day of the promise"
    ),
    "enacted_after_introduced": Rule(
        "measure", "enacted_on", _not_after("introduced_on", "enacted_on"), "it lies before the introduction"
    ),
    "decided_after_opened": Rule(
        "proceeding", "decided_on", _not_after("opened_on", "decided_on"), "it lies before the opening"
    ),
}


def broken(table: str, row: Values) -> dict[str, str]:
    """Return the sentence beside each field that a rule finds wrong; `row` has every column of the table by name."""
    return {rule.field: rule.says for rule in RULES.values() if rule.table == table and not rule.holds(row)}
