"""`tracker history` tells the acts, and `tracker revert` undoes one."""

import pytest

from tests import factories as make
from tracker.models.base import CampaignObject
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing


@pytest.fixture
def told(tracker):
    """An archive in which Ann renamed a letter."""
    with tracker.engine() as engine, writing(engine) as session:
        make.letter(session, "letter", sent="2018-05-24", title="To the board")
        with recording(session, Cause("Ann", make.NOW, "The heading says so.")):
            session.get(CampaignObject, 1).title = "To the directors"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("arguments", [("letter",), ("--by", "Ann"), ("--since", "2018"), ()])
def test_an_act_is_told_with_both_values_and_why(tracker, arguments):
    said = tracker("history", *arguments)
    assert "Ann: The heading says so." in said.out
    assert "title: To the board -> To the directors" in said.out


@pytest.mark.usefixtures("told")
def test_an_act_is_undone_by_its_number(tracker):
    said = tracker("revert", "1", "--by", "Bob", "--why", "It does not.")
    assert said.out == "Act 1 is undone by act 2.\n"
    again = tracker("history", "letter").out
    assert "(undid act 1): It does not." in again
    assert "undone by act 2" in again


@pytest.mark.usefixtures("told")
def test_what_there_is_not_is_said_in_one_line(tracker):
    assert "no object, campaign or organisation is called that" in tracker("history", "nobody").error
    assert "there is none of this number" in tracker("revert", "9", "--by", "Bob", "--why", "x").error
    assert tracker("history", "--by", "Nobody").out == "Nothing is on record under this.\n"
