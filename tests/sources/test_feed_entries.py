"""Every entry of every feed beside the project, counted and named by another parser than ours."""

import json
from collections.abc import Iterator

import pytest
from lxml import etree

from tests.sources.conftest import answer
from tracker.domain.errors import ParseError
from tracker.sources import feed
from tracker.sources.charset import decode
from tracker.sources.feed_text import title_text

ENTRIES = {"item", "entry"}
HOLDERS = {"channel", "rss", "rdf", "feed", "items"}

# File: what lxml counts, what we read, and why.
DIFFERENT = {
    "validator-case/3412a5c6220d.xml": (
        1,
        2,
        "FeedSync puts another version of an entry into that entry, as a conflict; feedparser makes it one of its own",
    ),
}


def local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def plain_entries(text: str) -> list[etree._Element]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    return [root] if local(root) in ENTRIES else list(_entries(root))


def _entries(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if local(child) in ENTRIES:
            yield child
        elif local(child) in HOLDERS:
            yield from _entries(child)


def counted(body: bytes) -> int:
    text = decode(body)[0].lstrip("\ufeff")
    if text.lstrip()[:1] != "{":
        return len(plain_entries(text))
    try:
        items = json.loads(text).get("items", [])
    except ValueError:
        return 0
    return sum(isinstance(item, dict) for item in items)


@pytest.mark.shared
def test_every_feed_gives_the_entries_it_contains(shared):
    different = {}
    for file in json.loads((shared / "feeds/MANIFEST.json").read_bytes())["files"]:
        body = (shared / "feeds" / file["file"]).read_bytes()
        try:
            read = len(feed.read(answer(body)).items)
        except ParseError:
            read = 0
        if read != counted(body):
            different[file["file"]] = (counted(body), read)
    assert different == {name: (theirs, ours) for name, (theirs, ours, _) in DIFFERENT.items()}


@pytest.mark.shared
def test_the_titles_and_links_that_plainly_stand_in_a_case_come_through(shared):
    """The cases of gofeed have no expectation beside them, but their titles and links can be seen."""
    titles = links = 0
    for file in json.loads((shared / "feeds/MANIFEST.json").read_bytes())["files"]:
        if file["kind"] != "gofeed-case" or not file["file"].endswith(".xml"):
            continue
        body = (shared / "feeds" / file["file"]).read_bytes()
        try:
            items = feed.read(answer(body)).items
        except ParseError:
            assert not plain_entries(decode(body)[0]), file["file"]
            continue
        for entry, item in zip(plain_entries(decode(body)[0]), items, strict=False):
            names = [local(child) for child in entry]
            for child in entry:
                said, name = (child.text or "").strip(), local(child)
                if child.prefix is not None or len(child) or names.count(name) > 1:
                    continue
                if name == "title" and said and "base64" not in child.values():
                    assert item.title == title_text(said), file["file"]
                    titles += 1
                if (
                    name == "link"
                    and child.get("rel", "alternate") == "alternate"
                    and (said or child.get("href", "")).startswith("http")
                ):
                    assert item.url == (said or child.get("href")), file["file"]
                    links += 1
    assert (titles, links) == (12, 3)
