"""The bundled demonstration: two campaigns as files, and a publisher that serves what was published about them."""

from datetime import date
from typing import Any

from tracker.demo import fictional
from tracker.demo.articles import read_json
from tracker.demo.feeds import FEEDS
from tracker.demo.filings import COMPANY, LIST_PATH
from tracker.demo.publisher import EDITIONS, POLICY_PATH, Publisher

__all__ = ["EDITIONS", "Publisher", "campaigns", "sources"]


def campaigns(today: date) -> list[dict[str, Any]]:
    """Return the demo's campaign files: the real one, and the fictional one with its days counted from `today`."""
    return [read_json("rekognition/campaign.json"), fictional.campaign(today)]


def sources(address: str) -> list[dict[str, Any]]:
    """Return the demo's sources as a sources file would list them; `address` is the publisher's."""
    feeds = [
        {
            "name": f"demo-{feed.name}",
            "reader": "feed",
            "title": feed.title,
            "url": address + feed.path,
            "options": {"kind": feed.kind, "language": "en"},
            "every_seconds": 1800,
        }
        for feed in FEEDS
    ]
    edgar = {
        "name": "demo-larkmere-edgar",
        "reader": "edgar",
        "title": COMPANY,
        "url": address + LIST_PATH,
        "options": {},
        "every_seconds": 7200,
    }
    policy = {
        "name": "demo-larkmere-policy",
        "reader": "watched_page",
        "title": "Larkmere's policy on face matching (fictional)",
        "url": address + POLICY_PATH,
        "options": {"kind": "statement", "publisher": COMPANY},
        "every_seconds": 21600,
    }
    return [*feeds, edgar, policy]
