"""The bundled demonstration: two campaigns as files, and a publisher that serves what was published about them."""

from datetime import date
from typing import Any

from tracker.demo import fictional
from tracker.demo.articles import read_json
from tracker.demo.feeds import FEEDS
from tracker.demo.filings import COMPANY, LIST_PATH
from tracker.demo.publisher import POLICY_PATH, Publisher

__all__ = ["Publisher", "campaigns", "sources"]


def campaigns(today: date) -> list[dict[str, Any]]:
    """Return the campaign files of the demo: the real one and the fictional one, whose days are counted from `today`."""
    return [read_json("rekognition/campaign.json"), fictional.campaign(today)]


def sources(address: str) -> list[dict[str, Any]]:
    """Return the demo's sources as a sources file would list them; `address` is the publisher's."""
    feeds = [
        _source(f"demo-{feed.name}", "feed", feed.title, address + feed.path, {"kind": feed.kind, "language": "en"}, 1800)
        for feed in FEEDS
    ]
    policy = {"kind": "statement", "publisher": COMPANY}
    return [
        *feeds,
        _source("demo-larkmere-edgar", "edgar", f"Filings of {COMPANY}", address + LIST_PATH, {}, 7200),
        _source("demo-larkmere-policy", "watched_page", f"Policy of {COMPANY}", address + POLICY_PATH, policy, 21600),
    ]


def _source(
    name: str, reader: str, title: str, url: str, options: dict[str, str], every_seconds: int
) -> dict[str, Any]:
    return {
        "name": name,
        "reader": reader,
        "title": title,
        "url": url,
        "options": options,
        "every_seconds": every_seconds,
    }
