"""A letter, statement, response or contract made of a document: a draft, filled in with what the text says of itself.

Each value taken over has the document as its source, with the words in it; a person checks it and publishes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlmodel import Session

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.vocab import Channel, ContractState, LinkState, PartyRole, Relation
from tracker.filings.letters.letter_parts import LetterParts, letter_parts
from tracker.filings.letters.letter_told import told_letter
from tracker.filings.letters.passages import Found
from tracker.linking.words import slug as slug_of
from tracker.models.base import Base, CampaignObject, ObjectDetail, ObjectState
from tracker.models.contract import Contract
from tracker.models.correspondence import CompanyResponse, Letter, LetterParty, LetterQuestion
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.organization import Organization
from tracker.models.publication import Statement
from tracker.store import document_reading, documents, imports
from tracker.store.corrections import Cause, recording
from tracker.store.document_reading import Read
from tracker.store.engine import reading, writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

KINDS = ("letter", "statement", "company_response", "contract")
NO_DAY = "say when it was, as exactly as you know it: 2018-05-24, 2018-05, 2018"
PUBLISHED = "the day on which the document was published"
_NUMBERS_END = 2**31
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value that the text gives. `key` names it on a form, `quote` are the words it stands in."""

    key: str
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be filled in. `organizations` are those of the archive that are named, as number and name."""

    document: Document
    kind: str
    title: str
    on: Suggestion | None
    respond_by: Suggestion | None
    senders: tuple[Suggestion, ...]
    recipients: tuple[Suggestion, ...]
    questions: tuple[Suggestion, ...]
    organizations: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person takes over: keys of suggestions, and what they typed. Numbers are those of organisations."""

    kind: str
    title: str
    on: str = ""
    respond_by: str = ""
    keep: frozenset[str] = field(default_factory=frozenset)
    organization_id: int | None = None
    agency_id: int | None = None


class MakingError(InputError):
    """What is wrong with which field."""

    def __init__(self, field_name: str, said: str) -> None:
        """Keep the name of the field beside which it is said."""
        super().__init__(said)
        self.field = field_name


def suggested(runtime: Runtime, document_id: int, kind: str) -> Suggested:
    """Return what a document's text gives for an object of a kind; raises NotFoundError, or InputError."""
    _require_kind(kind)
    with reading(runtime.engine) as session:
        read = document_reading.newest(session, document_id)
        named = document_reading.organizations(session, document_id, read.text)
    parts = _parts(read)
    published = read.document.published
    day = Suggestion("on", parts.sent_on[0].isoformat(), parts.sent_on[1].text) if parts.sent_on else None
    if day is None and published is not None:
        day = Suggestion("on", str(published), PUBLISHED)
    letter = kind == "letter"
    return Suggested(
        document=read.document,
        kind=kind,
        title=read.document.title,
        on=day,
        respond_by=Suggestion("respond_by", parts.respond_by[0].isoformat(), parts.respond_by[1].text)
        if letter and parts.respond_by
        else None,
        senders=tuple(_told("sender", parts.senders)) if letter else (),
        recipients=tuple(_told("recipient", parts.recipients)) if letter else (),
        questions=tuple(_told("question", parts.questions)) if letter else (),
        organizations=tuple(named),
    )


def make_draft(runtime: Runtime, document_id: int, chosen: Chosen, *, by: str) -> str:
    """Make a draft of what a person takes over, tie the document to it, and return its slug. One transaction.

    Raises MakingError naming the field that is wrong, NotFoundError where there is no such document.
    """
    _require_kind(chosen.kind)
    found = suggested(runtime, document_id, chosen.kind)
    title = " ".join(chosen.title.split())
    if not title:
        raise MakingError("title", "it needs a title; readers will see it in the timeline")
    on = _day("on", chosen.on)
    respond_by = _day("respond_by", chosen.respond_by)
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, "", document_id)):
        for name, given in (("organization", chosen.organization_id), ("agency", chosen.agency_id)):
            if given is not None and not (0 < given < _NUMBERS_END and session.get(Organization, given) is not None):
                raise MakingError(name, "choose one of the list; the archive has no organisation of this number")
        slug = imports.free_slug(session, slug_of(title)[:_LONGEST_SLUG].strip("-") or chosen.kind.replace("_", "-"))
        spine = CampaignObject(kind=chosen.kind, slug=slug, title=title[:500], state=ObjectState.DRAFT, created_at=now,
                               updated_at=now)  # fmt: skip
        session.add(spine)
        session.flush()
        number = spine.id or 0
        session.add(_detail(number, chosen, on, respond_by))
        session.flush()
        rows, evidence = _filled_in(session, number, found, chosen)
        session.add_all(rows)
        session.add_all(_evidence(number, found.document, evidence, Cause(by, now)))
        for campaign_id in document_reading.campaigns(session, document_id):
            imports.join(session, campaign_id, number)
        session.add(Link(document_id=document_id, object_id=number, relation=Relation.ANNOUNCES,
                         state=LinkState.CONFIRMED, score=1.0, why=f"{by} made it of this document.", made_by=by,
                         decided_by=by, decided_at=now, created_at=now))  # fmt: skip
        documents.show(session, document_id, f"{by} made an object of it.")
        session.flush()
        project(session, object_ids=[number], document_ids=[document_id], clock=runtime.clock)
    return slug


