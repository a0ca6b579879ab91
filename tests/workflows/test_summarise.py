"""What is derived is made again where it is missing: the index of the search after an upgrade."""

from sqlalchemy import Engine, text
from sqlmodel import delete, select

from tests.web import scenario
from tracker.models.document import DocumentVersion
from tracker.models.search import SearchEntry, SearchWord
from tracker.settings import Settings
from tracker.store import search
from tracker.store.engine import reading, writing
from tracker.workflows.runtime import Runtime
from tracker.workflows.summarise import summarise


def entries(engine: Engine) -> list[tuple[int, str, str, str]]:
    with reading(engine) as session:
        rows = session.exec(select(SearchEntry).order_by(SearchEntry.place)).all()
        return [(row.place, row.kind, row.title, row.marks) for row in rows]


def test_an_index_that_an_upgrade_left_empty_is_filled(engine: Engine):
    runtime = Runtime(Settings(), engine, clock=lambda: scenario.NOW)
    scenario.fill(runtime)
    before = entries(engine)
    assert before
    forget = "DELETE FROM search_index" if engine.dialect.name == "postgresql" else (
        "INSERT INTO search_index (search_index) VALUES ('delete-all')"
    )  # fmt: skip
    with writing(engine) as session:
        session.execute(text(forget))
        session.execute(delete(SearchEntry))
        session.execute(delete(SearchWord))
    with reading(engine) as session:
        assert search.is_missing(session)
        title = session.exec(select(DocumentVersion.title).order_by(DocumentVersion.id)).first()
        assert not search.find(session, search.parse(title))
    summarise(runtime)
    assert entries(engine) == before
    with reading(engine) as session:
        assert not search.is_missing(session)
        assert search.find(session, search.parse(title))


def test_an_archive_without_documents_lacks_no_index(engine: Engine):
    with reading(engine) as session:
        assert not search.is_missing(session)
