"""Sources, for administrators: adding one by its home page after a look, trying, pausing, changing and retiring one."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import DocumentKind, Role
from tracker.store import acts, source_trials, sources
from tracker.store import health as records
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.drawn.health_strip import since, strip_of
from tracker.web.language import gettext
from tracker.web.source_lines import ORDER, TONES, lines_of
from tracker.web.source_words import sentences
from tracker.workflows import tend_sources, try_source
from tracker.workflows.sources import export_opml, import_opml
from tracker.workflows.tend_sources import Settings
from tracker.workflows.try_source import READERS, Trial, Wanted

bp = Blueprint("tend_sources", __name__)

ACTS = 20
LONGEST_SELECTOR = 300
LARGEST_LIST = 5_000_000


@bp.get("/tend/sources")
@needs(Role.ADMINISTRATOR)
def index() -> str:
    """List every source with sixty days of its fetches, those that need a look first."""
    now = pages.now()
    with pages.reading() as session:
        lines = lines_of(session, sources.every(session), now)
        counts = source_trials.days(session, [line.source.id or 0 for line in lines], since(now))
    lines.sort(key=lambda line: (ORDER.index(line.health.state), line.source.name))
    rows = [(line, strip_of(counts.get(line.source.id or 0, {}), now.date())) for line in lines]
    return render_template("tending/sources.html", rows=rows, tones=TONES)


@bp.get("/tend/sources/add")
@needs(Role.ADMINISTRATOR)
def add() -> str:
    """Ask for a home page, a list of news or a page to watch."""
    return _add({}, {})


@bp.post("/tend/sources/add")
@needs(Role.ADMINISTRATOR)
def look() -> ResponseReturnValue:
    """Try it, and show what it would bring."""
    form = request.form
    reader = form.get("reader", "")
    typed = {name: one_line(form.get(name, ""))[:LONGEST_SELECTOR] for name in READERS.get(reader, ())}
    options = {name: text for name, text in typed.items() if text}
    wanted = Wanted(form.get("address", ""), reader, one_line(form.get("title", ""))[:200], options)
    if reader == "newsroom" and not options.get("entry"):
        errors = {"entry": gettext("Write the CSS selector of one entry, for example “article.news”.")}
        return _add(form, errors), 422
    try:
        trial = try_source.try_source(pages.runtime(), wanted, signed_in().name, again="again" in form)
    except InputError as wrong:
        return _add(form, {"address": str(wrong)}), 422
    return redirect(url_for("tend_sources.trial", key=trial.key), 303)


@bp.get("/tend/sources/tried/<key>")
@needs(Role.ADMINISTRATOR)
def trial(key: str) -> str:
    """Show what trying brought; looking again asks no server."""
    return _trial(_kept(key), None, {})


@bp.post("/tend/sources/tried/<key>")
@needs(Role.ADMINISTRATOR)
def keep(key: str) -> ResponseReturnValue:
    """Keep what was tried as a source."""
    form = request.form
    given = Settings(form.get("title", ""), "", form.get("hours", ""), form.get("kind", ""))
    try:
        name = tend_sources.keep_trial(pages.runtime(), key, given, signed_in().name)
    except FieldsError as wrong:
        return _trial(_kept(key), given, wrong.errors), 422
    except InputError as wrong:
        return _trial(_kept(key), given, {"": str(wrong)}), 422
    flash(gettext("It is a source now, and is asked at once."))
    return redirect(url_for("tend_sources.page", name=name), 303)


@bp.get("/tend/sources/of/<name>")
@needs(Role.ADMINISTRATOR)
def page(name: str) -> str:
    """Show one source with all that can be done to it."""
    return _page(name, {}, {})


@bp.post("/tend/sources/of/<name>/<act>")
@needs(Role.ADMINISTRATOR)
def act(name: str, act: str) -> ResponseReturnValue:
    """Try, ask, pause, resume, change or retire a source."""
    form, runtime, by = request.form, pages.runtime(), signed_in().name
    try:
        if act == "try":
            found = try_source.try_source(runtime, try_source.of_source(runtime, name), by, again="again" in form)
            return redirect(url_for("tend_sources.trial", key=found.key), 303)
        said = _done(name, act, by)
    except FieldsError as wrong:
        return _page(
            name, form, {(f"{act}-{field}" if field else ""): said for field, said in wrong.errors.items()}
        ), 422
    except (InputError, ConflictError) as wrong:
        return _page(name, form, {"": str(wrong)}), 409 if isinstance(wrong, ConflictError) else 422
    flash(said)
    return redirect(url_for("tend_sources.page", name=name), 303)


@bp.get("/tend/sources/opml")
@needs(Role.ADMINISTRATOR)
def lists() -> str:
    """Ask for a list of feeds, and offer ours."""
    return render_template("tending/opml.html", errors={}, report=None)


@bp.get("/tend/sources.opml")
@needs(Role.ADMINISTRATOR)
def as_opml() -> Response:
    """Give every feed as OPML, which other feed readers take."""
    answer = Response(export_opml(pages.runtime()), content_type="text/x-opml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="whereas-sources.opml"'
    return answer


@bp.post("/tend/sources/opml")
@needs(Role.ADMINISTRATOR)
def take_list() -> ResponseReturnValue:
    """Say what a list would add, or add it."""
    given = request.files.get("file")
    body = given.read(LARGEST_LIST + 1) if given else b""
    dry = request.form.get("what") != "add"
    if not body or len(body) > LARGEST_LIST:
        said = gettext("Choose a file.") if not body else gettext("It is larger than 5 MB; split it.")
        return render_template("tending/opml.html", errors={"file": said}, report=None), 422
    try:
        report = import_opml(pages.runtime(), body, dry_run=dry, by=signed_in().name)
    except InputError as wrong:
        return render_template("tending/opml.html", errors={"file": str(wrong)}, report=None), 422
    return render_template("tending/opml.html", errors={}, report=report)


# --- what the pages are made from -------------------------------------------------------------------------------------


def _done(name: str, what: str, by: str) -> str:
    """Do one of the acts; return what is said of it."""
    form, runtime = request.form, pages.runtime()
    if what == "pause":
        tend_sources.pause(runtime, name, form.get("why", ""), form.get("until", ""), by)
        return gettext("It is paused.")
    if what == "resume":
        tend_sources.resume(runtime, name, by)
        return gettext("It is asked again, at once.")
    if what == "ask":
        tend_sources.ask_now(runtime, name, by)
        return gettext("It is asked within some seconds; what comes is kept.")
    if what == "retire":
        tend_sources.retire(runtime, name, form.get("why", ""), by)
        return gettext("It is retired.")
    if what == "change":
        given, shown = (
            Settings(*(form.get(f"{prefix}{field}", "") for field in ("title", "url", "hours", "kind")))
            for prefix in ("", "was-")
        )
        said = tend_sources.change(runtime, name, given, shown, by=by, why=form.get("why", ""))
        return gettext("Changed:") + " " + "; ".join(said) if said else gettext("Nothing was changed.")
    raise NotFoundError(f"tending a source: there is no act {what!r}")


def _add(form: object, errors: dict[str, str]) -> str:
    return render_template("tending/add_source.html", form=form, errors=errors)


def _kept(key: str) -> Trial:
    found = try_source.kept_trial(pages.runtime(), key) if key.isalnum() else None
    if found is None:
        raise NotFoundError("This look is older than an hour, or there was none. Try the source once more.")
    return found


def _trial(found: Trial, given: Settings | None, errors: dict[str, str]) -> str:
    kind = str(found.options.get("kind", ""))
    return render_template(
        "tending/trial.html",
        trial=found,
        made_at=datetime.fromisoformat(found.made_at),
        usual=timedelta(seconds=found.usual_seconds) if found.usual_seconds is not None else None,
        given=given or Settings(found.title, found.url, "2", kind),
        kinds=_kinds(),
        errors=errors,
    )


def _page(name: str, form: object, errors: dict[str, str]) -> str:
    now = pages.now()
    with pages.reading() as session:
        source = records.by_name(session, name)
        if source is None:
            known = {
                row.name: (row.title or row.name, url_for("tend_sources.page", name=row.name))
                for row in sources.every(session)
            }
            raise pages.missing("source", name, known)
        [line] = lines_of(session, [source], now)
        number = source.id or 0
        counts = source_trials.days(session, [number], since(now)).get(number, {})
        told = acts.of(session, acts.SOURCE, number, ACTS)
    return render_template(
        "tending/source.html",
        line=line,
        source=source,
        strip=strip_of(counts, now.date()),
        acts=told,
        now_set=Settings.of(source),
        kinds=_kinds(),
        form=form,
        errors=errors,
        sentences=sentences(line, now),
        tones=TONES,
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind.value) for kind in DocumentKind]
