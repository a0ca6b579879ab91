"""Tables and the calendar as files, under the filters of their pages; their schemas."""

from collections.abc import Callable, Sequence

from flask import Blueprint, Response

from tracker.store import letters as stored_letters
from tracker.web import calendar, companies, contracts, corrections, letters, organizations, pages, resolutions
from tracker.web.absent import MissingPage
from tracker.web.out import tables
from tracker.web.shapes import flat
from tracker.web.shapes.base import Shape
from tracker.web.shapes.companies import Company, Organization
from tracker.web.shapes.comparisons import ComparedAnswer, ComparedStatement, ComparedSupport
from tracker.web.shapes.contracts import Contract
from tracker.web.shapes.corrections import Correction
from tracker.web.shapes.dates import Date
from tracker.web.shapes.events import Event
from tracker.web.shapes.fund_votes import FundVote
from tracker.web.shapes.letters import Letter
from tracker.web.shapes.resolutions import Resolution
from tracker.web.shapes.search import Result

bp = Blueprint("table_files", __name__)

SHAPES: dict[str, type[Shape]] = {
    "timeline": Event,
    "resolutions": Resolution,
    "fund-votes": FundVote,
    "letters": Letter,
    "calendar": Date,
    "contracts": Contract,
    "companies": Company,
    "corrections": Correction,
    "organizations": Organization,
    "answers": ComparedAnswer,
    "support": ComparedSupport,
    "statements": ComparedStatement,
    "search": Result,
}


def _resolutions() -> Sequence[Shape]:
    with pages.reading() as session:
        rows = resolutions.every_row(session, resolutions.chosen())
        return [Resolution.of(row, pages.today()) for row in rows]


def _letters() -> Sequence[Shape]:
    wanted = letters.asked()
    with pages.reading() as session:
        found = letters.of_everybody(session, wanted, stored_letters.recipients(session))
    return [Letter.of(letter) for letter in found if wanted.group in {None, letter.group}]


def _contracts() -> Sequence[Shape]:
    with pages.reading() as session:
        return [Contract.of(row) for row in contracts.every_row(session)]


def _companies() -> Sequence[Shape]:
    with pages.reading() as session:
        return [Company.of(row) for row in companies.every_row(session)]


def _organizations() -> Sequence[Shape]:
    with pages.reading() as session:
        return [Organization.of(row) for row in organizations.every_row(session)]


def _corrections() -> Sequence[Shape]:
    with pages.reading() as session:
        return [Correction.of(line) for line in corrections.every_line(session, corrections.asked(session))]


def _dates() -> Sequence[Shape]:
    return [Date.of(due) for due in calendar.asked_for()]


ROWS: dict[str, Callable[[], Sequence[Shape]]] = {
    "resolutions": _resolutions,
    "letters": _letters,
    "calendar": _dates,
    "contracts": _contracts,
    "companies": _companies,
    "corrections": _corrections,
    "organizations": _organizations,
}


@bp.get(f"/<any({', '.join(ROWS)}):name>.<any(json, jsonl, csv):ending>")
def as_file(name: str, ending: str) -> Response:
    """Give what the page of this name shows under the same filters."""
    return tables.as_list(name, ending, SHAPES[name], ROWS[name]())


@bp.get("/schema/<name>.json")
def schema(name: str) -> Response:
    """Give the Table Schema of the CSV files of this name."""
    if name not in SHAPES:
        raise MissingPage(f"No table is called “{name}”.", [(one, f"/schema/{one}.json") for one in SHAPES])
    return tables.as_json(flat.schema(name, SHAPES[name]))
