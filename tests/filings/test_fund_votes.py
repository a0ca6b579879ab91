"""The vote table of a Form N-PX: every value as filed, in bounded memory, and nothing from a hostile file."""

import base64
import gzip
import tracemalloc
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filings.generated_fund_votes import (
    COVER,
    ENCODINGS,
    ENVELOPES,
    HOW,
    TABLE,
    YEARS,
    Vote,
    cover_of,
    file_of,
    filings,
    table_of,
)
from tracker.domain.errors import InputError, ParseError
from tracker.domain.vocab import Recommendation
from tracker.filings.fund_votes.cover import cover_of as read_cover
from tracker.filings.fund_votes.votes import fund_votes
from tracker.filings.fund_votes.xml_parts import unpacked

ONE = Vote(
    issuer="Example Corp.",
    cusip="ZZ0000005",
    isin="LU0000000009",
    day=date(2024, 5, 16),
    description="Report on lobbying",
    categories=("OTHER",),
    source="SECURITY HOLDER",
    records=(("FOR", Decimal(10), "AGAINST"),),
    on_loan=Decimal(3),
    series=("S000000001",),
    managers=("1",),
)


def read(body, size=2**18):
    return list(fund_votes(unpacked(body[place : place + size] for place in range(0, len(body), size))))


def one(**changed):
    [vote] = read(file_of([replace(ONE, **changed)]))
    return vote


@settings(max_examples=200)
@given(filings(), st.sampled_from([1, 7, 100, 2**18]))
def test_a_generated_filing_reads_back_as_it_was_written(made, size):
    rows, body = made
    found = read(body, size)
    assert len(found) == len(rows)
    for number, (vote, said) in enumerate(zip(found, rows, strict=True), start=1):
        assert vote.place == f"/proxyVoteTable/proxyTable[{number}]"
        assert (vote.issuer, vote.cusip, vote.isin, vote.meeting_date) == (said.issuer, said.cusip, said.isin, said.day)
        assert (vote.description, vote.categories) == (said.description, said.categories)
        assert vote.proposed_by == said.source.lower().replace(" ", "_")
        assert [(record.how_voted, record.shares, record.management_as_filed) for record in vote.records] == list(
            said.records
        )
        for record in vote.records:
            assert (record.decision.value if record.decision else None) == HOW.get(record.how_voted)
            assert record.years == YEARS.get(record.how_voted)
        assert (vote.shares_voted, vote.shares_on_loan) == (sum(shares for _, shares, _ in said.records), said.on_loan)
        assert (vote.series, vote.managers) == (said.series, said.managers)


def test_there_are_more_than_thirty_ways_to_write_a_filing():
    prefixes, spaces, packed = 4, 3, 2
    assert prefixes * spaces * packed * (len(ENVELOPES) - 1 + len(ENCODINGS)) > 30


def test_votes_for_and_against_one_matter_stay_apart_with_their_shares():
    vote = one(records=(("FOR", Decimal(7), "FOR"), ("AGAINST", Decimal(3), "AGAINST")), source="ISSUER")
    assert [(record.decision.value, record.shares, record.with_management) for record in vote.records] == [
        ("for", 7, True),
        ("against", 3, False),
    ]
    assert vote.management_advised is Recommendation.FOR


def test_a_vote_for_a_shareholder_proposal_filed_as_against_was_against_management():
    vote = one()
    assert [record.with_management for record in vote.records] == [False]
    assert vote.management_advised is Recommendation.AGAINST


@pytest.mark.parametrize(
    ("source", "records"),
    [
        ("ISSUER", (("AGAINST", Decimal(1), "FOR"),)),
        ("SECURITY HOLDER", (("FOR", Decimal(1), "FOR"), ("AGAINST", Decimal(1), "FOR"))),
        ("ISSUER", (("WITHHOLD", Decimal(1), "FOR"), ("WITHHOLD", Decimal(1), "AGAINST"))),
    ],
)
def test_what_cannot_be_so_is_left_open_with_a_warning(source, records):
    vote = one(source=source, records=records)
    assert {record.with_management for record in vote.records} == {None}
    assert vote.management_advised is None
    assert "left open" in vote.warnings[0]
    assert [record.management_as_filed for record in vote.records] == [flag for _, _, flag in records]


