"""Which document an entry is, over many visits to a source whose identifiers cannot be relied on."""

from dataclasses import replace

from tests.workflows.collecting import again, counts, every, follow
from tests.workflows.feeds import RELEVANT, Entry, rss, story
from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, Sighting
from tracker.workflows.collect import collect


def test_identifiers_that_change_on_every_visit_make_nothing_twice(runtime, publisher, clock):
    """A feed that writes a session into its identifiers: the addresses tell that the entries are the same."""
    follow(runtime, publisher.serve("/paper", rss(*(replace(story(n), key=f"{n}?sid=aaa") for n in range(4)))))
    assert counts(collect(runtime)) == {"new": 4}
    publisher.serve("/paper", rss(*(replace(story(n), key=f"{n}?sid=bbb") for n in range(4))))
    assert counts(again(runtime, clock)) == {"same": 4}
    edited = replace(story(0), key="0?sid=ccc", text=RELEVANT + " It was corrected.")
    publisher.serve("/paper", rss(edited, *(replace(story(n), key=f"{n}?sid=ccc") for n in range(1, 4))))
    assert counts(again(runtime, clock)) == {"changed": 1, "same": 3}
    assert len(every(runtime, Document)) == len(every(runtime, Sighting)) == 4


def test_an_identifier_that_becomes_shared_stays_with_the_entry_that_had_it_first(runtime, publisher, clock):
    first = replace(story(1), key="one for all")
    follow(runtime, publisher.serve("/paper", rss(first)))
    assert counts(collect(runtime)) == {"new": 1}
    publisher.serve("/paper", rss(replace(story(2), key="one for all"), first))
    assert counts(again(runtime, clock)) == {"new": 1, "same": 1}
    publisher.serve("/paper", rss(*(replace(story(n), key="one for all") for n in (3, 2, 1))))
    assert counts(again(runtime, clock)) == {"new": 1, "same": 2}
    assert len(every(runtime, Document)) == 3


def test_entries_without_address_whose_identifiers_change_are_known_by_what_they_say(runtime, publisher, clock):
    def feed(turn: str) -> bytes:
        return rss(*(replace(story(n), key=f"{n}-{turn}", link="", text=f"{RELEVANT} {n}.") for n in range(3)))

    follow(runtime, publisher.serve("/paper", feed("a")))
    assert counts(collect(runtime)) == {"new": 3}
    for turn in "bc":
        publisher.serve("/paper", feed(turn))
        assert counts(again(runtime, clock)) == {"same": 3}
    assert len(every(runtime, Document)) == 3


def test_an_old_identifier_for_a_new_story_leaves_the_old_one_alone(runtime, publisher, clock):
    def feed(number: int, title: str) -> bytes:
        return rss(replace(story(number), key="always", title=title))

    follow(runtime, publisher.serve("/paper", feed(1, "Police in Oregon use facial recognition")))
    assert counts(collect(runtime)) == {"new": 1}
    publisher.serve("/paper", feed(2, "Shareholders reject Rekognition proposal"))
    report = again(runtime, clock)
    assert (counts(report), report.failed) == ({"new": 1}, [])
    assert counts(again(runtime, clock)) == {"same": 1}
    assert [(row.url, row.version_count) for row in every(runtime, Document)] == [
        ("https://paper.example/story/1", 1),
        ("https://paper.example/story/2", 1),
    ]


def test_a_page_that_an_aggregator_brought_without_its_text_is_taken_from_its_publisher(runtime, publisher, clock):
    link = "https://paper.example/story/1"
    title = "Council votes on cameras"
    teaser = Entry("1", title, "Read more at the paper.", link)
    follow(runtime, publisher.serve("/aggregator", rss(teaser, title="Aggregator")))
    assert counts(collect(runtime)) == {"screened": 1}
    follow(runtime, publisher.serve("/paper", rss(Entry("p", title, RELEVANT, link))))
    assert counts(again(runtime, clock))["seen_elsewhere"] == 1
    [document] = every(runtime, Document)
    assert (document.state, document.version_count, document.changed_at) == (DocumentState.RELEVANT, 2, None)
    assert counts(again(runtime, clock)) == {"same": 2}
