"""Corrections: what was published and is otherwise now."""

from flask import Response
from pydantic import Field

from tracker.domain.corrections import CorrectionKind
from tracker.store import correction_list
from tracker.web import corrections, pages
from tracker.web.absent import MissingPage
from tracker.web.api.base import ARCHIVE, Limited, Paged, Query, bp, now, told
from tracker.web.api.objects import Name
from tracker.web.shapes.base import full
from tracker.web.shapes.corrections import Correction


class Corrections(Paged):
    """Corrections."""

    items: list[Correction] = Field(description="The corrections, the newest first")


class CorrectionQuery(Limited):
    """Which corrections."""

    campaign: Name = Field("", description="The campaign's name in addresses")
    object: Name = Field("", description="The name in addresses of the record they are about")
    document: str = Field("", pattern="^([1-9][0-9]{0,8})?$", description="The number of the document they are about")
    kind: list[CorrectionKind] = Field(default_factory=list, description="What was done; several are allowed")


class CorrectionPath(Query):
    """Which correction."""

    number: int = Field(ge=1, lt=2**31, description="Its number")


@bp.get("/corrections", summary="Corrections", tags=[ARCHIVE], responses={200: Corrections})
def all_corrections(query: CorrectionQuery) -> Response:
    """Give published facts that were changed: from what to what, when, why, and on which evidence."""
    with pages.reading() as session:
        page = corrections.piece(session, corrections.asked(session), query.limit)
    items = [Correction.of(line) for line in page.rows]
    return told(Corrections(as_of=now(), items=items, next=full(page.next_url)))


@bp.get("/corrections/<int:number>", summary="One correction", tags=[ARCHIVE], responses={200: Correction})
def one_correction(path: CorrectionPath) -> Response:
    """Give one correction by its number."""
    with pages.reading() as session:
        found = correction_list.one(session, path.number)
    if found is None:
        raise MissingPage(f"No correction has the number {path.number}.")
    return told(Correction.of(found))
