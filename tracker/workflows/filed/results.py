"""Voting results into the archive: the meeting, its ballot, every count with its place, steps of resolutions.

Preliminary and final counts and those of an amendment stay apart; an amendment speaks only of the matters it restates.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.dates import PartialDate
from tracker.domain.text import plural
from tracker.domain.vocab import Relation, ResolutionCode
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.store import meetings, objects
from tracker.store.filings import Came
from tracker.store.offers import About
from tracker.workflows.filed.ballot import Ballot
from tracker.workflows.filed.meeting import meeting_of, offer_entitled
from tracker.workflows.filed.moved import keep_moved
from tracker.workflows.filed.record import TAKEN_OUT, Record, item_name

if TYPE_CHECKING:
    from tracker.filings.voting_results.results import Matter, VotingResults

# Columns of a count by the names that the reader gives its figures.
COLUMNS = {
    "for": "votes_for",
    "against": "votes_against",
    "withheld": "votes_withheld",
    "abstain": "votes_abstain",
    "broker_non_votes": "broker_non_votes",
}


def keep_results(record: Record) -> Came:
    """Write what an 8-K says of a meeting's votes; return what came of it."""
    results: VotingResults = record.found.value
    if not results.matters and record.found.moved is not None:
        return keep_moved(record)
    if not results.matters:
        return Came(FilingOutcome.NOTHING, "It reports no votes.", tuple(record.warnings))
    if record.company is None:
        return record.unplaced("It is not known which company it is about.")
    if results.meeting_date is None or record.filed.filed_on is None:
        return record.unplaced("It does not say on which day the meeting was.")
    meeting = meeting_of(record, record.company, results.meeting_date, None)
    if meeting is None:
        return record.unplaced("A person took the meeting of that day out of the record, or has not published it.")
    offer_entitled(record, meeting, results.entitled)
    results = _possible(record, meeting, results)
    report = _Report(record, results, record.filed.filed_on, meetings.counts(record.session, meeting.id))
    items = Ballot(record, meeting.id, results.matters).items()
    for matter, item in zip(results.matters, items, strict=True):
        if item is not None:
            report.keep(item, matter)
    said = f"{plural(len(results.matters), 'matter')} voted on at the meeting of {meeting.held_on.words()}."
    if record.differs:
        said += f" {plural(record.differs, 'figure')} found other than people gave; theirs stand."
    return Came(FilingOutcome.WRITTEN, said, tuple(record.warnings))


def _possible(record: Record, meeting: Meeting, results: "VotingResults") -> "VotingResults":
    """Return the results without counts beyond the votes that the record has for the meeting, and warn of these."""
    from tracker.filings.voting_results.checks import without_impossible  # noqa: PLC0415 - loaded where it is needed

    entitled = meeting.votes_entitled
    if "votes_entitled" in meeting.read_fields and results.entitled is None:
        # A meeting that was moved may have another record date than the one at which the votes were counted.
        entitled = None if meetings.was_moved(record.session, meeting.id) else entitled
    stands = without_impossible(results, entitled)
    record.warnings += [warning for warning in stands.warnings if warning not in record.warnings]
    return stands


@dataclass
class _Report:
    """One 8-K's counts on their way into the record. `stored` has the counts known already by their items' ids."""

    record: Record
    results: "VotingResults"
    filed_on: PartialDate
    stored: dict[int, list[VoteCount]]

    def keep(self, item: BallotItem, matter: "Matter") -> None:
        """Write one matter's counts."""
        record, after = self.record, ":preliminary" if self.results.preliminary else ""
        owner = item.resolution_id or item.meeting_id
        prefix = "" if item.resolution_id else f"{item_name(item)}:"
        if matter.choices is not None:
            for choice, count in matter.choices.items():
                if count is not None:
                    about = record.about(owner, f"{prefix}{choice}{after}", matter.places.get(choice))
                    record.offers.witness(about, count)
            return
        if matter.for_ is None:
            return
        figures = {COLUMNS[name]: getattr(matter, "for_" if name == "for" else name) for name in COLUMNS}
        places = {
            column: record.about(owner, f"{prefix}{column}{after}", matter.places.get(name))
            for name, column in COLUMNS.items()
        }
        row = self._count_of(item, figures)
        if row is None:
            for column, value in figures.items():
                if value is not None:
                    record.offers.differs_from("", places[column], value, TAKEN_OUT)
            return
        if row.form.endswith("/A") and "form" in row.read_fields and not self._amends:
            self._set_aside(figures, places, "The amendment of the same day says otherwise.")
            return
        for column, value in figures.items():
            record.offer(row, column, value, places[column])
        if "form" in row.read_fields:
            row.form = record.filed.form
        if item.resolution_id and objects.is_shown(record.session, item.resolution_id):
            code = ResolutionCode.VOTED_PRELIM if self.results.preliminary else ResolutionCode.VOTED_FINAL
            record.step(item.resolution_id, code, self._known_on(item))
            record.tie(item.resolution_id, Relation.VOTES_ON, "It reports the vote on this proposal.")

    def _set_aside(self, figures: dict[str, int | None], places: dict[str, About], why: str) -> None:
        for column, value in figures.items():
            if value is not None:
                self.record.offers.witness(places[column], value, set_aside=why)

    @property
    def _amends(self) -> bool:
        return self.results.amends or self.record.filed.form.endswith("/A")

    def _known_on(self, item: BallotItem) -> PartialDate | None:
        """Return the day of the step: the meeting's, but the report's for a final count after a preliminary one."""
        counts = self.stored.get(item.id or 0, ())
        if not self.results.preliminary and any(row.preliminary for row in counts):
            return self.filed_on
        return PartialDate.day(self.results.meeting_date) if self.results.meeting_date else None

    def _count_of(self, item: BallotItem, figures: dict[str, int | None]) -> VoteCount | None:
        """Return the report of counts that this filing is: the one of its day, or what people entered of this vote.

        None for one that a person took out.
        """
        record, preliminary = self.record, self.results.preliminary
        counts = self.stored.setdefault(item.id or 0, [])
        stored = [row for row in counts if row.preliminary == preliminary]
        of_the_day = [row for row in stored if row.reported_on == self.filed_on]
        # People may have entered this report under another day; only an amendment is surely another report.
        theirs = [row for row in stored if not self._amends and "reported_on" not in row.read_fields]
        told = figures["votes_for"], figures["votes_against"]
        theirs.sort(key=lambda row: (row.votes_for, row.votes_against) != told)
        if of_the_day or theirs:
            return (of_the_day or theirs)[0]
        row = VoteCount(
            ballot_item_id=item.id or 0,
            preliminary=preliminary,
            reported_on=self.filed_on,
            form=record.filed.form,
            recorded_at=record.now,
            votes_for=figures["votes_for"],
            read_fields=sorted({"reported_on", "form", "preliminary", "votes_for"}),
        )
        same = "ballot_item_id", "reported_on", "preliminary"
        if record.taken_out(row, *same, about=(item.resolution_id, item.meeting_id)):
            return None
        record.session.add(row)
        counts.append(row)
        record.touched.add(item.resolution_id or item.meeting_id)
        return row
