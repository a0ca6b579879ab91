"""No page has a fault that axe-core can find, wide and narrow, light and dark; nothing overflows a phone."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.web import scenario

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "front": "/",
    "about": "/about",
    "timeline": f"/campaigns/{scenario.CAMPAIGN}/timeline?from=2019",
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
    "corrections, none": "/corrections",
    "not found": "/campaigns/amazon/timeline",
}
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Only colours differ in the dark.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


UNFOLD = "document.querySelectorAll('details:not(.menu-small)').forEach((part) => { part.open = true; })"


def faults_of(page: Page) -> list[str]:
    """Return every fault that axe-core finds, with all that can be folded open."""
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    faults = []
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", TAGS), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
            faults += [
                f"{width} {scheme} {fault['id']}: {node['html'][:160]} {node['failureSummary']}"
                for fault in found["violations"]
                for node in fault["nodes"]
            ]
    return faults


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault(open_page: Callable[..., Page], name: str):
    faults = faults_of(open_page(PAGES[name], bypass_csp=True))
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_phone(open_page: Callable[..., Page], name: str):
    page = open_page(PAGES[name], width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
