"""Layouts of elections: nominees numbered, by class, in bullets, in rows of other matters, side by side."""

from dataclasses import replace

from tests.filings.adapted import adapted, no_notes
from tests.filings.ballots import Meeting, grouped, named, opener
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


@adapted(no_notes)
def names_in_capitals(meeting: Meeting) -> str:
    upper = replace(
        meeting, election=tuple(replace(one, nominee=(one.nominee or "").upper()) for one in meeting.election)
    )
    return each(upper, p, own_table(meeting))


@adapted(no_notes)
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
