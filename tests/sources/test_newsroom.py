from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import ParseError
from tracker.domain.items import RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources.newsroom import MOST_ENTRIES, Newsroom

URL = "https://v.example/news/"
TEXT = "We have answered the letter of the forty groups, and this is what we said."


def parsed(body: str, **context: Any) -> Iterator[RawItem | Request]:
    return Newsroom().parse(answer(body, URL, context={"entry": "li", **context}))


def one(body: str, **context: Any) -> RawItem:
    [item] = parsed(body, **context)
    assert isinstance(item, RawItem)
    return item


def test_a_list_is_asked_for_as_a_page_that_nobody_offered() -> None:
    target = Target(URL, "Vendor", options={"entry": "li", "etag": "x", "known": ["k"]})
    [request] = Newsroom().requests([target])
    assert (request.crawl, request.etag, request.context) == (
        True,
        "x",
        {"step": "list", "site": "Vendor", "entry": "li"},
    )


def test_the_keys_we_have_go_along_only_where_pages_are_followed() -> None:
    [request] = Newsroom().requests([Target(URL, options={"entry": "li", "follow": True, "known": ["k"]})])
    assert request.context["known"] == ["k"]


def test_parts_are_found_in_their_usual_places() -> None:
    item = one("<li><time datetime='2026-06-10'>x</time><h3><a href='a'>A  title</a></h3><a href='b'>more</a></li>")
    assert (item.key, item.title, str(item.published)) == ("https://v.example/news/a", "A title", "2026-06-10")
    assert one("<a href='/x' aria-label='Named'><img></a>", entry="a").title == "Named"
    assert one("<a href='/x'><div class=c><h2>In a link</h2></div></a>", entry=".c").url == "https://v.example/x"


def test_selectors_choose_the_parts() -> None:
    item = one(
        "<li><a href='/no'>no</a><a class=t href='/yes'>no</a><b>Title</b><i>10 June 2026 at 9:00</i><p>Sum.</p></li>",
        link=".t",
        title="b",
        date="i",
        summary="p",
        kind="news",
        publisher="Pub",
    )
    assert (item.url, item.title, item.publisher) == ("https://v.example/yes", "Title", "Pub")
    assert (item.published, item.summary_html) == (datetime(2026, 6, 10, 9, tzinfo=UTC), "<p>Sum.</p>")
    assert item.kind is DocumentKind.NEWS


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("June 10, 2026", "2026-06-10"),
        ("Posted: 10 June 2026 | Press", "2026-06-10"),
        ("Jun. 2026", "2026-06"),
        ("06/10/2026", "None"),
        ("", "None"),
        ("June 10, 2036", "None"),
    ],
)
def test_a_date_is_read_or_left_out(shown: str, read: str) -> None:
    item = one(f"<li><a href=/x>t</a><time>{shown}</time></li>")
    assert str(item.published) == read
    assert bool(item.warnings) == (read == "None" and bool(shown))


def test_a_link_that_stands_twice_is_one_entry() -> None:
    item = one("<li><a href='/x'><img></a></li><li><a href='/x?utm_source=list'>Title</a></li>")
    assert (item.key, item.title, item.url) == ("https://v.example/x", "Title", "https://v.example/x?utm_source=list")


@pytest.mark.parametrize(
    ("body", "context", "said"),
    [
        ("<main>nothing</main>", {}, "entry = 'li'; the page may have been redesigned"),
        ("<li>no link</li><li><a href='javascript:x'>x</a></li>", {}, "none of the 2 entries"),
        ("<li><a href=x>x</a></li>", {"entry": ""}, "no option `entry`"),
        ("<li><a href=x>x</a></li>", {"entry": "li["}, r"entry = 'li\[' is wrong"),
        ("<li><a href=x>x</a></li>", {"date": "li:nope"}, "date = 'li:nope' is wrong"),
        ("<li><a href=x>x</a></li>", {"link": ".gone"}, "none of the 1 entries"),
        ("", {}, "no HTML"),
    ],
)
def test_a_list_in_which_nothing_is_found_is_an_error(body: str, context: dict[str, str], said: str) -> None:
    with pytest.raises(ParseError, match=said):
        list(parsed(body, **context))


def test_what_is_found_in_no_entry_is_said() -> None:
    item = one("<li><a href=x>t</a></li><li>ad</li>", date=".when")
    assert [note.partition(":")[0] for note in item.warnings] == [
        "entries without a link, which were left out",
        "no entry has anything that matches date = '.when'",
    ]


def test_of_a_very_long_list_the_beginning_is_taken() -> None:
    items = list(parsed("".join(f"<li><a href='/{n}'>t</a></li>" for n in range(MOST_ENTRIES + 5))))
    assert len(items) == MOST_ENTRIES
    assert "the first 200 were taken" in items[0].warnings[0]


def test_only_pages_that_we_do_not_have_are_followed() -> None:
    body = "<li><a href='/old'>o</a></li><li><a href='/new'>N</a><time>June 10, 2026</time></li>"
    body += "<li><a href='/x.pdf'>P</a></li>"
    request, item = parsed(body, follow=True, known=["https://v.example/old"])
    assert isinstance(request, Request)
    assert (request.url, request.crawl) == ("https://v.example/new", True)
    assert (item.key, item.title) == ("https://v.example/x.pdf", "P")

    page = f"<html><body><article><h1>New!</h1><p>{TEXT}</p></article></body></html>"
    [read] = Newsroom().parse(answer(page, "https://v.example/new-2", context=request.context))
    assert (read.key, read.title, str(read.published)) == ("https://v.example/new", "New!", "2026-06-10")
    assert TEXT in read.content_html


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 binary", b"<div id=app></div>"])
def test_an_entry_whose_page_cannot_be_read_is_kept_as_the_list_has_it(body: bytes) -> None:
    said = {"step": "page", "key": "k", "title": "T", "published": "2026-06-10", "summary": "<p>S</p>"}
    [item] = Newsroom().parse(answer(body, "https://v.example/new", context=said))
    assert (item.key, item.title, item.summary_html, str(item.published)) == ("k", "T", "<p>S</p>", "2026-06-10")
    assert "only its entry in the list was kept" in item.warnings[0]


def test_an_unchanged_list_has_nothing_to_say() -> None:
    assert list(Newsroom().parse(answer("", URL, status=304))) == []


SEED = (SAVED / "newsroom/list.html").read_bytes()


@given(st.integers(0, len(SEED)), st.integers(0, len(SEED)), st.binary(max_size=30), st.sampled_from(["list", "page"]))
def test_damaged_pages_raise_nothing_but_parse_errors(first: int, last: int, noise: bytes, step: str) -> None:
    context = {"step": step, "entry": ".card", "summary": "p"}
    with suppress(ParseError):
        list(Newsroom().parse(answer(SEED[:first] + noise + SEED[last:], context=context)))
