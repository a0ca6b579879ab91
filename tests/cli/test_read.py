"""`tracker read feed`: what would be stored of a file, in the shape that people and tools rely on."""

import gzip
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

SAVED = Path(__file__).parents[1] / "saved" / "feed"
FEEDS = sorted(path for path in SAVED.iterdir() if not path.name.endswith(".expected.json"))
TEXTS = ("key", "title", "summary_html", "content_html", "text")
ADDRESS = "https://feeds.example.org/feed"


def is_moment(value) -> bool:
    return value is None or datetime.fromisoformat(value).utcoffset() == timedelta(0)


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_the_json_has_the_promised_shape(bare, path):
    done = bare("read", "feed", path, "--json", "--url", ADDRESS)
    assert (done.status, done.err) == (0, "")
    report = json.loads(done.out)
    assert list(report) == ["title", "entries", "warnings"]
    assert isinstance(report["title"], str)
    assert all(isinstance(warning, str) for warning in report["warnings"])
    assert report["entries"]
    for entry in report["entries"]:
        assert list(entry) == [
            "key", "title", "link", "published", "updated", "authors", "summary_html", "content_html", "text",
        ]  # fmt: skip
        assert all(isinstance(entry[name], str) for name in TEXTS)
        assert entry["link"] is None or entry["link"].startswith("http")
        assert is_moment(entry["published"])
        assert is_moment(entry["updated"])
        assert all(isinstance(author, str) for author in entry["authors"])


def test_a_gzipped_file_and_standard_input_read_as_the_file_does(bare, tmp_path):
    path = SAVED / "rss_common.xml"
    plain = bare("read", "feed", path, "--json")
    packed = tmp_path / "feed.xml.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert bare("read", "feed", packed, "--json") == plain
    assert bare("read", "feed", "-", "--json", given=path.read_bytes()) == plain
    assert bare("read", "feed", "-", "--json", given=packed.read_bytes()) == plain
    assert not bare.folder.exists()


def test_a_person_is_told_each_entry_in_a_line(bare):
    done = bare("read", "feed", SAVED / "rss_common.xml")
    report = json.loads(bare("read", "feed", SAVED / "rss_common.xml", "--json").out)
    first, *lines = done.out.splitlines()
    assert first == f"{report['title']}: {len(report['entries'])} entries"
    assert len(lines) == len(report["entries"])
    assert all(entry["title"] in line for entry, line in zip(report["entries"], lines, strict=True))
    assert all(line.startswith("  note: ") for line in done.err.splitlines())


@pytest.mark.parametrize("json_wanted", [[], ["--json"]])
@pytest.mark.parametrize(
    "body",
    [b"<!doctype html><title>Not here</title><p>Moved.", b"", b" \n", b"just words", b"\0\1\2\xff", b'{"version": 3}'],
    ids=["HTML", "empty", "blank", "text", "bytes", "other JSON"],
)
def test_what_is_no_feed_ends_in_one_clear_line(bare, body, json_wanted):
    done = bare("read", "feed", "-", *json_wanted, given=body)
    assert "feed" in done.error
    assert done.out == ""


@pytest.mark.parametrize("cut", [1, 8])
def test_a_gzip_file_that_is_cut_off_ends_in_one_clear_line(bare, cut):
    packed = gzip.compress((SAVED / "rss_common.xml").read_bytes())
    assert "gzip" in bare("read", "feed", "-", given=packed[:-cut]).error


def test_a_small_file_that_unpacks_to_something_huge_is_not_read(bare):
    assert "MiB" in bare("read", "feed", "-", given=gzip.compress(b" " * (20 * 2**20))).error


def test_relative_links_are_resolved_against_the_address(bare):
    feed = b"<rss version='2.0'><channel><title>A</title><item><link>/x</link><title>B</title></item></channel></rss>"
    done = bare("read", "feed", "-", "--json", "--url", ADDRESS, given=feed)
    assert json.loads(done.out)["entries"][0]["link"] == "https://feeds.example.org/x"