def test_shares_that_do_not_add_up_are_said():
    body = file_of([ONE]).replace(b"<inf:sharesVoted>10<", b"<inf:sharesVoted>1000<", 1)
    [vote] = read(body)
    assert "add up to 10 shares" in vote.warnings[0]


@pytest.mark.parametrize("wrong", ["1,000", "-5", "ten", "1e9", "9" * 16, "0x10"])
def test_what_is_no_count_is_no_count(wrong):
    [vote] = read(file_of([ONE]).replace(b"<inf:sharesOnLoan>3<", f"<inf:sharesOnLoan>{wrong}<".encode()))
    assert vote.shares_on_loan is None
    assert "is no count" in vote.warnings[0]


def test_an_absurd_count_is_kept_and_said():
    vote = one(on_loan=Decimal(10) ** 12)
    assert vote.shares_on_loan == 10**12
    assert "decimal error" in vote.warnings[0]


@pytest.mark.parametrize("wrong", ["16/05/2024", "05/16/24", "May 16, 2024", "02/30/2024"])
def test_a_day_that_is_none_is_null(wrong):
    [vote] = read(file_of([ONE]).replace(b"05/16/2024", wrong.encode()))
    assert vote.meeting_date is None
    assert "day of the meeting" in vote.warnings[0]


@pytest.mark.parametrize("placeholder", ["N/A", "000000000", "NONE", "-", ""])
def test_a_placeholder_is_no_identifier_and_no_warning(placeholder):
    vote = one(cusip=placeholder)
    assert (vote.cusip, vote.warnings) == (None, ())


def test_an_identifier_with_a_wrong_check_digit_names_nothing():
    vote = one(cusip="ZZ0000006", isin="LU0000000001")
    assert (vote.cusip, vote.isin, len(vote.warnings)) == (None, None, 2)


def test_a_submission_names_filer_series_and_managers_and_nobodys_address():
    [vote] = read(file_of([ONE], envelope="submission"))
    assert (vote.cover.filer, vote.cover.cik, vote.cover.period) == ("Invented Trust", 7, date(2024, 6, 30))
    assert vote.cover.series["S000000001"] == "Fund S000000001"
    assert vote.cover.managers == {"1": "Example Management"}
    assert not any(part in repr(vote) for part in ("Invented Lane", "Nowhere Falls", "555-010"))


def test_votes_of_a_filing_with_one_series_are_that_series_votes():
    cover = read_cover([cover_of(series=("S000000009",)).encode()])
    [vote] = fund_votes([file_of([replace(ONE, series=())])], cover)
    assert vote.series == ("S000000009",)


def test_a_table_enclosed_in_its_primary_document_is_read():
    enclosed = base64.encodebytes(file_of([ONE])).decode()
    document = (
        "<documents><com:document><com:conformedDocumentType>PROXY VOTING RECORD</com:conformedDocumentType>"
        f"<com:contents>{enclosed}</com:contents></com:document></documents></edgarSubmission>"
    )
    [vote] = read(cover_of().replace("</edgarSubmission>", document).encode())
    assert (vote.issuer, vote.cover.filer) == ("Example Corp.", "Invented Trust")


def test_a_primary_document_alone_has_no_votes():
    assert read(cover_of().encode()) == []


