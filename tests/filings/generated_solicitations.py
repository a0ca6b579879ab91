"""Invented exempt solicitations, each rendered in one of many layouts, with what a reader must find in them."""

import html
import textwrap
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

COMPANIES = (
    "Example Widgets, Inc.",
    "EXAMPLE CLOUD CORPORATION",
    "Invented Foods Co.",
    "The Fictional Motor Company",
    "Nowhere Energy plc",
    "Example & Daughters Holdings Ltd.",
    "Sample.com, Inc.",
    "A. B. Invented N.V.",
)
HOLDERS = (
    "Sisters of Example Hill",
    "Invented Asset Management, LLC",
    "Jane Q. Sample",
    "Open Example",
    "Nowhere Teachers' Retirement System",
    "Fictional Workers General Fund",
    "As You Invent",
    "John Doe",
    "Mercy Example Services, Inc.",
    "Example Council for Corporate Responsibility",
    "The Sample Foundation",
)
ADDRESSES = (
    ("12 Invented Lane, Apt. 4B", "Nowhere Falls, NY 00501"),
    ("P.O. Box 1234", "Fictionville, CA 94704-1234"),
    ("25 Sample Avenue NW, Suite 900, Washington, DC 20001",),
    ("One Example Plaza, 4th Floor", "Boston, Massachusetts 02110"),
    ("1 Rue Inventée", "Montréal, QC H2Y 1C6"),
    ("221 Fiction Street", "London W1A 1AA"),
)
NUMBER_WORDS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
REFERENCES = (
    "Item {n}",
    "Item #{n}",
    "ITEM NO. {n}",
    "Proposal {n}",
    "PROPOSAL {n}",
    "Proposal No. {n}",
    "Proposal Number {n}",
    "Proposal {w}",
    "PROPOSAL {W}",
    "Shareholder Proposal {n}",
    "Stockholder Proposal #{n}",
    "Ballot Item {n}",
    "Resolution {n}",
)
ASKS = {
    "for": (
        "Vote FOR {item}",
        "We urge shareholders to vote FOR {item}, which asks for a report.",
        "Please vote “YES” on {item}.",
        "{item}: Please vote FOR",
        "For these reasons we recommend voting “FOR” {item}.",
        "VOTE YOUR SHARES FOR {item}",
        "Shareholders are asked to vote in favor of {item} on the Company's proxy card.",
        "Because the Company has not acted, we ask shareholders to vote FOR {item}.",
        "The Board recommends a vote against it, but we urge shareholders to vote FOR {item}.",
        "Vote Yes: {item} - Report on Invented Things",
        "Memo in support of {item}",
        'Vote "FOR" on {item} today',
    ),
    "against": (
        "Vote AGAINST {item}",
        "We ask our fellow shareholders to vote “AGAINST” {item}.",
        "Please vote NO on {item}.",
        "{item}: vote AGAINST",
    ),
    "withhold": (
        "WITHHOLD your votes from director nominee Mary Invented under {item}.",
        "Please withhold votes from Mary Invented ({item}).",
    ),
}
DAYS = (
    "The annual meeting of shareholders will be held on {mdy}.",
    "Annual Meeting: {mdy}",
    "Annual meeting date: {us}",
    "The Company's annual meeting takes place on {weekday}, {mdy} at 10:00 a.m.",
    "Special Meeting of Stockholders, {dmy}",
    "Date of annual meeting: {MDY}",
    "at the {year} annual meeting on {md}.",
)
DECOYS = (
    "The Board recommends that you vote AGAINST {item}.",
    "Last year, 41% of votes were cast for a similar proposal.",
    "In its Annual Report on Form 10-K, Item 1A, the Company names risks.",
    "Item 402 of Regulation S-K asks for tables.",
    "At the 2011 annual meeting, held on May 5, 2011, a majority voted for the predecessor of this proposal.",
    "Although the Board recommends voting against {item}, we see no reason for that.",
    "Because the Company has refused to answer, we urge shareholders to read on.",
    "Date: March 1, 2031",
    "Investors increasingly support proposals of this kind, and support for them grows.",
    "{company} recommends voting AGAINST {item}.",
    "Proxy advisers ISS and Glass Lewis recommend a vote for every nominee under Item 1.",
    "Management opposes {item} without giving a reason.",
    "The record date was March 3, 2031.",
    "This is not a solicitation of authority to vote your proxy. Please DO NOT send us your proxy card.",
)
LABELS = (
    ("Name of the Registrant", "Name of persons relying on exemption", "Address of persons relying on exemption"),
    ("NAME OF REGISTRANT", "NAME OF PERSON RELYING ON EXEMPTION", "ADDRESS OF PERSON RELYING ON EXEMPTION"),
    (
        "Name of Registrant as Specified in its Charter",
        "Name of Person(s) Relying on Exemption",
        "Address of Person(s) Relying on Exemption",
    ),
    (
        "Name of the Issuer",
        "Names of persons relying upon the exemption",
        "Addresses of persons relying upon the exemption",
    ),
)
# Two items in one sentence.
JOINT = {
    "Item {n}": "Items {a} and {b}",
    "Item #{n}": "Items #{a} and #{b}",
    "ITEM NO. {n}": "ITEM NOS. {a} AND {b}",
    "Proposal {n}": "Proposals {a} and {b}",
    "Proposal No. {n}": "Proposals No. {a} and No. {b}",
    "Proposal {w}": "Proposals {wa} and {wb}",
    "Shareholder Proposal {n}": "Shareholder Proposals {a} & {b}",
}
# The item is named once, the vote asked for elsewhere.
# Opposite votes in one sentence.
OPPOSITE = "We urge you to vote FOR {a} and AGAINST {b}."
APART = {
    "for": ("We urge you to vote FOR this proposal.", "Please vote “FOR” the shareholder proposal.", "Vote YES"),
    "against": ("We urge you to vote AGAINST this proposal.", "Vote AGAINST the resolution"),
}
FIELD_STYLES = ("colon", "numbered", "bracketed", "own line", "caption", "cells", "one paragraph", "interleaved")
FORMATS = ("paragraphs", "breaks", "divs", "table", "text", "preformatted", "submission")


