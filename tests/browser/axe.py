"""What axe-core finds in a page that is open, and how wide the page becomes."""

from collections.abc import Iterable
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.conftest import HEIGHT

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Only colours differ in the dark.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
UNFOLD = "document.querySelectorAll('details:not(.menu-small)').forEach((part) => { part.open = true; })"
# What WCAG asks a page to fit: 1280 pixels, enlarged four times.
NARROW, WIDE = 320, 1440
# What passes is not told: writing down every element of a page takes longer than looking at it.
RUN = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"


def faults_of(page: Page, *, widths: Iterable[int] = (NARROW, WIDE), dark: bool = True) -> list[str]:
    """Return what axe finds, everything in the page unfolded, at each width in light and, unless told not to, dark."""
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme, rules in (("light", TAGS), ("dark", COLOURS))[: 1 + dark]:
            page.emulate_media(color_scheme=scheme)
            faults += [
                f"{width} {scheme} {fault['id']}: {node['html'][:160]} {node['failureSummary']}"
                for fault in page.evaluate(RUN, rules)["violations"]
                for node in fault["nodes"]
            ]
    return faults


def open_narrow(page: Page, address: str) -> tuple[int, int]:
    """Open a page as the narrowest of phones does; return its status, and how wide it became."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    answer = page.goto(address)
    assert answer is not None
    return answer.status, page.evaluate("document.documentElement.scrollWidth")
