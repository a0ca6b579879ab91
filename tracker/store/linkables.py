"""Campaign objects as linking needs them: names, dates, numbers and neighbours, read off the tables' own columns.

A new kind of object needs nothing here: its partial dates, parties, products and ties are found by their column types.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.linkable import Linkable
from tracker.domain.vocab import ResolutionCode
from tracker.models import kinds
from tracker.models.base import Base, PartialDateText
from tracker.models.correspondence import Answer, LetterParty, LetterQuestion
from tracker.models.document import Document, FormerAddress
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, Meeting
from tracker.models.organization import Organization, Person, Product
from tracker.models.resolution import Filer, ResolutionStatus
from tracker.store import objects
from tracker.store.records import columns

COMPANY = ("company_id", "vendor_id")
NUMBERS = frozenset({"docket", "award_id", "number"})
# Columns of running text; a board's or proponent's full statement would drown the words that tell objects apart.
PROSE = frozenset({"ask", "outcome", "how_ended", "amount_note", "jurisdiction"})
# A step that another step's document also tells; its day says nothing of this object alone.
SILENT = frozenset({ResolutionCode.DRAFTED})


@dataclass(frozen=True, slots=True)
class _Slugs:
    organizations: Mapping[int, str]
    products: Mapping[int, str]
    people: Mapping[int, str]


def linkables(session: Session) -> list[Linkable]:
    """Return every shown object, ordered by id. A fixed number of queries."""
    slugs = _Slugs(
        dict(session.exec(select(Organization.id, Organization.slug)).all()),  # type: ignore[arg-type]
        dict(session.exec(select(Product.id, Product.slug)).all()),  # type: ignore[arg-type]
        dict(session.exec(select(Person.id, Person.name)).all()),  # type: ignore[arg-type]
    )
    found: dict[int, Linkable] = {}
    for stored in objects.load(session):
        row = _from_columns(stored, slugs)
        found[row.object_id] = row
    _ballots(session, found)
    _steps(session, found)
    _parties(session, found, slugs)
    _questions(session, found)
    for answer in session.exec(select(Answer)):
        _tie(found, answer.response_id, answer.object_id)
    moved = (
        select(Evidence.object_id, Document.canonical_url)
        .join(FormerAddress, col(FormerAddress.canonical_url) == col(Evidence.canonical_url))
        .join(Document, col(Document.id) == col(FormerAddress.document_id))
    )
    for cited in (select(Evidence.object_id, Evidence.canonical_url), moved):
        for object_id, address in session.exec(cited):
            if object_id in found and address:
                found[object_id].addresses.add(address)
    return list(found.values())


def numbers(session: Session) -> set[str]:
    """Return every docket, bill and award number that an object has."""
    found: set[str] = set()
    for kind in kinds().values():
        table = columns(kind)
        for name in sorted(NUMBERS & set(table.c.keys())):
            if kind.model_fields[name].annotation is str:
                found.update(session.execute(select(table.c[name]).where(table.c[name] != "")).scalars())
    return found


def _from_columns(stored: objects.StoredObject, slugs: _Slugs) -> Linkable:
    spine = stored.spine
    row = Linkable(
        object_id=spine.id or 0,
        # Plain text: a vocabulary of the models would bring the whole database library to the processes that read.
        kind=str(getattr(stored.detail, "proceeding_kind", spine.kind)),
        title=spine.title,
        campaign=stored.campaigns[0][1] if stored.campaigns else "",
        enacted=getattr(stored.detail, "enacted_on", None) is not None,
        aliases=list(spine.aliases),
        texts=[spine.summary],
    )
    for name, column in columns(type(stored.detail)).c.items():
        value = getattr(stored.detail, name)
        if value is None or name == "id":
            continue
        if isinstance(column.type, PartialDateText):
            _date(row, value)
        elif column.foreign_keys:
            _reference(row, name, next(iter(column.foreign_keys)).column.table.name, value, slugs)
        elif name in NUMBERS:
            row.identifiers.extend([value] if value else [])
        elif type(value) is str and name in PROSE:
            row.texts.append(value)
    return row


def _date(row: Linkable, value: PartialDate) -> None:
    if row.on is None:
        row.on = value
    else:
        row.dates.append(value)


def _reference(row: Linkable, name: str, table: str, value: int, slugs: _Slugs) -> None:
    if table == "organization" and value in slugs.organizations:
        row.organizations.add(slugs.organizations[value])
        if name in COMPANY:
            row.company = slugs.organizations[value]
    elif table == "product" and value in slugs.products:
        row.products.add(slugs.products[value])
    elif table == "campaign_object":
        row.neighbours.add(value)


def _ballots(session: Session, found: Mapping[int, Linkable]) -> None:
    query = select(BallotItem, Meeting).join(Meeting, col(Meeting.id) == col(BallotItem.meeting_id))
    for item, meeting in session.exec(query.order_by(col(BallotItem.id))):
        row = found.get(item.resolution_id or 0)
        if row is not None:
            row.number, row.due = item.number or "", meeting.held_on
            row.texts.append(item.title)
            _tie(found, row.object_id, meeting.id)


def _steps(session: Session, found: Mapping[int, Linkable]) -> None:
    for step in session.exec(select(ResolutionStatus).order_by(col(ResolutionStatus.id))):
        row = found.get(step.resolution_id)
        if row is not None and step.on is not None and step.code not in SILENT:
            _date(row, step.on)


def _parties(session: Session, found: Mapping[int, Linkable], slugs: _Slugs) -> None:
    rows: Iterable[tuple[int, Any, str]] = [
        *((party.letter_id, party, party.name) for party in _ordered(session, LetterParty)),
        *((filer.resolution_id, filer, "") for filer in _ordered(session, Filer)),
    ]
    for object_id, party, name in rows:
        row = found.get(object_id)
        if row is None:
            continue
        if party.organization_id in slugs.organizations:
            row.organizations.add(slugs.organizations[party.organization_id])
        if name or party.person_id in slugs.people:
            row.parties.append(name or slugs.people[party.person_id])


def _questions(session: Session, found: Mapping[int, Linkable]) -> None:
    texts: dict[int, list[str]] = defaultdict(list)
    for question in _ordered(session, LetterQuestion):
        texts[question.letter_id].append(question.text)
    for object_id, lines in texts.items():
        if object_id in found:
            found[object_id].texts.extend(lines)


def _ordered(session: Session, table: type[Base]) -> list[Any]:
    return list(session.exec(select(table).order_by(table.id)))  # type: ignore[attr-defined]


def _tie(found: Mapping[int, Linkable], one: int, other: int | None) -> None:
    if one in found and other is not None and other != one:
        found[one].neighbours.add(other)
