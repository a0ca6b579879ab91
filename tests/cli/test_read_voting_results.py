"""`tracker read voting-results`: what people and tools are shown of a Form 8-K, and what bad input ends in."""

import gzip
import json

import pytest

REPORT = b"""<html><p>FORM 8-K</p><p>Item 5.07 Submission of Matters to a Vote of Security Holders</p>
<p>On May 22, 2031, the Company held its annual meeting.</p><p>Proposal 1: Election of Directors</p>
<table><tr><td>Nominee</td><td>For</td><td>Withheld</td></tr>
<tr><td>Amara Boyd</td><td>1,000,000</td><td>2,000</td></tr></table>
<p>Proposal 2: Shareholder proposal regarding water</p>
<table><tr><td>For</td><td>Against</td><td>Abstain</td><td>Broker Non-Votes</td></tr>
<tr><td>9</td><td>\x97</td><td>1</td><td>0</td></tr></table>
<p>SIGNATURES</p></html>"""
COUNTS = ["for", "against", "withheld", "abstain", "broker_non_votes"]


def test_the_json_has_the_promised_shape(bare):
    done = bare("read", "voting-results", "-", "--json", given=REPORT)
    report = json.loads(done.out)
    assert done.status == 0
    assert list(report) == ["meeting_date", "preliminary", "matters"]
    assert (report["meeting_date"], report["preliminary"]) == ("2031-05-22", False)
    for matter in report["matters"]:
        assert list(matter) == ["number", "title", "kind", "nominee", *COUNTS, "choices"]
    [director, water] = report["matters"]
    assert [director[count] for count in COUNTS] == [1_000_000, None, 2000, None, None]
    assert [water[count] for count in COUNTS] == [9, 0, None, 1, 0]
    assert (director["kind"], director["nominee"], water["kind"]) == ("director", "Amara Boyd", "shareholder_proposal")


def test_a_gzipped_file_and_standard_input_read_as_the_file_does(bare, tmp_path):
    path = tmp_path / "report.htm"
    path.write_bytes(REPORT)
    packed = tmp_path / "report.htm.gz"
    packed.write_bytes(gzip.compress(REPORT))
    plain = bare("read", "voting-results", path, "--json")
    assert json.loads(plain.out)["matters"]
    assert bare("read", "voting-results", packed, "--json") == plain
    assert bare("read", "voting-results", "-", "--json", given=REPORT) == plain
    assert not bare.folder.exists()


def test_a_person_is_told_each_matter_and_what_a_careful_reader_would_note(bare):
    done = bare("read", "voting-results", "-", given=REPORT)
    assert done.out.splitlines() == [
        "Meeting of 2031-05-22: 2 matters, final counts",
        "1. Amara Boyd  [director]",
        "    for 1,000,000  withheld 2,000",
        "2. Shareholder proposal regarding water  [shareholder proposal]",
        "    for 9  against 0  abstain 1  broker non-votes 0",
    ]
    assert "note: the matters of this meeting have different totals" in done.err


def test_a_report_without_counts_says_so(bare):
    done = bare("read", "voting-results", "-", "--json", given=b"<p>Form 8-K</p><p>Item 8.01 Other Events</p>")
    assert json.loads(done.out)["matters"] == []
    assert "no Item 5.07" in done.err


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\0\1\2\xff",
        b"PK\x03\x04zip",
        b"%PDF-1.7 broken",
        REPORT[:14],
        b"<p>SCHEDULE 14A</p>",
        b'<?xml version="1.0"?><edgarSubmission/>',
        gzip.compress(REPORT)[:-9],
        b"<DOCUMENT>\n<TYPE>8-K\n",
    ],
    ids=[
        "empty",
        "blank",
        "bytes",
        "zip",
        "broken PDF",
        "cut off",
        "proxy statement",
        "XML",
        "cut-off gzip",
        "no text",
    ],
)
def test_what_is_no_report_ends_in_one_clear_line_naming_the_file(bare, tmp_path, body):
    path = tmp_path / "odd.htm"
    path.write_bytes(body)
    done = bare("read", "voting-results", path, "--json")
    assert "odd.htm" in done.error
    assert done.out == ""


@pytest.mark.parametrize("cut", [200, 400, 600])
def test_a_report_that_is_cut_off_gives_what_it_still_holds_or_nothing(bare, cut):
    whole = json.loads(bare("read", "voting-results", "-", "--json", given=REPORT).out)["matters"]
    found = json.loads(bare("read", "voting-results", "-", "--json", given=REPORT[:cut]).out)["matters"]
    assert found == whole[: len(found)]


def test_a_file_of_a_hundred_megabytes_is_refused(bare, tmp_path):
    path = tmp_path / "huge.htm"
    path.write_bytes(b"<p>Form 8-K</p>" + b"x" * 100_000_000)
    assert "MiB" in bare("read", "voting-results", path).error


def test_more_votes_than_may_be_cast_are_refused_and_not_shown(bare):
    said = b"held its annual meeting. There were 900,000 shares of common stock outstanding and entitled to vote."
    done = bare("read", "voting-results", "-", "--json", given=REPORT.replace(b"held its annual meeting.", said))
    [director, water] = json.loads(done.out)["matters"]
    assert [director[count] for count in COUNTS] == [None] * 5
    assert [water[count] for count in COUNTS] == [9, 0, None, 1, 0]
    assert "note: refused: 1,002,000 votes" in done.err
    told = bare("read", "voting-results", "-", given=REPORT.replace(b"held its annual meeting.", said))
    assert told.out.splitlines()[2] == "    no counts"
