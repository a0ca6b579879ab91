"""Letters and copies on paper, A4 and Letter: each sheet says what it is one of; sources are written out."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_sheet_of_a_letter_has_its_head_and_number(open_page: Callable[..., Page], paper: str):
    page = open_page("/letters/coalition-2019")
    printed = pypdfium2.PdfDocument(page.pdf(format=paper, prefer_css_page_size=True))
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert "Coalition of 90 groups asks Amazon not to sell face surveillance · as of 23 November 2026" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    whole = " ".join(sheets)
    assert "?on=2026-11-23" in whole
    assert "https://news.example/ninety" in whole


def test_every_sheet_of_a_document_says_that_it_is_our_copy(open_page: Callable[..., Page]):
    printed = pypdfium2.PdfDocument(open_page("/documents/1").pdf(format="A4", prefer_css_page_size=True))
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    head = "Our copy of “90 groups press Amazon on face surveillance”, seen 22 November 2026, 08:00 UTC"
    assert [head in sheet for sheet in sheets] == [True] * len(sheets)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_of_the_table_of_letters_is_cut_off_at_the_edge_of_the_sheet(
    open_page: Callable[..., Page], paper: str
):
    page = open_page("/letters", width={"A4": 672, "Letter": 694}[paper])
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("Math.max(...[...document.querySelectorAll('.letters td, .letters th')]"
                         ".map((cell) => cell.getBoundingClientRect().right)) <= window.innerWidth")  # fmt: skip
