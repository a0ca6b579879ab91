"""The tabs of the review queue: what else waits for a person beside suggested links.

A module adds its own by appending to TABS when it is loaded: a label, how many wait, and the view that shows them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.web.pages import Session


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its words (marked by `language.later`), the view's endpoint, and how many things wait in it.

    `count` asks the database once, in a number of statements that does not depend on rows. `order` places it: the
    suggested links are 0.
    """

    label: str
    endpoint: str
    count: Callable[[Session], int]
    order: int = 10


TABS: list[Tab] = []


def in_order() -> list[Tab]:
    """Return the tabs from left to right."""
    return sorted(TABS, key=lambda tab: tab.order)
