"""The names of persons and organisations in a field that may hold several: by lines, semicolons, commas or "and".

An "and" within a name ("Sisters of Charity and Mercy Trust") must not part it: names are parted only where both sides
are whole names by themselves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.filings.letters.passages import Found
from tracker.filings.letters.postal import is_address, without_addresses

_LEGAL = (
    r"(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|l\.l\.c|llp|lp|l\.p|plc|pbc|n\.?a|s\.?a|ag|gmbh)"
)
_LEGAL_ONLY = re.compile(rf"{_LEGAL}\.?", re.IGNORECASE)
_WHOLE = re.compile(
    rf"""(?xi)
    .*\b(?: {_LEGAL}\.? | funds? | trust | foundation | management | services | investors? | investments? | advis[eo]rs?
    | capital | group | partners | associates | association | union | council | network | coalition | alliance
    | institute | center | centre | sisters | brothers | order | province | church | diocese | ministries
    | charities | endowment | university | college | system | plan | office | treasurer | comptroller | society
    | committee | federation | brotherhood | teamsters | board | initiative | project | responsibility | justice
    | advocates | congregation | community | america | usa
    )\)?\W*"""
)
_STARTS_WHOLE = re.compile(
    r"(?:the\s+)?(?:sisters|congregation|order|province|church|university|office|city|state)\s+of\b", re.IGNORECASE
)
_ONE_WORD = re.compile(r"[A-Z]?[a-z]+(?:[A-Z]+[a-z]*)+")  # one word with capitals within it
# No name begins so: it is the rest of one.
_REST = re.compile(
    r"(?:management|services|fund|trust|inc|llc|general|pension|retirement|asset|investments?|common|capital|health|partners"
    r"|advis[eo]rs|association|foundation|responsibility|system|board|council)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr|Sr|Br|Fr|Rev|Sister|Brother|Father)\.?\s+)?(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+(?:,?\s+(?:Jr|Sr|II|III|IV)\.?)?"
)
_OFFICE = re.compile(
    r"\b(?:officer|director|president|manager|trustee|secretary|treasurer|comptroller|chair\w*|counsel|partner|member|ceo|cfo|analyst|founder|owner"
    r"|executive|advocate|coordinator|head|vice)\b",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"[\s,(]{0,5}\b(?:(?:filed|acting|submitted|writing)\s+)?(?:(?:for\s+and\s+)?on\s+behalf\s+of"
    r"|as\s+(?:the\s+)?(?:representative|agent|proxy|attorney-in-fact|trustee|custodian|advis[eo]r|manager)s?\s+(?:of|for|to))\s+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:[\W_]*|u\.?s\.?a?\.?|united states(?: of america)?|canada|n/?a|none|same(?: as above)?"
    r"|see (?:above|below|attached).*)",
    re.IGNORECASE,
)
_AROUND = " \t\n,;:.*_–—-•·"


@dataclass(frozen=True, slots=True)
class Party:
    """Who is named, where, and on whose behalf it acts, if the field says so."""

    name: str
    start: int
    end: int
    on_behalf_of: tuple[str, ...] = ()


def parties_in(lines: Iterable[Found]) -> tuple[Party, ...]:
    """Return the names in the lines of a field, without addresses. A line that goes on with the next is one name."""
    parties: list[Party] = []
    for line in _unwrapped(list(without_addresses(lines))):
        parties += _parties(line)
    return tuple({(party.name.casefold(), party.on_behalf_of): party for party in parties}.values())


def name_in(line: Found) -> Found | None:
    """Return the one name of a field (a company's, commas and all) without what is around it; None for an address."""
    text, start = _trimmed(line.text, line.start)
    return (
        Found(text, start, start + len(text))
        if text and not _NO_NAME.fullmatch(text) and not is_address(text)
        else None
    )


def _parties(line: Found) -> Iterator[Party]:
    behalf = _BEHALF.search(line.text)
    acting = line.text[: behalf.start()] if behalf else line.text
    others = tuple(name.text for name in _names(Found(line.text[behalf.end() :], 0, 0))) if behalf else ()
    names = list(_names(Found(acting, line.start, line.end)))
    if behalf and not names:
        names, others = list(_names(Found(line.text[behalf.end() :], line.start + behalf.end(), line.end))), ()
    for name in names:
        yield Party(name.text, name.start, name.end, others)


def _names(line: Found) -> Iterator[Found]:
    for piece in _parted(line):
        text, start = _trimmed(piece.text, piece.start)
        if article := re.match(r"the\s+(?=[A-Z])", text):
            text, start = text[article.end() :], start + article.end()
        if text and not _NO_NAME.fullmatch(text) and not is_address(text):
            yield Found(text, start, start + len(text))


def _trimmed(text: str, start: int) -> tuple[str, int]:
    begun = text.lstrip(_AROUND)
    start += len(text) - len(begun)
    text = begun.rstrip(_AROUND)
    if begun[len(text) : len(text) + 1] == "." and re.search(r"(?:^|[\s.])\w{1,4}$", text):
        text += "."  # "Inc." keeps its full stop
    if text.startswith("(") and text.endswith(")"):
        return _trimmed(text[1:-1], start + 1)
    return (text[:-1], start) if text.endswith(")") and "(" not in text else (text, start)


def _parted(line: Found) -> Iterator[Found]:
    """Yield the pieces between semicolons, slashes, and those commas and "and" that stand between whole names."""
    for whole in _split(line, re.compile(r"\s*(?:;|\s/\s|\|)\s*(?:and\s+)?")):
        pieces = _joined_forms(list(_split(whole, re.compile(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+", re.IGNORECASE))))
        if len(pieces) > 1 and _all_whole([piece.text for piece in pieces]):
            yield from pieces
            continue
        named = next((piece for piece in pieces[1:] if _OFFICE.search(piece.text)), None)
        # "Jane Doe, Treasurer": the office is no part of the name.
        if (
            named
            and _PERSON.fullmatch(pieces[0].text.strip())
            and whole.text[len(pieces[0].text) :].lstrip().startswith(",")
        ):
            yield pieces[0]
        else:
            yield from _two_names(whole)


def _two_names(line: Found) -> Iterator[Found]:
    sides = list(_split(line, re.compile(r",?\s+and\s+", re.IGNORECASE)))
    yield from sides if len(sides) == 2 and _all_whole([side.text for side in sides]) else [line]


def _split(line: Found, mark: re.Pattern[str]) -> Iterator[Found]:
    place = 0
    for found in mark.finditer(line.text):
        yield Found(line.text[place : found.start()], line.start + place, line.start + found.start())
        place = found.end()
    yield Found(line.text[place:], line.start + place, line.end)


def _joined_forms(pieces: Sequence[Found]) -> list[Found]:
    """Put a legal form that a comma parted from its name back: "Example Management", "LLC"."""
    joined: list[Found] = []
    for piece in pieces:
        if joined and _LEGAL_ONLY.fullmatch(piece.text.strip(" .")):
            before = joined.pop()
            joined.append(Found(f"{before.text}, {piece.text}", before.start, piece.end))
        else:
            joined.append(piece)
    return joined


def acts_for_somebody(line: str) -> bool:
    """Return whether a line says on whose behalf somebody acts."""
    return _BEHALF.search(line) is not None


def begins_whole(line: str) -> bool:
    """Return whether the first name of a line is a whole one."""
    return _sort(_BEHALF.split(line, maxsplit=1)[0].partition(";")[0]) != ""


def ends_whole(line: str) -> bool:
    """Return whether the last name of a line is a whole one."""
    return _sort(_BEHALF.split(line)[-1].rpartition(";")[2]) != ""


def _sort(text: str) -> str:
    """Return "organisation" or "person" for a text that reads as one whole name, "" for any other."""
    name = text.strip(_AROUND)
    if _is_organisation(name):
        return "organisation"
    return "person" if _PERSON.fullmatch(name) and not _OFFICE.search(name) and not _REST.match(name) else ""


def _all_whole(names: Sequence[str]) -> bool:
    """Return whether each is a whole name. Workers and others in the plural may begin an organisation's long name."""
    sorts = [_sort(name) for name in names]
    plural = names[0].strip(_AROUND).endswith("s") and not re.search(r"\b[A-Z]\.", names[0])
    return all(sorts) and (len(set(sorts)) == 1 or sorts[0] == "organisation" or not plural)


def _is_organisation(name: str) -> bool:
    if _ONE_WORD.fullmatch(name):
        return True
    return (
        len(name.split()) > 1
        and not _REST.match(name)
        and (_WHOLE.fullmatch(name) is not None or _STARTS_WHOLE.match(name) is not None)
    )


def _unwrapped(lines: Sequence[Found]) -> Iterator[Found]:
    """Yield the lines, those joined that a text file broke within a name."""
    held: Found | None = None
    for line in lines:
        if held is not None and _goes_on(held.text, line.text):
            held = Found(f"{held.text} {line.text}", held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _goes_on(before: str, after: str) -> bool:
    if before.rstrip().endswith((",", "&", "-", "(")) or re.search(
        r"\b(?:and|of|the|for|behalf)$", before.strip(), re.IGNORECASE
    ):
        return True
    return (
        after.lstrip()[:1].islower()
        or _LEGAL_ONLY.fullmatch(after.strip(" .,")) is not None
        or bool(_BEHALF.match(after))
    )
