"""Texts that change by themselves: how many changes are believed, and what always is."""

from dataclasses import replace
from html import escape

import pytest
from sqlmodel import Session, select

from tests.workflows.collecting import counts, every, follow, source
from tests.workflows.feeds import RELEVANT, rss, story
from tracker.models.document import Document, DocumentVersion, Sighting
from tracker.store.engine import writing
from tracker.workflows.collect import collect
from tracker.workflows.keep import MOST_FLICKERS


@pytest.fixture
def says(runtime, publisher, clock):
    """Let the feed say a text (and title, and day of its last edit), visit it, and return what became of the entry."""
    follow(runtime, publisher.url("/paper"), every_seconds=60)

    def say(text: str, title: str = "Facial recognition", edited: str = "") -> dict[str, int]:
        updated = f"<updated>{edited}</updated>" if edited else ""
        publisher.serve(
            "/paper",
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Paper</title><id>urn:paper</id><entry>"
            f"<id>urn:1</id><title>{escape(title)}</title><published>2019-02-07T10:00:00Z</published>{updated}"
            f"<link href='https://paper.example/1'/><content>{escape(f'{RELEVANT} {text}')}</content></entry></feed>",
        )
        clock.forward(hours=1)
        report = collect(runtime)
        assert report.failed == []
        return counts(report)

    return say


def versions(runtime) -> list[str]:
    """The last word of each version, in their order."""
    return [row.text.split()[-1] for row in sorted(every(runtime, DocumentVersion), key=lambda row: row.number)]


def flickers(runtime) -> int:
    [row] = every(runtime, Sighting)
    return row.flickers


def wear(runtime, times: int) -> None:
    """Let the entry have changed so often by itself."""
    with writing(runtime.engine) as session:
        session.exec(select(Sighting)).one().flickers = times


def test_a_text_that_changes_at_every_visit_stops_making_versions(runtime, says):
    assert [says("first"), says("second")] == [{"new": 1}, {"changed": 1}]
    assert flickers(runtime) == 1
    wear(runtime, MOST_FLICKERS - 2)
    assert [says(f"tick{number}") for number in range(5)] == [{"changed": 1}] * 2 + [{"same": 1}] * 3
    assert versions(runtime) == ["first", "second", "tick0", "tick1"]
    [document] = every(runtime, Document)
    assert document.version_count == 4


def test_two_texts_in_turn_are_two_versions_and_use_nothing_up(runtime, says):
    done = [says(("odd", "even")[number % 2]) for number in range(8)]
    assert done == [{"new": 1}, {"changed": 1}, *[{"same": 1}] * 6]
    assert versions(runtime) == ["odd", "even"]
    # What is really new is still believed.
    assert says("fresh") == {"changed": 1}
    assert versions(runtime) == ["odd", "even", "fresh"]
    assert flickers(runtime) == 2


@pytest.mark.parametrize("visits", [0, 1, 2])
def test_a_new_headline_and_a_word_that_it_was_edited_are_believed_however_much_flickered_before(runtime, says, visits):
    def flicker() -> None:
        wear(runtime, MOST_FLICKERS)
        assert [says(f"tick{number}", title) for number in range(visits)] == [{"same": 1}] * visits
        assert flickers(runtime) == MOST_FLICKERS + visits

    title = "Facial recognition"
    assert says("first") == {"new": 1}
    flicker()
    title = "Facial recognition, corrected"
    assert says("retitled", title) == {"changed": 1}
    assert flickers(runtime) == 0
    flicker()
    assert says("edited", title, "2019-02-08T10:00:00Z") == {"changed": 1}
    assert flickers(runtime) == 0
    assert versions(runtime) == ["first", "retitled", "edited"]
    [document] = every(runtime, Document)
    assert document.title == title


def test_edits_that_their_source_speaks_of_are_no_flicker(runtime, says):
    says("first", edited="2019-02-07T10:00:00Z")
    wear(runtime, MOST_FLICKERS)
    assert says("second", edited="2019-02-07T10:00:01Z") == {"changed": 1}
    assert flickers(runtime) == 0
    # The same moment of editing with another text is flicker again.
    assert says("third", edited="2019-02-07T10:00:01Z") == {"changed": 1}
    assert flickers(runtime) == 1


def test_headlines_in_turn_are_versions_each_time(runtime, says):
    """Somebody took a headline back, and somebody else will ask when."""
    titles = ["Facial recognition is sold", "Facial recognition is not sold"]
    done = [says("same", titles[number % 2]) for number in range(4)]
    assert done == [{"new": 1}, *[{"changed": 1}] * 3]


def test_a_second_carriers_own_words_stay_no_version_however_often_they_change(runtime, says, publisher, clock):
    says("first")
    url = publisher.url("/other")
    follow(runtime, url, every_seconds=60)
    for number in range(4):
        entry = replace(
            story(), title="Facial recognition", text=f"{RELEVANT} other{number}", link="https://paper.example/1"
        )
        publisher.serve("/other", rss(entry))
        clock.forward(hours=1)
        report = collect(runtime, names=["other"])
        assert (report.failed, counts(report)) == ([], {"seen_elsewhere": 1})
    assert versions(runtime) == ["first"]
    with Session(runtime.engine) as session:
        row = session.get(Sighting, (source(runtime, "other").id, "story-1"))
        assert row.flickers == 0
