"""Error pages: what was asked for, what was found, and where to go from here. They do without the database."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from flask import Flask, Response, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    NotFound,
    ServiceUnavailable,
    TooManyRequests,
    UnprocessableEntity,
)

from tracker.domain.errors import ConflictError, DatabaseError, InputError, NotFoundError, TooManyError, TrackerError
from tracker.web import problems
from tracker.web.absent import Way

log = logging.getLogger(__name__)

HEADINGS = {
    400: "This request cannot be read",
    401: "This is for people who are signed in",
    403: "This is not yours to do",
    404: "There is no such page",
    405: "This page cannot be used that way",
    410: "This page has been withdrawn",
    413: "This is too large",
    422: "This cannot be understood",
    429: "Too many requests",
    500: "Something went wrong here",
    501: "This is not offered here",
    503: "The archive cannot be read just now",
}
ADVICE = {
    400: "Start again from the page, or from one of those below.",
    401: "Sign in, then do it again. Nothing was changed.",
    403: "Nothing was changed. An administrator can give you the role that may.",
    404: "The address may be mistyped, or the link that brought you here may be out of date.",
    405: "Open the address in a browser, or follow a link to it: it only shows something.",
    410: "It was shown here once and has been taken back; the timelines no longer rely on it.",
    413: "What you sent is larger than this site takes. Send less of it.",
    422: "Change the address, or start again from the page without filters.",
    429: "Wait a minute, then try again more slowly. For many rows at once take the files that each list offers.",
    500: "The error has been written down. Try again; if it stays, tell whoever runs this site the number below.",
    501: "Ask for one of the forms that are named.",
    503: "Try again in a minute; if it stays, tell whoever runs this site the number below.",
}
STATUS: tuple[tuple[type[TrackerError], type[HTTPException]], ...] = (
    (NotFoundError, NotFound),
    (InputError, UnprocessableEntity),
    (DatabaseError, ServiceUnavailable),
    (ConflictError, ServiceUnavailable),
)
# From here on it is our fault, and nothing more is asked of what may have failed.
OURS = 500
STALE_FORM = (
    "The form came without its token (CSRF), or with that of a session that has ended. Nothing was changed. Go back: "
    "what you typed is still there. Open the page again beside it, and copy it over."
)
FOR_PROGRAMS = (".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an error: status, heading, what was found, what to do, ways on, words to search for.

    `incident` is the number under which an error of ours stands in the log; empty for all others.
    """

    code: int
    heading: str
    found: str
    advice: str
    near: Sequence[Way] = ()
    words: str = ""
    incident: str = ""


def register(app: Flask) -> None:
    """Answer every error with a page that says where to go."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(TrackerError, _tracker_error)
    app.register_error_handler(Exception, _unforeseen)


def _tracker_error(error: TrackerError) -> Response:
    """Give our own errors their status; only what a reader can act on is shown to them."""
    if isinstance(error, TooManyError):
        return _answer(TooManyRequests(str(error), retry_after=ceil(error.wait.total_seconds())))
    for kind, answer in STATUS:
        if isinstance(error, kind):
            if answer is ServiceUnavailable:
                return _answer(answer(), _written_down("database unusable", error))
            return _answer(answer(str(error)))
    return _unforeseen(error)


def _unforeseen(error: Exception) -> Response:
    return _answer(InternalServerError(), _written_down("page failed", error))


def _written_down(what: str, error: Exception) -> str:
    """Write an error of ours to the log, and return its number: what a reader tells us can be found by it."""
    incident = secrets.token_hex(4)
    log.error("%s, incident %s", what, incident, exc_info=error, extra={"incident": incident, **_place()})
    return incident


def _place() -> dict[str, str]:
    """Return which page it was, for the log: its rule, never its address, which may carry a reader's secret token."""
    return {"method": request.method, "rule": request.url_rule.rule if request.url_rule else ""}


def _answer(error: HTTPException, incident: str = "") -> Response:
    """Return the page of an error; to programs, the same as JSON. What its headers say (Allow, Retry-After) stays."""
    told = _told(error, incident)
    answer = _problem(told) if _for_programs() else _page(told)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _for_programs() -> bool:
    return request.path.startswith(problems.INTERFACE) or request.path.endswith(FOR_PROGRAMS)


def _told(error: HTTPException, incident: str) -> Told:
    """Return what is said; werkzeug's stock sentences are left out, ours say more."""
    code = error.code or OURS
    if code >= OURS:
        g.failed = True
        incident = incident or _written_down("page refused", error)
    found = error.description if error.description != type(error).description else ""
    told = Told(
        code=code,
        heading=HEADINGS.get(code, error.name),
        found=STALE_FORM if isinstance(error, CSRFError) else found or _found(error),
        advice=ADVICE.get(code, ""),
        near=getattr(error, "near", ()),
        incident=incident,
    )
    return told if code >= OURS or _for_programs() else _with_ways_on(told, is_unknown=not request.url_rule)


def _found(error: HTTPException) -> str:
    """Return what is known of an error that has no sentence of its own."""
    if error.code == NotFound.code and request.url_rule is None:
        return f"Nothing stands at {request.path[:200]}."
    methods = getattr(error, "valid_methods", None)
    return f"It takes {', '.join(sorted(set(methods) - {'OPTIONS'}))}, not {request.method}." if methods else ""


def _with_ways_on(told: Told, *, is_unknown: bool) -> Told:
    """Add what the reader may have meant: pages like an unknown one, the page without filters that were no good."""
    from tracker.web import near  # noqa: PLC0415 - it needs pages, and pages need what stands above

    if told.code == NotFound.code:
        ways = near.pages_like(request.path) if is_unknown else told.near
        return replace(told, near=ways, words=near.words_of(request.path))
    without = near.same_page()
    return replace(told, near=[*told.near, without]) if told.code == UnprocessableEntity.code and without else told


def _page(told: Told) -> Response:
    """Return the page; where even that fails, its sentences as text."""
    try:
        body, kind = render_template("error.html", told=told), "text/html"
    except Exception as error:  # the page that says that something failed must not fail
        incident = told.incident or _written_down("error page failed", error)
        log.exception("error page failed, incident %s", incident)
        said = filter(None, (f"{told.heading}.", told.found, told.advice, f"Incident {incident}."))
        body, kind = "\n".join(said), "text/plain"
    return Response(body, status=told.code, mimetype=kind)


def _problem(told: Told) -> Response:
    site = current_app.extensions["runtime"].settings.site
    detail = " ".join(filter(None, (told.found, told.advice)))
    near = [(label, f"{site}{address}") for label, address in told.near]
    return problems.problem(told.code, told.heading, detail, near, told.incident)
