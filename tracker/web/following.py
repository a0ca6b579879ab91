"""Following by mail, without an account: asking, confirming, and the one page from which all of it is managed.

The pages under a secret address are kept by no cache and tell no other site where they are.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TypeVar
from zoneinfo import available_timezones

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from tracker.domain.errors import InputError, NotFoundError, TooManyError
from tracker.domain.mailing import Frequency
from tracker.store import campaigns
from tracker.web.language import gettext, later
from tracker.web.pages import reading, runtime, today
from tracker.workflows import following
from tracker.workflows.following import Mine, Rhythm

bp = Blueprint("following", __name__)

FREQUENCIES = ((Frequency.WEEKLY, later("once a week")), (Frequency.DAILY, later("each day on which something moved")),
               (Frequency.MONTHLY, later("once a month")))  # fmt: skip
WEEKDAYS = tuple(
    enumerate(
        (later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday"), later("Saturday"),
         later("Sunday"))
    )
)  # fmt: skip
# What a bot fills in and a person does not see.
TRAP = "website"
View = TypeVar("View", bound=Callable[..., Answer])


def secret(view: View) -> View:
    """Let a page under a secret address be kept by nobody and named to nobody."""

    @wraps(view)
    def guarded(*arguments: object, **named: object) -> Answer:
        answer = make_response(view(*arguments, **named))
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return guarded  # type: ignore[return-value]


@bp.get("/subscribe")
def index() -> str:
    """Show the form; `follow` in the address says what, several times if several things."""
    return _form({}, _rhythm_of(request.args))


@bp.post("/subscribe")
def ask() -> Answer | tuple[str, int]:
    """Take the form; whatever is known of the address, the answer is the same."""
    form = request.form
    errors: dict[str, str] = {}
    try:
        rhythm = _rhythm(form)
        if not form.get(TRAP):
            following.ask(
                runtime(), form.get("email", ""), form.getlist("follow"), rhythm, note=form.get("note", ""),
                place=request.remote_addr or "",
            )  # fmt: skip
    except (InputError, NotFoundError) as error:
        errors["email" if "address" in str(error) else "follow"] = _sentence(error)
    except TooManyError as error:
        return _form({"": _sentence(error)}, _rhythm_of(form)), 429
    if errors:
        return _form(errors, _rhythm_of(form)), 422
    return redirect(url_for(".sent"), 303)


@bp.get("/subscribe/sent")
def sent() -> str:
    """Say that the rest is in the mail."""
    return render_template("following/sent.html")


@bp.get("/subscribe/confirm/<key>")
@secret
def confirmation(key: str) -> Answer:
    """Ask before anything counts: programs that look at links in mail must not confirm for their owners."""
    return make_response(render_template("following/confirm.html", mine=following.asked_by(runtime(), key), key=key))


@bp.post("/subscribe/confirm/<key>")
@secret
def confirm(key: str) -> Answer:
    """Let what was asked for count, and open its owner's page."""
    mine = following.confirm(runtime(), key)
    flash(gettext("Confirmed: mail will come to %(email)s.") % {"email": mine.email})
    return redirect(url_for(".page", token=mine.token), 303)


@bp.get("/s/<token>")
@secret
def page(token: str) -> Answer:
    """Show somebody what they follow, when mail comes, and how to leave."""
    return make_response(_page(following.mine(runtime(), token)))


@bp.post("/s/<token>")
@secret
def change(token: str) -> Answer:
    """Let mail come otherwise, or not for a while."""
    mine, form = following.mine(runtime(), token), request.form
    try:
        following.change(runtime(), token, _rhythm(form), _day(form.get("paused_until", "")))
    except InputError as error:
        name = "paused_until" if "pause" in str(error) or "day" in str(error) else "zone"
        return make_response(_page(mine, {name: _sentence(error)}), 422)
    flash(gettext("Kept."))
    return redirect(url_for(".page", token=token), 303)


@bp.post("/s/<token>/follow")
@secret
def more(token: str) -> Answer:
    """Let somebody follow one more search."""
    mine, words = following.mine(runtime(), token), request.form.get("search", "")
    try:
        following.follow(runtime(), token, [f"search:{words}"], request.form.get("note", ""))
    except InputError as error:
        return make_response(_page(mine, {"search": _sentence(error)}), 422)
    return redirect(url_for(".page", token=token), 303)


