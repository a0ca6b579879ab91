"""The site as a copy of one campaign has it: the campaign's front page, its navigation, and tables of it alone."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, current_app, render_template, request, url_for

from tracker.models.campaign import Campaign
from tracker.store import (
    campaign_members,
    campaigns,
    comparisons_answers,
    comparisons_contracts,
    contract_table,
    event_counts,
    resolutions,
    summaries,
)
from tracker.store.campaign_members import Members
from tracker.store.engine import reading
from tracker.web import campaigns as campaign_pages
from tracker.web import companies, organizations, pages
from tracker.web.factory import create_app
from tracker.web.out import table_files, tables
from tracker.web.shapes.base import Shape
from tracker.web.shapes.companies import Company, Organization
from tracker.web.shapes.contracts import Contract
from tracker.workflows.runtime import Runtime

# How many rows are read at once.
AT_ONCE = 200


def of_campaign(runtime: Runtime, campaign: Campaign, members: Members) -> Flask:
    """Return the site for a copy: an address that tells of everything tells of this campaign."""
    app = create_app(runtime)
    of_everything = app.view_functions["table_files.as_file"]

    def table(name: str, ending: str) -> Any:
        rows = _ROWS.get(name)
        if rows is None:
            return of_everything(name=name, ending=ending)
        return tables.as_list(name, ending, table_files.SHAPES[name], list(rows(members)))

    app.view_functions["campaigns.index"] = lambda: _front(campaign, members)
    app.view_functions["table_files.as_file"] = table
    app.context_processor(lambda: {"navigation": list(_navigation(campaign.slug))})
    return app


def _navigation(slug: str) -> Iterator[tuple[str, str, bool]]:
    """Yield label, address and whether it is open."""
    front = url_for("campaigns.index")
    yield "Overview", front, request.endpoint == "campaigns.index"
    yield "Timeline", url_for("timeline.page", slug=slug), request.endpoint == "timeline.page"
    for group in ("resolutions", "letters", "calendar"):
        yield group.capitalize(), url_for(f"{group}.index"), request.blueprint == group
    for label, part in (
        ("Contracts", "contracts"),
        ("Companies", "companies"),
        ("Compare", "compared"),
        ("Files", "files"),
    ):
        yield label, f"{front}#{part}", False


def _front(campaign: Campaign, members: Members) -> str:
    """Show what the copy holds."""
    with pages.reading() as session:
        key = campaign.id or 0
        summary = summaries.of_campaign(session, key, pages.today())
        vendors = {slug for slug, _ in comparisons_contracts.vendors(session)}
        comparable = set(_comparable(session))
        letters, parties = members.of_kind("letter"), members.participants
        return render_template(
            "static_site/front.html",
            campaign=campaign,
            asks=campaigns.asks(session, [key]).get(key, []),
            figures=campaign_pages.figures(summary.counts),
            years=sorted({found.begins[:4] for found in event_counts.bins(session, key) if found.begins}),
            resolutions=members.of_kind("resolution"),
            letters=letters,
            contracts=members.of_kind("contract"),
            companies=[party for party in parties if party.is_company],
            organizations=[party for party in parties if not party.is_company],
            compared=[letter for letter in letters if letter.slug in comparable],
            asked=[party for party in parties if party.is_target and resolutions.company_id(session, party.slug)],
            vendors=[party for party in parties if party.slug in vendors],
            has_about="about.index" in current_app.view_functions,
        )


def _comparable(session: pages.Session) -> Iterator[str]:
    """Yield the letters whose answers can be laid side by side."""
    after = None
    while rows := comparisons_answers.listed(session, after=after, limit=AT_ONCE):
        yield from (row.slug for row in rows)
        after = rows[-1].id


def _contracts(members: Members) -> Iterator[Shape]:
    slugs = [member.slug for member in members.of_kind("contract")]
    with pages.reading() as session:
        for begin in range(0, len(slugs), AT_ONCE):
            yield from map(Contract.of, contract_table.rows(session, slugs[begin : begin + AT_ONCE]))


def _companies(members: Members) -> Iterator[Shape]:
    mine = {party.slug for party in members.participants}
    with pages.reading() as session:
        yield from (Company.of(row) for row in companies.every_row(session) if row.slug in mine)


def _organizations(members: Members) -> Iterator[Shape]:
    mine = {party.slug for party in members.participants}
    with pages.reading() as session:
        yield from (Organization.of(row) for row in organizations.every_row(session) if row.slug in mine)


_ROWS: dict[str, Callable[[Members], Iterator[Shape]]] = {
    "contracts": _contracts,
    "companies": _companies,
    "organizations": _organizations,
}


def found(runtime: Runtime, slug: str) -> tuple[Campaign, Members] | None:
    """Return a campaign with what makes it up, or None where none has this name."""
    with reading(runtime.engine) as session:
        campaign = campaigns.by_slug(session, slug)
        return None if campaign is None else (campaign, campaign_members.of_campaign(session, campaign.id or 0))
