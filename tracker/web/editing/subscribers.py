"""Subscribers, for administrators alone: found, paused, ended, their data handed out or deleted.

An address stands in no address of ours, since those are logged: people are found by a form that posts. No answer with
addresses may be kept by a browser or a cache.
"""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.domain.vocab import Role, SubscriberState
from tracker.store import acts, subscriber_list
from tracker.store import subscribers as rows
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.language import gettext, later
from tracker.workflows import tend_subscribers

bp = Blueprint("tend_subscribers", __name__)

SHOWN = 50
LONGEST_NUMBER = 9  # digits of a row's number that every database takes
ACTS = 30
STATES = {
    SubscriberState.PENDING: (later("not confirmed yet"), "warn"),
    SubscriberState.CONFIRMED: (later("confirmed"), "good"),
    SubscriberState.LEFT: (later("ended"), ""),
}


@bp.get("/tend/subscribers")
@needs(Role.ADMINISTRATOR)
def index() -> Response:
    """List subscribers, page by page."""
    return _list("", None, 0)


@bp.post("/tend/subscribers")
@needs(Role.ADMINISTRATOR)
def find() -> Response:
    """List those with some letters in their address, or in one state; it changes nothing."""
    state = next((one for one in SubscriberState if one == request.form.get("state")), None)
    after = request.form.get("after", "")
    number = int(after) if after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER else 0
    return _list(one_line(request.form.get("part", ""))[:320], state, number)


@bp.get("/tend/subscribers/<id:number>")
@needs(Role.ADMINISTRATOR)
def page(number: int) -> Response:
    """Show one subscriber with every delivery and every act."""
    return _page(number, {})


@bp.post("/tend/subscribers/<id:number>/<act>")
@needs(Role.ADMINISTRATOR)
def act(number: int, act: str) -> ResponseReturnValue:
    """Pause, resume, mail a new link to confirm by, end, export or delete."""
    form, runtime, by = request.form, pages.runtime(), signed_in().name
    why = form.get("why", "")
    try:
        if act == "export":
            return _file(number, tend_subscribers.export(runtime, number, by))
        if act == "delete":
            tend_subscribers.delete(runtime, number, form.get("typed", ""), why, by)
            flash(gettext("All that was kept of this person is deleted."))
            return redirect(url_for("tend_subscribers.index"), 303)
        if act == "pause":
            tend_subscribers.pause(runtime, number, why, by)
        elif act == "resume":
            tend_subscribers.resume(runtime, number, by)
        elif act == "resend":
            tend_subscribers.resend(runtime, number, by)
        elif act == "end":
            tend_subscribers.suppress(runtime, number, why, by)
        else:
            raise NotFoundError(f"tending a subscriber: there is no act {act!r}")
    except FieldsError as wrong:
        return _page(number, {f"{act}-{field}": said for field, said in wrong.errors.items()}), 422
    except InputError as wrong:
        return _page(number, {"": str(wrong)}), 422
    flash(gettext("Done, and on the record."))
    return redirect(url_for("tend_subscribers.page", number=number), 303)


def _list(part: str, state: SubscriberState | None, after: int) -> Response:
    with pages.reading() as session:
        found = subscriber_list.page(session, state=state, part=part, after=after, limit=SHOWN + 1)
        counts = rows.state_counts(session)
        troubles = rows.latest_trouble(session, ACTS)
        told = acts.latest(session, acts.SUBSCRIBER, ACTS)
    return _unkept(
        render_template(
            "tending/subscribers.html",
            lines=found[:SHOWN],
            after=found[SHOWN - 1].person.id if len(found) > SHOWN else None,
            part=part,
            state=state,
            states=[(code, gettext(words), tone, counts.get(code, 0)) for code, (words, tone) in STATES.items()],
            words=_words(),
            troubles=troubles,
            acts=told,
        )
    )


def _page(number: int, errors: dict[str, str]) -> Response:
    with pages.reading() as session:
        found = subscriber_list.whole(session, number)
        told = acts.of(session, acts.SUBSCRIBER, number, ACTS)
    if found is None:
        raise NotFoundError(f"looking for subscriber {number}: there is none, or their data was deleted")
    return _unkept(
        render_template(
            "tending/subscriber.html",
            found=found,
            person_=found.person,
            acts=told,
            words=_words(),
            errors=errors,
            paused=tend_subscribers.is_paused(found.person, pages.now().date()),
        )
    )


def _words() -> dict[str, tuple[str, str]]:
    return {code.value: (gettext(words), tone) for code, (words, tone) in STATES.items()}


def _unkept(text: str) -> Response:
    answer = make_response(text)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _file(number: int, body: bytes) -> Response:
    answer = Response(body, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="subscriber-{number}.json"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Access-Control-Allow-Origin"] = "null"
    return answer
