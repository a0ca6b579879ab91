"""A proxy statement into the archive: the meeting's dates, shareholder proposals on its ballot, our resolutions.

Every shareholder proposal becomes a ballot item. One that is about what our campaigns follow, or that people already
track, also becomes or completes a resolution, with its texts and its place in the filing.
"""

from datetime import date
from typing import TYPE_CHECKING

from tracker.domain.dates import PartialDate
from tracker.domain.matters import ENOUGH_WORDS, ask_type, ballot_number, likest, shared_words
from tracker.domain.text import excerpt, plural, words
from tracker.domain.vocab import BallotKind, Recommendation, Relation, ResolutionCode
from tracker.models.filing import FilingOutcome
from tracker.models.meeting import BallotItem, Meeting
from tracker.models.organization import Organization
from tracker.models.resolution import Resolution
from tracker.store import filings, imports, meetings, objects, proposals
from tracker.store.filings import Came
from tracker.store.offers import About, Place
from tracker.store.records import Names
from tracker.workflows.filed.ballot import was_taken_out
from tracker.workflows.filed.filers import keep_filers
from tracker.workflows.filed.meeting import meeting_of, offer_entitled
from tracker.workflows.filed.record import Record, item_name

if TYPE_CHECKING:
    from tracker.filings.proxy_statement.statement import ProxyStatement, ShareholderProposal

_LONGEST_SLUG = 110
_TEXTS = {"resolved": "resolved_clause", "supporting_statement": "supporting_statement",
          "board_statement": "board_statement"}  # fmt: skip

# What is stated for next year, and the meeting's column for it.
_NEXT_YEAR = {
    "14a-8": "next_proposals_by",
    "advance_notice": "next_notice_by",
    "proxy_access": "next_access_by",
    "14a-19": "next_universal_by",
}


def keep_proxy(record: Record) -> Came:
    """Write what a proxy statement says of its meeting and its shareholder proposals; return what came of it."""
    statement: ProxyStatement = record.found.value
    if record.company is None:
        return record.unplaced("It is not known which company it is about.")
    if statement.meeting_date is None:
        return record.unplaced("It does not say plainly on which day the meeting is.")
    meeting = meeting_of(record, record.company, statement.meeting_date, statement.places.get("meeting_date"))
    if meeting is None:
        return record.unplaced("A person took the meeting of that day out of the record, or has not published it.")
    _keep_dates(record, meeting, statement)
    ours = 0
    taken: set[int] = set()
    for number, proposal in enumerate(statement.proposals):
        item = _item(record, meeting, proposal, taken)
        if item is None:
            continue
        taken.add(item.id or 0)
        resolution = _resolution(record, meeting, item, proposal, concerning=number in record.found.concerning)
        if resolution is not None:
            ours += 1
            _keep_resolution(record, meeting, resolution, proposal)
    if not statement.proposals:
        return Came(FilingOutcome.WRITTEN, "It has no shareholder proposals.", tuple(record.warnings))
    said = f"{plural(len(statement.proposals), 'shareholder proposal')}, {ours} of them followed, "
    said += f"for the meeting of {meeting.held_on.words()}."
    return Came(FilingOutcome.WRITTEN, said, tuple(record.warnings))


def _keep_dates(record: Record, meeting: Meeting, statement: "ProxyStatement") -> None:
    """Offer the record date, the filing's own day and the days that are stated for next year."""
    stated = {column: _stated(statement, kind) for kind, column in _NEXT_YEAR.items()}
    opens = next((due for due in statement.next_year if due.kind == "advance_notice" and due.opens is not None), None)
    days = {
        "record_date": (statement.record_date, statement.places.get("record_date")),
        "next_notice_from": (opens.opens if opens else None, opens.place if opens else None),
        **stated,
    }
    for column, (day, span) in days.items():
        if day is not None:
            record.offer(meeting, column, PartialDate.day(day), record.about(meeting.id, column, span))
    offer_entitled(record, meeting, statement.entitled)
    record.offer(meeting, "proxy_filed_on", record.filed.filed_on, About(meeting.id, "proxy_filed_on"))


def _stated(statement: "ProxyStatement", kind: str) -> tuple[date | None, tuple[int, int] | None]:
    """Return the one day by which something of this kind must be in, with its place; nothing where several are said."""
    found = [due for due in statement.next_year if due.kind == kind]
    return (found[0].closes, found[0].place) if len({due.closes for due in found}) == 1 else (None, None)


def _item(record: Record, meeting: Meeting, proposal: "ShareholderProposal", taken: set[int]) -> BallotItem | None:
    """Return the proposal's ballot item: by its number, else by its title; made when there is none.

    None for one that a person took out.
    """
    kinds = {BallotKind.SHAREHOLDER_PROPOSAL, BallotKind.OTHER}
    there = meetings.ballot(record.session, meeting.id)
    items = [item for item in there if item.id not in taken and item.ballot_kind in kinds]
    called = ballot_number(proposal.item)
    found = next((item for item in items if called and ballot_number(item.number) == called), None)
    free = called if all(ballot_number(item.number) != called for item in there) else None
    if found is None:
        unnumbered = {
            item.id or 0: item.title
            for item in items
            if item.number is None and item.ballot_kind is BallotKind.SHAREHOLDER_PROPOSAL
        }
        named = likest(f"{proposal.title} {proposal.resolved}", unnumbered)
        found = next((item for item in items if named is not None and item.id == named[0]), None)
    if found is None:
        found = BallotItem(
            meeting_id=meeting.id,
            number=free,
            title=proposal.title,
            ballot_kind=BallotKind.SHAREHOLDER_PROPOSAL,
            read_fields=["ballot_kind", "number", "title"],
        )
        if was_taken_out(record, found, free):
            return None
        record.session.add(found)
        record.session.flush()
        record.touched.add(meeting.id)
    prefix = item_name(found)
    if proposal.item and found.number is None and free:
        record.offer(found, "number", free, record.about(meeting.id, prefix, proposal.places.get("item")))
    about = record.about(meeting.id, f"{prefix}:board_recommendation", proposal.places.get("board_recommendation"))
    if "board_recommendation" in proposal.places:
        record.offer(found, "board_recommendation", Recommendation(proposal.board_recommendation), about)
    return found


