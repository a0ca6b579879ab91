"""Organisations that are no companies: advocates, investors, agencies, lawmakers; their list, and the page of one."""

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import InputError
from tracker.domain.vocab import OrganizationRole
from tracker.store import organization_page, party_lists, party_profile
from tracker.store.party_lists import OrganizationRow
from tracker.web import letters, pages, permalinks
from tracker.web.absent import MissingPage

bp = Blueprint("organizations", __name__)

PER_PAGE = 50
AT_ONCE = 500


@bp.get("/organizations")
def index() -> str:
    """Show the organisations by name; role and place stand in the address."""
    role = role_asked()
    with pages.reading() as session:
        shown = piece(session, role, PER_PAGE)
        total = party_lists.how_many(session, are_companies=False, role=role)
    return render_template("organizations/index.html", page=shown, total=total, role=role, roles=OrganizationRole)


@bp.get("/organizations/<slug>")
def page(slug: str) -> str | Response:
    """Show one organisation: who it is, what it wrote, filed, bought and said. A company is led to its own page."""
    with pages.reading() as session:
        profile = party_profile.profile(session, slug)
        if profile is None:
            raise permalinks.organization(session, slug) or missing(session, slug)
        if profile.is_company:
            return redirect(url_for("companies.page", slug=slug))
        found = organization_page.page(session, profile, pages.today())
        return render_template(
            "organizations/page.html",
            page=found,
            profile=profile,
            figures=letters.figures(found.rates, ""),
            shown=organization_page.SHOWN,
            today=pages.today(),
        )


def role_asked() -> OrganizationRole | None:
    """Return the role in the address; raises InputError naming what it takes."""
    return next(iter(pages.codes("role", OrganizationRole)), None) if request.args.get("role") else None


def piece(session: pages.Session, role: OrganizationRole | None, limit: int) -> pages.Page:
    """Return the organisations from the place in the address on; raises InputError for one that is not there."""
    key = pages.key_argument(1)
    after = key[0] if key else None
    found = party_lists.organizations(session, role=role, after=after, limit=limit + 1)
    if found is None:
        raise InputError(f"“{after}” is not in this list any more: start from the first page.")
    return pages.page_of(found, limit, lambda row: (row.slug,))


def every_row(session: pages.Session) -> Iterator[OrganizationRow]:
    """Yield every organisation under the filter of the address; few of them are held at a time."""
    role, after = role_asked(), None
    while rows := party_lists.organizations(session, role=role, after=after, limit=AT_ONCE):
        yield from rows
        after = rows[-1].slug


def missing(session: pages.Session, slug: str) -> MissingPage:
    """Return the 404 for an organisation that is not there, with those of a like name."""
    near = party_lists.near(session, slug, are_companies=False)
    known = {one: (name, url_for("organizations.page", slug=one)) for one, name in near}
    return pages.missing("organisation", slug, known)


@bp.app_template_filter("organization_role_words")
def organization_role_words(value: OrganizationRole) -> str:
    """Return a role as a word: "Agency"."""
    return value.value.replace("_", " ").capitalize()
