"""Which documents tell one story: found for every document that is due, decided by people where they say otherwise.

A relevant document is due as long as no fingerprint of its newest version is kept, so a run that is ended half way is
gone on with by the next one. What stands is not taken apart by a rule, and what a person decided by no rule at all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, product, takewhile
from pathlib import Path

from sqlmodel import Session

from tracker.domain.additive import Model
from tracker.domain.corrections import CorrectionKind
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentState, Learner, StoryTie
from tracker.linking.between import BetweenRules
from tracker.linking.duplicates import Group, Pair, Standing, Tie, grouped, pair
from tracker.linking.same_event import COMPANY, StoryRules
from tracker.models.document import Document
from tracker.settings import config_file, names_of
from tracker.store import events, fingerprints, learned_models, links, names, organizations, stories, story_page
from tracker.store.corrections import Cause, record, recording
from tracker.store.document_links import Following
from tracker.store.engine import reading, writing
from tracker.store.fingerprints import Known, Unread
from tracker.store.stories import Joined
from tracker.store.story_page import Teller
from tracker.workflows.followings import follow, write_followed
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.tellings import Tellings

AT_ONCE = 600  # documents of a transaction: what lies around them is read once for all of them
_MOST_TOGETHER = 200  # of those, held against what lies around them at once
_TOGETHER = timedelta(days=30)  # between the first and the last of them, so that what lies around them is little
# Documents held against each other at most, and how many tell how rare a word is where little lies around.
_MOST_AROUND, _LEAST_AROUND = 4000, 300
BY_EDITOR = "by an editor"


@dataclass(slots=True)
class Told:
    """How many documents were looked at, and how many of them joined a story."""

    documents: int = 0
    joined: int = 0

    def words(self) -> str:
        """Return it as one line for a person."""
        return f"{self.documents:,} documents looked at, {self.joined:,} joined a story"


def tell_stories(runtime: Runtime) -> Told:
    """Look at every document that is due, a batch in a transaction, and bring the timeline up to date."""
    told, ways = Told(), None
    while True:
        with writing(runtime.engine) as session:
            events.lock(session)
            waiting = fingerprints.due(session, limit=AT_ONCE)
            if not waiting:
                return told
            ways = ways or _ways(session, runtime.settings.config_dir)
            tellings, joined, followed = Tellings(session, waiting), set[int](), list[Following]()
            for batch in _by_time(waiting):
                told.documents += len(batch)
                found, rows = _tell(batch, tellings, ways, runtime.clock())
                joined |= found
                followed += rows
            tellings.write(runtime.clock())
            write_followed(session, tellings, followed, runtime.clock())
            told.joined += len(joined)
            project(session, document_ids=stories.with_members(session, joined), clock=runtime.clock)


def tell_again(runtime: Runtime) -> Told:
    """Tell every story anew with today's words and points. What people put together or apart stays so."""
    with writing(runtime.engine) as session:
        events.lock(session)
        before = stories.in_stories(session)
        pairs = stories.put_together(session)
        stories.clear(session)
        for story in unions(pairs):
            _join(session, story, by_pairs=pairs, now=runtime.clock())
        project(session, document_ids=before, clock=runtime.clock)
    return tell_stories(runtime)


def _by_time(waiting: Sequence[Unread]) -> Iterator[list[Unread]]:
    """Yield documents that are looked at together. Of the last ones more may be waiting than were asked for."""
    rest = list(waiting)
    while rest:
        batch = _of_one_time(rest)
        if len(waiting) == AT_ONCE and len(rest) == len(batch) < _MOST_TOGETHER:
            return
        rest = rest[len(batch) :]
        yield batch


def _of_one_time(waiting: Sequence[Unread]) -> list[Unread]:
    """Return those from the first on that were published near it; documents without a day stay by themselves."""
    first, together = waiting[0].day, islice(waiting, _MOST_TOGETHER)
    if not first:
        return list(takewhile(lambda one: not one.day, together))
    until = (date.fromisoformat(first) + _TOGETHER).isoformat()
    return list(takewhile(lambda one: one.day <= until, together))


@dataclass(frozen=True, slots=True)
class _Ways:
    """What documents are compared by: rules, and which organisations are no companies, so that a title names none."""

    rules: StoryRules
    follows: BetweenRules
    no_companies: frozenset[str]


