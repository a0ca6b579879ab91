"""Shareholder proposals that a statement announces: by number, and whether their proponents withdrew them."""

import re
from collections.abc import Sequence

from tracker.filings.proxy_statement.board import recommends
from tracker.filings.proxy_statement.finding import Found
from tracker.filings.proxy_statement.headings import headings_of
from tracker.filings.proxy_statement.paragraphs import Paragraph
from tracker.filings.proxy_statement.words import HOLDER

_OF_HOLDER = re.compile(rf"{HOLDER}(?:['’]?s?['’]?) proposal\b(?!s)", re.IGNORECASE)
_WITHDRAWN = re.compile(
    r"\b(?:has|have|was|were|been) (?:been )?(?:subsequently |since |voluntarily )?withdrawn?\b|\bwithdrew\b",
    re.IGNORECASE,
)


def is_withdrawn(found: Found) -> bool:
    """Whether a heading stands for a proposal that will not be voted on, its proponent having withdrawn it."""
    return any(_WITHDRAWN.search(part.text) for part in found.body[:4])


def items_of_holders(paragraphs: Sequence[Paragraph]) -> dict[str, bool]:
    """Return the numbers that the statement gives to shareholder proposals, and whether it says one was withdrawn."""
    found: dict[str, bool] = {}
    headings = headings_of(paragraphs)
    otherwise = {heading.item for heading in headings if heading.title and not heading.of_holder}
    for heading in headings:
        if heading.item and _OF_HOLDER.match(heading.title):
            below = paragraphs[heading.last : heading.last + 2]
            if heading.item in otherwise and any(recommends(part.text) == "for" for part in below):
                continue  # the company's own, miscalled once
            gone = any(_WITHDRAWN.search(part.text) for part in below)
            found[heading.item] = found.get(heading.item, False) or gone
    return found
