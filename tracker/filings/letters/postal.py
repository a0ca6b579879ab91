"""What gives away where somebody lives: postal addresses, telephone numbers, email. It is never taken into a value."""

import re
from collections.abc import Iterable, Iterator

from tracker.filings.letters.passages import Found

POSTCODE = re.compile(
    r"(?<![\d$,.-])\d{5}(?:-\d{4})?(?![\d,.]\d|\d)|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
)
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|parkway|pkwy|plaza|square|highway|hwy|court|ct"
    r"|terrace|place|pl|circle|way|broadway|route|row|quay|wharf|trail|turnpike|alley|crescent)"
)
_ADDRESS = re.compile(
    rf"""(?xi)
    ^\W*\d{{1,6}}[A-Z]?(?:-\d+)?\s+\S                       # 12 Elm Street
    | ^\W*(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\S+\s+){{1,3}}{_STREET}\b
    | \b\d{{1,6}}[A-Z]?\s+(?:[\w.'’-]+\s+){{0,4}}{_STREET}\b
    | \bp\.?\s?o\.?\s?(?:box|drawer)\b | \bpob\s+\d | \bpost\s+office\s+box\b | \bc/o\b
    | ^\W*(?:suite|ste\.?|floor|fl\.?|apt\.?|apartment|unit|room|building|bldg\.?)\s+\#?\w{{1,6}}\b
    | ^\W*\d{{1,3}}(?:st|nd|rd|th)\s+(?:floor|fl)\b
    | [\w.+-]+@[\w-]+\.\w | \(?\d{{3}}\)?[\s.-]\d{{3}}[\s.-]\d{{4}}\b | \b(?:tel|telephone|phone|fax|e-?mail)\b\s*[:.]
    """
)
_CITY = re.compile(r"[A-ZÀ-Þ][\w .'’-]{1,30}")
_COUNTRY = re.compile(r"[,\s]+(?:U\.?S\.?A?\.?|United States(?: of America)?|Canada|United Kingdom|UK)\W*$")
_AROUND = " \t\n,.;"
_PART = re.compile(r"[^;]+")
_COMMA = re.compile(r"\s*,\s*|\s+[–—-]\s+")
_STATE = re.compile(
    r"[a-z]{2}|alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho"
    r"|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi"
    r"|missouri|montana|nebraska|nevada|(?:new|north|south|west|rhode) [a-z]+|ohio|oklahoma|oregon|pennsylvania"
    r"|tennessee|texas|utah|vermont|virginia|washington|wisconsin|wyoming|ontario|quebec|canada|england|united kingdom",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Return whether a line or a piece of one is, or holds, a part of an address."""
    return _ADDRESS.search(text) is not None or POSTCODE.search(text) is not None or _is_city(text)


def _is_city(text: str) -> bool:
    """Return whether a text is a city with its state and perhaps its postcode: "Nowhere Falls, NY 00501"."""
    city, comma, state = POSTCODE.sub("", text).strip(_AROUND).partition(",")
    state = _COUNTRY.sub("", state).strip(_AROUND).replace(".", "")
    if not comma or not _CITY.fullmatch(city.strip()):
        return False
    return _STATE.fullmatch(state) is not None or (not state and POSTCODE.search(text) is not None)


def without_addresses(lines: Iterable[Found]) -> Iterator[Found]:
    """Yield what of the lines is no part of an address: from where one begins up to its postcode all is left out.

    Without a postcode everything after it is: better to lose a name than to keep where somebody lives.
    """
    within = False
    for line in lines:
        for piece in _pieces(line):
            if is_address(piece.text):
                within = True
            if within:
                within = POSTCODE.search(piece.text) is None
            elif piece.text.strip():
                yield piece


def _pieces(line: Found) -> Iterator[Found]:
    """Yield what semicolons part, and of each what stands before the comma after which an address begins."""
    for part in _PART.finditer(line.text):
        if _is_city(part[0]):
            yield Found(part[0], line.start + part.start(), line.start + part.end())
            continue
        begins = next(
            (comma.start() for comma in _COMMA.finditer(part[0]) if is_address(part[0][comma.end() :].strip())), None
        )
        ends = part.end() if begins is None else part.start() + begins
        yield Found(line.text[part.start() : ends], line.start + part.start(), line.start + ends)
        if begins is not None:
            yield Found(line.text[ends : part.end()].strip(" ,"), line.start + ends, line.start + part.end())
