"""The whole archive goes out as files and comes back the same, on either database; or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests import factories
from tests.engines import engine_on
from tests.web import scenario
from tracker.domain.errors import InputError
from tracker.domain.vocab import LinkState, Verdict
from tracker.models.base import CampaignObject
from tracker.models.campaign import Campaign
from tracker.models.organization import Organization
from tracker.settings import Settings
from tracker.store import search, whole
from tracker.store.bulk_acts import Asked
from tracker.store.engine import reading, writing
from tracker.workflows import bulk_accept, export_folder
from tracker.workflows.decide import Said, decide
from tracker.workflows.project import verify
from tracker.workflows.runtime import Runtime
from tracker.workflows.undo_decision import undo
from tracker.workflows.whole_archive import Moved, export_archive, import_archive


def quiet(*_: object) -> None:
    """Watch no progress."""


def over(engine: Engine) -> Runtime:
    return Runtime(Settings(), engine, clock=lambda: scenario.NOW)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Moved]]:
    """The scenario as files."""
    folder = tmp_path_factory.mktemp("exported") / "archive"
    with factories.database(f"sqlite:///{tmp_path_factory.mktemp('archive') / 'whereas.db'}") as engine:
        scenario.fill(over(engine))
        with writing(engine) as session:
            first, second = session.exec(select(Organization).order_by(Organization.id)).all()[:2]
            # It points to a row that comes after it.
            first.parent_id = second.id
        decide_and_undo(over(engine))
        yield folder, export_archive(over(engine), folder, step=quiet)


def decide_and_undo(runtime: Runtime) -> None:
    """Decide on suggestions by one and by many, and take one of each back."""
    with writing(runtime.engine) as session:
        letter = session.exec(select(CampaignObject).where(CampaignObject.kind == "letter")).first()
        slug = letter.slug
        documents = [
            factories.document(session, f"Said {number}", url=f"https://said.example/{number}") for number in (1, 2)
        ]
        for document in documents:
            factories.link(session, document, letter.id, state=LinkState.SUGGESTED, score=0.9).made_by = "rule:said"
        number = documents[0].id
    undo(runtime, decide(runtime, number, Said(Verdict.REJECT, "Ann", slug)).id, "Ann")
    act = bulk_accept.begin(runtime, Asked("rule:said", 0.75, 1.01), confirmed="2", by="Ann")
    bulk_accept.carry_on(runtime, act)
    bulk_accept.undo(runtime, act, by="Ann")
    bulk_accept.carry_on(runtime, act)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in export_folder.files(folder)}


def test_an_archive_that_was_brought_in_gives_the_same_files(exported, engine: Engine, tmp_path: Path):
    folder, went = exported
    assert import_archive(over(engine), folder, step=quiet) == went
    assert export_archive(over(engine), tmp_path / "again", step=quiet) == went
    assert bytes_of(tmp_path / "again") == bytes_of(folder)
    assert went.rows > 150
    assert (folder / "decision.jsonl").read_text(encoding="utf-8").count('"verdict":"undo"') == 3
    assert (folder / "bulk_member.jsonl").read_text(encoding="utf-8").count('"undoing_id":null') == 0
    assert not verify(over(engine)).difference.touched


def test_what_was_brought_in_can_be_searched_and_added_to(exported, engine: Engine):
    import_archive(over(engine), exported[0], step=quiet)
    with writing(engine) as session:
        assert len(search.find(session, search.parse("coalition"), limit=5)) > 1
        known = {row.id for row in session.exec(select(Campaign))}
        added = factories.campaign(session, "another", title="Another campaign")
        assert added.id not in known


def test_a_database_that_holds_anything_is_refused(exported, engine: Engine):
    with writing(engine) as session:
        factories.organization(session, "somebody")
    with pytest.raises(InputError, match=r"the database is not empty \(1 rows in organization\); name a new one"):
        import_archive(over(engine), exported[0], step=quiet)


@pytest.fixture
def altered(exported, tmp_path: Path) -> Path:
    """A copy of the export, to be changed."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for file, content in bytes_of(exported[0]).items():
        (folder / file).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("event.jsonl", lambda text: text.replace("2018", "2017", 1), "event.jsonl is missing or not as it was"),
        ("archive.json", lambda text: text.replace('"schema": "', '"schema": "9'), "export it again from a program"),
        ("archive.json", lambda _: "{}", "is not of the format whereas-archive-1"),
        ("archive.json", lambda _: "", "cannot be read"),
    ],
)
def test_what_is_not_as_it_was_written_is_refused(altered: Path, sqlite_database: str, name, change, told):
    (altered / name).write_text(change((altered / name).read_text(encoding="utf-8")), encoding="utf-8")
    with engine_on(sqlite_database) as engine, pytest.raises(InputError, match=told):
        import_archive(over(engine), altered, step=quiet)


def test_an_import_that_fails_half_way_leaves_nothing(altered: Path, engine: Engine):
    lines = (altered / "link.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (altered / "link.jsonl").write_text(lines[0] + '{"id": 1}\n', encoding="utf-8")
    export_folder.write_sums(altered)
    with pytest.raises(InputError, match=r"link\.jsonl, line 2: its columns are id, not"):
        import_archive(over(engine), altered, step=quiet)
    with reading(engine) as session:
        assert whole.occupied(session) == {}


def test_nobodys_own_data_goes_out(exported):
    names = {table.name for table in whole.tables()}
    assert not names & {
        "account",
        "account_entry",
        "account_name",
        "account_session",
        "api_token",
        "passkey",
        "subscriber",
        "follow",
        "delivery",
        "delivered_issue",
    }
    assert not [name for name in export_folder.files(exported[0]) if name.startswith(("account", "subscriber"))]