def test_a_table_with_another_namespace_is_another_document():
    with pytest.raises(ParseError, match="begins with <proxyVoteTable>"):
        read(file_of([ONE]).replace(TABLE.encode(), b"http://example.org/other"))


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("envelope", ["plain", "submission"])
def test_a_file_that_ends_too_early_is_an_error_after_the_whole_rows(cut, envelope):
    body = file_of([ONE] * 5, envelope=envelope)
    votes = fund_votes(unpacked([body[: int(len(body) * cut)]]))
    with pytest.raises(ParseError, match=r"too early|ends within"):
        list(votes)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b"<!doctype html><html><p>Moved", "HTML"),
        (b"<html><p>Moved</p></html>", "begins with <html>"),
        (b"FUND A voted FOR", "no XML"),
        (b"\0\1\2\xff", "no XML"),
        (b"<rss/>", "begins with <rss>"),
        (
            b"<SEC-DOCUMENT>x\n<DOCUMENT>\n<TYPE>N-PX\n<TEXT>\nvotes in words\n</TEXT></DOCUMENT>",
            "no vote table as XML",
        ),
        (cover_of(form="13F-HR").encode(), "of form '13F-HR'"),
        (b"<submissionTypcom:street1><com:city>X", "begins with <submissionTypcom:street1>"),
    ],
)
def test_what_is_no_vote_table_is_said_to_be_none(body, says):
    with pytest.raises(ParseError, match=says):
        read(body)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("dtd", [BOMB, EXTERNAL, b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'])
@pytest.mark.parametrize("document", [file_of([ONE]), cover_of().encode()])
def test_a_document_with_a_dtd_is_refused_unread(dtd, document):
    with pytest.raises(ParseError, match="DTD"):
        read(dtd + document.replace(b"Invented Trust", b"&c;").replace(b"Example Corp.", b"&a;"))


@pytest.mark.parametrize(
    "inside",
    [b"<x>" * 5000, b"<inf:proxyTable>" + b"<inf:x>y</inf:x>" * 2_000_000, b"<!--" + b"y" * 20_000_000 + b"-->"],
    ids=["deep", "one huge row", "a huge comment"],
)
def test_a_document_that_would_fill_the_memory_is_refused(inside):
    start, end = table_of([]).split(">", 1)
    with pytest.raises(ParseError):
        read(start.encode() + b">" + inside + end.encode())


@pytest.mark.parametrize("cut", [1, 8, 20])
def test_gzip_data_that_is_cut_off_is_an_error(cut):
    with pytest.raises(InputError, match="too early"):
        read(gzip.compress(file_of([ONE] * 50))[:-cut])


def test_damaged_gzip_data_is_an_error():
    packed = bytearray(gzip.compress(file_of([ONE] * 50)))
    packed[20:60] = b"\xff" * 40
    with pytest.raises(InputError, match="gzip"):
        read(bytes(packed))


def test_gzip_files_one_after_the_other_are_one_file():
    body = file_of([ONE])
    assert read(gzip.compress(body[:500]) + gzip.compress(body[500:]) + b"\0" * 20) == read(body)


def test_gzip_data_that_unpacks_to_something_huge_is_stopped():
    packer = zlib.compressobj(wbits=31)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(64)) + packer.flush()
    with pytest.raises(InputError, match="32 MiB"):
        list(unpacked([packed], most=32 * 2**20))


def test_a_table_of_any_length_takes_the_memory_of_a_short_one():
    row = table_of([ONE], space="").partition(">")[2].rpartition("</")[0].encode()
    rows = row * 200

    def endless():
        yield f'<inf:proxyVoteTable xmlns:inf="{TABLE}">'.encode()
        while True:
            yield rows

    votes = fund_votes(endless())
    assert sum(1 for _ in islice(votes, 1000)) == 1000
    tracemalloc.start()
    try:
        assert sum(1 for _ in islice(votes, 5_000)) == 5_000
        assert tracemalloc.get_traced_memory()[1] < 3 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.shared
def test_the_samples_of_edgar_read_as_they_are_filed(shared):
    edgar = shared / "edgar"
    cover = read_cover([(edgar / "npx_KIM_LLC_sample.xml").read_bytes()])
    votes = list(fund_votes([(edgar / "npx_KIM_LLC_proxy_votes.xml").read_bytes()], cover))
    assert len(votes) == 7
    assert all(not vote.warnings and vote.cusip and vote.meeting_date and vote.cover for vote in votes)
    assert [vote.records[0].with_management for vote in votes] == [False, True, True, True, True, False, True]
    assert votes[4].records[0].years == 3
    [amended] = fund_votes([(edgar / "npx_N-PX_A.xml").read_bytes()])
    assert len(amended.records) == 3
    assert COVER  # the namespace of the primary documents
