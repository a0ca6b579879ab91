"""Accepting many suggestions at once: how many, which ones, what it would change, and how such acts went."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.accounts import may
from tracker.domain.errors import ConflictError, InputError
from tracker.domain.kept_rates import BANDS, END, Fared, band
from tracker.domain.vocab import EventType, Relation, Role
from tracker.models.bulk import BulkAct
from tracker.store import bulk_acts, campaigns, kept_rates
from tracker.store.bulk_acts import Asked
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later
from tracker.workflows import bulk_accept
from tracker.workflows.bulk_accept import LEAST_SCORE, MOST
from tracker.workflows.foresee_bulk import Figures, foresee_all

bp = Blueprint("bulk", __name__, url_prefix="/review/bulk")

A_PAGE = 20
SAMPLE = 10
WINDOW = timedelta(days=365)  # of the kept rate that is shown beside
# How long an answer may take; what is left is gone on with by the job, or the button.
AT_ONCE_SECONDS = 3.0
LONGEST_NOTE, LONGEST_RULE = 2000, 120
BEGINNINGS = tuple(start for start in BANDS if start >= LEAST_SCORE)
ENDS = (*(start for start in BANDS if start > LEAST_SCORE), END)
ACTS = later("Accept many")

review_tabs.TABS.append(
    review_tabs.Tab(ACTS, "bulk.index", lambda session: len(bulk_acts.unfinished(session)), order=80)
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would take in: its sample, what timelines would have otherwise, how such suggestions fared."""

    count: int
    sample: list[bulk_acts.Sample]
    figures: Figures
    names: dict[int, tuple[str, str]]
    fared: Fared
    of_rule: Fared


@bp.get("")
@needs(Role.EDITOR)
def index() -> str:
    """Let somebody choose whose suggestions, and show what accepting them all would do."""
    return _page(_asked())


@bp.post("")
@needs(Role.EDITOR)
def begin() -> Response | tuple[str, int]:
    """Accept them all, when the count is typed; what is missing or no longer so is shown again."""
    who = signed_in().name
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    try:
        asked = _chosen()
        act_id = bulk_accept.begin(pages.runtime(), asked, confirmed=request.form.get("count", ""), by=who, note=note)
    except ConflictError as error:
        return _page(_asked(), {"count": str(error)}), 409
    except InputError as error:
        return _page(_asked(), {"count": str(error)}), 422
    return _carry_on(act_id)


@bp.get("/<id:act_id>")
@needs(Role.EDITOR)
def act(act_id: int) -> str:
    """Show an act: how far it has come, what was left out and why."""
    return _act_page(act_id)


@bp.post("/<id:act_id>/go-on")
@needs(Role.EDITOR)
def go_on(act_id: int) -> Response:
    """Go on with an act that is not done."""
    return _carry_on(act_id)


@bp.post("/<id:act_id>/undo")
@needs(Role.EDITOR)
def undo(act_id: int) -> Response | tuple[str, int]:
    """Undo every decision of an act; those on which others decided since stay, and are named."""
    who = signed_in()
    try:
        bulk_accept.undo(pages.runtime(), act_id, by=who.name, of_others=may(who.role, Role.PUBLISHER))
    except ConflictError as error:
        return _act_page(act_id, str(error)), 409
    except InputError as error:
        return _act_page(act_id, str(error)), 422
    return _carry_on(act_id)


def _carry_on(act_id: int) -> Response:
    with pages.reading() as session:
        _known(session, act_id)
    done = bulk_accept.carry_on(pages.runtime(), act_id, seconds=AT_ONCE_SECONDS)
    if done:
        flash(gettext("Done: every link of the act was looked at."))
    return redirect(url_for("bulk.act", act_id=act_id), code=303)


def _act_page(act_id: int, trouble: str = "") -> str:
    with pages.reading() as session:
        found = _known(session, act_id)
        progress = bulk_acts.progress(session, [act_id]).get(act_id) or bulk_acts.Progress(0, 0, 0, 0, 0)
        not_done = bulk_acts.not_done(session, act_id)
        tabs = queue_tabs.counted(session)
    who = signed_in()
    may_undo = found.undo_begun_at is None and (found.begun_by == who.name or may(who.role, Role.PUBLISHER))
    return render_template(
        "queues/act.html", act=found, progress=progress, not_done=not_done, tabs=tabs, may_undo=may_undo,
        trouble=trouble, working=_is_working(found),
    )  # fmt: skip