@bp.post("/s/<token>/follows/<id:number>")
@secret
def line(token: str, number: int) -> Answer:
    """Keep why something is followed, or follow it no more."""
    mine = following.mine(runtime(), token)
    try:
        if request.form.get("do") == "drop":
            following.unfollow(runtime(), token, number)
        else:
            following.change_note(runtime(), token, number, request.form.get("note", ""))
    except InputError as error:
        return make_response(_page(mine, {f"note-{number}": _sentence(error)}), 422)
    return redirect(url_for(".page", token=token), 303)


@bp.get("/s/<token>/data.json")
@secret
def data(token: str) -> Response:
    """Hand over all that is kept of somebody."""
    answer = jsonify(following.data(runtime(), token))
    answer.headers["Content-Disposition"] = 'attachment; filename="whereas-my-data.json"'
    answer.headers["Access-Control-Allow-Origin"] = "null"
    return answer


@bp.post("/s/<token>/erase")
@secret
def erase(token: str) -> Answer:
    """Forget somebody, once they have ticked that they mean it."""
    mine = following.mine(runtime(), token)
    if not request.form.get("sure"):
        return make_response(_page(mine, {"sure": gettext("Tick this first: it cannot be taken back.")}), 422)
    following.erase(runtime(), token)
    return make_response(render_template("following/erased.html"))


# --- forms ------------------------------------------------------------------------------------------------------------


def _form(errors: dict[str, str], rhythm: dict[str, str]) -> str:
    given = request.form if request.method == "POST" else request.args
    asked = list(dict.fromkeys(given.getlist("follow")))[: following.MOST_FOLLOWS]
    chosen = []
    for text in asked:
        try:
            chosen += following.targets(runtime(), [text])
        except (InputError, NotFoundError):
            errors.setdefault("follow", gettext("One thing that was to be followed is not here any more."))
    with reading() as session:
        known = [(f"campaign:{row.slug}", row.title) for row in campaigns.every(session)]
    return render_template(
        "following/index.html", errors=errors, chosen=chosen, campaigns=known, asked=asked, form=given,
        rhythm=rhythm, trap=TRAP, **_choices(),
    )  # fmt: skip


def _page(mine: Mine, errors: dict[str, str] | None = None) -> str:
    rhythm = mine.rhythm
    shown = {"frequency": rhythm.frequency.value, "weekday": str(rhythm.weekday), "hour": str(rhythm.hour),
             "zone": rhythm.zone, "quiet": "yes" if rhythm.quiet_line else ""}  # fmt: skip
    if request.method == "POST" and errors:
        shown |= {name: value for name, value in _rhythm_of(request.form).items() if name in request.form}
    return render_template(
        "following/page.html",
        mine=mine,
        errors=errors or {},
        rhythm=shown,
        form=request.form,
        today=today(),
        **_choices(),
    )


def _choices() -> dict[str, object]:
    return {
        "frequencies": [(code.value, gettext(words)) for code, words in FREQUENCIES],
        "weekdays": [(str(number), gettext(name)) for number, name in WEEKDAYS],
        "hours": [(str(hour), f"{hour:02}:00") for hour in range(24)],
        "zones": sorted(
            name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))
        ),
    }


def _rhythm_of(given: MultiDict[str, str]) -> dict[str, str]:
    settings = runtime().settings
    return {
        "frequency": given.get("frequency", Frequency.WEEKLY.value),
        "weekday": given.get("weekday", str(settings.digest_weekday)),
        "hour": given.get("hour", str(settings.digest_hour)),
        "zone": given.get("zone", settings.digest_time_zone),
        "quiet": given.get("quiet", ""),
    }


def _rhythm(form: MultiDict[str, str]) -> Rhythm:
    """Return what the form says of when mail comes; raise InputError for what a form of ours never says."""
    given = _rhythm_of(form)
    try:
        frequency, weekday, hour = Frequency(given["frequency"]), int(given["weekday"]), int(given["hour"])
    except ValueError as error:
        raise InputError("when mail shall come was not understood: choose from the lists") from error
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):
        raise InputError("when mail shall come was not understood: choose from the lists")
    zone = given["zone"].strip()
    if zone != "UTC" and zone not in available_timezones():
        raise InputError(f"the time zone {zone[:60]!r} is not known: choose one from the list, such as Europe/Berlin")
    return Rhythm(frequency, weekday, hour, zone, bool(given["quiet"]))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError("the pause ends on a day such as 2027-01-31") from error


def _sentence(error: Exception) -> str:
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."
