"""What feedparser's own test files expect, asked of our reader.

A case says in a comment what must hold of feedparser's result. Of each we ask what concerns title, link, id, dates,
summary, content and author of entries, the feed's title and the number of entries; see `feedparser_view`.
"""

import json
import re
from pathlib import Path

import pytest

from tests.sources.conftest import answer
from tests.sources.feedparser_view import parts, view
from tracker.sources import feed
from tracker.sources.charset import decode

MANIFEST = Path(__file__).resolve().parents[3] / "shared/feeds/MANIFEST.json"
EXPECTED = re.compile(r"Description:\s*(.*?)\s*Expect:\s*(.*?)\s*-->", re.DOTALL)
HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
CASES, OTHER = 52, 44  # how many there are, and how many expect nothing of what we keep

# By the path of the case: why we differ.
EXCEPTIONS = {
    "tests/encoding/bozo_linenoise.xml": (
        "'unguessable', it says: not valid UTF-8. feedparser reads all of it as ISO 8859-2; we keep what is valid and "
        "read the rest as Windows-1252, as for any feed with pasted characters"
    ),
}


def cases() -> list[dict[str, str]]:
    files = json.loads(MANIFEST.read_bytes())["files"] if MANIFEST.exists() else []
    return [file for file in files if file["repo"] == "kurtmckee/feedparser" and expectation(file) is not None]


def expectation(file: dict[str, str]) -> str | None:
    text, _ = decode((MANIFEST.parent / file["file"]).read_bytes())
    found = EXPECTED.search(text)
    return found[2] if found else None


@pytest.mark.shared
@pytest.mark.parametrize("file", cases(), ids=lambda file: file["path"].removeprefix("tests/"))
def test_what_a_case_of_feedparser_expects_holds(shared, file):
    body = (shared / "feeds" / file["file"]).read_bytes()
    headers = {name.lower(): value for name, value in HEADER.findall(decode(body)[0])}
    document = feed.read(answer(body, "http://127.0.0.1:8097/feed", Content_Type=headers.get("content-type", "")))
    demands = [demand for demand, is_ours in parts(expectation(file) or "") if is_ours]
    held = [bool(eval(demand, {"__builtins__": {"len": len, "ord": ord}}, view(document))) for demand in demands]
    assert all(held) is (file["path"] not in EXCEPTIONS), demands


@pytest.mark.shared
def test_the_cases_are_counted(shared):
    speaking = [file for file in cases() if any(is_ours for _, is_ours in parts(expectation(file) or ""))]
    assert len(cases()) == CASES
    assert len(cases()) - len(speaking) == OTHER
    assert {file["path"] for file in speaking} >= set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<item><link>/a</link></item>", "entries[0].link == 'http://127.0.0.1:8097/a'"),
        ("<item><title>A &lt;b&gt;very&lt;/b&gt; day</title></item>", "entries[0].title == 'A <b>very</b> day'"),
        ("<item><description>a&lt;br/&gt;b</description></item>", "entries[0]['description'] == 'a<br />b'"),
        ("<item><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>",
         "entries[0].published_parsed == (2004, 1, 1, 19, 48, 21, 3, 1, 0)"),
        ("<item><author>x@y.example (Ann)</author></item>", "entries[0].author == 'Ann (x@y.example)'"),
        ("<item/><item/>", "len(entries) == 2"),
    ],
)  # fmt: skip
def test_the_view_speaks_as_feedparser_does(xml, expected):
    body = f"<rss version='2.0'><channel>{xml}</channel></rss>"
    shown = view(feed.read(answer(body, "http://127.0.0.1:8097/feed")))
    assert [is_ours for _, is_ours in parts(expected)] == [True]
    assert eval(expected, {"__builtins__": {"len": len}}, shown)
