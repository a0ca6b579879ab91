"""Resolutions: the table across companies and years, and the page of one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, render_template, request
from werkzeug.exceptions import HTTPException

from tracker.domain.date_edges import FIRST_YEAR, LAST_YEAR
from tracker.domain.errors import InputError
from tracker.domain.matters import Reconciled
from tracker.domain.resubmission import Outlook, Standing, compare
from tracker.domain.vocab import AskType, FilerRole
from tracker.domain.votes import FORMULA_WORDS, Tally, percent_words
from tracker.store import campaigns, correction_list, resolution_page, resolution_standings, resolutions
from tracker.store.resolution_standings import Listed, Place, Value
from tracker.store.resolutions import Choices, Filters, Order, Outcome, ResolutionRow, View
from tracker.web import pages, permalinks, prospects
from tracker.web.drawn import support_chart

bp = Blueprint("resolutions", __name__)

ASK_WORDS = {
    AskType.PROHIBIT: "Stop or forbid",
    AskType.REPORT: "Report or study",
    AskType.POLICY: "Adopt a policy",
    AskType.GOVERNANCE: "Change governance",
    AskType.OTHER: "Other",
}
OUTCOME_WORDS = {
    Outcome.OPEN: "Under way",
    Outcome.VOTED: "Voted on",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.OMITTED: "Left out",
    Outcome.NOT_PRESENTED: "Not presented",
    Outcome.NO_RECORD: "No record",
}
ROLE_WORDS = {
    FilerRole.LEAD_FILER: "Lead filer",
    FilerRole.CO_FILER: "Co-filer",
    FilerRole.REPRESENTATIVE: "Representative",
}
VIEW_WORDS = {
    View.MAJORITY: "Won majority",
    View.COMING: "Coming to a vote",
    View.OMITTED_UNREVIEWED: "Left out without SEC review",
}
VIEW_NOTES = {
    View.MAJORITY: "Support above half under the formula named in each row.",
    View.COMING: "Printed in the proxy statement, and the day of the meeting has not certainly passed.",
    View.OMITTED_UNREVIEWED: "Left out after staff, as since November 2025, gave no answer or only no objection on the "
    "company's word: nothing was decided about these proposals.",
}
SEASONS = frozenset(map(str, range(FIRST_YEAR, LAST_YEAR + 1)))
PER_PAGE = 50
# How many rows are read at once while a file is being sent.
AT_ONCE = 500
# More companies than these are not all offered: a name is typed.
MOST_COMPANIES = 24


def _season(text: str) -> int:
    """Return a season from the address; ValueError for what no season can be, which databases may not even take."""
    if text not in SEASONS:
        raise ValueError(text)
    return int(text)


# How a value of a column is read from an address.
READ: dict[Order, Callable[[str], Value]] = {
    Order.SEASON: _season, Order.COMPANY: str, Order.SUBJECT: str, Order.STATUS: str,
    Order.SUPPORT: pages.fraction, Order.CHANGE: pages.fraction,
}  # fmt: skip
# Columns that are read best from the top of the alphabet; all others begin with the largest.
RISING = {Order.COMPANY, Order.SUBJECT, Order.STATUS}
MET_WORDS = {Standing.CLEARS: "met", Standing.BELOW: "not met", Standing.NOT_KNOWN: "not settled by the figures"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks of the table."""

    company: str | None
    campaign: str | None
    season: int | None
    ask_type: AskType | None
    outcome: Outcome | None
    view: View | None
    order: Order
    descending: bool

    @property
    def narrowed(self) -> bool:
        """Whether any row may be left out."""
        return any((self.company, self.campaign, self.season, self.ask_type, self.outcome, self.view))

    def sorted_by(self, order: Order) -> str:
        """Return this page's address with the table standing by a column; the other way round when it does already."""
        return pages.with_order(order, self.order, descending=self.descending, rising=RISING)


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the vote's bar: its place and width in per cent of all votes, those not cast included."""

    name: str
    votes: int
    x: float
    width: float


@bp.get("/resolutions")
def index() -> str:
    """Show the table; filters and order stand in the address."""
    today, wanted = pages.today(), chosen()
    after = place_asked(wanted)
    with pages.reading() as session:
        options = resolutions.choices(session, MOST_COMPANIES)
        found = asked_for(session, wanted, options, after=after, limit=PER_PAGE + 1)
    shown = pages.page_of(list(zip(found.rows, found.places, strict=True)), PER_PAGE, lambda row: place_key(row[1]))
    return render_template(
        "resolutions/index.html",
        rows=[(row, prospects.words(row, today)) for row, _ in shown.rows],
        page=shown,
        options=options,
        chosen=wanted,
        orders=Order,
        outcomes=OUTCOME_WORDS,
        views=VIEW_WORDS,
        view_note=VIEW_NOTES[wanted.view] if wanted.view else "",
        total=found.total,
        voted=found.voted,
    )


@bp.get("/resolutions/<slug>")
def page(slug: str) -> str:
    """Show one resolution: its course, its vote, its subject over the years, and what all of it rests on."""
    with pages.reading() as session:
        found = resolution_page.page(session, slug, pages.today())
        if found is None:
            raise missing(session, slug)
        corrected = correction_list.last(session, object_id=found.row.object_id)
    standing = found.vote.standing if found.vote else None
    return render_template(
        "resolutions/page.html",
        page=found,
        corrected=corrected,
        standing=standing,
        slices=slices(standing.tally) if standing else (),
        chart=support_chart.draw(found.years, found.row.ask_type) if found.years else None,
        today=pages.today(),
    )


