"""Campaign objects, campaigns and organisations in the index, brought up to date with the rows they are told by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from sqlmodel import Session, col, select

from tracker.models.base import Base, Party
from tracker.models.campaign import Campaign
from tracker.models.correspondence import LetterQuestion
from tracker.models.organization import Alias, Organization
from tracker.models.search import SearchEntry
from tracker.store import campaigns, newest_texts, objects
from tracker.store.bulk import table_of
from tracker.store.objects import StoredObject
from tracker.store.search import entries
from tracker.store.search.entries import OF_CAMPAIGN, OF_DOCUMENT, OF_OBJECT, OF_ORGANIZATION, Entry
from tracker.store.search.query import CAMPAIGN, ORGANIZATION
from tracker.store.visits import parts

_ORGANIZATIONS = table_of(Organization)


def keep_objects(session: Session, ids: Collection[int]) -> None:
    """Index these objects as they are now, the organisations they name, and the campaigns.

    One that is withdrawn, a draft or merged into another is not in the index.
    """
    named: set[int] = set()
    for part in parts(sorted(ids)):
        found = objects.load(session, part)
        named |= {number for row in found for number in row.parts.organizations}
        _write_changed(session, OF_OBJECT, part, _objects(session, found))
    _keep_organizations(session, sorted(named))
    _keep_campaigns(session)


def keep_all(session: Session) -> None:
    """Index every object, campaign and organisation as it is now, and nothing that is gone."""
    table = table_of(SearchEntry)
    ids: list[int] = sorted(session.exec(objects.shown()))  # type: ignore[call-overload]
    known = session.connection().execute(table.select().with_only_columns(table.c.object_id))
    gone = {number for (number,) in known if number is not None} - set(ids)
    entries.forget(session, OF_OBJECT, gone)
    for part in parts(ids):
        _write_changed(session, OF_OBJECT, part, _objects(session, objects.load(session, part)))
    _keep_organizations(session, session.exec(select(Organization.id)).all())
    _keep_campaigns(session)


def mark_again(session: Session, document_ids: Collection[int]) -> None:
    """Index again those of these documents whose fields say something else than when they were indexed."""
    table = table_of(SearchEntry)
    for part in parts(sorted(document_ids)):
        columns = (table.c.document_id, table.c.kind, table.c.title, table.c.marks)
        rows = session.connection().execute(
            table.select().with_only_columns(*columns).where(table.c.document_id.in_(part))
        )
        told = entries.document_marks(session, part)
        stale = {
            number: title for number, kind, title, known in rows if (told[number][0], told[number][2]) != (kind, known)
        }
        texts = newest_texts.of_documents(session, stale)
        entries.forget(session, OF_DOCUMENT, stale, texts)
        entries.add(session, [entries.Words(number, title, texts[number]) for number, title in stale.items()])


def _keep_organizations(session: Session, ids: Iterable[int | None]) -> None:
    for part in parts([number for number in ids if number is not None]):
        names: dict[int, list[str]] = defaultdict(list)
        for number, name in session.exec(
            select(Alias.organization_id, Alias.text)
            .where(col(Alias.organization_id).in_(part))
            .order_by(col(Alias.id))
        ):
            names[number].append(name)
        columns = select(Organization.id, Organization.slug, Organization.name).where(
            col(Organization.id).in_(part), col(Organization.merged_into_id).is_(None)
        )
        wanted = [
            Entry(OF_ORGANIZATION, number or 0, ORGANIZATION, "", name, "\n".join(names[number or 0]),
                  entries.marks([ORGANIZATION], [slug, name]))
            for number, slug, name in session.exec(columns)
        ]  # fmt: skip
        _write_changed(session, OF_ORGANIZATION, part, wanted)


def _keep_campaigns(session: Session) -> None:
    columns = select(Campaign.id, Campaign.title, Campaign.summary, Campaign.withdrawn)
    everyone = session.exec(columns).all()
    rows = [(number, title, summary) for number, title, summary, withdrawn in everyone if not withdrawn]
    asks = campaigns.asks(session, [number or 0 for number, *_ in rows])
    wanted = [
        Entry(OF_CAMPAIGN, number or 0, CAMPAIGN, "", title, "\n".join([summary, *asks[number or 0]]),
              entries.marks([CAMPAIGN], []))
        for number, title, summary in rows
    ]  # fmt: skip
    _write_changed(session, OF_CAMPAIGN, [number or 0 for number, *_ in everyone], wanted)


def _write_changed(session: Session, thing: str, ids: Collection[int], wanted: list[Entry]) -> None:
    """Write those of these entries that differ from what is indexed; of `ids` the others are forgotten."""
    table = table_of(SearchEntry)
    stored: dict[int, tuple[int, str, str, str, str]] = {}
    columns = [table.c[name] for name in (thing, "place", "kind", "title", "text", "marks")]
    for part in parts(list(ids)):
        rows = session.connection().execute(table.select().with_only_columns(*columns).where(table.c[thing].in_(part)))
        stored |= {number: (at, kind, title, words, marks) for number, at, kind, title, words, marks in rows}
    now = {entry.number: (entry.place, entry.kind, entry.title, entry.text, entry.marks) for entry in wanted}
    entries.forget(session, thing, {number for number, row in stored.items() if now.get(number) != row})
    entries.write(session, [entry for entry in wanted if stored.get(entry.number) != now[entry.number]])


# --- what is indexed of an object -------------------------------------------------------------------------------------


def _objects(session: Session, rows: Collection[StoredObject]) -> list[Entry]:
    questions: dict[int, list[str]] = defaultdict(list)
    for part in parts([row.spine.id or 0 for row in rows]):
        query = select(LetterQuestion.letter_id, LetterQuestion.text).where(col(LetterQuestion.letter_id).in_(part))
        for number, question in session.exec(query.order_by(col(LetterQuestion.letter_id), col(LetterQuestion.number))):
            questions[number].append(question)
    return [_object(row, questions[row.spine.id or 0]) for row in rows]


def _object(row: StoredObject, questions: list[str]) -> Entry:
    spine, told = row.spine, [row.detail, *(one for table in row.parts.rows.values() for one in table)]
    days = [milestone.on.sort_key[0].isoformat() for milestone in row.detail.milestones(spine, row.parts)]
    parties = [party for one in told for party in _organizations(row, one)]
    said = (text for one in told for text in _texts(one))
    written = [spine.summary, *spine.aliases, *questions, *said, *(party.name for party in parties)]
    return Entry(
        thing=OF_OBJECT,
        number=spine.id or 0,
        kind=spine.kind,
        day=max(days, default=""),
        title=spine.title,
        text="\n".join(text for text in dict.fromkeys(written) if text),
        marks=entries.marks([spine.kind], [name for party in parties for name in (party.slug, party.name)]),
    )


def _organizations(row: StoredObject, told: Base) -> Iterator[Party]:
    """Yield the organisations that a row of an object points to."""
    for name, table in objects.pointing(type(told)):
        party = row.parts.organizations.get(getattr(told, name) or 0) if table is _ORGANIZATIONS else None
        if party is not None:
            yield party


def _texts(told: Base) -> Iterator[str]:
    """Yield what a row says in words: its text columns that hold no code."""
    for name, value in told:
        if type(value) is str and name not in {"source", "currency"}:
            yield value
