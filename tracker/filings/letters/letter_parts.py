"""A letter's parts, from its plain text: who wrote to whom on which day, what is asked, by when an answer is wanted.

Only what stands there is given, each with its place in the text. What cannot be told is left out: a person fills it in,
and would have to find out what was invented. Postal addresses are never taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.filings.letters.days import DAY, days_in
from tracker.filings.letters.parties import parties_in
from tracker.filings.letters.passages import Found, place_of
from tracker.filings.letters.postal import without_addresses
from tracker.filings.letters.questions import asked_in


@dataclass(frozen=True, slots=True)
class LetterParts:
    """What a letter says of itself; every name, day and question with its place. Empty where it does not say."""

    senders: tuple[Found, ...] = ()
    recipients: tuple[Found, ...] = ()
    sent_on: tuple[date, Found] | None = None
    respond_by: tuple[date, Found] | None = None
    questions: tuple[Found, ...] = ()


_SALUTATION = re.compile(
    r"[\s>]{0,4}(?:dear\b.{2,200}[,:;—–-]|dear\b.{2,60}(?<![.!?])|to\s+whom\s+it\s+may\s+concern\b\W*)\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:yours|very)\s+)?(?:sincerely|faithfully|truly|respectfully|cordially)(?:\s+(?:yours|submitted))?\s*[,.]?\s*$"
    r"|\s*(?:(?:best|kind|warm)\s+)?regards\s*[,.]?\s*$|\s*in\s+(?:peace|solidarity|good\s+faith|faith)\s*[,.]?\s*$"
    r"|\s*(?:signed|signatories|the\s+undersigned|signed\s+by)\s*[,:.]?\s*$|\s*thank\s+you[,.!]?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:c\.?c\.?|enc(?:l(?:osures?)?)?|attachments?|p\.?s|bcc|###|footnotes?|about\s+[A-Z])\b\.?\s*[:.]?",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\s*(?P<name>from|to|date|sent|cc|re|subject)\s*:\s*(?P<value>.*)$", re.IGNORECASE)
_NO_PARTY = re.compile(
    r"\s*(?:via\b|by\s+(?:[\w-]+\s*){1,3}$|sent\s+by|re\s*:|subject\s*:|attn|attention|c/o|confidential|open\s+letter"
    r"|for\s+immediate\s+release|page\s+\d|\W*$)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:\W*(?:\w+\s+){0,4})?\b(?:officers?|director|president|manager|secretary|treasurer|chair\w*|counsel|founder|ceo|cfo|coo|head|"
    r"mayor|commissioner|chief|member\s+of\s+congress|co-?lead\w*|united\s+states\s+senat\w+|u\.s\.\s+senat\w+|ranking\s+member|comptroller|united\s+states\s+house\b.*)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:the\s+)?(?:honou?rable|hon\.|mr\.?|ms\.?|mrs\.?|mx\.?|dr\.?|prof(?:essor|\.)?|rev(?:erend|\.)?|sister|sr\.|senator|representative|rep\.|sen\.)\s+",
    re.IGNORECASE,
)
_TO_A_TITLE = re.compile(
    r"\b(?i:(?:mr|ms|mrs|mx|dr|prof|sen|rep)\.?|senator|representative|chairman|chairwoman|chair|president|mayor|secretary"
    r"|governor)\s+[A-Z][\w.'’-]+(?:\s+[A-Z][\w'’-]+){0,3}"
)
_ANSWER = re.compile(
    r"\b(?:respon[ds]\w*|repl(?:y|ies)|answers?|hear\s+from\s+you|in\s+writing|provide|information)\b", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:by|before|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|until)\s+(?:(?:close\s+of\s+business|the\s+end\s+of"
    r"|c\.?o\.?b\.?|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?|noon|on|mon\w*|tues\w*|wednes\w*|thurs\w*|fri\w*|satur\w*|sun\w*|of)[\s,]{1,2}){0,3}$",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\t+|\s{3,}")
_ON_BEHALF = re.compile(
    r"\bon\s+behalf\s+of\s+(?:the\s+)?(?P<name>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z][\w&.'’-]*|of|for|and|the|&)){0,7})(?=\s*[,(])"
)
_FEW_LINES = 14  # between a letter's day and its salutation
_LONGEST_NAME = 120


def letter_parts(text: str) -> LetterParts:
    """Return the parts of a letter. Without a salutation, and without the lines of a memo, nothing is taken for one."""
    lines = list(_lines(text))
    greeting = next((n for n, line in enumerate(lines) if _SALUTATION.match(line.text)), None)
    head = {name: line for line in lines[:12] for name, line in _header(line)}
    if greeting is None and not {"from", "to"} <= head.keys():
        return LetterParts()
    begin = greeting if greeting is not None else max(lines.index(_whole(lines, head[name])) for name in ("from", "to"))
    closing = next((n for n, line in enumerate(lines) if n > begin and _CLOSING.match(line.text)), len(lines))
    body = Found(text, lines[begin].end, lines[closing].start if closing < len(lines) else len(text))
    parts = LetterParts(
        senders=_senders(lines, closing, head, body),
        recipients=_recipients(lines, begin, head),
        sent_on=_sent_on(lines, begin, closing, head),
        questions=tuple(asked_in(text, body.start, body.end)),
    )
    return replace(parts, respond_by=_respond_by(text, body, parts.sent_on))


# --- the day ----------------------------------------------------------------------------------------------------------


def _sent_on(lines: Sequence[Found], begin: int, closing: int, head: dict[str, Found]) -> tuple[date, Found] | None:
    """Return the day in the head of a letter: on a line of its own, or after a place; else one below its signature."""
    for name in ("date", "sent"):
        if name in head and (days := list(days_in(head[name]))):
            return days[0]
    above = [line for line in lines[max(0, begin - _FEW_LINES) : begin] if _is_day_line(line.text)]
    below = [line for line in lines[closing : closing + 12] if _is_day_line(line.text)]
    found = [day for line in (*above, *below) for day in days_in(line)]
    return found[0] if found else None


def _is_day_line(line: str) -> bool:
    found = DAY.search(line)
    return (
        found is not None
        and len(line.strip()) - len(found[0]) <= 30
        and not re.search(r"\bre\s*:", line, re.IGNORECASE)
    )


def _respond_by(text: str, body: Found, sent: tuple[date, Found] | None) -> tuple[date, Found] | None:
    """Return the day by which an answer is asked for: the last one said so, not before the letter was sent."""
    found: tuple[date, Found] | None = None
    for sentence in _sentences(text, body.start, body.end):
        if not _ANSWER.search(sentence.text):
            continue
        for day, place in days_in(sentence):
            before = text[sentence.start : place.start]
            if _BY.search(before) and (sent is None or day >= sent[0]):
                found = day, place
    return found


# --- who --------------------------------------------------------------------------------------------------------------


def _recipients(lines: Sequence[Found], begin: int, head: dict[str, Found]) -> tuple[Found, ...]:
    """Return those named between the day and the salutation, each without office and address; else who is greeted."""
    if "to" in head:
        return tuple(_names([head["to"]]))
    day = next((n for n in range(begin - 1, max(-1, begin - _FEW_LINES), -1) if _is_day_line(lines[n].text)), None)
    if day is None and begin and _TITLED.match(lines[max(0, begin - _FEW_LINES)].text):
        day = max(0, begin - _FEW_LINES) - 1  # it begins with whom it is to; its day may stand below
    named = list(_names(lines[day + 1 : begin])) if day is not None else []
    if not named:
        greeted = lines[begin]
        named = [place_of(greeted, *found.span()) for found in _TO_A_TITLE.finditer(greeted.text)]
    return tuple(named)


def _senders(lines: Sequence[Found], closing: int, head: dict[str, Found], body: Found) -> tuple[Found, ...]:
    """Return those who signed, below the closing words; else whom the head names, or on whose behalf it is written."""
    signed: list[Found] = []
    for line in lines[closing + 1 :]:
        if _AFTER.match(line.text) or len(line.text) > 2 * _LONGEST_NAME:
            break
        signed.append(line)
    names = list(_names(signed))
    if not names and "from" in head:
        names = list(_names([head["from"]]))
    if not names:
        opening = body.text[body.start : min(body.end, body.start + 600)]
        names = [
            Found(found["name"], body.start + found.start("name"), body.start + found.end("name"))
            for found in _ON_BEHALF.finditer(opening)
        ]
    return tuple(names)


def _names(lines: Sequence[Found]) -> Iterator[Found]:
    """Yield the names in lines that each may hold several: not offices, addresses, days, or a way of sending."""
    cells = [cell for line in lines if not _NO_PARTY.match(line.text) for cell in _cells(line)]
    kept = [cell for cell in without_addresses(cells) if not DAY.search(cell.text) and len(cell.text) <= _LONGEST_NAME]
    told: set[str] = set()
    for cell in kept:
        name = _TITLED.match(cell.text)
        bare = Found(cell.text[name.end() :], cell.start + name.end(), cell.end) if name else cell
        if _OFFICE.match(bare.text) and "," not in bare.text:
            continue
        for party in parties_in([bare]):
            if _is_name(party.name) and party.name.casefold() not in told:
                told.add(party.name.casefold())
                article = len("The ") if party.name.startswith("The ") else 0
                yield Found(party.name[article:], party.start + article, party.end)


def _is_name(text: str) -> bool:
    """Return whether a text reads as a name: capitals, no sentence, no office alone."""
    words = text.split()
    capitals = sum(word[:1].isupper() for word in words)
    small = sum(word[:1].islower() and word.casefold() not in _SMALL for word in words)
    return (
        capitals > 0 and small == 0 and len(words) <= 14 and not _OFFICE.match(text) and not text.endswith((":", "?"))
    )


_SMALL = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "de",
        "la",
        "van",
        "von",
        "der",
        "del",
        "to",
        "at",
        "y",
        "plc",
        "llc",
        "inc",
        "co",
        "ltd",
        "gmbh",
        "ag",
        "sa",
    }
)


def _cells(line: Found) -> Iterator[Found]:
    """Yield what stands side by side on a line: signatures are often printed in columns."""
    place = 0
    for gap in _COLUMNS.finditer(line.text.rstrip()):
        if cell := line.text[place : gap.start()].strip():
            yield place_of(line, place, gap.start()) if cell else line
        place = gap.end()
    if line.text[place:].strip():
        yield place_of(line, place, len(line.text))


# --- lines and sentences ----------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[Found]:
    for line in re.finditer(r"[^\n]+", text):
        if line[0].strip():
            yield Found(line[0], line.start(), line.end())


def _header(line: Found) -> Iterator[tuple[str, Found]]:
    found = _HEADER.match(line.text)
    if found is not None and found["value"].strip():
        yield found["name"].casefold(), place_of(line, *found.span("value"))


def _whole(lines: Sequence[Found], part: Found) -> Found:
    return next(line for line in lines if line.start <= part.start <= line.end)


def _sentences(text: str, start: int, end: int) -> Iterator[Found]:
    for found in re.finditer(r"[^.!?\n](?:[^.!?\n]|[.](?=\S)|(?<=\b[A-Z])\.|\n(?!\s*\n))*[.!?]?", text[start:end]):
        yield Found(found[0], start + found.start(), start + found.end())
