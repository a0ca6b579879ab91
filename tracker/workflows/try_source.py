"""Trying a source before it is kept, or again later: what it would bring, and why. Only the look is stored.

What was seen is kept for an hour, so that looking at the page again asks no server again. At most two are tried at a
time and each for half a minute: whoever reads the site meanwhile does not wait.
"""

import asyncio
import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from tracker.domain.errors import FetchError, InputError, TrackerError
from tracker.domain.items import Draft, Target
from tracker.domain.reasons import Reason
from tracker.domain.rhythm import rhythm_of
from tracker.domain.text import excerpt
from tracker.domain.vocab import DocumentState
from tracker.linking.explain import explain
from tracker.sources.base import source_named
from tracker.sources.feed import Feed
from tracker.store import source_trials
from tracker.store.engine import reading, writing
from tracker.workflows.check import ADVICE
from tracker.workflows.find_feed import find_feed
from tracker.workflows.known import recipe
from tracker.workflows.manners import Manners
from tracker.workflows.readers import Readers
from tracker.workflows.readings import Reading, Studied
from tracker.workflows.runtime import Runtime
from tracker.workflows.source_names import named
from tracker.workflows.visit import Place, visit
from tracker.workflows.writer import Writer

HOLDS = timedelta(hours=1)
SECONDS = 30.0
MOST_TRIES = 8
MOST_SHOWN = 50
LONGEST_ADDRESS = 2000
# Readers that a person can set up here, with the options that a form has for them.
READERS: Mapping[str, tuple[str, ...]] = {
    "feed": (),
    "newsroom": ("entry", "link", "title", "date", "summary"),
    "watched_page": ("xpath",),
}
_room = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be tried. Without `reader` a feed is looked for at the address; `source` names one that is here."""

    address: str
    reader: str = ""
    title: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    @property
    def key(self) -> str:
        """What tells it from others, as a word for addresses."""
        told = json.dumps([self.address, self.reader, self.title, dict(self.options), self.source], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it would be stored. `state` is relevant, screened or quarantined; `why` says it in a sentence."""

    title: str
    url: str
    published: str
    state: str
    relevance: float
    why: str
    text: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came. `outcome` is ok, empty or the kind of failure, `said` the whole sentence, `advice` what to do.

    `count` and `relevant` are over all entries, of which `entries` has the first; `newest` is the newest one's day;
    `usual_seconds` is the usual time between two of them where it can be told; `further` is how many more requests its
    answer asks for.
    """

    key: str
    address: str
    url: str
    reader: str
    title: str
    options: dict[str, Any]
    source: str
    how: str
    outcome: str
    said: str
    advice: str
    status: int | None
    seconds: float
    size: int
    count: int
    relevant: int
    further: int
    usual_seconds: float | None
    newest: str
    made_by: str
    made_at: str
    entries: tuple[Entry, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing could be read."""
        return self.outcome not in {"ok", "empty"}


def of_source(runtime: Runtime, name: str) -> Wanted:
    """Return what trying a source that is here means; raises InputError for one that is filled by hand."""
    with reading(runtime.engine) as session:
        row = named(session, name)
        if not row.url:
            raise InputError(f"trying {name}: it is filled by hand, so there is nothing to ask")
        return Wanted(row.url, row.reader, row.title, dict(row.options), name)


def kept_trial(runtime: Runtime, key: str) -> Trial | None:
    """Return what trying something showed within the last hour."""
    with reading(runtime.engine) as session:
        row = source_trials.kept(session, key, runtime.clock() - HOLDS)
        return None if row is None else _from_plain(row.found)


def try_source(runtime: Runtime, wanted: Wanted, by: str, *, again: bool = False) -> Trial:
    """Ask a source and return what it would bring; what was seen within the hour is not asked for `again` unless said.

    Raises InputError for an address that cannot be one, and while two others are being tried.
    """
    address = wanted.address.strip()
    if not address or len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise InputError("Write the address of a page or feed, as https://www.example.org.")
    wanted = replace(wanted, address=address if "://" in address else f"https://{address}")
    if wanted.reader and not wanted.source and wanted.reader not in READERS:
        raise InputError(f"There is no way {wanted.reader!r} to read it here; choose one of the list.")
    known = None if again else kept_trial(runtime, wanted.key)
    if known is not None:
        return known
    if not _room.acquire(blocking=False):
        raise InputError("Two other sources are being tried at this moment. Try again in half a minute.")
    try:
        trial = asyncio.run(_try(runtime, wanted, by))
    finally:
        _room.release()
    now = runtime.clock()
    with writing(runtime.engine) as session:
        source_trials.keep(session, trial.key, asdict(trial), by=by, now=now, before=now - HOLDS)
    return trial


