"""Layouts less often met: classes of stock, sentences below a table, flattened tables, numbered nominees, funds."""

import re
from dataclasses import replace

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
    text,
)
from tests.filings.printed_prose import told

# What a layout's meeting must be like to be printed so; the name is the layout's.
ADAPTED = {}


def adapted(change):
    """Register how a meeting is changed before the layout below prints it."""

    def register(write):
        ADAPTED[write.__name__] = change
        return layout(write)

    return register


def _withheld_only(meeting: Meeting) -> Meeting:
    """Return the meeting with an election by for and withheld alone."""
    return replace(
        meeting,
        election=tuple(
            replace(one, counts={"for": one.counts["for"], "withheld": one.counts.get("withheld", 7) or 7})
            for one in meeting.election
        ),
    )


def _same_broker(meeting: Meeting) -> Meeting:
    meeting = _withheld_only(meeting)
    return replace(
        meeting,
        election=tuple(replace(one, counts={**one.counts, "broker_non_votes": 31_234_567}) for one in meeting.election),
    )


def _no_notes(meeting: Meeting) -> Meeting:
    return replace(meeting, style=replace(meeting.style, note=""))


@adapted(_same_broker)
def broker_non_votes_in_a_sentence_below(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, ["for", "withheld"], meeting.style.nominee)]
        rows += [[name(meeting, one), *figures(meeting, one, ["for", "withheld"])] for one in meeting.election]
        body += (
            p(election_heading(meeting))
            + table(rows)
            + p("There were 31,234,567 broker non-votes with respect to this matter.")
        )
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@adapted(_withheld_only)
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
def affirmative_and_negative(meeting: Meeting) -> str:
    words = {
        "for": "{} affirmative votes",
        "against": "{} negative votes",
        "abstain": "There were {} abstentions",
        "broker_non_votes": "{} broker non-votes",
        "1 year": "{} votes for one year",
        "2 years": "{} votes for two years",
        "3 years": "{} votes for three years",
    }

    def counts(ballot: Ballot) -> str:
        told = [words[role].format(f"{count:,}") for role, count in ballot.counts.items()]
        return p("This proposal received " + " and ".join(told[:2]) + ". " + " and ".join(told[2:]) + ".")

    return each(meeting, p, counts)


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


@adapted(_no_notes)
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
def numbered_nominees(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, list(meeting.election[0].counts), "")]
        rows += [
            [f"1{'abcdefgh'[place]}. {name(meeting, one)}", *figures(meeting, one)]
            for place, one in enumerate(meeting.election)
        ]
        body += p(election_heading(meeting)) + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def nominees_named_in_every_row_of_one_table(meeting: Meeting) -> str:
    rows = []
    roles = [
        role
        for role in ("for", "against", "withheld", "abstain", "broker_non_votes")
        if any(role in one.counts for one in meeting.ballots)
    ]
    rows += [
        [f"1{'abcdefgh'[place]}.", f"Election of Director: {name(meeting, one)}", *figures(meeting, one, roles)]
        for place, one in enumerate(meeting.election)
    ]
    for one in meeting.others:
        if one.kind != "say_on_frequency":
            rows.append([f"{one.number}.", text(one.title), *figures(meeting, one, roles)])
    body = p(opener(meeting)) + table([head(meeting, roles, "", "Proposal"), *rows])
    for one in meeting.others:
        if one.kind == "say_on_frequency":
            body += p(f"{one.number}. {one.title}") + own_table(meeting)(one)
    return document(body)


@layout
def nominees_by_class_with_ages(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, list(meeting.election[0].counts), "Name and Age"), ["<b>Class I Directors:</b>"]]
        rows += [
            [f"{text(one.nominee or '')} (61){meeting.style.note}", *figures(meeting, one)] for one in meeting.election
        ]
        body += p(election_heading(meeting)) + table(rows)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@adapted(lambda meeting: replace(meeting, election=meeting.election[:1]))
def one_nominee_in_the_title(meeting: Meeting) -> str:
    body = p(opener(meeting))
    for one in meeting.election:
        body += p(f"{named(meeting, one)}Election of {one.nominee} as a Class II director") + own_table(meeting)(one)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


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


@adapted(_no_notes)
def names_in_capitals(meeting: Meeting) -> str:
    upper = replace(
        meeting, election=tuple(replace(one, nominee=(one.nominee or "").upper()) for one in meeting.election)
    )
    return each(upper, p, own_table(meeting))


@layout
def breaks_within_heads(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        heads = [one.replace(" ", "<br>") for one in head(meeting, list(ballot.counts))]
        return table([heads, figures(meeting, ballot)], meeting)

    return each(meeting, p, counts)


@adapted(_no_notes)
def nominees_in_bullets(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting))
        for one in meeting.election:
            told = "; ".join(f"{meeting.style.head(role)}: {count:,}" for role, count in one.counts.items())
            body += p(f"• {one.nominee} – {told}")
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def percentages_in_sentences(meeting: Meeting) -> str:
    def phrase(role: str, count: int) -> str:
        words = {
            "for": "votes for",
            "against": "votes against",
            "abstain": "abstentions",
            "broker_non_votes": "broker non-votes",
            "1 year": "votes for 1 year",
            "2 years": "votes for 2 years",
            "3 years": "votes for 3 years",
        }
        return f"{count:,} {words[role]} (12.34% of the votes cast)"

    return each(meeting, p, lambda one: p(f"The result was: {told(meeting, one, phrase, '; ')}."))


@layout
def none_in_words(meeting: Meeting) -> str:
    """A sentence says "no" for zero."""

    def phrase(role: str, count: int) -> str:
        words = {
            "for": "votes in favor",
            "against": "votes against",
            "abstain": "abstentions",
            "broker_non_votes": "broker non-votes",
            "1 year": "votes for every year",
            "2 years": "votes for every two years",
            "3 years": "votes for every three years",
        }
        return f"{f'{count:,}' if count else 'no'} {words[role]}"

    return each(meeting, p, lambda one: p(f"There were {told(meeting, one, phrase, ', ')}."))


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


@layout
def nominees_side_by_side(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if len(meeting.election) > 1:
        rows = [["", *(name(meeting, one) for one in meeting.election)]]
        rows += [
            [text(meeting.style.head(role)), *(grouped(meeting, one.counts[role]) for one in meeting.election)]
            for role in meeting.election[0].counts
        ]
        body += p(election_heading(meeting)) + table(rows)
    elif meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


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