# --- what the text says -----------------------------------------------------------------------------------------------


def _parts(read: Read) -> LetterParts:
    """Return what the letter says of itself; where the document only tells of one, what it tells."""
    own = letter_parts(read.text)
    if own != LetterParts():
        return own
    whole = f"{read.document.title}\n{read.text}"
    return told_letter(whole, [Found(whole[start:end], start, end) for start, end in read.named])


def _told(what: str, places: Collection[Found]) -> Iterator[Suggestion]:
    for place in places:
        yield Suggestion(f"{what}:{place.start}-{place.end}", place.text, place.text)


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise InputError(f"making a {kind!r} of a document: of documents are made {', '.join(KINDS)}".replace("_", " "))


def _day(name: str, typed: str) -> PartialDate | None:
    if not typed.strip():
        return None
    try:
        return PartialDate.parse(typed.strip())
    except (ValueError, InputError) as error:
        raise MakingError(name, f"it cannot be read as a date: {error}") from error


# --- what is written --------------------------------------------------------------------------------------------------


def _detail(number: int, chosen: Chosen, on: PartialDate | None, respond_by: PartialDate | None) -> ObjectDetail:
    """Return what the kind adds to the spine."""
    if chosen.kind == "contract":
        if chosen.organization_id is None:
            raise MakingError("organization", "choose who sells; it has to be in the archive")
        if chosen.agency_id is None:
            raise MakingError("agency", "choose who buys; it has to be in the archive")
        return Contract(id=number, vendor_id=chosen.organization_id, agency_id=chosen.agency_id, starts_on=on,
                        contract_state=ContractState.UNKNOWN)  # fmt: skip
    if on is None:
        raise MakingError("on", NO_DAY)
    if chosen.kind == "letter":
        return Letter(id=number, sent_on=on, respond_by=respond_by)
    if chosen.kind == "statement":
        return Statement(id=number, organization_id=chosen.organization_id, on=on)
    if chosen.organization_id is None:
        raise MakingError("organization", "choose the company that answers; it has to be in the archive")
    return CompanyResponse(id=number, company_id=chosen.organization_id, on=on, channel=Channel.OTHER)


def _filled_in(
    session: Session, number: int, found: Suggested, chosen: Chosen
) -> tuple[list[Base], list[tuple[str, str, str]]]:
    """Return the parts taken over, and evidence for each value: field, value, words in the text."""
    rows: list[Base] = []
    evidence: list[tuple[str, str, str]] = []  # field, value, words in the text
    for name, typed in ((_DAYS[chosen.kind], chosen.on), ("respond_by", chosen.respond_by)):
        said = found.on if name != "respond_by" else found.respond_by
        if typed.strip() and said is not None and said.text == typed.strip():
            evidence.append((name, said.text, said.quote))
    known = document_reading.parties(session, [one.text for one in (*found.senders, *found.recipients)])
    for role, given in ((PartyRole.SENDER, found.senders), (PartyRole.RECIPIENT, found.recipients)):
        for one in (party for party in given if party.key in chosen.keep):
            organization_id, person_id = known.get(one.text.casefold(), (None, None))
            rows.append(LetterParty(letter_id=number, role=role, name=one.text[:300], organization_id=organization_id,
                                    person_id=person_id))  # fmt: skip
            evidence.append((f"letter_party:{role.value}", one.text, one.quote))
    asked = [one for one in found.questions if one.key in chosen.keep]
    for place, one in enumerate(asked, start=1):
        rows.append(LetterQuestion(letter_id=number, number=place, text=one.text))
        evidence.append((f"letter_question:{place}", one.text, one.quote))
    return rows, evidence


_DAYS = {"letter": "sent_on", "statement": "on", "company_response": "on", "contract": "starts_on"}


def _evidence(
    number: int, document: Document, given: Collection[tuple[str, str, str]], cause: Cause
) -> Iterator[Evidence]:
    """Yield the evidence: the words stand in `locator`, and are found again in whichever version has them."""
    for name, value, quote in given:
        dated = quote == PUBLISHED
        yield Evidence(
            object_id=number,
            field=name,
            value=value,
            document_id=document.id,
            url=document.url or "",
            canonical_url=document.canonical_url or "",
            locator="" if dated else f"“{quote}”",
            note=f"{quote[0].upper()}{quote[1:]}." if dated else "",
            read_by=cause.by,
            read_at=cause.now,
        )
