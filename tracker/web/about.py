"""About the data: the method, how fresh it is, what it lacks, what is never stored, who runs it, how to cite it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, url_for

from tracker.domain.source_health import HealthState, Overall, overall
from tracker.store import gaps, sources
from tracker.store.gaps import Gap
from tracker.web import pages
from tracker.web.words import outward

bp = Blueprint("about", __name__)

# What kind of source a reader reads, for people.
READERS = {
    "congress": "Bills and laws (congress.gov)",
    "edgar": "Filings of companies (EDGAR)",
    "edgar_atom": "Newest filings of all companies (EDGAR)",
    "edgar_search": "Search in filings (EDGAR)",
    "exempt_elsewhere": "Notices of exempt solicitation",
    "federal_register": "Federal Register",
    "feed": "Feeds of newspapers, groups and agencies",
    "newsroom": "Newsrooms of companies",
    "no_action": "Letters of the SEC on proposals",
    "usaspending": "Awards of agencies (USAspending)",
    "watched_page": "Pages watched for changes",
}
# What each gap means, and where it can be seen, where there is such a page.
WORDS: dict[Gap, tuple[str, str]] = {
    Gap.UNSOURCED_OBJECTS: ("Letters, resolutions, contracts and other records without any source", ""),
    Gap.UNSETTLED_READINGS: (
        "Readings of filings that differ from what people entered; both stand until somebody decides",
        "filings.differences",
    ),
    Gap.UNDECIDED_LINKS: (
        "Links of a document to a record that are only suggested; they make no row of a timeline",
        "",
    ),
    Gap.VAGUE_EVENTS: ("Rows of timelines without an exact day, because their sources give none", ""),
    Gap.UNSEARCHED_LETTERS: (
        "Letters without an answer on record for which nobody has searched; silence is not claimed of them",
        "letters.index",
    ),
    Gap.STATUSLESS_RESOLUTIONS: ("Resolutions without a status on record", "resolutions.index"),
    Gap.UNCOUNTED_VOTES: ("Resolutions that were voted on, without counts on record", "resolutions.index"),
    Gap.RESOLUTIONS_WITHOUT_FILER: ("Resolutions without anybody named who filed them", "resolutions.index"),
    Gap.RESOLUTIONS_WITHOUT_TEXT: ("Resolutions without their resolved clause", "resolutions.index"),
    Gap.CONTRACTS_WITHOUT_AMOUNT: ("Contracts without an amount on record", "contracts.index"),
    Gap.UNDATED_DOCUMENTS: ("Documents without a day of publication that can be trusted", ""),
    Gap.UNREADABLE_DOCUMENTS: ("Documents that could not be read; their bytes are kept", "sources.unreadable"),
    Gap.UNREAD_FILINGS: ("Filings that could not be read", "filings.index"),
    Gap.UNPLACED_FILINGS: ("Filings about no company, meeting or proposal that we know", "filings.index"),
}
ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Fresh:
    """How fresh one kind of source is: how its sources do, the last good answer, the last new thing, documents seen."""

    name: str
    overall: Overall
    last_ok_at: datetime | None
    last_new_at: datetime | None
    documents: int

    @property
    def troubled(self) -> int:
        """How many of its sources do not answer as they should."""
        return self.overall.total - self.overall.count(HealthState.WELL, HealthState.BEING_ASKED)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A gap as it is shown; `url` is where it can be seen, or empty."""

    count: int
    of: int
    words: str
    url: str


@bp.get("/about")
def index() -> str:
    """Show where the data comes from and what to think of it. Three statements, however much there is."""
    now, settings = pages.now(), pages.runtime().settings
    with pages.reading() as session:
        rows, seen = sources.vitals(session), sources.counts(session)
        lacking = gaps.every(session)
    licence = ADDRESS.search(settings.data_licence)
    return render_template(
        "about/index.html",
        fresh=sorted(_fresh(rows, seen, now), key=lambda kind: kind.name),
        gaps=[_lacking(lack) for lack in lacking if lack.count],
        complete=[_lacking(lack) for lack in lacking if lack.of and not lack.count],
        operator=settings.operator,
        contact=settings.contact,
        contact_url=_reached_at(settings.contact),
        licence=ADDRESS.sub("", settings.data_licence).strip() or settings.data_licence,
        licence_url=licence[0] if licence else "",
        site=settings.site,
        now=now,
        today=now.date(),
    )


def _fresh(rows: Iterable[Any], seen: dict[int, int], now: datetime) -> Iterable[Fresh]:
    by_reader: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_reader[row.reader].append(row)
    for reader, found in by_reader.items():
        yield Fresh(
            name=READERS.get(reader, reader.replace("_", " ").capitalize()),
            overall=overall(found, now),
            last_ok_at=max((row.last_ok_at for row in found if row.last_ok_at), default=None),
            last_new_at=max((row.last_new_at for row in found if row.last_new_at), default=None),
            documents=sum(seen.get(row.id, 0) for row in found),
        )


def _lacking(lack: gaps.Lack) -> Lacking:
    words, endpoint = WORDS[lack.gap]
    return Lacking(lack.count, lack.of, words, url_for(endpoint) if endpoint else "")


def _reached_at(contact: str) -> str:
    """Return what a link to whoever runs the site leads to; a mail address gets its scheme."""
    if outward(contact):
        return contact
    return f"mailto:{contact}" if re.fullmatch(r"[^\s@:]+@[^\s@:]+\.[^\s@:]+", contact) else ""
