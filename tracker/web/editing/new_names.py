"""Names that recur and are in no list: another name of somebody known, somebody new, no name, or later."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import NewNameKind, Role
from tracker.models.new_name import NewName
from tracker.store import new_names as store
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later

bp = Blueprint("new_names", __name__)

A_PAGE = 20
KINDS = tuple(kind for kind in NewNameKind if kind is not NewNameKind.UNCLEAR)
KIND_WORDS = {
    NewNameKind.PERSON: later("a person"),
    NewNameKind.PRODUCT: later("a product"),
    NewNameKind.COMPANY: later("a company"),
    NewNameKind.AGENCY: later("an agency"),
    NewNameKind.ADVOCATE: later("an advocate"),
    NewNameKind.INVESTOR: later("an investor"),
    NewNameKind.UNCLEAR: later("its words do not tell what it is"),
}
review_tabs.TABS.append(
    review_tabs.Tab(
        later("New names"), "new_names.index", lambda session: store.number_waiting(session, pages.now()), order=30
    )
)


@bp.get("/review/names")
@needs(Role.EDITOR)
def index() -> str:
    """Show the names to decide on, those of most documents first."""
    return _page()


@bp.post("/review/names/<id:name_id>")
@needs(Role.EDITOR)
def decide(name_id: int) -> Response | tuple[str, int]:
    """Take a name in, as another name or as somebody new; or never propose it again; or later."""
    with pages.reading() as session:
        row = session.get(NewName, name_id)
    if row is None:
        raise MissingPage(gettext("This name is no longer proposed: what named it is gone."))
    try:
        flash(_decided(row))
    except (InputError, NotFoundError) as error:
        return _page(name_id, str(error)), 422
    return redirect(url_for("new_names.index"), code=303)


@bp.app_template_filter("name_kind_words")
def name_kind_words(kind: NewNameKind) -> str:
    """Return what a new name seems to be in words."""
    return gettext(KIND_WORDS[kind])


def _decided(row: NewName) -> str:
    """Do what the pressed button says; return it in a sentence."""
    from tracker.workflows import new_names  # noqa: PLC0415 - it loads all of linking

    runtime, who = pages.runtime(), signed_in().name
    said = request.form.get("say", "")
    if said == "alias":
        owner = request.form.get("organization", "").strip()[:300]
        if not owner:
            raise InputError(gettext("Say whose other name it is."))
        slug = new_names.accept_alias(runtime, row.name, organization=owner, by=who)
        return gettext("“%(name)s” is another name of %(slug)s from now on.") % {"name": row.name, "slug": slug}
    if said == "new":
        text = request.form.get("kind", "")
        if text not in set(KINDS):
            raise InputError(gettext("Say what it is: choose one of the list."))
        slug = new_names.accept_name(runtime, row.name, kind=NewNameKind(text), by=who)
        return gettext("“%(name)s” is known as %(slug)s from now on.") % {"name": row.name, "slug": slug}
    if said == "reject":
        new_names.reject_name(runtime, row.name, by=who)
        return gettext("“%(name)s” is not proposed again.") % {"name": row.name}
    if said == "later":
        until = new_names.put_off(runtime, row.name)
        return gettext("“%(name)s” waits until %(day)s.") % {"name": row.name, "day": f"{until:%d %b %Y}"}
    raise InputError(gettext("Nothing was decided: choose one of the buttons."))


def _page(wrong: int | None = None, said: str = "") -> str:
    before = pages.key_argument(2)
    after = None if before is None else (pages.row_number(before[0]), pages.row_number(before[1]))
    with pages.reading() as session:
        found = store.waiting(session, pages.now(), after=after, limit=A_PAGE + 1)
        tabs = queue_tabs.counted(session)
    return render_template(
        "queues/names.html",
        page=pages.page_of(found, A_PAGE, lambda row: (str(row.documents), str(row.id))),
        kinds=KINDS,
        tabs=tabs,
        wrong=wrong,
        said=said,
        typed=request.form,
    )
