"""An object made or changed by its form: one transaction that reads, checks, writes, projects and puts evidence down.

What is wrong is told of all fields at once, each by its name on the form, and then nothing is kept.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from sqlmodel import Session, col, select

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, NotFoundError
from tracker.models import kinds
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.event import Event
from tracker.store import filings, imports, object_rows
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.store.object_forms import FormField, form_of
from tracker.store.object_rows import Edited
from tracker.store.records import refused_as_input
from tracker.workflows import edit_merge, edit_rows, edit_sources, project, typed_form
from tracker.workflows.edit_sources import Source, Sources
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime
from tracker.workflows.typed_form import Plan

NEEDS_CAMPAIGN = "Campaigns: choose at least one, or it stands on no timeline"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came: values by their names on it, sources by the fields they are for, the version it shows."""

    values: Mapping[str, str]
    sources: Mapping[str, Source] = field(default_factory=dict)
    version: int = 0


class FormError(InputError):
    """A form that cannot be kept: a sentence for each wrong field, by its name; "" is the form as a whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        """Keep the sentences."""
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a form changes: its label and what stands in it before and after, as the form shows it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept: the object, which fields changed, and rows of the timeline touched."""

    kind: str
    slug: str
    version: int
    changes: tuple[FieldChange, ...]
    events: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """One row of the timeline, as far as somebody who edits looks at it."""

    on: PartialDate
    headline: str

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return the line of an event."""
        return cls(event.on, event.headline)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form would change: its fields, and the timeline; that of a draft as it will be once it is published."""

    changes: tuple[FieldChange, ...]
    added: tuple[EventLine, ...]
    changed: tuple[tuple[EventLine, EventLine], ...]
    dropped: tuple[EventLine, ...]
    draft: bool


class _OnlyLooked(Exception):  # noqa: N818 - no error: it ends a transaction that keeps nothing
    """Everything was tried; nothing is to be kept."""


def create(runtime: Runtime, kind: str, typed: Typed, by: str) -> Saved:
    """Make an object as a draft. Raises FormError with a sentence for each wrong field."""
    with writing(runtime.engine) as session:
        return _Edit(session, runtime, typed, by).new(kind)


def change(runtime: Runtime, slug: str, typed: Typed, by: str) -> Saved:
    """Change an object by the form that was made from one of its versions.

    Raises FormError, EditConflictError where somebody changed the same fields meanwhile, NotFoundError.
    """
    with writing(runtime.engine) as session:
        return _Edit(session, runtime, typed, by).changed(slug)


def preview(runtime: Runtime, kind: str, slug: str | None, typed: Typed, by: str) -> Preview:
    """Return what `create` (no slug) or `change` would do, and keep nothing. Raises what they raise."""
    found: list[Preview] = []
    with suppress(_OnlyLooked), writing(runtime.engine) as session:
        edit = _Edit(session, runtime, typed, by)
        found.append(edit.looked_at(kind, slug))
        raise _OnlyLooked
    return found[0]


