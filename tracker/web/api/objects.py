"""Resolutions, letters and dates."""

from collections.abc import Sequence
from typing import Annotated

from flask import Response
from pydantic import Field, StringConstraints

from tracker.domain.errors import InputError
from tracker.domain.vocab import AskType, FundDecision
from tracker.store import fund_vote_lists, resolution_page
from tracker.store import letters as stored_letters
from tracker.store import resolutions as stored_resolutions
from tracker.store.deadlines import DueKind
from tracker.store.letters import LetterGroup
from tracker.store.resolutions import Outcome, View
from tracker.web import calendar, fund_votes, letters, pages, resolutions
from tracker.web.api.base import OBJECTS, Limited, Listed, Paged, Query, bp, now, told
from tracker.web.api.timelines import Slug
from tracker.web.shapes.base import full
from tracker.web.shapes.course import ResolutionCourse
from tracker.web.shapes.dates import Date
from tracker.web.shapes.fund_votes import FundVote
from tracker.web.shapes.letters import Letter
from tracker.web.shapes.resolutions import Resolution

Name = Annotated[str, StringConstraints(max_length=120)]


class Resolutions(Paged):
    """Resolutions of all campaigns."""

    items: list[Resolution] = Field(description="The resolutions in the order asked for")


class FundVotes(Paged):
    """How funds voted on one resolution."""

    items: list[FundVote] = Field(description="The votes by manager and fund")


class Letters(Paged):
    """Letters of all campaigns."""

    items: list[Letter] = Field(description="The letters, newest first")


class Dates(Listed):
    """What is due."""

    items: list[Date] = Field(description="What lies ahead, soonest first")


class SlugPath(Query):
    """Which of them."""

    slug: Slug = Field(description="Its name in addresses")


class ResolutionQuery(Limited):
    """Which resolutions."""

    company: Name = Field("", description="The company's name in addresses")
    campaign: Name = Field("", description="The campaign's name in addresses")
    season: Annotated[str, StringConstraints(pattern="^([0-9]{4})?$")] = Field("", description="A year such as 2019")
    ask: AskType | None = Field(None, description="What sort of thing they ask for")
    outcome: Outcome | None = Field(None, description="How far they came")
    view: View | None = Field(None, description="A question often asked: won a majority, comes to a vote, left out ...")
    sort: Annotated[str, StringConstraints(pattern="^(-?(season|company|subject|status|support|change))?$")] = Field(
        "", description="By which column they stand; a minus before it: the largest first"
    )


class FundVoteQuery(Limited):
    """Which fund votes."""

    q: Annotated[str, StringConstraints(max_length=fund_votes.LONGEST_QUERY)] = Field(
        "", description="Words in the name of the fund or its manager"
    )
    manager: Annotated[str, StringConstraints(max_length=300)] = Field("", description="The manager's name, exactly")
    vote: FundDecision | None = Field(None, description="How they voted")
    # Both names stand in the place after which a piece begins.
    after: str = Field("", max_length=700, description="What `next` of the piece before gave; empty for the first")


class LetterQuery(Limited):
    """Which letters."""

    company: Name = Field("", description="The recipient's name in addresses")
    campaign: Name = Field("", description="The campaign's name in addresses")
    state: LetterGroup | None = Field(None, description="Whether an answer is on record")


class DateQuery(Query):
    """Which dates."""

    campaign: Name = Field("", description="The campaign's name in addresses")
    company: Annotated[str, StringConstraints(max_length=300)] = Field(
        "", description="The company's name, or its name in addresses"
    )
    kind: list[DueKind] = Field(default_factory=list, description="What sort of thing is due; several are allowed")


@bp.get("/resolutions", summary="The table of resolutions", tags=[OBJECTS], responses={200: Resolutions})
def all_resolutions(query: ResolutionQuery) -> Response:
    """Give resolutions: what they ask, who filed them, what became of them, support with its formula."""
    wanted = resolutions.chosen()
    after = resolutions.place_asked(wanted)
    with pages.reading() as session:
        options = stored_resolutions.choices(session, resolutions.MOST_COMPANIES)
        found = resolutions.asked_for(session, wanted, options, after=after, limit=query.limit + 1)
    rows = list(zip(found.rows, found.places, strict=True))
    page = pages.page_of(rows, query.limit, lambda row: resolutions.place_key(row[1]))
    items = [Resolution.of(row, pages.today()) for row, _ in page.rows]
    return told(Resolutions(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/resolutions/<slug>", summary="One resolution", tags=[OBJECTS], responses={200: ResolutionCourse})
def one_resolution(path: SlugPath) -> Response:
    """Give everything known of one resolution: course, counts, filers, funds, texts, documents, evidence."""
    with pages.reading() as session:
        found = resolution_page.page(session, path.slug, pages.today())
        if found is None:
            raise resolutions.missing(session, path.slug)
        shape = ResolutionCourse.of(found, pages.today())
    return told(shape)


@bp.get("/resolutions/<slug>/funds", summary="How funds voted", tags=[OBJECTS], responses={200: FundVotes})
def votes_of_funds(path: SlugPath, query: FundVoteQuery) -> Response:
    """Give the votes of funds on one resolution, one by one, each with its filing."""
    with pages.reading() as session:
        asked, after = fund_votes.of(session, path.slug).asked, fund_votes.place_asked()
        rows = fund_vote_lists.one_by_one(session, asked, after=after, limit=query.limit + 1) if asked else ()
        page = pages.page_of(list(rows), query.limit, fund_votes.place_key)
        items = [FundVote.of(row, path.slug) for row in page.rows]
    return told(FundVotes(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/letters", summary="Letters and answers", tags=[OBJECTS], responses={200: Letters})
def all_letters(query: LetterQuery) -> Response:
    """Give letters: who asked whom what by when, and where the answer stands."""
    with pages.reading() as session:
        found = letters.of_everybody(session, letters.asked(), stored_letters.recipients(session))
    items, following = _piece([Letter.of(row) for row in found if query.state in {None, row.group}], query)
    return told(Letters(as_of=now(), items=items, next=following))


@bp.get("/letters/<slug>", summary="One letter", tags=[OBJECTS], responses={200: Letter})
def one_letter(path: SlugPath) -> Response:
    """Give one letter with its questions and how far each was answered."""
    with pages.reading() as session:
        found = stored_letters.standing(session, path.slug, pages.today())
        if found is None:
            raise letters.missing(session, path.slug)
    return told(Letter.of(found))


@bp.get("/dates", summary="What is due", tags=[OBJECTS], responses={200: Dates})
def all_dates(query: DateQuery) -> Response:  # noqa: ARG001 - checked and described by it, read as the page does
    """Give what lies ahead: deadlines with their rules, meetings, answers, commitments."""
    return told(Dates(as_of=now(), items=[Date.of(due) for due in calendar.asked_for()]))


def _piece(rows: Sequence[Letter], query: Limited) -> tuple[list[Letter], str | None]:
    """Return the letters after the one that `query.after` names, and the address of those after them."""
    begin = 0
    if query.after:
        begin = next((place for place, row in enumerate(rows, 1) if row.slug == query.after), 0)
        if not begin:
            raise InputError(f"“{query.after}” is not in this list any more: start from the first piece.")
    piece = list(rows[begin : begin + query.limit])
    more = begin + query.limit < len(rows)
    return piece, full(pages.with_arguments(after=piece[-1].slug)) if more else None
