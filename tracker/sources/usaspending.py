"""Federal contracts of companies we follow. Source: USAspending.gov, POST /api/v2/search/spending_by_award/,
https://api.usaspending.gov/docs/endpoints

The interface takes one group of award types at a time, so contracts and indefinite delivery vehicles are asked apart.
An award is one item under its generated id; a changed amount makes a new version. Amounts are those of the answer: what
it leaves out is left out here too, and never counted as nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.vocab import DocumentKind
from tracker.sources import facts, options
from tracker.sources.base import read_json, register

API = "https://api.usaspending.gov"
AWARD_PAGE = "https://www.usaspending.gov/award/"
# What readers of filings know an award by; USAspending.gov has no forms.
FORM = "award"
PAGE = 100
_MOST_PAGES = 100  # the interface pages no further than 10,000 awards
_LATEST = "2099-12-31"  # a period needs an end; a fixed one asks the same at every visit
_EARLIEST = "2007-10-01"
_GROUPS: dict[str, tuple[list[str], str]] = {
    "contract": (["A", "B", "C", "D"], "End Date"),
    "indefinite delivery contract": (
        ["IDV_A", "IDV_B", "IDV_B_A", "IDV_B_B", "IDV_B_C", "IDV_C", "IDV_D", "IDV_E"],
        "Last Date to Order",
    ),
}
_AMOUNTS = ("Award Amount", "Total Outlays")
_FIELDS = (
    "Award ID",
    "Recipient Name",
    "Start Date",
    "End Date",
    "Last Date to Order",
    *_AMOUNTS,
    "Awarding Agency",
    "Awarding Sub Agency",
    "Contract Award Type",
    "Description",
)


@register
class USAspending:
    """A target may have `url`, a server that stands in for the interface. Options: `recipients` (names or UEIs),
    `keywords` (of three letters and more), one of them required; `agencies` (names of awarding departments, or tables
    with `tier` and `name`); `since` and `until` (days).
    """

    name, kind, every = "usaspending", DocumentKind.CONTRACT, timedelta(hours=24)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            filters = _filters(target)
            for words in _GROUPS:
                yield _request(target.url.rstrip("/") or API, words, filters, 1)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        found = read_json(answer)
        results = found.get("results") if isinstance(found, dict) else None
        paging = found.get("page_metadata") if isinstance(found, dict) else None
        if not isinstance(results, list):
            raise _odd(answer, "it has no list of results")
        if not isinstance(paging, dict) or not isinstance(paging.get("hasNext"), bool):
            raise _odd(answer, "it does not say whether there is another page")
        context = answer.request.context
        page, words = int(context.get("page") or 1), str(context.get("words") or "contract")
        if paging["hasNext"] and page >= _MOST_PAGES:
            raise ParseError(
                f"usaspending: reading {answer.url}: the search finds more than {PAGE * _MOST_PAGES:,} awards, and the "
                "interface shows no more; name recipients or agencies, or a later day as since, in the sources file"
            )
        yield from (_award(row, words, answer) for row in results)
        if paging["hasNext"]:
            if not results:
                raise _odd(answer, f"page {page} is empty, but another is promised")
            yield _request(str(context.get("base") or API), words, context.get("filters") or {}, page + 1)


def _filters(target: Target) -> dict[str, Any]:
    """Return what the interface is to search for; raises InputError for what it would refuse."""
    reader, told = "usaspending", target.options
    recipients, keywords = options.texts(told, "recipients", reader), options.texts(told, "keywords", reader)
    short = [word for word in keywords if len(word) < 3]
    if short:
        raise InputError(
            f"usaspending: the keyword {short[0]!r} is too short; the interface takes three letters or more"
        )
    if not recipients and not keywords:
        raise InputError(
            f"usaspending: the target {target.name!r} names neither recipients nor keywords; add one of them to its "
            "options in the sources file"
        )
    since, until = options.day(told, "since", reader), options.day(told, "until", reader)
    filters: dict[str, Any] = {}
    if recipients:
        filters["recipient_search_text"] = recipients
    if keywords:
        filters["keywords"] = keywords
    if agencies := _agencies(told.get("agencies")):
        filters["agencies"] = agencies
    if since or until:
        # Earlier days are refused: the archive behind the interface begins there.
        filters["time_period"] = [{"start_date": max(since, _EARLIEST), "end_date": until or _LATEST}]
    return filters


def _agencies(told: Any) -> list[dict[str, str]]:
    entries = told if isinstance(told, list | tuple) else [told] if told else []
    agencies = []
    for entry in entries:
        tier, name = ("toptier", entry) if isinstance(entry, str) else _tier_and_name(entry)
        if tier not in {"toptier", "subtier"} or not isinstance(name, str) or not name.strip():
            raise InputError(
                f"usaspending: the option agencies has {entry!r}; write a department's name, or a table as "
                '{ tier = "subtier", name = "U.S. Immigration and Customs Enforcement" }'
            )
        agencies.append({"type": "awarding", "tier": str(tier), "name": name.strip()})
    return agencies


def _tier_and_name(entry: Any) -> tuple[Any, Any]:
    return (entry.get("tier", "toptier"), entry.get("name")) if isinstance(entry, Mapping) else ("", "")


def _request(base: str, words: str, filters: Mapping[str, Any], page: int) -> Request:
    codes, end = _GROUPS[words]
    other = {end for _, end in _GROUPS.values()} - {end}
    body = {
        "filters": {"award_type_codes": codes, **filters},
        "fields": [name for name in _FIELDS if name not in other],
        "sort": "Award Amount",
        "order": "desc",
        "page": page,
        "limit": PAGE,
        "subawards": False,
    }
    context = {"base": base, "words": words, "filters": dict(filters), "page": page}
    url = f"{base}/api/v2/search/spending_by_award/"
    return Request(url, accept="application/json", body=json.dumps(body), context=context)


def _award(row: Any, words: str, answer: Fetched) -> RawItem:
    key = facts.text_of(row, "generated_internal_id") if isinstance(row, dict) else ""
    if not key:
        raise _odd(answer, "an award has no generated_internal_id")
    recipient = facts.text_of(row, "Recipient Name") or "a recipient not named"
    agency = facts.text_of(row, "Awarding Sub Agency") or facts.text_of(row, "Awarding Agency")
    amount = facts.dollars(row, "Award Amount")
    told = ((name, facts.dollars(row, name) if name in _AMOUNTS else facts.text_of(row, name)) for name in _FIELDS)
    begins = facts.day_of(row, "Start Date")
    return RawItem(
        key=key,
        title=f"{recipient}: {words}{f' with {agency}' if agency else ''}{f', {amount}' if amount else ''}",
        url=f"{AWARD_PAGE}{quote(key, safe='')}/",
        published=begins,
        publisher="USAspending.gov",
        content_html=facts.table(told),
        base_url=AWARD_PAGE,
        language="en",
        kind=DocumentKind.CONTRACT,
        form=FORM,
        warnings=("its date is the day on which the award starts, not the day of its publication",) if begins else (),
    )


def _odd(answer: Fetched, found: str) -> ParseError:
    return ParseError(
        f"usaspending: reading {answer.url}: {found}; the interface may have changed: compare it with "
        "https://api.usaspending.gov/docs/endpoints"
    )
