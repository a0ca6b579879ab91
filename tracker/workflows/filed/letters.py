"""Solicitations and letters under Rule 14a-8 into the archive: tied to their resolution where it is certain."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.canonical import organization_key
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import Relation
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import Meeting
from tracker.models.organization import Organization
from tracker.models.resolution import ExclusionBasis, Resolution
from tracker.store import meetings, organizations, proposals
from tracker.store.filings import Came
from tracker.workflows.filed.record import Record

if TYPE_CHECKING:
    from tracker.filings.letters.exempt_solicitation import ExemptSolicitation
    from tracker.filings.letters.no_action import NoActionPaper
    from tracker.filings.letters.passages import Found

_RELATIONS = {"for": Relation.SUPPORTS, "against": Relation.OPPOSES, "withhold": Relation.OPPOSES}
_LETTERS = {"staff_response": Relation.DECIDES, "proponent_response": Relation.RESPONDS_TO}
# Notices for a meeting in spring are sent from the autumn before.
_AUTUMN = 8


def keep_solicitation(record: Record) -> Came:
    """Tie a notice of exempt solicitation to the resolutions it asks votes on."""
    found: ExemptSolicitation = record.found.value
    record.company = record.company or _company_named(record, found.registrant)
    if record.company is None:
        return record.unplaced("It is not known which company it is about.")
    day = found.meeting_date
    meeting = meetings.on_day(record.session, record.company.id or 0, day) if day else _next_meeting(record)
    if meeting is None:
        return record.unplaced("The meeting it is about is not known yet.")
    tied = []
    for item in meetings.ballot(record.session, meeting.id):
        asked = next((one for one in found.items if one.number and one.number == item.number), None)
        if asked is None or item.resolution_id is None or asked.position not in _RELATIONS:
            continue
        who = ", ".join(person.name for person in found.persons) or "its senders"
        record.tie(
            item.resolution_id, _RELATIONS[asked.position], f"{who} ask to vote {asked.position} item {item.number}."
        )
        tied.append(item.number or "")
    if not tied:
        return record.unplaced("No item it speaks of is a resolution that we follow.")
    said = f"It is about item {', '.join(tied)} of the meeting of {meeting.held_on.words()}."
    return Came(FilingOutcome.WRITTEN, said, tuple(record.warnings))


def _next_meeting(record: Record) -> Meeting | None:
    """Return the first meeting on or after the day of filing, within half a year."""
    filed = record.filed.filed_on.earliest if record.filed.filed_on else None
    company = record.company
    if filed is None or company is None:
        return None
    for meeting, _ in meetings.of_company(record.session, company.id or 0):
        held = meeting.held_on.latest
        if held is not None and 0 <= (held - filed).days <= 183:
            return meeting
    return None


def keep_no_action(record: Record) -> Came:
    """Write a company's grounds and staff's answer into the history of the resolution they are about."""
    found: NoActionPaper = record.found.value
    company = _company_named(record, found.company) or record.company
    if company is None:
        return record.unplaced("It is not known which company it is about.")
    if found.day is None:
        return record.unplaced("It bears no date that could be read.")
    resolution = _resolution(record, company.id or 0, found)
    if resolution is None:
        return record.unplaced("No resolution that we follow is surely the one it is about.")
    on = PartialDate.day(found.day)
    if found.code is not None:
        span = (found.outcome_place.start, found.outcome_place.end) if found.outcome_place else None
        record.step(resolution.id, found.code, on, span)
    _keep_grounds(record, resolution, found)
    relation = _LETTERS.get(found.kind, Relation.CHALLENGES)
    record.tie(resolution.id, relation, f"It is a {found.kind.replace('_', ' ')} about this proposal.")
    return Came(FilingOutcome.WRITTEN, f"A {found.kind.replace('_', ' ')} of {on.words()}.", tuple(record.warnings))


def _company_named(record: Record, named: "Found | None") -> Organization | None:
    return organizations.by_key(record.session, organization_key(named.text)) if named else None


def _resolution(record: Record, company_id: int, found: "NoActionPaper") -> Resolution | None:
    """Return the one resolution of the season that a named proponent filed; nobody else's is guessed."""
    assert found.day is not None  # noqa: S101 - the caller has looked
    season = _season(found.day)
    keys = {organization_key(party.name) for party in found.proponents}
    rows = proposals.of_company(record.session, company_id, season)
    by_filer = [
        row for row in rows if keys & {organization_key(name) for name in proposals.filer_names(record.session, row.id)}
    ]
    return by_filer[0] if len(by_filer) == 1 else None


def _season(day: date) -> int:
    return day.year + 1 if day.month >= _AUTUMN else day.year


def _keep_grounds(record: Record, resolution: Resolution, found: "NoActionPaper") -> None:
    stored = {row.paragraph: row for row in proposals.grounds(record.session, resolution.id)}
    for ground in found.grounds:
        if not ground.argued:
            continue
        row = stored.get(ground.paragraph)
        if row is None:
            row = ExclusionBasis(
                resolution_id=resolution.id,
                paragraph=ground.paragraph[:20],
                argued=f"{found.company.text if found.company else 'The company'} argued {ground.paragraph}.",
                read_fields=["argued", "paragraph"],
            )
            if record.taken_out(row, "paragraph", about=(resolution.id,)):
                continue
            record.session.add(row)
            record.session.flush()
            stored[ground.paragraph] = row
            record.touched.add(resolution.id)
        about = record.about(resolution.id, f"exclusion_basis:{ground.paragraph}", (ground.start, ground.end))
        record.offers.witness(about, ground.paragraph)
        if ground.decision is not None:
            for column, value in (("decision", ground.decision.value.replace("_", " ")), ("decided_by", "SEC staff")):
                record.offer(row, column, value, replace(about, name=f"{about.name}:{column}"))
