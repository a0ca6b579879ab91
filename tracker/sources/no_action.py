"""What companies and the SEC's staff write when a shareholder proposal is to be left out. Source: the Division of
Corporation Finance's lists under Rule 14a-8, https://www.sec.gov/rules-regulations/shareholder-proposals

Since November 2025 there are four: notices under Rule 14a-8(j) without a response, responses to notices, incoming
requests under (i)(1), and responses under (i)(1). A row names a company, a proponent, a date and letters as PDF. What a
row prints is kept as it stands; what became of a proposal is never concluded from the list it stands in.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import facts, options
from tracker.sources.base import register, validated
from tracker.sources.html_page import ACCEPT, first, read_page, words_of
from tracker.sources.letter_rows import Row, letter_rows, next_page

_MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class StaffList:
    """One of the staff's lists: its name in the configuration, its form, and what one of its rows is."""

    form: str
    words: str
    may_be_empty: bool = False


LISTS = {
    "notices": StaffList("14A-8 NOTICE", "Rule 14a-8(j) notice, listed without a staff response"),
    "responses": StaffList("14A-8 NOTICE RESPONSE", "Staff response to a Rule 14a-8(j) notice"),
    "i1_requests": StaffList("14A-8 I1 REQUEST", "No-action request under Rule 14a-8(i)(1)", may_be_empty=True),
    "i1_responses": StaffList("14A-8 I1 RESPONSE", "Staff response under Rule 14a-8(i)(1)", may_be_empty=True),
}
_SAYS_NONE = re.compile(
    r"\b(?:no(?![ -]action)|none)\b[^.]{0,60}\b(?:notices?|notifications?|requests?|responses?|results?|posted)\b",
    re.IGNORECASE,
)


@register
class NoAction:
    """A target is one list page. Options: `list` (notices, responses, i1_requests or i1_responses), required; `known`
    (keys we have).
    """

    name, kind, every = "no_action", DocumentKind.FILING, timedelta(hours=12)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            which = target.options.get("list")
            if which not in LISTS:
                raise InputError(
                    f"no_action: the target {target.name or target.url!r} has list = {which!r}; write one of "
                    f"{', '.join(LISTS)} into its options in the sources file"
                )
            context = {"list": which, "rows_before": bool(options.known(target.options)), "page": 1}
            yield replace(validated(target.url, target.options, accept=ACCEPT, context=context), crawl=True)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        staff_list = LISTS.get(str(context.get("list")))
        if staff_list is None:
            raise ParseError(
                f"no_action: reading {answer.url}: it is not said which of the lists it is: {', '.join(LISTS)}"
            )
        page, warnings = read_page(answer.body, answer.headers.get("content-type", ""), answer.url)
        rows = letter_rows(page, answer.url)
        number = int(context.get("page") or 1)
        if not rows and number == 1:
            _refuse_unless_empty(page, staff_list, answer)
        keys: set[str] = set()
        for row in rows:
            item = _item(row, staff_list, warnings)
            if item.key in keys:  # one letter may answer several proponents
                item = replace(item, key=f"{item.key}#{row.company}, {row.proponent}, {row.date_text}")
            if item.key not in keys:
                keys.add(item.key)
                yield item
        further = next_page(page, answer.url)
        if rows and further and number < _MOST_PAGES:
            yield Request(further, accept=ACCEPT, context={**context, "page": number + 1}, crawl=True)


def _refuse_unless_empty(page: Any, staff_list: StaffList, answer: Fetched) -> None:
    """Raise ParseError for a page without rows, unless it is a list in which nothing was listed yet."""
    text = words_of(page)
    is_ours = "14a-8" in text.lower() or "14a-8" in first(page, "//title/text()").lower()
    if answer.request.context.get("rows_before") or not is_ours:
        allowed = False
    else:
        allowed = staff_list.may_be_empty or _SAYS_NONE.search(text) is not None
    if not allowed:
        raise ParseError(
            f"no_action: reading {answer.url}: it has no row with a letter; the page may have moved or been "
            "redesigned: open it in a browser and correct the address in the sources file"
        )


def _item(row: Row, staff_list: StaffList, warnings: tuple[str, ...]) -> RawItem:
    named = f"{row.company}{f' ({row.proponent})' if row.proponent else ''}"
    on = f", {row.on.words()}" if row.on else ""
    letters = "".join(
        f'<li><a href="{facts.escaped(address)}">{facts.escaped(text or address)}</a></li>'
        for text, address in row.letters
    )
    return RawItem(
        key=row.letters[0][1],
        title=f"{staff_list.words}: {named}{on}",
        url=row.letters[0][1],
        published=row.on,
        publisher="SEC",
        content_html=f"{facts.paragraph(staff_list.words + '.')}{facts.table(row.cells)}<ul>{letters}</ul>",
        base_url=row.letters[0][1],
        language="en",
        kind=DocumentKind.FILING,
        form=staff_list.form,
        warnings=warnings + ((f"its date could not be read: {row.date_text}",) if row.date_text and not row.on else ()),
    )
