"""Two objects that are one: the first stays, the other leads to it. Nothing is deleted, and it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from tracker.domain.corrections import is_nothing
from tracker.domain.errors import InputError
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.evidence import Evidence
from tracker.models.merge import Merge
from tracker.store import imports, merges, moving, objects
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.store.merges import Field
from tracker.store.records import update
from tracker.workflows.project import project
from tracker.workflows.publish import keep_calendars
from tracker.workflows.runtime import Runtime


class Side(StrEnum):
    """Whose value stays."""

    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two objects by their slugs and the versions somebody looked at: `kept` stays, `gone` leads to it."""

    kept: str
    gone: str
    kept_version: int
    gone_version: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: values moved, and rows that were there twice and are shown once."""

    moved: int
    doubles: int


class UndecidedError(InputError):
    """A merge of objects that differ where nobody said which value stays; `fields` has each of them."""

    def __init__(self, gone: str, fields: list[Field]) -> None:
        """Name every field that is to be chosen."""
        names = ", ".join(one.name.removesuffix("_id").replace("_", " ") for one in fields)
        super().__init__(f"merging “{gone}”: the two differ; say which value stays for: {names}")
        self.fields = fields


def merge(runtime: Runtime, pair: Pair, choices: Mapping[str, Side], *, by: str, why: str) -> Merged:
    """Make one object of two of a kind, in one transaction.

    Parts, links, evidence, answers, votes and followers are led to the one that stays; where it has the same already,
    that stands once. `choices` says for each field in which both say something else whose value stays; what one alone
    says stays. Raises NotFoundError, ConflictError where one changed meanwhile, UndecidedError where a choice is
    missing, InputError where the two are no two of one kind, one is merged already, or there is no reason.
    """
    why = " ".join(why.split())
    if not why:
        raise InputError(f"merging {pair.gone!r} into {pair.kept!r}: say why the two are one; it stands with the merge")
    cause = Cause(by, runtime.clock(), why)
    with writing(runtime.engine) as session:
        with recording(session, cause):
            kept, gone = _both(session, pair)
            moves = moving.Moves(session)
            _choose(session, kept, gone, choices, moves)
            names = [name for name in (gone.title, *gone.aliases) if name not in {kept.title, *kept.aliases}]
            moves.set(kept, "aliases", [*kept.aliases, *dict.fromkeys(names)])
            moves.lead(gone, kept)
            _choose_evidence(session, kept, choices, cause, moves)
            moves.set(gone, "merged_into_id", kept.id)
            session.add(Merge(kept_id=kept.id, gone_id=gone.id, why=why, moved=moves.done, made_by=by,
                              made_at=cause.now))  # fmt: skip
        _show(session, runtime, kept, gone)
        return Merged(len(moves.done), moves.twins)


def unmerge(runtime: Runtime, slug: str, *, by: str, why: str) -> int:
    """Undo the merge by which an object leads to another; return how many values stay, for they were changed since.

    Raises NotFoundError where there is no such object, InputError where it was not merged here, or without a reason.
    """
    why = " ".join(why.split())
    if not why:
        raise InputError(f"undoing the merge of {slug!r}: say why the two are not one")
    with writing(runtime.engine) as session:
        gone = objects.by_slug(session, slug)
        done = merges.standing(session, gone.id or 0)
        if done is None or done.kept_id is None:
            raise InputError(f"undoing the merge of {slug!r}: it was not merged here, so nothing can be put back")
        kept = session.get_one(CampaignObject, done.kept_id)
        with recording(session, Cause(by, runtime.clock(), why)):
            left = moving.put_back(session, done.moved)
            done.undone_by, done.undone_why, done.undone_at = by, why, runtime.clock()
        _show(session, runtime, kept, gone)
        return len(left)


def _both(session: Session, pair: Pair) -> tuple[CampaignObject, CampaignObject]:
    """Return the two, held until the end; always in one order, so that no two merges wait for each other."""
    wanted = sorted([(pair.kept, pair.kept_version), (pair.gone, pair.gone_version)])
    found = {slug: objects.of_version(session, slug, version) for slug, version in wanted}
    kept, gone = found[pair.kept], found[pair.gone]
    what = f"merging “{gone.title}” into “{kept.title}”"
    if kept.id == gone.id:
        raise InputError(f"{what}: they are one already")
    if kept.kind != gone.kind:
        raise InputError(f"{what}: one is a {gone.kind.replace('_', ' ')}, the other a {kept.kind.replace('_', ' ')}")
    for one in (kept, gone):
        if one.merged_into_id is not None:
            raise InputError(f"{what}: “{one.title}” was merged into another before; merge that one")
    if kept.state is ObjectState.WITHDRAWN or (kept.state is ObjectState.DRAFT and gone.state is not ObjectState.DRAFT):
        raise InputError(f"{what}: readers do not see “{kept.title}”, and would lose the other; keep that one instead")
    return kept, gone


def _choose(
    session: Session, kept: CampaignObject, gone: CampaignObject, choices: Mapping[str, Side], moves: moving.Moves
) -> None:
    """Let the values stay that were chosen, and those that one of the two alone has."""
    fields = list(merges.fields(session, kept, gone))
    if undecided := [one for one in fields if one.differs and one.name not in choices]:
        raise UndecidedError(gone.title, undecided)
    detail = merges.detail_of(session, kept)
    for one in fields:
        row = kept if one.name in {"title", "summary"} else detail
        taken = choices.get(one.name) is Side.GONE if one.differs else is_nothing(one.kept)
        if taken and not is_nothing(one.gone):
            moves.set(row, one.name, one.gone)
            update(row, {one.name: one.gone})  # a person chose it: no reader fills in another


def _choose_evidence(
    session: Session, kept: CampaignObject, choices: Mapping[str, Side], cause: Cause, moves: moving.Moves
) -> None:
    """Let the evidence of the chosen values be the chosen one; of the others all stays, with the reason."""
    came = {move["key"][0] for move in moves.done if (move["table"], move["column"]) == ("evidence", "object_id")}
    names = {spelled: side for name, side in choices.items() for spelled in (name, name.removesuffix("_id"))}
    rows = session.exec(select(Evidence).where(Evidence.object_id == kept.id).order_by(col(Evidence.id))).all()
    for row in rows:
        side = names.get(row.field)
        if side is None:
            continue
        chosen = (row.id in came) is (side is Side.GONE)
        if row.chosen and not chosen:
            moves.set(row, "chosen", False)
            moves.set(row, "note", "; ".join(filter(None, (row.note, f"Set aside in a merge: {cause.why}"))))
        elif chosen:
            moves.set(row, "chosen", True)


def _show(session: Session, runtime: Runtime, *both: CampaignObject) -> None:
    """Bring up to date whatever shows one of the two."""
    session.flush()
    for one in both:
        imports.touch(session, one.id or 0, runtime.clock())
    project(session, object_ids=[one.id or 0 for one in both], clock=runtime.clock)
    keep_calendars(session, runtime)
