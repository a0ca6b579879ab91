"""Proxy statements of other layouts than the generator's, real ones, damaged ones, and none."""

import gzip
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.filings.proxy_passage import Passage, page
from tests.filings.proxy_passage_sets import ALL_PASSAGES
from tracker.domain.errors import InputError, ParseError
from tracker.filings.layout.filed import layout_of
from tracker.filings.proxy_statement.lines import lines_of
from tracker.filings.proxy_statement.paragraphs import paragraphs_of
from tracker.filings.proxy_statement.statement import ProxyStatement, read_proxy_statement

HEAD = ("Notice of the Annual Meeting of Shareholders", "It will be held on May 14, 2024. You may vote by proxy.")
PROPOSAL = (
    "#Proposal 4 – Shareholder Proposal on Water",
    "Rosamund Pell, 7 Fen Lane, Yarrow, OH 44101, has notified us that she intends to present the following proposal:",
    "RESOLVED: Shareholders request a report on water use.",
    "#Supporting Statement",
    "Water is scarce.",
    "#Statement in Opposition",
    "The Board recommends a vote AGAINST this proposal. We use little water.",
)


def read(*blocks: str) -> ProxyStatement:
    return read_proxy_statement(page(*HEAD, *blocks).encode())


def letters(text: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(text).lower())


# --- passages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("passage", ALL_PASSAGES, ids=lambda passage: passage.name)
def test_a_passage_in_the_manner_of_another_company_is_read(passage: Passage) -> None:
    read = read_proxy_statement(passage.body.encode())
    assert [one.item for one in read.proposals] == [wanted["item"] for wanted in passage.found]
    for proposal, wanted in zip(read.proposals, passage.found, strict=True):
        assert letters(proposal.title) == letters(wanted.get("title", proposal.title))
        assert proposal.proponents == wanted.get("proponents", proposal.proponents)
        assert proposal.representative == wanted.get("representative", proposal.representative)
        assert letters(proposal.resolved).startswith(letters(wanted["starts"]))
        assert letters(proposal.resolved).endswith(letters(wanted["ends"]))
        assert proposal.board_recommendation == wanted["recommendation"]
        assert letters(proposal.board_statement).startswith(letters(wanted["board"]))


# --- places -----------------------------------------------------------------------------------------------------------


def test_every_place_holds_what_was_read_there() -> None:
    body = page(*HEAD, *PROPOSAL).encode()
    text = layout_of(body).text
    statement = read_proxy_statement(body)
    [proposal] = statement.proposals
    places = {name: text[place.start : place.end] for name, place in proposal.places.items()}
    assert places["item"] == "4"
    assert places["title"] == proposal.title == "Shareholder Proposal on Water"
    assert places["proponents"].startswith("Rosamund Pell")
    assert places["resolved"] == proposal.resolved == "Shareholders request a report on water use."
    assert places["supporting_statement"] == proposal.supporting_statement == "Water is scarce."
    assert places["board_statement"] == proposal.board_statement == places["board_recommendation"]
    meeting = statement.places["meeting_date"]
    assert text[meeting.start : meeting.end] == "May 14, 2024"


def test_a_place_is_right_within_a_line_that_was_wrapped_and_divided() -> None:
    body = (
        b"At the annual meeting by proxy or in person all share-\n"
        b"holders may vote, and others,   so it is   said, may speak.\n"
    )
    [paragraph] = paragraphs_of(lines_of(layout_of(b"shareholders\n\n" + body)))[1:]
    assert paragraph.text == (
        "At the annual meeting by proxy or in person all shareholders may vote, and others, so it is said, may speak."
    )
    at = paragraph.text.index("said")
    place = paragraph.place(at, at + 4)
    assert layout_of(b"shareholders\n\n" + body).text[place.start : place.end] == "said"


def test_a_proponent_who_is_named_by_the_number_of_the_item_is_found_with_the_place() -> None:
    blocks = (
        *HEAD,
        *PROPOSAL[:1],
        *PROPOSAL[2:],
        "Proposal 4 was submitted by the Larkspur Sisters, 3 Hill St., Marlow, VT.",
    )
    body = page(*blocks).encode()
    [proposal] = read_proxy_statement(body).proposals
    place = proposal.places["proponents"]
    assert proposal.proponents == ("Larkspur Sisters",)
    assert layout_of(body).text[place.start : place.end].startswith("the Larkspur Sisters")