@dataclass
class _Edit:
    """One form on its way in."""

    session: Session
    runtime: Runtime
    typed: Typed
    by: str
    _looking: bool = field(default=False, init=False)

    def new(self, kind: str) -> Saved:
        """Write a new object."""
        with recording(self.session, self._cause()):
            spine, changes = self._new(kind)
            done = project.project(self.session, object_ids=[spine.id or 0], clock=self.runtime.clock)
        return Saved(kind, spine.slug, spine.version, changes, done.touched)

    def changed(self, slug: str) -> Saved:
        """Write what changed of an object; a form without a change writes nothing."""
        spine = self._locked(slug)
        with recording(self.session, self._cause()):
            changes = self._change(spine)
            done = project.Projected()
            if changes:
                imports.touch(self.session, spine.id or 0, self.runtime.clock())
                filings.compare_again(self.session, [spine.id or 0])
                done = project.project(self.session, object_ids=[spine.id or 0], clock=self.runtime.clock)
        if changes:
            keep_calendars(self.session, self.runtime)
        return Saved(spine.kind, slug, spine.version, changes, done.touched)

    def looked_at(self, kind: str, slug: str | None) -> Preview:
        """Write it in a transaction that is thrown away, and say what came of it; sources may still be missing."""
        self._looking = True
        if slug is None:
            spine, changes = self._new(kind)
        else:
            spine = self._locked(slug)
            changes = self._change(spine)
        draft = spine.state is ObjectState.DRAFT
        if draft:
            spine.state = ObjectState.PUBLISHED
        self.session.flush()
        events = project.pending(self.session, [spine.id or 0], clock=self.runtime.clock)
        return Preview(
            changes,
            added=tuple(EventLine.of(row) for row in events.add),
            changed=tuple((EventLine.of(before), EventLine.of(after)) for before, after in events.change),
            dropped=tuple(EventLine.of(row) for row in events.drop),
            draft=draft,
        )

    # --- the two ways -------------------------------------------------------------------------------------------------

    def _new(self, kind: str) -> tuple[CampaignObject, tuple[FieldChange, ...]]:
        if kind not in kinds():
            raise NotFoundError(f"making a new {kind!r}: there is no such kind; there are {', '.join(kinds())}")
        plan = typed_form.read(self.session, form_of(kind), self.typed.values, None)
        if not plan.campaigns and object_rows.CAMPAIGNS not in plan.errors:
            plan.errors[object_rows.CAMPAIGNS] = NEEDS_CAMPAIGN
        sources = self._checked(plan, published=False, evidence={})
        now = self.runtime.clock()
        title = str(plan.rows[0].values["title"])
        slug = imports.free_slug(self.session, typed_form.slug_of(title) or kind.replace("_", "-"))
        spine = CampaignObject(
            kind=kind, slug=slug, state=ObjectState.DRAFT, created_at=now, updated_at=now, **plan.rows[0].values
        )
        self.session.add(spine)
        self.session.flush()
        plan.rows[0].stored, plan.rows[0].values = spine, {}
        self._write(plan, spine, sources)
        after = object_rows.load(self.session, spine)
        return spine, tuple(_differences(None, after))

    def _change(self, spine: CampaignObject) -> tuple[FieldChange, ...]:
        before = object_rows.load(self.session, spine)
        now = self.runtime.clock()
        values = edit_merge.merged(self.session, before, self.typed.values, self.typed.version, now)
        plan = typed_form.read(self.session, before.form, values, before)
        joining = plan.campaigns is not None and sorted(plan.campaigns) != sorted(before.campaign_ids)
        if joining and not plan.campaigns:
            plan.errors[object_rows.CAMPAIGNS] = NEEDS_CAMPAIGN
        if not joining:
            plan.campaigns = None
        plan.rows = [row for row in plan.rows if row.changes]
        # What was withdrawn was public, and may be again.
        published = spine.state is not ObjectState.DRAFT and not self._looking
        if (
            published
            and (plan.rows or joining)
            and not any(source.why.strip() for source in self.typed.sources.values())
        ):
            plan.errors[f"{edit_sources.FOR_ALL}~why"] = edit_sources.ASKED_WHY
        evidence = edit_rows.values_read(self.session, spine.id or 0)
        sources = self._checked(plan, published=published, evidence=evidence)
        self._write(plan, spine, sources)
        after = object_rows.load(self.session, spine)
        return tuple(_differences(before, after))

    def _checked(self, plan: Plan, *, published: bool, evidence: Mapping[tuple[int, str], set[str]]) -> Sources:
        """Return the sources of a plan; raise FormError with all that is wrong with fields and sources."""
        sources = Sources(self.session, self.runtime, self.typed.sources)
        rows = edit_rows.Rows(self.session, self.runtime, sources, self.by)
        if published:
            plan.errors |= rows.without_source(plan, evidence)
        for row in plan.rows:
            for one in row.changed():
                sources.of(*edit_sources.source_names(row, one.key))
        errors = plan.errors | sources.errors
        if errors:
            raise FormError(errors)
        return sources

    def _write(self, plan: Plan, spine: CampaignObject, sources: Sources) -> None:
        with refused_as_input(f"{spine.kind.replace('_', ' ')} {spine.slug}"):
            edit_rows.Rows(self.session, self.runtime, sources, self.by).write(plan, spine)

    def _locked(self, slug: str) -> CampaignObject:
        """Return the object, held against rivals until the transaction ends."""
        query = select(CampaignObject).where(col(CampaignObject.slug) == slug).with_for_update()
        spine = self.session.exec(query).first()
        if spine is None:
            raise NotFoundError(f"editing {slug!r}: there is no object with that name")
        if spine.merged_into_id is not None:
            raise InputError(f"editing {slug!r}: it was merged into another object; edit that one")
        return spine

    def _cause(self) -> Cause:
        whys = dict.fromkeys(source.why.strip() for source in self.typed.sources.values() if source.why.strip())
        return Cause(self.by, self.runtime.clock(), " ".join(whys)[:2000])


def _differences(before: Edited | None, after: Edited) -> Iterator[FieldChange]:
    """Yield every field that another text stands in; rows by what they are, wherever they stand on the form."""
    was = dict(_told(before)) if before else {}
    now = dict(_told(after))
    for key in [*was, *(key for key in now if key not in was)]:
        (label, one), (_, other) = was.get(key, ("", "")), now.get(key, ("", ""))
        if one != other:
            yield FieldChange(label or now[key][0], one, other)
    if (before.campaigns if before else ()) != after.campaigns:
        yield FieldChange("Campaigns", ", ".join(before.campaigns if before else ()), ", ".join(after.campaigns))


def _told(edited: Edited) -> Iterator[tuple[tuple[str, int, str], tuple[str, str]]]:
    for placed in edited.rows:
        number = placed.row.id  # type: ignore[attr-defined]
        for one in placed.fields:
            text = _in_words(one, edited.values[placed.name(one.key)])
            label = f"{placed.part.label}: {one.label}" if placed.part else one.label
            yield (str(placed.row.__tablename__), number, one.key), (label, text)


def _in_words(one: FormField, text: str) -> str:
    return dict(one.choices).get(text, text)
