"""The row of tabs on every page of the queue, counted; what else waits is drawn beside the suggested links."""

from typing import Any

from tracker.web import pages
from tracker.web.editing import review_tabs


def counted(session: pages.Session) -> list[tuple[review_tabs.Tab, Any]]:
    """Return the tabs with how many things wait in each."""
    return [(tab, tab.count(session)) for tab in review_tabs.in_order()]
