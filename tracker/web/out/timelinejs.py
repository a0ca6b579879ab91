"""A timeline in the form that TimelineJS 3 reads (timeline.knightlab.com/docs/json-format.html).

Its texts are HTML there, so what comes from outside is escaped. A date known to the month has no day, as it allows;
what is known less well stands at its first possible day and says in words what is known.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import escape

from tracker.domain.dates import Precision
from tracker.web.shapes.base import Source, When
from tracker.web.shapes.events import Event

PARTS = {Precision.YEAR: 1, Precision.MONTH: 2}


def told(title: str, summary: str, address: str, rows: Iterable[Event]) -> dict[str, Any]:
    """Return a campaign's rows with a title slide that leads to the page they were taken from."""
    link = f'<p><a href="{escape(address)}">{escape(address)}</a></p>'
    return {
        "title": {
            "unique_id": "title",
            "text": {"headline": str(escape(title)), "text": f"<p>{escape(summary)}</p>{link}"},
        },
        "events": [_slide(row) for row in rows],
    }


def _slide(row: Event) -> dict[str, Any]:
    first = row.on.earliest or row.on.latest
    slide: dict[str, Any] = {
        "unique_id": f"e-{row.id}",
        "group": row.lane_display,
        "display_date": row.on.display,
        "start_date": _date(row.on, first),
        "text": {"headline": str(escape(row.title)), "text": _text(row)},
    }
    if row.on.precision is Precision.BETWEEN:
        slide["end_date"] = _date(row.on, row.on.latest)
    return slide


def _date(on: When, day: date | None) -> dict[str, str]:
    """Return a day, or as much of it as is known."""
    if day is None:
        return {}
    known = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
    return dict(list(known.items())[: PARTS.get(on.precision, 3)])


def _text(row: Event) -> str:
    said = f"<p>{escape(row.summary)}</p>" if row.summary else ""
    support = (
        f"<p>{escape(row.support.display)} support, {escape(row.support.formula_display)}</p>" if row.support else ""
    )
    named = "".join(f"<li>{_source(source)}</li>" for source in row.sources)
    sources = f"<p>Sources:</p><ul>{named}</ul>" if named else ""
    return f'{said}{support}{sources}<p><a href="{escape(row.url)}">This event</a></p>'


def _source(source: Source) -> str:
    words = escape(", ".join(filter(None, (source.title, source.publisher))))
    safe = source.url.startswith(("https://", "http://"))
    return f'<a href="{escape(source.url)}">{words}</a>' if safe else str(words)
