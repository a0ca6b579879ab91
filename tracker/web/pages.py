"""What every page needs: a session to read with, the day, addresses with one filter changed, paging by key."""

import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import current_app, request, url_for
from flask.globals import request_ctx

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.store import engine
from tracker.web.absent import MissingPage

if TYPE_CHECKING:
    from tracker.workflows.runtime import Runtime

# Which page shows a campaign object of a kind; other kinds are told by the timeline.
OBJECT_PAGES = {"resolution": "resolutions.page", "letter": "letters.page", "contract": "contracts.page"}
KEY_MARK = "~"
# Every filter, order and place that stands in an address. A link to the same page keeps these and drops the rest.
ARGUMENTS = frozenset(
    {"after", "agency", "ask", "by", "campaign", "candidates", "company", "document", "from", "kind", "lane", "limit",
     "manager", "news", "object", "on", "order", "organization", "outcome", "product", "program", "q", "quote",
     "role", "season", "seen", "sort", "state", "to", "vendor", "version", "view", "vote"}
)  # fmt: skip
# What `reading` gives. SQL's own type stays out of the site by contract: a page only hands it on to `store`.
Session = Any

Code = TypeVar("Code", bound=StrEnum)


def runtime() -> "Runtime":
    """Return the runtime this site was made with."""
    found: Runtime = current_app.extensions["runtime"]
    return found


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session for this page's reads; nothing of it is kept."""
    with engine.reading(runtime().engine) as session:
        yield session


def now() -> datetime:
    """Return the present moment in UTC, as the runtime's clock has it."""
    return runtime().clock().astimezone(UTC)


def today() -> date:
    """Return the present day in UTC."""
    return now().date()


def site() -> str:
    """Return the address under which people reach the site, without a slash at the end: feeds and files hold it."""
    return runtime().settings.site


# --- addresses --------------------------------------------------------------------------------------------------------


def address(endpoint: str, **values: Any) -> str:
    """Return a page's address as `url_for` does, at a third of its time: a timeline holds four hundred.

    What Flask adds to that (names beginning with an underscore, a group's own pages by a dot, the version of a static
    file) it is asked for.
    """
    if endpoint[0] == "." or endpoint == "static" or any(name[0] == "_" for name in values):
        return url_for(endpoint, **values)
    adapter = request_ctx.url_adapter
    return url_for(endpoint, **values) if adapter is None else adapter.build(endpoint, values, force_external=False)


def with_arguments(**changes: Any) -> str:
    """Return this page's address with some query arguments set, or removed when None; a new filter begins at page one.

    A list sets an argument several times. Only ARGUMENTS are kept: the path comes from the path alone.
    """
    arguments: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name in ARGUMENTS}
    if "after" not in changes:
        arguments.pop("after", None)
    arguments.update(changes)
    kept = {name: value for name, value in arguments.items() if value not in (None, [], "")}
    path = address(request.endpoint or "campaigns.index", **(request.view_args or {}))
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def with_toggled(name: str, code: str) -> str:
    """Return this page's address with one of an argument's several values put in, or taken out when it was there."""
    values = request.args.getlist(name)
    return with_arguments(**{name: [value for value in values if value != code] if code in values else [*values, code]})


def with_order(by: Code, order: Code, *, descending: bool, rising: Container[Code]) -> str:
    """Return this page's address with its table standing by a column, of those in `rising` from their beginning.

    `order` and `descending` are how it stands now: by the same column it stands the other way round.
    """
    falls = not descending if order is by else by not in rising
    return with_arguments(sort=f"{'-' if falls else ''}{by}")


def on_page(endpoint: str, *names: str, **values: Any) -> str:
    """Return another page's address with these of the present address's query arguments."""
    kept = {name: request.args.getlist(name) for name in names if request.args.get(name)}
    path = url_for(endpoint, **values)
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def as_file(ending: str) -> str:
    """Return the address of what this page lists as a file: the same filters and place, another ending."""
    path, mark, arguments = with_arguments(after=request.args.get("after")).partition("?")
    return f"{path}.{ending}{mark}{arguments}"