@dataclass(frozen=True)
class Solicitation:
    """What is said, before it is laid out."""

    company: str
    persons: tuple[tuple[str, tuple[str, ...]], ...]
    addresses: tuple[tuple[str, ...], ...]
    items: tuple[tuple[int, str], ...]
    day: date


@dataclass(frozen=True)
class Rendered:
    """A solicitation as bytes, and which layout that is."""

    said: Solicitation
    layout: tuple[str, str]
    body: bytes


@st.composite
def solicitations(draw):
    holders = draw(st.lists(st.sampled_from(HOLDERS), min_size=1, max_size=3, unique=True))
    behalf = draw(st.booleans())
    persons = (
        ((holders[0], tuple(holders[1:2])),) if behalf and len(holders) > 1 else tuple((name, ()) for name in holders)
    )
    numbers = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
    items = tuple((number, draw(st.sampled_from(["for", "for", "against", "withhold"]))) for number in sorted(numbers))
    return Solicitation(
        draw(st.sampled_from(COMPANIES)),
        persons,
        tuple(draw(st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=2, unique=True))),
        items,
        draw(st.dates(date(2012, 1, 1), date(2030, 12, 31))),
    )


@st.composite
def rendered_solicitations(draw):
    said = draw(solicitations())
    style, form = draw(st.sampled_from(FIELD_STYLES)), draw(st.sampled_from(FORMATS))
    labels = draw(st.sampled_from(LABELS))
    lines = [
        "UNITED STATES SECURITIES AND EXCHANGE COMMISSION",
        "Washington, D.C. 20549",
        "NOTICE OF EXEMPT SOLICITATION",
    ]
    fields = [[said.company], _person_lines(said, draw), [line for address in said.addresses for line in address]]
    if style == "interleaved":  # each person's address stands below its name
        address = [line for address in said.addresses for line in address]
        fields = [fields[0], [line for name in fields[1] for line in (name, *address)], ["as above"]]
    body = _fields(labels, fields, style)
    rest = ["Written materials are submitted pursuant to Rule 14a-6(g)(1)."]
    reference = draw(st.sampled_from(REFERENCES))
    rest += _asks(said, reference, draw)
    rest.append(_day(draw(st.sampled_from(DAYS)), said.day))
    width = draw(st.sampled_from([60, 72, 80, 100]))
    return Rendered(said, (style, form), _document(lines, body, rest, form, width))


