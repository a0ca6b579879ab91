"""Whole statements typed after how large companies print shareholder proposals are read, and nothing else is."""

import re
import unicodedata

import pytest

from tests.filings.typed_pages import printed
from tests.filings.typed_statements import typed_statements
from tracker.filings.proxy_statement.statement import read_proxy_statement

STATEMENTS = typed_statements()


def letters(text: str | None) -> str:
    """What is compared of a text: letters and digits, for marks and spaces are the printer's."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text or "").casefold())


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_proposal_of_a_typed_statement_is_read_and_no_other(name):
    statement = STATEMENTS[name]
    read = read_proxy_statement(printed(statement))
    assert (str(read.meeting_date), str(read.record_date)) == ("2024-05-14", "2024-03-18")
    assert [
        (one.item, letters(one.title), one.board_recommendation, one.proponents, one.representative)
        for one in read.proposals
    ] == [
        (one.item, letters(one.title), one.recommendation, one.proponents, one.representative)
        for one in statement.proposals
    ]
    for one, wanted in zip(read.proposals, statement.proposals, strict=True):
        clause, supporting, board = (letters(wanted.texts[mark]) for mark in "rsb")
        assert letters(one.resolved).removeprefix("resolved") == clause.removeprefix("resolved")
        assert letters(one.supporting_statement).endswith(supporting[-60:])
        assert supporting[:60] in letters(one.supporting_statement)[:100]
        assert board in letters(one.board_statement)
        assert len(letters(one.board_statement)) < len(board) + 300  # its heading that advises, the advice that ends it
