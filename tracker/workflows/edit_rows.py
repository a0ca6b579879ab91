"""A plan's rows written: what a person gives stands against any reader, and each value with the source it rests on."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, select

from tracker.models.base import Base, CampaignObject
from tracker.models.campaign import CampaignMembership
from tracker.models.evidence import Evidence
from tracker.store import typed_names
from tracker.store.evidence import comparable
from tracker.store.evidence_names import evidence_name
from tracker.store.object_forms import FormField, Widget
from tracker.store.object_rows import text_of
from tracker.store.offers import shown
from tracker.store.records import columns, key_columns, moments, update
from tracker.workflows import edit_sources
from tracker.workflows.edit_sources import Reading, Sources, source_names
from tracker.workflows.runtime import Runtime
from tracker.workflows.typed_form import Plan, RowPlan

# Where a number that others of its owner may still have stands until all rows have their new ones.
_ASIDE = 1_000_000_000
# What a row of a list comes to in one value, where its evidence has one name for all it says.
_SAYS = {
    "letter_party": "name", "letter_question": "text", "resolution_status": "on", "exclusion_basis": "argued",
    "insider_holding": "votes", "voting_intention": "intention", "sender_judgement": "insufficient",
    "answer": "assessment", "question_assessment": "grade", "response_search": "where",
}  # fmt: skip


def values_read(session: Session, object_id: int) -> dict[tuple[int, str], set[str]]:
    """Return what was read of an object so far: the values of each field."""
    found: dict[tuple[int, str], set[str]] = {}
    for row in session.exec(select(Evidence).where(Evidence.object_id == object_id)):
        found.setdefault((row.object_id, row.field), set()).add(comparable(row.value))
    return found


class Rows:
    """What writes the rows of one form."""

    def __init__(self, session: Session, runtime: Runtime, sources: Sources, by: str) -> None:
        """Begin with nothing written."""
        self._session, self._runtime, self._sources, self._by = session, runtime, sources, by
        self._now = runtime.clock()

    def without_source(self, plan: Plan, evidence: Mapping[tuple[int, str], set[str]]) -> dict[str, str]:
        """Return a sentence beside each published fact that would change without saying where the new value stands."""
        missing = {}
        for row in plan.rows:
            facts = [one for one in row.changed() if not one.ours]
            if row.out:
                if not self._sources.of(row.path).url:
                    missing[f"{row.path}-out"] = f"{row.part.label if row.part else 'The row'}: {edit_sources.ASKED}"
                continue
            for one in facts:
                if self._sources.of(*source_names(row, one.key)).url or self._was_read(row, one, evidence):
                    continue
                missing[row.name(one.key)] = f"{one.label}: {edit_sources.ASKED}"
        return missing

    def _was_read(self, row: RowPlan, one: FormField, evidence: Mapping[tuple[int, str], set[str]]) -> bool:
        """Return whether a reading that is on record already says what was typed."""
        if row.stored is None or row.values[one.column] is None:
            return False
        name = evidence_name(self._session, self._owner_of(row), row.stored, one.key, own=row.part is None)
        return comparable(self._told(row.stored, one, row.values)) in evidence.get(name, set())

    @staticmethod
    def _owner_of(row: RowPlan) -> int:
        """Return the object that a row of its form belongs to."""
        top = row
        while top.above is not None:
            top = top.above
        return int(getattr(top.stored, "id"))  # noqa: B009 - every row of an object that stands has one

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, plan: Plan, spine: CampaignObject) -> None:
        """Write the rows of a plan, those above before those below, and the evidence of what they say."""
        self._make_room(plan)
        taken_out = [row for row in plan.rows if row.out]
        for row in taken_out:
            self._session.delete(row.stored)
        self._session.flush()
        readings: list[Reading] = []
        for row in plan.rows:
            if row.out:
                continue
            changed = row.changed()
            self._one(row, spine)
            readings += self._readings(row, changed, spine)
        if plan.campaigns is not None:
            self._join(plan.campaigns, spine)
        edit_sources.write(self._session, readings, self._by, self._runtime)

    def _one(self, row: RowPlan, spine: CampaignObject) -> None:
        if row.stored is not None:
            change(row.stored, row.values)
        else:
            owner = {"id": spine.id} if row.part is None else {row.part.owner: self._owner(row, spine)}
            row.stored = row.table(**row.values, **owner, **moments(row.table, self._now))
            self._session.add(row.stored)
        self._session.flush()

    @staticmethod
    def _owner(row: RowPlan, spine: CampaignObject) -> int:
        above = row.above.stored if row.above is not None and row.above.part is not None else None
        return int(getattr(above, "id") if above is not None else spine.id or 0)  # noqa: B009

    def _make_room(self, plan: Plan) -> None:
        """Move numbers out of each other's way: two questions that change places have the same one for a moment."""
        for row in plan.rows:
            if row.part is None or row.stored is None or row.out:
                continue
            for name in key_columns(row.table, row.part.owner) or ():
                if type(row.values.get(name)) is int and not columns(row.table).c[name].foreign_keys:
                    setattr(row.stored, name, _ASIDE + int(getattr(row.stored, "id")))  # noqa: B009
        self._session.flush()

    def _join(self, campaigns: list[int], spine: CampaignObject) -> None:
        mine = select(CampaignMembership).where(CampaignMembership.object_id == spine.id)
        stored = {row.campaign_id: row for row in self._session.exec(mine)}
        for number, row in stored.items():
            if number not in campaigns:
                self._session.delete(row)
        for number in campaigns:
            if number not in stored:
                self._session.add(CampaignMembership(campaign_id=number, object_id=spine.id or 0))
        self._session.flush()

    # --- evidence -----------------------------------------------------------------------------------------------------

    def _readings(self, row: RowPlan, changed: list[FormField], spine: CampaignObject) -> Iterator[Reading]:
        """Yield what is to be put down of the fields of a row that changed, one for each name of evidence."""
        if row.stored is None:
            return
        for one in changed:
            if one.ours:
                continue
            source = self._sources.of(*source_names(row, one.key))
            owner, name = evidence_name(self._session, spine.id or 0, row.stored, one.key, own=row.part is None)
            told = _SAYS.get(one.table)
            value = self._told(row.stored, one, row.values)
            if told is not None and told != one.key:
                said = next(field for field in row.fields if field.key == told)
                value = self._told(row.stored, said, {}) or value
            yield Reading(owner, name, value, source)

    def _told(self, row: Base, one: FormField, values: Mapping[str, Any]) -> str:
        """Return a value as evidence has it."""
        value = values.get(one.column, getattr(row, one.column))
        if one.widget is Widget.NAME and value is not None:
            return typed_names.texts(self._session, [(one.target, value)]).get((one.target, value), "")
        if one.widget is Widget.PERCENTAGE:
            return text_of(row, one, {})
        return "" if value is None else shown(value)


def change(row: Base, values: Mapping[str, Any]) -> None:
    """Set columns to what a person gives: no reader's any more, also where the person says less than the reader did."""
    read = getattr(row, "read_fields", None)
    if read and not values.keys().isdisjoint(read):
        row.read_fields = [name for name in read if name not in values]
    update(row, values)
