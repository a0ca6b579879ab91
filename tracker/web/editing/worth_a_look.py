"""What rules put aside and a person may want to see, with the word that takes it in or leaves it out for good."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.vocab import Role, Verdict
from tracker.models.document import Document
from tracker.store import worth_a_look as store
from tracker.web import pages
from tracker.web.access import needs, signed_in
from tracker.web.editing import queue_tabs, review_tabs
from tracker.web.language import gettext, later
from tracker.workflows.decide import Said, decide_all

bp = Blueprint("worth_a_look", __name__)

A_PAGE = 20
SAID = {"relevant": Verdict.RELEVANT, "not_relevant": Verdict.NOT_RELEVANT}
review_tabs.TABS.append(
    review_tabs.Tab(
        later("Worth a look"), "worth_a_look.index", lambda session: store.counts(session, pages.today()).every,
        order=60,
    )
)  # fmt: skip


@bp.get("/review/worth-a-look")
@needs(Role.EDITOR)
def index() -> str:
    """Show the documents just below the bar, and what else needs a person."""
    return _page()


@bp.post("/review/worth-a-look/<id:document_id>")
@needs(Role.EDITOR)
def decide(document_id: int) -> Response | tuple[str, int]:
    """Say whether a document is about what we follow, whatever rules say."""
    verdict = SAID.get(request.form.get("say", ""))
    try:
        if verdict is None:
            raise _NothingSaidError
        with pages.reading() as session:
            document = session.get(Document, document_id)
        if document is not None and str(document.version_count) != request.form.get("version"):
            raise _ChangedError
        if document is not None and document.state.value != request.form.get("state"):
            raise _ChangedError
        decide_all(pages.runtime(), document_id, [Said(verdict, signed_in().name)])
    except ConflictError as error:
        return _page(str(error)), 409
    except (InputError, NotFoundError) as error:
        return _page(str(error)), 422
    relevant = verdict is Verdict.RELEVANT
    flash(gettext("Taken in: it waits in the queue with what it is tied to.") if relevant else gettext("Left out."))
    return redirect(url_for("worth_a_look.index"), code=303)


class _NothingSaidError(InputError):
    """No button was pressed."""

    def __init__(self) -> None:
        super().__init__(gettext("Nothing was decided: choose one of the buttons."))


class _ChangedError(ConflictError):
    """The document is not what was shown."""

    def __init__(self) -> None:
        super().__init__(gettext("The document has changed, or somebody decided, since the page was opened."))


def _page(said: str = "") -> str:
    key = pages.key_argument(2)
    after = None if key is None else (pages.fraction(key[0]), pages.row_number(key[1]))
    with pages.reading() as session:
        found = store.near_the_bar(session, pages.today(), after=after, limit=A_PAGE + 1)
        counts = store.counts(session, pages.today())
        tabs = queue_tabs.counted(session)
    page = pages.page_of(found, A_PAGE, lambda row: (repr(row.relevance), str(row.id)))
    return render_template("queues/worth_a_look.html", page=page, counts=counts, tabs=tabs, said=said)
