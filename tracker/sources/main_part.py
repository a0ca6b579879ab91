"""The part of a page that says something: its text without menus, banners, buttons, related stories and scripts.

Used where a page is kept in versions or read whole, so the same page must give the same part at every visit, whatever
moves around it. What moves within the text is the business of ingest/noise.py.
"""

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from tracker.domain.errors import ParseError
from tracker.sources.html_page import drop, words_of

FEWEST_CHARACTERS = 40
_NOISE = (
    "//script | //style | //noscript | //template | //svg | //iframe | //object | //form | //nav | //aside | //button"
    " | //dialog | //input | //select | //textarea | //*[@hidden] | //*[@aria-hidden='true']"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')]"
    " | //*[@role='navigation' or @role='banner' or @role='contentinfo' or @role='search' or @role='dialog'"
    " or @role='alertdialog' or @role='complementary' or @role='alert' or @role='status' or @role='timer'"
    " or @role='marquee' or @role='menu' or @role='menubar' or @role='toolbar']"
)
_PAGE_NOISE = " | //header[not(ancestor::article) and not(ancestor::main)] | //footer"
# Class and id names of what surrounds a text. Whole words only: "share" is a button, "shareholder" is our subject.
_NOISE_NAME = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|newsletter|subscribe|share|sharing|social|breadcrumbs?|sidebar|related"
    r"|recommended|trending|promo|advert|ads?|comments|pagination|skip-link|site-header|site-footer|menu|navbar|topnav"
    r"|nav|footer|masthead|back-to-top|view-count|share-count|read-more|read-next|more-news|countdown|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KEPT = frozenset({"html", "body", "main", "article"})
_OTHER_STORIES = re.compile(
    r"(?:related|recommended|more|latest|recent|popular|trending|other|most read|most viewed|further)"
    r"(?:\s+(?:stories|articles|news|posts|content|reading|coverage|headlines|press releases|for you"
    r"|from [\w .&'-]{2,40}))*"
    r"|you (?:may|might) also (?:like|be interested in)|(?:read|up|what to read) next|(?:don['’]t miss|keep reading)",
    re.IGNORECASE,
)
_ONE_WORD = frozenset({"related", "recommended", "trending"})  # "More" or "Recent" alone may head anything
_AGREE = re.compile(r"\b(?:accept|agree|allow|reject|decline|got it|ok(?:ay)?|manage|continue)\b", re.IGNORECASE)
_MOST_LOOKED_AT = 300  # of each kind: what costs more than one look
_USUAL_PLACES = (
    "//main",
    "//*[@role='main']",
    "//article",
    "//*[@itemprop='articleBody']",
    "//*[@id='content' or @id='main' or @id='main-content' or @id='maincontent']",
)


def main_part(page: Any, url: str, path: str = "") -> str:
    """Return the HTML of the page's main part, or of what the XPath `path` finds. The tree is changed.

    Raises ParseError naming `url` when there is no text to speak of.
    """
    _drop_banners(page)
    drop(page, page.xpath(_NOISE + ("" if path else _PAGE_NOISE)))
    drop(page, [element for element in page.xpath("//*[@class or @id]") if _is_around(element)])
    _drop_other_stories(page)
    try:
        parts = page.xpath(path) if path else _usual_place(page)
    except etree.XPathError as error:
        raise ParseError(f"reading {url}: its xpath {path!r} is wrong ({error}); correct it in the sources") from error
    parts = [part for part in parts if isinstance(part, lxml_html.HtmlElement)] if isinstance(parts, list) else []
    if sum(_size(part) for part in parts) < (1 if path else FEWEST_CHARACTERS):
        raise ParseError(
            f"reading {url} as a page: there is no text in its main part; it may be drawn by a script, or the "
            "site asks for a browser: open it, and name the part to watch with `xpath`"
        )
    return "".join(str(lxml_html.tostring(part, encoding="unicode", with_tail=False)) for part in parts)


def _is_around(element: Any) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"[:500]
    return element.tag not in _KEPT and _NOISE_NAME.search(names) is not None


def _size(element: Any) -> int:
    return len("".join(element.text_content().split()))


def _drop_banners(page: Any) -> None:
    """Drop the box that asks about cookies: a small one that names them and has a button to agree."""
    boxes = []
    for button in page.xpath("//button | //a[@role='button'] | //*[@type='button' or @type='submit']")[
        :_MOST_LOOKED_AT
    ]:
        if not _AGREE.search(words_of(button) or str(button.get("value") or "")):
            continue
        box = None
        for above in button.iterancestors("div", "section", "aside", "form", "p"):
            words = words_of(above)
            if len(words) > 800:
                break
            if "cookie" in words.lower():
                box = above
        if box is not None and not box.xpath("boolean(.//main or .//article or .//h1)"):
            boxes.append(box)
    drop(page, boxes)


def _drop_other_stories(page: Any) -> None:
    """Drop lists headed "Related stories" and the like, with their heading."""
    others = []
    for heading in page.xpath("//h2 | //h3 | //h4 | //h5 | //h6")[:_MOST_LOOKED_AT]:
        words = words_of(heading).strip(" :")
        if not _OTHER_STORIES.fullmatch(words) or (" " not in words and words.lower() not in _ONE_WORD):
            continue
        if (around := heading.getparent()) is not None:
            others += _headed_by(heading, around)
    drop(page, others)


def _headed_by(heading: Any, around: Any) -> list[Any]:
    """Return the heading and what stands under it: to the next heading of its level, or the box that is its own."""
    is_whole = around.tag not in _KEPT and around.index(heading) == 0 and not (around.text or "").strip()
    if is_whole and not around.xpath(f"boolean(.//h1 or count(.//{heading.tag}) > 12)"):
        return [around]
    found = [heading]
    for element in heading.itersiblings():
        if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag) and element.tag <= heading.tag:
            break
        found.append(element)
    return found


def _usual_place(page: Any) -> list[Any]:
    for path in _USUAL_PLACES:
        found = page.xpath(path)
        if len(found) == 1 and _size(found[0]) >= FEWEST_CHARACTERS:
            return [found[0]]
    bodies = list(page.xpath("//body"))
    for body in bodies:
        _drop_menus(body)
    return bodies


def _drop_menus(body: Any) -> None:
    """Drop lists of four or more links of a few words each, with little else in them."""
    menus = []
    for menu in body.xpath(".//ul | .//ol")[:_MOST_LOOKED_AT]:
        links = menu.xpath(".//a")
        if len(links) < 4:
            continue
        linked = sum(_size(link) for link in links)
        if linked >= 0.9 * _size(menu) and all(len(words_of(link).split()) <= 4 for link in links):
            menus.append(menu)
    drop(body, menus)
