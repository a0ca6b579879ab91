"""Both databases give the same text: every page and file of one archive, and every refusal."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests import factories
from tests.browser.test_accessibility import PAGES
from tests.web import scenario
from tracker.settings import Settings
from tracker.web.factory import create_app
from tracker.workflows.publish_calendar import publish_calendar
from tracker.workflows.runtime import Runtime

pytestmark = pytest.mark.postgres
TIMELINE = f"/campaigns/{scenario.CAMPAIGN}/timeline"
FILES = (
    *(f"/{name}.{ending}" for name in ("resolutions", "letters", "calendar") for ending in ("csv", "json", "jsonl")),
    *(f"{TIMELINE}.{ending}" for ending in ("csv", "json", "jsonl")),
    f"/campaigns/{scenario.CAMPAIGN}/timelinejs.json",
    *(f"/{name}.{ending}" for name in ("filings", "filings/differences", "sources") for ending in ("csv", "json")),
    "/feed.atom",
    f"/campaigns/{scenario.CAMPAIGN}/feed.atom",
    "/calendar.ics",
    f"/campaigns/{scenario.CAMPAIGN}/calendar.ics",
    *(f"/api/v1/{name}" for name in ("campaigns", "resolutions", "letters", "dates", "documents/1")),
    "/api/v1/resolutions/amazon-2019-ban",
    "/api/v1/letters/caucus-2018",
    f"/api/v1/campaigns/{scenario.CAMPAIGN}/events?order=oldest",
)
ORDERS = tuple(
    f"/resolutions?sort={sign}{name}"
    for name in ("season", "company", "subject", "status", "support", "change")
    for sign in ("", "-")
)
# Nobody's page ever ended with these: far numbers, days that are none, signs that databases read differently.
FORGED = tuple(
    f"{page}after={key}"
    for page in ("/resolutions?", "/resolutions?sort=-support&", f"{TIMELINE}?", "/feed.atom?", "/api/v1/letters?")
    for key in ("~", "x", "nan~x", "=1e400~x", "9999-12-31T23:59:59-23:59~a", "2019-13-99~x", "%ED%A0%80~x", "%FF~%FE",
                "9" * 4000, "=%F4%90%80%80~%01", "s~%EF%BF%BF", "%E2%80%AE~%_")
)  # fmt: skip


@pytest.fixture(scope="module")
def sites(tmp_path_factory, postgres) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """The same archive in a SQLite file and in PostgreSQL."""
    database = postgres.create()
    file = tmp_path_factory.mktemp("both") / "whereas.db"
    with factories.database(f"sqlite:///{file}") as first, factories.database(postgres.url(database)) as second:
        clients = []
        for engine in (first, second):
            runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
            scenario.fill(runtime)
            publish_calendar(runtime)
            clients.append(create_app(runtime).test_client())
        yield clients[0], clients[1]
    postgres.drop(database)


def told(site: FlaskClient, address: str) -> tuple[int, str]:
    """Return status and text, read to its end, without what says when a file was stamped."""
    answer = site.get(address)
    return answer.status_code, re.sub(r"(?m)^(DTSTAMP|LAST-MODIFIED):.*$", "", answer.text)


@pytest.mark.parametrize("addresses", [(*PAGES.values(), TIMELINE), FILES, ORDERS], ids=["pages", "files", "orders"])
def test_both_databases_give_the_same_text(sites, addresses):
    for address in addresses:
        one, other = (told(site, address) for site in sites)
        assert one[0] == (404 if address == PAGES["not found"] else 200), address
        assert one == other, address


def test_a_forged_place_is_refused_or_empty_and_alike_on_both(sites):
    for address in FORGED:
        one, other = (told(site, address) for site in sites)
        assert one[0] in {200, 422}, address
        assert one == other, address
