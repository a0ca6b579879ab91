"""What every start does: the configured organisations and sources are brought into the database."""

import tomllib

import pytest
from sqlmodel import select

from tests import runtimes
from tests.conftest import PROJECT
from tests.workflows.campaign_files import FILE
from tracker.domain.errors import ConfigError
from tracker.models.document import Source
from tracker.models.event import Event
from tracker.models.organization import Organization, Product
from tracker.store.engine import reading
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import verify
from tracker.workflows.setup import check_sources, prepare
from tracker.workflows.sources import pause

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
        (folder / "names").mkdir()
        (folder / "names" / "lawmakers.toml").write_text(renamed)
        prepare(runtime, [])
        assert "The Caucus" in names(runtime, Organization)
        assert verify(runtime).difference.touched == 0
        with reading(runtime.engine) as session:
            assert session.exec(select(Event)).first() is not None


def test_a_source_that_ships_paused_is_paused_once_and_stays_resumed_afterwards(sqlite_runtime):
    paused = {**ENTRY, "paused": True}
    prepare(sqlite_runtime, [paused, {**ENTRY, "name": "aclu", "url": "https://aclu.example/feed"}])
    with reading(sqlite_runtime.engine) as session:
        assert {row.name: row.paused for row in session.exec(select(Source))} == {"eff": True, "aclu": False}
    pause(sqlite_runtime, "eff", paused=False)
    pause(sqlite_runtime, "aclu", paused=True)
    prepare(sqlite_runtime, [{**paused, "title": "EFF"}, {**ENTRY, "name": "aclu", "url": "https://aclu.example/rss"}])
    with reading(sqlite_runtime.engine) as session:
        assert {row.name: row.paused for row in session.exec(select(Source))} == {"eff": False, "aclu": True}


def test_the_shipped_sources_are_right():
    check_sources(tomllib.loads((PROJECT / "config" / "sources.toml").read_text(encoding="utf-8"))["source"])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"name": "eff"}, "expected a list of them"),
        (["eff"], "expected a list of them"),
        ([{**ENTRY, "every": 5}], "the source eff: no key 'every'; it has every_seconds"),
        ([{**ENTRY, "reader": "rss"}], "the source eff: no reader 'rss'; there are "),
        ([{**ENTRY, "reader": 5}], "the source eff: reader is 5; it should be a str"),
        ([{**ENTRY, "url": ""}], "the source eff: it needs a name and a url"),
        ([{"reader": "feed", "url": "u"}], "the source ?: it needs a name and a url"),
        ([{**ENTRY, "every_seconds": 0}], "the source eff: every_seconds is 0; it must be 60 (a minute) to 31622400"),
        ([{**ENTRY, "every_seconds": 59}], "the source eff: every_seconds is 59"),
        ([{**ENTRY, "every_seconds": 31622401}], "the source eff: every_seconds is 31622401"),
        ([{**ENTRY, "every_seconds": 10**14}], "to 31622400 (366 days)"),
        ([{**ENTRY, "name": "unreadable"}], "the name 'unreadable' is reserved for another page; choose another"),
        ([{**ENTRY, "name": ".."}], "the name '..' is reserved"),
        ([{**ENTRY, "name": "e/f"}], "the name 'e/f' will not do; use 1 to 100 letters, digits, and the marks . _ -"),
        ([{**ENTRY, "name": "e\x00\nf"}], r"reading the source 'e\x00\nf': the name 'e\x00\nf' will not do"),
        ([{**ENTRY, "name": "eff\n"}], r"the name 'eff\n' will not do"),
        ([{**ENTRY, "name": "e" * 101}], "will not do"),
        ([{**ENTRY, "every_seconds": "1h"}], "the source eff: every_seconds is '1h'; it should be a int"),
        ([{**ENTRY, "every_seconds": True}], "the source eff: every_seconds is True"),
        ([{**ENTRY, "paused": 1}], "the source eff: paused is 1; it should be a bool"),
        ([{**ENTRY, "options": "kind"}], "the source eff: options is 'kind'; it should be a dict"),
        ([ENTRY, ENTRY], "the source eff: two sources have this name"),
    ],
)
def test_a_wrong_source_is_refused_by_name(wanted, said):
    with pytest.raises(ConfigError) as caught:
        check_sources(wanted)
    assert said in str(caught.value)


@pytest.mark.parametrize("more", [{"every_seconds": 60}, {"every_seconds": 31622400}, {"name": "Новости_2.ü-x"}])
def test_the_shortest_and_the_longest_interval_and_letters_of_any_script_are_right(more):
    check_sources([{**ENTRY, **more}])


def test_a_wrong_source_leaves_everything_as_it_was(sqlite_runtime):
    with pytest.raises(ConfigError):
        prepare(sqlite_runtime, [{**ENTRY, "reader": "rss"}])
    assert names(sqlite_runtime, Organization) == names(sqlite_runtime, Source) == []
