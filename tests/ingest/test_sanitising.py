"""Nothing that comes out of a feed may act: hostile files beside the project, classic tricks, and invented ones."""

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.acting import acts, acts_as_title, is_harmless_link
from tracker.domain.errors import ParseError
from tracker.domain.items import Draft, Fetched, RawItem, Request
from tracker.ingest.cleaning import clean_html
from tracker.ingest.normalise import normalise
from tracker.sources import feed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BASE = "https://site.example/news/1"

CLASSICS = [
    "<script>x()</script>",
    "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
    "<scr<script>ipt>x()</scr</script>ipt>",
    "<script\x0btype='text/javascript'>x()</script>",
    "<script/x src=//e.example>",
    "<<script>x();//<</script>",
    "<script>x()",
    "</title><script>x()</script>",
    "<img src=x onerror=x()>",
    "<img src='javascript:x()'>",
    "<img/src=`x`/onerror=x()>",
    '<img """><script>x()</script>">',
    "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;x()>",
    "<body onload=x()>",
    "<svg/onload=x()>",
    "<svg><script>x()</script></svg>",
    "<svg><animate onbegin=x() attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=x()></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=x()>'>",
    "<math><mi xlink:href='javascript:x()'>y</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x()&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x()>",
    "<noscript><p title='</noscript><img src=x onerror=x()>'>",
    "<template><script>x()</script></template>",
    "<iframe src='javascript:x()'></iframe>",
    "<iframe srcdoc='&lt;script&gt;x()&lt;/script&gt;'>",
    "<object data='data:text/html,&lt;script&gt;x()&lt;/script&gt;'></object>",
    "<embed src='//e.example/x.swf' allowscriptaccess=always>",
    "<form action='javascript:x()'><input type=submit></form>",
    "<button formaction='javascript:x()'>y</button>",
    "<isindex action=javascript:x() type=image>",
    "<meta http-equiv=refresh content='0;url=javascript:x()'>",
    "<base href='javascript:x()//'>",
    "<link rel=stylesheet href='javascript:x()'>",
    "<style>@import 'javascript:x()'; body{background:url(javascript:x())}</style>",
    "<p style='background:url(javascript:x())'>y</p>",
    "<p style='width: expression(x())'>y</p>",
    "<p style='-moz-binding:url(//e.example/x.xml#x)'>y</p>",
    '<div style="\\0062ackground:url(j\\avascript:x())">y</div>',
    "<table background='javascript:x()'><tr><td background='javascript:x()'>y</table>",
    "<a href='javascript:x()'>y</a>",
    "<a href=' &#14; javascript:x()'>y</a>",
    "<a href='jav&#x09;ascript:x()'>y</a>",
    "<a href='jav&#x0A;ascript:x()'>y</a>",
    "<a href='java\x00script:x()'>y</a>",
    "<a href='JaVaScRiPt:x()'>y</a>",
    "<a href='javascript&colon;x()'>y</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;x()'>y</a>",
    "<a href='vbscript:x'>y</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>y</a>",
    "<a href='feed:javascript:x()'>y</a>",
    "<a href='view-source:javascript:x()'>y</a>",
    "<a href='//e.example\\@site.example/'>y</a>",
    "<a href='https:javascript:x()'>y</a>",
    "<a href='\u2028javascript:x()'>y</a>",
    "<a onmouseover=x()>y</a>",
    "<a href='/z' onclick\n=\nx()>y</a>",
    "<q cite='javascript:x()'>y</q>",
    "<blockquote cite='data:text/html,x'>y</blockquote>",
    "<video><source onerror=x()></video>",
    "<audio src=x onerror=x()>",
    "<details open ontoggle=x()>y</details>",
    "<marquee onstart=x()>y</marquee>",
    "<xmp><script>x()</script></xmp>",
    "<plaintext><script>x()</script>",
    "<textarea><script>x()</script>",
    "<title><script>x()</script></title>",
    "<xml id=i><x><c><![CDATA[<img src=javas]]><![CDATA[cript:x()>]]></c></x></xml>",
    "<!--[if gte IE 4]><script>x()</script><![endif]-->",
    "<!-- --!><script>x()</script> -->",
    "<?xml-stylesheet href='javascript:x()'?>",
    "<?php x() ?><script>x()</script>",
    "<![CDATA[<script>x()</script>]]>",
    "&lt;script&gt;x()&lt;/script&gt;",
    "<time datetime='\"><script>x()</script>'>y</time>",
    "<abbr title='&lt;img src=x onerror=x()&gt;'>y</abbr>",
    "<p lang='\"onmouseover=x()//'>y</p>",
    "\ufeff<script>x()</script>",
    "+ADw-script+AD4-x()+ADw-/script+AD4-",
    "<dialog open onclose=x()>y</dialog>",
    "<slot onslotchange=x()>y</slot>",
    "<a href='https://e.example/' ping='https://e.example/p' target=_blank>y</a>",
    "<map name=m><area href='javascript:x()'></map>",
    "<frameset onload=x()><frame src='javascript:x()'></frameset>",
    "<select><style></select><img src=x onerror=x()></style>",
    "<table><td><form><script>x()</script>",
    "<ix:header onclick=x()><script>x()</script></ix:header>",
    "<section onclick=x() style='x'><nav onload=y()>z</nav></section>",
    "<TEXT onload=x()><script>x()</script></TEXT>",
]


