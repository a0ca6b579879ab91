"""How long the site takes to answer, on a large archive and on a small one: processor time, through the real WSGI app.

The time is the thread's own: reading that of the process takes long enough to be seen in figures this small.

Each page is asked for in turn with the others, as readers do, so that no page lives from the last one's caches. Raw SQL
is the time that the page's statements take when they are repeated on the driver alone, to the last row.
"""

import gc
import gzip
import html
import re
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlmodel import col, select

from tests.bench import archive
from tracker.domain.vocab import Lane
from tracker.models.base import CampaignObject
from tracker.models.event import Event
from tracker.models.organization import Organization
from tracker.settings import Settings
from tracker.store import comparisons_answers
from tracker.store.engine import create_engine, reading
from tracker.web.factory import create_app, stays
from tracker.workflows.runtime import Runtime

TIMES = 100
WARM = 3
P99_MS, RATIO, OF_SQL, FIRST_KB = 60.0, 1.5, 3.0, 60.0
WITH_BUDGET = ("timeline", "resolutions", "a resolution", "Atom", "search")
# Addresses of a page, one after the other for ever.
Addresses = Iterator[str]


@dataclass(slots=True)
class Spent:
    """What a page took each time, in milliseconds of processor time: in all, and in the database driver."""

    whole: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: set[int] = field(default_factory=set)

    def at(self, share: float) -> float:
        """Return the time within which this share of the requests was answered."""
        ordered = sorted(self.whole)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def of_sql(self) -> float:
        """How many times its raw SQL a page takes, at the median."""
        return statistics.median(self.whole) / max(statistics.median(self.database), 1e-9)


class Driver:
    """Keeps the statements that are asked of an engine, and repeats them without the program."""

    def __init__(self, engine: Engine) -> None:
        """Watch."""
        self.engine, self.asked = engine, list[tuple[str, Any]]()
        event.listen(engine, "before_cursor_execute", self._before)

    def _before(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_said: Any) -> None:
        if not statement.startswith("BEGIN"):
            self.asked.append((statement, parameters))

    def begin(self) -> None:
        """Forget what was asked."""
        self.asked.clear()

    def repeated(self) -> float:
        """Return the seconds that what was asked takes on the driver alone, all rows fetched."""
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            begun = time.thread_time()
            for statement, parameters in self.asked:
                cursor.execute(statement, parameters)
                cursor.fetchall()
            return time.thread_time() - begun
        finally:
            connection.close()


def main(times: int = TIMES) -> None:
    """Measure both archives and print."""
    small, large = (measure(archive.of(events), times) for events in (archive.SMALL, archive.LARGE))
    print(f"\nthe site, one core, processor ms of {times} requests a page, in turn")
    print(f"{'page':<34} {'small p50':>9} {'p99':>6} {'large p50':>9} {'p99':>6} {'ratio':>6} {'sql':>5}  queries")
    for name, spent in large.items():
        ratio = spent.at(0.5) / small[name].at(0.5)
        kept = spent.at(0.99) <= P99_MS and ratio <= RATIO
        print(
            f"{name:<34} {small[name].at(0.5):>9.1f} {small[name].at(0.99):>6.1f} {spent.at(0.5):>9.1f} "
            f"{spent.at(0.99):>6.1f} {ratio:>6.2f} {spent.of_sql:>5.1f}  "
            f"{'/'.join(map(str, sorted(spent.queries | small[name].queries)))}  {'kept' if kept else 'OVER'}"
        )
    with site(archive.of(archive.LARGE)) as (app, _):
        weight = first_page(app.test_client())
    print(f"first page with all it needs, compressed: {weight:.1f} kB of at most {FIRST_KB:.0f}")


@contextmanager
def site(url: str) -> Iterator[tuple[Flask, Engine]]:
    """Give the site over an archive."""
    engine = create_engine(url)
    yield create_app(Runtime(Settings(), engine, clock=lambda: archive.NOW)), engine
    engine.dispose()


def measure(url: str, times: int) -> Mapping[str, Spent]:
    """Return what each page took over one archive."""
    with site(url) as (app, engine):
        client, asked, driver = app.test_client(), pages(engine), Driver(engine)
        found = {name: Spent() for name in asked}
        stays()
        for turn, name in order(asked, times + WARM):
            driver.begin()
            address = next(asked[name])
            begun = time.thread_time()
            answer = client.get(address)
            spent = time.thread_time() - begun
            if answer.status_code != 200:
                raise SystemExit(f"measuring {name}: {address} answered {answer.status_code}")
            if turn >= WARM:
                found[name].whole.append(spent * 1000)
                found[name].queries.add(len(driver.asked))
                found[name].database.append(driver.repeated() * 1000)
        gc.unfreeze()
    return found


def order(names: Iterable[str], times: int) -> Iterator[tuple[int, str]]:
    """Yield the number of a round and a page: those with a budget first.

    What a page of thousands of letters leaves behind is cleared away while another page is made, at that one's cost.
    """
    for part in (True, False):
        for turn in range(times):
            yield from ((turn, name) for name in names if name.startswith(WITH_BUDGET) is part)


