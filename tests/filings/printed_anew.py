"""A third set of layouts, written when the reader read the first two, to see how it does on what it had not met."""

from dataclasses import replace

from tests.filings.adapted import adapted, no_notes
from tests.filings.ballots import Ballot, Meeting, grouped, named, opener
from tests.filings.printed import (
    document,
    each,
    election,
    election_heading,
    figures,
    head,
    layout,
    name,
    own_table,
    p,
    table,
    text,
)


@layout
def votes_over_percent_lines(meeting: Meeting) -> str:
    """Below each count, in the same cell, its share of the votes cast."""

    def counts(ballot: Ballot) -> str:
        return table(
            [head(meeting, list(ballot.counts)), [f"<p>{one}</p><p>(12.5%)</p>" for one in figures(meeting, ballot)]]
        )

    return each(meeting, p, counts)


@layout
def heads_with_colons_and_vote_words(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table([[f"<u>{one}:</u>" for one in head(meeting, list(ballot.counts))], figures(meeting, ballot)])

    return each(meeting, p, counts)


@layout
def a_label_cell_before_the_counts(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table([["", *head(meeting, list(ballot.counts))], ["Number of votes cast:", *figures(meeting, ballot)]])

    return each(meeting, p, counts)


@layout
def the_holders_voted_as_follows(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        return p(words, bold=True)

    def counts(ballot: Ballot) -> str:
        return (
            p(f"The {meeting.holder}s of the Company voted as follows on this proposal:")
            + own_table(meeting)(ballot)
            + p("")
        )

    return each(meeting, heading, counts)


@adapted(no_notes)
def received_by_each_nominee(meeting: Meeting) -> str:
    body = p(opener(meeting))
    words = {
        "for": "{} votes for",
        "against": "{} votes against",
        "withheld": "{} votes withheld",
        "abstain": "{} abstentions",
        "broker_non_votes": "{} broker non-votes",
    }
    if meeting.election:
        body += p(election_heading(meeting))
        for one in meeting.election:
            told = [words[role].format(f"{count:,}") for role, count in one.counts.items()]
            body += p(f"{one.nominee} received {', '.join(told[:-1])} and {told[-1]}.")
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def totals_voted_column_first(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        total = f"{sum(ballot.counts.values()):,}"
        return table([["Total Votes", *head(meeting, list(ballot.counts))], [total, *figures(meeting, ballot)]])

    return each(meeting, p, counts)


@layout
def definition_lists(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return (
            "<dl>"
            + "".join(f"<dt>{text(meeting.style.head(r))}</dt><dd>{c:,}</dd>" for r, c in ballot.counts.items())
            + "</dl>"
        )

    return each(meeting, p, counts)


@layout
def colon_lines_with_breaks(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return "<p>" + "<br>".join(f"{text(meeting.style.head(r))}: {c:,}" for r, c in ballot.counts.items()) + "</p>"

    return each(meeting, p, counts)


@layout
def equals_signs(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return p("; ".join(f"{meeting.style.head(r)} = {c:,}" for r, c in ballot.counts.items()))

    return each(meeting, p, counts)


@layout
def votes_of_shares_cast(meeting: Meeting) -> str:
    words = {
        "for": "{} shares were voted in favor of the proposal",
        "against": "{} shares were voted against the proposal",
        "abstain": "{} shares abstained from voting",
        "broker_non_votes": "there were {} broker non-votes",
        "1 year": "{} shares were voted in favor of every year",
        "2 years": "{} shares were voted in favor of every two years",
        "3 years": "{} shares were voted in favor of every three years",
    }
    return each(meeting, p, lambda one: p(", ".join(words[r].format(f"{c:,}") for r, c in one.counts.items()) + "."))


@layout
def the_number_of_votes_was(meeting: Meeting) -> str:
    words = {
        "for": "Votes cast for the proposal totaled {}",
        "against": "votes cast against totaled {}",
        "abstain": "abstentions totaled {}",
        "broker_non_votes": "broker non-votes totaled {}",
        "1 year": "Votes for one year totaled {}",
        "2 years": "votes for two years totaled {}",
        "3 years": "votes for three years totaled {}",
    }
    return each(meeting, p, lambda one: p("; ".join(words[r].format(f"{c:,}") for r, c in one.counts.items()) + "."))


@layout
def two_header_rows_by_kind_of_vote(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        roles = list(ballot.counts)
        top = f"<tr><td></td><td colspan='{len(roles)}'><b>Votes Cast</b></td></tr>"
        row = "".join(f"<td>{one}</td>" for one in ["", *head(meeting, roles)])
        cells = "".join(f"<td>{one}</td>" for one in ["Common Stock", *figures(meeting, ballot)])
        return f"<table>{top}<tr>{row}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)


@layout
def numbers_left_titles_below(meeting: Meeting) -> str:
    """Number in a cell of its own spanning rows, the title beside it, counts in rows of their own below."""
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    for one in meeting.others:
        rows = "".join(
            f"<tr><td>{text(meeting.style.head(r))}</td><td>{grouped(meeting, c)}</td></tr>"
            for r, c in one.counts.items()
        )
        first = f"<td rowspan='{len(one.counts) + 1}'>{one.number}</td><td colspan='2'>{text(one.title)}</td>"
        body += f"<table><tr>{first}</tr>{rows}</table>"
    return document(body)


@layout
def outcomes_in_words_before_counts(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        return p(words) + p("Result: APPROVED", bold=True)

    return each(meeting, heading, own_table(meeting))


def _misters(meeting: Meeting) -> Meeting:
    """Call every nominee Mr.; of two who then have one name, keep the second."""
    plain = {one.nominee.removeprefix("Dr. ").removeprefix("Hon. "): one for one in meeting.election}
    return replace(meeting, election=tuple(replace(one, nominee=f"Mr. {name}") for name, one in plain.items()))


@adapted(_misters)
def nominees_with_mister(meeting: Meeting) -> str:
    return each(meeting, p, own_table(meeting))


@adapted(no_notes)
def last_names_first(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, list(meeting.election[0].counts), "Directors")]
        rows += [[f"{name(meeting, one)} – Class I", *figures(meeting, one)] for one in meeting.election]
        body += p("Item 1 – Election of Class I Directors") + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def footnote_rows_within_tables(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table(
            [head(meeting, list(ballot.counts)), figures(meeting, ballot), ["(1) Broker non-votes are not votes cast."]]
        )

    return each(meeting, p, counts)


@layout
def headings_after_a_dash_list(meeting: Meeting) -> str:
    body = p(opener(meeting)) + p("The proposals were:")
    for one in {b.number: b for b in meeting.ballots}.values():
        body += p(f"- {one.title}")
    if meeting.election:
        body += p(election_heading(meeting), bold=True) + election(meeting)
    for one in meeting.others:
        body += p(named(meeting, one) + one.title, bold=True) + own_table(meeting)(one)
    return document(body)
