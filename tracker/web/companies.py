"""Companies: the list with what is on record of each, and the page that joins it all."""

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import InputError
from tracker.models.organization import IdentifierScheme
from tracker.store import company_page, party_lists, party_profile
from tracker.store.party_lists import CompanyRow
from tracker.store.party_profile import Profile
from tracker.web import letters, pages, permalinks
from tracker.web.absent import MissingPage

bp = Blueprint("companies", __name__)

PER_PAGE = 50
AT_ONCE = 500
SCHEME_WORDS = {
    IdentifierScheme.CIK: "CIK (SEC)",
    IdentifierScheme.TICKER: "Ticker",
    IdentifierScheme.LEI: "LEI",
    IdentifierScheme.UEI: "UEI (SAM.gov)",
}


@bp.get("/companies")
def index() -> str:
    """Show the companies by name; the place stands in the address."""
    with pages.reading() as session:
        shown = piece(session, PER_PAGE)
        total = party_lists.how_many(session, are_companies=True)
    return render_template("companies/index.html", page=shown, total=total)


@bp.get("/companies/<slug>")
def page(slug: str) -> str | Response:
    """Show one company: campaigns, resolutions, letters and how often it answers, contracts, what it said, what is due.

    An organisation that is no company has its page elsewhere and is led to it.
    """
    with pages.reading() as session:
        profile = known(session, slug)
        if not profile.is_company:
            return redirect(url_for("organizations.page", slug=slug))
        found = company_page.page(session, profile, pages.today())
        return render_template(
            "companies/page.html",
            page=found,
            profile=profile,
            figures=letters.figures(found.rates, ""),
            shown=company_page.SHOWN,
            today=pages.today(),
        )


def piece(session: pages.Session, limit: int) -> pages.Page:
    """Return the companies from the place in the address on; raises InputError for one that is not there any more."""
    key = pages.key_argument(1)
    after = key[0] if key else None
    found = party_lists.companies(session, pages.today(), after=after, limit=limit + 1)
    if found is None:
        raise InputError(f"“{after}” is not in this list any more: start from the first page.")
    return pages.page_of(found, limit, lambda row: (row.slug,))


def every_row(session: pages.Session) -> Iterator[CompanyRow]:
    """Yield every company; few of them are held at a time."""
    after = None
    while rows := party_lists.companies(session, pages.today(), after=after, limit=AT_ONCE):
        yield from rows
        after = rows[-1].slug


def known(session: pages.Session, slug: str) -> Profile:
    """Return the organisation of this name, a company or not; raises the 404 that offers companies of a like name."""
    profile = party_profile.profile(session, slug)
    if profile is None:
        raise permalinks.organization(session, slug) or missing(session, slug)
    return profile


def missing(session: pages.Session, slug: str) -> MissingPage:
    """Return the 404 for a company that is not there, with those of a like name."""
    near = party_lists.near(session, slug, are_companies=True)
    return pages.missing("company", slug, {one: (name, url_for("companies.page", slug=one)) for one, name in near})


@bp.app_template_filter("scheme_words")
def scheme_words(value: IdentifierScheme) -> str:
    """Return what a public number is called."""
    return SCHEME_WORDS[value]
