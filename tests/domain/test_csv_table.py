"""Tables as people's programs write them are read row by row, and what cannot be read spoils no other row."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import csv_table, timelinejs
from tracker.domain.errors import InputError

CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)
# An apostrophe before the mark of a formula is ours, and taken off again.
SAFE = CELLS.filter(lambda text: not text.startswith("'"))


def read(content: bytes) -> tuple[csv_table.Table, list[csv_table.Record]]:
    file = io.BytesIO(content)
    table = csv_table.recognise(file)
    return table, list(csv_table.rows(file, table))


def written(rows, encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


@given(
    rows=st.lists(st.lists(SAFE, min_size=3, max_size=3).filter(any), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    separator=st.sampled_from(csv_table.SEPARATORS),
)
def test_what_a_program_writes_is_read_back(rows, encoding, separator):
    table, found = read(written([["first", "second", "third"], *rows], encoding, separator))
    assert (table.encoding, table.separator) == (encoding, separator)
    assert [list(record.cells) for record in found] == rows
    assert [record.number for record in found] == list(range(1, len(rows) + 1))


@given(content=st.binary(max_size=400))
def test_no_bytes_are_too_odd_for_a_sentence_or_for_rows(content):
    with suppress(InputError):
        table, found = read(content)
        assert all(record.problem or len(record.cells) == len(table.header) for record in found)


@given(noise=st.text(alphabet='",;\n ab', max_size=60))
def test_rows_after_a_quote_that_is_never_closed_are_read(noise):
    text = 'a,b\n"never closed,x\n' + noise.replace('"', "") + "\nlast,row\n"
    _, found = read(text.encode())
    assert "never closed" in found[0].problem
    assert found[-1].cells == ("last", "row")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("naïve;x\né;1\n".encode("cp1252"), "cp1252"),
        ("naïve;x\n".encode("utf-16-le"), "utf-16-le"),
        ("a;b\n1;2\n".encode("utf-16-be"), "utf-16-be"),
        ("名前;b\n".encode(), "utf-8"),
    ],
)
def test_encodings_are_recognised_and_said(content, encoding):
    table, _ = read(content)
    assert table.encoding == encoding
    assert csv_table.ENCODING_WORDS[encoding] in table.words()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (b"PK\x03\x04rest", "a spreadsheet or ZIP file"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!DOCTYPE html><p>", "an HTML page"),
        (b"a,b\n\x81\x00\xff\n", "in no encoding that is known"),
        (b",,\n1,2,3\n", "names no column"),
        (("x," * 600 + "\n").encode(), "601 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content, says):
    with pytest.raises(InputError, match=says):
        read(content)


def test_a_row_says_what_is_wrong_with_it_and_the_rest_is_read():
    content = b"a,b\n1\n1,2,3\n1,2,\n" + b"x" * 1_000_000 + b",2\n1,\x00\n3,4\n"
    _, found = read(content)
    assert [record.problem[:24] for record in found] == [
        "it has 1 cells, and ther",
        "it has 3 cells, and ther",
        "",
        "'a' holds 1,000,000 char",
        "'b' holds characters tha",
        "",
    ]
    assert [record.line for record in found] == [2, 3, 4, 5, 6, 7]


def test_a_line_that_never_ends_is_told_and_passed_over():
    _, found = read(b"a,b\n" + b"y" * 5_000_000 + b"\n1,2\n")
    assert "more than 2,000,000 characters" in found[0].problem
    assert found[1].cells == ("1", "2")


def test_formulas_are_text_and_the_mark_that_guards_them_is_taken_off():
    _, found = read(b"a,b\n=1+1,'=1+1\n-5,'tis\n")
    assert [record.cells for record in found] == [("=1+1", "=1+1"), ("-5", "'tis")]


def test_two_columns_of_one_name_are_said():
    table, _ = read(b"title,Title,\n1,2,3\n")
    assert len(table.warnings) == 2


def test_rows_can_be_read_from_the_middle_on():
    file = io.BytesIO(b"a,b\n1,1\n\n2,2\n3,3\n")
    table = csv_table.recognise(file)
    assert [record.number for record in csv_table.rows(file, table, after=1)] == [2, 3]


def test_a_table_for_timelinejs_becomes_statements_with_dates_as_far_as_they_are_known():
    header = ("Year", "Month", "Day", "End Year", "Headline", "Text", "Media", "Type")
    rows = [
        csv_table.Record(1, 2, ("2019", "5", "", "", "A <b>march</b>", "<p>Many &amp; more<script>x</script></p>", "https://e.org", "")),  # noqa: E501
        csv_table.Record(2, 3, ("2018", "", "", "2019", "Both", "", "an image", "")),
        csv_table.Record(3, 4, ("2018", "", "", "", "An era", "", "", "era")),
    ]  # fmt: skip
    assert timelinejs.is_so(header)
    found = list(timelinejs.statements(rows, header))
    assert found[0].cells == ("A march", "2019-05", "Many & more", "https://e.org")
    assert found[1].cells[1] == "2018/2019"
    assert "no event" in found[2].problem
