"""The search over everything."""

from flask import Response
from pydantic import Field

from tracker.domain.errors import InputError
from tracker.store.search import Order
from tracker.web import pages, search
from tracker.web.api.base import ARCHIVE, Limited, Paged, bp, now, told
from tracker.web.shapes.base import full
from tracker.web.shapes.search import Result

MOST = 100


class Results(Paged):
    """What was found."""

    items: list[Result] = Field(description="What has all of the words, in the order asked for")


class SearchQuery(Limited):
    """What is looked for."""

    limit: int = Field(25, ge=1, le=MOST, description="How many at most")
    q: str = Field(
        min_length=1,
        max_length=search.LONGEST,
        description="Words that all have to be there; phrases in quotation marks; -word for what must not be there; "
        "company:, kind:, source:, before:, after:",
    )
    order: Order = Field(Order.NEWEST, description="The newest first, or what fits best")


@bp.get("/search", summary="Search over everything", tags=[ARCHIVE], responses={200: Results})
def found(query: SearchQuery) -> Response:
    """Give documents, campaign objects, campaigns and organisations that have these words, with the passage."""
    text = search.asked()
    if not text:
        raise InputError("There is nothing to search for: “q” holds no word.")
    with pages.reading() as session:
        page = search.result(session, text, query.limit, query.order).page
    items = [Result.of(row) for row in page.rows]
    return told(Results(as_of=now(), items=items, next=full(page.next_url)))
