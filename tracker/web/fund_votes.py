"""How funds voted on one resolution: by manager, then fund by fund; searchable, and given as files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from flask import Blueprint, Response, render_template, request

from tracker.domain.errors import InputError
from tracker.domain.vocab import FundDecision
from tracker.models.meeting import FundVote as Row
from tracker.store import fund_vote_lists, resolutions
from tracker.store.fund_vote_lists import Asked
from tracker.store.resolutions import Filters, ResolutionRow
from tracker.web import pages
from tracker.web.out import tables
from tracker.web.resolutions import missing
from tracker.web.shapes.fund_votes import FundVote

bp = Blueprint("fund_votes", __name__)

DECISION_WORDS = {
    FundDecision.FOR: "For",
    FundDecision.AGAINST: "Against",
    FundDecision.ABSTAIN: "Abstained",
    FundDecision.WITHHOLD: "Withheld",
    FundDecision.NOT_VOTED: "Did not vote",
}
PER_PAGE = 100
# How many rows are read at once while a file is being sent.
AT_ONCE = 500
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """The resolution whose votes are asked for, and which of them; nothing is asked while it is on no ballot."""

    row: ResolutionRow
    asked: Asked | None


@bp.get("/resolutions/<slug>/funds")
def index(slug: str) -> str:
    """List managers; or, with `manager`, the votes of its funds. Words and the way to vote stand in the address."""
    with pages.reading() as session:
        subject = of(session, slug)
        asked = subject.asked
        totals = fund_vote_lists.totals(session, asked) if asked else None
        listed = _managers(session, asked) if asked and not asked.manager else _funds(session, asked)
    return render_template(
        "resolutions/funds.html",
        row=subject.row,
        asked=asked,
        totals=totals,
        page=listed,
        decisions=DECISION_WORDS,
        narrowed=bool(asked and (asked.words or asked.manager or asked.decision)),
    )


@bp.get("/resolutions/<slug>/funds.<any(json, jsonl, csv):ending>")
def as_file(slug: str, ending: str) -> Response:
    """Give every fund's vote under the filters of the page, one by one."""
    with pages.reading() as session:
        asked = of(session, slug).asked
    rows = every(asked, slug)
    if ending != "json":
        return tables.as_file("fund-votes", ending, FundVote, rows)
    as_of = pages.now().isoformat(timespec="seconds")
    return tables.as_json({"as_of": as_of, "items": [row.model_dump(mode="json") for row in rows]})


def of(session: pages.Session, slug: str) -> Subject:
    """Return the resolution of this name with what the address asks of its votes; raises MissingPage, InputError."""
    rows = resolutions.table(session, Filters(slug=slug), today=pages.today())
    if not rows:
        raise missing(session, slug)
    vote, words = rows[0].proposal.vote, request.args.get("q", "").strip()
    if len(words) > LONGEST_QUERY:
        raise InputError(f"The search takes at most {LONGEST_QUERY} characters, not {len(words)}.")
    decision = next(iter(pages.codes("vote", FundDecision)), None)
    asked = Asked(vote.item_id, words, request.args.get("manager", ""), decision) if vote else None
    return Subject(rows[0], asked)


def every(asked: Asked | None, slug: str) -> Iterator[FundVote]:
    """Yield every vote asked for; few of them are held at a time."""
    after = None
    with pages.reading() as session:
        while asked and (rows := fund_vote_lists.one_by_one(session, asked, after=after, limit=AT_ONCE)):
            yield from (FundVote.of(row, slug) for row in rows)
            after = place(rows[-1])
            session.expunge_all()


def place(row: Row) -> tuple[str, str, int]:
    """Return where a vote stands in the list."""
    return row.manager, row.fund, row.id or 0


def place_asked() -> tuple[str, str, int] | None:
    """Return the place after which the address asks for votes: a vote's number alone would not order them."""
    key = pages.key_argument(3)
    return (_name(key[0]), _name(key[1]), pages.row_number(key[2])) if key else None


def place_key(row: Row) -> tuple[str, str, str]:
    """Return a vote's place as it stands in an address."""
    return _told(row.manager), _told(row.fund), str(row.id)


def _told(name: str) -> str:
    """Return a name as one part of a place: never empty, without the mark between parts."""
    return "=" + name.replace("%", "%25").replace(pages.KEY_MARK, "%7E")


def _name(told: str) -> str:
    return unquote(told.removeprefix("="))


def _managers(session: pages.Session, asked: Asked) -> pages.Page:
    key = pages.key_argument(1)
    lines = fund_vote_lists.by_manager(session, asked, after=_name(key[0]) if key else "", limit=PER_PAGE + 1)
    return pages.page_of(lines, PER_PAGE, lambda line: (_told(line.manager),))


def _funds(session: pages.Session, asked: Asked | None) -> pages.Page:
    rows: Sequence[Row] = ()
    if asked:
        rows = fund_vote_lists.one_by_one(session, asked, after=place_asked(), limit=PER_PAGE + 1)
    return pages.page_of(list(rows), PER_PAGE, place_key)
