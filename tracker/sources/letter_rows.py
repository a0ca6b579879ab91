"""Rows of a list of letters: a company, a proponent, a date and links to PDF files, as a table or as a list.

Layouts differ from year to year, so a column is known by its heading where it has one, and a row by the letter in it.
What no heading and no brackets tell is not guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urldefrag, urlsplit

from lxml import etree

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.text import one_line
from tracker.sources.feed_text import web_link
from tracker.sources.html_page import first

_BLOCKS = frozenset({"br", "dd", "div", "dt", "li", "p", "td", "th", "tr"})
_AROUND = "ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside"
_COMPANY = re.compile(r"\b(?:company|issuer|registrant)\b", re.IGNORECASE)
_PROPONENT = re.compile(r"\b(?:proponents?|shareholders?|submitted by)\b", re.IGNORECASE)
_DATE = re.compile(r"\b(?:date|dated|posted|received|submitted on)\b", re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_IN_WORDS = re.compile(
    rf"\b{_MONTH} \d{{1,2}}, \d{{4}}|\b\d{{1,2}} {_MONTH} \d{{4}}|\b\d{{4}}-\d{{2}}-\d{{2}}\b", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_NAMED = re.compile(r"(?P<company>[^()]+?)\s*\((?P<proponent>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `cells` are its printed values under their headings; `letters` the words and addresses of its links."""

    company: str
    proponent: str
    on: PartialDate | None
    date_text: str
    cells: tuple[tuple[str, str], ...]
    letters: tuple[tuple[str, str], ...]


def letter_rows(page: Any, url: str) -> list[Row]:
    """Return every row with a letter: of tables, and where there is none of lists and paragraphs."""
    base = web_link(first(page, "//base/@href"), url) or url
    rows = [row for table in page.xpath(f"//table[not({_AROUND})]") for row in _of_table(table, base)]
    if rows:
        return rows
    entries = page.xpath(f"//li[.//a/@href and not(.//li) and not({_AROUND})] | //p[.//a/@href and not({_AROUND})]")
    return [row for entry in entries if (row := _row([("", _words(entry))], _letters(entry, base))) is not None]


def next_page(page: Any, url: str) -> str | None:
    """Return the address of the list's next page, where the page says so and it is on the same site."""
    marked = "//link[@rel='next']/@href | //a[@rel='next']/@href | //li[contains(@class, 'pager__item--next')]//a/@href"
    found = web_link(first(page, marked), url)
    return found if found and urlsplit(found).netloc == urlsplit(url).netloc and found != url else None


def _of_table(table: Any, base: str) -> Iterator[Row]:
    headings: list[str] = []
    for line in table.xpath(".//tr[not(.//table)]"):
        cells = line.xpath("./td | ./th")
        letters = _letters(line, base)
        if not letters:
            if line.xpath("./th") and not line.xpath("./td"):
                headings = [_words(cell) for cell in cells]
            continue
        named = headings if len(headings) == len(cells) else [""] * len(cells)
        row = _row([(heading, _words(cell)) for heading, cell in zip(named, cells, strict=True)], letters)
        if row is not None:
            yield row


def _row(cells: list[tuple[str, str]], letters: tuple[tuple[str, str], ...]) -> Row | None:
    if not letters:
        return None
    company, proponent = _under(cells, _COMPANY), _under(cells, _PROPONENT)
    if not company:
        plain = next((text for heading, text in cells if not heading and text and _first_date(text) != text), "")
        named = _NAMED.match(plain)
        company = named["company"] if named else letters[0][0] or plain
        # Some lists have the letters themselves in brackets.
        in_brackets = named["proponent"] if named else ""
        if named and not proponent and not any(text and text in in_brackets for text, _ in letters):
            proponent = "" if _first_date(in_brackets) else in_brackets
    on, date_text = _date(cells)
    printed = [
        (heading or f"Column {number}" if len(cells) > 1 else "As listed", text)
        for number, (heading, text) in enumerate(cells, 1)
    ]
    return Row(company.strip(" ,;:"), proponent, on, date_text, tuple(printed), letters)


def _under(cells: list[tuple[str, str]], heading: re.Pattern[str]) -> str:
    return next((text for name, text in cells if name and heading.search(name) and not _DATE.search(name)), "")


def _date(cells: list[tuple[str, str]]) -> tuple[PartialDate | None, str]:
    """Return the first date under a heading that speaks of one, else the first in the row, and its text."""
    dated = [text for name, text in cells if name and _DATE.search(name) and text]
    for text in dated or [text for _, text in cells]:
        if found := _first_date(text):
            return _read(found), found
    return None, dated[0] if dated else ""


def _first_date(text: str) -> str:
    found = _IN_WORDS.search(text) or _NUMBERS.search(text)
    return found[0] if found else ""


def _read(text: str) -> PartialDate | None:
    """Return the day. The SEC writes numbers in the American order: month, day, year."""
    try:
        if numbers := _NUMBERS.fullmatch(text):
            month, day, year = (int(part) for part in numbers.groups())
            return PartialDate.day(date(year, month, day))
        return PartialDate.parse(text.replace(".", ""))
    except (InputError, ValueError):
        return None


def _letters(element: Any, base: str) -> tuple[tuple[str, str], ...]:
    """Return the words and addresses of links to files, each address once."""
    found: dict[str, str] = {}
    for link in element.xpath("descendant-or-self::a[@href]"):
        address = web_link(link.get("href"), base)
        path = urlsplit(address).path.lower() if address else ""
        if address and (path.endswith(".pdf") or "/files/" in path):
            found.setdefault(urldefrag(address).url, _words(link))
    return tuple((text, address) for address, text in found.items())


def _words(element: Any) -> str:
    """Return an element's text on one line; blocks and line breaks are kept apart by a space, inline tags are not."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        pieces.append(" " if node.tag in _BLOCKS else "")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return one_line("".join(pieces))