def _asks(said, reference, draw):
    decoys = st.lists(st.sampled_from(DECOYS), max_size=3)
    if len(said.items) == 1 and said.items[0][1] in APART and draw(st.booleans()):
        [(number, position)] = said.items
        item = _reference(reference, number)
        ask = draw(st.sampled_from(APART[position]))
        return [f"Re: {item}", *(decoy.format(item=item, company=said.company) for decoy in draw(decoys)), ask]
    lines = []
    left = list(said.items)
    while left:
        number, position = left.pop(0)
        item = _reference(reference, number)
        if left and left[0][1] == position and reference in JOINT and draw(st.booleans()):
            other = left.pop(0)[0]
            item = JOINT[reference].format(a=number, b=other, wa=NUMBER_WORDS[number], wb=NUMBER_WORDS[other])
        if left and (position, left[0][1]) == ("for", "against") and draw(st.booleans()):
            lines.append(OPPOSITE.format(a=item, b=_reference(reference, left.pop(0)[0])))
        else:
            lines.append(draw(st.sampled_from(ASKS[position])).format(item=item))
        lines += [decoy.format(item=item, company=said.company) for decoy in draw(decoys)]
    return lines


def _person_lines(said, draw):
    names = [f"{name} on behalf of {' and '.join(others)}" if others else name for name, others in said.persons]
    return [draw(st.sampled_from(["; ", "; and "])).join(names)] if draw(st.booleans()) else names


def _reference(pattern, number):
    return pattern.format(n=number, w=NUMBER_WORDS[number], W=NUMBER_WORDS[number].upper())


def _day(pattern, day):
    mdy = f"{day:%B} {day.day}, {day.year}"
    return pattern.format(
        mdy=mdy,
        MDY=mdy.upper(),
        us=f"{day.month}/{day.day}/{day.year}",
        dmy=f"{day.day} {day:%B} {day.year}",
        weekday=f"{day:%A}",
        year=day.year,
        md=f"{day:%B} {day.day}",
    )


def _fields(labels, values, style):
    """The fields as groups of lines; a line of several cells is a tuple."""
    groups = []
    for number, (label, lines) in enumerate(zip(labels, values, strict=True), start=1):
        if style == "caption":
            groups.append([*lines, "_" * 40, f"({label})"])
        elif style == "cells":
            groups.append([(f"{label}:", lines[0]), *(("", line) for line in lines[1:])])
        elif style == "own line":
            groups.append([f"{label}:", *lines])
        else:
            lead = {"numbered": f"{number}. ", "bracketed": f"({number}) "}.get(style, "")
            groups.append([f"{lead}{label}: {lines[0]}", *lines[1:]])
    if style == "one paragraph":
        return [[" ".join("; ".join(group) if number == 1 else " ".join(group) for number, group in enumerate(groups))]]
    return groups


def _document(heads, groups, rest, form, width):
    if form in {"text", "submission", "preformatted"}:
        groups = [[piece for line in group for piece in _wrapped(line, width)] for group in groups]
        paragraphs = [["    " + line] for line in heads] + groups + [textwrap.wrap(line, width) for line in rest]
        text = "\n\n".join("\n".join(_text_line(line) for line in group) for group in paragraphs)
        if form == "preformatted":
            return f"<html><body><pre>\n{html.escape(text, quote=False)}\n</pre></body></html>".encode()
        if form == "submission":
            head = "<SEC-DOCUMENT>x.txt\n<SEC-HEADER>\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>PX14A6G\n"
            return f"{head}<SEQUENCE>1\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n".encode()
        return text.encode()
    return (
        f"<html><head><title>x</title></head><body>{''.join(_html(heads, groups, rest, form))}</body></html>".encode()
    )


def _wrapped(line, width):
    return [line] if isinstance(line, tuple) else textwrap.wrap(line, width, subsequent_indent="    ")


def _text_line(line):
    return f"{line[0]:<50}  {line[1]}" if isinstance(line, tuple) else line


def _html(heads, groups, rest, form):
    block = {
        "paragraphs": "<p>{}</p>",
        "breaks": "<p style='margin:0'>{}</p>",
        "divs": "<div><span>{}</span></div>",
        "table": "<p>{}</p>",
    }[form]
    for line in heads:
        yield f"<p align='center'><b>{html.escape(line)}</b></p>"
    for group in groups:
        if form == "table" or any(isinstance(line, tuple) for line in group):
            cells = [line if isinstance(line, tuple) else (line,) for line in group]
            yield (
                "<table>"
                + "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
                + "</table>"
            )
        elif form == "breaks":
            yield block.format("<br>\n".join(html.escape(line) for line in group))
        else:
            yield from (block.format(html.escape(line)) for line in group)
    for line in rest:
        yield block.format(html.escape(line))
