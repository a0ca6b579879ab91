"""The kept rate of each rule: of what it suggested, how much people kept, by band of scores and over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request

from tracker.domain.errors import InputError
from tracker.domain.kept_rates import CONFIDENCE, Fared, band
from tracker.domain.vocab import Role
from tracker.store import kept_rates
from tracker.store.kept_rates import Counted
from tracker.web import pages
from tracker.web.access import needs
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later
from tracker.web.out import tables

bp = Blueprint("rates", __name__)

DAYS = (30, 90, 365)
DEFAULT_DAYS = 365
COLUMNS = (
    "rule", "scores_from", "scores_below", "month", "kept", "changed", "rejected", "decided", "rate", "rate_low",
    "rate_high", "confidence", "accepted_in_bulk", "since", "until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfRule:
    """How one rule fared: in all, by band of scores, by month of the decision."""

    rule: str
    fared: Fared
    bands: dict[float, Fared]
    months: dict[str, Fared]


def _badly(session: pages.Session) -> int:
    """Return how many rules do badly: what the tab counts."""
    rows = kept_rates.counted(session, since=pages.now() - timedelta(days=DEFAULT_DAYS))
    return sum(fared.badly for fared in kept_rates.by(rows, lambda row: row.rule).values())


review_tabs.TABS.append(review_tabs.Tab(later("Kept rates"), "rates.index", _badly, order=90))


@bp.get("/review/rates")
@needs(Role.EDITOR)
def index() -> str:
    """Show every rule, those that do badly first."""
    days = _days()
    with pages.reading() as session:
        rows = kept_rates.counted(session, since=_since(days))
        tabs = queue_tabs.counted(session)
    rules = [_of_rule(rule, rows) for rule in dict.fromkeys(row.rule for row in rows)]
    rules.sort(key=lambda row: (not row.fared.badly, row.fared.rate is None, row.fared.rate, row.rule))
    return render_template(
        "queues/rates.html", rules=rules, days=days, choices=DAYS, tabs=tabs, since=_since(days), until=pages.now()
    )


@bp.get("/review/rates.json")
@needs(Role.EDITOR)
def as_json() -> Response:
    """Give the figures of each rule, band and month as JSON."""
    return tables.as_json(_told())


@bp.get("/review/rates.csv")
@needs(Role.EDITOR)
def as_csv() -> Response:
    """Give the figures of each rule, band and month as CSV."""
    return tables.as_csv("kept-rates", COLUMNS, _told())


def _told() -> list[dict[str, Any]]:
    days = _days()
    since = _since(days)
    with pages.reading() as session:
        rows = kept_rates.counted(session, since=since)
    window = {"since": since.date().isoformat() if since else None, "until": pages.today().isoformat()}
    return [{**_plain(row), **window} for row in rows]


def _plain(row: Counted) -> dict[str, Any]:
    start, end = band(row.band)
    low, high = row.fared.interval or (None, None)
    return {
        "rule": row.rule,
        "scores_from": start,
        "scores_below": end,
        "month": row.month,
        "kept": row.fared.kept,
        "changed": row.fared.changed,
        "rejected": row.fared.rejected,
        "decided": row.fared.decided,
        "rate": row.fared.rate,
        "rate_low": low,
        "rate_high": high,
        "confidence": CONFIDENCE,
        "accepted_in_bulk": row.fared.in_bulk,
    }


def _of_rule(rule: str, rows: Sequence[Counted]) -> OfRule:
    own = [row for row in rows if row.rule == rule]
    return OfRule(
        rule=rule,
        fared=sum((row.fared for row in own), Fared()),
        bands=kept_rates.by(own, lambda row: row.band),
        months=kept_rates.by(own, lambda row: row.month),
    )


def _days() -> int | None:
    text = request.args.get("days", str(DEFAULT_DAYS))
    if text == "all":
        return None
    if text not in {str(days) for days in DAYS}:
        raise InputError(gettext("The window is 30, 90 or 365 days, or “all”."))
    return int(text)


def _since(days: int | None) -> Any:
    return None if days is None else pages.now() - timedelta(days=days)
