"""Corrections: what was published and is otherwise now, the newest first, and the page of one."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for

from tracker.domain.corrections import CORRECTION_WORDS, CorrectionKind
from tracker.store import campaigns, correction_list
from tracker.store.correction_list import CorrectionLine, Filters, Key
from tracker.web import correction_words, pages
from tracker.web import timeline as timeline_page
from tracker.web.absent import MissingPage
from tracker.web.pages import Page

bp = Blueprint("corrections", __name__)
bp.add_app_template_filter(correction_words.evidence_url, "correction_evidence")
bp.add_app_template_filter(correction_words.field_of, "correction_field")
bp.add_app_template_filter(correction_words.sentence, "correction_sentence")
bp.add_app_template_filter(correction_words.subject_url, "correction_subject")
bp.add_app_template_filter(correction_words.value_words, "correction_value")

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, and what it is about in words, where it is about one thing."""

    filters: Filters
    about: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether any correction may be left out."""
        return self.filters != Filters()


@bp.get("/corrections")
def index() -> str:
    """Show corrections, newest first; `campaign`, `object`, `document` and `kind` keep only those of one."""
    with pages.reading() as session:
        wanted = asked(session)
        shown = piece(session, wanted, PER_PAGE)
        counts = correction_list.counts(session, wanted.filters)
    chosen = wanted.filters.kinds
    return render_template(
        "corrections/index.html",
        page=shown,
        wanted=wanted,
        kinds=[
            (kind, words, counts.get(kind, 0))
            for kind, words in CORRECTION_WORDS.items()
            if kind in counts or kind in chosen
        ],
        chosen=chosen,
        words=CORRECTION_WORDS,
    )


@bp.get("/corrections/<id:number>")
def page(number: int) -> str:
    """Show one correction: it can be cited."""
    with pages.reading() as session:
        found = correction_list.one(session, number)
    if found is None:
        raise MissingPage(f"No correction has the number {number}.", [("All corrections", url_for(".index"))])
    return render_template(
        "corrections/page.html", line=found, words=CORRECTION_WORDS, title=correction_words.title(found)
    )


def asked(session: pages.Session) -> Asked:
    """Return what the address asks for; raises NotFoundError or InputError for what there is not."""
    kinds = pages.codes("kind", CorrectionKind)
    campaign, slug = request.args.get("campaign", ""), request.args.get("object", "")
    document = request.args.get("document", "")
    campaign_id = object_id = None
    about = ""
    if campaign:
        found = campaigns.by_slug(session, campaign)
        if found is None:
            raise timeline_page.missing(session, campaign)
        campaign_id, about = found.id, found.title
    if slug:
        spine = correction_list.object_named(session, slug)
        if spine is None:
            raise MissingPage(f"Nothing is called “{slug}”.", [("All corrections", url_for("corrections.index"))])
        object_id, about = spine.id, spine.title
    document_id = pages.row_number(document) if document else None
    if document_id:
        about = f"document {document_id}"
    return Asked(Filters(object_id, document_id, campaign_id, kinds), about)


def piece(session: pages.Session, wanted: Asked, limit: int) -> Page:
    """Return one page of corrections with the address of the next."""
    rows = correction_list.every(session, wanted.filters, before=_before(), limit=limit + 1)
    return pages.page_of(rows, limit, lambda line: (line.row.made_at.isoformat(), str(line.row.id)))


def every_line(session: pages.Session, wanted: Asked) -> list[CorrectionLine]:
    """Return all corrections under the filters, from the place in the address on."""
    return correction_list.every(session, wanted.filters, before=_before())


def _before() -> Key | None:
    key = pages.moment_key("corrections")
    return (key[0], pages.row_number(key[1])) if key else None
