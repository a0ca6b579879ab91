"""What every start does: the configured organisations and sources are brought into the database."""

import tomllib

import pytest
from sqlmodel import select

from tests import runtimes
from tests.conftest import PROJECT
from tests.workflows.test_exchange import FILE
from tracker.domain.errors import ConfigError
from tracker.models.document import Source
from tracker.models.event import Event
from tracker.models.organization import Organization, Product
from tracker.store.engine import reading
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.setup import check_sources, prepare

ENTRY = {"name": "eff", "reader": "feed", "url": "https://eff.example/feed"}


def names(runtime, table) -> list[str]:
    with reading(runtime.engine) as session:
        return sorted(session.exec(select(table.name)))


def test_the_shipped_configuration_is_brought_in_and_the_second_start_changes_nothing(runtime, clock):
    prepare(runtime)
    found = names(runtime, Organization), names(runtime, Product), names(runtime, Source)
    assert "Amazon" in found[0]
    assert "Rekognition" in found[1]
    assert "eff" in found[2]
    with reading(runtime.engine) as session:
        before = [row.model_dump() for row in session.exec(select(Source))]
    clock.forward(days=1)
    prepare(runtime)
    assert (names(runtime, Organization), names(runtime, Product), names(runtime, Source)) == found
    with reading(runtime.engine) as session:
        assert [row.model_dump() for row in session.exec(select(Source))] == before


def test_sources_given_take_the_place_of_the_files(sqlite_runtime):
    prepare(sqlite_runtime, [ENTRY])
    assert names(sqlite_runtime, Source) == ["eff"]


def test_a_lane_that_the_configuration_corrects_is_corrected_on_the_timeline_too(sqlite_database, tmp_path):
    """The organisation came with a campaign file; the gazetteer knows it as a lawmaker."""
    folder = tmp_path / "config"
    folder.mkdir()
    with runtimes.opened(sqlite_database, tmp_path, config_dir=folder) as runtime:
        import_campaign(runtime, FILE)
        renamed = (
            '[[organization]]\nid = "caucus"\nname = "The Caucus"\nroles = ["lawmaker"]\naliases = ["The Paper"]\n'
        )
        (folder / "organizations.toml").write_text(renamed)
        prepare(runtime, [])
        assert "The Caucus" in names(runtime, Organization)
        assert verify(runtime).difference.touched == 0
        with reading(runtime.engine) as session:
            assert session.exec(select(Event)).first() is not None


def test_the_shipped_sources_are_right():
    check_sources(tomllib.loads((PROJECT / "config" / "sources.toml").read_text(encoding="utf-8"))["source"])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"name": "eff"}, "expected a list of them"),
        (["eff"], "expected a list of them"),
        ([{**ENTRY, "every": 5}], "the source eff: no key 'every'; it has every_seconds"),
        ([{**ENTRY, "reader": "rss"}], "the source eff: no reader 'rss'; there are edgar, feed"),
        ([{**ENTRY, "reader": 5}], "the source eff: reader is 5; it should be a str"),
        ([{**ENTRY, "url": ""}], "the source eff: it needs a name and a url"),
        ([{"reader": "feed", "url": "u"}], "the source ?: it needs a name and a url"),
        ([{**ENTRY, "every_seconds": 0}], "the source eff: every_seconds is 0; it must be above zero"),
        ([{**ENTRY, "every_seconds": "1h"}], "the source eff: every_seconds is '1h'; it should be a int"),
        ([{**ENTRY, "every_seconds": True}], "the source eff: every_seconds is True"),
        ([{**ENTRY, "options": "kind"}], "the source eff: options is 'kind'; it should be a dict"),
        ([ENTRY, ENTRY], "the source eff: two sources have this name"),
    ],
)
def test_a_wrong_source_is_refused_by_name(wanted, said):
    with pytest.raises(ConfigError) as caught:
        check_sources(wanted)
    assert said in str(caught.value)


def test_a_wrong_source_leaves_everything_as_it_was(sqlite_runtime):
    with pytest.raises(ConfigError):
        prepare(sqlite_runtime, [{**ENTRY, "reader": "rss"}])
    assert names(sqlite_runtime, Organization) == names(sqlite_runtime, Source) == []
