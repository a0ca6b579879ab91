"""The lists of feeds here are invented; their faults are those that programs make."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.domain.text import one_line
from tracker.sources.opml import Outline, read_opml, write_opml

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def opml(outlines: str, prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{prolog}<opml version="2.0"><head><title>L</title></head><body>{outlines}</body></opml>'.encode()


def test_folders_are_kept_and_notes_left_out() -> None:
    found = read_opml(
        opml(
            '<outline text="News"><outline text="Police" title="Police &amp; courts">'
            '<outline type="rss" text="A paper" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline>'
            '<outline text="just a note"/><outline type="link" text="x" url="https://no.example/"/></outline>'
            '<outline text="B" xmlUrl="https://b.example/atom"/>'
        )
    )
    assert found == [
        Outline("a-paper", "A paper", "https://a.example/feed", "https://a.example/", ("News", "Police & courts")),
        Outline("b", "B", "https://b.example/atom"),
    ]


def test_attributes_may_be_written_in_any_case() -> None:
    [one, two] = read_opml(
        opml('<OUTLINE TEXT="A" XMLURL="https://a.example/"/><outline xmlurl="https://b.example/" title="B"/>')
    )
    assert (one.title, two.title) == ("A", "B")


def test_an_address_counts_once_and_names_are_unique() -> None:
    found = read_opml(
        opml(
            '<outline text="News" xmlUrl="https://a.example/1"/><outline text="News again" xmlUrl="https://a.example/1"/>'
            '<outline text="News" xmlUrl="https://b.example/"/><outline text="NEWS" xmlUrl="https://b.example/2"/>'
            '<outline text="!" xmlUrl="https://www.c.example/"/>'
        )
    )
    assert [one.name for one in found] == ["news", "news-b-example", "news-2", "c-example"]


def test_thousands_of_feeds_of_one_title_are_told_apart() -> None:
    found = read_opml(
        opml(
            "".join(
                f'<outline text="{"News 4" if n == 3 else "News"}" xmlUrl="https://a.example/{n}"/>'
                for n in range(9000)
            )
        )
    )
    names = [one.name for one in found]
    assert names[:6] == ["news", "news-a-example", "news-2", "news-4", "news-3", "news-5"]
    assert len(set(names)) == 9000


def test_a_feed_without_a_title_is_called_by_its_host() -> None:
    [one] = read_opml(opml('<outline xmlUrl="https://www.a.example/feed"/>'))
    assert (one.name, one.title) == ("www-a-example", "www.a.example")


def test_only_web_addresses_are_taken() -> None:
    bad = ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "/feed", "", "https://"]
    assert read_opml(opml("".join(f'<outline text="x" xmlUrl="{url}"/>' for url in bad))) == []


def test_bare_ampersands_and_names_of_html_are_read_as_meant() -> None:
    [one] = read_opml(opml('<outline text="R&D &eacute; &nope; &amp;" xmlUrl="https://a.example/?a=1&b=2&copy=3"/>'))
    assert (one.title, one.url) == ("R&D é &nope; &", "https://a.example/?a=1&b=2&copy=3")


@pytest.mark.parametrize("codec", ["utf-16", "iso-8859-1", "cp1252"])
def test_other_encodings_are_read(codec: str) -> None:
    text = opml('<outline text="Für Bürger" xmlUrl="https://a.example/"/>', f'<?xml version="1.0" encoding="{codec}"?>')
    [one] = read_opml(text.decode().encode(codec))
    assert (one.title, one.name) == ("Für Bürger", "fur-burger")


def test_a_list_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = opml('<outline text="A" xmlUrl="https://a.example/"/><outline text="B" xmlUrl="https://b.example/"/>')
    assert [one.title for one in read_opml(whole[:150])] == ["A"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no xml",
        b"<html><body>Sign in</body></html>",
        b"<rss/>",
        opml("<outline text='&b;' xmlUrl='https://a.example/'/>", '<!DOCTYPE o [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
        opml("<outline/>", '<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
)
def test_what_is_no_list_of_feeds_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(InputError, match="reading a list of feeds"):
        read_opml(body)


WORDS = st.text(min_size=1, max_size=30).map(one_line).filter(bool)
URLS = st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9?&=;%/.-]{0,20}", fullmatch=True)
OUTLINES = st.lists(
    st.tuples(WORDS, URLS, st.one_of(st.just(""), URLS), st.lists(WORDS, max_size=3).map(tuple)),
    unique_by=lambda row: row[1],
    max_size=8,
)


@given(OUTLINES, st.text(max_size=20))
def test_what_is_written_reads_the_same(rows, title: str) -> None:
    outlines = [Outline(f"s{number}.x_y", *row) for number, row in enumerate(rows)]
    found = read_opml(write_opml(outlines, title, NOW))
    assert sorted(found, key=lambda one: one.name) == sorted(outlines, key=lambda one: one.name)


SEED = opml('<outline text="News"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed"/></outline>')


@given(st.integers(0, len(SEED)), st.integers(0, len(SEED)), st.binary(max_size=20))
def test_damaged_lists_raise_nothing_but_input_errors(first: int, last: int, noise: bytes) -> None:
    try:
        found = read_opml(SEED[:first] + noise + SEED[last:])
    except InputError:
        return
    assert all(one.name and one.url.startswith(("http:", "https:")) for one in found)


def test_deep_folders_are_read_without_recursion() -> None:
    deep = "<outline text='f'>" * 200 + "<outline text='A' xmlUrl='https://a.example/'/>" + "</outline>" * 200
    [one] = read_opml(opml(deep))
    assert len(one.folder) == 200


@pytest.mark.shared
def test_feeds_are_no_lists_of_feeds(shared) -> None:
    for path in sorted((shared / "feeds" / "validator-case").iterdir()):
        try:
            found = read_opml(path.read_bytes())
        except InputError:
            continue
        assert all(one.url for one in found)
