"""What the demo's publisher has to publish: documents as read from the files beside this module."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracker.demo.moving_days import resolve

HERE = Path(__file__).parent
# Files of documents, in the order in which their entries stand in a feed of the same day.
_FILES = ("rekognition/documents.json", "unrelated.json", "larkmere/documents.json")


@dataclass(frozen=True, slots=True)
class Article:
    """One published thing. `published` is a day or a month, as ISO text; `link` is absent where no address is known.

    `edition` is the first edition of the publisher that carries it.
    """

    id: str
    feed: str
    title: str
    publisher: str
    published: str
    paragraphs: tuple[str, ...]
    link: str | None = None
    edition: int = 1


def read_json(name: str) -> Any:
    """Return a data file that lies beside this module."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def articles(today: date) -> list[Article]:
    """Return everything there is to publish, all editions, newest first."""
    rows = [resolve(row, today) for name in _FILES for row in read_json(name)]
    found = [Article(**{**row, "paragraphs": tuple(row["paragraphs"])}) for row in rows]
    return sorted(found, key=lambda article: article.published, reverse=True)
