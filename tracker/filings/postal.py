"""What gives away where somebody lives: postal addresses, telephone numbers, email. It is never taken into a value."""

import re
from collections.abc import Iterable, Iterator

from tracker.filings.passages import Found

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
    | \bp\.?\s?o\.?\s?(?:box|drawer)\b | \bpost\s+office\s+box\b | \bc/o\b
    | ^\W*(?:suite|ste\.?|floor|fl\.?|apt\.?|apartment|unit|room|building|bldg\.?)\s+\#?\w{{1,6}}\b
    | ^\W*\d{{1,3}}(?:st|nd|rd|th)\s+(?:floor|fl)\b
    | [\w.+-]+@[\w-]+\.\w | \(?\d{{3}}\)?[\s.-]\d{{3}}[\s.-]\d{{4}}\b | \b(?:tel|telephone|phone|fax|e-?mail)\b\s*[:.]
    """
)
_CITY = re.compile(r"^\W*[A-Z][A-Za-z .'’-]{1,30},\s*(?:[A-Z]\.?[A-Z]\.?|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\W*$")
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
    """Return whether a line is a city with its state: "Nowhere Falls, NY" or "Nowhere Falls, New York"."""
    if not _CITY.match(text):
        return False
    return _STATE.fullmatch(text.rpartition(",")[2].strip(" ").replace(".", "")) is not None


def without_addresses(pieces: Iterable[Found]) -> Iterator[Found]:
    """Yield the pieces that are no part of an address: from where one begins up to its postcode all is left out.

    Without a postcode everything after it is: better to lose a name than to keep where somebody lives.
    """
    within = False
    for piece in pieces:
        if is_address(piece.text):
            within = True
        if within:
            within = POSTCODE.search(piece.text) is None
        else:
            yield piece
