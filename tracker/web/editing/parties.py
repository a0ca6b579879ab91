"""Organisations, their people and products: added and edited, with what a change of names means for what was read."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.code_words import code_words
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Lane, OrganizationRole, Role
from tracker.models.organization import IdentifierScheme
from tracker.store import organizations, party_forms, spokespeople
from tracker.store.party_forms import AliasForm, OrganizationForm
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext as _
from tracker.workflows import edit_parties as workflow
from tracker.workflows.commitments import FieldsError

bp = Blueprint("parties", __name__)

EMPTY_ROWS = 3
MOST_ROWS = 400


@bp.get("/editing/organizations")
@needs(Role.EDITOR)
def index() -> str:
    """List every organisation by name."""
    with pages.reading() as session:
        rows, _products, _people = organizations.all_of(session)
    wanted = request.args.get("q", "").casefold().strip()
    found = [row for row in rows if wanted in row.name.casefold() or wanted in row.slug]
    return render_template("editing/organizations.html", rows=found, wanted=wanted)


@bp.get("/editing/organizations/new")
@needs(Role.EDITOR)
def new() -> str:
    """Show the form of an organisation that is not there yet."""
    return _form("", OrganizationForm(request.args.get("name", ""), ""), "", {})


@bp.get("/editing/organizations/<slug>")
@needs(Role.EDITOR)
def page(slug: str) -> str:
    """Show an organisation's form, its people and its products."""
    with pages.reading() as session:
        found = party_forms.organization(session, slug)
    if found is None:
        raise MissingPage(_("No organisation is called so."), [(_("All organisations"), url_for("parties.index"))])
    return _form(slug, found[1], found[1].stamp(), {})


def _form(
    slug: str, form: OrganizationForm, stamp: str, errors: dict[str, str], told: dict[str, str] | None = None
) -> str:
    with pages.reading() as session:
        stored = party_forms.organization(session, slug) if slug else None
        key = (stored[0].id or 0) if stored is not None else 0
        beside: dict[str, Any] = {
            "people": party_forms.people_of(session, key),
            "products": party_forms.products_of(session, key),
            "speakers": spokespeople.of_organization(session, key),
            "documents": party_forms.documents_to_read_again(session),
        }
    return render_template(
        "editing/organization.html",
        slug=slug, form=form, stamp=stamp, errors=errors, told_of=told or {}, empty=range(EMPTY_ROWS),
        lanes=[(lane.value, code_words(lane)) for lane in Lane],
        roles=[(role.value, code_words(role)) for role in OrganizationRole],
        schemes=[(scheme.value, scheme.value.upper()) for scheme in IdentifierScheme],
        warnings=workflow.warnings(pages.runtime(), form.aliases) if slug else [], **beside,
    )  # fmt: skip


@bp.post("/editing/organizations/new", defaults={"slug": ""})
@bp.post("/editing/organizations/<slug>")
@needs(Role.EDITOR)
def save(slug: str) -> tuple[str, int] | Response:
    """Save an organisation."""
    form, stamp = _typed(), request.form.get("stamp", "")
    told = {name: request.form.get(name, "").strip() for name in ("why", "source")}
    if told["source"] and not told["source"].startswith(("http://", "https://")):
        return _form(slug, form, stamp, {"source": _("A source is an address; it begins with https://")}, told), 422
    why = workflow.Why(signed_in().name, told["why"], told["source"])
    try:
        done = workflow.save_organization(pages.runtime(), slug, stamp, form, why)
    except FieldsError as error:
        return _form(slug, form, stamp, error.fields, told), 422
    except ConflictError as error:
        return _form(slug, form, stamp, {"": str(error)}, told), 409
    except NotFoundError as error:
        raise MissingPage(str(error), [(_("All organisations"), url_for("parties.index"))]) from error
    flash(_("It is saved."))
    if done.to_read:
        said = _("%(count)s documents were read with the names as they were; read them again below.")
        flash(said % {"count": f"{done.to_read:,}"})
    return redirect(url_for("parties.page", slug=done.slug), 303)


def _typed() -> OrganizationForm:
    """Return the form as it was typed."""
    asked = request.form
    rows = zip(asked.getlist("alias"), asked.getlist("context"), asked.getlist("exact"), strict=False)
    aliases = tuple(
        AliasForm(text.strip(), exact == "yes", tuple(word.strip() for word in context.split(",") if word.strip()))
        for text, context, exact in list(rows)[:MOST_ROWS]
        if text.strip()
    )
    return OrganizationForm(
        name=asked.get("name", ""),
        lane=asked.get("lane", ""),
        home_url=asked.get("home_url", "").strip(),
        parent=asked.get("parent", "").strip(),
        roles=tuple(asked.getlist("roles")),
        aliases=aliases,
        numbers={scheme.value: asked.get(scheme.value, "") for scheme in IdentifierScheme},
    )


@bp.post("/editing/organizations/<slug>/people", defaults={"what": "people"})
@bp.post("/editing/organizations/<slug>/products", defaults={"what": "products"})
@needs(Role.EDITOR)
def save_member(slug: str, what: str) -> Response:
    """Save somebody of an organisation, or a product of it."""
    asked, by = request.form, signed_in().name
    name, aliases, which = asked.get("name", ""), asked.get("aliases", ""), asked.get("which", "")
    try:
        if what == "people":
            workflow.save_person(pages.runtime(), (slug, which), (name, asked.get("position", ""), aliases), by)
        else:
            workflow.save_product(pages.runtime(), (slug, which), (name, aliases), by)
        flash(_("It is saved."))
    except (InputError, NotFoundError) as error:
        flash(str(error))
    return redirect(url_for("parties.page", slug=slug) + f"#{what}", 303)


@bp.post("/editing/organizations/<slug>/read-again")
@needs(Role.EDITOR)
def read_again(slug: str) -> Response:
    """Read the archive's documents again with today's names."""
    try:
        flash(workflow.read_again(pages.runtime()))
    except ConflictError as error:
        flash(str(error))
    return redirect(url_for("parties.page", slug=slug), 303)
