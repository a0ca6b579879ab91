"""Making and changing objects: a form made from the model, a look at what it will change, and what two people changed.

A form is sent to its own address. `do` says what for: to look, to keep, one more row, a row moved up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from tracker.domain.errors import InputError
from tracker.domain.text import one_line
from tracker.domain.vocab import Role
from tracker.models import kinds
from tracker.store import campaigns, drafts, object_rows, objects, typed_names
from tracker.store.evidence import FieldEvidence
from tracker.store.evidence_names import evidence_of_form
from tracker.store.object_forms import ObjectForm, Widget, form_of
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.editing import typed
from tracker.web.language import gettext
from tracker.workflows import edit, typed_values
from tracker.workflows.edit import FormError, Preview, Typed
from tracker.workflows.edit_merge import EditConflictError

bp = Blueprint("edit", __name__)

LOOK, KEEP, MORE, UP, USE = "look", "keep", "more:", "up:", "use:"
THEIRS, CHOICE = "theirs~", "stand~"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the fields of a form: evidence by field, names to choose from, campaigns as (slug, title)."""

    evidence: Mapping[str, FieldEvidence]
    names: Mapping[str, list[str]]
    campaigns: list[tuple[str, str]]


@bp.context_processor
def _words() -> dict[str, Any]:
    """Give templates what puts labels of the model into the reader's language, also those with a percent sign."""
    return {"say": gettext}


@bp.get("/edit")
@needs(Role.EDITOR)
def index() -> str:
    """Show what can be made, what was begun and is not published yet, and objects by words of their title (`q`)."""
    asked = one_line(request.args.get("q", ""))[:200]
    with pages.reading() as session:
        mine = drafts.drafts(session, by=signed_in().name)
        others = [row for row in drafts.drafts(session) if row.begun_by != signed_in().name]
        found = drafts.called(session, asked) if asked else []
    return render_template("editing/index.html", kinds=_labels(), mine=mine, others=others, asked=asked, found=found)


def _labels() -> list[tuple[str, str]]:
    return sorted(((kind, detail.label) for kind, detail in kinds().items()), key=lambda pair: pair[1])


@bp.get("/edit/new/<kind>")
@needs(Role.EDITOR)
def new(kind: str) -> str:
    """Show the form of something new; `campaign` in the address is chosen already."""
    form = _form_of(kind)
    values = {one.key: typed.beginning(one) for one in (*form.spine, *form.fields)}
    values[object_rows.CAMPAIGNS] = request.args.get("campaign", "")
    return _shown(form, Typed(values))


@bp.post("/edit/new/<kind>")
@needs(Role.EDITOR)
def make(kind: str) -> ResponseReturnValue:
    """Keep something new as a draft, or show the form again."""
    form, given = _form_of(kind), typed.posted(request.form)
    do = request.form.get("do", LOOK)
    if do not in {LOOK, KEEP}:
        return _shown(form, _changed_rows(form, given, do))
    try:
        if do == LOOK:
            told = edit.preview(pages.runtime(), kind, None, given, signed_in().name)
            return _shown(form, given, preview=told)
        saved = edit.create(pages.runtime(), kind, given, signed_in().name)
    except (FormError, InputError) as error:
        return _shown(form, given, errors=_errors(error)), 422
    flash(gettext("Kept as a draft. Nobody else sees it until it is published."))
    return redirect(url_for("edit.page", slug=saved.slug), 303)


@bp.get("/edit/<slug>")
@needs(Role.EDITOR)
def page(slug: str) -> str:
    """Show the form of an object as it stands."""
    with pages.reading() as session:
        edited = object_rows.load(session, objects.by_slug(session, slug))
    return _shown(edited.form, Typed(edited.values, {}, edited.spine.version), slug)


@bp.post("/edit/<slug>")
@needs(Role.EDITOR)
def change(slug: str) -> ResponseReturnValue:
    """Keep what was changed, or show the form again: with what is wrong, what it will do, or what both changed."""
    with pages.reading() as session:
        form = _form_of(objects.by_slug(session, slug).kind)
    given = _chosen(typed.posted(request.form))
    do = request.form.get("do", LOOK)
    if do.startswith(USE):
        return _shown(form, _with_reading(slug, given, do.removeprefix(USE)), slug)
    if do not in {LOOK, KEEP}:
        return _shown(form, _changed_rows(form, given, do), slug)
    try:
        if do == LOOK:
            told = edit.preview(pages.runtime(), form.kind, slug, given, signed_in().name)
            return _shown(form, given, slug, preview=told)
        saved = edit.change(pages.runtime(), slug, given, signed_in().name)
    except EditConflictError as conflict:
        shown = render_template(
            "editing/conflict.html", form=form, slug=slug, conflict=conflict, sources=_sources(given), theirs=THEIRS,
            choice=CHOICE, keep=KEEP,
        )  # fmt: skip
        return shown, 409
    except (FormError, InputError) as error:
        return _shown(form, given, slug, errors=_errors(error)), 422
    if saved.changes:
        changed = ", ".join(dict.fromkeys(one.label for one in saved.changes))
        flash(gettext("Kept: %(changed)s.") % {"changed": changed})
    else:
        flash(gettext("Nothing was different, so nothing was changed."))
    return redirect(url_for("edit.page", slug=slug), 303)


