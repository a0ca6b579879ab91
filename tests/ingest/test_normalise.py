from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import PartialDate
from tracker.domain.items import RawItem
from tracker.domain.vocab import DocumentKind
from tracker.ingest.normalise import LONGEST_TITLE, normalise

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_an_item_becomes_a_document() -> None:
    eastern = timezone(timedelta(hours=-5))
    draft = normalise(
        RawItem(
            key=" k ",
            title="  A\n title\x00 ",
            url="https://a.example/x?utm_source=rss",
            published=datetime(2019, 2, 7, 20, 0, tzinfo=eastern),
            authors=("Ada", "Ada", " ", "Grace  Owner"),
            publisher="The Outlet",
            summary_html="<p>Start of it.</p>",
            content_html="<p>Start of it. And <a href='more'>more</a>.</p>",
            base_url="https://a.example/x/",
            language="en_US",
            kind=DocumentKind.STATEMENT,
            form="8-K",
        ),
        now=NOW,
    )
    assert (draft.key, draft.title, draft.text) == ("k", "A title", "Start of it. And more.")
    assert (draft.url, draft.canonical_url) == ("https://a.example/x?utm_source=rss", "https://a.example/x")
    assert draft.html == '<p>Start of it. And <a href="https://a.example/x/more" rel="noopener">more</a>.</p>'
    assert str(draft.published) == "2019-02-08"
    assert draft.published_at == datetime(2019, 2, 8, 1, 0, tzinfo=UTC)
    assert draft.authors == ("Ada", "Grace Owner")
    assert (draft.language, draft.kind, draft.form, draft.warnings) == ("en-us", DocumentKind.STATEMENT, "8-K", ())
    assert len(draft.content_hash) == 64


def test_markup_alone_does_not_change_the_hash() -> None:
    first = normalise(RawItem("k", "T", content_html="<p>Same  words</p>"), now=NOW)
    second = normalise(RawItem("k", "T", content_html="<div><b>Same</b> words</div>"), now=NOW)
    third = normalise(RawItem("k", "T", content_html="<p>Other words</p>"), now=NOW)
    assert first.content_hash == second.content_hash != third.content_hash


def test_a_summary_that_says_more_is_kept_and_one_that_does_not_is_not_repeated() -> None:
    both = normalise(RawItem("k", "T", summary_html="Why it matters.", content_html="The text."), now=NOW)
    assert both.text == "Why it matters.\n\nThe text."
    start = normalise(
        RawItem("k", "T", summary_html="The long text be…", content_html="The long text begins here."), now=NOW
    )
    assert start.text == "The long text begins here."
    alone = normalise(RawItem("k", "T", summary_html="<p>Only this</p>"), now=NOW)
    assert (alone.text, alone.html) == ("Only this", "<p>Only this</p>")


@pytest.mark.parametrize(
    ("published", "day", "warned"),
    [
        (NOW + timedelta(days=2), "2026-11-25", False),
        (NOW + timedelta(days=2, seconds=1), None, True),
        (PartialDate.parse("2026-11-26"), None, True),
        (PartialDate.parse("2019-05"), "2019-05", False),
        (PartialDate.parse("2026"), "2026", False),
        (datetime(1, 1, 1, tzinfo=UTC), None, True),
        (datetime(2019, 1, 1), "2019-01-01", False),  # noqa: DTZ001 - a source that forgot the zone
        (None, None, False),
    ],
)
def test_dates_that_cannot_be_true_are_dropped(
    published: datetime | PartialDate | None, day: str | None, warned: bool
) -> None:
    draft = normalise(RawItem("k", "T", published=published), now=NOW)
    assert (str(draft.published) if draft.published else None) == day
    assert bool(draft.warnings) is warned


def test_without_a_date_of_publication_the_last_change_gives_the_day() -> None:
    draft = normalise(RawItem("k", "T", updated=datetime(2020, 5, 6, tzinfo=UTC)), now=NOW)
    assert (str(draft.published), draft.published_at) == ("2020-05-06", None)
    assert normalise(RawItem("k", "T", updated=datetime(2030, 5, 6, tzinfo=UTC)), now=NOW).published is None


def test_what_is_too_long_is_cut_with_a_warning() -> None:
    draft = normalise(RawItem("k" * 3000, "word " * 400, content_html="x" * 7_000_000), now=NOW)
    assert len(draft.title) <= LONGEST_TITLE
    assert len(draft.key) <= 1000
    assert len(draft.text) == 3_000_000
    assert len(draft.warnings) == 3
    other = normalise(RawItem("k" * 3001, "T"), now=NOW)
    assert other.key != draft.key


def test_a_document_always_has_a_title_and_a_key() -> None:
    assert normalise(RawItem("", "", content_html="<p>First words. More.</p>"), now=NOW).title == "First words."
    assert normalise(RawItem("", " ", url="https://a.example/x"), now=NOW).title == "https://a.example/x"
    empty = normalise(RawItem("", ""), now=NOW)
    assert empty.title
    assert empty.key


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/relative", "http://user@a.example/", "http://["])
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    draft = normalise(RawItem("k", "T", url=url), now=NOW)
    assert (draft.url, draft.canonical_url) == (None, None)


ANY = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(
    ANY,
    ANY,
    ANY,
    ANY | ANY.map("http://a.example/{}".format),
    st.datetimes() | st.datetimes(timezones=st.timezones()) | st.none(),
)
def test_nothing_an_item_contains_makes_it_fail(
    key: str, title: str, html: str, url: str, moment: datetime | None
) -> None:
    item = RawItem(
        key, title, url=url, published=moment, updated=moment, authors=(title,), content_html=html, summary_html=title,
        base_url=url, language=key,
    )  # fmt: skip
    draft = normalise(item, now=NOW)
    for text in (draft.key, draft.title, draft.text, draft.html, draft.url or "", *draft.warnings):
        text.encode()
        assert "\x00" not in text
    assert draft.title
    assert normalise(item, now=NOW) == draft