async def _try(runtime: Runtime, wanted: Wanted, by: str) -> Trial:
    nothing = Trial(
        wanted.key, wanted.address, wanted.address, wanted.reader or Feed.name, wanted.title, dict(wanted.options),
        wanted.source, "", "", "", "", None, 0.0, 0, 0, 0, 0, None, "", by, runtime.clock().isoformat(),
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            return await _asked(runtime, wanted, nothing)
    except TimeoutError:
        said = f"trying {wanted.address}: it took longer than {SECONDS:g} s, and was given up"
        return replace(nothing, outcome="timeout", said=said, advice=ADVICE["timeout"])
    except FetchError as error:
        return replace(
            nothing, outcome=error.kind, said=str(error), advice=ADVICE.get(error.kind, ""), status=error.status
        )
    except TrackerError as error:
        return replace(nothing, outcome="no_feed", said=str(error).partition("; give the feed's")[0], advice=NO_FEED)


NO_FEED = "Give the feed's own address, read the page as a list of news, or watch it for changes."


async def _asked(runtime: Runtime, wanted: Wanted, nothing: Trial) -> Trial:
    with Writer(runtime.engine) as writer:
        manners = Manners(runtime, writer.transaction)
        readers = Readers.of(runtime.settings, lambda: writer.run(lambda: recipe(runtime)))
        async with runtime.open_door(manners.turn) as door, readers:
            manners.through(door)
            if not wanted.reader:
                found = await find_feed(manners.ask, wanted.address, most=MOST_TRIES)
                target = Target(found.url, name=wanted.title or found.title, options=wanted.options)
                request = next(iter(source_named(Feed.name).requests([target])))
                answer = replace(found.answer, request=request)
                told = await readers.read(Feed.name, answer, runtime.clock())
                begun = replace(
                    nothing, url=found.url, title=wanted.title or found.title, how=found.how, status=answer.status,
                    size=len(answer.body),
                )  # fmt: skip
                return _told(begun, told.opened(), runtime.clock())
            options = runtime.options_of(wanted.reader, wanted.options)
            place = Place(wanted.reader, wanted.title, wanted.address, options)
            seen = await visit(place, manners.ask, readers.read, runtime.clock(), most=1)
    seconds = sum(attempt.seconds for attempt in seen.attempts)
    begun = replace(nothing, seconds=round(seconds, 2), further=seen.left, how="as you said")
    first = next(iter(seen.attempts), None)
    if first is None or first.reading is None:
        kind = seen.kind or "unreadable"
        status = first.status if first else None
        return replace(begun, outcome=kind, said=seen.error, advice=ADVICE.get(kind, ""), status=status)
    packed = first.reading.packed
    begun = replace(begun, status=first.status, size=packed.size if packed else 0)
    return _told(begun, first.reading.opened(), runtime.clock())


def _told(begun: Trial, found: Reading, now: datetime) -> Trial:
    """Return a trial with what was read."""
    if found.outcome != "ok":
        return replace(begun, outcome=found.outcome, said=found.error, advice=ADVICE.get(found.outcome, ""))
    drafts = [item.draft for item in found.items]
    moments = [draft.published_at for draft in drafts if draft.published_at is not None]
    rhythm = rhythm_of(moments, now)
    further = max(begun.further, len(found.further))
    empty = not drafts and not further
    return replace(
        begun,
        outcome="empty" if empty else "ok",
        advice="it answers, and has nothing: check that this is right" if empty else "",
        count=len(drafts),
        relevant=sum(item.judged.state is DocumentState.RELEVANT for item in found.items),
        further=further,
        usual_seconds=rhythm.usual.total_seconds() if rhythm else None,
        newest=_newest(drafts),
        entries=tuple(_entry(item) for item in found.items[:MOST_SHOWN]),
    )


def _newest(drafts: Sequence[Draft]) -> str:
    days = [draft.published for draft in drafts if draft.published is not None and draft.published.latest is not None]
    return max(days, key=lambda day: day.latest or date.min).words() if days else ""


def _entry(item: Studied) -> Entry:
    draft, judged = item.draft, item.judged
    reasons = [Reason(**one) for one in judged.relevance_reasons]
    return Entry(
        title=draft.title,
        url=draft.url or "",
        published=draft.published.words() if draft.published else "",
        state=judged.state.value,
        relevance=round(judged.relevance, 3),
        why=judged.state_reason or explain(reasons),
        text=excerpt(draft.text, 200),
        warnings=draft.warnings,
    )


def _from_plain(found: Mapping[str, Any]) -> Trial:
    entries = tuple(Entry(**{**one, "warnings": tuple(one["warnings"])}) for one in found["entries"])
    return Trial(**{**found, "entries": entries})
