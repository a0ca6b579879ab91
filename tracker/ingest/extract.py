"""The main text of any web page: what an article says, without what its site puts around it.

trafilatura finds the text; it is loaded for the first page, because it is heavy. It is given a tree, never an address,
so it asks the network for nothing. What the page says of itself is read by us (sources/page_facts.py).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import ParseError
from tracker.ingest.cleaning import clean_html, plain_text
from tracker.sources.feed_dates import Moment, checked, read_date
from tracker.sources.html_page import page_text, tree_of
from tracker.sources.page_facts import PageFacts, page_facts

FEWEST_CHARACTERS = 200
LONGEST_HTML = 2_000_000
MOST_ELEMENTS = 60_000
DEEPEST = 250
# trafilatura drops these one by one and copies the rest of the paragraph each time: 50,000 of them take minutes.
_MEANINGLESS = re.compile(
    r"</?(?:span|font|abbr|acronym|bdi|bdo|big|cite|data|dfn|ins|mark|nobr|ruby|small|wbr|img|tbody|thead|tfoot)"
    r"""(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?>""",
    re.IGNORECASE,
)
_TOO_DEEP = f"boolean({'/*' * DEEPEST})"
# What stands where an article should: short pages that ask for a login, an agreement or another browser.
_DOOR = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|checking your browser|verify (?:that )?you are (?:a )?human"
    r"|are you a robot|unusual traffic|access (?:to this page has been )?denied|before you continue"
    r"|we value your privacy|your privacy choices|manage (?:your )?(?:consent|cookie)"
    r"|subscribe to (?:continue|read|keep reading)|(?:log|sign) in to (?:continue|read|view)"
    r"|to continue reading|already a subscriber",
    re.IGNORECASE,
)
_LONGEST_DOOR = 1500


@dataclass(frozen=True, slots=True)
class Extracted:
    """The main part of a page: `html` is safe to show, `text` the same as plain text.

    `language` is what the page states, "" when it does not. `canonical_url` is None unless it is of the same site.
    """

    title: str
    html: str
    text: str
    published: Moment | None
    language: str
    canonical_url: str | None
    authors: tuple[str, ...] = ()
    site_name: str = ""
    warnings: tuple[str, ...] = ()


def main_text(body: bytes, content_type: str, url: str, *, now: datetime) -> Extracted:
    """Return what the page in `body`, fetched from `url` at `now`, says.

    Raises ParseError when there is no article in it: fewer than 200 characters of text, a page that asks for a login or
    an agreement, or one so large or so deep that reading it could take minutes.
    """
    source, warnings = page_text(body, content_type, url, longest=LONGEST_HTML)
    notes = list(warnings)
    page = tree_of(source, url)
    _refuse_monsters(page, url)
    facts = page_facts(page, url, now)
    html = clean_html(_found(tree_of(_MEANINGLESS.sub("", source), url), url), facts.base_url)
    text = plain_text(html)
    size = len("".join(text.split()))
    if size < FEWEST_CHARACTERS:
        raise ParseError(
            f"reading the text of {url}: it has {size} characters, too few for an article; it may be drawn by a script "
            "or stand behind a login: open it in a browser"
        )
    if len(text) < _LONGEST_DOOR and (door := _DOOR.search(text)):
        raise ParseError(
            f"reading the text of {url}: instead of an article came a page that says {door[0]!r}; open it in a browser"
        )
    published, doubt = (facts.published, None) if facts.published else _dated(page, url, now)
    notes += [*facts.warnings, *([doubt] if doubt else [])]
    return _extracted(facts, html, text, published, notes)


def _extracted(facts: PageFacts, html: str, text: str, published: Moment | None, notes: list[str]) -> Extracted:
    return Extracted(
        title=facts.title,
        html=html,
        text=text,
        published=published,
        language=facts.language,
        canonical_url=facts.canonical_url,
        authors=facts.authors,
        site_name=facts.site_name,
        warnings=tuple(dict.fromkeys(notes)),
    )


def _refuse_monsters(page: Any, url: str) -> None:
    number = int(page.xpath("count(//*)"))
    if number > MOST_ELEMENTS:
        raise ParseError(
            f"reading the text of {url}: the page has {number:,} elements, where {MOST_ELEMENTS:,} are read; "
            "open it in a browser"
        )
    if page.xpath(_TOO_DEEP):
        raise ParseError(
            f"reading the text of {url}: its elements are nested more than {DEEPEST} deep; it is damaged or hostile"
        )


def _found(page: Any, url: str) -> str:
    """Return the HTML of the main part as trafilatura sees it; "" when it sees none."""
    from trafilatura import extract  # noqa: PLC0415 - heavy

    try:
        found = extract(
            page,
            fast=True,
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_formatting=True,
            output_format="html",
            with_metadata=False,
        )
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError) as error:
        raise ParseError(
            f"reading the text of {url}: the page is too odd to be read ({type(error).__name__}); open it in a browser"
        ) from error
    return found or ""


def _dated(page: Any, url: str, now: datetime) -> tuple[Moment | None, str | None]:
    """Return the day that the page's address or text gives for its publication, with a note on where it is from."""
    from htmldate import find_date  # noqa: PLC0415 - as heavy as trafilatura

    try:
        found = find_date(page, extensive_search=False, original_date=True, url=url, max_date=now)
    except (ValueError, RecursionError, AttributeError, TypeError, OverflowError):
        return None, None
    moment, _ = read_date(found or "")
    moment, _ = checked(moment, now)
    if not isinstance(moment, PartialDate):
        return None, None
    return moment, f"the page states no date of publication: {moment} was found in its address or text"
