"""A filing is one document, whoever tells of it: EDGAR's lists, feeds and search name it by its accession number."""

from collections.abc import Iterable

from sqlmodel import Session

from tracker.domain.items import Draft
from tracker.domain.vocab import DocumentKind
from tracker.sources.edgar import Edgar
from tracker.sources.edgar_atom import EdgarAtom
from tracker.sources.edgar_filing import ACCESSION
from tracker.sources.edgar_search import EdgarSearch
from tracker.store import sightings
from tracker.store.sightings import Filed

READERS = (Edgar.name, EdgarAtom.name, EdgarSearch.name)


class KnownFilings:
    """The filings among what was brought that some source has told of, and those that this batch adds."""

    def __init__(self, session: Session, drafts: Iterable[Draft]) -> None:
        """Look them up."""
        numbers = sorted({draft.key for draft in drafts if _is_filing(draft)})
        self._known = sightings.by_accession(session, numbers, READERS)

    def of(self, draft: Draft) -> Filed | None:
        """Return the filing that a draft is, where one is known."""
        return self._known.get(draft.key) if _is_filing(draft) else None

    def note(self, draft: Draft, document_id: int, *, own: bool) -> None:
        """Remember a filing that this batch adds or completes."""
        if _is_filing(draft):
            self._known[draft.key] = Filed(document_id, own)


def _is_filing(draft: Draft) -> bool:
    return draft.kind is DocumentKind.FILING and ACCESSION.fullmatch(draft.key) is not None
