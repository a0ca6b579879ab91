"""Contracts: the table of who buys what of whom, and the page of one."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import InputError
from tracker.domain.vocab import ContractState
from tracker.store import contract_page, contract_table, correction_list
from tracker.store.contract_table import Choices, ContractRow, Filters, Order, Party
from tracker.web import pages, permalinks

bp = Blueprint("contracts", __name__)

PER_PAGE = 50
# How many rows are read at once for a file: databases bound the number of values in one statement.
AT_ONCE = 500
# Columns that are read best from their beginning; all others begin with the latest or largest.
RISING = {Order.VENDOR, Order.AGENCY, Order.STATE}
STATE_TONES = {ContractState.ACTIVE: "good", ContractState.CANCELLED: "bad", ContractState.UNKNOWN: "warn"}
AMOUNTS = (("value", "Value"), ("ceiling", "Ceiling"), ("obligated", "Obligated"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks of the table."""

    filters: Filters
    order: Order
    descending: bool

    @property
    def narrowed(self) -> bool:
        """Whether any contract may be left out."""
        return self.filters != Filters()

    def sorted_by(self, order: Order) -> str:
        """Return this page's address with the table standing by a column; the other way round when it does already."""
        return pages.with_order(order, self.order, descending=self.descending, rising=RISING)


@bp.get("/contracts")
def index() -> str:
    """Show the table; filters, order and place stand in the address."""
    with pages.reading() as session:
        options = contract_table.choices(session)
        wanted = chosen(options)
        shown, total = piece(session, wanted, PER_PAGE)
    return render_template(
        "contracts/index.html", page=shown, total=total, options=options, chosen=wanted, orders=Order
    )


@bp.get("/contracts/<slug>")
def page(slug: str) -> str:
    """Show one contract: parties, amounts, period, how it ended, and what each of it rests on."""
    with pages.reading() as session:
        found = contract_page.page(session, slug)
        if found is None:
            raise missing(session, slug)
        corrected = correction_list.last(session, object_id=found.row.object_id)
    return render_template("contracts/page.html", page=found, row=found.row, corrected=corrected)


def chosen(options: Choices) -> Chosen:
    """Return what the address asks for; raise InputError saying what it takes."""
    order, descending = pages.order_asked(Order.START)
    return Chosen(
        filters=Filters(
            vendor=_known("vendor", options.vendors),
            agency=_known("agency", options.agencies),
            product=_known("product", options.products),
            # A form sends what is not chosen as an empty text.
            state=next(iter(pages.codes("state", ContractState)), None) if request.args.get("state") else None,
        ),
        order=order,
        descending=descending,
    )


def piece(session: pages.Session, wanted: Chosen, limit: int) -> tuple[pages.Page, int]:
    """Return the contracts from the place in the address on, and how many there are under the filters in all."""
    slugs = names(session, wanted)
    key, begin = pages.key_argument(1), 0
    if key is not None:
        if key[0] not in slugs:
            raise InputError(f"“{key[0]}” is not in this table any more: start from the first page.")
        begin = slugs.index(key[0]) + 1
    shown = pages.page_of(slugs[begin : begin + limit + 1], limit, lambda slug: (slug,))
    return pages.Page(contract_table.rows(session, shown.rows), shown.next_url, shown.first_url), len(slugs)


def names(session: pages.Session, wanted: Chosen) -> list[str]:
    """Return the names of all contracts asked for, in the order asked for."""
    return contract_table.listed(session, wanted.filters, order=wanted.order, descending=wanted.descending)


def every_row(session: pages.Session) -> list[ContractRow]:
    """Return every contract under the filters of the address."""
    slugs = names(session, chosen(contract_table.choices(session)))
    begins = range(0, len(slugs), AT_ONCE)
    return [row for begin in begins for row in contract_table.rows(session, slugs[begin : begin + AT_ONCE])]


@bp.app_template_filter("amounts")
def amounts(row: ContractRow) -> list[dict[str, Any]]:
    """Return the amounts that are known, each with what it is: "Ceiling", "USD 1,200,000"."""
    known = [(words, getattr(row, name)) for name, words in AMOUNTS]
    return [{"label": words, "value": money(value, row.currency)} for words, value in known if value is not None]


@bp.app_template_filter("money")
def money(value: int, currency: str) -> str:
    """Return an amount with the code of its currency: many are called dollar."""
    return f"{currency}\N{NO-BREAK SPACE}{value:,}"


@bp.app_template_filter("contract_state_badge")
def contract_state_badge(state: ContractState) -> tuple[str, str]:
    """Return a contract's state in words and the tone of its badge."""
    return ("state not known" if state is ContractState.UNKNOWN else state.value), STATE_TONES.get(state, "")


def missing(session: pages.Session, slug: str) -> HTTPException:
    """Return the answer for a contract that is not shown: where it went, or 404 with those of a like name."""
    return permalinks.missing(session, "contract", slug)


def _known(name: str, offered: tuple[Party, ...]) -> str | None:
    """Return a filter's value from the address; raises InputError for a party or product that no contract has."""
    slug = request.args.get(name) or None
    if slug is not None and slug not in {party.slug for party in offered}:
        some = ", ".join(party.slug for party in offered[:24]) or "nothing yet, for no contract is on record"
        raise InputError(f"The filter “{name}” does not know “{slug}”. It takes: {some}.")
    return slug
