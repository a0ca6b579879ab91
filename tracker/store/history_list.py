"""Acts of the history as they are read: newest first, paged by key, with their changes and the names of what they name.

Whatever is listed, a page takes the same few statements: the acts, their changes, their subjects, what undid them, and
one for all names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, literal, null, union_all
from sqlalchemy import select as select_values
from sqlmodel import Session, col, select

from tracker.domain.acts import CONFIDENTIAL, About
from tracker.models.base import CampaignObject
from tracker.models.revision import Revision, RevisionChange, RevisionSubject
from tracker.store.history import of_subject
from tracker.store.records import columns, tables

# Of an act that did very much a list shows so many changes; the act's own page shows more.
MOST_CHANGES = 12
MOST_OF_ONE = 1000

# What rows are called: the column of the name, and of the slug where the row has a page of its own.
NAMED = {
    "campaign_object": ("title", "slug", "kind"),
    "document": ("title", "", ""),
    "campaign": ("title", "slug", ""),
    "organization": ("name", "slug", ""),
    "person": ("name", "slug", ""),
    "product": ("name", "slug", ""),
    "subject_family": ("name", "slug", ""),
    "new_name": ("name", "", ""),
    "source": ("title", "name", ""),
    "account": ("name", "", ""),
    "learned_model": ("learner", "", ""),
}
TABLE_OF = {
    About.OBJECT: "campaign_object", About.FAMILY: "subject_family", About.NAME: "new_name",
    About.MODEL: "learned_model",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """Which acts: about one thing, of one author, of people or programs, about some kinds of things, of some days.

    All of them hold together. `confidential` lets in what is about accounts and subscribers.
    """

    about: tuple[About, int] | None = None
    by: str = ""
    by_program: bool | None = None
    kinds: tuple[About, ...] = ()
    since: date | None = None
    until: date | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """What a row is called today, with its slug and, of an object, its kind; both empty where it has none."""

    text: str
    slug: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act with its changes, how many more there are, and the acts that undid it, all or in part."""

    act: Revision
    changes: tuple[RevisionChange, ...] = ()
    more: int = 0
    subjects: tuple[tuple[About, int], ...] = ()
    undone_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Acts:
    """A page of acts, and the names of all that they name: by table and number."""

    lines: list[ActLine]
    names: Mapping[tuple[str, int], Name] = field(default_factory=dict)


def every(session: Session, filters: Filters, *, before: int | None = None, limit: int | None = None) -> Acts:
    """Return acts, the newest first; `before` is the number of the last one of the page above. Five statements."""
    query = select(Revision).where(*_conditions(filters))
    if before is not None:
        query = query.where(col(Revision.id) < before)
    acts = session.exec(query.order_by(col(Revision.id).desc()).limit(limit)).all()
    return _told(session, acts, filters, MOST_CHANGES)


def one(session: Session, number: int, *, confidential: bool = False) -> Acts:
    """Return one act with its changes (at most MOST_OF_ONE), or none where there is none of this number."""
    acts = session.exec(select(Revision).where(Revision.id == number)).all()
    told = _told(session, acts, Filters(confidential=confidential), MOST_OF_ONE)
    if not confidential and any(about in CONFIDENTIAL for line in told.lines for about, _ in line.subjects):
        return Acts([])
    return told


def changes_of(session: Session, acts: Collection[int]) -> dict[int, list[RevisionChange]]:
    """Return every change of these acts, in the order in which they were written."""
    found: dict[int, list[RevisionChange]] = {act: [] for act in acts}
    query = select(RevisionChange).where(col(RevisionChange.revision_id).in_(acts))
    for change in session.exec(query.order_by(col(RevisionChange.id))):
        found[change.revision_id].append(change)
    return found


def authors(session: Session) -> list[str]:
    """Return everybody who is in the history, people and programs, by name."""
    return list(session.exec(select(Revision.made_by).distinct().order_by(col(Revision.made_by))))


def _conditions(filters: Filters) -> Iterable[Any]:
    if filters.about is not None:
        about, number = filters.about
        yield col(Revision.id).in_(_acts_about(RevisionSubject.about == about, RevisionSubject.about_id == number))
    if filters.kinds:
        yield _is_about(filters.kinds)
    if not filters.confidential:
        yield ~_is_about(CONFIDENTIAL)
    if filters.by:
        yield Revision.made_by == filters.by
    if filters.by_program is not None:
        yield col(Revision.by_program).is_(filters.by_program)
    if filters.since is not None:
        yield col(Revision.made_at) >= datetime.combine(filters.since, time(), UTC)
    if filters.until is not None:
        yield col(Revision.made_at) < datetime.combine(filters.until + timedelta(days=1), time(), UTC)


def _acts_about(*which: Any) -> Any:
    return select(RevisionSubject.revision_id).where(*which)