def _page(asked: Asked | None, errors: dict[str, str] | None = None) -> str:
    before = pages.key_argument(1)
    with pages.reading() as session:
        preview = _preview(session, asked) if asked else None
        rules = bulk_acts.rules(session)
        acts = bulk_acts.acts(session, before=pages.row_number(before[0]) if before else None, limit=A_PAGE + 1)
        progress = bulk_acts.progress(session, [row.id or 0 for row in acts])
        tabs = queue_tabs.counted(session)
    return render_template(
        "queues/bulk.html",
        asked=asked,
        preview=preview,
        rules=rules,
        acts=pages.page_of(acts, A_PAGE, lambda row: (str(row.id),)),
        progress=progress,
        tabs=tabs,
        beginnings=BEGINNINGS,
        ends=ENDS,
        relations=list(Relation),
        event_types=list(EventType),
        most=MOST,
        same=_same(asked),
        errors=errors or {},
        typed=request.form,
        working=_is_working,
    )


def _preview(session: pages.Session, asked: Asked) -> Preview:
    number = bulk_acts.count(session, asked)
    ties = bulk_acts.ties(session, asked) if number <= MOST else []
    figures = foresee_all(session, ties)
    rows = kept_rates.counted(session, since=pages.now() - WINDOW, rule=asked.rule)
    inside = [row for row in rows if asked.score_from <= row.band < asked.score_below]
    return Preview(
        count=number,
        sample=bulk_acts.sample(session, asked, SAMPLE) if number else [],
        figures=figures,
        names={row.id or 0: (row.slug, row.title) for row in campaigns.every(session)},
        fared=sum((row.fared for row in inside), Fared()),
        of_rule=sum((row.fared for row in rows), Fared()),
    )


def _asked() -> Asked | None:
    """Read whose suggestions are meant from the address; None where nothing is chosen yet."""
    rule = request.args.get("rule", "")[:LONGEST_RULE]
    if not rule:
        return None
    start, end = _score("from", BEGINNINGS, BEGINNINGS[-1]), _score("below", ENDS, END)
    if start >= end:
        raise InputError(gettext("The band of scores ends before it begins: choose a lower beginning or a higher end."))
    relations = pages.codes("relation", Relation) if request.args.get("relation") else ()
    types = pages.codes("type", EventType) if request.args.get("type") else ()
    return Asked(rule, start, end, next(iter(relations), None), next(iter(types), None))


def _chosen() -> Asked:
    asked = _asked()
    if asked is None:
        raise InputError(gettext("Choose whose suggestions to accept."))
    return asked


def _score(name: str, allowed: tuple[float, ...], default: float) -> float:
    text = request.args.get(name, "")
    if not text:
        return default
    found = next((score for score in allowed if text == f"{score:.2f}"), None)
    if found is None:
        raise InputError(gettext("The scores begin and end at %(allowed)s.") % {
            "allowed": ", ".join(f"{score:.2f}" for score in allowed)
        })  # fmt: skip
    return found


def _same(asked: Asked | None) -> str:
    """Return the address of this choice, for the form that confirms it."""
    if asked is None:
        return ""
    given: dict[str, Any] = {
        "rule": asked.rule,
        "from": f"{asked.score_from:.2f}",
        "below": f"{asked.score_below:.2f}",
        "relation": asked.relation and asked.relation.value,
        "type": asked.event_type and asked.event_type.value,
    }
    return f"{url_for('bulk.begin')}?{urlencode({name: value for name, value in given.items() if value})}"


def _known(session: pages.Session, act_id: int) -> BulkAct:
    found = bulk_acts.act(session, act_id)
    if found is None:
        raise MissingPage(gettext("No act has the number %(number)s.") % {"number": act_id})
    return found


def _is_working(row: BulkAct) -> bool:
    """Return whether something of an act, or of its undoing, is still to be done."""
    return row.undone_at is None if row.undo_begun_at is not None else row.finished_at is None


@bp.app_template_filter("rule_words")
def rule_words(rule: str) -> str:
    """Return the name of a rule as people read it."""
    return rule.removeprefix("rule:").replace("_", " ")


@bp.app_template_filter("band_words")
def band_words(start: float) -> str:
    """Return a band of scores by where it begins: "0.60 to 0.70"."""
    return scores_words(*band(start))


@bp.app_template_filter("scores_words")
def scores_words(start: float, end: float) -> str:
    """Return scores from one on and below another in words."""
    low, high = f"{start:.2f}", f"{end:.2f}"
    if end >= END:
        return gettext("%(from)s and above") % {"from": low}
    return gettext("%(from)s to below %(to)s") % {"from": low, "to": high}
