"""A whole page as one item: what it says of itself, and its main part as HTML, cleaned later."""

from datetime import datetime
from typing import Any

from tracker.domain.items import Fetched, RawItem
from tracker.domain.vocab import DocumentKind
from tracker.sources.html_page import read_page
from tracker.sources.main_part import main_part
from tracker.sources.page_facts import page_facts


def page_item(
    answer: Fetched, *, key: str, kind: DocumentKind, title: str = "", publisher: str = "", xpath: str = ""
) -> RawItem:
    """Return the page in `answer`; raises ParseError when it has no text. `title` serves where the page has none.

    The item's address is the one that the page calls its own, where that is on the same site.
    """
    page, warnings = read_page(answer.body, answer.headers.get("content-type", ""), answer.url)
    facts = page_facts(page, answer.url, answer.fetched_at)
    return RawItem(
        key=key,
        title=facts.title or title or answer.url,
        url=facts.canonical_url or answer.url,
        published=facts.published,
        # Sites that rebuild their pages name today; without a day of publication this would be taken for it.
        updated=facts.modified if facts.published else None,
        authors=facts.authors,
        publisher=publisher or facts.site_name,
        content_html=main_part(page, answer.url, xpath),
        base_url=facts.base_url,
        language=facts.language,
        kind=kind,
        warnings=warnings + facts.warnings,
    )


def picked(options: Any, *names: str) -> dict[str, Any]:
    """Return those of the options that are there, to be handed back with the answer."""
    return {name: options[name] for name in names if name in options}


def iso(moment: Any) -> str:
    """Return a date as a text that `read_date` reads again; "" for none."""
    if isinstance(moment, datetime):
        return moment.isoformat()
    return str(moment) if moment is not None else ""
