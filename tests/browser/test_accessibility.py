"""No page has a fault that axe-core can find, wide and narrow, light and dark; nothing overflows a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import NARROW, faults_of, open_narrow
from tests.browser.conftest import window
from tests.web import scenario

pytestmark = pytest.mark.browser

PAGES = {
    "front": "/",
    "about": "/about",
    "timeline": f"/campaigns/{scenario.CAMPAIGN}/timeline?from=2019",
    "timeline for paper": f"/campaigns/{scenario.CAMPAIGN}/timeline/print?from=2018",
    "terms": f"/campaigns/{scenario.CAMPAIGN}/terms",
    "resolutions": "/resolutions",
    "resolution": "/resolutions/amazon-2019-study",
    "fund votes": "/resolutions/amazon-2019-study/funds",
    "text changes": "/resolutions/amazon-2019-study/changes",
    "letters": "/letters",
    "letter": "/letters/caucus-2018",
    "contracts, none": "/contracts",
    "companies": "/companies",
    "company": "/companies/amazon",
    "organisations": "/organizations",
    "organisation": "/organizations/coalition",
    "organisations, none": "/organizations?role=court",
    "compare": "/compare",
    "compare answers": "/compare/answers",
    "compared answers": "/compare/answers/caucus-2018",
    "compare support": "/compare/support",
    "compare statements": "/compare/statements",
    "calendar": "/calendar",
    "document": "/documents/1?from=1&to=2",
    "document versions": "/documents/8?from=2&to=3",
    "filing": "/documents/9",
    "words in a document": "/documents/9?quote=Votes+on+Item+7",
    "letter on a day": "/letters/caucus-2018?on=2018-09-01",
    "filings": "/filings",
    "differences": "/filings/differences",
    "story": "/stories/1",
    "sources": "/sources?state=failing&state=gone&state=silent&state=well",
    "source": "/sources/filings",
    "unreadable": "/sources/unreadable",
    "search": "/search?q=face+recognition",
    "phrase": "/search?q=will+not+sell&seen=1",
    "nothing found": "/search?q=aardvark",
    "interface": "/api",
    "address of the interface": "/api/campaigns-one-events",
    "not found": "/campaigns/amazon/timeline",
    "embedding": f"/campaigns/{scenario.CAMPAIGN}/embed?show=list&lane=investors",
    "embedded strip": f"/campaigns/{scenario.CAMPAIGN}/embed/strip?from=2018&to=2019",
    "embedded list": f"/campaigns/{scenario.CAMPAIGN}/embed/list",
    "corrections, none": "/corrections",
}


@pytest.fixture(scope="module")
def looking(browser: Browser, address: str) -> Iterator[Page]:
    """One window for every page: they are only looked at."""
    with window(browser, address, bypass_csp=True) as page:
        yield page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault_and_fits_a_narrow_phone(looking: Page, address: str, name: str):
    status, width = open_narrow(looking, address + PAGES[name])
    assert status < 500
    assert width <= NARROW
    faults = faults_of(looking)
    assert not faults, "\n\n".join(faults)
