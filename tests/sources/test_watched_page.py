from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import ParseError
from tracker.domain.items import RawItem, Target
from tracker.domain.vocab import DocumentKind
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.ingest.noise import steady_hash
from tracker.sources.watched_page import WatchedPage

TEXT = "We have answered the letter of the forty groups, and this is what we said."


def read(body: bytes | str, **context: object) -> RawItem:
    [item] = WatchedPage().parse(answer(body, "https://v.example/final", context=context))
    assert isinstance(item, RawItem)
    return item


def test_a_page_is_asked_for_with_what_is_known_of_it() -> None:
    [request] = WatchedPage().requests(
        [Target("https://v.example/a", "Principles", options={"etag": "x", "xpath": "//p"})]
    )
    assert (request.etag, request.context) == ("x", {"title": "Principles", "xpath": "//p"})


def test_what_moves_around_a_text_does_not_change_it() -> None:
    page = "<html><body><nav>{0}</nav><div class='cookie-banner'>{0}</div><article><h1>T</h1><p>{1}</p>"
    page += "<script>{0}</script><!-- {0} -->"
    page += "<div id='related-stories'>{0}</div></article><footer>{0}</footer></body></html>"
    first, second = (read(page.format(noise, TEXT)) for noise in ("now 12:00", "now 13:00"))
    assert first == second
    assert TEXT in first.content_html
    assert "now" not in first.content_html


def test_words_of_our_field_are_not_taken_for_buttons() -> None:
    item = read(f"<main><p class='shareholder'>{TEXT}</p><p id='menu'>no</p><p class='btn share'>no</p>tail</main>")
    assert TEXT in item.content_html
    assert "no<" not in item.content_html
    assert "tail" in item.content_html


def test_an_xpath_chooses_the_part_to_watch() -> None:
    item = read(f"<body><p>{TEXT}</p><ol id='x'><li>one</li></ol></body>", xpath="//*[@id='x']", kind="report")
    assert item.content_html == '<ol id="x"><li>one</li></ol>'
    assert item.kind is DocumentKind.REPORT


@pytest.mark.parametrize("path", ["//*[", "count(//p)", "//p/text()", "//nothing"])
def test_a_wrong_xpath_is_said_to_be_wrong(path: str) -> None:
    with pytest.raises(ParseError):
        read(f"<p>{TEXT}</p>", xpath=path)


@pytest.mark.parametrize(
    "body", ["", "<html><body><div id=app></div><script>draw()</script></body></html>", "<!-- x -->"]
)
def test_a_page_without_text_is_a_parse_error(body: str) -> None:
    with pytest.raises(ParseError, match="open it"):
        read(body)


def test_titles_and_bases_come_from_where_pages_keep_them() -> None:
    head = "<head><base href='https://cdn.example/x/'><title>Tab</title>"
    head += "<meta property='og:title' content='Open Graph'></head>"
    item = read(f"<html lang='de'>{head}<body><h1>a</h1><h1>b</h1><p>{TEXT}</p></body></html>")
    assert (item.title, item.base_url, item.language) == ("Open Graph", "https://cdn.example/x/", "de")
    assert read(f"<p>{TEXT}</p>", title="Known as").title == "Known as"
    assert read(f"<p>{TEXT}</p>").title == "https://v.example/final"


def test_a_page_in_utf8_with_a_prolog_is_read() -> None:
    assert "Ü" in read(f'<?xml version="1.0" encoding="utf-8"?><html><body><p>Ü {TEXT}</p></body></html>').content_html


SEED = (SAVED / "watched_page/principles.html").read_bytes()


@given(
    st.integers(0, len(SEED)),
    st.integers(0, len(SEED)),
    st.binary(max_size=30)
    | st.sampled_from([b"&#1;<script></script>&#1;", b"&#xD800;<nav/>", b"<svg><b>", b"<base href=http://[>"]),
)
def test_damaged_pages_raise_nothing_but_parse_errors(first: int, last: int, noise: bytes) -> None:
    with suppress(ParseError):
        list(WatchedPage().parse(answer(SEED[:first] + noise + SEED[last:])))


FRAME = """<html lang=en><head><title>Principles | Vendor</title>
<meta property='og:site_name' content='Vendor'></head><body>
<div class=topnav><a href=/>Vendor</a></div><ul>{menu}</ul><div id=box>{banner}</div>
<div class=text><h1>Our principles</h1><p>{date}</p><p>We do not sell to police for one year.</p><p>{text}</p></div>
<div><h3>Related stories</h3><p>{stories}</p></div><p>{counter}</p><footer>{footer}</footer></body></html>"""
BEFORE = {
    "menu": "<li><a>One</a><li><a>Two</a><li><a>Three</a><li><a>Four</a>",
    "banner": "<p>We use cookies on this site.</p><button>Accept all</button>",
    "date": "Last updated: June 10, 2020",
    "text": TEXT,
    "stories": "Buy our camera",
    "counter": "1,234 views",
    "footer": "© 2020 Vendor",
}
# The same text in quite another frame.
REDESIGNED = """<html><head><title>Our principles - Vendor</title></head><body><header><nav>New menu</nav>
<h1>Our principles</h1></header><main><article><section><div>We do not sell to police for one year.</div>
<div>{text}</div></section></article><aside>Other</aside></main></body></html>"""


def judged(page: str) -> str:
    """The hash by which a change of the page is judged, as collecting does."""
    item = read(page)
    assert item.steady
    return steady_hash(item.title, plain_text(clean_html(item.content_html)))


@pytest.mark.parametrize(
    "change",
    [
        {"menu": "<li><a>One</a><li><a>Zwei</a><li><a>Three</a><li><a>Four</a><li><a>Five</a>"},
        {"banner": ""},
        {"banner": "<p>New words about cookies.</p><button>OK</button>"},
        {"date": "Last updated: July 1, 2021"},
        {"stories": "Sell our camera"},
        {"counter": "2,345 views"},
        {"footer": "© 2021 Vendor Group"},
    ],
    ids=str,
)
def test_a_page_that_changes_by_itself_has_not_changed(change: dict[str, str]) -> None:
    assert judged(FRAME.format(**BEFORE)) == judged(FRAME.format(**{**BEFORE, **change}))


def test_a_new_frame_around_the_same_text_is_no_change() -> None:
    before = {**BEFORE, "counter": "", "date": ""}
    assert judged(FRAME.format(**before)) == judged(REDESIGNED.format(**before))


@pytest.mark.parametrize(("old", "new"), [("forty", "fifty"), ("have", "had"), ("said.", "said"), ("We ", "we ")])
def test_one_word_is_a_change(old: str, new: str) -> None:
    assert judged(FRAME.format(**BEFORE)) != judged(FRAME.format(**{**BEFORE, "text": TEXT.replace(old, new)}))


def test_a_watched_page_is_asked_for_as_a_page_that_nobody_offered() -> None:
    [request] = WatchedPage().requests([Target("https://v.example/a")])
    assert request.crawl


def test_an_own_address_of_the_page_is_taken_and_its_key_stays() -> None:
    head = "<link rel=canonical href='https://www.v.example/principles'>"
    item = read(f"<html><head>{head}</head><body><p>{TEXT}</p></body></html>")
    assert (item.key, item.url) == ("https://v.example/final", "https://www.v.example/principles")


def test_a_pdf_is_said_to_be_one() -> None:
    with pytest.raises(ParseError, match="PDF"):
        read(b"%PDF-1.7 binary")