def _ways(session: Session, folder: Path) -> _Ways:
    terms, configured = config_file(folder, "terms.toml"), names_of(folder).get("organization", ())
    others = {row["id"] for row in configured if COMPANY.isdisjoint(row.get("roles", ()))}
    stored, roles = names.all_names(session).organizations, organizations.roles(session)
    others |= {slug for number, slug, _ in stored if COMPANY.isdisjoint(roles.get(number, ()))}
    learned = learned_models.live(session).get(Learner.STORIES)
    rules = StoryRules.from_config(terms, Model.from_plain(learned.content) if learned else None)
    return _Ways(rules, BetweenRules.from_config(terms), frozenset(others))


def _tell(batch: Sequence[Unread], tellings: Tellings, ways: _Ways, now: datetime) -> tuple[set[int], list[Following]]:
    """Look at documents and let them join stories; both, and what they follow, is still to be written.

    Returns which of them joined or changed a story, and what they follow.
    """
    tellings.look(batch, ways.no_companies)
    days, reach = [one.day for one in batch if one.day], timedelta(days=ways.rules.days)
    first = date.fromisoformat(days[0]) - _TOGETHER - reach if days else None  # a month begins before its days
    last = date.fromisoformat(days[-1]) + reach if days else None
    known = tellings.around(first, last, least=_LEAST_AROUND, most=_MOST_AROUND)
    known |= tellings.known([one.document_id for one in batch])
    story_of = tellings.story_of(known)
    by_story: dict[int, list[int]] = {}
    for document_id, story_id in sorted(story_of.items()):
        by_story.setdefault(story_id, []).append(document_id)
    decided = tellings.decided
    standing = Standing(
        stories=[by_story[story_id] for story_id in sorted(by_story)],
        together=frozenset(couple for couple, together in decided.items() if together),
        apart=frozenset(couple for couple, together in decided.items() if not together),
    )
    told = tellings.of(known)
    joined: set[int] = set()
    for group in grouped(
        tellings.around_them.become(told), ways.rules, of=[one.document_id for one in batch], standing=standing
    ):
        joined |= _join_group(group, tellings, known, now)
    return joined, follow(batch, told, tellings, ways.follows)


def _join_group(group: Group, tellings: Tellings, known: Mapping[int, Known], now: datetime) -> set[int]:
    """Let the documents of a group join a story where that is something new; return those concerned."""
    story_of = tellings.story_of(group.members)
    ids = sorted(set(story_of.values()))
    if not group.ties and len(ids) <= 1:
        return set()
    new = [_joined(number, tie) for number, tie in sorted(group.ties.items()) if number not in story_of]
    lead = _lead({number: known[number].published for number in group.members})
    tellings.join(ids, lead, new, now)
    return {row.document_id for row in new} or set(group.members)


def _joined(number: int, tie: Tie) -> Joined:
    return Joined(number, tie.how, tie.nearest, tie.score, tie.why, [reason.plain() for reason in tie.reasons])


def _lead(members: Mapping[int, PartialDate | None]) -> int:
    """Return who told it first: the earliest day that is known, and of one day whom we saw first."""
    ends = {number: published.latest if published else None for number, published in members.items()}
    return min(ends, key=lambda number: (ends[number] or date.max, number))


# --- what people decide -----------------------------------------------------------------------------------------------


def split(runtime: Runtime, document_id: int, *, by: str = BY_EDITOR) -> int:
    """Take a document out of its story and never put it back to those in it; return how many those are.

    Raises NotFoundError where there is no such document, InputError where it is in no story.
    """
    with writing(runtime.engine) as session:
        events.lock(session)
        _document(session, document_id, "splitting a story")
        story_id = stories.of_documents(session, [document_id]).get(document_id)
        if story_id is None:
            raise InputError(f"splitting a story: document {document_id} is in none, so there is nothing to take apart")
        others = [row.document_id for row in stories.members(session, [story_id])[story_id]]
        others.remove(document_id)
        now, pairs = runtime.clock(), [pair(document_id, other) for other in others]
        cause = Cause(by, now)
        _told_otherwise(session, CorrectionKind.TOLD_APART, document_id, others, cause)
        with recording(session, cause):
            stories.decide(session, pairs, together=False, by=by, now=now)
        stories.leave(session, document_id, _lead(stories.published(session, others)))
        fingerprints.forget(session, [document_id])  # it may belong to another story
        project(session, document_ids=[document_id, *others], clock=runtime.clock)
    tell_stories(runtime)
    return len(others)


