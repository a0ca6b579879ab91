"""Rows of the invented archive as the program would write them, whole: bulk inserts write what they get."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from tracker.domain.items import Milestone
from tracker.timeline import event_id

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def event_row(
    campaign: int, key: str, milestone: Milestone, *, object_id: int | None = None, document_id: int | None = None
) -> dict[str, Any]:
    """Return an event's row as the projection would write it."""
    on = milestone.on
    return {
        "id": event_id(f"campaign-{campaign}", key), "campaign_id": campaign, "object_id": object_id,
        "document_id": document_id, "key": key, "kind": milestone.kind, "lane": milestone.lane, "on": on,
        "earliest": on.earliest.isoformat() if on.earliest else "",
        "latest": on.latest.isoformat() if on.latest else "",
        "sort_day": on.sort_key[0].isoformat(), "headline": milestone.headline, "summary": milestone.summary,
        "recorded_at": NOW,
    }  # fmt: skip


@lru_cache
def _defaults(table: type) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = table.model_fields  # type: ignore[attr-defined]
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if not field.is_required() and name != "id"
    }


def filled(table: type, **values: Any) -> dict[str, Any]:
    """Return a row with the table's defaults where nothing is given: bulk inserts write what they get."""
    return {**_defaults(table), **values}
