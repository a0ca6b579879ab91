"""A campaign's timeline: the strip, the filters, the list of what happened, and what is open beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from tracker.domain.dates import Precision
from tracker.domain.errors import InputError
from tracker.domain.status import VOTED, Entry, label
from tracker.domain.vocab import EventType, Lane, ResolutionCode
from tracker.domain.votes import Claim, Share
from tracker.models import kinds as object_kinds
from tracker.models.event import Event
from tracker.store import (
    behind,
    campaigns,
    correction_list,
    event_counts,
    letters,
    story_page,
    summaries,
    threads,
    timeline,
)
from tracker.store.behind import Behind
from tracker.store.event_counts import Bin
from tracker.store.letters import LetterStanding
from tracker.store.threads import Context
from tracker.store.timeline import Filters
from tracker.web import pages, permalinks, waiting
from tracker.web.absent import GonePage
from tracker.web.campaigns import figures
from tracker.web.drawn import strip
from tracker.web.folding import Run, is_minor, runs
from tracker.web.words import kind_words

bp = Blueprint("timeline", __name__)

PER_PAGE = 100
UPCOMING_SHOWN = 5
UNKNOWN = {Precision.MONTH: "day unknown", Precision.YEAR: "month and day unknown"}
# What of the address the print view goes by: it has an order of its own and folds nothing.
PRINTED = ("lane", "kind", "from", "to")
# In the address: every row of minor news by itself.
ALL_NEWS = "all"


@dataclass(frozen=True, slots=True)
class Card:
    """One row as it is shown: over the title what kind it is, below it threads and sources.

    `story` is the number of the story that its documents tell, and how many tell it, whether or not all are confirmed.
    `unended` is how long ago a proposal was filed of which no vote or other end is on record.
    `corrected_at` is when its object was last corrected, if it ever was.
    """

    event: Event
    over: str
    title: str
    context: Context
    sources: Sequence[Behind]
    standing: LetterStanding | None
    ahead: bool
    story: tuple[int, int] | None = None
    unended: str = ""
    corrected_at: datetime | None = None

    @property
    def unknown(self) -> str:
        """What is not known of the row's day; "" for a day, and where the date's words say it ("before June 2019")."""
        return UNKNOWN.get(self.event.on.precision, "")

    @property
    def dated(self) -> str:
        """The row's date in words that can stand alone: "24 May 2018", "in May 2018, day unknown"."""
        words = self.event.on.words()
        if not self.unknown:
            return words
        return f"{words if self.event.on.approximate else f'in {words}'}, {self.unknown}"

    @property
    def later(self) -> tuple[Entry, ...]:
        """The steps of a resolution that follow this one."""
        entries = self.context.history.entries if self.context.history else ()
        own = [number for number, entry in enumerate(entries) if self.event.key.endswith(f":status:{entry.code}")]
        return entries[own[0] + 1 :] if own else ()

    @property
    def waiting(self) -> str:
        """How long an answer to the letter has been waited for; "" where none is."""
        return waiting.of_letter(self.standing) if self.standing else ""

    @property
    def support(self) -> Share | Claim | None:
        """The vote that this step led to, or is."""
        voted = self.event.kind is EventType.VOTE_RESULT or any(entry.code in VOTED for entry in self.later)
        return self.context.vote.support if voted and self.context.vote else None


@dataclass(frozen=True, slots=True)
class Month:
    """The rows listed under one heading, runs of minor ones perhaps as one."""

    heading: str
    entries: Sequence[Card | Run[Card]]

    @property
    def cards(self) -> list[Card]:
        """Every row of it, folded or not."""
        return [card for one in self.entries for card in (one.rows if isinstance(one, Run) else [one])]