def _resolution(
    record: Record, meeting: Meeting, item: BallotItem, proposal: "ShareholderProposal", *, concerning: bool
) -> Resolution | None:
    """Return the proposal's resolution: the ballot's, one that people track for this season, or a new one of ours."""
    company, held = record.company, meeting.held_on.latest or meeting.held_on.earliest
    assert company is not None  # noqa: S101 - the caller has looked
    assert held is not None  # noqa: S101 - a date has one end at least
    if item.resolution_id is not None:
        shown = objects.is_shown(record.session, item.resolution_id)
        return record.session.get_one(Resolution, item.resolution_id) if shown else None
    found = _tracked(record, company, held.year, proposal)
    if found is None and not concerning:
        return None
    if found is None:
        found = _new_resolution(record, company, held.year, proposal)
    filings.read_again(record.session, meeting.id, f"{item_name(item)}:")
    item.resolution_id = found.id
    item.read_fields = sorted({*item.read_fields, "resolution_id"})
    record.session.flush()
    record.touched |= {found.id, meeting.id}
    return found


def _tracked(record: Record, company: Organization, season: int, proposal: "ShareholderProposal") -> Resolution | None:
    """Return the resolution of this season that people already follow, where the proposal's words name it."""
    placed = proposals.on_a_ballot(record.session, company.id or 0)
    rows = {
        row.id: row for row in proposals.of_company(record.session, company.id or 0, season) if row.id not in placed
    }
    wordings = {key: f"{proposals.title_of(record.session, key)} {row.ask}" for key, row in rows.items()}
    named = likest(f"{proposal.title} {proposal.resolved}", wordings, company.name)
    return rows[named[0]] if named is not None else None


def _new_resolution(record: Record, company: Organization, season: int, proposal: "ShareholderProposal") -> Resolution:
    slug = f"{company.slug}-{season}-{'-'.join(words(proposal.title))}"[:_LONGEST_SLUG].rstrip("-")
    slug = imports.free_slug(record.session, slug)
    title = f"{company.name} {season}: {proposal.title}"
    names = Names(record.session)
    spine = {"kind": "resolution", "slug": slug, "title": excerpt(title, 480)}
    object_id, _ = imports.spine(record.session, spine, names, record.now)
    made = Resolution(
        id=object_id,
        company_id=company.id or 0,
        season=season,
        ask_type=ask_type(proposal.title, proposal.resolved),
        ask=excerpt(proposal.title, 480),
        read_fields=["ask", "ask_type", "season"],
    )
    record.session.add(made)
    record.session.flush()
    record.offers.witness(record.about(made.id, "ask", proposal.places.get("title")), made.ask)
    for campaign_id in _campaigns(record, company, proposal):
        imports.join(record.session, campaign_id, made.id)
    return made


def _campaigns(record: Record, company: Organization, proposal: "ShareholderProposal") -> list[int]:
    """Return its campaigns: the one aimed at the company, or of several those that speak of its matter."""
    aimed = meetings.campaigns_aimed_at(record.session, company.id or 0)
    if len(aimed) < 2:
        return list(aimed)
    said = f"{proposal.title} {proposal.resolved}"
    return [key for key, wording in aimed.items() if shared_words(said, wording, company.name) >= ENOUGH_WORDS]


def _keep_resolution(record: Record, meeting: Meeting, resolution: Resolution, proposal: "ShareholderProposal") -> None:
    for name, column in _TEXTS.items():
        record.offer(
            resolution, column, getattr(proposal, name), record.about(resolution.id, column, proposal.places.get(name))
        )
    keep_filers(record, resolution.id, proposal.proponents or ())
    record.step(resolution.id, ResolutionCode.ON_BALLOT, record.filed.filed_on, proposal.places.get("title"))
    record.tie(resolution.id, Relation.DISCLOSES, "It prints this proposal.")
    _suggest_family(record, resolution, proposal, (meeting.held_on.latest or date.max).year)


def _suggest_family(record: Record, resolution: Resolution, proposal: "ShareholderProposal", year: int) -> None:
    """Suggest the family whose earlier proposals say the same. Membership is a judgement: a person decides."""
    if resolution.family_id is not None:
        return
    families = proposals.families_of(record.session, resolution.company_id)
    earlier = [
        row
        for row in proposals.of_company(record.session, resolution.company_id)
        if row.family_id in families and row.season < year
    ]
    wordings: dict[int, str] = {}
    for row in earlier:
        said = f"{proposals.title_of(record.session, row.id)} {row.ask} {row.resolved_clause}"
        wordings[row.family_id or 0] = f"{wordings.get(row.family_id or 0, '')} {said}"
    company = record.company.name if record.company else ""
    found = likest(f"{proposal.title} {proposal.resolved}", wordings, company)
    if found is None:
        return
    family = families[found[0]]
    about = About(resolution.id, "family", Place(), confidence=round(found[1], 3))
    why = f"Suggested: its words are those of “{family.name}” in earlier years. A person decides."
    record.offers.witness(about, family.name, set_aside=why)
