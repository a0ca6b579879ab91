"""A page of the site made to stand alone: links lead to files beside it, and what needs a server is taken out."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What works only where the site is served, what describes the page as it is there, and how its sources are just now.
SERVED = (
    "//footer//p[a[@href='/sources']] | //form | //script | //*[@id='own-views']"
    " | //link[@rel='canonical'] | //link[contains(@type, 'oembed')]"
    " | //meta[starts-with(@property, 'og:') or starts-with(@name, 'twitter:')] | //a[contains(@href, 'candidates=')]"
)
CHIPS = "contains(concat(' ', @class, ' '), ' chips ')"
FILTERS = f"ancestor::*[{CHIPS}]"
# A control without a form is a script's of the site; finding is the copy's own.
CONTROLS = "//*[self::button or self::input or self::select or self::textarea][not(ancestor::*[@id='find'])]"
# Lists of filters that have none left, with their headings, and what holds nothing else.
EMPTIED = (
    f"//ul[{CHIPS}][not(li)]"
    f" | //h2[following-sibling::*[1][self::ul][{CHIPS}][not(li)]]"
    " | //nav[contains(@class, 'filters')][not(.//li) and not(.//form)]"
)
# The copy's scripts, and what a page has that needs them. The index stands first: the other reads it.
INDEX, SCRIPT = "static/search-index.js", "static/static-site.js"
SCRIPTS = {INDEX: "//*[@id='find']", SCRIPT: "//*[@id='find' or @data-id or contains(@class, 'event-title')]"}
DAY = ".//*[contains(@class, 'event-day')]"
OUTSIDE = "not in this copy"


@dataclass(frozen=True, slots=True)
class Around:
    """What a page needs to know: its own file, the file behind a link, what stands before addresses written in full.

    `site` is where the live site is, "" when there is none that others reach.
    """

    file: str
    file_of: Callable[[str], str | None]
    origin: str
    site: str
    note: str

    def towards(self, link: str) -> str | None:
        """Return the relative address of what a link of the site leads to, or None where the copy has it not."""
        found = self.file_of(link)
        if found is None:
            return None
        name, mark, inside = found.partition("#")
        fragment = inside or urlsplit(link).fragment
        relative = posixpath.relpath(name, posixpath.dirname(self.file) or ".")
        return quote(relative) + (f"#{fragment}" if mark or fragment else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A timeline row as a page lists it; whether it is out of sight until something is unfolded."""

    event_id: str
    title: str
    day: str
    folded: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a page of the site says: its heading, where it leads within the site, the timeline rows that it lists."""

    heading: str
    links: list[str]
    rows: list[Row]


def said(page: bytes, origin: str) -> Said:
    """Return what a page says; an address that is written in full, with the site's `origin`, leads within it too."""
    tree = _parsed(page)
    found = tree.xpath("//*[@href][not(self::script)]/@href | //*[@src][not(self::script)]/@src")
    return Said(
        heading=_words(tree, "//h1"),
        links=[link for link in (str(one).removeprefix(origin) for one in found) if link.startswith("/")],
        rows=[
            Row(
                event_id=row.get("id").removeprefix("e-"),
                title=_words(row, ".//*[contains(@class, 'event-title')]"),
                day=_words(row, f"{DAY}//time/@datetime") or _words(row, DAY),
                folded=bool(row.xpath("ancestor::details")),
            )
            for row in tree.xpath("//li[starts-with(@id, 'e-')]")
        ],
    )


def _words(element: "HtmlElement", path: str) -> str:
    return " ".join(str(element.xpath(f"string({path})")).split())


def alone(page: bytes, around: Around) -> bytes:
    """Return a page that needs nothing but the files beside it."""
    from lxml import html  # noqa: PLC0415 - only an export needs it, and it takes megabytes

    tree = _parsed(page)
    for element in tree.xpath(SERVED):
        element.drop_tree()
    for control in tree.xpath(CONTROLS):
        _take_out(control)
    for element in tree.xpath("//*[@href or @src]"):
        _lead(element, around)
    for mark in tree.xpath("//*[@data-id]"):
        mark.set("data-href", around.towards(f"/events/{mark.get('data-id')}") or "")
    for emptied in tree.xpath(EMPTIED):
        emptied.drop_tree()
    for files in tree.xpath("//p[contains(@class, 'files')]"):
        _only_files_there_are(files)
    for box in tree.xpath("//details[not(.//a) and not(normalize-space(string(*[not(self::summary)])))]"):
        box.drop_tree()
    for foot in tree.xpath("//footer//p[1]"):
        note = html.Element("p")
        note.text = around.note
        foot.addprevious(note)
    scripts = [name for name, needed in SCRIPTS.items() if tree.xpath(needed)]
    for body in tree.xpath("//body"):
        for name in scripts:
            body.append(html.Element("script", src=posixpath.relpath(name, posixpath.dirname(around.file) or ".")))
    told: bytes = html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return told


def _parsed(page: bytes) -> "HtmlElement":
    from lxml import html  # noqa: PLC0415 - as above

    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def _lead(element: "HtmlElement", around: Around) -> None:
    """Lead a link to the file beside, to the live site, or make it plain text that says so."""
    name = "href" if element.get("href") is not None else "src"
    link = (element.get(name) or "").removeprefix(around.origin)
    if not link.startswith("/"):
        return
    relative, chips = around.towards(link), element.xpath(f"ancestor::li[{FILTERS}]")
    if chips and relative in {None, posixpath.basename(around.file)}:
        # Its page is not here, or is this one: what it would take away is what the copy is.
        chips[0].drop_tree()
    elif relative is not None:
        element.set(name, relative)
    elif element.tag != "a":
        element.drop_tree()
    elif element.xpath("ancestor::*[local-name()='svg']"):
        # A drawing knows no plain text in place of a link.
        element.drop_tag()
    elif around.site and not element.xpath("ancestor::th"):
        element.set("href", f"{around.site}{link}")
        element.set("title", f"On the site, {OUTSIDE}")
    else:
        for attribute in ("href", "rel", "aria-current", "type"):
            element.attrib.pop(attribute, None)
        element.tag = "span"
        element.set("title", f"{OUTSIDE.capitalize()}: {link}")


def _take_out(control: "HtmlElement") -> None:
    """Take out a control with its label, and what then says nothing more."""
    label = control.xpath("ancestor::label")
    gone = label[0] if label else control
    box = gone.getparent()
    gone.drop_tree()
    while box is not None and box.tag in {"div", "p", "li", "fieldset"} and not box.text_content().strip():
        gone, box = box, box.getparent()
        gone.drop_tree()


def _only_files_there_are(files: "HtmlElement") -> None:
    """Leave out the files that the copy has not, with the comma before each; a list without its first is no list."""
    links = files.xpath("a | span")
    if not links or links[0].tag == "span":
        files.drop_tree()
        return
    kept = links[0]
    for element in links[1:]:
        if element.tag == "a":
            kept = element
        else:
            kept.tail = (kept.tail or "").rstrip().removesuffix(",")
            element.drop_tree()
