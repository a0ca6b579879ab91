"""What the opening of Item 5.07 lists before the counts: "(i) the election of directors, (ii) ...", and nominees."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest

from tracker.filings.voting_results.headings import Heading, Text, bare, heading_of, is_opener, title_in
from tracker.filings.voting_results.kinds import Kind, kind_of, person_in
from tracker.filings.voting_results.numbering import ROMAN, number_of, place_of, referred_to

_INLINE = re.compile(
    rf"(?<![\w(])\(?(?P<number>[0-9]{{1,2}}|{ROMAN}|[a-h])\)\s{{1,4}}|(?:(?<=[:;] )|(?<=and ))(?P<digit>[0-9])\.\s",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\((?:the )?[“\"'‘](?:proposal|item)\b[^“”\"()]{1,20}[”\"'’]\)", re.IGNORECASE)
_ELECTS_ONE = re.compile(
    r"\b(?:elect(?:ion of|ed|ing)?|(?:re-?)?appoint(?:ment of|ed|ing)?)\s+(?:of\s+)?(.{4,70}?)"
    r"(?=\s+(?:as|to|for)\b|,\s(?!Jr|Sr|Ph|M\.)|[;:]|\.?\s*$)",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(r",\s(?:and\s)?(?:[A-Z][\w'’.-]*\s){1,4}(?:and\b|,|[A-Z])|,\s[^.;,]{4,60},?\sand\s[A-Z]")


def opening_list(texts: Iterable[Text]) -> dict[str, Heading]:
    """Return the matters that the opening of the item lists, by their numbers as printed there."""
    found: dict[str, Heading] = {}
    called: dict[str, Heading] = {}
    for text in texts:
        inline = list(_listed_in(text))
        if len(inline) > 1 or (inline and is_opener(text.text)):
            for heading in inline:
                found.setdefault(str(heading.number), heading)
                if (name := _CALLED.search(heading.said)) and (number := referred_to(name[0])):
                    called.setdefault(number, heading._replace(number=number))
        elif (heading := heading_of(text)).number and heading.title:
            found.setdefault(heading.number, heading)
    return called | found


def completed(heading: Heading, opening: Mapping[str, Heading]) -> Heading:
    """Return a heading with what the opening list says of its number, or with its number there.

    A heading without one has that of the entry it speaks of ("approved Proposal Two"), or of the entry of the same
    title, or else of the only numbered entry of its kind; the (i) and (a) of a sentence number no matters.
    """
    if heading.number:
        listed = opening.get(heading.number)
        if listed is None and not heading.title:
            place = place_of(heading.number)
            listed = next((one for number, one in opening.items() if place_of(number) == place), None)
        if listed is None:
            return heading
        if not heading.title:
            heading = heading._replace(title=listed.title, start=listed.start, end=listed.end)
        return heading._replace(said=f"{heading.said} {listed.title}", listed=listed.title)
    if (number := referred_to(heading.title)) and (one := opening.get(number)):
        return heading._replace(number=number, title=one.title, start=one.start, end=one.end, listed=one.title)
    if heading.title:
        title, kind = bare(heading.title), _kind(heading)
        same = [one for one in opening.values() if bare(one.title) == title]
        alike = [one for number, one in opening.items() if number.isdigit() and _kind(one) == kind != "other"]
        if same or len(alike) == 1:
            return heading._replace(number=(same or alike)[0].number)
    return heading


def _kind(heading: Heading) -> Kind:
    return "director" if heading.elects else kind_of(heading.title, holders=False)


def _listed_in(text: Text) -> Iterator[Heading]:
    """Yield the entries of a list within a sentence: "(i) the election of directors, (ii) ...", counted from one."""
    found = [(mark, number_of(mark["number"] or mark["digit"])) for mark in _INLINE.finditer(text.text)]
    marks: list[re.Match[str]] = []
    styles: tuple[Callable[[str], object], ...] = (str.isdigit, re.compile(ROMAN).fullmatch, str.isalpha)
    for style in styles:
        counted: list[re.Match[str]] = []
        for mark, number in found:
            place = ord(number[0]) - ord("a") + 1 if style is str.isalpha else place_of(number)
            if style(number) and place == len(counted) + 1:
                counted.append(mark)
        marks = max(marks, counted, key=len)
    for mark, after in zip_longest(marks, marks[1:]):
        end = after.start() if after else len(text.text)
        entry = text.text[mark.end() : end]
        if title := title_in(entry):
            number = number_of(mark["number"] or mark["digit"])
            yield Heading(number, title, text.start + mark.end(), text.start + end, entry)


def nominee_in(title: str) -> str | None:
    """Return the one person whom a title says is elected, "Election of A. B. as a director", or None."""
    at = 0
    while found := _ELECTS_ONE.search(title, at):
        if name := person_in(found[1]):
            return None if _AND_ANOTHER.match(title, found.end()) else name
        at = found.start() + 1  # "Election of Director. The stockholders elected A. B."
    return None
