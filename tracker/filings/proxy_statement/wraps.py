"""Whether a line goes on with the paragraph above it: by the room the line above had left, and by how it begins."""

import re
from collections.abc import Sequence

from tracker.filings.proxy_statement.line import Line

_SLACK = 0.9  # of the right margin: letters are not all of one width, so a full line may end a little early
_SURELY_SHORT = 0.75
_ENDED = 0.97  # where the line above ends a sentence, it may well end its paragraph
_LIST_MARK = re.compile(
    r"(?:[•●■▪◦○□☐✓➢►*·‣–—-]|o|ý|✕|✓|\(?(?:\d{1,2}|[a-zA-Z])[.)]|\((?:[ivx]{1,4}|\d{1,2})\))(?=\s|$)"
)
_LABELLED = re.compile(r"(?:proponents?|(?:submitted|sponsored) by):", re.IGNORECASE)
_COMPANY_OPENS = re.compile(
    r"(?:In accordance|The (?:Company|Board|following|proposal)|We (?:have|expect|received)"
    r"|As (?:explained|described)|(?:Our|Your) Board|This proposal"
    r"|(?:A|One of our|Certain|Several) (?:of our )?(?:share|stock)(?:holder|owner)s?)\b"
)
_BULLET = re.compile(r"[•●■▪◦○□►➢·]\s*")
_INITIAL = re.compile(r"[A-Z]\.")
_OPENS = re.compile(
    r"[\"“'‘]?(?:(?:submitted|sponsored) by:|proponents?:|no recommendation\b|(?:(?:now,? )?therefore"
    r"|be it|resolved|whereas|supporting statement|statement of support)\b[^a-z]{0,3})",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:proposal|item)\s+(?:no\.?\s|number\s)?\s?(?:\d{1,2}[a-z]?|[a-z]{3,9})\s?(?:$|[:–—|-]+\s*(?:$|[“\"A-Z]))",
    re.IGNORECASE,
)
_IS_HEADING = re.compile(
    r"(?:(?:agenda |voting )?(?:proposal|item|resolution)\s+(?:no\.?\s|number\s)?\s?(?:\d{1,2}[a-z]?"
    r"|[a-z]{3,9})\b\W|\d{1,2}\.\s|(?:share|stock)(?:holder|owner) proposal)",
    re.IGNORECASE,
)
_OF_HOLDER = re.compile(
    r"(?:share|stock)(?:holder|owner) proposal\s*(?:[:–—-]|(?:regarding|requesting|on|to)\b|\d)", re.IGNORECASE
)
_OF_BOARD = re.compile(
    r"(?:the|our|your) board(?: of directors)? (?:unanimously|has|recommends|opposes|makes|is making)\b", re.IGNORECASE
)
_LEADS_ON = re.compile(r"\b(?:of|to|in|on|under|see|for|against|with|by|and|or|from|an?|the|this)$", re.IGNORECASE)
_FULL = 0.85
_LOWER = re.compile(r"[\"“'‘(\[]?[a-z]")
_END = re.compile(r"[.!?:;][\"”'’)\]]*\d{0,2}$")
_FOOTNOTE = re.compile(r"[*†‡]|\(?\d{1,3}[).\s]")
_HALF = 0.5
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Inc|Co|Corp|Ltd|No|St|Mr|Mrs|Ms|Dr|Rev|Ave|Blvd|vs|U\.S|N\.[EW]|S\.[EW])\.$")
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"[$(]{0,2}\d[\d,.]*[)%]{0,2}")
_FAR_OFF = 4  # spaces; words of justified text are parted by two or three
_LONG = 40
_SHORT = 70


def goes_on(group: Sequence[Line], line: Line) -> bool:
    """Whether `line` belongs to the paragraph of the lines above it, `group`."""
    above = group[-1]
    if len(group) == 1 and _BULLET.fullmatch(above.text) and not _BULLET.match(line.text):
        return True
    if line.row or above.row or _is_listed(above) or _opens_by_words(group, line):
        return False
    lower, ended = _LOWER.match(line.text) is not None, _ends_sentence(above.text)
    amid = not ended and (len(group) > 1 or len(above.text) > _LONG)
    if not (line.wrapped and above.wrapped):
        return lower and amid and not above.strong
    if line.page != above.page or line.number < above.number:  # the next page, or the next column
        if not amid or _FOOTNOTE.match(group[0].text) or "://" in above.text or _is_row_of_figures(above):
            return False
        if _begins_page_anew(above.text, line.text):
            return False
        return lower or (_is_full(above, line, _SLACK) and line.right - line.left > _HALF * line.limit)
    if line.gap or (lower and amid):
        return lower and amid and _is_full(above, line, _SURELY_SHORT)
    return _is_full(above, line, _ENDED if ended and not lower else _SLACK)


def _begins_page_anew(above: str, text: str) -> bool:
    """Whether the first line of a page is a heading, though the last of the page above ends no sentence."""
    if _HEADING.match(text) and not _LEADS_ON.search(above):
        return True
    if not above[-1].islower() and _IS_HEADING.match(text):
        return True
    return " " in text and text.isupper() and not above.isupper()


def _is_listed(line: Line) -> bool:
    """Whether a line is an entry of a table of contents: a page number stands far off at its end."""
    if len(line.cells) == 1 or not _PAGE_NUMBER.fullmatch(line.cells[-1].text):
        return False
    last, before = line.cells[-1], line.cells[-2]
    return last.column - before.column - len(before.text) >= _FAR_OFF


def _is_row_of_figures(line: Line) -> bool:
    return len(line.cells) > 1 and _FIGURE.fullmatch(line.cells[-1].text) is not None


def _opens_by_words(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins something new by what it says."""
    above, text = group[-1].text, line.text
    if _OPENS.match(text) and not text.startswith(("supporting statement", "statement of support")):
        return True
    if _LIST_MARK.match(text) and (_ends_sentence(above) or not _INITIAL.match(text)):
        return True
    if _HEADING.match(text) and (_END.search(above) or not _is_full(group[-1], line, _SLACK) or len(above) < _LONG):
        return True
    if _ends_sentence(above):
        return (
            _is_short_heading(text)
            or _OF_BOARD.match(text) is not None
            or _OF_HOLDER.match(text) is not None
            or text.isupper() != above.isupper()
        )
    return _follows_heading(group, line)


def _follows_heading(group: Sequence[Line], line: Line) -> bool:
    """Whether the lines above are a heading, or name the proponent, and `line` is the first of the text below."""
    first = group[0].text
    is_heading = _IS_HEADING.match(first) is not None
    if _COMPANY_OPENS.match(line.text) and len(group) <= 2 and (is_heading or _LABELLED.match(first)):
        return True
    # A title that needs a second line does not fill it.
    full = line.wrapped and line.right > _FULL * line.limit
    return is_heading and len(group) == 1 and full and not _LOWER.match(line.text)


def _is_short_heading(text: str) -> bool:
    """Whether a line below the end of a sentence is a heading: a paragraph's last line would end with a full stop."""
    return len(text) < _SHORT and text[0].isupper() and (text[-1] == ":" or not _END.search(text))


def _ends_sentence(text: str) -> bool:
    return _END.search(text) is not None and not _ABBREVIATED.search(text)


def _is_full(above: Line, line: Line, share: float) -> bool:
    """Whether the first word of `line` had no room in the line above."""
    return above.right + 1 + len(line.text.split(" ", 1)[0]) > share * above.limit