@bp.get("/campaigns/<slug>/timeline")
def page(slug: str) -> str:
    """Show the timeline; filters, order and place stand in the address."""
    filters, today = chosen(), pages.today()
    key = pages.key_argument(2)
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug)
        if campaign is None or campaign.id is None:
            raise missing(session, slug)
        bins = event_counts.bins(session, campaign.id)
        total = sum(found.events for found in bins)
        pairs = event_counts.pairs(session, campaign.id, filters.since, filters.until)
        read = timeline.events_of(
            session, campaign.id, filters, pairs=pairs, after=(key[0], key[1]) if key else None, limit=PER_PAGE + 1
        )
        shown = pages.page_of(read, PER_PAGE, lambda event: (event.sort_day, event.id))
        summary = summaries.of_campaign(session, campaign.id, today)
        lanes, kinds = timeline.lane_counts(pairs, filters), timeline.kind_counts(pairs, filters)
        listed = months(cards(session, shown.rows, today), filters, fold=not (filters.choices or unfolded()))
        return render_template(
            "timeline/page.html",
            campaign=campaign,
            figures=figures(summary.counts),
            targets=campaigns.targets(session, [campaign.id])[campaign.id],
            drawn=drawn(session, campaign.id, bins, filters, today),
            filters=filters,
            lanes=[(lane, lanes[lane]) for lane in Lane],
            kinds=[(kind, kinds[kind]) for kind in EventType],
            years=sorted({found.begins[:4] for found in bins}),
            total=total,
            shown=sum(lanes[lane] for lane in filters.lanes or Lane),
            months=listed,
            site=pages.site(),
            print_url=pages.on_page("timeline_print.page", *PRINTED, slug=slug),
            folded=any(isinstance(entry, Run) for month in listed for entry in month.entries),
            unfolded=unfolded(),
            page=shown,
            awaiting=summary.awaiting,
            awaiting_more=summary.awaiting_more,
            upcoming=summary.upcoming[:UPCOMING_SHOWN],
            today=today,
            issue=timeline.latest_issue(session, campaign.id),
        )


@bp.get("/events/<event_id>")
def event(event_id: str) -> Response:
    """Lead a permanent link to the row's present place in its timeline."""
    with pages.reading() as session:
        row = session.get(Event, event_id)
        if row is None:
            raise permalinks.event(session, event_id)
        slug = campaigns.slug_of(session, row.campaign_id)
        key = timeline.page_key(session, row, PER_PAGE)
        # A row within a run is looked for where no run is folded: not every browser opens what an address leads into.
        news = ALL_NEWS if is_minor(row) else None
    after = pages.KEY_MARK.join(key) if key else None
    # What follows "#" is not sent: who shows a preview of this address learns from `event` which row it is of.
    anchor = f"e-{event_id}"
    return redirect(url_for("timeline.page", slug=slug, after=after, event=event_id, news=news, _anchor=anchor))


def chosen(*, oldest_first: bool = False) -> Filters:
    """Return the filters in the address; raise InputError saying what they take. The order may be the page's own."""
    found = Filters(
        lanes=pages.codes("lane", Lane),
        kinds=pages.codes("kind", EventType),
        since=pages.day_argument("from"),
        until=pages.day_argument("to", last=True),
        oldest_first=oldest_first or request.args.get("order") == "oldest",
    )
    if found.since and found.until and found.since > found.until:
        raise InputError(f"The period ends ({found.until}) before it begins ({found.since}): swap “from” and “to”.")
    return found


def unfolded() -> bool:
    """Return whether the address asks for runs of minor news to be shown row by row."""
    return request.args.get("news") == ALL_NEWS


def drawn(
    session: pages.Session, campaign_id: int, bins: Sequence[Bin], filters: Filters, today: date
) -> strip.Strip | None:
    """Return the strip: each row with its threads, or of many the months."""
    period = {"since": filters.since, "until": filters.until}
    if sum(found.events for found in bins) > strip.MOST_MARKS:
        return strip.draw_months(bins, **period)
    points = timeline.points(session, campaign_id)
    threads = timeline.threads(session, campaign_id, points)
    return strip.draw(points, threads, waiting.threads(session, points, today), today=today, **period)


