"""Layouts that differ in how a matter is headed, and in the HTML round it."""

from tests.filings.ballots import Ballot, Meeting, named, opener, spelled
from tests.filings.printed import (
    document,
    each,
    election,
    election_heading,
    figures,
    head,
    layout,
    own_table,
    p,
    table,
    text,
)


@layout
def word_export(meeting: Meeting) -> str:
    def cell(words: str) -> str:
        return (
            f"<td width=96 valign=top style='width:1.0in;padding:0in 5.4pt'><p class=MsoNormal align=right><span "
            f"style='font-size:10.0pt'>{words}<o:p></o:p></span></p></td>"
        )

    def counts(ballot: Ballot) -> str:
        rows = [head(meeting, list(ballot.counts)), figures(meeting, ballot)]
        cells = "".join(f"<tr style='mso-yfti-irow:0'>{''.join(map(cell, row))}</tr>" for row in rows)
        return f"<table class=MsoNormalTable border=0>{cells}</table><p class=MsoNormal><o:p>&nbsp;</o:p></p>"

    return each(meeting, lambda words: f"<p class=MsoNormal><b><u>{text(words)}</u></b></p>", counts)


@layout
def inline_xbrl(meeting: Meeting) -> str:
    hidden = (
        "<div style='display:none'><ix:header><ix:hidden><ix:nonNumeric>99,999,999 votes "
        "for</ix:nonNumeric></ix:hidden></ix:header></div>"
    )
    body = each(meeting, p, own_table(meeting))
    return body.replace("<body>", f"<body>{hidden}").replace(
        "FORM 8-K", "<ix:nonNumeric name='dei:DocumentType'>FORM 8-K</ix:nonNumeric>"
    )


@layout
def styles_by_class(meeting: Meeting) -> str:
    sheet = "<style>.b1 {font-weight: bold; text-align:center} .x9{display:none}</style>"
    body = each(
        meeting,
        lambda words: f"<div class='b1'>{text(words)}</div><div class='x9'>For 999,999</div>",
        own_table(meeting),
    )
    return body.replace("<head>", f"<head>{sheet}")


@layout
def title_on_the_next_line(meeting: Meeting) -> str:
    def heading(words: str) -> str:
        for ballot in meeting.ballots:
            if words == named(meeting, ballot) + ballot.title:
                return p(named(meeting, ballot).strip(), bold=True) + p(ballot.title, bold=True)
        return p(words)

    return each(meeting, heading, own_table(meeting))


@layout
def unnumbered_headings(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p("Election of Directors", bold=True) + election(meeting)
    for one in meeting.others:
        body += p(one.title, bold=True) + own_table(meeting)(one)
    return document(body)


def _sentence(meeting: Meeting, one: Ballot) -> str:
    doing = {
        "auditor": "ratified the appointment of Alder & Moss LLP as independent registered public accounting firm",
        "say_on_pay": "approved, on an advisory basis, the compensation of the Company’s named executive officers",
        "say_on_frequency": "voted on the frequency of future advisory votes on executive compensation",
    }
    if one.kind == "shareholder_proposal":
        return f"The {meeting.holder}s did not approve the {one.title[0].lower()}{one.title[1:]}"
    return f"The {meeting.holder}s {doing.get(one.kind, 'approved the matter: ' + one.title)}"


@layout
def sentences_for_headings(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        body += p(
            f"1. The {meeting.holder}s elected the following persons as directors, each for a term of one year:"
        ) + election(meeting)
    for one in meeting.others:
        body += p(f"{one.number}. {_sentence(meeting, one)} by the following vote:") + own_table(meeting)(one)
    return document(body)


@layout
def titles_in_the_opening_list(meeting: Meeting) -> str:
    """Rows say only "Proposal No. 2"; what that is stands in the opening list."""
    listed = "".join(
        p(f"Proposal No. {one.number}: {one.title}") for one in ({b.number: b for b in meeting.ballots}).values()
    )
    body = p(opener(meeting)) + listed + p("The results of the voting were as follows:")
    if meeting.election:
        body += p("Proposal No. 1", bold=True) + election(meeting)
    for one in meeting.others:
        body += p(f"Proposal No. {one.number}", bold=True) + own_table(meeting)(one)
    return document(body)


@layout
def roman_opening_list(meeting: Meeting) -> str:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    entries = list({b.number: b for b in meeting.ballots}.values())
    listed = ", ".join(f"({roman[int(one.number) - 1]}) the {one.title[0].lower()}{one.title[1:]}" for one in entries)
    body = p(
        f"The annual meeting of the {meeting.holder}s was held on {spelled(meeting.day)}. Matters voted on included "
        f"{listed}."
    )
    for one in entries:
        words = f"With respect to {'the election of directors' if one.nominee else 'this matter'}:"
        body += table([[f"({roman[int(one.number) - 1]})", words if one.nominee else "Results:"]])
        body += election(meeting) if one.nominee else own_table(meeting)(one)
    return document(body)


@layout
def spaces_for_columns(meeting: Meeting) -> str:
    """No table at all: non-breaking spaces hold the figures apart."""
    gap = "&nbsp;" * 8

    def counts(ballot: Ballot) -> str:
        return f"<p>{gap.join(head(meeting, list(ballot.counts)))}</p><p>{gap.join(figures(meeting, ballot))}</p>"

    return each(meeting, p, counts)


@layout
def full_submission(meeting: Meeting) -> str:
    main = each(meeting, p, own_table(meeting))
    exhibit = "<html><body><p>For 1,111,111 Against 2,222,222</p></body></html>"
    return (
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: 8-K\n</SEC-HEADER>\n"
        f"<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\n{main}\n</TEXT>\n</DOCUMENT>\n"
        f"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<TEXT>\n{exhibit}\n</TEXT>\n</DOCUMENT>\n"
    )


@layout
def footnotes_below(meeting: Meeting) -> str:
    def counts(ballot: Ballot) -> str:
        cells = [f"{one}<sup>({place})</sup>" for place, one in enumerate(figures(meeting, ballot), 1)]
        return table([head(meeting, list(ballot.counts)), cells]) + p("(1) Includes shares voted by proxy.")

    return each(meeting, p, counts)


@layout
def section_headings_for_holders(meeting: Meeting) -> str:
    """Shareholders' own proposals stand under a heading of their own and are not named so again."""
    body = p(opener(meeting))
    if meeting.election:
        body += p(election_heading(meeting)) + election(meeting)
    own = False
    for one in meeting.others:
        if one.kind == "shareholder_proposal" and not own:
            own = True
            body += p(f"{meeting.holder.capitalize()} Proposals", bold=True)
        body += p(
            named(meeting, one) + one.title.partition(" regarding ")[2] if own else named(meeting, one) + one.title
        ) + own_table(meeting)(one)
    return document(body)
