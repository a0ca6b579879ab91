"""Commitments: written down when one is made for a withdrawal, and each time a side says what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlmodel import Session, func, select

from tracker.domain import typed_dates
from tracker.domain.canonical import canonical_url
from tracker.domain.commitments import Side
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import CommitmentState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import CampaignMembership
from tracker.models.commitment import Commitment, CommitmentView
from tracker.models.evidence import Evidence
from tracker.models.resolution import Resolution
from tracker.store import addresses, imports, typed_names
from tracker.store.corrections import Cause, recording
from tracker.store.csv_judge import slug_of
from tracker.store.engine import writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

LONGEST_TITLE, LONGEST_NAME = 500, 300


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as a form has it: what, for which resolution, made when, due when, and where that stands."""

    title: str
    made_for: str = ""
    company: str = ""
    summary: str = ""
    made_on: str = ""
    due_on: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a side says as a form has it. `settles`: it is how the archive holds the promise to stand from then on."""

    side: str
    state: str
    on: str
    url: str
    by: str = ""
    said: str = ""
    settles: bool = False


class FieldsError(InputError):
    """Fields of a form that cannot be read: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        """Keep the sentences."""
        super().__init__("; ".join(f"{name}: {says}" for name, says in fields.items()))
        self.fields = fields


def make(runtime: Runtime, given: Promise, by: str, *, publish: bool = False) -> str:
    """Write a promise down and return its slug; it stands on the timelines of its resolution's campaigns.

    Raises FieldsError for fields that cannot be read.
    """
    now = runtime.clock()
    with writing(runtime.engine) as session:
        values, spine = _read(session, given)
        slug = imports.free_slug(session, slug_of(given.title) or "commitment")
        row = CampaignObject(kind="commitment", slug=slug, **spine, created_at=now, updated_at=now,
                             state=ObjectState.PUBLISHED if publish else ObjectState.DRAFT)  # fmt: skip
        with recording(session, Cause(by, now, "A commitment was written down.", url=given.url)):
            session.add(row)
            session.flush()
            number = row.id or 0
            session.add(Commitment(id=number, **values))
            of_resolution = select(CampaignMembership.campaign_id).where(
                CampaignMembership.object_id == values["made_for_id"]
            )
            for campaign_id in session.exec(of_resolution).all():
                imports.join(session, campaign_id, number)
            for field in ("title", "made_on", "due_on"):
                if text := getattr(given, field):
                    canonical = canonical_url(given.url) or given.url
                    session.add(Evidence(object_id=number, field=field, value=text, url=given.url, read_by=by,
                                         canonical_url=canonical, read_at=now,
                                         document_id=addresses.of(session, [canonical]).get(canonical)))  # fmt: skip
            session.flush()
            project(session, object_ids=[number], clock=runtime.clock)
    return slug


def _read(session: Session, given: Promise) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of a promise and of its spine."""
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {"due_on": None, "made_for_id": None}
    ways: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
        ("made_on", "made_on", typed_dates.read),
        ("due_on", "due_on", typed_dates.read),
        ("made_for", "made_for_id", partial(typed_names.find, session, "campaign_object")),
        ("company", "company_id", partial(typed_names.find, session, "organization")),
    )
    for field, column, read in ways:
        if text := getattr(given, field).strip():
            try:
                values[column] = read(text)
            except InputError as error:
                wrong[field] = str(error)
    resolution = session.get(Resolution, values["made_for_id"] or 0)
    if resolution is not None:
        values.setdefault("company_id", resolution.company_id)
    _needed(given, values, wrong, is_resolution=resolution is not None)
    if wrong:
        raise FieldsError(wrong)
    return values, {"title": given.title.strip(), "summary": given.summary.strip()}


def _needed(given: Promise, values: Mapping[str, Any], wrong: dict[str, str], *, is_resolution: bool) -> None:
    """Say in `wrong` what a promise cannot be without."""
    if values["made_for_id"] and not is_resolution:
        wrong["made_for"] = "that is no resolution; name the resolution that was withdrawn"
    if "made_on" not in values:
        wrong.setdefault("made_on", "say when it was made, as far as it is known")
    if "company_id" not in values and "made_for" not in wrong:
        wrong.setdefault("company", "name the resolution or the company")
    if not given.title.strip() or len(given.title) > LONGEST_TITLE:
        wrong["title"] = f"say in one line of at most {LONGEST_TITLE} characters what was promised"
    if not given.url.startswith(("http://", "https://")):
        wrong["url"] = "give the address where the promise stands"


def add_view(runtime: Runtime, slug: str, version: int, given: View, by: str) -> None:
    """Keep what a side says became of a promise; earlier views stay.

    Raises FieldsError for fields that cannot be read, ConflictError when the promise was changed since the form's
    `version`, and changes nothing then.
    """
    now = runtime.clock()
    with writing(runtime.engine) as session:
        query = select(CampaignObject).where(CampaignObject.slug == slug, CampaignObject.kind == "commitment")
        spine = session.exec(query).first()
        if spine is None:
            raise NotFoundError(f"there is no commitment {slug!r}")
        if spine.version != version:
            raise ConflictError(
                "somebody changed this commitment while the form was open; what you typed is kept below"
            )
        row = session.get_one(Commitment, spine.id)
        side, state, on = _view(given)
        number = session.exec(
            select(func.max(CommitmentView.number)).where(
                CommitmentView.commitment_id == row.id, CommitmentView.side == side
            )
        ).one()
        with recording(session, Cause(by, now, "A side said what became of the commitment.", url=given.url)):
            session.add(
                CommitmentView(commitment_id=row.id, side=side, number=(number or 0) + 1, state=state, on=on,
                               by=given.by.strip(), said=given.said.strip(), url=given.url.strip(), recorded_at=now)
            )  # fmt: skip
            if given.settles:
                row.kept = state
                is_open = state in {CommitmentState.PENDING, CommitmentState.NONE}
                row.settled_on = None if is_open else on
            session.flush()
            imports.touch(session, row.id, now)
            touched = [row.id] + ([row.made_for_id] if row.made_for_id else [])
            project(session, object_ids=touched, clock=runtime.clock)


def _view(given: View) -> tuple[Side, CommitmentState, PartialDate]:
    wrong: dict[str, str] = {}
    on = None
    try:
        on = typed_dates.read(given.on)
    except InputError as error:
        wrong["on"] = str(error)
    if given.side not in set(Side):
        wrong["side"] = "choose whose view it is"
    if given.state not in set(CommitmentState):
        wrong["state"] = "choose what that side finds"
    if not given.url.startswith(("http://", "https://")):
        wrong["url"] = "give the address where they say so"
    if len(given.by) > LONGEST_NAME:
        wrong["by"] = f"a name has at most {LONGEST_NAME} characters"
    if wrong or on is None:
        raise FieldsError(wrong)
    return Side(given.side), CommitmentState(given.state), on
