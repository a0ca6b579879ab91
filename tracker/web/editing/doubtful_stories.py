"""Stories that may be two, the least certain first: split by choosing documents, confirmed, or joined with another."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role
from tracker.store import doubtful_stories as store
from tracker.store.doubtful_stories import Doubtful
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later
from tracker.workflows import stories, story_acts

bp = Blueprint("doubtful_stories", __name__)

A_PAGE = 10
MOST_TICKED = 1000
review_tabs.TABS.append(review_tabs.Tab(later("Stories"), "doubtful_stories.index", store.number_waiting, order=40))


@bp.get("/review/stories")
@needs(Role.EDITOR)
def index() -> str:
    """Show the stories to look at, and what people said of stories lately."""
    return _page()


@bp.post("/review/stories")
@needs(Role.EDITOR)
def decide() -> Response | tuple[str, int]:
    """Split a story, confirm it, or join it with another."""
    who = signed_in().name
    acts: dict[str, Callable[[str], str]] = {"split": _split, "one": _one, "join": _join}
    act = acts.get(request.form.get("say", ""))
    return _done(lambda: act(who)) if act else (_page(gettext("Choose one of the buttons.")), 422)


@bp.post("/review/stories/undo")
@needs(Role.EDITOR)
def undo() -> Response | tuple[str, int]:
    """Say the opposite of what somebody said."""
    who = signed_in().name

    def act() -> str:
        try:
            at = datetime.fromisoformat(request.form.get("at", ""))
        except ValueError as error:
            raise InputError(gettext("Say which of the acts is undone.")) from error
        if at.tzinfo is None:
            raise InputError(gettext("Say which of the acts is undone."))
        story_acts.undo(pages.runtime(), request.form.get("by", "")[:120], at, by=who)
        return gettext("Undone: the stories are as they were.")

    return _done(act)


def _done(act: Callable[[], str]) -> Response | tuple[str, int]:
    try:
        flash(act())
    except ConflictError as error:
        return _page(str(error)), 409
    except (InputError, NotFoundError) as error:
        return _page(str(error)), 422
    return redirect(url_for("doubtful_stories.index"), code=303)


def _split(who: str) -> str:
    behind = story_acts.split_off(pages.runtime(), _numbers("document"), seen=_numbers("seen"), by=who)
    return gettext("Split: %(count)s stay behind, and rules never put the two together again.") % {"count": behind}


def _one(who: str) -> str:
    story_acts.confirm(pages.runtime(), seen=_numbers("seen"), by=who)
    return gettext("Kept as one story.")


def _join(who: str) -> str:
    text = request.form.get("other", "").strip().rstrip("/").rpartition("/")[2]
    try:
        other = pages.row_number(text)
    except InputError as error:
        raise InputError(gettext("Give the number or the address of a document of the other story.")) from error
    seen = _numbers("seen")
    if not seen:
        raise InputError(gettext("Say which story is joined."))
    count = stories.merge(pages.runtime(), seen[0], other, by=who)
    return gettext("Joined: %(count)s documents tell it now.") % {"count": count}


def _numbers(name: str) -> list[int]:
    return [pages.row_number(text) for text in request.form.getlist(name)[:MOST_TICKED]]


def _page(said: str = "") -> str:
    key = pages.key_argument(2)
    after = None if key is None else Doubtful(pages.row_number(key[1]), pages.fraction(key[0]))
    with pages.reading() as session:
        found = store.waiting(session, after=after, limit=A_PAGE + 1)
        told = store.told(session, [row.story_id for row in found])
        lately = store.lately(session)
        titles = store.titles(session, [number for row in lately for number in row.documents])
        tabs = queue_tabs.counted(session)
    page: Any = pages.page_of(found, A_PAGE, lambda row: (repr(row.score), str(row.story_id)))
    return render_template(
        "queues/stories.html", page=page, told=told, lately=lately, titles=titles, tabs=tabs, said=said,
        typed=request.form,
    )  # fmt: skip