def merge(runtime: Runtime, document_id: int, other_id: int, *, by: str = BY_EDITOR) -> int:
    """Put two documents, each with its story, together for good; return how many tell the story now.

    Raises NotFoundError where there is no such document, InputError where they are one already or not relevant.
    """
    with writing(runtime.engine) as session:
        events.lock(session)
        ids = (document_id, other_id)
        for number in ids:
            _document(session, number, "merging stories")
        story_of = stories.of_documents(session, ids)
        if document_id == other_id or (len(story_of) > 1 and story_of[document_id] == story_of[other_id]):
            raise InputError(f"merging stories: documents {document_id} and {other_id} tell one story already")
        sides = [sorted(stories.with_members(session, [number])) for number in ids]
        pairs = {pair(one, other) for one, other in product(*sides)}
        now = runtime.clock()
        with recording(session, Cause(by, now)):
            stories.decide(session, pairs, together=True, by=by, now=now)
        everyone = sorted({*sides[0], *sides[1]})
        _told_otherwise(session, CorrectionKind.TOLD_TOGETHER, document_id, sides[1], Cause(by, now))
        _join(session, everyone, by_pairs=pairs, now=now)
        project(session, document_ids=everyone, clock=runtime.clock)
        return len(everyone)


def _told_otherwise(
    session: Session, kind: CorrectionKind, document_id: int, others: Collection[int], cause: Cause
) -> None:
    """Write down that reports which readers saw as one row of a timeline are two, or the other way round."""
    if not any(links.confirmed_of(session, number) for number in (document_id, *others)):
        return
    lead = session.get(Document, _lead(stories.published(session, others)))
    record(session, cause, kind, document_id=document_id, item=lead.title if lead else "")


def _join(session: Session, ids: Sequence[int], *, by_pairs: Collection[Pair], now: datetime) -> None:
    """Make one story of documents that a person put together."""
    story_of = stories.of_documents(session, ids)
    new = [
        Joined(number, StoryTie.PERSON, nearest, 1.0, "put together by an editor")
        for number in ids
        if number not in story_of
        for nearest in [next(other for other in ids if pair(number, other) in by_pairs)]
    ]
    lead = _lead(stories.published(session, ids))
    stories.write(session, sorted(set(story_of.values())), lead, new, now)


def unions(pairs: Iterable[Pair]) -> list[list[int]]:
    """Return the documents that pairs hold together, each once."""
    groups: dict[int, set[int]] = {}
    for one, other in sorted(pairs):
        whole = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(whole, whole)
    return sorted({min(group): sorted(group) for group in groups.values()}.values())


def _document(session: Session, document_id: int, doing: str) -> Document:
    row = session.get(Document, document_id)
    if row is None:
        raise NotFoundError(f"{doing}: no document has the number {document_id}; it stands in its page's address")
    if row.state is not DocumentState.RELEVANT:
        raise InputError(f"{doing}: document {document_id} is {row.state.value}; only relevant ones tell stories")
    return row


# --- telling a person -------------------------------------------------------------------------------------------------


def show(runtime: Runtime, document_id: int) -> str:
    """Return in lines who tells the story of a document and why; raises InputError where it is alone."""
    with reading(runtime.engine) as session:
        _document(session, document_id, "showing a story")
        found = story_page.of_document(session, document_id)
        if found is None:
            raise InputError(f"showing a story: document {document_id} is in none; nobody else tells what it tells")
        lines = [f"story {found.story_id}, told by {len(found.tellers)} documents"]
        for teller in found.tellers:
            document = teller.document
            published = document.published.words() if document.published else "date not known"
            lead = ", stands for it on the timeline" if teller.lead else ""
            lines.append(f"  document {document.id}: {document.title} ({document.publisher}, {published}{lead})")
            lines.append(f"      as {_near(teller)}: {teller.why}")
        return "\n".join(lines)


def _near(teller: Teller) -> str:
    return f"document {teller.nearest_id}" if teller.nearest_id else "one that is no longer in it"
