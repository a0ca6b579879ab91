"""Small builders of rows for tests: each adds one thing with plausible values, flushes it and returns it.

Dates are written as text ("2018-05", "2019-04-02..2019-04-03"), parties as organisations. Nothing is committed.
"""

from tests.factories.documents import document, evidence, link
from tests.factories.letters import judgement, letter, response, search
from tests.factories.parties import (
    NOW,
    TODAY,
    add,
    campaign,
    database,
    event,
    on,
    organization,
    person,
    product,
    spine,
)
from tests.factories.resolutions import (
    ballot_item,
    claim,
    commitment,
    count,
    family,
    fund_vote,
    insiders,
    meeting,
    resolution,
)

__all__ = [
    "NOW",
    "TODAY",
    "add",
    "ballot_item",
    "campaign",
    "claim",
    "commitment",
    "count",
    "database",
    "document",
    "event",
    "evidence",
    "family",
    "fund_vote",
    "insiders",
    "judgement",
    "letter",
    "link",
    "meeting",
    "on",
    "organization",
    "person",
    "product",
    "resolution",
    "response",
    "search",
    "spine",
]
