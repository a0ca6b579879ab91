"""Bills in Congress. Source: congress.gov API v3 of the Library of Congress, endpoints `bill`,
https://github.com/LibraryOfCongress/api.congress.gov and https://api.congress.gov

The interface has no search by words, so a list of what changed is read and a bill whose title has one of our terms is
asked for itself; bills named in the configuration are asked for directly. The key travels in a header alone: it stands
in no address, no context and no error.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from tracker.domain.errors import InputError, ParseError
from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.text import fold
from tracker.domain.vocab import DocumentKind
from tracker.sources import facts, options
from tracker.sources.base import read_json, register

API = "https://api.congress.gov"
PAGE = 250
_KEY_HEADER = "X-Api-Key"
_BILL = re.compile(r"(\d{1,3})/(hr|s|hjres|sjres|hconres|sconres|hres|sres)/(\d{1,5})", re.ASCII)
# How a bill is cited, and what congress.gov calls its kind in addresses.
_KINDS = {
    "hr": ("H.R.", "house-bill"),
    "s": ("S.", "senate-bill"),
    "hjres": ("H.J.Res.", "house-joint-resolution"),
    "sjres": ("S.J.Res.", "senate-joint-resolution"),
    "hconres": ("H.Con.Res.", "house-concurrent-resolution"),
    "sconres": ("S.Con.Res.", "senate-concurrent-resolution"),
    "hres": ("H.Res.", "house-resolution"),
    "sres": ("S.Res.", "senate-resolution"),
}


@register
class Congress:
    """A target may have `url`, a server that stands in for the interface. Options: `bills` (as "119/s/1691"), or
    `congress` (its number) with `terms` (words of a title) and perhaps `since` (a day; without it only the 250 bills
    that changed last are looked at). `api_key` is required.
    """

    name, kind, every = "congress", DocumentKind.LEGISLATION, timedelta(hours=12)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            told, base = target.options, target.url.rstrip("/") or API
            headers = {_KEY_HEADER: _key(target)}
            bills, terms = _bills(target), options.texts(told, "terms", self.name)
            if not bills and not terms:
                raise InputError(
                    f"congress: the target {target.name!r} names neither bills nor terms; add bills as 119/s/1691, or "
                    "a congress and words of titles, to its options in the sources file"
                )
            for bill in bills:
                yield _bill_request(base, bill, headers)
            if terms:
                session = options.number(told, "congress", self.name, default=0, most=999)
                since = options.day(told, "since", self.name)
                context = {"step": "list", "base": base, "congress": session, "terms": terms, "since": since}
                yield _list_request({**context, "offset": 0}, headers)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        found = read_json(answer)
        if not isinstance(found, dict):
            raise _odd(answer, "it is no JSON object")
        if answer.request.context.get("step") == "list":
            yield from _listed(found, answer)
        else:
            yield _item(found.get("bill"), answer)


def _key(target: Target) -> str:
    key = target.options.get("api_key")
    if not isinstance(key, str) or not re.fullmatch(r"[!-~]{1,200}", key):
        raise InputError(
            f"congress: asking for {target.name!r}: no usable key for congress.gov is set; get one without cost at "
            "https://api.congress.gov/sign-up/ and put it into the setting congress_api_key"
        )
    return key


def _bills(target: Target) -> list[str]:
    bills = [bill.lower() for bill in options.texts(target.options, "bills", "congress")]
    if wrong := [bill for bill in bills if not _BILL.fullmatch(bill)]:
        raise InputError(f"congress: the option bills has {wrong[0]!r}; write congress, kind and number as 119/s/1691")
    return bills


def _bill_request(base: str, bill: str, headers: Mapping[str, str]) -> Request:
    context = {"step": "bill", "bill": bill}
    url = f"{base}/v3/bill/{bill}?{urlencode({'format': 'json'})}"
    return Request(url, accept="application/json", context=context, headers=headers)


def _list_request(context: Mapping[str, Any], headers: Mapping[str, str]) -> Request:
    asked = {"format": "json", "sort": "updateDate+desc", "limit": PAGE, "offset": context["offset"]}
    if context["since"]:
        asked["fromDateTime"] = f"{context['since']}T00:00:00Z"
    url = f"{context['base']}/v3/bill/{context['congress']}?{urlencode(asked, safe='+:')}"
    return Request(url, accept="application/json", context=context, headers=headers)


def _listed(found: Mapping[str, Any], answer: Fetched) -> Iterator[Request]:
    """Yield a request for each bill whose title has one of the terms, and for the next page of the list."""
    bills, paging = found.get("bills"), found.get("pagination")
    count = paging.get("count") if isinstance(paging, dict) else None
    if not isinstance(bills, list) or type(count) is not int:
        raise _odd(answer, "it has no list of bills, or does not say how many there are")
    context, headers = answer.request.context, answer.request.headers
    start = int(context.get("offset") or 0)
    if not bills and start < count:
        raise _odd(answer, f"{count} bills are promised, but there is none from number {start} on")
    terms = [fold(str(term)) for term in context.get("terms") or ()]
    base = str(context.get("base") or API)
    for bill in bills:
        name = _name(bill)
        if name is None:
            raise _odd(answer, "a bill has no congress, type and number")
        title = fold(facts.text_of(bill, "title"))
        if any(term in title for term in terms):
            yield _bill_request(base, name, headers)
    if context.get("since") and start + PAGE < count:
        yield _list_request({**context, "offset": start + PAGE}, headers)


def _name(bill: Any) -> str | None:
    """Return a bill's name as "119/s/1691"; None when the answer does not give it."""
    parts = (
        [facts.text_of(bill, part).lower() for part in ("congress", "type", "number")] if isinstance(bill, dict) else []
    )
    name = "/".join(parts)
    return name if _BILL.fullmatch(name) else None


