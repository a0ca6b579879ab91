"""A correction in words: what it is about, what was changed, and both values as a reader of the pages knows them."""

from datetime import date
from enum import StrEnum
from typing import Any

from flask import url_for

from tracker.domain.corrections import CorrectionKind
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Relation, ResolutionCode
from tracker.store.correction_list import CorrectionLine, typed
from tracker.web import pages
from tracker.web.words import day, kind_words, number, relation_words, status_words

# Columns whose name says little by itself.
FIELD_WORDS = {
    "": "record",
    "on": "date",
    "held_on": "day of the meeting",
    "number": "number",
    "resolved_clause": "text of the resolved clause",
    "text": "text",
    "votes_for": "votes for",
    "votes_against": "votes against",
    "votes_withheld": "votes withheld",
    "votes_abstain": "abstentions",
    "broker_non_votes": "broker non-votes",
}
KINDS_OF_VALUES = {CorrectionKind.CORRECTED, CorrectionKind.MADE_EXACT, CorrectionKind.RESTATED}


def field_of(line: CorrectionLine) -> str:
    """Return what was changed: "votes for (6, Ban, 22 May 2019)"."""
    row = line.row
    words = FIELD_WORDS.get(row.field) or row.field.removesuffix("_id").replace("_", " ")
    if row.part and not row.field:
        words = row.part.replace("_", " ")
    return f"{words} ({row.item})" if row.item and row.part else words


def value_words(line: CorrectionLine, text: str) -> str:
    """Return one of the two values in words; empty for none."""
    row = line.row
    if row.kind in {CorrectionKind.UNLINKED, CorrectionKind.RELINKED}:
        return relation_words(Relation(text)) if text else ""
    return said(typed(row.part, row.field, text))


def said(value: Any) -> str:
    """Return a value of a column in words; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return value.words()
    if isinstance(value, ResolutionCode):
        return status_words(value)
    if isinstance(value, EventType):
        return kind_words(value)
    if isinstance(value, Relation):
        return relation_words(value)
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def sentence(line: CorrectionLine) -> str:
    """Return what was changed as one sentence, with both values in full."""
    row = line.row
    before, after = value_words(line, row.before), value_words(line, row.after)
    by_kind = {
        CorrectionKind.WITHDRAWN: "It was withdrawn and is shown no more.",
        CorrectionKind.MERGED: f"It was merged into “{after}”.",
        CorrectionKind.SHOWN_AGAIN: "It is shown again.",
        CorrectionKind.UNLINKED: f"“{row.item}” was shown as a document that {before} it, and is not any more.",
        CorrectionKind.RELINKED: f"“{row.item}” was shown as a document that {before} it; now as one that {after} it.",
        CorrectionKind.TOLD_APART: f"It was shown in one row with “{row.item}”; the two tell different things.",
        CorrectionKind.TOLD_TOGETHER: f"It was shown apart from “{row.item}”; the two tell the same thing.",
        CorrectionKind.TAKEN_OUT: f"{_upper(field_of(line))} was “{before}”, and was taken out.",
    }
    return by_kind.get(row.kind) or f"{_upper(field_of(line))} was “{before}”, and is “{after or 'nothing'}” now."


def title(line: CorrectionLine) -> str:
    """Return what a correction is called: what it is about and what was changed."""
    return f"{line.title}: {field_of(line)}" if line.row.kind in KINDS_OF_VALUES else line.title


def subject_url(line: CorrectionLine) -> str | None:
    """Return the page of what was corrected: its own, or the timeline it belongs to; None where it has neither."""
    row = line.row
    if row.object_id is None:
        return url_for("documents.page", document_id=row.document_id)
    own = pages.object_url(line.kind, line.slug)
    if own is not None:
        return own
    return url_for("timeline.page", slug=line.campaigns[0][0]) if line.campaigns else None


def evidence_url(line: CorrectionLine) -> str | None:
    """Return where the evidence stands: our copy of the document, else the address; None where none was given."""
    if line.row.evidence_id is not None:
        return url_for("documents.page", document_id=line.row.evidence_id)
    return line.row.url or None


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