def asked_for(session: pages.Session, wanted: Chosen, options: Choices, *, after: Place | None, limit: int) -> Listed:
    """Return rows under the filters of the address, in its order; raises InputError for a name nothing has."""
    filters = Filters(
        company_id=_company(session, options, wanted.company),
        campaign_id=_campaign(session, wanted.campaign),
        season=wanted.season,
        ask_type=wanted.ask_type,
        outcome=wanted.outcome,
        view=wanted.view,
    )
    return resolution_standings.listed(
        session,
        filters,
        today=pages.today(),
        order=wanted.order,
        descending=wanted.descending,
        after=after,
        limit=limit,
    )


def every_row(session: pages.Session, wanted: Chosen) -> Iterator[ResolutionRow]:
    """Yield every row under the filters of the address; few of them are held at a time."""
    options, after = resolutions.choices(session, MOST_COMPANIES), None
    while (found := asked_for(session, wanted, options, after=after, limit=AT_ONCE)).rows:
        yield from found.rows
        after = found.places[-1]


def chosen() -> Chosen:
    """Return what the address asks for; raise InputError saying what it takes."""
    season = request.args.get("season", "")
    if season and season not in SEASONS:
        raise InputError(f"The filter “season” takes a year such as 2019, not “{season}”.")
    order, descending = pages.order_asked(Order.SEASON)
    return Chosen(
        company=request.args.get("company") or None,
        campaign=request.args.get("campaign") or None,
        season=int(season) if season else None,
        ask_type=next(iter(pages.codes("ask", AskType)), None),
        outcome=next(iter(pages.codes("outcome", Outcome)), None),
        view=next(iter(pages.codes("view", View)), None),
        order=order,
        descending=descending,
    )


def slices(tally: Tally) -> list[Slice]:
    """Return the parts of the vote's bar that were counted, left to right."""
    counts = [
        ("for", tally.for_),
        ("against", tally.against),
        ("abstain", tally.abstain),
        ("broker non-votes", tally.broker_non_votes),
    ]
    whole = sum(votes or 0 for _, votes in counts)
    found, x = [], 0.0
    for name, votes in counts:
        width = 100 * (votes or 0) / whole if whole else 0.0
        if votes is not None:
            found.append(Slice(name, votes, round(x, 3), round(width, 3)))
        x += width
    return found


@bp.app_template_filter("ask_words")
def ask_words(value: AskType) -> str:
    """Return what is asked for in a few words."""
    return ASK_WORDS[value]


@bp.app_template_filter("role_words")
def role_words(role: FilerRole) -> str:
    """Return a proponent's part in words."""
    return ROLE_WORDS[role]


@bp.app_template_filter("points")
def points(value: Fraction) -> str:
    """Return a change in percentage points with its sign: "+4.0", "−18.3"."""
    rounded = f"{float(abs(value)):.1f}"
    return ("+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else "") + rounded


@bp.app_template_filter("reconciled_words")
def reconciled_words(found: Reconciled) -> str:
    """Return how a published percentage stands to the counts: "The counts give the same: 27.5 %, for / ..."."""
    share, basis = percent_words(found.share), FORMULA_WORDS[found.share.formula]
    if found.agrees:
        return f"The counts give the same: {share}, {basis}."
    side = "more" if found.points > 0 else "less"
    return f"{float(abs(found.points)):.1f} points {side} than the counts give: {share}, {basis}."


@bp.app_template_filter("whole_percent")
def whole_percent(value: Fraction) -> str:
    """Return a resubmission bar as it is written in the rule: "25 %"."""
    return percent_words(value, 0).replace(" %", "\N{NO-BREAK SPACE}%")


@bp.app_template_filter("bar_met")
def bar_met(outlook: Outlook) -> str:
    """Return whether the last vote reached the bar for coming back: met, not met, or not settled by the figures."""
    if outlook.bar is None or not outlook.candidates:
        return "not known"
    standings = {compare(vote.share, outlook.bar) for vote in outlook.candidates}
    return MET_WORDS[standings.pop()] if len(standings) == 1 else "depends on which vote counts"


def place_key(place: Place) -> tuple[str, str]:
    """Return a place as it stands in an address; "-" stands for no value."""
    return "-" if place.value is None else f"={place.value}", place.place


def place_asked(wanted: Chosen) -> Place | None:
    """Return the place at which the page above ended; raise InputError for one that this column cannot have."""
    key = pages.key_argument(2)
    if key is None:
        return None
    text, place = key
    try:
        value = None if text == "-" else READ[wanted.order](text.removeprefix("="))
    except ValueError as error:
        raise InputError("This page of the table cannot be found again: start from the first page.") from error
    return Place(value, place)


def _company(session: pages.Session, options: Choices, called: str | None) -> int | None:
    """Return the id of the company in the address; raises InputError when no resolution was put to one of that name."""
    if called is None:
        return None
    found = resolutions.company_id(session, called)
    if found is None:
        known = ", ".join(slug for slug, _ in options.companies) or "the name of a company to which one was put"
        raise InputError(f"The filter “company” does not know “{called}”. It takes: {known}.")
    return found


def _campaign(session: pages.Session, slug: str | None) -> int | None:
    """Return the id of the campaign in the address; raises InputError when there is none of that name."""
    if slug is None:
        return None
    found = campaigns.by_slug(session, slug)
    if found is None:
        allowed = ", ".join(row.slug for row in campaigns.every(session))
        raise InputError(f"The filter “campaign” does not know “{slug}”. It takes: {allowed}.")
    return found.id


def missing(session: pages.Session, slug: str) -> HTTPException:
    """Return the answer for a resolution that is not shown: where it went, or 404 with those of a like name."""
    return permalinks.missing(session, "resolution", slug)
