"""Error pages: what was asked for, what was found, and where to go from here. They need no database."""

import logging
from collections.abc import Iterable

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import (
    Gone,
    HTTPException,
    InternalServerError,
    NotFound,
    ServiceUnavailable,
    UnprocessableEntity,
)

from tracker.domain.errors import ConflictError, DatabaseError, InputError, NotFoundError, TrackerError
from tracker.web import problems

log = logging.getLogger(__name__)

HEADINGS = {
    400: "This request cannot be read",
    404: "There is no such page",
    405: "This page cannot be used that way",
    410: "This page has been withdrawn",
    422: "This cannot be understood",
    500: "Something went wrong here",
    501: "This is not offered here",
    503: "The archive cannot be read just now",
}
ADVICE = {
    404: "The address may be mistyped, or the link that brought you here may be out of date.",
    410: "It was shown here once and has been taken back; the timelines no longer rely on it.",
    422: "Change the address, or start again from the page without filters.",
    500: "The error has been written down. Try again; if it stays, tell whoever runs this site.",
    503: "Try again in a minute; if it stays, tell whoever runs this site.",
}
STATUS: tuple[tuple[type[TrackerError], type[HTTPException]], ...] = (
    (NotFoundError, NotFound),
    (InputError, UnprocessableEntity),
    (DatabaseError, ServiceUnavailable),
    (ConflictError, ServiceUnavailable),
)


class MissingPage(NotFound):
    """A name that nothing has; `near` are (label, address) pairs that the reader may have meant."""

    def __init__(self, found: str, near: Iterable[tuple[str, str]] = ()) -> None:
        """Keep the sentence and the ways on."""
        super().__init__(found)
        self.near = list(near)


class GonePage(Gone):
    """What was public once and is shown no more; `near` are (label, address) pairs of where to read on."""

    def __init__(self, found: str, near: Iterable[tuple[str, str]] = ()) -> None:
        """Keep the sentence and the ways on."""
        super().__init__(found)
        self.near = list(near)


def register(app: Flask) -> None:
    """Answer every error with a page that says where to go."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(TrackerError, _tracker_error)
    app.register_error_handler(Exception, _unforeseen)


def _tracker_error(error: TrackerError) -> tuple[str | Response, int]:
    """Give our own errors their status; only what a reader can act on is shown to them."""
    for kind, answer in STATUS:
        if isinstance(error, kind):
            if answer is ServiceUnavailable:
                log.error("database unusable", exc_info=error, extra=_place())
                return _page(answer())
            return _page(answer(str(error)))
    return _unforeseen(error)


def _unforeseen(error: Exception) -> tuple[str | Response, int]:
    log.error("page failed", exc_info=error, extra=_place())
    return _page(InternalServerError())


def _place() -> dict[str, str]:
    """Return which page it was, for the log: its rule, never its address, which may carry a reader's secret token."""
    return {"method": request.method, "rule": request.url_rule.rule if request.url_rule else ""}


def _page(error: HTTPException) -> tuple[str | Response, int]:
    """Return the page of an error; to programs that read the interface, the same as JSON."""
    code = error.code or 500
    facts = _facts(error, code)
    if request.path.startswith(problems.INTERFACE):
        detail = " ".join(str(facts[name]) for name in ("found", "advice") if facts[name])
        site = current_app.extensions["runtime"].settings.site
        near = [(label, f"{site}{address}") for label, address in getattr(error, "near", [])]
        return problems.problem(code, str(facts["heading"]), detail, near), code
    return render_template("error.html", **facts), code


def _facts(error: HTTPException, code: int) -> dict[str, object]:
    """Return what the page shows; werkzeug's stock sentences are left out, ours say more."""
    found = error.description if error.description != type(error).description else ""
    return {
        "code": code,
        "heading": HEADINGS.get(code, error.name),
        "found": found or "",
        "advice": ADVICE.get(code, ""),
        "near": getattr(error, "near", []),
    }
