"""Layouts that tell counts in sentences, bullets and lists."""

from collections.abc import Callable

from tests.filings.ballots import Ballot, Meeting, named, opener
from tests.filings.printed import document, election, election_heading, layout, own_table, p, table, text


def told(meeting: Meeting, one: Ballot, phrase: Callable[[str, int], str], join: str) -> str:
    return join.join(phrase(role, count) for role, count in one.counts.items())


def in_favor(role: str, count: int) -> str:
    words = {
        "for": "shares in favor",
        "against": "shares against",
        "withheld": "shares withheld",
        "abstain": "shares abstaining",
        "broker_non_votes": "broker non-votes",
        "1 year": "votes for one year",
        "2 years": "votes for two years",
        "3 years": "votes for three years",
    }
    return f"{count:,} {words[role]}"


def were_cast(role: str, count: int) -> str:
    words = {
        "for": "votes were cast for the proposal",
        "against": "votes were cast against",
        "withheld": "votes were withheld",
        "abstain": "abstentions",
        "broker_non_votes": "broker non-votes",
        "1 year": "shares voted for every year",
        "2 years": "shares voted for every two years",
        "3 years": "shares voted for every three years",
    }
    return f"{count:,} {words[role]}"


def _prose(meeting: Meeting, phrase: Callable[[str, int], str], join: str, lead: str, end: str = ".") -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        body += p(named(meeting, one) + one.title, bold=True) + p(lead + told(meeting, one, phrase, join) + end)
    return document(body)


@layout
def prosein_favor(meeting: Meeting) -> str:
    return _prose(meeting, in_favor, ", ", "The matter was put to the vote, with ")


@layout
def prosewere_cast(meeting: Meeting) -> str:
    return _prose(meeting, were_cast, "; ", "On this matter ")


@layout
def prose_labels(meeting: Meeting) -> str:
    return _prose(meeting, lambda role, count: f"{meeting.style.head(role)}: {count:,}", "; ", "", "")


@layout
def prose_in_one_paragraph_with_its_title(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        body += p(f"{named(meeting, one)}{one.title}. The vote was {told(meeting, one, in_favor, ', ')}.")
    return document(body)


@layout
def bullets(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        marks = "".join(p(f"• {in_favor(role, count)}") for role, count in one.counts.items())
        body += p(named(meeting, one) + one.title, bold=True) + p("The tabulation of votes was as follows:") + marks
    return document(body)


@layout
def list_items(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        items = "".join(f"<li>{text(meeting.style.head(role))} – {count:,}</li>" for role, count in one.counts.items())
        body += p(named(meeting, one) + one.title) + f"<ul>{items}</ul>"
    return document(body)


@layout
def bullets_in_table_cells(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        rows = [["•", were_cast(role, count)] for role, count in one.counts.items()]
        body += p(named(meeting, one) + one.title) + "".join(table([row]) for row in rows)
    return document(body)


@layout
def nominees_in_prose(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting))
        body += "".join(p(f"{one.nominee}: {told(meeting, one, in_favor, ', ')}.") for one in meeting.election)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )
