"""`tracker read fund-votes`: one JSON list, written as the votes are read, and lines for people."""

import gzip
import json

import pytest

from tests.filings.generated_fund_votes import cover_of, file_of
from tests.filings.test_fund_votes import ONE

KEYS = [
    "place", "filer", "filer_cik", "period", "managers", "series", "issuer", "cusip", "isin", "figi", "meeting_date",
    "description", "other_description", "categories", "proposed_by", "shares_voted", "shares_on_loan", "votes",
    "management_advised", "other_information", "warnings",
]  # fmt: skip
RECORD_KEYS = ["how_voted", "how_voted_as_filed", "shares", "with_management", "management_as_filed"]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "votes.xml"
    path.write_bytes(file_of([ONE, ONE]))
    return path


@pytest.fixture
def cover(tmp_path):
    path = tmp_path / "primary_doc.xml"
    path.write_text(cover_of(), encoding="utf-8")
    return path


def test_the_json_has_the_promised_shape(bare, table, cover):
    done = bare("read", "fund-votes", table, "--cover", cover, "--json")
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert len(rows) == 2
    for row in rows:
        assert list(row) == KEYS
        assert [list(record) for record in row["votes"]] == [RECORD_KEYS]
    first = rows[0]
    assert (first["place"], first["filer"], first["period"]) == (
        "/proxyVoteTable/proxyTable[1]", "Invented Trust", "2024-06-30",
    )  # fmt: skip
    assert first["series"] == [{"id": "S000000001", "name": "Fund S000000001"}]
    assert first["managers"] == [{"number": "1", "name": "Example Management"}]
    assert (first["meeting_date"], first["shares_on_loan"], first["management_advised"]) == ("2024-05-16", 3, "against")
    assert first["votes"][0]["with_management"] is False


def test_a_table_without_its_primary_document_has_numbers_for_names(bare, table):
    row = json.loads(bare("read", "fund-votes", table, "--json").out)[0]
    assert (row["filer"], row["series"]) == (None, [{"id": "S000000001", "name": None}])


def test_gzip_and_standard_input_read_as_the_file_does(bare, table):
    plain = bare("read", "fund-votes", table, "--json")
    packed = gzip.compress(table.read_bytes())
    assert bare("read", "fund-votes", "-", "--json", given=table.read_bytes()) == plain
    assert bare("read", "fund-votes", "-", "--json", given=packed) == plain


def test_a_person_is_told_each_vote_in_a_line(bare, table):
    lines = bare("read", "fund-votes", table).out.splitlines()
    assert lines[0] == "2024-05-16  Example Corp.: for, against management, 10 shares | Report on lobbying"


def test_a_filing_without_votes_is_an_empty_list_and_a_note(bare, cover):
    done = bare("read", "fund-votes", cover, "--json")
    assert json.loads(done.out) == []
    assert "holds no votes" in done.err


def test_a_filer_who_wrote_the_advice_itself_is_told_at_the_end(bare, tmp_path):
    path = tmp_path / "votes.xml"
    row = file_of([ONE]).replace(b"SECURITY HOLDER", b"ISSUER").replace(b">FOR<", b">AGAINST<")
    row = row.replace(b"managementRecommendation>AGAINST", b"managementRecommendation>FOR")
    one = row[row.index(b"<inf:proxyTable>") : row.rindex(b"</inf:proxyVoteTable>")]
    path.write_bytes(row.replace(one, one * 3))
    done = bare("read", "fund-votes", path, "--json")
    assert {record["with_management"] for vote in json.loads(done.out) for record in vote["votes"]} == {None}
    assert "seems to have written what management advised" in done.err


def test_a_damaged_file_leaves_the_list_open_and_ends_in_one_clear_line(bare, table):
    body = table.read_bytes()
    table.write_bytes(body[: int(len(body) * 0.7)])
    done = bare("read", "fund-votes", table, "--json")
    assert "votes.xml: reading the votes: after 1 rows" in done.error
    with pytest.raises(json.JSONDecodeError):
        json.loads(done.out)


@pytest.mark.parametrize("body", [b"", b"words", b"<html><p>x", b"\0\1", b"%PDF-1.4", b"<!DOCTYPE x><x/>", b"<rss/>"])
def test_what_is_no_vote_table_ends_in_one_clear_line_that_names_the_file(bare, tmp_path, body):
    path = tmp_path / "other.xml"
    path.write_bytes(body)
    assert "other.xml" in bare("read", "fund-votes", path, "--json").error
    assert bare("read", "fund-votes", path).out == ""
