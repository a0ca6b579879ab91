"""A document's page: our copy of it marked as one, its versions, what rests on it, what it is linked to and why."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, abort, make_response, render_template, request
from markupsafe import Markup
from werkzeug.http import http_date

from tracker.domain.errors import InputError
from tracker.domain.quotes import find_quote
from tracker.domain.vocab import DocumentState, LinkState
from tracker.models.document import DocumentVersion
from tracker.store import archive, correction_list, document_links, filing_pages, passages, story_page, versions
from tracker.store.archive import Archived
from tracker.web import document_passages as places
from tracker.web import document_versions, pages
from tracker.web.absent import MissingPage
from tracker.web.archived_copy import Mark, cleaned, marked_copy
from tracker.web.document_passages import MOST_SHOWN, Cited
from tracker.web.language import gettext, later
from tracker.web.words import day, outward

if TYPE_CHECKING:
    from tracker.workflows.candidates import Candidate

bp = Blueprint("documents", __name__)
bp.add_app_template_filter(places.answers, "quoted_answers")
bp.add_app_template_filter(places.by_object, "fact_groups")
bp.add_app_template_filter(places.name_anchor, "name_anchor")

LONGEST_QUOTE = 1000
LINK_STATES = {
    LinkState.CONFIRMED: later("confirmed"),
    LinkState.SUGGESTED: later("suggested"),
    LinkState.REJECTED: later("rejected"),
}
MOST_FACTS = 200
# Of these the lines are where the printer put them: there is no HTML that says what belongs together.
LAID_OUT = ("application/pdf", "text/plain")


@dataclass(frozen=True, slots=True)
class Copy:
    """A version as it is shown: `html` with its marks, what rests on it, where its bytes came from.

    `sha256` is that of the text as `/documents/<number>.txt` gives it. `sought` are words asked for in the address, and
    `found` says whether they stand in it. `cut` marks a copy longer than what is shown.
    """

    version: DocumentVersion
    html: Markup
    sha256: str
    kept: archive.Kept | None
    laid_out: bool
    sought: str
    found: bool
    cut: bool
    names_marked: bool
    cited: list[Cited] = field(default_factory=list)


@bp.get("/documents/<id:document_id>")
def page(document_id: int) -> Response:
    """Show a document; `version` opens an older copy, `from` and `to` compare two, `quote` marks words in the copy.

    `candidates` lists what else it may bear on: that is worked out for each request, so only for who asks.
    """
    with pages.reading() as session:
        found = _shown(session, document_id)
        numbers = [line.number for line in found.versions]
        pair = [archive.version(session, document_id, number) for number in _pair(numbers)]
        newest = versions.newest(session, document_id, document_versions.MOST_COMPARED + 1) if len(numbers) > 1 else []
        copy = _copy(session, found, numbers)
        story = story_page.of_document(session, document_id)
        follows, followed_by = document_links.of_document(session, document_id)
        outcomes = filing_pages.outcomes(session, document_id)
        corrected = correction_list.last(session, document_id=document_id)
    linkable = found.document.state is DocumentState.RELEVANT
    others = _other_candidates(document_id) if linkable and request.args.get("candidates") else None
    answer = make_response(
        render_template(
            "documents/page.html",
            found=found,
            document=found.document,
            corrected=corrected,
            copy=copy,
            pair=[version for version in pair if version],
            compared=_compared(pair),
            story=story,
            follows=follows,
            followed_by=followed_by,
            steps=document_versions.steps(found.versions, newest),
            outcomes=outcomes,
            linkable=linkable,
            others=others,
            most_shown=MOST_SHOWN,
            most_facts=MOST_FACTS,
        )
    )
    return _as_copy_of(answer, found, copy)


@bp.get("/documents/<id:document_id>.txt")
def as_text(document_id: int) -> Response:
    """Give the text of a version as we keep it, byte for byte what its SHA-256 is of."""
    with pages.reading() as session:
        found = _shown(session, document_id)
        numbers = [line.number for line in found.versions]
        version = archive.version(session, document_id, _number("version", numbers, numbers[-1] if numbers else 0))
    if version is None:
        raise MissingPage(f"No text of document {document_id} is kept: only that it exists, and where.")
    answer = Response(version.text, content_type="text/plain; charset=utf-8")
    answer.headers["X-Robots-Tag"] = "noindex"
    return _as_copy_of(answer, found, None)


def _shown(session: pages.Session, document_id: int) -> Archived:
    """Return a document that may be shown; raises the 404 or 410 of one that may not."""
    found = archive.page(session, document_id)
    if found is None:
        raise MissingPage(f"No document has the number {document_id}.")
    if found.document.state is DocumentState.WITHDRAWN:
        abort(410, found.document.state_reason or "This document has been withdrawn.")
    return found


def _as_copy_of(answer: Response, found: Archived, copy: Copy | None) -> Response:
    """Tell programs what this is a copy of and as of when. Source: RFC 7089 (Memento), 2.1 and 2.2."""
    if original := outward(found.document.url):
        answer.headers.add("Link", f'<{quote(original, safe=_IN_A_HEADER)}>; rel="original"')
    if copy is not None:
        answer.headers["Memento-Datetime"] = http_date(copy.version.seen_at)
    return answer


# An address may come from anywhere; in a header it holds no sign that would end it, and none but ASCII. These and
# letters and digits stay. Source: RFC 3986, 2.2, and the percent sign of what is written so already.
_IN_A_HEADER = "%:/?#[]@!$&'()*+,;=~"


def _copy(session: pages.Session, found: Archived, numbers: list[int]) -> Copy | None:
    """Return the version asked for with its marks; None where no text is kept."""
    document_id = found.document.id or 0
    newest = numbers[-1] if numbers else 0
    version = archive.version(session, document_id, _number("version", numbers, newest))
    if version is None:
        return None
    facts = passages.facts(session, document_id, limit=MOST_FACTS)
    cited = places.cited(version, facts, passages.quoted_answers(session, document_id))
    sought = request.args.get("quote", "")[:LONGEST_QUOTE].strip()
    place = find_quote(version.text, sought) if sought else None
    marks = [Mark(*place, kind="sought", anchors=("quote",))] if place else []
    marks += places.passage_marks(cited)
    named = version.number == newest
    marks += places.name_marks(version, found.namings) if named else ()
    html, lost = marked_copy(cleaned(version.html[:MOST_SHOWN], version.text[:MOST_SHOWN]), version.text, marks)
    places.without_place(cited, lost)
    kept = archive.kept(session, version)
    return Copy(
        version=version,
        html=html,
        sha256=sha256(version.text.encode()).hexdigest(),
        kept=kept,
        laid_out=not version.html or bool(kept and kept.own and kept.media_type.startswith(LAID_OUT)),
        sought=sought,
        found=bool(place) and not any(mark.kind == "sought" for mark in lost),
        cut=len(version.html or version.text) > MOST_SHOWN,
        names_marked=named and bool(found.namings),
        cited=cited,
    )


def _other_candidates(document_id: int) -> "list[Candidate]":
    from tracker.workflows.candidates import other_candidates  # noqa: PLC0415 - few ask, and it loads all of linking

    return other_candidates(pages.runtime(), document_id)


def _number(name: str, known: list[int], default: int) -> int:
    """Return a version number from the address; raise InputError naming those there are."""
    text = request.args.get(name, "")
    if not text:
        return default
    numbers = {str(number): number for number in known}
    if text not in numbers:
        raise InputError(f"There is no version “{text}” of this document; it has {', '.join(numbers) or 'none'}.")
    return numbers[text]


def _pair(known: list[int]) -> tuple[int, ...]:
    """Return the two versions to compare, older first; nothing unless both are asked for."""
    if "from" not in request.args and "to" not in request.args:
        return ()
    newest = known[-1] if known else 0
    return tuple(sorted({_number("from", known, known[0] if known else 0), _number("to", known, newest)}))


def _compared(pair: list[DocumentVersion | None]) -> document_versions.Compared | None:
    both = [version for version in pair if version is not None]
    return document_versions.compared(*both) if len(both) == len(("older", "newer")) else None


@bp.app_template_filter("read_words")
def read_words(fact: passages.Fact) -> str:
    """Return who or what read a value in the document, and when."""
    who = gettext("read by a program") if fact.by_reader else gettext("given by %(name)s") % {"name": fact.read_by}
    return f"{who}, {day(fact.read_at.date())}"


@bp.app_template_filter("link_state_words")
def link_state_words(value: LinkState) -> str:
    """Return whether a link is confirmed, in the reader's language."""
    return gettext(LINK_STATES[value])


@bp.app_template_filter("is_in_text")
def is_in_text(naming: archive.Naming, version: DocumentVersion) -> bool:
    """Return whether a name stands in the text of a version, not only in its headline."""
    return any(start > len(version.title) for start, _ in naming.places)


@bp.app_template_filter("likelihood")
def likelihood(score: float) -> str:
    """Return a probability in words that claims no certainty: "93 %", "over 99 %", "under 1 %"."""
    whole = round(score * 100)
    told = "over 99" if whole > 99 else "under 1" if whole < 1 else str(whole)
    return f"{told}\N{NO-BREAK SPACE}%"