def _is_about(kinds: Collection[About]) -> Any:
    subject = RevisionSubject
    which = (col(subject.revision_id) == col(Revision.id)) & col(subject.about).in_(sorted(kinds))
    return select(subject.revision_id).where(which).correlate(Revision).exists()


def _told(session: Session, acts: Sequence[Revision], filters: Filters, most: int) -> Acts:
    ids = [act.id or 0 for act in acts]
    if not ids:
        return Acts([])
    changes, counts = _changes(session, ids, filters, most)
    subjects: dict[int, list[tuple[About, int]]] = defaultdict(list)
    # Of an act about very much, the first of each kind is enough to say what it is about.
    first = (
        select(RevisionSubject.revision_id, RevisionSubject.about, func.min(RevisionSubject.about_id))
        .where(col(RevisionSubject.revision_id).in_(ids))
        .group_by(col(RevisionSubject.revision_id), col(RevisionSubject.about))
        .order_by(col(RevisionSubject.revision_id), col(RevisionSubject.about))
    )
    for act, about, subject in session.exec(first):
        subjects[act].append((About(about), subject))
    undone: dict[int, list[int]] = defaultdict(list)
    undoing = select(Revision.reverts_id, Revision.id).where(col(Revision.reverts_id).in_(ids))
    for act_undone, undoer in session.exec(undoing.order_by(col(Revision.id))):
        undone[act_undone or 0].append(undoer or 0)
    lines = [
        ActLine(
            act,
            tuple(changes[number]),
            counts[number] - len(changes[number]),
            tuple(subjects[number]),
            tuple(undone[number]),
        )
        for act, number in zip(acts, ids, strict=True)
    ]
    return Acts(lines, _names(session, lines))


def _changes(
    session: Session, acts: Collection[int], filters: Filters, most: int
) -> tuple[dict[int, list[RevisionChange]], dict[int, int]]:
    """Return the first changes of each act that are told of what is asked for, and how many there are."""
    change = RevisionChange
    which = [col(change.revision_id).in_(acts)]
    if filters.about is not None:
        which.append(of_subject(*filters.about))
    of_act: Any = {"partition_by": col(change.revision_id)}
    place = func.row_number().over(**of_act, order_by=col(change.id)).label("place")
    ranked: Any = select(col(change.id).label("id"), place, func.count().over(**of_act).label("total")).where(*which)
    told = ranked.subquery()
    query = (
        select(change, told.c.total)
        .join(told, told.c.id == col(change.id))
        .where(told.c.place <= most)
        .order_by(col(change.id))
    )
    found: dict[int, list[RevisionChange]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for row, total in session.exec(query):
        found[row.revision_id].append(row)
        counts[row.revision_id] = total
    return found, counts


# --- names ------------------------------------------------------------------------------------------------------------


def table_of(about: About | str) -> str:
    """Return the table in which a thing of this kind stands."""
    return TABLE_OF.get(About(about), str(about))


def target_table(part: str, name: str) -> str | None:
    """Return the named table that a column points to, if it does; a detail row goes by its object's name."""
    table = tables().get(part)
    column = columns(table).c.get(name) if table is not None else None
    key = next(iter(column.foreign_keys), None) if column is not None else None
    if key is None:
        return None
    target = key.column.table
    if target.name in NAMED:
        return str(target.name)
    on_spine = any(own.column.table is columns(CampaignObject) for own in key.column.foreign_keys)
    return "campaign_object" if on_spine else None


def _names(session: Session, lines: Sequence[ActLine]) -> dict[tuple[str, int], Name]:
    """Return what everything is called that these acts name. One statement."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        for about, number in line.subjects:
            wanted[table_of(about)].add(number)
        if line.act.evidence_id is not None:
            wanted["document"].add(line.act.evidence_id)
        for change in line.changes:
            wanted[table_of(change.about)].add(change.about_id)
            if change.also and change.also_id is not None:
                wanted[table_of(change.also)].add(change.also_id)
            for name, value in _values(change):
                target = target_table(change.part, name)
                if target is not None and isinstance(value, int):
                    wanted[target].add(value)
    parts = [_named(table, wanted[table]) for table in NAMED if wanted[table]]
    if not parts:
        return {}
    rows = session.connection().execute(union_all(*parts))
    return {(table, number): Name(text or "", slug or "", kind or "") for table, number, text, slug, kind in rows}


def _values(change: RevisionChange) -> Iterable[tuple[str, Any]]:
    for given in (change.before, change.after):
        if change.field:
            yield change.field, given
        elif isinstance(given, dict):
            yield from given.items()


def _named(table: str, ids: Collection[int]) -> Any:
    there = columns(tables()[table])
    name, slug, kind = (there.c[column] if column else null() for column in NAMED[table])
    text = func.coalesce(func.nullif(name, ""), slug) if table == "source" else name
    return select_values(
        literal(table).label("part"), there.c.id.label("number"), text.label("text"), slug.label("slug"),
        kind.label("kind"),
    ).where(there.c.id.in_(sorted(ids)))  # fmt: skip
