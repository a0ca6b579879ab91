"""Saved answers, as a source gets them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.dates import PartialDate
from tracker.domain.items import Fetched, RawItem, Request

SAVED = Path(__file__).resolve().parent.parent / "saved"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def answer(
    body: bytes | str,
    url: str = "https://site.example/feed",
    *,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    now: datetime = NOW,
    **headers: str,
) -> Fetched:
    """An answer as the door would give it; header names are written with underscores."""
    named = {name.lower().replace("_", "-"): value for name, value in headers.items()}
    content = body.encode() if isinstance(body, str) else body
    return Fetched(url, status, content, named, now, Request(url, context=context or {}))


@pytest.fixture
def saved() -> Callable[..., Fetched]:
    """`saved("feed/case.xml")` is the saved answer of that name."""

    def load(name: str, **more: Any) -> Fetched:
        return answer((SAVED / name).read_bytes(), **more)

    return load


def as_json(item: RawItem | Request) -> str:
    """An item or a request as a golden file shows it."""

    def plain(value: object) -> object:
        if isinstance(value, datetime | date):
            return value.isoformat()
        return str(value)

    kept = {name: value for name, value in asdict(item).items() if value not in ("", (), None, {}, [], False)}
    for name in ("published", "updated"):
        if isinstance(value := getattr(item, name, None), PartialDate):
            kept[name] = str(value)
    return json.dumps({type(item).__name__: kept}, indent=1, ensure_ascii=False, default=plain)
