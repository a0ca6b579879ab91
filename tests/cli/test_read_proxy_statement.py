"""`tracker read proxy-statement`: what people and tools are shown of a DEF 14A, and what bad input ends in."""

import gzip
import json

import pytest

STATEMENT = """<html><body><p>Schedule 14A</p>
<p>The annual meeting of shareholders of Example Corp. will be held on May 22, 2031.
The record date is April 2, 2031.</p>
<h2>Proposal 4 – Shareholder Proposal on Water</h2>
<p>Fern Advocates, on behalf of Rosamund Pell, has notified us that it intends to present the following proposal:</p>
<p>RESOLVED: Shareholders request a report on water use, including:</p>
<ul><li>its cost; and</li><li>its source.</li></ul>
<h3>Supporting Statement</h3><p>Water is scarce.</p>
<h3>Statement in Opposition</h3><p>The Board recommends a vote AGAINST this proposal. We use little water.</p>
<h2>Shareholder Proposals for the Next Annual Meeting</h2>
<p>Proposals under Rule 14a-8 must be received no later than December 1, 2031.</p></body></html>""".encode()
PROPOSAL = {
    "item": "4",
    "title": "Shareholder Proposal on Water",
    "proponents": ["Rosamund Pell"],
    "resolved": "Shareholders request a report on water use, including:\nits cost; and\nits source.",
    "supporting_statement": "Water is scarce.",
    "board_recommendation": "against",
    "board_statement": "The Board recommends a vote AGAINST this proposal. We use little water.",
}


def letters(text: str) -> str:
    return "".join(mark for mark in text if mark.isalpha())


def test_the_json_has_the_promised_shape(bare):
    done = bare("read", "proxy-statement", "-", "--json", given=STATEMENT)
    assert (done.status, done.err) == (0, "")
    [proposal] = json.loads(done.out)
    assert list(proposal) == list(PROPOSAL)
    assert letters(proposal.pop("resolved")) == letters(PROPOSAL["resolved"])
    assert proposal == {name: value for name, value in PROPOSAL.items() if name != "resolved"}


def test_a_gzipped_file_reads_as_the_file_does(bare, tmp_path):
    (tmp_path / "def14a.htm").write_bytes(STATEMENT)
    (tmp_path / "def14a.htm.gz").write_bytes(gzip.compress(STATEMENT))
    plain, packed = (bare("read", "proxy-statement", tmp_path / f"def14a.htm{end}", "--json") for end in ("", ".gz"))
    assert plain.out == packed.out


def test_people_see_the_dates_the_proposal_and_next_years_deadline(bare):
    out = bare("read", "proxy-statement", "-", given=STATEMENT).out
    for said in (
        "Meeting of 2031-05-22, record date 2031-04-02",
        "4. Shareholder Proposal on Water",
        "proponents: Rosamund Pell (represented by Fern Advocates)",
        "board: against",
        "by 2031-12-01: proposals for the company's proxy statement (Rule 14a-8)",
    ):
        assert said in out


def test_a_statement_without_shareholder_proposals_is_an_empty_list(bare):
    body = b"<html><body><p>Proxy statement. Proposal 1: Election of Directors.</p></body></html>"
    assert json.loads(bare("read", "proxy-statement", "-", "--json", given=body).out) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><p>FORM 8-K</p><p>CURRENT REPORT</p></html>", "FORM 8-K"),
        (b"%PDF-1.4 cut", "PDF"),
        (b"\x1f\x8b\x08cut", "gzip"),
        (b"", "empty"),
        (b"proxy " * 3_000_000, "MiB"),
    ],
)
def test_what_is_no_proxy_statement_is_named_and_explained(bare, tmp_path, body, said):
    (tmp_path / "filing.htm").write_bytes(body)
    done = bare("read", "proxy-statement", tmp_path / "filing.htm", "--json")
    assert done.status != 0
    assert done.out == ""
    assert "filing.htm" in done.err
    assert said in done.err
    assert "Traceback" not in done.err
