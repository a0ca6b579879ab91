"""Filings that were read: what came of each, and what readers found other than people gave."""

from typing import Any

from flask import Blueprint, Response, render_template

from tracker.models.filing import FilingOutcome
from tracker.store import filing_pages as records
from tracker.store.filing_pages import Difference, ReadFiling
from tracker.web import pages
from tracker.web.out import tables
from tracker.web.words import field_words

bp = Blueprint("filings", __name__)

A_PAGE = 50
MOST_GIVEN = 10_000
OUTCOME_WORDS = {
    FilingOutcome.WRITTEN: "in the record",
    FilingOutcome.NOTHING: "nothing to read",
    FilingOutcome.UNPLACED: "not placed",
    FilingOutcome.UNREADABLE: "not readable",
}
TONES = {FilingOutcome.WRITTEN: "good", FilingOutcome.UNREADABLE: "bad"}
FILED = ("document", "form", "title", "filed_on", "reader", "reader_version", "outcome", "said", "warnings", "read_at")
DIFFERENT = ("object", "field", "found", "note", "words", "document", "title", "read_by", "read_at")


@bp.get("/filings")
def index() -> str:
    """Show every filing that was read, the last collected first; `outcome` keeps only some."""
    chosen = pages.codes("outcome", FilingOutcome)
    before = _before()
    with pages.reading() as session:
        found = records.read(session, kinds=chosen, before=before, limit=A_PAGE + 1)
        counts = records.counts(session)
        differences = records.number_of_differences(session)
    return render_template(
        "filings/index.html",
        page=pages.page_of(found, A_PAGE, lambda row: (str(row.document.id),)),
        chosen=chosen,
        outcomes=[(kind, counts[kind]) for kind in OUTCOME_WORDS if counts[kind] or kind in chosen],
        differences=differences,
        first=before is None,
    )


@bp.get("/filings.json")
def as_json() -> Response:
    """Give the list as JSON, under the same filter."""
    return tables.as_json([_filed(row) for row in _all()])


@bp.get("/filings.csv")
def as_csv() -> Response:
    """Give the list as CSV, under the same filter."""
    return tables.as_csv("filings", FILED, map(_filed, _all()))


@bp.get("/filings/differences")
def differences() -> str:
    """Show what readers found other than people gave, newest first."""
    before = _before()
    with pages.reading() as session:
        found = records.differences(session, before=before, limit=A_PAGE + 1)
    return render_template(
        "filings/differences.html",
        page=pages.page_of(found, A_PAGE, lambda row: (str(row.evidence.id),)),
        first=before is None,
    )


@bp.get("/filings/differences.json")
def differences_as_json() -> Response:
    """Give the differences as JSON."""
    return tables.as_json([_different(row) for row in _all_differences()])


@bp.get("/filings/differences.csv")
def differences_as_csv() -> Response:
    """Give the differences as CSV."""
    return tables.as_csv("differences", DIFFERENT, map(_different, _all_differences()))


@bp.app_template_filter("outcome_words")
def outcome_words(value: FilingOutcome) -> str:
    """Return what reading a filing came to in a few words."""
    return OUTCOME_WORDS[value]


@bp.app_template_filter("outcome_tone")
def outcome_tone(value: FilingOutcome) -> str:
    """Return the tone of an outcome's badge."""
    return TONES.get(value, "")


def _all() -> list[ReadFiling]:
    with pages.reading() as session:
        return records.read(session, kinds=pages.codes("outcome", FilingOutcome), limit=MOST_GIVEN)


def _all_differences() -> list[Difference]:
    with pages.reading() as session:
        return records.differences(session, limit=MOST_GIVEN)


def _filed(row: ReadFiling) -> dict[str, Any]:
    document, reading = row.document, row.reading
    return {
        "document": document.id,
        "form": document.form,
        "title": document.title,
        "filed_on": str(document.published) if document.published else None,
        "reader": reading.reader,
        "reader_version": reading.reader_version,
        "outcome": reading.outcome.value,
        "said": reading.said,
        "warnings": reading.warnings,
        "read_at": reading.read_at.isoformat(),
    }


def _different(row: Difference) -> dict[str, Any]:
    return {
        "object": row.owner.slug,
        "field": field_words(row.evidence.field),
        "found": row.evidence.value,
        "note": row.evidence.note,
        "words": row.evidence.locator,
        "document": row.document.id,
        "title": row.document.title,
        "read_by": row.evidence.read_by,
        "read_at": row.evidence.read_at.isoformat(),
    }


def _before() -> int | None:
    """Return the number of the row that the page above ended with, or None on the first page."""
    key = pages.key_argument(1)
    return None if key is None else pages.row_number(key[0])