def object_url(kind: str, slug: str) -> str | None:
    """Return the address of a campaign object's own page, or None where its kind has none."""
    endpoint = OBJECT_PAGES.get(kind)
    return address(endpoint, slug=slug) if endpoint else None


def missing(what: str, slug: str, known: dict[str, tuple[str, str]]) -> MissingPage:
    """Return the 404 for a name that nothing has, with the likeliest of `known` (slug: label and address)."""
    near = get_close_matches(slug, known, n=3, cutoff=0.4) or list(known)[:3]
    return MissingPage(f"No {what} is called “{slug}”.", [known[name] for name in near])


# --- what stands in the address ---------------------------------------------------------------------------------------


def codes(name: str, vocabulary: type[Code]) -> tuple[Code, ...]:
    """Return an argument's values as codes, without repeats; raise InputError naming what is allowed."""
    found = []
    for text in dict.fromkeys(request.args.getlist(name)):
        try:
            found.append(vocabulary(text))
        except ValueError as error:
            allowed = ", ".join(code.value for code in vocabulary)
            raise InputError(f"The filter “{name}” does not know “{text}”. It takes: {allowed}.") from error
    return tuple(found)


def order_asked(default: Code) -> tuple[Code, bool]:
    """Return the column that a table stands by and whether it falls, as `sort` has it; raise InputError for no column.

    A column with a minus sign before it falls; without the argument the default one does.
    """
    text, columns = request.args.get("sort", ""), type(default)
    by = text.removeprefix("-")
    if by not in {"", *columns}:
        raise InputError(f"The table cannot stand by “{by}”. It can by: {', '.join(columns)}.")
    return (columns(by), text.startswith("-")) if by else (default, True)


def day_argument(name: str, *, last: bool = False) -> date | None:
    """Return an argument as a day; a month or year means its first day, or its last. Raises InputError."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        known = PartialDate.parse(text)
    except InputError as error:
        raise InputError(f"The filter “{name}” takes a day, month or year: {error}.") from error
    if known.earliest is None or known.latest is None:
        raise InputError(
            f"The filter “{name}” takes a day, month or year such as 2019-05, not “{text}”: one end is open."
        )
    return known.latest if last else known.earliest


def key_argument(parts: int) -> tuple[str, ...] | None:
    """Return the key that the page above ended with, or None on the first page; raise InputError for a broken one."""
    text = request.args.get("after", "")
    if not text:
        return None
    key = tuple(text.split(KEY_MARK))
    if len(key) != parts or not all(key):
        raise InputError(f"The page “{text}” cannot be found again: start from the first page.")
    return key


def moment_key(of: str) -> tuple[datetime, str] | None:
    """Return the moment and the name of the row that the page above ended with, None on the first page.

    Raises InputError for a broken key; `of` says what the pages are of.
    """
    key = key_argument(2)
    if key is None:
        return None
    try:
        return datetime.fromisoformat(key[0]).astimezone(UTC), key[1]
    except (ValueError, OverflowError) as error:
        raise InputError(f"This page of {of} cannot be found again: start from the first page.") from error


def fraction(text: str) -> float:
    """Return a figure that stands in an address; ValueError for what is none, infinity among it."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


def row_number(text: str) -> int:
    """Return a row's number from the address; raise InputError for what none can have."""
    if not re.fullmatch("[1-9][0-9]{0,9}", text) or int(text) >= 2**31:
        raise InputError(f"The page “{text[:40]}” cannot be found again: start from the first page.")
    return int(text)


# --- paging by key ----------------------------------------------------------------------------------------------------

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, and the addresses of the next page and of the first, where there are any."""

    rows: list[Any]
    next_url: str | None = None
    first_url: str | None = None


def page_of(rows: list[Row], limit: int, key: Any) -> Page:
    """Return a page from at most `limit` + 1 rows read; `key(row)` gives the texts that the next page begins after."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(
        rows=shown,
        next_url=with_arguments(after=KEY_MARK.join(key(shown[-1]))) if more else None,
        first_url=with_arguments(after=None) if request.args.get("after") else None,
    )