RSS = (
    "<rss version='2.0'><channel><title>{0}</title><item><title>{0}</title><link>{0}</link><guid>{0}</guid>"
    "<description>{0}</description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>{0}</title><entry><title type='html'>{0}</title>"
    "<id>{0}</id><summary type='html'>{0}</summary><content type='html'>{0}</content></entry></feed>"
)


def nothing_acts(draft: Draft) -> None:
    assert acts(draft.html) == []
    assert acts(draft.summary_html) == []
    assert draft.url is None or is_harmless_link(draft.url)
    assert draft.canonical_url is None or is_harmless_link(draft.canonical_url)


@pytest.mark.parametrize("html", CLASSICS)
def test_a_classic_trick_does_nothing(html):
    for shown in (clean_html(html, BASE), clean_html(clean_html(html, BASE), BASE)):
        assert acts(shown) == []


@pytest.mark.parametrize("html", CLASSICS)
@pytest.mark.parametrize("shape", [RSS, ATOM])
def test_a_trick_in_any_place_of_a_feed_does_nothing(html, shape):
    body = shape.format(escape(html.replace("\x00", "").replace("\x0b", ""))).encode()
    document = feed.read(Fetched(BASE, 200, body, {}, NOW, Request(BASE)))
    says_text = "&lt;" in html or "CDATA" in html  # the trick itself asks for its signs to be shown
    assert says_text or acts_as_title(document.title) == []
    for item in document.items:
        nothing_acts(normalise(item, now=NOW))
        assert says_text or acts_as_title(item.title) == [], item.title


@pytest.mark.parametrize("html", ["<script>x()</script>Hello", "Hel<iframe src=x>lo", "<b onclick=x()>Hello</b>"])
def test_a_title_keeps_its_words_and_loses_what_acts(html):
    body = f"<rss version='2.0'><channel><item><title>{escape(html)}</title></item></channel></rss>"
    [item] = feed.read(Fetched(BASE, 200, body.encode(), {}, NOW, Request(BASE))).items
    assert item.title == "Hello"


@pytest.mark.parametrize("link", [
    "javascript:x()", " javascript:x()", "JAVASCRIPT:x()", "data:text/html,x", "vbscript:x", "java\nscript:x()",
    "http:javascript:x()", "\x01javascript:x()", "https://e.example\\@site.example/", "feed:javascript:x()",
])  # fmt: skip
def test_a_link_that_acts_is_no_link(link):
    nothing_acts(normalise(RawItem("k", "t", url=link, base_url=link, content_html="<a href='x'>y</a>"), now=NOW))


TAGS = ["a", "p", "b", "svg", "math", "style", "script", "table", "td", "form", "noscript", "template", "select",
        "title",
        "textarea", "xmp", "iframe", "mglyph", "mtext", "foreignObject", "annotation-xml", "desc", "li", "pre",
        "TEXT"]  # fmt: skip
VALUES = [
    "x()",
    "javascript:x()",
    "java&#10;script:x()",
    "&#x01;javascript:x()",
    "//e.example",
    "\"'><script>",
    "`",
    "--&gt;",
]
NAMES = ["href", "onclick", "style", "cite", "src", "title", "xlink:href", "lang", "datetime", "formaction", "srcdoc"]
ELEMENT = st.builds(
    "<{}{} {}={}{}{}{}>".format, st.sampled_from(["", "/"]), st.sampled_from(TAGS), st.sampled_from(NAMES),
    st.sampled_from(['"', "'", ""]), st.sampled_from(VALUES), st.sampled_from(['"', "'", ""]), st.sampled_from(["",
        "/"]),
)  # fmt: skip
HOSTILE = st.lists(
    ELEMENT
    | st.sampled_from(CLASSICS)
    | st.sampled_from(["<!--", "-->", "--!>", "<![CDATA[", "]]>", "<", ">", "&", "</", "<?", "\x00", "&lt;", "&#60;"])
    | st.text(max_size=4),
    max_size=8,
).map("".join)


@settings(max_examples=500)
@given(html=HOSTILE, base=st.sampled_from(["", BASE, "javascript:x()", "http://["]))
def test_an_invented_trick_does_nothing(html, base):
    draft = normalise(RawItem("k", html, url=base, base_url=base, summary_html=html, content_html=html + "x"), now=NOW)
    nothing_acts(draft)
    assert acts(clean_html(draft.html, base)) == []


@pytest.mark.shared
def test_nothing_acts_in_any_feed_beside_the_project(shared: Path):
    files = json.loads((shared / "feeds/MANIFEST.json").read_bytes())["files"]
    entries = sanitising = 0
    for file in files:
        body = (shared / "feeds" / file["file"]).read_bytes()
        sanitising += "sanit" in file["path"].lower()
        try:
            document = feed.read(Fetched(BASE, 200, body, {}, NOW, Request(BASE)))
        except ParseError:
            continue
        assert acts_as_title(document.title) == [], file["file"]
        for item in document.items:
            draft = normalise(item, now=NOW)
            nothing_acts(draft)
            assert not any(found.startswith(("<script", "<style", "<iframe")) for found in acts(draft.title)), file[
                "file"
            ]
            entries += 1
    assert len(files) == 779
    assert entries > 3200
    print(f"{entries} entries, {sanitising} files of sanitising cases")  # noqa: T201
