"""Voting results into the archive: the meeting, its ballot, every count with its place, steps of resolutions.

Preliminary and final counts and those of an amendment stay apart; an amendment speaks only of the matters it restates.
"""

import re
from typing import TYPE_CHECKING

from tracker.domain.dates import PartialDate
from tracker.domain.matters import likest, reconciled, telling_claims
from tracker.domain.text import plural
from tracker.domain.vocab import BallotKind, Relation, ResolutionCode
from tracker.domain.votes import Claim, Tally, supports
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import BallotItem, MeetingKind, VoteCount
from tracker.store import meetings, offers, votes
from tracker.store.filings import Came
from tracker.workflows.filed.record import Record, unplaced

if TYPE_CHECKING:
    from tracker.filings.voting_results import Matter, VotingResults

# Columns of a count by the names that the reader gives its figures.
COLUMNS = {
    "for": "votes_for",
    "against": "votes_against",
    "withheld": "votes_withheld",
    "abstain": "votes_abstain",
    "broker_non_votes": "broker_non_votes",
}
_ANNUAL = frozenset({"director", "auditor", "say_on_pay"})


def keep_results(record: Record) -> Came:
    """Write what an 8-K says of a meeting's votes; return what came of it."""
    results: VotingResults = record.found.value
    if not results.matters:
        return Came(FilingOutcome.NOTHING, "It reports no votes.", tuple(record.warnings))
    if record.company is None:
        return unplaced("It is not known which company it is about.", tuple(record.warnings))
    if results.meeting_date is None or record.filed.filed_on is None:
        return unplaced("It does not say on which day the meeting was.", tuple(record.warnings))
    kind = MeetingKind.ANNUAL if any(m.kind in _ANNUAL for m in results.matters) else MeetingKind.SPECIAL
    meeting = record.meeting(record.company, results.meeting_date, kind, None)
    ballot = _Ballot(record, meeting.id)
    for matter in results.matters:
        _keep_matter(record, results, ballot.item_for(matter), matter)
    said = f"{plural(len(results.matters), 'matter')} voted on at the meeting of {meeting.held_on.words()}."
    if record.differs:
        said += f" {plural(record.differs, 'figure')} found other than people gave; theirs stand."
    return Came(FilingOutcome.WRITTEN, said, tuple(record.warnings))


class _Ballot:
    """A meeting's ballot items, and which of them a matter of the filing is."""

    def __init__(self, record: Record, meeting_id: int) -> None:
        self._record = record
        self._meeting_id = meeting_id
        self._items = meetings.ballot(record.session, meeting_id)

    def item_for(self, matter: "Matter") -> BallotItem:
        """Return the item, made when the ballot does not have it yet."""
        found = self._known(matter)
        if found is None:
            found = BallotItem(
                meeting_id=self._meeting_id,
                # Nominees share a number on the ballot; the item is the nominee.
                number=None if matter.nominee else _number(matter.number),
                title=_title(matter),
                ballot_kind=BallotKind(matter.kind),
                read_fields=["number", "title", "ballot_kind"],
            )
            self._record.session.add(found)
            self._record.session.flush()
            self._items.append(found)
            self._record.touched.add(self._meeting_id)
        elif found.number is None and not matter.nominee and _number(matter.number) and self._is_free(matter):
            found.number = _number(matter.number)
            found.read_fields = sorted({*found.read_fields, "number"})
        return found

    def _is_free(self, matter: "Matter") -> bool:
        return all(item.number != _number(matter.number) for item in self._items)

    def _known(self, matter: "Matter") -> BallotItem | None:
        kind = BallotKind(matter.kind)
        if matter.nominee:
            same = [item for item in self._items if item.title == _title(matter)]
            return same[0] if same else None
        number = _number(matter.number)
        numbered = [item for item in self._items if number and _number(item.number) == number]
        if numbered:
            fits = numbered[0].ballot_kind in {kind, BallotKind.OTHER} or kind is BallotKind.OTHER
            if fits:
                return numbered[0]
            self._record.warnings.append(
                f"item {number} is a {kind.value.replace('_', ' ')} here and another kind of matter in the record"
            )
        return self._unnumbered(matter, kind)

    def _unnumbered(self, matter: "Matter", kind: BallotKind) -> BallotItem | None:
        """Return the item that people entered without a number: by its title, or by a percentage published of it."""
        open_items = [
            item for item in self._items if item.ballot_kind is kind and (item.number is None or not matter.number)
        ]
        by_title = likest(_title(matter), {item.id or 0: item.title for item in open_items})
        if by_title is not None:
            return next(item for item in open_items if item.id == by_title[0])
        by_claim = [item for item in open_items if self._gives_the_claim(item, matter)]
        return by_claim[0] if len(by_claim) == 1 else None

    def _gives_the_claim(self, item: BallotItem, matter: "Matter") -> bool:
        shares = supports(_tally(matter))
        claims = telling_claims(
            Claim(votes.percent_of(row), row.formula, row.claimed_by)
            for row in meetings.claims(self._record.session, item.id or 0)
        )
        return any((found := reconciled(claim, shares)) is not None and found.agrees for claim in claims)


