"""Getting started: from the name of a campaign to the first row of its timeline, step by step; left and resumed."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import InputError
from tracker.domain.field_errors import FieldsError
from tracker.domain.source_health import health
from tracker.domain.source_proposals import Group
from tracker.domain.text import one_line
from tracker.domain.vocab import Role, Verdict
from tracker.store import beginnings
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext, later
from tracker.workflows import begin
from tracker.workflows.begin import Beginning, Progress
from tracker.workflows.decide import Said, decide

bp = Blueprint("beginning", __name__)

# What a page says that waits for the collector: browsers ask again by themselves, with or without script.
RELOAD_SECONDS = 5
LONGEST_NUMBER = 9  # digits of a row's number that every database takes
STEPS = (later("Name it"), later("Sources"), later("Collect"), later("Decide"), later("First event"))
GROUPS = {
    Group.COMPANY: later("About the company itself"),
    Group.SUBJECT: later("On the subject"),
    Group.VOICES: later("News and organisations"),
}


@bp.get("/begin")
@needs(Role.EDITOR)
def index() -> str:
    """Ask for a campaign's name, ask and companies; lead back to those that were begun."""
    return _form(Beginning("", ""), {})


@bp.post("/begin")
@needs(Role.EDITOR)
def name() -> ResponseReturnValue:
    """Make the campaign."""
    form = request.form
    given = Beginning(
        form.get("title", ""),
        form.get("ask", ""),
        form.getlist("companies"),
        form.get("new_company", ""),
        form.get("called", ""),
    )
    try:
        slug = begin.begin(pages.runtime(), given, signed_in().name)
    except FieldsError as wrong:
        return _form(given, wrong.errors), 422
    return redirect(url_for("beginning.sources", slug=slug), 303)


@bp.get("/begin/<slug>")
@needs(Role.EDITOR)
def resume(slug: str) -> ResponseReturnValue:
    """Lead on to where a campaign's beginning was left."""
    step = begin.progress(pages.runtime(), slug).step
    return redirect(url_for("beginning.sources" if step == 2 else "beginning.follow", slug=slug))


@bp.get("/begin/<slug>/sources")
@needs(Role.EDITOR)
def sources(slug: str) -> str:
    """Propose sources, each with why; what costs nothing is ticked."""
    return _sources(slug, None, {})


@bp.post("/begin/<slug>/sources")
@needs(Role.EDITOR)
def take(slug: str) -> ResponseReturnValue:
    """Follow the chosen sources from now on."""
    chosen = request.form.getlist("sources")
    try:
        begin.take(pages.runtime(), slug, chosen, signed_in().name)
    except FieldsError as wrong:
        return _sources(slug, chosen, wrong.errors), 422
    return redirect(url_for("beginning.follow", slug=slug), 303)


@bp.get("/begin/<slug>/progress")
@needs(Role.EDITOR)
def follow(slug: str) -> ResponseReturnValue:
    """Show what the sources bring, then what there is to decide, then the first row; reload while it is under way."""
    found, now = begin.progress(pages.runtime(), slug), pages.now()
    if not found.taken:
        return redirect(url_for("beginning.sources", slug=slug))
    shown = make_response(
        render_template(
            "beginning/progress.html",
            campaign=found.campaign,
            progress=found,
            rows=[(one, health(one.source, now)) for one in found.taken],
            **_steps(found),
        )
    )
    if not found.collected:
        shown.headers["Refresh"] = str(RELOAD_SECONDS)
    return shown


@bp.post("/begin/<slug>/decide")
@needs(Role.EDITOR)
def decided(slug: str) -> ResponseReturnValue:
    """Accept or reject the suggestion shown; the rest is decided in the review queue."""
    document = request.form.get("document", "")
    verdict = Verdict.ACCEPT if request.form.get("verdict") == Verdict.ACCEPT else Verdict.REJECT
    if not document.isascii() or not document.isdecimal() or len(document) > LONGEST_NUMBER:
        raise InputError("deciding: the form names no document; open the page again")
    said = Said(verdict, signed_in().name, one_line(request.form.get("object", "")))
    decide(pages.runtime(), int(document), said)
    return redirect(url_for("beginning.follow", slug=slug), 303)


def _form(given: Beginning, errors: dict[str, str]) -> str:
    with pages.reading() as session:
        return render_template(
            "beginning/name.html",
            given=given,
            errors=errors,
            companies=beginnings.choosable(session),
            begun=beginnings.unfinished(session),
            steps=[gettext(step) for step in STEPS],
            step=1,
        )


def _sources(slug: str, chosen: list[str] | None, errors: dict[str, str]) -> str:
    found = begin.progress(pages.runtime(), slug)
    offered = begin.proposals(pages.runtime(), slug)
    groups = [
        (code, gettext(words), [one for one in offered if one.reason.group is code]) for code, words in GROUPS.items()
    ]
    ticked = chosen if chosen is not None else [one.name for one in offered if one.taken or one.ticked]
    return render_template(
        "beginning/sources.html",
        campaign=found.campaign,
        groups=[group for group in groups if group[2]],
        ticked=set(ticked),
        errors=errors,
        **(_steps(found) | {"step": 2}),
    )


def _steps(found: Progress) -> dict[str, object]:
    return {"steps": [gettext(step) for step in STEPS], "step": found.step}
