"""What tests of collecting do again and again: follow, collect, count."""

import asyncio
from dataclasses import asdict, replace
from typing import Any

from sqlmodel import col, select

from tracker.models.base import CampaignObject
from tracker.models.document import Source
from tracker.models.link import Link
from tracker.store import sources, visits
from tracker.store.engine import reading, writing
from tracker.workflows import reading as reading_module
from tracker.workflows.collect import collect
from tracker.workflows.collect_report import CollectReport
from tracker.workflows.keep_visits import Found
from tracker.workflows.known import open_linker
from tracker.workflows.visit import Place, Visit, visit


def visited(runtime, linker=None) -> list[Found]:
    """Claim what is due and visit it, as collecting does, and keep nothing yet."""
    linker = linker or open_linker(runtime)

    async def study(reader, answer, now):
        return reading_module.read(reader, answer, linker, now)

    async def all_of(claimed) -> list[Found]:
        async with runtime.open_door() as door:
            return [
                Found(
                    row,
                    await visit(
                        Place(row.reader, row.title, row.standing.url, row.options), door.fetch, study, runtime.clock()
                    ),
                )
                for row in claimed
            ]

    with writing(runtime.engine) as session:
        claimed = visits.claim(session, now=runtime.clock(), holder=runtime.holder, seconds=60, limit=5)
    return asyncio.run(all_of(claimed))


def with_score(found: Found, score: float) -> Found:
    """The same visit with a relevance that the database refuses."""
    [attempt] = found.visit.attempts
    items = tuple(replace(item, judged=replace(item.judged, relevance=score)) for item in attempt.reading.items)
    return replace(found, visit=Visit([replace(attempt, reading=replace(attempt.reading, items=items))]))


def follow(runtime, *addresses: str, **more: Any) -> None:
    """Follow feeds; each is named by the last part of its address."""
    wanted = [
        {"name": url.rpartition("/")[2], "reader": "feed", "url": url, "every_seconds": 3600, **more}
        for url in addresses
    ]
    with writing(runtime.engine) as session:
        sources.sync(session, wanted, runtime.clock())


def counts(report: CollectReport) -> dict[str, int]:
    return {name: number for name, number in asdict(report.total).items() if number}


def every(runtime, table: Any) -> list[Any]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(table).order_by(*table.__table__.primary_key.columns)))


def source(runtime, name: str = "paper") -> Source:
    with reading(runtime.engine) as session:
        return session.exec(select(Source).where(col(Source.name) == name)).one()


def again(runtime, clock) -> CollectReport:
    clock.forward(hours=1)
    return collect(runtime)


def linked(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        query = select(CampaignObject.slug).join(Link, col(Link.object_id) == col(CampaignObject.id))
        return list(session.exec(query))
