import io
import json
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from tracker.domain.errors import ParseError
from tracker.ingest.feed_report import read_feed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAVED = Path(__file__).resolve().parent.parent / "saved"
KEYS = ["key", "title", "link", "published", "updated", "authors", "summary_html", "content_html", "text"]


@pytest.mark.parametrize("name", ["rss_common.xml", "atom_common.xml", "json_feed.json", "shared_identifiers.xml"])
def test_a_report_reads_as_before(name: str, golden: Callable[[Path, str], None]) -> None:
    report = read_feed((SAVED / "feed" / name).read_bytes(), "https://site.example/feed", NOW)
    golden(SAVED / "feed_report" / f"{name}.expected.json", json.dumps(report, indent=1, ensure_ascii=False) + "\n")


def test_a_report_has_the_promised_shape() -> None:
    report = read_feed((SAVED / "feed/rss_common.xml").read_bytes(), "https://site.example/feed", NOW)
    assert list(report) == ["title", "entries", "warnings"]
    assert all(list(entry) == KEYS for entry in report["entries"])
    assert [entry["published"] for entry in report["entries"]] == [
        "2019-02-07T23:30:00Z",
        "2019-02-07T09:00:00Z",
        "2019-02-07T00:00:00Z",
        None,
    ]
    assert any("lies in the future" in warning for warning in report["warnings"])


def test_what_is_no_feed_is_an_error() -> None:
    with pytest.raises(ParseError):
        read_feed(b"<html></html>", "https://site.example/", NOW)


def plainly_counted(body: bytes) -> tuple[bool, int]:
    """Whether plain feedparser finds a feed in `body`, and how many entries."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return bool(parsed.get("version") or parsed.entries), len(parsed.entries)


@pytest.mark.shared
def test_every_feed_beside_the_project_is_read(shared: Path) -> None:
    """779 real and broken feeds: nothing raises but ParseError, and no entry that feedparser finds is lost."""
    files = json.loads((shared / "feeds/MANIFEST.json").read_bytes())["files"]
    assert len(files) == 779
    refused, entries, spent = [], 0, 0.0
    for file in files:
        body = (shared / "feeds" / file["file"]).read_bytes()
        is_feed, expected = plainly_counted(body)
        is_json = body.lstrip()[:1] == b"{"
        began = time.perf_counter()
        try:
            report = read_feed(body, file.get("feed_url") or "https://feed.example/", NOW)
        except ParseError:
            assert not is_feed, file["file"]
            refused.append(file["file"])
            continue
        finally:
            spent += time.perf_counter() - began
        entries += len(report["entries"])
        assert is_json or len(report["entries"]) == expected, file["file"]
        assert len({entry["key"] for entry in report["entries"]}) == len(report["entries"]), file["file"]
        text = json.dumps(report, ensure_ascii=False)
        text.encode()
        assert (
            "<script"
            not in "".join(entry["content_html"] + entry["summary_html"] for entry in report["entries"]).lower()
        )
        assert all(entry["title"] and (entry["link"] or "http").startswith("http") for entry in report["entries"])
    assert entries > 3200
    assert len(refused) == 13
    assert spent < 25
