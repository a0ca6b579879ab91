"""One entry of the review queue as its page shows it: text with evidence, suggestions, what acceptance would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tracker.domain import review_value
from tracker.domain.additive import BIAS
from tracker.domain.review_token import Shown
from tracker.domain.text import excerpt
from tracker.domain.vocab import DocumentState, EventType, LinkState, Relation
from tracker.models.event import Event
from tracker.store import archive, review, review_claims, story_page
from tracker.store.archive import Tie
from tracker.store.review import Kinds
from tracker.web import pages
from tracker.web.absent import MissingPage
from tracker.web.editing import evidence
from tracker.web.language import gettext
from tracker.web.words import kind_words, partial
from tracker.workflows.foresee import Foreseen, foresee

MOST_REASONS = 3
LONGEST_REASON = 110
COUNTS = 0.2  # points below which a reason is not worth a reader's time, as in linking.explain


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link with what speaks for and against it, and what accepting it would change, all in words."""

    tie: Tie
    reasons: list[str]
    would: list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the queue: `waiting` suggestions, links `decided` on, why it stands where it does."""

    found: archive.Archived
    title: Markup
    passages: list[Markup]
    whole: Markup
    cut: bool
    version: int
    waiting: list[Suggestion]
    decided: list[Tie]
    why: list[str]
    story: story_page.ToldStory | None
    shown: str
    looked_at: Any


def entry(session: pages.Session, document_id: int, who: str, known: Kinds) -> Entry:
    """Return an entry; raises the 404 of a document there is not. A fixed number of queries."""
    found = archive.page(session, document_id)
    if found is None or found.document.state is DocumentState.WITHDRAWN:
        raise MissingPage(f"No document has the number {document_id}.")
    document = found.document
    version = archive.version(session, document_id, document.version_count)
    text = f"{version.title}\n{version.text}" if version else document.title
    headline = len(version.title) + 1 if version else len(text)
    ties = [tie for tie in found.ties if tie.link.state is LinkState.SUGGESTED]
    marks = evidence.marks_of(text, headline, (reason for tie in ties for reason in tie.link.reasons), found.namings)
    wanted = [(tie.link.object_id, tie.link.relation) for tie in ties]
    foreseen = foresee(session, document_id, wanted) if wanted and document.state is DocumentState.RELEVANT else []
    value = review.suggested_of(session, [document_id], known)[document_id]
    end = min(len(text), evidence.WHOLE)
    return Entry(
        found=found,
        title=evidence.marked(text, marks, 0, max(headline - 1, 0)) if version else Markup.escape(document.title),
        passages=evidence.passages(text, headline, marks) if version else [],
        whole=evidence.marked(text, marks, min(headline, end), end) if version else Markup(),
        cut=len(text) > evidence.WHOLE,
        version=document.version_count,
        waiting=[
            Suggestion(tie, reasons(tie.link.reasons), would(seen, tie.link.relation))
            for tie, seen in zip(ties, foreseen, strict=False)
        ],
        decided=[tie for tie in found.ties if tie.link.state is not LinkState.SUGGESTED],
        why=review_value.why(value, pages.now()) if value else [],
        story=story_page.of_document(session, document_id),
        shown=_shown(found).text(),
        looked_at=review_claims.of_others(session, [document_id], who, pages.now()).get(document_id),
    )


def _shown(found: archive.Archived) -> Shown:
    document = found.document
    ties = {
        tie.link.object_id: (tie.link.state.value, tie.link.relation.value, tie.link.decided_by) for tie in found.ties
    }
    return Shown(document.version_count, document.event_type.value if document.event_type else "", ties)


def reasons(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return the weightiest reasons in words, without full stops: those for it, then the weightiest against."""
    counted = [row for row in rows if abs(row.get("weight", 0.0)) >= COUNTS and row.get("code") != BIAS]
    counted.sort(key=lambda row: -abs(row["weight"]))
    pro = dict.fromkeys(_short(row) for row in counted if row["weight"] > 0)
    contra = [_short(row).removeprefix("Against: ") for row in counted if row["weight"] < 0]
    return [*list(filter(None, pro))[:MOST_REASONS], *(f"against: {said[:1].lower()}{said[1:]}" for said in contra[:1])]


def _short(row: dict[str, Any]) -> str:
    sentence = str(row.get("sentence") or row.get("words") or "").strip()
    return excerpt(sentence, LONGEST_REASON).rstrip(".")


def would(seen: Foreseen, relation: Relation) -> list[str]:
    """Return what accepting a link would change on timelines, a sentence each."""
    said = [gettext("Adds a row: %(row)s.") % {"row": _row(row)} for row in seen.added]
    said += [gettext("Stands behind the row: %(row)s.") % {"row": _row(row)} for row in seen.behind]
    said += [
        gettext("Changes a row: %(before)s becomes %(after)s.") % {"before": _row(before), "after": _row(after)}
        for before, after in seen.changed
    ]
    said += [gettext("Takes away the row: %(row)s.") % {"row": _row(row)} for row in seen.dropped]
    if said:
        return list(dict.fromkeys(said))
    if relation in review_value.WEAK:
        return [gettext("Changes no timeline: the document only names it.")]
    return [gettext("Changes no row: the document stands on the timeline already, or its day is not known.")]


def _row(row: Event) -> str:
    kind = kind_words(row.kind) if row.kind is not EventType.OTHER else gettext("Event")
    return f"“{row.headline}”, {partial(row.on)} ({kind})"
