"""What stands in an address of the review queue: filters, order, the place on it; and addresses with them again."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from tracker.domain.errors import InputError
from tracker.domain.vocab import EventType, Relation
from tracker.store.review import Band, Filters, Order, Place
from tracker.store.review_options import Option, Options
from tracker.web import pages

KEPT = ("campaign", "company", "relation", "type", "rule", "score", "source", "days", "order", "aside", "after")
DAYS = (1, 7, 30, 90)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters and order as asked for, and behind which place this page of the queue begins."""

    filters: Filters
    order: Order
    after: Place | None


def asked(options: Options) -> Asked:
    """Read the address; raise InputError naming what a filter takes."""
    filters = Filters(
        campaign_id=_one_of("campaign", options.campaigns),
        company_id=_one_of("company", options.companies),
        relation=next(iter(_codes("relation", Relation)), None),
        event_type=next(iter(_codes("type", EventType)), None),
        rule=request.args.get("rule", "")[:LONGEST] or None,
        band=next(iter(_codes("score", Band)), None),
        source_id=_one_of("source", options.sources),
        days=_days(),
        set_aside=request.args.get("aside") == "yes",
    )
    return Asked(filters, next(iter(_codes("order", Order)), Order.VALUE), place("after"))


def address(endpoint: str, *, drop: tuple[str, ...] = (), add: dict[str, str] | None = None, **values: Any) -> str:
    """Return an address of the queue with the filters of this one."""
    kept = {name: request.args[name] for name in KEPT if request.args.get(name) and name not in drop}
    kept |= add or {}
    path = url_for(endpoint, **values)
    return f"{path}?{urlencode(kept)}" if kept else path


def key(found: Place) -> str:
    """Return a place as it stands in an address."""
    return pages.KEY_MARK.join((str(found.held), repr(found.value), str(found.document_id)))


def place(name: str) -> Place | None:
    """Return a place from the address; raise InputError for what is none."""
    text = request.args.get(name, "")
    if not text:
        return None
    try:
        held, value, document_id = text.split(pages.KEY_MARK)
        return Place(int(held == "1"), pages.fraction(value), pages.row_number(document_id))
    except (ValueError, InputError) as error:
        raise InputError(f"The page “{text[:40]}” cannot be found again: start from the first page.") from error


def _codes(name: str, vocabulary: type[pages.Code]) -> tuple[pages.Code, ...]:
    return pages.codes(name, vocabulary) if request.args.get(name) else ()


def _one_of(name: str, known: tuple[Option, ...]) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    found = next((option.id for option in known if option.code == text), None)
    if found is None:
        raise InputError(f"The filter “{name}” does not know “{text[:40]}”: choose one from the list.")
    return found


def _days() -> int | None:
    text = request.args.get("days", "")
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text[:5]) <= 3650:
        raise InputError("The filter “days” takes a number of days from 1 to 3650.")
    return int(text)
