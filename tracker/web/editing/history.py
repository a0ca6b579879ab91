"""The history: every act, newest first, of all or of one thing or person; one act; undoing it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from tracker.domain.accounts import may
from tracker.domain.acts import About
from tracker.domain.errors import InputError
from tracker.domain.vocab import Role
from tracker.store import history_list, history_subjects
from tracker.store.history_list import Filters
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import history_words
from tracker.web.language import gettext, later
from tracker.web.out import tables
from tracker.workflows import revert as reverting

bp = Blueprint("history", __name__)

PER_PAGE = 30
MOST_IN_A_FILE = 10_000  # acts; the next page of the file goes on
KINDS = {
    About.OBJECT: later("Records"),
    About.DOCUMENT: later("Documents"),
    About.CAMPAIGN: later("Campaigns"),
    About.ORGANIZATION: later("Organisations"),
    About.PERSON: later("People"),
    About.PRODUCT: later("Products"),
    About.NAME: later("New names"),
    About.SOURCE: later("Sources"),
    About.MODEL: later("Models"),
}
FOR_ADMINISTRATORS = {About.SUBSCRIBER: later("Subscribers"), About.ACCOUNT: later("Accounts")}
COLUMNS = (
    "act", "at", "made_by", "by_program", "why", "evidence_url", "undid", "about", "name", "part", "item", "field",
    "before", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, and what it is about in words, where it is about one thing."""

    filters: Filters
    about: str = ""
    own_page: str | None = None


@bp.get("/history")
@needs(Role.EDITOR)
def index() -> str:
    """Show acts, newest first; `object`, `document`, `campaign`, `organization`, `by` keep those of one."""
    who = signed_in()
    with pages.reading() as session:
        wanted = _asked(session)
        acts = history_list.every(session, wanted.filters, before=_before(), limit=PER_PAGE + 1)
        authors = history_list.authors(session)
    page = pages.page_of(history_words.shown(acts, who), PER_PAGE, lambda act: (str(act.line.act.id),))
    kinds = KINDS | (FOR_ADMINISTRATORS if may(who.role, Role.ADMINISTRATOR) else {})
    return render_template(
        "history/index.html",
        page=page,
        wanted=wanted,
        kinds=[(kind, gettext(label)) for kind, label in kinds.items()],
        authors=authors,
    )


@bp.get("/history.csv")
@needs(Role.EDITOR)
def as_csv() -> Response:
    """Give every change of the acts under the filters of the page, one a row, the newest act first."""
    return tables.as_csv("history", COLUMNS, _every_row())


@bp.get("/history.json")
@needs(Role.EDITOR)
def as_json() -> Response:
    """Give the same as JSON."""
    return tables.as_json({"as_of": pages.now().isoformat(timespec="seconds"), "items": _every_row()})


@bp.get("/history/<id:number>")
@needs(Role.EDITOR)
def act(number: int) -> str:
    """Show one act with all that it did, and a form to undo it where the role allows."""
    return _act(number, {}, "")


@bp.post("/history/<id:number>/revert")
@needs(Role.EDITOR)
def revert(number: int) -> Any:
    """Undo an act, or one change of it (`change`), for the reason given (`why`)."""
    who, why = signed_in(), request.form.get("why", "")
    if not why.strip():
        return _act(number, {"why": gettext("Say why it is undone: the reason stands in the history.")}, why), 422
    change = request.form.get("change", "")
    try:
        wanted = reverting.Undo(number, who.name, why, who.role, pages.row_number(change) if change else None)
        new = reverting.revert(pages.runtime(), wanted)
    except InputError as error:
        return _act(number, {"why": str(error)}, why), 422
    flash(gettext("Act %(number)s is undone.") % {"number": number})
    return redirect(url_for(".act", number=new), 303)


def _act(number: int, errors: dict[str, str], why: str) -> str:
    who = signed_in()
    with pages.reading() as session:
        acts = history_list.one(session, number, confidential=may(who.role, Role.ADMINISTRATOR))
    if not acts.lines:
        raise MissingPage(f"No act has the number {number}.", [("The history", url_for(".index"))])
    [found] = history_words.shown(acts, who)
    return render_template("history/act.html", act=found, errors=errors, why=why)


def _asked(session: pages.Session) -> Asked:
    about, own_page = None, None
    words = ""
    for kind in (About.OBJECT, About.DOCUMENT, About.CAMPAIGN, About.ORGANIZATION):
        given = request.args.get(kind.value, "")
        if given:
            found = history_subjects.named(session, kind, given)
            if found is None:
                raise MissingPage(f"Nothing is called “{given}”.", [("The whole history", url_for("history.index"))])
            number, name = found
            about, words = (kind, number), name.text
            own_page = history_words.thing(kind, number, {(history_list.table_of(kind), number): name}).url
    program = request.args.get("program", "")
    if program not in {"", "yes", "no"}:
        raise InputError(f"The filter “program” does not know “{program[:40]}”. It takes: yes, no.")
    filters = Filters(
        about=about,
        by=request.args.get("by", ""),
        by_program=None if not program else program == "yes",
        kinds=pages.codes("kind", About),
        since=pages.day_argument("from"),
        until=pages.day_argument("to", last=True),
        confidential=may(signed_in().role, Role.ADMINISTRATOR),
    )
    return Asked(filters, words, own_page)


def _before() -> int | None:
    key = pages.key_argument(1)
    return pages.row_number(key[0]) if key else None


def _every_row() -> list[dict[str, Any]]:
    with pages.reading() as session:
        wanted = _asked(session)
        acts = history_list.every(session, wanted.filters, before=_before(), limit=MOST_IN_A_FILE)
    return [row for line in acts.lines for row in _rows(line, acts)]


def _rows(line: history_list.ActLine, acts: history_list.Acts) -> list[dict[str, Any]]:
    told = line.act
    shared = {
        "act": told.id,
        "at": told.made_at.isoformat().replace("+00:00", "Z"),
        "made_by": told.made_by,
        "by_program": told.by_program,
        "why": told.why,
        "evidence_url": told.url,
        "undid": told.reverts_id,
    }
    return [
        {
            **shared,
            "about": change.about.value,
            "name": history_words.thing(change.about, change.about_id, acts.names).text,
            "part": change.part,
            "item": change.item,
            "field": change.field,
            "before": change.before,
            "after": change.after,
        }
        for change in line.changes
    ]
