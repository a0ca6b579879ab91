"""The demo as one thing to start and stop, also after a start that was killed."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import select

from tracker import demo
from tracker.demo.show import Show
from tracker.domain.errors import ConfigError
from tracker.models.document import DocumentVersion, Source
from tracker.settings import Settings
from tracker.store.engine import reading, writing
from tracker.workflows.setup import prepare


def test_a_start_that_was_killed_is_continued_with_nothing_lost(tmp_path):
    settings = Settings(data_dir=tmp_path)
    with Show(settings) as killed:
        # As a kill in the first collection leaves it: every source leased to a process that is gone.
        prepare(killed.runtime, demo.sources(killed.address))
        with writing(killed.runtime.engine) as session:
            for source in session.exec(select(Source)):
                source.leased_by, source.leased_until = "a dead one", killed.runtime.clock() + timedelta(hours=1)
        killed._remember(1)
    with Show(settings) as show:
        report = show.collect()
        assert "26 sources asked" in report
        with reading(show.runtime.engine) as session:
            versions = session.exec(select(func.max(DocumentVersion.number))).one()
        assert versions == 2, "the policy page that changed between the editions has both its versions"
    assert json.loads((tmp_path / "demo" / "demo.json").read_text())["edition"] == 2


@pytest.mark.parametrize("content", ["", "{", '{"port": 1}', "[]"])
def test_a_damaged_note_of_the_first_start_ends_in_one_line_that_says_what_to_do(tmp_path, content):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "demo.json").write_text(content)
    with pytest.raises(ConfigError, match="remove the folder"):
        Show(Settings(data_dir=tmp_path))
