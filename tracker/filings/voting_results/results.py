"""Voting results of a shareholders' meeting: every matter in Item 5.07 of a Form 8-K, with the place of each figure.

A count is read only where the filing says what it counts: an absent column is None, a printed zero or dash is 0.
Source: Form 8-K, Item 5.07, https://www.sec.gov/files/form8-k.pdf
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.filings.layout.blocks import Block
from tracker.filings.layout.filed import layout_of
from tracker.filings.shares_outstanding import Entitled, entitled_in
from tracker.filings.voting_results.classes import added_up
from tracker.filings.voting_results.drafts import Draft
from tracker.filings.voting_results.kinds import Kind, kind_of, pays_for_merger
from tracker.filings.voting_results.reading import Reader
from tracker.filings.voting_results.roles import (
    ABSTAIN,
    ABSTAIN_OR_WITHHELD,
    AGAINST,
    AGAINST_OR_WITHHELD,
    COUNTS,
    FOR,
    WITHHELD,
    YEARS,
)
from tracker.filings.voting_results.section import (
    is_amendment,
    is_preliminary,
    meeting_date,
    meeting_date_before,
    section_of,
)

# A title that leaves what was voted on to the sentence after it.
_ADVISORY_VOTE = re.compile(
    r"\W*(?:(?:an?|the|non-?binding|advisory|vote|resolution|proposal)[\s,]*)+\W*", re.IGNORECASE
)


class Span(NamedTuple):
    """A place in the layout's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter voted on: a nominee, a proposal, or the frequency vote. Counts are votes; None: not in the filing.

    `choices` is given for the frequency vote alone: "1 year", "2 years", "3 years". `places` holds the span of the
    title, the nominee and each figure, under the names of the fields.
    """

    number: str | None
    title: str
    kind: Kind
    nominee: str | None = None
    for_: int | None = None
    against: int | None = None
    withheld: int | None = None
    abstain: int | None = None
    broker_non_votes: int | None = None
    choices: Mapping[str, int | None] | None = None
    places: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def total(self) -> int:
        """All votes that the filing counts on this matter, broker non-votes among them."""
        counts = (self.for_, self.against, self.withheld, self.abstain, self.broker_non_votes)
        return sum(count or 0 for count in (*counts, *(self.choices or {}).values()))


@dataclass(frozen=True, slots=True)
class VotingResults:
    """What a report says of one meeting's votes; no matters when it has no Item 5.07, or counts only in an exhibit.

    `entitled` is how many votes may be cast, where the item surely says it.
    """

    meeting_date: date | None
    preliminary: bool
    amends: bool
    matters: tuple[Matter, ...]
    warnings: tuple[str, ...]
    text: str
    entitled: Entitled | None = None


def read_voting_results(body: bytes, content_type: str = "") -> VotingResults:
    """Return the voting results that a Form 8-K or 8-K/A reports.

    Raises ParseError for what is no Form 8-K or has no text, InputError for what is too large.
    """
    layout = layout_of(body, content_type)
    section = section_of(layout)
    said = "\n".join(block.text for block in section)
    amends = is_amendment(layout)
    reader = Reader(layout, section)
    matters = tuple(_matter(draft) for draft in added_up(reader.drafts(), said, reader.notes))
    return VotingResults(
        meeting_date(said) or (meeting_date_before(layout, section) if section else None),
        is_preliminary(said, amends=amends),
        amends,
        matters,
        (*layout.warnings, *dict.fromkeys(reader.notes)),
        layout.text,
        _entitled(layout.text, section),
    )


def _entitled(text: str, section: list[Block]) -> Entitled | None:
    if not section:
        return None
    start = section[0].start
    found = entitled_in(text[start : section[-1].end], one_vote_said=False)
    return replace(found, start=found.start + start, end=found.end + start) if found else None


def _matter(draft: Draft) -> Matter:
    heading = draft.heading
    counts = dict(draft.counts)
    for either, other in ((AGAINST_OR_WITHHELD, AGAINST), (ABSTAIN_OR_WITHHELD, ABSTAIN)):
        if either in counts:
            counts.setdefault(WITHHELD if draft.elects else other, counts.pop(either))
    choices = {year: counts[year].value for year in YEARS if year in counts} or None
    kind: Kind = "director"
    if not draft.nominee and not draft.elects:
        kind = kind_of(heading.title, holders=draft.holders)
        kind = kind_of(heading.listed, holders=False) if kind == "other" and heading.listed else kind
        if kind == "other" and _ADVISORY_VOTE.fullmatch(heading.title):
            kind = kind_of(heading.said, holders=False)
    if kind == "say_on_pay" and pays_for_merger(heading.said):
        kind = "other"
    if choices:
        kind = "say_on_frequency"
        counts.pop(FOR, None)  # nobody votes for a frequency as such: it is a choice's, and not said whose
    places = {role: Span(counted.start, counted.end) for role, counted in counts.items()}
    if heading.title:
        places["title"] = Span(heading.start, heading.end)
    if draft.nominee:
        places["nominee"] = Span(draft.nominee.start, draft.nominee.end)
    values = {role: counts[role].value if role in counts else None for role in COUNTS}
    title = heading.title or ("Election of directors" if kind == "director" else "")
    return Matter(
        heading.number,
        f"{title} ({draft.stock})" if draft.stock else title,
        kind,
        draft.nominee.text if draft.nominee else None,
        values["for"],
        values["against"],
        values["withheld"],
        values["abstain"],
        values["broker_non_votes"],
        choices,
        MappingProxyType(places),
    )