def _item(bill: Any, answer: Fetched) -> RawItem:
    name = _name(bill)
    if name is None:
        raise _odd(answer, "it has no bill with a congress, type and number")
    session, kind, number = name.split("/")
    cited, path = _KINDS[kind]
    title = facts.text_of(bill, "title")
    if not title:
        raise _odd(answer, f"the bill {name} has no title")
    latest = bill.get("latestAction") if isinstance(bill.get("latestAction"), dict) else {}
    area = bill.get("policyArea") if isinstance(bill.get("policyArea"), dict) else {}
    sponsors = _names(bill, "sponsors", "fullName")
    rows = (
        ("Congress", session),
        ("Introduced", facts.text_of(bill, "introducedDate")),
        ("Origin", facts.text_of(bill, "originChamber")),
        ("Sponsor", "; ".join(sponsors)),
        ("Policy area", facts.text_of(area, "name")),
        ("Latest action", facts.text_of(latest, "text")),
        ("Latest action on", facts.text_of(latest, "actionDate")),
        ("Law", "; ".join(_names(bill, "laws", "number"))),
    )
    url = facts.text_of(bill, "legislationUrl")
    return RawItem(
        key=name,
        title=f"{cited} {number}, {_ordinal(int(session))} Congress: {title}",
        url=url or f"https://www.congress.gov/bill/{_ordinal(int(session))}-congress/{path}/{number}",
        published=facts.day_of(bill, "introducedDate"),
        authors=tuple(sponsors),
        publisher="Congress.gov",
        content_html=facts.table(rows),
        language="en",
        kind=DocumentKind.LEGISLATION,
        form=cited,
    )


def _names(bill: Mapping[str, Any], part: str, name: str) -> list[str]:
    entries = bill.get(part)
    found = (
        [facts.text_of(entry, name) for entry in entries if isinstance(entry, dict)]
        if isinstance(entries, list)
        else []
    )
    return [one for one in found if one]


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _odd(answer: Fetched, found: str) -> ParseError:
    return ParseError(
        f"congress: reading {answer.url}: {found}; the interface may have changed: compare it with "
        "https://api.congress.gov"
    )
