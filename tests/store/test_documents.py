"""Documents in: new ones, new versions, and what is known already."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import NOW
from tracker.domain.dates import PartialDate
from tracker.domain.items import Draft
from tracker.domain.text import content_hash
from tracker.domain.verdicts import Judged
from tracker.domain.vocab import DocumentKind, DocumentState, EventType
from tracker.models.document import Document, DocumentVersion, Mention, Sighting, Source
from tracker.models.evidence import Evidence
from tracker.store import documents, sightings
from tracker.store.documents import Arrival

LATER = NOW + timedelta(days=1)
URL = "https://paper.example/story"


def draft(text: str = "Amazon sells face recognition.", *, title: str = "A story", **more) -> Draft:
    values = {
        "key": "key-1", "title": title, "url": URL, "canonical_url": URL, "publisher": "Paper",
        "kind": DocumentKind.NEWS, "published": PartialDate.day(date(2019, 2, 7)),
        "published_at": datetime(2019, 2, 7, 9, tzinfo=UTC), "updated_at": None, "authors": ("A", "B"),
        "summary_html": "<p>short</p>", "html": f"<p>{text}</p>", "text": text, "language": "en",
        "content_hash": content_hash(title, text),
    }  # fmt: skip
    return Draft(**{**values, **more})


def judged(state: DocumentState = DocumentState.RELEVANT, *names: str) -> Judged:
    mentions = [
        {"entity": name.lower(), "entity_kind": "organization", "name": name, "start": 0, "end": 1, "implied_by": ""}
        for name in names
    ]
    return Judged(state, "a reason", 0.9, [{"text": "why"}], EventType.COMPANY_RESPONSE, 0.7, "so it reads", mentions)


@pytest.fixture
def source(session) -> int:
    return factories.add(session, Source(name="s", reader="feed", url="u", due_at=NOW)).id


def add(session, given: Draft | None = None, verdict: Judged | None = None, body_hash: str | None = None) -> Document:
    [number] = documents.reserve(session, 1)
    documents.add(session, [Arrival(number, given or draft(), verdict or judged(), body_hash)], NOW)
    return session.get_one(Document, number)


def change(session, document: Document, given: Draft, verdict: Judged | None = None) -> Document:
    return documents.change(session, document.id, given, verdict or judged(), body_hash=None, now=LATER)


def versions(session) -> list[tuple[int, str]]:
    rows = session.exec(select(DocumentVersion).order_by(DocumentVersion.number))
    return [(row.number, row.text) for row in rows]


def test_a_new_document_has_one_version_its_names_and_its_verdict(session):
    row = add(session, verdict=judged(DocumentState.RELEVANT, "Amazon", "ACLU"))
    assert (row.state, row.relevance, row.event_type, row.version_count) == (
        DocumentState.RELEVANT,
        0.9,
        EventType.COMPANY_RESPONSE,
        1,
    )
    assert (row.published_sort, row.authors, row.excerpt) == (
        "2019-02-07",
        ["A", "B"],
        "Amazon sells face recognition.",
    )
    assert versions(session) == [(1, "Amazon sells face recognition.")]
    assert sorted(session.exec(select(Mention.name))) == ["ACLU", "Amazon"]


def test_a_document_without_text_of_its_own_shows_its_summary(session):
    add(session, draft(html=""))
    assert session.exec(select(DocumentVersion.html)).one() == "<p>short</p>"


def test_a_change_is_a_new_version_and_the_old_one_stays(session):
    row = add(session, verdict=judged(DocumentState.RELEVANT, "Amazon"))
    change(session, row, draft("Amazon stops.", title="New title"), judged(DocumentState.RELEVANT, "ACLU"))
    assert versions(session) == [(1, "Amazon sells face recognition."), (2, "Amazon stops.")]
    assert (row.version_count, row.title, row.changed_at, row.first_seen_at) == (2, "New title", LATER, NOW)
    assert session.exec(select(Mention.name)).all() == ["ACLU"]


def test_a_date_learnt_later_is_kept_and_one_known_is_not_overwritten(session):
    unknown = add(session, draft(published=None, published_at=None, canonical_url=None))
    change(session, unknown, draft("Amazon stops."))
    assert (str(unknown.published), unknown.published_sort) == ("2019-02-07", "2019-02-07")
    assert unknown.published_at == datetime(2019, 2, 7, 9, tzinfo=UTC)
    change(session, unknown, draft("Amazon goes on.", published=PartialDate.year(2026), published_at=None))
    assert str(unknown.published) == "2019-02-07"


def test_a_change_is_judged_again(session):
    row = add(session)
    change(session, row, draft("About gardens."), judged(DocumentState.SCREENED))
    assert row.state is DocumentState.SCREENED


def test_what_could_not_be_read_is_relevant_once_it_can(session):
    row = add(session, verdict=judged(DocumentState.QUARANTINED))
    change(session, row, draft("Now it reads well."))
    assert row.state is DocumentState.RELEVANT


def test_a_document_that_somebody_withdrew_stays_withdrawn_and_its_versions_go_on(session):
    row = add(session)
    row.state, row.state_reason = DocumentState.WITHDRAWN, "a copy"
    change(session, row, draft("Amazon stops."))
    assert (row.state, row.state_reason, row.version_count) == (DocumentState.WITHDRAWN, "a copy", 2)


def test_evidence_that_waited_for_a_document_is_tied_to_it(session):
    owner = factories.spine(session, "letter", "a")
    waiting = factories.evidence(session, owner, "sent_on", "x", url=URL)
    waiting.canonical_url = URL
    other = factories.evidence(session, owner, "sent_on", "y", url="https://other.example/")
    session.flush()
    row = add(session)
    documents.tie_evidence(session, {URL: row.id, "https://unknown.example/": 99})
    session.expire_all()
    assert session.get_one(Evidence, waiting.id).document_id == row.id
    assert session.get_one(Evidence, other.id).document_id is None


# --- what is known ----------------------------------------------------------------------------------------------------


def sight(session, source, row, content: str, key: str = "key-1") -> None:
    seen = {"source_id": source, "key": key, "document_id": row.id, "content_hash": content}
    sightings.sight(session, [{**seen, "first_seen_at": NOW, "edited_at": None, "flickers": 0}])


def test_what_a_source_showed_is_known_by_its_key_with_the_hash_it_had_then(session, source):
    row = add(session)
    first = draft().content_hash
    sight(session, source, row, first)
    known = sightings.by_keys(session, source, ["key-1", "key-2"])
    assert known == {"key-1": sightings.Stored(row.id, first, "A story", URL, newest=first, spoken=True)}
    second = draft("Amazon stops.")
    change(session, row, second)
    [found] = sightings.by_keys(session, source, ["key-1"]).values()
    assert (found.content_hash, found.newest, found.spoken) == (first, second.content_hash, True)
    assert sightings.by_keys(session, source + 1, ["key-1"]) == {}


def test_a_source_that_words_it_otherwise_never_spoke_for_the_document(session, source):
    sight(session, source, add(session), "another hash")
    [found] = sightings.by_keys(session, source, ["key-1"]).values()
    assert not found.spoken


def test_a_key_seen_again_keeps_its_first_day(session, source):
    row = add(session)
    sight(session, source, row, "one")
    again = {"of": source, "under": "key-1", "number": row.id, "content": "two", "edited": LATER, "times": 3}
    sightings.sight_again(session, [again])
    [found] = session.exec(select(Sighting))
    assert (found.content_hash, found.first_seen_at, found.edited_at, found.flickers) == ("two", NOW, LATER, 3)


def test_documents_are_known_by_address_with_the_hash_of_their_newest_version(session):
    row = add(session)
    change(session, row, draft("Amazon stops."))
    add(session, draft(canonical_url=None))
    [found] = sightings.by_addresses(session, [URL, "https://unknown.example/"]).values()
    assert (found.document_id, found.content_hash) == (row.id, draft("Amazon stops.").content_hash)


def test_nothing_is_looked_up_for_nothing(session, source):
    assert sightings.by_keys(session, source, []) == {}
    assert sightings.by_addresses(session, []) == {}


@pytest.mark.parametrize(
    ("published", "day"),
    [("2019-02-07", "2019-02-07"), ("2019", "2019-01-01"), ("..2019-06-03", "2019-06-03"), (None, "")],
)
def test_a_document_is_listed_under_the_first_day_it_may_be_of(published, day):
    assert documents.sort_day(factories.on(published)) == day


def test_long_names_are_cut_to_what_fits(session):
    row = add(session, replace(draft(), publisher="P" * 400, language="x" * 40))
    session.expire_all()
    assert (len(row.publisher), len(row.language)) == (300, 20)
