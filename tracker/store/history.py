"""The history of every change: written at the end of a watch, one act a row; and what changed since a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from tracker.domain.acts import About, is_program
from tracker.domain.errors import InputError
from tracker.domain.vocab import LinkState
from tracker.models.base import Base, CampaignObject
from tracker.models.document_link import DocumentLink
from tracker.models.link import Link
from tracker.models.revision import Revision, RevisionChange, RevisionSubject
from tracker.store.changes import Touched, Watch
from tracker.store.historical import NOT_IN_FORMS, PARTS
from tracker.store.naming import item_of
from tracker.store.plain import plain, reader_of
from tracker.store.records import columns, tables

# What tells rows of a thing apart that are no parts of an object; ties are told by what they tie.
CALLED_BY = {
    "alias": "text", "campaign_ask": "number", "evidence": "field", "identifier": "scheme", "organization_role": "role",
}  # fmt: skip
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what changes facts, when, why, and on which evidence: a document, its address, or both.

    Where neither is given, the evidence of each changed field is looked up. `reverts_id` is the act that is undone.
    """

    by: str
    now: datetime
    why: str = ""
    evidence_id: int | None = None
    url: str = ""
    reverts_id: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one column since somebody looked: by whom and when last, what stood then and what stands now.

    Values are as the column holds them. Of a row that was added or taken out the column is "" and the values are all
    that it said, by column; None where there was or is none.
    """

    by: str
    at: datetime
    before: Any
    after: Any
    act: int


# --- writing ----------------------------------------------------------------------------------------------------------


def write(session: Session, watch: Watch, cause: Cause) -> int | None:
    """Write what a watch saw as one act and give objects their new version; return its number, None for nothing."""
    touched = [told for told in watch.touched() if told.subjects and not _is_suggestion(told)]
    if not touched:
        return None
    versions = _raise(session, watch, touched, cause.now)
    act = Revision(
        made_by=cause.by,
        by_program=is_program(cause.by),
        made_at=cause.now,
        why=cause.why,
        evidence_id=cause.evidence_id,
        url=cause.url,
        reverts_id=cause.reverts_id,
    )
    session.add(act)
    session.flush()
    number = act.id or 0
    subjects = sorted({subject for told in touched for subject in told.subjects})
    connection = session.connection()
    connection.execute(
        insert(RevisionSubject),
        [
            {
                "about": about,
                "about_id": about_id,
                "revision_id": number,
                "version": versions.get(about_id) if about is About.OBJECT else None,
            }
            for about, about_id in subjects
        ],
    )
    connection.execute(insert(RevisionChange), [row for told in touched for row in _rows(session, told, number)])
    return number


def _is_suggestion(told: Touched) -> bool:
    """Return whether a program made or took back a suggestion: its row says who made it, and nobody has decided yet."""
    values = told.after if told.before is None else told.before if told.after is None else {}
    if not isinstance(told.row, Link | DocumentLink) or not values or values.get("state") is not LinkState.SUGGESTED:
        return False
    return is_program(str(values.get("made_by", "rule")))


def _raise(session: Session, watch: Watch, touched: Sequence[Touched], now: datetime) -> dict[int, int]:
    """Give every object whose forms would show something else a new version; return the versions by object."""
    ids = {
        number
        for told in touched
        if type(told.row) not in NOT_IN_FORMS
        for about, number in told.subjects
        if about is About.OBJECT
    }
    spines = session.exec(select(CampaignObject).where(col(CampaignObject.id).in_(ids))).all() if ids else []
    for spine in spines:
        if not watch.raised(spine):
            spine.version += 1
            spine.updated_at = now
    session.flush()
    return {spine.id or 0: spine.version for spine in spines}


def _rows(session: Session, told: Touched, act: int) -> list[dict[str, Any]]:
    row = told.row
    also = told.subjects[1] if len(told.subjects) > 1 else ("", None)
    shared = {
        "revision_id": act,
        "about": told.subjects[0][0],
        "about_id": told.subjects[0][1],
        "also": str(also[0]),
        "also_id": also[1],
        "part": str(row.__tablename__),
        "row_key": told.key,
        "item": _item(session, row),
    }
    if told.before is None or told.after is None:
        return [{**shared, "field": "", "before": _plain(told.before), "after": _plain(told.after)}]
    return [
        {**shared, "field": name, "before": plain(before), "after": plain(told.after[name])}
        for name, before in told.before.items()
    ]


def _item(session: Session, row: Base) -> str:
    if type(row) in PARTS:
        return item_of(session, row)
    called = CALLED_BY.get(str(row.__tablename__))
    return str(getattr(row, called)) if called else ""


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: plain(value) for name, value in values.items()}


# --- reading ----------------------------------------------------------------------------------------------------------


def changed_since(session: Session, object_id: int, version: int) -> dict[Place, Changed]:
    """Return what changed of an object and its parts after `version`, by table, key of the row and column.

    Where a column changed several times it is told once: what stood at `version`, what stands now, and who changed it
    last. What came back to what it was is left out. Raises InputError for a version that the object never had.
    """
    spine = session.get(CampaignObject, object_id)
    if spine is None or not 1 <= version <= spine.version:
        raise InputError(f"comparing object {object_id} with version {version}: it has none; open its form again")
    query = (
        select(RevisionChange, Revision)
        .join(RevisionSubject, col(RevisionSubject.revision_id) == col(RevisionChange.revision_id))
        .join(Revision, col(Revision.id) == col(RevisionChange.revision_id))
        .where(
            RevisionSubject.about == About.OBJECT,
            RevisionSubject.about_id == object_id,
            col(RevisionSubject.version) > version,
            of_subject(About.OBJECT, object_id),
            col(RevisionChange.part).not_in([columns(table).name for table in NOT_IN_FORMS]),
        )
        .order_by(col(RevisionChange.id))
    )
    found: dict[Place, Changed] = {}
    for change, act in session.exec(query):
        place = change.part, change.row_key, change.field
        first = found.get(place)
        before = change.before if first is None else first.before
        found[place] = Changed(act.made_by, act.made_at, before, change.after, act.id or 0)
    return {place: _values(place, told) for place, told in found.items() if told.before != told.after}


def of_subject(about: About, number: int) -> Any:
    """Return the condition for changes that are told of one thing."""
    change = RevisionChange
    return ((col(change.about) == about) & (col(change.about_id) == number)) | (
        (col(change.also) == about.value) & (col(change.also_id) == number)
    )


def _values(place: Place, told: Changed) -> Changed:
    """Give values back the form in which columns hold them."""
    part, _, name = place
    table = tables()[part]
    before, after = (value_of(table, name, value) for value in (told.before, told.after))
    return Changed(told.by, told.at, before, after, told.act)


def value_of(table: type[Base], name: str, value: Any) -> Any:
    """Return a value of the history as the column holds it; of a whole row (no `name`) every column's."""
    if value is None:
        return None
    if not name:
        there = columns(table).c
        return {key: value_of(table, key, each) for key, each in value.items() if key in there}
    return reader_of(columns(table).c[name])(value)
