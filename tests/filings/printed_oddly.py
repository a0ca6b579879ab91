"""Layouts less often met: classes of stock, flattened tables, page ends, capitals, frames."""

import re
from dataclasses import replace

from tests.filings.adapted import adapted, no_notes, withheld_only
from tests.filings.ballots import Ballot, Meeting, grouped, named, opener, without
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
)


@adapted(withheld_only)
def against_or_withheld(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [["", "For", "Percent of Votes Cast “For”", "Against or Withheld"]]
        rows += [
            [name(meeting, one), f"{one.counts['for']:,}", "55.87%", f"{one.counts['withheld']:,}"]
            for one in meeting.election
        ]
        body += p(election_heading(meeting)) + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def flattened_tables(meeting: Meeting) -> str:
    """Heads and figures in one paragraph, as a copy of a page leaves them."""

    def counts(ballot: Ballot) -> str:
        return p(
            " ".join(
                [
                    *(meeting.style.head(role) for role in ballot.counts),
                    *(f"{count:,}" for count in ballot.counts.values()),
                ]
            )
        )

    return each(meeting, p, counts)


@adapted(no_notes)
def lines_with_single_spaces(meeting: Meeting) -> str:
    """No table and no columns: one line for each row."""

    def lines(rows: list[list[str]]) -> str:
        return "<p>" + "<br>".join(" ".join(row) for row in rows) + "</p>"

    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, list(meeting.election[0].counts), meeting.style.nominee)]
        rows += [[name(meeting, one), *(f"{count:,}" for count in one.counts.values())] for one in meeting.election]
        body += p(election_heading(meeting)) + lines(rows)
    for one in meeting.others:
        body += p(named(meeting, one) + one.title)
        body += lines([head(meeting, list(one.counts)), [f"{count:,}" for count in one.counts.values()]])
    return document(body)


@layout
def label_and_figure_without_marks(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return p("   ".join(f"{meeting.style.head(role)} {count:,}" for role, count in ballot.counts.items()))

    return each(meeting, p, counts)


@layout
def classes_of_stock_with_a_total(meeting: Meeting) -> str:
    def rows(ballot: Ballot) -> list[list[str]]:
        parts = {role: count // 3 for role, count in ballot.counts.items()}
        return [
            ["Class A Common Stock", *(f"{part:,}" for part in parts.values())],
            ["Class B Common Stock", *(f"{ballot.counts[role] - part:,}" for role, part in parts.items())],
            ["Total", *figures(meeting, ballot)],
        ]

    def counts(ballot: Ballot) -> str:
        return table([head(meeting, list(ballot.counts), ""), *rows(ballot)])

    return each(meeting, p, counts)


@layout
def a_table_for_every_row(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + table(
            [head(meeting, list(meeting.election[0].counts), meeting.style.nominee)]
        )
        body += "".join(table([[name(meeting, one), *figures(meeting, one)]]) for one in meeting.election)
    for one in meeting.others:
        body += (
            p(named(meeting, one) + one.title)
            + table([head(meeting, list(one.counts))])
            + table([figures(meeting, one)])
        )
    return document(body)


@layout
def a_withdrawn_proposal_between(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting), bold=True) + election(meeting)
    for one in meeting.others:
        body += p(
            f"Proposal 9: {meeting.holder.capitalize()} proposal on forests. It was withdrawn before the meeting "
            f"and not voted on."
        )
        body += p(named(meeting, one) + one.title, bold=True) + own_table(meeting)(one)
    return document(body)


@layout
def page_ends_everywhere(meeting: Meeting) -> str:
    page = "<p align=center>{}</p><hr><p style='page-break-before:always'></p>"
    body = each(meeting, lambda words: p(words) + page.format(3), own_table(meeting))
    return re.sub(r"</table>", "</table>" + page.format(4), body)


@layout
def everything_in_capitals(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        return table([[one.upper() for one in head(meeting, list(ballot.counts))], figures(meeting, ballot)])

    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting).upper()) + election(meeting)
    return document(
        body + "".join(p((named(meeting, one) + one.title).upper()) + counts(one) for one in meeting.others)
    )


@layout
def breaks_within_heads(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = [one.replace(" ", "<br>") for one in head(meeting, list(ballot.counts))]
        return table([heads, figures(meeting, ballot)], meeting)

    return each(meeting, p, counts)


@layout
def unnumbered_titles_after_a_listed_opening(meeting: Meeting) -> str:
    entries = list({one.number: one for one in meeting.ballots}.values())
    listed = "; ".join(f"({one.number}) {one.title[0].lower()}{one.title[1:]}" for one in entries)
    body = p(f"{opener(meeting)} The {meeting.holder}s considered: {listed}.")
    for one in entries:
        body += p(one.title, bold=True) + (election(meeting) if one.nominee else own_table(meeting)(one))
    return document(body)


@layout
def fractions_of_shares(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = [f"{count:,}.25" if count else grouped(meeting, 0) for count in ballot.counts.values()]
        return table([head(meeting, list(ballot.counts)), cells])

    return each(meeting, p, counts)


@layout
def shares_named_in_cells(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = zip(head(meeting, list(ballot.counts)), ballot.counts.values(), strict=True)
        return table([[h, f"{count:,} shares"] for h, count in cells])

    return each(meeting, p, counts)


@adapted(lambda meeting: replace(meeting, others=tuple(without(one, "abstain") for one in meeting.others)))
def no_column_for_abstentions(meeting: Meeting) -> str:
    return each(meeting, p, own_table(meeting))


@layout
def headings_and_tables_in_cells_of_one_frame(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += f"<table><tr><td>{p(election_heading(meeting))}</td></tr><tr><td>{election(meeting)}</td></tr></table>"
    for one in meeting.others:
        inner = p(named(meeting, one) + one.title) + own_table(meeting)(one)
        body += f"<table><tr><td>&nbsp;</td><td>{inner}</td></tr></table>"
    return document(body)
