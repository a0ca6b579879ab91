"""A campaign's settings, for administrators: its words, whom it asks, who answers for it, and its terms tried first."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import Role
from tracker.store import campaign_settings as rows
from tracker.store import campaigns
from tracker.store.campaign_settings import Kept
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext
from tracker.workflows import campaign_settings, campaign_terms
from tracker.workflows.campaign_terms import Preview

bp = Blueprint("tend_campaigns", __name__)

# So many of the newest documents are judged again to show what changed terms would do.
JUDGED = 1000
SHOWN = 100
LONGEST_NOTE = 500


@bp.get("/tend/campaigns")
@needs(Role.ADMINISTRATOR)
def index() -> str:
    """List all campaigns with who answers for each."""
    with pages.reading() as session:
        found = campaigns.every(session)
        owners = rows.owners(session, [row.id or 0 for row in found])
    return render_template("tending/campaigns.html", campaigns=found, owners=owners)


@bp.get("/tend/campaigns/<slug>")
@needs(Role.ADMINISTRATOR)
def page(slug: str) -> str:
    """Show a campaign's settings as a form."""
    return _page(slug, None, "", {})


@bp.post("/tend/campaigns/<slug>")
@needs(Role.ADMINISTRATOR)
def change(slug: str) -> ResponseReturnValue:
    """Keep what was changed."""
    form = request.form
    given = Kept(
        title=form.get("title", ""),
        summary=form.get("summary", "").replace("\r\n", "\n"),
        asks=tuple(form.get("asks", "").splitlines()),
        targets=tuple(form.getlist("targets")),
        products=tuple(form.getlist("products")),
        owners=tuple(form.getlist("owners")),
    )
    version, by = form.get("version", ""), signed_in().name
    try:
        done = campaign_settings.change(
            pages.runtime(), slug, given, version, by=by, why=form.get("why", "")[:LONGEST_NOTE]
        )
    except FieldsError as wrong:
        return _page(slug, given, version, wrong.errors), 422
    except ConflictError as wrong:
        return _page(slug, given, "", {"": str(wrong)}), 409
    flash(gettext("The settings are kept.") if done else gettext("Nothing was changed."))
    return redirect(url_for("tend_campaigns.page", slug=slug), 303)


@bp.get("/tend/campaigns/<slug>/terms")
@needs(Role.ADMINISTRATOR)
def terms(slug: str) -> str:
    """Show the terms in force as a form."""
    [*states] = campaign_terms.history(pages.runtime(), slug)
    typed = {
        "terms": "\n".join(states[0].terms) if states else "",
        "against": "\n".join(states[0].against) if states else "",
        "number": str(states[0].number) if states else "0",
    }
    return _terms(slug, typed, {}, None)


@bp.post("/tend/campaigns/<slug>/terms")
@needs(Role.ADMINISTRATOR)
def try_terms(slug: str) -> ResponseReturnValue:
    """Show what changed terms would do, or keep them."""
    form, runtime = request.form, pages.runtime()
    wanted, against = (campaign_terms.edited([], add=_lines(form.get(name, ""))) for name in ("terms", "against"))
    try:
        if form.get("what") != "keep":
            tried = campaign_terms.preview(runtime, slug, terms=wanted, against=against, latest=JUDGED)
            return _terms(slug, form, {}, tried)
        in_force = next((str(row.number) for row in campaign_terms.history(runtime, slug)), "0")
        if form.get("number") != in_force:
            said = gettext("Somebody changed the terms meanwhile. Look at those in force, then change what is left.")
            return _terms(slug, {**form, "number": in_force}, {"": said}, None), 409
        note = one_line(form.get("note", ""))[:LONGEST_NOTE]
        campaign_terms.change(runtime, slug, terms=wanted, against=against, by=signed_in().name, note=note)
    except InputError as wrong:
        return _terms(slug, form, {"terms": str(wrong)}, None), 422
    flash(
        gettext("The terms are in force for what comes from now on. “tracker link again” judges the archive by them.")
    )
    return redirect(url_for("tend_campaigns.terms", slug=slug), 303)


def _page(slug: str, given: Kept | None, version: str, errors: dict[str, str]) -> str:
    found = campaign_settings.shown(pages.runtime(), slug)
    return render_template(
        "tending/campaign.html",
        campaign=found.campaign,
        given=asdict(given or found.kept),
        version=version or found.version,
        companies=found.companies,
        products=found.products,
        people=[(name, name) for name in found.people],
        thresholds=campaign_settings.thresholds(pages.runtime()),
        errors=errors,
    )


def _terms(slug: str, typed: object, errors: dict[str, str], preview: Preview | None) -> str:
    states = campaign_terms.history(pages.runtime(), slug)
    with pages.reading() as session:
        campaign = campaigns.by_slug(session, slug)
    return render_template(
        "tending/terms.html",
        campaign=campaign,
        states=states,
        typed=typed,
        errors=errors,
        preview=preview,
        most=SHOWN,
    )


def _lines(text: str) -> list[str]:
    return [told for line in text.splitlines() if (told := one_line(line))]