def pages(engine: Engine) -> dict[str, Addresses]:
    """Return the pages that are measured, each with the addresses under which it is asked for in turn."""
    timeline = "/campaigns/campaign-1/timeline"
    with reading(engine) as session:
        in_largest = (
            select(Event).where(Event.campaign_id == 1).order_by(col(Event.sort_day).desc(), col(Event.id).desc())
        )
        count = len(session.exec(select(Event.id).where(Event.campaign_id == 1)).all())
        middle = [session.exec(in_largest.offset(count * part // 20).limit(1)).one() for part in range(1, 20)]
        slugs = session.exec(select(CampaignObject.slug).where(CampaignObject.kind == "resolution").order_by(
            col(CampaignObject.id))).all()  # fmt: skip
        companies = session.exec(select(Organization.slug).where(col(Organization.id) <= 10)).all()
        others = session.exec(select(Organization.slug).where(Organization.lane != Lane.COMPANY).limit(10)).all()
        of_kind = select(CampaignObject.slug).order_by(col(CampaignObject.id)).limit(50)
        letters, contracts = (
            session.exec(of_kind.where(CampaignObject.kind == kind)).all() for kind in ("letter", "contract")
        )
        compared = [row.slug for row in comparisons_answers.listed(session, after=None, limit=20)]
    return {
        "timeline, first page": turns([timeline]),
        "timeline, middle by key": turns(f"{timeline}?after={quote(f'{row.sort_day}~{row.id}')}" for row in middle),
        "timeline, one lane": turns(f"{timeline}?lane={lane}" for lane in ("lawmakers", "investors", "press")),
        "timeline, a rare kind": turns(f"{timeline}?kind={kind}" for kind in ("resolution_filed", "sec_decision")),
        "timeline, two kinds and a period": turns(
            f"{timeline}?kind=vote_result&kind=hearing&from={year}-03-10&to={year + 1}-07-19"
            for year in range(2013, 2024)
        ),
        "timeline, oldest first": turns([f"{timeline}?order=oldest"]),
        "resolutions, first page": turns(["/resolutions"]),
        "resolutions by support": turns(["/resolutions?sort=-support", "/resolutions?sort=change"]),
        "resolutions of a company": turns(f"/resolutions?company={slug}" for slug in companies),
        "a resolution": turns(f"/resolutions/{slug}" for slug in slugs[:: max(len(slugs) // 50, 1)]),
        "letters, first page": turns(["/letters"]),
        "a letter": turns(f"/letters/{slug}" for slug in letters),
        "contracts, first page": turns(["/contracts"]),
        "a contract": turns(f"/contracts/{slug}" for slug in contracts),
        "companies, first page": turns(["/companies"]),
        "the company with most": turns([f"/companies/{companies[0]}"]),
        "a company": turns(f"/companies/{slug}" for slug in companies[1:]),
        "an organisation": turns(f"/organizations/{slug}" for slug in others),
        "answers that can be compared": turns(["/compare/answers"]),
        "answers compared": turns(f"/compare/answers/{slug}" for slug in compared),
        "support compared": turns(["/compare/support"]),
        "statements and contracts": turns(["/compare/statements"]),
        "Atom, a campaign": turns(f"/campaigns/campaign-{number}/feed.atom" for number in (1, 2, 3)),
        "Atom, everything": turns(["/feed.atom"]),
        "Atom, a company": turns(f"/companies/{slug}/feed.atom" for slug in companies),
        "Atom, a search": turns(f"/search.atom?q={word}" for word in ("police", "board", "bacorden")),
        "search, a common word": turns(f"/search?q={word}" for word in ("police", "board", "vote")),
        "search, a seldom word": turns(f"/search?q={word}" for word in ("bacorden", "elfirgan", "jundenwes")),
        "search, words and a phrase": turns(
            f"/search?q={quote(text)}" for text in ('board "police of"', "rights court")
        ),
        "search, fields and days": turns(
            f"/search?q={quote(text)}"
            for text in ("police kind:letter", "board before:2016", "vote after:2020 -police", "-police before:2019")
        ),
        "search, the best first": turns(f"/search?q={word}&order=best" for word in ("police", "board", "vote")),
        "search, a slip of the finger": turns(f"/search?q={word}" for word in ("polcie", "boadr", "votte court")),
    }  # fmt: skip


def turns(addresses: Iterable[str]) -> Addresses:
    """Yield addresses in turn for ever."""
    kept: Sequence[str] = list(addresses)
    while True:
        yield from kept


def first_page(client: FlaskClient) -> float:
    """Return how many kB a first visit to the largest timeline takes: the page, its styles, script, icon and fonts.

    Of the fonts a browser fetches those alone that cover a character of the page (CSS Fonts 4, `unicode-range`).
    """
    page = client.get("/campaigns/campaign-1/timeline").text
    characters = {ord(character) for character in html.unescape(re.sub(r"<[^>]+>", "", page))}
    wanted = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    for style in [address for address in wanted if address.endswith(".css")]:
        faces = re.findall(r'url\("([^"]+)"\)[^}]+unicode-range:([^;]+);', client.get(style).text)
        wanted |= {f"{style.rsplit('/', 1)[0]}/{name}" for name, covered in faces if characters & _range(covered)}
    return (
        sum(weight(client, address) for address in [*sorted(wanted)]) / 1024 + len(gzip.compress(page.encode())) / 1024
    )


def _range(covered: str) -> set[int]:
    """Return the characters of a `unicode-range`."""
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", covered):
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def weight(client: FlaskClient, address: str) -> int:
    """Return a file's bytes as sent: text compressed, fonts as they are, for they are compressed already."""
    with client.get(address) as answer:
        body = answer.data
    return len(body) if address.endswith((".woff2", ".png")) else len(gzip.compress(body))
