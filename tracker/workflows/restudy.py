"""Judging and linking the archive again: a campaign was added, or the words and names we look for were changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from tracker.domain.items import Draft
from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, DocumentVersion
from tracker.store import decisions, document_links, documents, fingerprints, links
from tracker.store.engine import reading, writing
from tracker.store.links import Suggested
from tracker.workflows.followings import known_numbers
from tracker.workflows.known import open_linker
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.stories import tell_stories

# Documents a transaction: small enough that a collector beside us waits for no more than a moment.
AT_ONCE = 200
Step = Callable[[int], None]


@dataclass(slots=True)
class Restudied:
    """What a second look at the archive changed."""

    documents: int = 0
    now_relevant: int = 0
    now_screened: int = 0
    suggested: int = 0
    confirmed: int = 0

    def add(self, before: DocumentState, after: DocumentState, done: Suggested) -> None:
        """Count one document."""
        self.documents += 1
        self.now_relevant += before is DocumentState.SCREENED and after is DocumentState.RELEVANT
        self.now_screened += before is DocumentState.RELEVANT and after is DocumentState.SCREENED
        self.suggested += done.suggested
        self.confirmed += done.confirmed

    def words(self) -> str:
        """Return it as one line for a person."""
        return (
            f"{self.documents:,} documents looked at again: {self.now_relevant:,} now relevant, "
            f"{self.now_screened:,} no longer; {self.suggested:,} links newly suggested, {self.confirmed:,} confirmed"
        )


def restudy(runtime: Runtime, step: Step | None = None, *, sources: Collection[int] | None = None) -> Restudied:
    """Judge every document anew with today's words, names and campaign objects; people's decisions stay.

    With `sources`, only the documents that these have brought.

    Each batch is one transaction, so it may be stopped and started again at any time.
    """
    linker, report, last = open_linker(runtime), Restudied(), 0
    while True:
        with writing(runtime.engine) as session:
            batch = documents.judged_by_rule(session, after=last, limit=AT_ONCE, sources=sources)
            if not batch:
                break
            touched, wanted = [], decisions.wanted(session, [row.id or 0 for row, _ in batch])
            for row, text in batch:
                before, studied = row.state, linker.study(draft_of(row, text), "", wanted=row.id in wanted)
                documents.judge_again(session, row, studied.judged)
                done = links.suggest(session, row.id or 0, studied.proposals, runtime.clock())
                report.add(before, row.state, done)
                if DocumentState.RELEVANT in {before, row.state}:
                    touched.append(row.id or 0)
            fingerprints.forget(session, touched)  # other names, another type: it may tell what others tell
            project(session, document_ids=touched, clock=runtime.clock)
            last = batch[-1][0].id or 0
        if step is not None:
            step(report.documents)
    tell_stories(runtime)
    return report


def link_pending(runtime: Runtime) -> int:
    """Link documents again that named a number which an object has by now; return how many those are.

    People's decisions stay. Nothing is compiled as long as no number was waited for.
    """
    with reading(runtime.engine) as session:
        keys = document_links.waiting(session) & known_numbers(session)
    if not keys:
        return 0
    linker = open_linker(runtime)
    with writing(runtime.engine) as session:
        ids = document_links.settle(session, keys)
        wanted = decisions.wanted(session, ids)
        for row, text in documents.newest_of(session, ids):
            studied = linker.study(draft_of(row, text), "", wanted=row.id in wanted)
            links.suggest(session, row.id or 0, studied.proposals, runtime.clock(), looked_for=studied.looked_for)
        project(session, document_ids=ids, clock=runtime.clock)
    return len(ids)


def draft_of(row: Document, text: DocumentVersion) -> Draft:
    """Return a stored document in the form in which it came."""
    return Draft(
        key="",
        title=text.title,
        url=row.url,
        canonical_url=row.canonical_url,
        publisher=row.publisher,
        kind=row.kind,
        published=row.published,
        published_at=row.published_at,
        updated_at=None,
        authors=tuple(row.authors),
        summary_html="",
        html=text.html,
        text=text.text,
        language=row.language,
        content_hash=text.content_hash,
        form=row.form,
    )
