"""No page, file or answer of the interface asks the database more often where the archive has more rows."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests import factories
from tests.web import people
from tests.web import rows_scenario as many
from tests.web.asking import statements
from tracker.domain.vocab import Role
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows import accounts
from tracker.workflows.runtime import Runtime

FEW, MANY = 10, 200
TABLES = tuple(
    f"/{name}.{ending}"
    for name in ("resolutions", "letters", "calendar", "contracts", "companies", "organizations", "corrections")
    for ending in ("csv", "json")
)
# Each endpoint with addresses that show as many rows as there are. A page that is not here fails the test.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "commitments.index": ("/editing/commitments",),
    "imports.index": ("/editing/imports",),
    "intentions.index": ("/declarations",),
    "intentions.speakers": ("/people/speakers",),
    "merging.page": (f"/objects/{many.LETTER}/merge",),
    "merging_organizations.page": (f"/organizations/{many.AGENCY}/merge",),
    "parties.index": ("/editing/organizations",),
    "parties.new": ("/editing/organizations/new",),
    "parties.page": (f"/editing/organizations/{many.AGENCY}",),
    "publishing.page": (f"/objects/{many.LETTER}/state",),
    "publishing_campaigns.page": (f"/campaigns/{many.CAMPAIGN}/state",),
    "splitting.page": (f"/objects/{many.LETTER}/split",),
    "account.index": ("/account",),
    "about.index": ("/about",),
    "beginning.follow": (f"/begin/{many.CAMPAIGN}/progress",),
    "beginning.index": ("/begin",),
    "beginning.sources": (f"/begin/{many.CAMPAIGN}/sources",),
    "tend_campaigns.index": ("/tend/campaigns",),
    "tend_campaigns.page": (f"/tend/campaigns/{many.CAMPAIGN}",),
    "tend_campaigns.terms": (f"/tend/campaigns/{many.CAMPAIGN}/terms",),
    "tend_sources.as_opml": ("/tend/sources.opml",),
    "tend_sources.index": ("/tend/sources",),
    "tend_sources.page": (f"/tend/sources/of/{many.SOURCE}",),
    "tend_subscribers.index": ("/tend/subscribers",),
    "tend_subscribers.page": ("/tend/subscribers/1",),
    "api.all_campaigns": ("/api/v1/campaigns",),
    "api.all_companies": ("/api/v1/companies",),
    "api.all_contracts": ("/api/v1/contracts",),
    "api.all_corrections": ("/api/v1/corrections?limit=500",),
    "api.all_dates": ("/api/v1/dates",),
    "api.all_letters": ("/api/v1/letters?limit=500",),
    "api.all_organizations": ("/api/v1/organizations",),
    "api.all_resolutions": ("/api/v1/resolutions?limit=500",),
    "api.compared_answers": (f"/api/v1/comparisons/answers/{many.LETTER}",),
    "api.compared_statements": ("/api/v1/comparisons/statements",),
    "api.compared_support": ("/api/v1/comparisons/support",),
    "api.document": (f"/api/v1/documents/{many.DOCUMENT}",),
    "api.events": (f"/api/v1/campaigns/{many.CAMPAIGN}/events?limit=500",),
    "api.found": ("/api/v1/search?q=became",),
    "api.one_company": (f"/api/v1/companies/{many.COMPANY}",),
    "api.one_contract": (f"/api/v1/contracts/{many.CONTRACT}",),
    "api.one_letter": (f"/api/v1/letters/{many.LETTER}",),
    "api.one_organization": (f"/api/v1/organizations/{many.AGENCY}",),
    "api.one_resolution": (f"/api/v1/resolutions/{many.RESOLUTION}",),
    "api.votes_of_funds": (f"/api/v1/resolutions/{many.RESOLUTION}/funds",),
    "calendar.as_ical": ("/calendar.ics",),
    "calendar.index": ("/calendar",),
    "calendar.of_campaign": (f"/campaigns/{many.CAMPAIGN}/calendar.ics",),
    "campaigns.index": ("/",),
    "campaigns.terms": (f"/campaigns/{many.CAMPAIGN}/terms",),
    "companies.index": ("/companies",),
    "companies.page": (f"/companies/{many.COMPANY}",),
    "comparison_files.answers": (f"/compare/answers/{many.LETTER}.csv",),
    "comparison_files.statements": ("/compare/statements.csv",),
    "comparison_files.support": ("/compare/support.csv",),
    "comparisons.answers": ("/compare/answers",),
    "comparisons.answers_to": (f"/compare/answers/{many.LETTER}",),
    "comparisons.statements": ("/compare/statements",),
    "comparisons.support": ("/compare/support",),
    "contracts.index": ("/contracts", f"/contracts?vendor={many.COMPANY}"),
    "contracts.page": (f"/contracts/{many.CONTRACT}",),
    "correction_feed.as_feed": ("/corrections.atom",),
    "corrections.index": ("/corrections", f"/corrections?campaign={many.CAMPAIGN}"),
    "documents.page": (f"/documents/{many.DOCUMENT}",),
    "edit.index": ("/edit?q=e",),
    "edit.new": ("/edit/new/letter", "/edit/new/meeting"),
    "edit.page": (f"/edit/{many.LETTER}", f"/edit/{many.RESOLUTION}", f"/edit/{many.CONTRACT}"),
    "embed.framed": (f"/campaigns/{many.CAMPAIGN}/embed/strip", f"/campaigns/{many.CAMPAIGN}/embed/list?limit=50"),
    "feeds.campaign": (f"/campaigns/{many.CAMPAIGN}/feed.atom",),
    "feeds.company": (f"/companies/{many.COMPANY}/feed.atom",),
    "feeds.everything": ("/feed.atom",),
    "filings.as_csv": ("/filings.csv",),
    "filings.as_json": ("/filings.json",),
    "filings.differences": ("/filings/differences",),
    "filings.differences_as_csv": ("/filings/differences.csv",),
    "filings.differences_as_json": ("/filings/differences.json",),
    "filings.index": ("/filings",),
    "fund_votes.as_file": (f"/resolutions/{many.RESOLUTION}/funds.csv",),
    "fund_votes.index": (f"/resolutions/{many.RESOLUTION}/funds",),
    "history.act": ("/history/1",),
    "history.as_csv": ("/history.csv",),
    "history.as_json": ("/history.json?by=Ann",),
    "history.index": ("/history", "/history?by=Ann&program=no&kind=campaign"),
    "letters.index": ("/letters",),
    "letters.page": (f"/letters/{many.LETTER}",),
    "organizations.index": ("/organizations",),
    "organizations.page": (f"/organizations/{many.AGENCY}",),
    "people.index": ("/people",),
    "previews.campaign": (f"/campaigns/{many.CAMPAIGN}/card.png",),
    "previews.company": (f"/companies/{many.COMPANY}/card.png",),
    "previews.contract": (f"/contracts/{many.CONTRACT}/card.png",),
    "previews.document": (f"/documents/{many.DOCUMENT}/card.png",),
    "previews.letter": (f"/letters/{many.LETTER}/card.png",),
    "previews.organization": (f"/organizations/{many.AGENCY}/card.png",),
    "previews.resolution": (f"/resolutions/{many.RESOLUTION}/card.png",),
    "resolution_text.index": (f"/resolutions/{many.RESOLUTION}/changes",),
    "resolutions.index": ("/resolutions", "/resolutions?sort=-support&season=2019"),
    "resolutions.page": (f"/resolutions/{many.RESOLUTION}",),
    "bulk.index": ("/review/bulk", "/review/bulk?rule=rule:test&from=0.50"),
    "differences.index": ("/review/differences",),
    "doubtful_stories.index": ("/review/stories",),
    "new_names.index": ("/review/names",),
    "overdue_letters.index": ("/review/letters",),
    "overdue_letters.look": (f"/review/letters/{many.LETTER}",),
    "rates.as_csv": ("/review/rates.csv",),
    "rates.as_json": ("/review/rates.json",),
    "rates.index": ("/review/rates",),
    "worth_a_look.index": ("/review/worth-a-look",),
    "review.entry": (f"/review/{many.DOCUMENT}",),
    "review.index": ("/review", "/review?relation=reports_on&aside=yes"),
    "search_files.as_feed": ("/search.atom?q=became",),
    "search_files.as_file": ("/search.csv?q=became",),
    "search_files.as_json": ("/search.json?q=became",),
    "search.index": ("/search?q=became",),
    "sign_in.page": ("/sign-in",),
    "sources.as_csv": ("/sources.csv",),
    "sources.as_json": ("/sources.json",),
    "sources.index": ("/sources",),
    "sources.page": (f"/sources/{many.SOURCE}",),
    "sources.unreadable": ("/sources/unreadable",),
    "stories.page": (f"/stories/{many.STORY}",),
    "table_files.as_file": TABLES,
    "timeline.page": (f"/campaigns/{many.CAMPAIGN}/timeline", f"/campaigns/{many.CAMPAIGN}/timeline?lane=investors"),
    "welcome.forgotten": ("/forgotten-password",),
    "timeline_print.page": (f"/campaigns/{many.CAMPAIGN}/timeline/print",),
    "timeline_files.as_file": (f"/campaigns/{many.CAMPAIGN}/timeline.csv?lane=investors",),
    "timeline_files.as_json": (f"/campaigns/{many.CAMPAIGN}/timeline.json",),
    "timeline_files.as_timelinejs": (f"/campaigns/{many.CAMPAIGN}/timelinejs.json",),
}
# These tell of one row or of none.
OF_ONE = {
    "attaching.page",
    "commitments.page",
    "imports.page",
    "intentions.page",
    "making.page",
    "merging.undo",
    "merging_organizations.undo",
    "publishing.document",
    "api.event",
    "api.one_correction",
    "api_docs.address",
    "api_docs.index",
    "api_docs.openapi",
    "bulk.act",
    "beginning.resume",
    "campaigns.every",
    "campaigns.page",
    "comparisons.index",
    "corrections.page",
    "documents.as_text",
    "embed.page",
    "factors.code",
    "factors.new_codes",
    "factors.new_passkey",
    "factors.passkey",
    "oembed.answer",
    "previews.event",
    "sources.bytes_kept",
    "static",
    "following.confirmation",
    "following.data",
    "following.index",
    "following.page",
    "following.sent",
    "subscribe.leave",
    "table_files.schema",
    "tend_sources.add",
    "tend_sources.lists",
    "tend_sources.trial",
    "timeline.event",
    "welcome.page",
}


class Counted:
    """A site, and how many statements each address needs of whoever may ask it."""

    def __init__(self, runtime: Runtime) -> None:
        app = create_app(runtime)
        self.reader, self.editor = app.test_client(), people.signed_in(app, Role.ADMINISTRATOR, "Ada")

    def ask(self, address: str) -> list[str]:
        """Return the statements of one request."""
        return statements(self.editor if is_for_editors(self.reader.application, address) else self.reader, address)


def is_for_editors(app: Flask, address: str) -> bool:
    """Return whether the view behind an address asks for a role."""
    endpoint, _ = app.url_map.bind("localhost").match(address.partition("?")[0])
    return hasattr(app.view_functions[endpoint], "needs")


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[tuple[Counted, Counted]]:
    """Few rows and many."""
    folder = tmp_path_factory.mktemp("rows")
    with (
        factories.database(f"sqlite:///{folder / 'few.db'}") as few,
        factories.database(f"sqlite:///{folder / 'many.db'}") as much,
    ):
        found = [Runtime(Settings(), engine, clock=lambda: many.NOW) for engine in (few, much)]
        many.fill(found[0], FEW)
        many.fill(found[1], MANY)
        for number in range(FEW):
            accounts.add(found[1], f"{number}@example.org", f"Somebody {number}", Role.EDITOR)
        yield Counted(found[0]), Counted(found[1])


def test_every_page_is_counted(site):
    """Those that only take forms are held by `test_roles`."""
    known = {rule.endpoint for rule in site.url_map.iter_rules() if "GET" in rule.methods}
    assert known == ADDRESSES.keys() | OF_ONE


@pytest.mark.parametrize("endpoint", sorted(ADDRESSES))
def test_more_rows_need_no_more_statements(sites, endpoint):
    for address in ADDRESSES[endpoint]:
        few, much = (site.ask(address) for site in sites)
        # Fewer where the first page of many rows happens to lack a kind that a page of all of the few has.
        assert len(much) <= len(few), (address, sorted(set(much) - set(few)) or "the same ones more often")