def _keep_matter(record: Record, results: "VotingResults", item: BallotItem, matter: "Matter") -> None:
    owner = item.resolution_id or item.meeting_id
    prefix = "" if item.resolution_id else f"ballot_item:{item.number or item.title}:"
    after = ":preliminary" if results.preliminary else ""
    if matter.choices is not None:
        for choice, count in matter.choices.items():
            if count is not None:
                about = record.about(owner, f"{prefix}{choice}{after}", matter.places.get(choice))
                offers.witness(record.session, record.origin, about, count)
        return
    if matter.for_ is None:
        return
    figures = {COLUMNS[name]: getattr(matter, "for_" if name == "for" else name) for name in COLUMNS}
    places = {
        column: record.about(owner, f"{prefix}{column}{after}", matter.places.get(name))
        for name, column in COLUMNS.items()
    }
    row = _count_of(record, results, item, figures)
    for column, value in figures.items():
        record.offer(row, column, value, places[column])
    if item.resolution_id:
        code = ResolutionCode.VOTED_PRELIM if results.preliminary else ResolutionCode.VOTED_FINAL
        record.step(item.resolution_id, code, _known_on(record, results, item))
        record.tie(item.resolution_id, Relation.VOTES_ON, "It reports the vote on this proposal.")


def _known_on(record: Record, results: "VotingResults", item: BallotItem) -> PartialDate | None:
    """Return the day of the step: the meeting's, but the report's for a final count after a preliminary one."""
    if not results.preliminary and any(row.preliminary for row in meetings.counts(record.session, item.id or 0)):
        return record.filed.filed_on
    return meetings.by_id(record.session, item.meeting_id).held_on


def _count_of(record: Record, results: "VotingResults", item: BallotItem, figures: dict[str, int | None]) -> VoteCount:
    """Return the report of counts that this filing is: the one of its day, or one with the same figures."""
    filed_on = record.filed.filed_on
    assert filed_on is not None  # noqa: S101 - the caller has looked
    stored = [row for row in meetings.counts(record.session, item.id or 0) if row.preliminary == results.preliminary]
    of_the_day = [row for row in stored if row.reported_on == filed_on]
    alike = [
        row
        for row in stored
        if not results.amends and (row.votes_for, row.votes_against) == (figures["votes_for"], figures["votes_against"])
    ]
    if of_the_day or alike:
        return (of_the_day or alike)[0]
    row = VoteCount(
        ballot_item_id=item.id or 0,
        preliminary=results.preliminary,
        reported_on=filed_on,
        form=record.filed.form,
        recorded_at=record.now,
        votes_for=figures["votes_for"],
        read_fields=sorted({"reported_on", "form", "preliminary", "votes_for"}),
    )
    record.session.add(row)
    record.session.flush()
    record.touched.add(item.resolution_id or item.meeting_id)
    return row


def _tally(matter: "Matter") -> Tally:
    return Tally(matter.for_, matter.against, matter.abstain, matter.broker_non_votes)


def _title(matter: "Matter") -> str:
    return f"Election of {matter.nominee}" if matter.nominee else matter.title


def _number(number: str | None) -> str | None:
    """Return a ballot number for comparison: "Item 4." and "4" are one."""
    found = re.search(r"\d+(?:\s*\(?[a-z]\)?|\.\d+)?", (number or "").lower())
    return re.sub(r"[\s()]", "", found[0])[:20] if found else None
