"""New filings at the SEC as EDGAR's own Atom: of one company, or of everybody as they come in. Source:
https://www.sec.gov/about/rss-feeds and https://www.sec.gov/cgi-bin/browse-edgar (`output=atom`)

The company feed carries each filing's number, form and date in elements of EDGAR's own; the current feed carries them
in titles and summaries, once for each company a filing concerns. Both name the accession number, the key that the
reader `edgar` uses too. An item is the announcement of a filing: its link is the filing's index page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lxml import etree

from tracker.domain.items import Fetched, RawItem, Request, Target
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind
from tracker.sources import edgar_filing, facts, options
from tracker.sources.base import register, validated

PAGE = 100
_ATOM = "{http://www.w3.org/2005/Atom}"
_MOST_PAGES = 20
_CURRENT_TITLE = re.compile(r"(?P<form>.+?) - (?P<company>.+) \((?P<cik>\d{10})\) \((?P<role>[^()]+)\)")
_FILED = re.compile(r"Filed:\s*(\d{4}-\d{2}-\d{2})")
_ITEM = re.compile(r"\bItem (\d{1,2}\.\d{2})")
_TAG = re.compile(r"<[^<>]*>")
# Whose name stands in the title when a filing concerns several: the company it is about.
_ROLES = ("subject", "filer", "issuer")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a filing as it concerns one company. `items` is what it says of an 8-K's items, often nothing."""

    accession: str
    form: str
    filed: str
    link: str
    company: str
    cik: int | None
    role: str
    items: str


@register
class EdgarAtom:
    """A target with a `cik`, or with a `url` that has a query, is one company's feed; without, it is the current feed,
    asked once for each form. Options: `forms` (those of `edgar` unless said), `ciks` (of the current feed only filings
    that concern these), `known` (accession numbers we have), `pages` (how many hundreds of entries; 1 unless said).
    """

    name, kind, every = "edgar_atom", DocumentKind.FILING, timedelta(minutes=30)

    def requests(self, targets: Iterable[Target]) -> Iterator[Request]:
        for target in targets:
            forms = options.texts(target.options, "forms", self.name) or list(edgar_filing.FORMS)
            context = {
                "company": target.name,
                "forms": forms,
                "ciks": options.ciks(target.options, self.name),
                "known": options.known(target.options),
                "pages": options.number(target.options, "pages", self.name, default=1, most=_MOST_PAGES),
            }
            for url in _addresses(target, forms):
                yield validated(url, target.options, accept="application/atom+xml, */*;q=0.1", context=context)

    def parse(self, answer: Fetched) -> Iterator[RawItem | Request]:
        if answer.not_modified:
            return
        context = answer.request.context
        feed = _feed(answer)
        entries = feed.findall(f"{_ATOM}entry")
        read = [found for entry in entries if (found := _entry(entry, feed)) is not None]
        if entries and not read:
            raise edgar_filing.odd(self.name, answer.url, "none of its entries has an accession number and a form")
        yield from _items(read, context, answer)
        further = _next(answer, len(entries), int(context.get("pages") or 1))
        if further is not None:
            yield further


def _addresses(target: Target, forms: list[str]) -> Iterator[str]:
    if urlsplit(target.url).query:
        yield target.url
        return
    base = f"{target.url.rstrip('/') or edgar_filing.ARCHIVES}/cgi-bin/browse-edgar?"
    if target.cik is not None:
        asked = {"action": "getcompany", "CIK": f"{target.cik:010d}", "type": "", "dateb": "", "owner": "include"}
        yield base + urlencode({**asked, "start": "0", "count": str(PAGE), "output": "atom"})
        return
    for form in forms:
        # EDGAR takes the type as a beginning, so that 8-K brings 8-K/A as well.
        if not any(form != other and form.startswith(other) for other in forms):
            asked = {"action": "getcurrent", "type": form, "owner": "include", "start": "0", "count": str(PAGE)}
            yield base + urlencode({**asked, "output": "atom"})


