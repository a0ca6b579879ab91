"""Source health: when each source last answered, what failed, its rhythm, and what could not be read."""

from datetime import datetime

from flask import Blueprint, Response, render_template, url_for

from tracker.domain.source_health import STATE_WORDS, HealthState
from tracker.models.document import Host
from tracker.store import health as records
from tracker.store import pages as whole_pages
from tracker.store import source_trials, sources
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.drawn.health_strip import since, strip_of
from tracker.web.out import tables
from tracker.web.source_lines import ORDER, TONES, Line, lines_of
from tracker.web.source_words import COLUMNS, fields, kind_in_words, sentences

bp = Blueprint("sources", __name__)

ATTEMPTS = 50
DOCUMENTS = 50
ANSWERS = 200
MISSING = 50


@bp.get("/sources")
def index() -> str:
    """Show every source, those that need a look first; `state` keeps only those in some states."""
    now, everything, network = _all()
    chosen = pages.codes("state", HealthState)
    states = [line.health.state for line in everything]
    return render_template(
        "sources/index.html",
        lines=_chosen(everything),
        chosen=chosen,
        states=[
            (state, STATE_WORDS[state], states.count(state)) for state in ORDER if state in states or state in chosen
        ],
        counts={state.value: states.count(state) for state in HealthState},
        total=len(everything),
        documents=sum(line.documents for line in everything),
        unread=sum(line.quarantined + line.unread for line in everything),
        network=network,
        **_shared(now),
    )


@bp.get("/sources.json")
def as_json() -> Response:
    """Give the list as JSON: what the page shows under the same filters, with the facts it rests on."""
    now, everything, network = _all()
    told = {
        "at": now.isoformat(),
        "network_out_until": network.rest_until.isoformat() if network and network.rest_until else None,
        "sources": [fields(line, now) for line in _chosen(everything)],
    }
    return tables.as_json(told)


@bp.get("/sources.csv")
def as_csv() -> Response:
    """Give the list as CSV, in UTF-8, one source a row; several values in one field are separated by spaces."""
    now, everything, _ = _all()
    rows = [fields(line, now) for line in _chosen(everything)]
    return tables.as_csv("sources", COLUMNS, rows)


@bp.get("/sources/unreadable")
def unreadable() -> str:
    """Show what could not be read: single entries, page by page, and whole answers."""
    after = pages.key_argument(1)
    with pages.reading() as session:
        found = records.quarantined(session, after=pages.row_number(after[0]) if after else None, limit=DOCUMENTS + 1)
        answers = [] if after else records.unreadable(session, limit=ANSWERS + 1)
    return render_template(
        "sources/unreadable.html",
        page=pages.page_of(found, DOCUMENTS, lambda row: (str(row.document.id),)),
        answers=answers[:ANSWERS],
        more_answers=len(answers) > ANSWERS,
        first=after is None,
        kind_in_words=kind_in_words,
    )


@bp.get("/sources/unreadable/<digest>")
def bytes_kept(digest: str) -> Response:
    """Give the bytes that could not be read, as a file: never shown as what they pretend to be."""
    with pages.reading() as session:
        found = records.kept_bytes(session, digest)
    if found is None:
        raise MissingPage("No unreadable bytes are kept under this address; what could be read since is left out.")
    _, content = found
    text = _is_text(content)
    answer = Response(content, content_type="text/plain; charset=utf-8" if text else "application/octet-stream")
    name = f"unreadable-{digest[:12]}.{'txt' if text else 'bin'}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get("/sources/<name>")
def page(name: str) -> str:
    """Show one source with every attempt to ask it, newest first."""
    now = pages.now()
    with pages.reading() as session:
        source = records.by_name(session, name)
        if source is None:
            raise pages.missing("source", name, _known(session))
        [line] = lines_of(session, [source], now)
        found = records.attempts(session, source.id or 0, after=_after(), limit=ATTEMPTS + 1)
        days = source_trials.days(session, [source.id or 0], since(now)).get(source.id or 0, {})
        missing = whole_pages.not_had(session, source.id or 0, limit=MISSING + 1)
    return render_template(
        "sources/page.html",
        line=line,
        source=source,
        attempts=pages.page_of(found, ATTEMPTS, lambda row: (row.started_at.isoformat(), str(row.id))),
        missing=missing[:MISSING],
        more_missing=len(missing) > MISSING,
        network=line.network,
        strip=strip_of(days, now.date()),
        kind_in_words=kind_in_words,
        **_shared(now),
    )


# --- what the pages are made from -------------------------------------------------------------------------------------


def _all() -> tuple[datetime, list[Line], Host | None]:
    """Return the moment, every source with the most urgent first, and our own network where it is out."""
    now = pages.now()
    with pages.reading() as session:
        lines = lines_of(session, sources.every(session), now)
    lines.sort(key=lambda line: (ORDER.index(line.health.state), line.source.name))
    return now, lines, next((line.network for line in lines), None)


def _chosen(lines: list[Line]) -> list[Line]:
    states = pages.codes("state", HealthState)
    return [line for line in lines if not states or line.health.state in states]


def _shared(now: datetime) -> dict[str, object]:
    """Return what both templates with sentences need."""
    return {"now": now, "sentences": lambda line: sentences(line, now), "tones": TONES}


def _known(session: pages.Session) -> dict[str, tuple[str, str]]:
    return {row.name: (row.title or row.name, url_for("sources.page", name=row.name)) for row in sources.every(session)}


def _after() -> tuple[datetime, int] | None:
    key = pages.moment_key("attempts")
    return (key[0], pages.row_number(key[1])) if key else None


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False
