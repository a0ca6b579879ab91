"""Exempt solicitations: who asks for which votes, in every layout, and never where somebody lives."""

import re

import pytest
from hypothesis import given, settings

from tests.filings.generated_solicitations import FIELD_STYLES, FORMATS, rendered_solicitations
from tracker.domain.errors import ParseError
from tracker.filings.layout.filed import layout_of
from tracker.filings.letters.exempt_solicitation import exempt_solicitation


@settings(max_examples=300)
@given(rendered_solicitations())
def test_a_generated_solicitation_reads_back_as_it_was_written(made):
    found = exempt_solicitation(made.body)
    said = made.said
    assert found.registrant is not None
    assert found.registrant.text == said.company
    assert tuple((party.name, party.on_behalf_of) for party in found.persons) == said.persons
    assert {(item.number, item.position) for item in found.items} == {(str(n), position) for n, position in said.items}
    assert found.meeting_date == said.day


@settings(max_examples=200)
@given(rendered_solicitations())
def test_no_part_of_an_address_is_in_anything_that_was_read(made):
    told = repr(exempt_solicitation(made.body))
    for line in (line for address in made.said.addresses for line in address):
        for part in re.split(r",\s*|\s(?=[A-Z]{2} \d)", line):
            assert part not in told


def test_there_are_more_than_thirty_layouts():
    assert len(FIELD_STYLES) * len(FORMATS) > 30


def read(*lines):
    return exempt_solicitation("".join(f"<p>{line}</p>" for line in ("Notice of Exempt Solicitation", *lines)).encode())


def asked(*lines):
    return [(item.number, item.position, item.nominees) for item in read(*lines).items]


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("Vote FOR Items 4 through 6.", [("4", "for", ()), ("5", "for", ()), ("6", "for", ())]),
        ("Item 5: vote FOR, Item 6: vote AGAINST", [("5", "for", ()), ("6", "against", ())]),
        ("We will not vote FOR Item 5.", [("5", None, ())]),
        ("Vote for Item 1A of the Form 10-K", []),
        ("We voted FOR Proposal 5 last year.", []),
        ("The proposal I wrote asks for a vote FOR justice.", []),
        ("Support Proposal No. IV", [("4", "for", ())]),
        ("Abstain? No: vote ABSTAIN on Item 3.", [("3", "abstain", ())]),
        (
            "Please withhold your votes from director Mary Invented, and vote in favor of Item No. 5 at the meeting.",
            [("5", "for", ()), (None, "withhold", ("Mary Invented",))],
        ),
        (
            "We urge a vote AGAINST: vote AGAINST directors James Invented &amp; Kim Sample (Proposal One).",
            [("1", "against", ("James Invented", "Kim Sample"))],
        ),
    ],
)
def test_what_is_asked_belongs_to_the_item_it_is_asked_on(sentence, items):
    assert asked(sentence) == items


def test_a_memo_that_is_no_notice_names_company_and_sender_in_its_head():
    memo = "".join(
        f"<p>{line}</p>"
        for line in (
            "To: Shareholders", "From: Sisters of Example Hill", "12 Invented Lane, Nowhere Falls, NY 00501",
            "Company: Example Defense plc", "Re: Why to vote FOR Item 7", "Date: May 2, 2026",
            "The annual meeting is on May 20, 2026.",
        )
    )  # fmt: skip
    found = exempt_solicitation(memo.encode())
    assert (found.registrant.text, [party.name for party in found.persons]) == (
        "Example Defense plc",
        ["Sisters of Example Hill"],
    )
    assert [(item.number, item.position) for item in found.items] == [("7", "for")]
    assert str(found.meeting_date) == "2026-05-20"


def test_an_item_on_which_both_ways_are_asked_is_left_open():
    found = read("Vote FOR Item 5.", "Vote AGAINST Item 5.")
    assert [(item.number, item.position) for item in found.items] == [("5", None)]
    assert "both ways" in " ".join(found.warnings)


def test_a_vote_asked_without_a_number_belongs_to_no_item_when_several_are_named():
    assert asked("Item 5 and Item 6 are ours.", "Vote FOR this proposal.") == [(None, "for", ())]


def test_an_item_of_an_earlier_meeting_is_not_the_one_a_vote_is_asked_on():
    assert asked("In 2022, Proposal 8 received 32% support.", "Vote FOR this proposal.") == [(None, "for", ())]


def test_every_name_and_item_stands_where_it_is_said_to_stand():
    body = (
        "<p>Name of the Registrant: Example Co.</p>"
        "<p>Name of persons relying on exemption: Jane Sample; Open Example</p>"
        "<p>Vote FOR Item 5 on May 3, 2024 at the annual meeting.</p>"
    )
    text = layout_of(body.encode()).text
    found = exempt_solicitation(body.encode())
    assert text[found.registrant.start : found.registrant.end] == "Example Co."
    assert [text[party.start : party.end] for party in found.persons] == ["Jane Sample", "Open Example"]
    assert [text[item.start : item.end] for item in found.items] == ["Item 5"]
    assert text[found.meeting_place.start : found.meeting_place.end] == "May 3, 2024"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>SCHEDULE 14A</p><p>Filed by the Registrant</p><p>(Name of Registrant as Specified in its Charter)</p>",
        b"<p>FORM 8-K CURRENT REPORT</p><p>EXAMPLE</p><p>(Exact name of registrant as specified in its charter)</p>",
        b"<p>A page about something else.</p>",
        b"<p>From: The Board</p><p>Notice of 2024 Annual Meeting</p><p>Vote FOR Item 1</p>",
        b"<DOCUMENT>\n<TYPE>DEF 14A\n<TEXT>\n<p>Vote FOR Item 1</p>\n</TEXT></DOCUMENT>",
    ],
)
def test_another_document_is_refused(body):
    with pytest.raises(ParseError, match="reading an exempt solicitation"):
        exempt_solicitation(body)


@pytest.mark.parametrize(
    "piece", ["vote FOR Item 5 and ", "Name of persons relying on exemption: A, ", "( ", "Items 5, 6 and ", "A, "]
)
def test_hostile_text_comes_to_an_end(piece):
    body = f"Notice of Exempt Solicitation\nName of person relying on exemption: {piece * (300_000 // len(piece))}"
    assert exempt_solicitation(body.encode()).meeting_date is None
