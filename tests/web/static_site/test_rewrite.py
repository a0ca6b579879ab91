"""A page made to stand alone: what leads somewhere stays, what needs the server goes, nothing is left half there."""

import pytest

from tracker.web.static_site import rewrite

FILES = {"/": "index.html", "/letters/a": "letters/a.html", "/events/1": "timeline-page-2.html#e-1", "/t.csv": "t.csv",
         "/timeline": "timeline.html", "/feed.atom": "feed.atom"}  # fmt: skip

ORIGIN = "http://127.0.0.1:8000"


def stood_alone(body: str, *, site: str = "", file: str = "letters/b.html") -> str:
    around = rewrite.Around(
        file=file, file_of=lambda link: FILES.get(link.partition("#")[0]), origin=ORIGIN, site=site, note="A copy."
    )
    page = f"<!doctype html><html lang=en><head><title>T</title></head><body>{body}</body></html>"
    text = rewrite.alone(page.encode(), around).decode()
    return text.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ('<a href="/letters/a">x</a>', '<a href="a.html">x</a>'),
        ('<a href="/letters/a#q-2">x</a>', '<a href="a.html#q-2">x</a>'),
        ('<a href="/events/1">x</a>', '<a href="../timeline-page-2.html#e-1">x</a>'),
        (f'<a href="{ORIGIN}/letters/a">x</a>', '<a href="a.html">x</a>'),
        (f'<a href="{ORIGIN}1/letters/a">x</a>', f'<a href="{ORIGIN}1/letters/a">x</a>'),
        ('<a href="#here">x</a>', '<a href="#here">x</a>'),
        ('<a href="https://news.example/?a=1&amp;b=2">x</a>', '<a href="https://news.example/?a=1&amp;b=2">x</a>'),
        ('<a href="/sources" rel="nofollow">x</a>', '<span title="Not in this copy: /sources">x</span>'),
        ("<svg><a href='/sources'><circle r='1'></circle></a></svg>", '<svg><circle r="1"></circle></svg>'),
        ('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', '<svg viewbox="0 0 1 1"><path d="M0 0"></path></svg>'),
        ("<p>é 日本 &lt;b&gt; &amp;amp;</p>", "<p>é 日本 &lt;b&gt; &amp;amp;</p>"),
        ('<ul class="chips"><li><a href="/x?y">x</a></li><li><a href="/">y</a></li></ul>',
         '<ul class="chips"><li><a href="../index.html">y</a></li></ul>'),
        ('<h2>When</h2><ul class="chips"><li><a href="/x?y">x</a></li></ul><p>z</p>', "<p>z</p>"),
        ("<div><label>From <input type=range></label> <button>Show</button></div><p>z</p>", "<p>z</p>"),
        ("<form action=/search><input name=q></form><script>x()</script><p>z</p>", "<p>z</p>"),
        ('<p class="files">For programs: <a href="/t.csv">CSV</a>, <a href="/t.x">X</a>, <a href="/t.y">Y</a></p>',
         '<p class="files">For programs: <a href="../t.csv">CSV</a></p>'),
        ('<p class="files">For programs: <a href="/t.csv">CSV</a>, <a href="/t.x">X</a>, <a href="/feed.atom">A</a>',
         '<p class="files">For programs: <a href="../t.csv">CSV</a>, <a href="../feed.atom">A</a></p>'),
        ('<p class="files">For programs: <a href="/t.x">X</a>, <a href="/feed.atom">Atom</a></p><p>z</p>', "<p>z</p>"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_part_of_a_page(given: str, wanted: str):
    assert stood_alone(given) == wanted


def test_what_is_elsewhere_leads_to_the_live_site():
    assert stood_alone('<a href="/sources?x=1">x</a>', site="https://whereas.example") == (
        '<a href="https://whereas.example/sources?x=1" title="On the site, not in this copy">x</a>'
    )


def test_a_filter_that_leads_to_its_own_page_goes():
    assert stood_alone('<ul class="chips"><li><a href="/timeline">x</a></li></ul>', file="timeline.html") == ""


def test_the_foot_says_that_it_is_a_copy_and_nothing_of_the_sources_at_this_moment():
    foot = '<footer><p>3 of 4 sources fail. <a href="/sources">Sources</a></p><p>Times are UTC.</p></footer>'
    assert stood_alone(foot) == "<footer><p>A copy.</p><p>Times are UTC.</p></footer>"


def test_rows_are_read_with_the_day_as_machines_have_it_and_whether_they_are_folded():
    row = '<li id="e-{}"><div class="event-day">{}</div><h4 class="event-title">A <i>title</i></h4></li>'
    first, second = row.format(1, "<time datetime=2018-05-24>Thu 24 May</time>"), row.format(2, "before 2019")
    page = f"<h1>H</h1>{first}<details>{second}</details><a href='/x'>x</a><script src='/y.js'></script>"
    page += f"<a href='{ORIGIN}/z'>z</a>"
    said = rewrite.said(page.encode(), ORIGIN)
    assert (said.heading, said.links) == ("H", ["/x", "/z"])
    assert said.rows == [
        rewrite.Row("1", "A title", "2018-05-24", folded=False),
        rewrite.Row("2", "A title", "before 2019", folded=True),
    ]