def _form_of(kind: str) -> ObjectForm:
    if kind not in kinds():
        raise NotFound(gettext("There is no kind of object called “%(kind)s”.") % {"kind": kind})
    return form_of(kind)


def _errors(error: InputError) -> dict[str, str]:
    return error.errors if isinstance(error, FormError) else {"": str(error)}


# --- what the buttons beside rows ask for -----------------------------------------------------------------------------


def _changed_rows(form: ObjectForm, given: Typed, do: str) -> Typed:
    """Return the form with one more row, or with a row moved up; nothing is kept by it."""
    every = {shown.path: shown for shown in _every_list(typed.lists_of(given.values, form.parts))}
    values: Mapping[str, str] = given.values
    if do.startswith(MORE) and (shown := every.get(do.removeprefix(MORE))) is not None:
        values = typed.with_another(values, shown.part, shown.path)
    elif do.startswith(UP):
        row = do.removeprefix(UP)
        shown = every.get(row.rpartition("-")[0])
        values = typed.moved_up(values, shown, row) if shown is not None and shown.ordered else values
    return Typed(values, given.sources, given.version)


def _with_reading(slug: str, given: Typed, asked: str) -> Typed:
    """Return the form with the value that a reading of a field gives; `asked` is the field and the reading's place."""
    name, _, place = asked.rpartition(typed.SOURCE_MARK)
    with pages.reading() as session:
        found = evidence_of_form(session, object_rows.load(session, objects.by_slug(session, slug))).get(name)
    if found is None or not place.isdecimal() or int(place) >= len(found.readings):
        return given
    return Typed({**given.values, name: found.readings[int(place)].value}, given.sources, given.version)


def _every_list(lists: tuple[typed.ShownList, ...]) -> Iterator[typed.ShownList]:
    for shown in lists:
        yield shown
        for row in shown.rows:
            yield from _every_list(row.lists)


def _chosen(given: Typed) -> Typed:
    """Return the form as the page of two people's changes sends it: theirs where that was chosen."""
    values = dict(given.values)
    for name, text in request.form.items():
        field = name.removeprefix(CHOICE)
        if not name.startswith(CHOICE) or text != "theirs":
            continue
        if field.endswith("-out"):
            row = field.removesuffix("out")
            values = {name: text for name, text in values.items() if not name.startswith(row)}
        else:
            values[field] = request.form.get(f"{THEIRS}{field}", "")
    return Typed(values, given.sources, given.version)


# --- the page ---------------------------------------------------------------------------------------------------------


def _shown(
    form: ObjectForm,
    given: Typed,
    slug: str | None = None,
    *,
    errors: Mapping[str, str] | None = None,
    preview: Preview | None = None,
) -> str:
    with pages.reading() as session:
        spine = objects.by_slug(session, slug) if slug else None
        beside = _beside(session, form, spine)
    return render_template(
        "editing/form.html",
        form=form,
        spine=spine,
        values=given.values,
        version=given.version,
        sources=_sources(given),
        lists=typed.lists_of(given.values, form.parts),
        errors=dict(errors or {}),
        preview=preview,
        beside=beside,
        chosen=given.values.get(object_rows.CAMPAIGNS, "").split("\n"),
        understood=typed_values.understood,
        look=LOOK,
        keep=KEEP,
        more=MORE,
        up=UP,
    )


def _sources(given: Typed) -> dict[str, str]:
    """Return the sources of a form by the names of their fields."""
    return {
        f"{about}{typed.SOURCE_MARK}{part}": getattr(source, part)
        for about, source in given.sources.items()
        for part in typed.SOURCE_PARTS
    }


def _beside(session: pages.Session, form: ObjectForm, spine: Any) -> Beside:
    every = [*form.spine, *form.fields, *(one for part in form.every_part() for one in part.fields)]
    targets = dict.fromkeys(one.target for one in every if one.widget is Widget.NAME)
    return Beside(
        evidence=evidence_of_form(session, object_rows.load(session, spine)) if spine is not None else {},
        names={target: typed_names.offered(session, target) for target in targets},
        campaigns=[(row.slug, row.title) for row in campaigns.every(session)],
    )
