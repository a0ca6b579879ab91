"""Collecting: claim what is due, visit it, keep what came, and say in numbers what happened.

Three things go on side by side: one loop waits for servers, processes of their own read answers, and one thread
writes, many visits in one transaction. A visit is kept whole or not at all, whatever ends the program.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlmodel import Session

from tracker.domain.failures import LONGEST_OUTAGE, NETWORK, is_outage
from tracker.store import hosts, sources, visits
from tracker.store.engine import writing
from tracker.store.visits import Claimed
from tracker.workflows.basket import Basket
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.keep_visits import Found, keep_visits
from tracker.workflows.known import recipe
from tracker.workflows.manners import RESTING, Manners, host_of, rest_of
from tracker.workflows.readers import Readers
from tracker.workflows.restudy import link_pending
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories
from tracker.workflows.visit import Place, visit
from tracker.workflows.writer import Writer

Step = Callable[[int, int, str], None]
# Written in one transaction: enough to make statements large, few enough that nobody waits long for the lock and that
# what is held in memory stays small. Visits that brought nothing are light.
AT_ONCE, ENTRIES_AT_ONCE = 400, 500
GATHER_SECONDS = 0.4
# Sources claimed for each one that is visited at a time. All of them must be visited before their leases run out.
CLAIMED_AHEAD = 6
UNCONDITIONAL = 0.01
# Failures for which no server was asked: they do not show that our network is up.
UNASKED = frozenset({"refused_address", "no_contact", "robots"})
# Readers that ask for documents one by one, and are told which of them we have.
KNOWS_KEYS = frozenset({"edgar", "newsroom", "no_action", "exempt_elsewhere"})


def collect(runtime: Runtime, *, names: Sequence[str] = (), step: Step | None = None) -> CollectReport:
    """Ask every source that is due, or the named ones, and keep what they say.

    Raises NotFoundError for an unknown name. A source that fails is reported and asked again later; the others go on.
    """
    run = _Run(runtime, names, step)
    try:
        asyncio.run(run.collect())
    except BaseExceptionGroup as several:
        # What stops one of the tasks stops them all; a person is told the one thing that went wrong.
        raise several.exceptions[0] from several
    report = run.told()
    report.stories = tell_stories(runtime)
    link_pending(runtime)
    return report


def free_sources(runtime: Runtime) -> None:
    """Give back every lease on a source. Only for who knows that no other program uses this archive."""
    with writing(runtime.engine) as session:
        sources.free(session)


class _Run:
    """One run from the first claim to the report."""

    def __init__(self, runtime: Runtime, names: Sequence[str], step: Step | None) -> None:
        self._runtime = runtime
        self._names = names
        self._step = step
        self._report = CollectReport()
        self._writer = Writer(runtime.engine)
        self._unreached: list[tuple[str, Found]] = []
        self._answered: set[str] = set()
        self._seconds: dict[str, float] = defaultdict(float)
        self._total = 0

    async def collect(self) -> None:
        """Visit until nothing is due any more. Returns nothing: asyncio writes out what its main task returns."""
        manners = Manners(self._runtime, self._writer.transaction)
        with self._writer:
            batch = await self._claimed()
            if batch:
                readers = Readers.of(self._runtime.settings, lambda: self._writer.run(lambda: recipe(self._runtime)))
                async with self._runtime.open_door(manners.turn) as door, readers:
                    await self._visit(batch, manners.through(door), readers)
                await self._judge_unreached()

    # --- claiming -----------------------------------------------------------------------------------------------------

    async def _claimed(self) -> list[tuple[Claimed, Place]]:
        """Claim sources; those whose server wants rest are given back unasked."""
        settings = self._runtime.settings
        limit = len(self._names) or settings.collect_workers * CLAIMED_AHEAD

        def claim(session: Session) -> tuple[list[tuple[Claimed, Place]], list[str]]:
            now = self._runtime.clock()
            claimed = visits.claim(
                session,
                now=now,
                holder=self._runtime.holder,
                seconds=settings.collect_lease_seconds,
                limit=limit,
                names=self._names,
                first=not self._total,
            )
            at = {row.id: rest_of(row.standing.url) for row in claimed}
            rests = hosts.resting(session, set(at.values()), now) if not self._names else {}
            later = {row.id: rests[at[row.id]] for row in claimed if at[row.id] in rests}
            visits.postpone(session, later)
            chosen = [(row, self._place(session, row)) for row in claimed if row.id not in later]
            return chosen, [row.name for row in claimed if row.id in later]

        batch, resting = await self._writer.transaction(claim)
        self._report.resting += resting
        if not batch and resting:
            return await self._claimed()
        return list(batch)

    def _place(self, session: Session, row: Claimed) -> Place:
        options = self._runtime.options_of(row.reader, row.options)
        if row.reader in KNOWS_KEYS:
            # What was filed does not change: a reader that asks for documents one by one leaves out those we have.
            options["known"] = visits.seen_keys(session, row.id)
        if row.standing.usual_items:
            options.setdefault("needs_entries", True)
        # A server that says "unchanged" for ever is found out by asking it now and then without conditions.
        blank = self._runtime.chance() < UNCONDITIONAL
        return Place(row.reader, row.title, row.standing.url, options, {} if blank else row.validators)

    # --- visiting -----------------------------------------------------------------------------------------------------

    async def _visit(self, batch: list[tuple[Claimed, Place]], manners: Manners, readers: Readers) -> None:
        """Visit what was claimed and whatever else is due, so many at a time; write what is found meanwhile."""
        hands = self._runtime.settings.collect_workers
        places: asyncio.Queue[tuple[Claimed, Place] | None] = asyncio.Queue()
        few = asyncio.Event()
        found = Basket(visits=AT_ONCE, entries=ENTRIES_AT_ONCE, seconds=GATHER_SECONDS)
        lasting = self._runtime.settings.collect_lease_seconds / 2

        async def hand() -> None:
            while (one := await places.get()) is not None:
                if places.qsize() <= hands:
                    few.set()
                source, place = one
                begin = time.perf_counter()
                seen = await visit(place, manners.ask, readers.sealed, self._runtime.clock(), lasting=lasting)
                self._seconds["fetching"] += time.perf_counter() - begin
                await found.put(Found(source, seen))

        async with asyncio.TaskGroup() as group:
            group.create_task(self._write(found))
            group.create_task(self._hand_out(batch, places, few, hands))
            busy = [group.create_task(hand()) for _ in range(hands)]
            await asyncio.gather(*busy)
            found.close()

    async def _hand_out(
        self,
        batch: list[tuple[Claimed, Place]],
        places: asyncio.Queue[tuple[Claimed, Place] | None],
        few: asyncio.Event,
        hands: int,
    ) -> None:
        """Hand out claimed sources, and claim more while there still are a few: nobody waits for the database."""
        seen: set[int] = set()
        while batch:
            self._total += len(batch)
            few.clear()
            for one in batch:
                seen.add(one[0].id)
                places.put_nowait(one)
            await few.wait()
            # One whose lease ran out while we hold it must not be visited for ever.
            batch = [one for one in await self._more() if one[0].id not in seen]
        for _ in range(hands):
            places.put_nowait(None)

    async def _more(self) -> list[tuple[Claimed, Place]]:
        return [] if self._names else await self._claimed()

    async def _write(self, found: Basket) -> None:
        """Write visits as they come, a moment's worth of them at once, until there are no more."""
        while batch := await found.take():
            await self._keep(batch)

    async def _keep(self, batch: list[Found]) -> None:
        """Keep visits; those that reached no server wait until it is known whose fault that is."""
        kept = []
        for one in batch:
            host = host_of(one.source.standing.url)
            if one.visit.kind == RESTING:
                await self._put_off(one)
                continue
            answered = any(row.status for row in one.visit.attempts)
            if one.visit.kind in NETWORK and not answered:
                self._unreached.append((host, one))
                continue
            kept.append(one)
            if answered or (one.visit.attempts and one.visit.kind not in UNASKED):
                self._answered.add(host)
        if kept:
            await self._kept(kept)

    async def _put_off(self, one: Found) -> None:
        """Give a source back unasked: meanwhile another one on its server was told to wait."""
        until = self._runtime.clock() + timedelta(seconds=one.visit.rest or 0.0)

        def later(session: Session) -> None:
            ours = visits.held(session, [one.source.id], self._runtime.holder)
            visits.postpone(session, dict.fromkeys(ours, until))

        await self._writer.transaction(later)
        self._report.resting.append(one.source.name)

    async def _kept(self, batch: list[Found], *, blamed: bool = True) -> None:
        begin = time.perf_counter()
        reports = await self._writer.run(lambda: keep_visits(self._runtime, batch, blamed=blamed))
        self._seconds["writing"] += time.perf_counter() - begin
        for one, report in zip(batch, reports, strict=True):
            self._report.sources.append(report)
            for attempt in one.visit.attempts:
                if attempt.reading is not None:
                    for name, spent in attempt.reading.seconds.items():
                        self._seconds[name] += spent
            if self._step is not None:
                self._step(len(self._report.sources), self._total, report.name)

    async def _judge_unreached(self) -> None:
        """Keep the visits that reached no server: as failures of theirs, or, when nobody could be reached, of ours."""
        were_well = [host for host, one in self._unreached if one.source.standing.failing_since is None]
        outage, now = is_outage(were_well, self._answered), self._runtime.clock()
        until = now + timedelta(seconds=self._runtime.settings.retry_after_failure_seconds)
        if outage:
            said = "no server could be reached: our own network seems to be down"
            since = await self._writer.transaction(lambda session: hosts.outage(session, now, until, said))
            self._report.outage = now - since < LONGEST_OUTAGE
        elif self._answered:
            await self._writer.transaction(lambda session: hosts.wake(session, hosts.NETWORK))
        if self._unreached:
            await self._kept([one for _, one in self._unreached], blamed=not self._report.outage)

    def told(self) -> CollectReport:
        """Return what happened."""
        report = self._report
        report.sources.sort(key=lambda row: row.name)
        report.busy = sorted(set(self._names) - {row.name for row in report.sources} - set(report.resting))
        report.seconds = {name: round(spent, 6) for name, spent in self._seconds.items()}
        # What was fetched was also read meanwhile; the two are told apart.
        inside = sum(report.seconds.get(name, 0.0) for name in ("reading", "cleaning", "linking"))
        if "fetching" in report.seconds:
            report.seconds["fetching"] = max(report.seconds["fetching"] - inside, 0.0)
        return report
