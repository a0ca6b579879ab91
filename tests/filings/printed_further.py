"""Layouts after the reports of large companies and funds: sections by letter, rows of shares, sentences for several."""

from dataclasses import replace

from tests.filings.adapted import adapted, no_notes, withheld_only
from tests.filings.ballots import Ballot, Meeting, named, opener
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
from tests.filings.printed_prose import in_favor, told


def _asked(ballot: Ballot) -> str:
    """Return what a shareholder proposal asks, without the words that name it one."""
    return ballot.title.partition(" regarding ")[2] if ballot.kind == "shareholder_proposal" else ballot.title


@layout
def sections_by_letter(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p("A. Election of Directors", bold=True) + election(meeting)
    sections = [
        ("B. Management Proposals", [one for one in meeting.others if one.kind != "shareholder_proposal"]),
        (
            f"C. {meeting.holder.capitalize()} Proposals",
            [one for one in meeting.others if one.kind == "shareholder_proposal"],
        ),
    ]
    for heading, ballots in sections:
        if ballots:
            body += p(heading, bold=True)
        for one in ballots:
            row = [text(f"{one.number}. {_asked(one)}"), *figures(meeting, one)]
            body += table([head(meeting, list(one.counts), ""), row], meeting)
    return document(body)


@layout
def shares_in_rows_below(meeting: Meeting) -> str:
    """Below every row of counts stands a row of percentages."""

    def counts(ballot: Ballot) -> str:
        return table([head(meeting, list(ballot.counts)), figures(meeting, ballot), ["96.41%" for _ in ballot.counts]])

    body = p(opener(meeting))
    if meeting.election:
        roles = list(meeting.election[0].counts)
        rows = [head(meeting, roles, meeting.style.nominee)]
        for one in meeting.election:
            rows += [[name(meeting, one), *figures(meeting, one)], ["", "96.41%", *["3.59%" for _ in roles[1:]]]]
        body += p(election_heading(meeting)) + table(rows)
    return document(body + "".join(p(named(meeting, one) + one.title) + counts(one) for one in meeting.others))


@layout
def told_respectively(meeting: Meeting) -> str:
    words = {
        "for": "votes for",
        "against": "against",
        "abstain": "abstaining",
        "broker_non_votes": "broker non-votes",
        "1 year": "votes for one year",
        "2 years": "two years",
        "3 years": "three years",
    }

    def counts(ballot: Ballot) -> str:
        roles = ", ".join(words[role] for role in list(ballot.counts)[:-1])
        told_counts = [f"{count:,}" for count in ballot.counts.values()]
        last = words[list(ballot.counts)[-1]]
        return p(f"The {roles} and {last} were {', '.join(told_counts[:-1])} and {told_counts[-1]}, respectively.")

    return each(meeting, p, counts)


@adapted(withheld_only)
def trustees_of_a_fund(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [["Trustee", "Shares Voted For", "Shares Withheld/Abstain"]]
        rows += [[name(meeting, one), *(f"{count:,}.125" for count in one.counts.values())] for one in meeting.election]
        body += p("Election of Trustees") + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def heads_in_a_table_before_the_title(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        roles = list(meeting.election[0].counts)
        body += table([head(meeting, roles, "Matter")]) + p(election_heading(meeting))
        body += table([[name(meeting, one), *figures(meeting, one)] for one in meeting.election])
    for one in meeting.others:
        body += table([head(meeting, list(one.counts), "Matter")])
        body += table([[text(named(meeting, one) + one.title), *figures(meeting, one)]])
    return document(body)


@layout
def following_proposals_of_holders(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    told_so = False
    for one in meeting.others:
        if one.kind == "shareholder_proposal" and not told_so:
            told_so = True
            body += p(f"The {meeting.holder}s did not approve any of the following {meeting.holder} proposals:")
        body += p(named(meeting, one) + _asked(one)) + own_table(meeting)(one)
    return document(body)


@adapted(no_notes)
def nominees_in_one_sentence(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        names = ", ".join(one.nominee or "" for one in meeting.election)
        votes = "; ".join(f"{one.nominee} – {told(meeting, one, in_favor, ', ')}" for one in meeting.election)
        body += p(f"{election_heading(meeting)}. The votes for {names} were as follows: {votes}.")
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def names_and_titles_beside_pairs(meeting: Meeting) -> str:
    rows = []
    if meeting.election:
        rows.append([text(election_heading(meeting))])
    for one in (*meeting.election, *meeting.others):
        label = name(meeting, one) if one.nominee else text(named(meeting, one) + one.title)
        cells = list(zip(head(meeting, list(one.counts)), figures(meeting, one), strict=True))
        rows += [[label, *cells[0]], *(["", *cell] for cell in cells[1:])]
    return document(p(opener(meeting)) + table(rows))


@adapted(lambda meeting: replace(meeting, election=()))
def for_the_proposal(meeting: Meeting) -> str:
    """A special meeting: heads say "FOR the Proposal", the first column is headed "No."."""
    words = {
        "for": "Votes FOR the Proposal",
        "against": "Votes AGAINST the Proposal",
        "abstain": "ABSTAIN",
        "broker_non_votes": "Broker Non-Votes",
        "1 year": "One (1) Year",
        "2 years": "Two (2) Years",
        "3 years": "Three (3) Years",
    }
    body = p(opener(meeting))
    for one in meeting.others:
        heads = ["No.", "Proposal", *(words[role] for role in one.counts)]
        body += table([heads, [one.number or "", text(one.title), *figures(meeting, one)]])
    return document(body)


@layout
def classes_in_spanned_columns(meeting: Meeting) -> str:
    """Two classes of stock and their total side by side, under headings that span the columns of each."""

    def counts(ballot: Ballot) -> str:
        roles = list(ballot.counts)
        groups = ("Class A Common Stock", "Class B Common Stock", "Total")
        top = "".join(f"<td colspan='{len(roles)}'>{group}</td>" for group in groups)
        heads = "".join(f"<td>{one}</td>" for one in head(meeting, roles) * 3)
        parts = [count // 4 for count in ballot.counts.values()]
        rest = [count - part for count, part in zip(ballot.counts.values(), parts, strict=True)]
        cells = "".join(f"<td>{count:,}</td>" for count in (*parts, *rest, *ballot.counts.values()))
        return f"<table><tr>{top}</tr><tr>{heads}</tr><tr>{cells}</tr></table>"

    return each(meeting, p, counts)
