"""Whatever somebody points at: a page, a PDF, a text. What it says of itself is taken, and nothing is guessed."""

import pytest

from tests.factories import NOW
from tracker.domain.errors import ParseError
from tracker.ingest.normalise import normalise
from tracker.ingest.whole_document import whole_document

TEXT = "The city council voted on Monday to stop the police from using face recognition. " * 5
PAGE = f"""<!doctype html><html lang="en"><head><title>Council votes | Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2019-02-07T10:00:00Z">
<link rel="canonical" href="https://paper.example/votes"></head><body><nav>Home</nav>
<article><h1>Council votes</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""


def test_a_page_says_its_title_its_day_its_publisher_and_its_own_address():
    item = whole_document(PAGE.encode(), "text/html", "https://paper.example/votes?utm_source=x", NOW)
    draft = normalise(item, now=NOW)
    assert (draft.title, str(draft.published), draft.publisher, draft.url) == (
        "Council votes",
        "2019-02-07",
        "The Paper",
        "https://paper.example/votes",
    )
    assert "The city council voted on Monday" in draft.text
    assert "Home" not in draft.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_text_keeps_its_paragraphs_and_its_first_sentence_is_what_it_is_called(encoding):
    item = whole_document("Café closed. It was <late>.\n\nNobody came.".encode(encoding), "", "", NOW)
    draft = normalise(item, now=NOW)
    assert (draft.title, draft.url, draft.published) == ("Café closed.", None, None)
    assert draft.text == "Café closed. It was <late>.\n\nNobody came."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "it holds no text"),
        (b"\x00\x01\x02", "neither a page, nor text, nor a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "neither a page, nor text, nor a PDF"),
        (b"<html><body><p>Short.</p></body></html>", "too few for an article"),
        (b"%PDF-1.4 broken", "PDF"),
    ],
)
def test_what_has_no_text_is_refused_with_the_reason(body, said):
    with pytest.raises(ParseError, match=said):
        whole_document(body, "", "https://paper.example/x", NOW)