def missing(session: pages.Session, slug: str) -> HTTPException:
    """Return the 410 for a campaign that was withdrawn, else the 404 with those that are there."""
    if (gone := campaigns.withdrawn(session, slug)) is not None:
        return GonePage(f"“{gone.title}” was withdrawn: {gone.withdrawn_reason}")
    known = {row.slug: (row.title, url_for("timeline.page", slug=row.slug)) for row in campaigns.every(session)}
    return pages.missing("campaign", slug, known)


def cards(session: pages.Session, rows: Sequence[Event], today: date) -> list[Card]:
    """Return rows with what stands beside them."""
    contexts, sources = threads.contexts(session, rows), behind.sources(session, rows)
    told = story_page.counts(session, _behind_rows(rows, sources))
    written = {row.object_id for row in rows if row.object_id and contexts[row.id].is_letter}
    corrected = correction_list.last_of(session, {row.object_id for row in rows if row.object_id})
    letter_of = {found.object_id: found for found in letters.standings(session, today=today, ids=written)}
    return [
        Card(
            event=row,
            over=over,
            title=title,
            context=contexts[row.id],
            sources=[*sources.get(row.id, []), *_published(row, contexts[row.id])],
            standing=letter_of.get(row.object_id or 0),
            ahead=row.earliest > today.isoformat(),
            story=next(iter(told[number] for number in _behind_rows([row], sources) if number in told), None),
            unended=waiting.of_proposal(row, contexts[row.id].history, today),
            corrected_at=corrected.get(row.object_id or 0),
        )
        for row in rows
        for over, title in [over_and_title(row, contexts[row.id])]
    ]


def _behind_rows(rows: Sequence[Event], sources: Mapping[str, Sequence[Behind]]) -> list[int]:
    """Return the numbers of the documents behind rows: first those that make them, then the others in order."""
    makers = [row.document_id for row in rows if row.document_id is not None]
    others = [found.document_id for row in rows for found in sources.get(row.id, ()) if found.document_id is not None]
    return list(dict.fromkeys([*makers, *others]))


def _published(row: Event, context: Context) -> list[Behind]:
    """Return who published a percentage of this vote: on the row of the vote that is a source like any other."""
    if row.kind is not EventType.VOTE_RESULT or context.vote is None:
        return []
    claims = [published for published in context.vote.claims if published.url]
    return [Behind(published.claim.words(), published.claim.source, published.url) for published in claims]


def over_and_title(row: Event, context: Context) -> tuple[str, str]:
    """Split a row's headline for its card: "Filed: Report on ..." stands under "Resolution filed" without the word."""
    over = kind_words(row.kind)
    if row.kind is EventType.OTHER and context.owner:
        over = object_kinds()[context.owner.kind].label
    title = context.owner.title if context.owner else row.headline
    step = row.headline.removesuffix(title).rstrip(": ")
    if not row.headline.endswith(title) or ":co_filer:" in row.key:
        return over, row.headline
    if not step or step.lower() in over.lower() or step == label(ResolutionCode.VOTED_FINAL):
        return over, title
    return (step if over.lower() in step.lower() else f"{over} · {step}"), title


def months(cards: list[Card], filters: Filters, *, fold: bool) -> list[Month]:
    """Group rows by month, runs of minor news within it folded if `fold`.

    A row known less exactly than to the month stands under its year, not under a guess.
    """
    ordered = sorted(
        cards, key=lambda card: (card.event.sort_day, card.event.on.sort_key), reverse=not filters.oldest_first
    )
    found = groupby(ordered, key=lambda card: _heading(card.event))
    return [Month(heading, runs(rows, heading) if fold else list(rows)) for heading, rows in found]


def _heading(row: Event) -> str:
    on = row.on
    begin, end = on.earliest, on.latest
    if begin and end and (begin.year, begin.month) == (end.year, end.month):
        return f"{begin:%B %Y}"
    if begin and end and begin.year == end.year:
        return f"{begin.year}, month not known" if on.precision is Precision.YEAR else f"{begin.year}, {on.words()}"
    return on.words()
