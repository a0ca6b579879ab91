"""Where in a copy stands what something rests on: values with this source, answers quoted, words asked for, names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.domain.quotes import Searched
from tracker.models.document import DocumentVersion
from tracker.store.archive import Naming
from tracker.store.passages import Fact, QuotedAnswer
from tracker.store.threads import Named
from tracker.web.archived_copy import Mark

Span = tuple[int, int]
# Of fewer words the same may stand in a text by chance.
FEWEST_WORDS = 3
MOST_NAMES = 2000
# So many characters of a copy are shown; what stands behind them has no place in it.
MOST_SHOWN = 400_000
# What the style knows to draw apart; the rest is drawn like an organisation.
NAME_KINDS = ("organization", "person", "product")


@dataclass(slots=True)
class Cited:
    """A value or quotation that rests on the document, and where: `number` of the passage, 0 where it has no place.

    `exact` is true where the reader noted the place; else the same words were looked for. `anchor` is its address.
    """

    said: Fact | QuotedAnswer
    anchor: str
    span: Span | None
    exact: bool
    number: int = 0
    passage: str = ""


def cited(version: DocumentVersion, facts: Iterable[Fact], quoted: Iterable[QuotedAnswer]) -> list[Cited]:
    """Return what rests on a version, values first, each with the number of its passage; passages count from 1."""
    rows, taken, text = [], Counter[str](), Searched(version.text[:MOST_SHOWN])
    for said, name in _named(facts, quoted):
        taken[name] += 1
        time = taken[name]
        exact, span = _place(version, text, said)
        rows.append(Cited(said, name if time == 1 else f"{name}-{time}", span, exact))
    in_order = sorted((row for row in rows if row.span), key=lambda row: row.span or (0, 0))
    for number, (_, group) in enumerate(groupby(in_order, key=lambda row: row.span), 1):
        of_passage = list(group)
        for row in of_passage:
            row.number, row.passage = number, of_passage[0].anchor
    return rows


def passage_marks(rows: Sequence[Cited]) -> Iterator[Mark]:
    """Yield one mark a passage; what it is evidence for is told behind it."""
    in_order = sorted((row for row in rows if row.number), key=lambda row: row.number)
    for number, group in groupby(in_order, key=lambda row: row.number):
        of_passage = list(group)
        start, end = of_passage[0].span or (0, 0)
        yield Mark(
            start,
            end,
            kind="passage",
            anchors=tuple(row.anchor for row in of_passage),
            number=str(number),
            leads_to=f"of-{of_passage[0].anchor}",
            said=f"Passage {number}: what rests on it",
        )


def without_place(rows: Iterable[Cited], lost: Iterable[Mark]) -> None:
    """Take the numbers from what has no place in the copy as it is shown, such as what was cut off."""
    numbers = {mark.number for mark in lost}
    for row in rows:
        if str(row.number) in numbers:
            row.number = 0


def name_marks(version: DocumentVersion, namings: Iterable[Naming]) -> Iterator[Mark]:
    """Yield a mark for each place where a name stands in the text; those in the headline are left out."""
    headline = len(version.title) + 1
    places = [(start, end, row) for row in namings for start, end in row.places if start >= headline]
    named: set[str] = set()
    for start, end, row in sorted(places, key=lambda place: place[:2])[:MOST_NAMES]:
        kind = row.kind if row.kind in NAME_KINDS else NAME_KINDS[0]
        anchors = () if row.entity in named else (name_anchor(row),)
        named.add(row.entity)
        yield Mark(start - headline, end - headline, kind=f"name name-{kind}", anchors=anchors)


def name_anchor(naming: Naming) -> str:
    """Return the address of the first place where a name stands."""
    return f"name-{_slug(naming.entity)}"


def by_object(rows: Iterable[Cited]) -> list[tuple[Named, list[Cited]]]:
    """Return the values, without quoted answers, by the object they belong to."""
    found: dict[int, tuple[Named, list[Cited]]] = {}
    for row in rows:
        if isinstance(row.said, Fact):
            found.setdefault(row.said.owner.id, (row.said.owner, []))[1].append(row)
    return list(found.values())


def answers(rows: Iterable[Cited]) -> list[Cited]:
    """Return the quoted answers alone."""
    return [row for row in rows if isinstance(row.said, QuotedAnswer)]


def _named(facts: Iterable[Fact], quoted: Iterable[QuotedAnswer]) -> Iterator[tuple[Fact | QuotedAnswer, str]]:
    for fact in facts:
        yield fact, f"quote-{fact.owner.slug}-{_slug(fact.field)}"
    for answer in quoted:
        yield answer, f"quote-{answer.letter.slug}-q{answer.number}"


def _place(version: DocumentVersion, text: Searched, said: Fact | QuotedAnswer) -> tuple[bool, Span | None]:
    """Return whether the place was noted when it was read, and the place; words too few to be certain have none."""
    if isinstance(said, QuotedAnswer):
        return False, text.find(said.quote)
    if said.version_id == version.id and said.start is not None and said.end is not None:
        return True, (said.start, said.end)
    for words in (said.locator, said.value):
        if len(words.split()) >= FEWEST_WORDS and (span := text.find(words)):
            return False, span
    return False, None


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "it"
