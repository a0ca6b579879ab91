"""Corrections as an Atom feed: whoever cites us can follow what is changed."""

from flask import Blueprint, Response, url_for
from markupsafe import escape

from tracker.domain.corrections import CORRECTION_WORDS
from tracker.store.correction_list import CorrectionLine
from tracker.web import correction_words, corrections, pages
from tracker.web.out import atom
from tracker.web.shapes.base import full

bp = Blueprint("correction_feed", __name__)


@bp.get("/corrections.atom")
def as_feed() -> Response:
    """Give corrections under the filters of their page, the newest first."""
    with pages.reading() as session:
        wanted = corrections.asked(session)
        page = corrections.piece(session, wanted, corrections.PER_PAGE)
    of = f" of {wanted.about}" if wanted.about else ""
    path = pages.with_arguments()
    about = atom.Feed(
        title=f"Corrections{of}",
        subtitle="What was published and is otherwise now.",
        path=path,
        page=path.replace(url_for(".as_feed"), url_for("corrections.index"), 1),
    )
    return atom.of_entries(about, [_entry(line) for line in page.rows], next_path=page.next_url)


def _entry(line: CorrectionLine) -> atom.Entry:
    row = line.row
    path = url_for("corrections.page", number=row.id)
    why = f"<p>{escape(row.why)}</p>" if row.why else ""
    return atom.Entry(
        path=path,
        title=correction_words.title(line),
        url=full(path),
        at=row.made_at,
        content=f"<p>{escape(correction_words.sentence(line))}</p>{why}",
        related=((row.url, line.evidence or row.url),) if row.url else (),
        categories=((row.kind.value, CORRECTION_WORDS[row.kind]),),
    )