def test_an_address_is_in_no_field_but_its_place() -> None:
    [proposal] = read(*PROPOSAL).proposals
    told = [proposal.title, *(proposal.proponents or ()), proposal.representative or "", proposal.supporting_statement]
    assert not any("Fen Lane" in text for text in told)


# --- what is said and what is not -------------------------------------------------------------------------------------


def test_a_withdrawn_proposal_is_noted_and_left_out() -> None:
    statement = read(
        "#Proposal 5 – Shareholder Proposal on Packaging",
        "Otis Fairweather had notified us that he intended to present a proposal. He has since withdrawn the proposal.",
        *PROPOSAL,
    )
    assert [one.item for one in statement.proposals] == ["4"]
    assert statement.warnings == ("proposal 5: its proponent withdrew it",)


def test_a_proposal_that_is_announced_and_not_found_is_said() -> None:
    statement = read("#Proposal 6 – Shareholder Proposal on Wages", "Its text is printed in an annex.", *PROPOSAL)
    assert [one.item for one in statement.proposals] == ["4"]
    assert statement.warnings == ("proposal 6: it is called a shareholder's, but its text was not found",)


def test_a_recommendation_that_is_not_there_is_none_and_a_warning() -> None:
    statement = read(*PROPOSAL[:5])
    [proposal] = statement.proposals
    assert (proposal.board_recommendation, proposal.board_statement) == ("none", "")
    assert statement.warnings == ("proposal 4: it is not said what the board recommends",)


def test_two_meeting_days_that_are_said_as_often_are_neither() -> None:
    statement = read_proxy_statement(
        page("The meeting will be held on May 1, 2024 by proxy.", "The meeting will be held on May 2, 2024.").encode()
    )
    assert statement.meeting_date is None


def test_deadlines_are_told_apart_by_their_rule() -> None:
    statement = read(
        "#Shareholder Proposals for the Next Annual Meeting",
        "Proposals under Rule 14a-8 must be received no later than December 2, 2024.",
        "Under our by-laws, other business must be notified not earlier than January 14, 2025 and not"
        " later than February "
        "13, 2025. If the meeting is held more than 30 days before or after May 14, 2025, other days apply.",
        "Shareholders who solicit for their own nominees must give the notice of Rule 14a-19 by March 15, 2025.",
        "Nominees to be included in our proxy statement under proxy access are due by December 2, 2024.",
    )
    assert [(one.kind, str(one.opens), str(one.closes)) for one in statement.next_year] == [
        ("14a-8", "None", "2024-12-02"),
        ("advance_notice", "2025-01-14", "2025-02-13"),
        ("14a-19", "None", "2025-03-15"),
        ("proxy_access", "None", "2024-12-02"),
    ]


def test_a_page_that_does_not_end_is_said_to_be_cut_off() -> None:
    whole = page(*HEAD, *PROPOSAL).encode()
    assert read_proxy_statement(whole).warnings == ()
    [warning] = read_proxy_statement(whole[: whole.index(b"Supporting")]).warnings[-1:]
    assert "cut off" in warning or "recommends" in warning


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        (b"", ParseError, "empty"),
        (b"<html><body><p>FORM 8-K</p><p>CURRENT REPORT</p></body></html>", ParseError, "FORM 8-K"),
        (b"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\nAn annual report.\n</TEXT>\n</DOCUMENT>", ParseError, "Form 10-K"),
        (b"<html><body><p>A page about cats.</p></body></html>", ParseError, "A page about cats"),
        (b"%PDF-1.4\n%%EOF", ParseError, "PDF"),
        (bytes(range(256)) * 40, ParseError, "neither HTML nor text nor PDF"),
        (b"proxy " * 3_000_000, InputError, "MiB"),
        (b"proxy\n" * 400_000, InputError, "lines"),
    ],
)
def test_what_is_no_proxy_statement_is_a_clear_error(body: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=r"^reading") as raised:
        read_proxy_statement(body)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>proxy" + b"<div>" * 20_000 + b"x",
        b"proxy submitted by the proposal intends to present " * 20_000,
        b"<p>By proxy. The proposal was submitted by " + b"A, " * 50_000 + b".</p>",
        b"<p>proxy</p><p>Proposal 4 " + b"(" * 50_000 + b"</p>",
        b"<p>proxy</p>" + b"<p>RESOLVED: shareholders request that the Board report.</p>" * 10_000,
        b"Proposal 4\nproxy\n" * 20_000,
        b"<p>proxy</p>" + b"<p><b>4. A title</b></p><p>Ann Bee, 4 Oak, holder of 3 shares.</p>" * 4_000,
        b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><html><p>proxy &a;&c;</p></html>',
    ],
)
@pytest.mark.timeout(60)
def test_a_hostile_document_has_no_proposals_and_takes_no_long_time(body: bytes) -> None:
    assert read_proxy_statement(body).proposals == ()


