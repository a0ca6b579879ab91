"""Leave the filer's postal address out of a notice of exempt solicitation (Rule 14a-103, 17 CFR 240.14a-103).

The notice names the registrant, the person relying on the exemption and that person's address, which may be a private
home. We keep who solicits and what they say; where they live is nobody's business here. Only what stands under the
rule's own label is taken out: a letterhead or a signature elsewhere in the document is not recognised.
"""

import re
from collections.abc import Iterator

LEFT_OUT = "[address left out]"
_BLOCK = re.compile(r"</?(?:p|div|br|td|th|tr|table|li|ul|ol|dd|dt|h[1-6]|pre|center|blockquote)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_TAG_OR_SPACE = re.compile(r"<[^<>]*>|&nbsp;|&#160;|&#[xX][aA]0;")
_LINE = re.compile(r"\S[^\n]*")
_OF_PERSON = r"(?:filing\s+)?persons?(?:\(s\))?\s+relying\s+(?:up)?on\s+(?:the\s+|this\s+)?exemption"
_LABEL = re.compile(
    rf"address(?:es)?(?:\(es\))?\s+of\s+(?:the\s+|each\s+)?{_OF_PERSON}[ \t]*(?P<close>\))?\s*[:.]?", re.IGNORECASE
)
# What follows the address in a notice, so that a short address does not take the words after it along.
_NEXT = re.compile(
    r"(?:\(?\d{1,2}[.)]\s*)?(?:\(?name\s+of|\(?address(?:es)?\b|written\s+(?:soliciting\s+)?materials?|date\s+of|pursuant\s+to"
    r"|this\s+is|the\s+(?:attached|following|filer|undersigned)|notice\s+of|submission\s+is|rule\s+14a|shareholders?\b|dear\b"
    r"|to\s+(?:the\s+)?(?:fellow|share|stock)|vote\s+|filer\b|we\s)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\d)\d{5}(?:-\d{4})?(?!\d)|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
)
_COUNTRY = re.compile(r"[,\s]*(?:U\.?\s?S\.?\s?A?\.?|United States(?: of America)?|Canada|United Kingdom|UK)\b\.?")
_LONGEST_LINE = 300
_LONGEST_FURTHER_LINE = 100  # what is longer is a paragraph of the notice
_MOST_LINES = 6
_FARTHEST = 10_000  # tags, which may be long, are counted in


def without_address(text: str) -> str:
    """Return a notice's HTML or text with the filers' addresses replaced by a remark; tags stay where they are."""
    masked = _TAG_OR_SPACE.sub(_mask, text)
    ranges: list[tuple[int, int]] = []
    for label in _LABEL.finditer(masked):
        found = _address(masked, label)
        if found and (not ranges or found[0] >= ranges[-1][1]):
            ranges.append(found)
    pieces: list[str] = []
    place = 0
    for start, end in ranges:
        pieces += (text[place:start], f" {LEFT_OUT}", *_TAG.findall(text[start:end]))
        place = end
    return "".join((*pieces, text[place:]))


def _mask(found: re.Match[str]) -> str:
    """Blank out a tag, keeping its length, so that places in the masked text are places in the document."""
    return ("\n" if _BLOCK.match(found[0]) else " ") + " " * (len(found[0]) - 1)


def _address(masked: str, label: re.Match[str]) -> tuple[int, int] | None:
    """Return where the address of a label stands: after it, or before it when the label is a caption in brackets."""
    if label["close"] and masked[: label.start()].rstrip().endswith("("):
        return _before(masked, masked[: label.start()].rstrip().rfind("("))
    return _after(masked, label.end())


def _after(masked: str, place: int) -> tuple[int, int] | None:
    """Return the lines up to a postcode; where there is none soon, the first line and what it visibly goes on in."""
    lines: list[tuple[int, int]] = []
    for start, stop in _lines(masked, place, place + _FARTHEST):
        following = _NEXT.match(masked, start, stop) if lines else _NEXT.search(masked, start, stop)
        stop = following.start() if following else min(stop, start + _LONGEST_LINE)  # noqa: PLW2901
        if stop == start or (lines and stop - start > _LONGEST_FURTHER_LINE):
            break
        postcode = _end_of_postcode(masked, start, stop)
        if postcode is not None:
            return (lines or [(start, stop)])[0][0], postcode
        lines.append((start, stop))
        if following or len(lines) == _MOST_LINES:
            break
    taken = 0
    while taken < len(lines) and (not taken or _goes_on(masked[lines[0][0] : lines[taken - 1][1]], taken)):
        taken += 1
    return (lines[0][0], lines[0][0] + len(masked[lines[0][0] : lines[taken - 1][1]].rstrip())) if lines else None


def _goes_on(address: str, lines: int) -> bool:
    """Whether the next line belongs to an address as well: it ends in a comma, or is a name without a number yet."""
    return address.rstrip().endswith(",") or (lines == 1 and not re.search(r"\d", address))


def _end_of_postcode(masked: str, start: int, stop: int) -> int | None:
    """Return where the postcode in an address ends, with a country after it. A house number of five digits is none."""
    codes = list(_POSTCODE.finditer(masked, start, min(stop, start + _LONGEST_LINE)))
    if not codes or (len(codes) == 1 and codes[0].start() == start and stop - codes[0].end() > 8):
        return None
    code = next((found for found in codes if found.start() > start), codes[0])
    country = _COUNTRY.match(masked, code.end(), stop)
    return country.end() if country else code.end()


def _before(masked: str, end: int) -> tuple[int, int] | None:
    """Return the lines above a caption, back to the caption above them; without one the nearest line alone."""
    window = max(0, end - _FARTHEST)
    lines = [(start, stop) for start, stop in _lines(masked, window, end) if masked[start:stop].strip("()")]
    above = lines[-_MOST_LINES:]
    captions = [number for number, (start, stop) in enumerate(above) if masked[start:stop].rstrip().endswith(")")]
    wanted = above[captions[-1] + 1 :] if captions else above[-1:]
    return (wanted[0][0], wanted[-1][1]) if wanted else None


def _lines(masked: str, place: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each line with words starts and stops, as far as `end`."""
    for found in _LINE.finditer(masked, place, min(end, len(masked))):
        yield found.start(), found.start() + len(found[0].rstrip())
