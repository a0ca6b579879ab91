"""A document's page: where it is from, our copy of it, its versions, and what it is linked to and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import nh3
from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from tracker.domain.difference import Block, Patience, change, compare
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentState
from tracker.models.document import DocumentVersion
from tracker.store import archive, correction_list, document_links, filing_pages, story_page, versions
from tracker.web import pages
from tracker.web.errors import MissingPage

if TYPE_CHECKING:
    from tracker.workflows.candidates import Candidate

bp = Blueprint("documents", __name__)

# Copies were cleaned when they were stored. Pictures are left out here as well: they would be fetched from elsewhere.
TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}
MOST_SHOWN = 400_000
# So many of the newest versions are compared with the one before.
MOST_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A version in the list: when we saw it, and what changed in words since `since`, the version it is compared with.

    A whole page is compared with the whole page before it, and a summary with the summary before it: that a page says
    more than its summary is no change.
    """

    number: int
    seen_at: datetime
    whole_page: bool = False
    since: int | None = None
    words: str = ""


@bp.get("/documents/<id:document_id>")
def page(document_id: int) -> str:
    """Show a document; `version` opens an older copy, `from` and `to` compare two.

    `candidates` lists what else it may bear on: that is worked out for each request, so only for who asks.
    """
    with pages.reading() as session:
        found = archive.page(session, document_id)
        if found is None:
            raise MissingPage(f"No document has the number {document_id}.")
        if found.document.state is DocumentState.WITHDRAWN:
            abort(410, found.document.state_reason or "This document has been withdrawn.")
        numbers = [line.number for line in found.versions]
        shown = _number("version", numbers, numbers[-1] if numbers else 0)
        pair = _pair(numbers)
        current = archive.version(session, document_id, shown)
        compared = [archive.version(session, document_id, number) for number in pair]
        newest = versions.newest(session, document_id, MOST_COMPARED + 1) if len(numbers) > 1 else []
        story = story_page.of_document(session, document_id)
        follows, followed_by = document_links.of_document(session, document_id)
        outcomes, values = filing_pages.outcomes(session, document_id), filing_pages.values(session, document_id)
        corrected = correction_list.last(session, document_id=document_id)
    linkable = found.document.state is DocumentState.RELEVANT
    others = _other_candidates(document_id) if linkable and request.args.get("candidates") else None
    return render_template(
        "documents/page.html",
        found=found,
        document=found.document,
        corrected=corrected,
        shown=current,
        copy=_copy(current) if current else "",
        cut=current is not None and len(current.html or current.text) > MOST_SHOWN,
        pair=pair,
        blocks=_difference(compared),
        cut_difference=any(version and len(version.text) > MOST_SHOWN for version in compared),
        unlike=len({version.whole_page for version in compared if version}) > 1,
        story=story,
        follows=follows,
        followed_by=followed_by,
        steps=_steps(found.versions, newest),
        outcomes=outcomes,
        values=values,
        linkable=linkable,
        others=others,
    )


def _other_candidates(document_id: int) -> "list[Candidate]":
    from tracker.workflows.candidates import other_candidates  # noqa: PLC0415 - few ask, and it loads all of linking

    return other_candidates(pages.runtime(), document_id)


def _copy(version: DocumentVersion) -> Markup:
    """Return our copy as HTML that runs and loads nothing; a version with text alone is shown as paragraphs."""
    if version.html:
        return Markup(nh3.clean(version.html[:MOST_SHOWN], tags=TAGS))  # noqa: S704 - cleaned in this very line
    lines = [line for line in version.text[:MOST_SHOWN].splitlines() if line.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


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


def _difference(compared: list[DocumentVersion | None]) -> list[Block]:
    texts = [f"{version.title}\n{version.text[:MOST_SHOWN]}" for version in compared if version is not None]
    if len(texts) < len(("older", "newer")):
        return []
    older, newer = texts
    return compare(older, newer)


def _steps(lines: tuple[archive.VersionLine, ...], newest: list[DocumentVersion]) -> list[Step]:
    """Return every version, newest first; the newest ones say what changed."""
    told = {step.number: step for step in _told(newest)}
    return [told.get(line.number) or Step(line.number, line.seen_at) for line in reversed(lines)]


def _told(newest: list[DocumentVersion]) -> Iterator[Step]:
    """Yield a step for each version, oldest first; the first one only when nothing came before it."""
    patience, before = Patience(), dict[bool, DocumentVersion]()
    for row in newest:
        earlier = before.get(row.whole_page)
        before[row.whole_page] = row
        if earlier is not None:
            words = change(_parts(earlier), _parts(row), patience).words()
            yield Step(row.number, row.seen_at, row.whole_page, since=earlier.number, words=words)
        elif row.whole_page and False in before:
            words = "the whole page, fetched because the source gave only a summary; that is no change"
            yield Step(row.number, row.seen_at, row.whole_page, words=words)
        elif row.number == 1:
            yield Step(row.number, row.seen_at, row.whole_page, words="as first seen")


def _parts(version: DocumentVersion) -> tuple[str, str]:
    return version.title, version.text[:MOST_SHOWN]