# --- real statements --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_def14a", shared / "edgar" / "score_def14a.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(statement: ProxyStatement) -> list[dict[str, Any]]:
    return [
        {
            "item": one.item,
            "title": one.title,
            "proponents": one.proponents,
            "resolved": one.resolved,
            "board_recommendation": one.board_recommendation,
            "board_statement": one.board_statement,
        }
        for one in statement.proposals
    ]


def as_html(body: bytes) -> bytes:
    """A text print as a filing agent's HTML: its paragraphs, short ones that end with no full stop bold."""
    out, number = [], 0
    for one in paragraphs_of(lines_of(layout_of(body))):
        if one.page != number:
            out.append('<hr style="page-break-after:always"/>')
            number = one.page
        bold = ' style="font-weight:700"' if len(one.text) < 120 and one.text[-1] not in ".;," else ""
        out.append(f'<div style="margin-top:6pt"><span{bold}>{one.text.replace("<", "&lt;")}</span></div>')
    return f"<html><body>{''.join(out)}</body></html>".encode()


@pytest.mark.shared
@pytest.mark.timeout(240)
# As HTML every third one is read here, for the sake of time; docs/accuracy.md tells of all thirty.
@pytest.mark.parametrize(("road", "step"), [("text", 1), ("html", 3)])
def test_every_labelled_proposal_of_real_statements_is_read(
    shared: Path, scorer: ModuleType, road: str, step: int
) -> None:
    folder = shared / "edgar" / "def14a"
    truth = dict(list(scorer.load_truth(folder / "truth.json").items())[::step])
    scores = {}
    for name, entry in truth.items():
        body = gzip.decompress((folder / name).read_bytes())
        statement = read_proxy_statement(as_html(body) if road == "html" else body)
        assert str(statement.meeting_date) in {"None", entry["meeting_date"]}
        scores[name] = scorer.score_document(entry, answers(statement))
    total = scorer.total(scores)
    assert {name: score["errors"] for name, score in scores.items() if score["errors"]} == {}
    assert (total["documents_complete"], total["found"], total["answered"]) == (
        len(truth),
        total["labelled"],
        total["labelled"],
    )


@pytest.mark.shared
def test_a_real_statement_as_filed_is_read(shared: Path) -> None:
    name = "apple-inc_def14a_2025.htm.gz"
    truth = json.loads((shared / "edgar" / "truth.json").read_text(encoding="utf-8"))["truth"][name]
    statement = read_proxy_statement(gzip.decompress((shared / "edgar" / name).read_bytes()))
    assert str(statement.meeting_date) == truth["meeting_date"]
    assert len(statement.proposals) == len(truth["shareholder_proposals"])
    for one, wanted in zip(statement.proposals, truth["shareholder_proposals"], strict=True):
        assert (one.item, one.title, one.proponents) == (wanted["number"], wanted["title"], (wanted["proponent"],))
        assert one.representative == wanted["represented_by"]
        assert one.board_recommendation == wanted["board_recommendation"].lower()
        assert letters(one.resolved).startswith(letters(wanted["resolved_starts"]))
        assert letters(one.resolved).endswith(letters(wanted["resolved_ends"]))


def test_a_day_after_the_record_date_is_not_of_record() -> None:
    body = (
        b"<html><body><p>SCHEDULE 14A</p><p>The annual meeting will be held on 13 May 2031. Shareholders of record on "
        b"20 March 2031 may vote. This proxy statement is released on 3 April 2031.</p></body></html>"
    )
    statement = read_proxy_statement(body)
    assert (str(statement.meeting_date), str(statement.record_date)) == ("2031-05-13", "2031-03-20")