def _feed(answer: Fetched) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(answer.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise edgar_filing.odd("edgar_atom", answer.url, f"it is no XML ({error})") from error
    if root.tag != f"{_ATOM}feed":
        raise edgar_filing.odd("edgar_atom", answer.url, f"it is no Atom feed but begins with {root.tag!r}")
    return root


def _entry(entry: Any, feed: Any) -> Entry | None:
    """Return what an entry says, from EDGAR's own elements where they are, else from its title and summary."""
    titled = _CURRENT_TITLE.fullmatch(_text(entry, "title"))
    category = entry.find(f"{_ATOM}category")
    link = next((found.get("href") for found in entry.findall(f"{_ATOM}link") if found.get("href")), "")
    link = _text(entry, "content/filing-href") or link
    # EDGAR misspelt the element for years: saved answers of that time have "nunber".
    told = (_text(entry, f"content/{name}") for name in ("accession-number", "accession-nunber"))
    accession = next((found[0] for text in (*told, _text(entry, "id"), link) if (found := _accession(text))), "")
    form = _text(entry, "content/filing-type") or one_line(category.get("term", "") if category is not None else "")
    summary = one_line(_TAG.sub(" ", _text(entry, "summary")))
    filed = _FILED.search(summary)
    if not accession or not form:
        return None
    cik = titled["cik"] if titled else _text(feed, "company-info/cik")
    return Entry(
        accession=accession,
        form=form,
        filed=_text(entry, "content/filing-date") or (filed[1] if filed else ""),
        link=link,
        company=titled["company"] if titled else _text(feed, "company-info/conformed-name"),
        cik=int(cik) if cik.isascii() and cik.isdecimal() else None,
        role=titled["role"].casefold() if titled else "filer",
        items=_text(entry, "content/items-desc") or ", ".join(_ITEM.findall(summary)),
    )


def _accession(text: str) -> re.Match[str] | None:
    return edgar_filing.ACCESSION.search(text)


def _text(element: Any, path: str) -> str:
    found = element.find("/".join(f"{_ATOM}{name}" for name in path.split("/")))
    return one_line("".join(found.itertext())) if found is not None else ""


def _items(entries: list[Entry], context: Mapping[str, Any], answer: Fetched) -> Iterator[RawItem]:
    """Yield an item for each wanted filing, whichever and however many companies it stands under."""
    forms = list(context.get("forms") or edgar_filing.FORMS)
    ciks, known = set(context.get("ciks") or ()), set(context.get("known") or ())
    filings: dict[str, list[Entry]] = {}
    for entry in entries:
        filings.setdefault(entry.accession, []).append(entry)
    for accession, told in filings.items():
        followed = not ciks or any(entry.cik in ciks for entry in told)
        # A feed that does not say what an 8-K is about cannot be filtered by it; the item then does not say it either.
        items = told[0].items or edgar_filing.VOTE_ITEM
        if followed and accession not in known and edgar_filing.is_wanted(told[0].form, items, forms):
            yield _item(min(told, key=_rank), context, answer)


def _rank(entry: Entry) -> int:
    return _ROLES.index(entry.role) if entry.role in _ROLES else len(_ROLES)


def _item(entry: Entry, context: Mapping[str, Any], answer: Fetched) -> RawItem:
    company = entry.company or str(context.get("company") or "")
    if not urlsplit(entry.link).netloc:
        raise edgar_filing.odd("edgar_atom", answer.url, f"the entry {entry.accession} has no link to its filing")
    unsaid = entry.form in edgar_filing.CURRENT_REPORTS and not entry.items
    rows = (
        ("Company", company),
        ("CIK", f"{entry.cik:010d}" if entry.cik is not None else ""),
        ("Form", entry.form),
        ("Items", entry.items),
        ("Filed", entry.filed),
        ("Accession number", entry.accession),
    )
    return RawItem(
        key=entry.accession,
        title=edgar_filing.title(entry.form, company, "", entry.filed, votes=not unsaid),
        url=entry.link,
        published=edgar_filing.filing_day(entry.filed, answer.url),
        publisher=edgar_filing.publisher(entry.form, company),
        content_html=facts.table(rows),
        base_url=entry.link,
        language="en",
        kind=DocumentKind.FILING,
        form=entry.form,
        warnings=("the feed does not say which items it is about",) if unsaid else (),
    )


def _next(answer: Fetched, entries: int, pages: int) -> Request | None:
    """Return the request for the next hundred, as long as this one was full and more are wanted."""
    parts = urlsplit(answer.request.url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    try:
        start, count = int(asked.get("start") or 0), int(asked.get("count") or PAGE)
    except ValueError:
        return None
    if count <= 0 or entries < count or start // count + 1 >= pages:
        return None
    url = parts._replace(query=urlencode({**asked, "start": start + count})).geturl()
    return Request(url, accept=answer.request.accept, context=answer.request.context)
