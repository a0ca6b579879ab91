"""What could not be read is read again, from the bytes kept, after its reader was mended; nobody is asked."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.workflows.collecting import counts, every, follow
from tests.workflows.feeds import RELEVANT
from tracker.domain.errors import NotFoundError, ParseError
from tracker.domain.items import RawItem, Request
from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Document, DocumentVersion, Fetch, Sighting, Source
from tracker.sources import base
from tracker.store.engine import reading, writing
from tracker.workflows.collect import collect
from tracker.workflows.retry import Retried, retry
from tracker.workflows.sources import remove
from tracker.workflows.upkeep import tidy


class Mending:
    """A reader of lines "key, title, text" between bars. Until it is mended it stumbles over "!" and "?"."""

    name, kind, every = "test_mending", DocumentKind.NEWS, timedelta(hours=1)
    mended = False

    def requests(self, targets):
        for target in targets:
            yield Request(target.url, context={"publisher": "The Paper", "odd": ["é\0\ud800", {"\0": 1}, None]})

    def parse(self, answer):
        text = answer.body.decode()
        if text.startswith("?") and not self.mended:
            raise ParseError(f"reading {answer.url}: a question mark in {text}; report it")
        for line in text.lstrip("?").splitlines():
            key, title, words = line.strip("!").split("|")
            # An entry with a date that is none breaks the stage after the reader.
            day = "yesterday" if line.startswith("!") and not self.mended else None
            yield RawItem(
                key, title, f"https://paper.example/{title.replace(' ', '-')}", published=day,
                publisher=answer.request.context["publisher"], content_html=f"<p>{RELEVANT} {words}</p>",
            )  # fmt: skip


@pytest.fixture(autouse=True)
def reader():
    """The reader, known for this test alone."""
    base.register(Mending)
    yield Mending
    Mending.mended = False
    del base._SOURCES[Mending.name]


@pytest.fixture
def say(runtime, publisher, clock):
    """Let the source say something, visit it, and return what became of it."""
    follow(runtime, publisher.url("/paper"), reader="test_mending", every_seconds=60)

    def said(*lines: str) -> dict[str, int]:
        publisher.serve("/paper", "\n".join(lines))
        clock.forward(days=1)
        return counts(collect(runtime))

    return said


def told(done: Retried) -> dict[str, int]:
    names = ("new", "changed", "screened", "quarantined")
    numbers = {name: getattr(done.counts, name) for name in names if done.counts and getattr(done.counts, name)}
    return {"answers": done.answers, "still": done.still, **numbers}


def waiting(runtime) -> int:
    return sum(row.asked is not None for row in every(runtime, Fetch))


def documents(runtime) -> dict[str, tuple[str, str, int]]:
    """State, last word and number of versions of each document by its title."""
    with reading(runtime.engine) as session:
        query = select(Document, DocumentVersion).where(
            DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.version_count
        )
        return {
            row.title: (row.state.value, (version.text.split() or [""])[-1], row.version_count)
            for row, version in session.exec(query)
        }


def test_a_quarantined_entry_is_mended_in_its_place_and_nobody_is_asked(runtime, publisher, say):
    assert say("a|First|one", "!b|Second|two") == {"new": 1, "quarantined": 1}
    assert documents(runtime)["Second"] == ("quarantined", "", 1)
    before, asked = every(runtime, Sighting), len(publisher.seen)
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "changed": 1}
    assert documents(runtime) == {"First": ("relevant", "one", 1), "Second": ("relevant", "two", 2)}
    assert [(row.key, row.document_id) for row in every(runtime, Sighting)] == [
        (row.key, row.document_id) for row in before
    ]
    assert (waiting(runtime), len(publisher.seen)) == (0, asked)
    assert retry(runtime).words() == "nothing is waiting to be read again"
    # The next visit finds what the mended reader made of it.
    assert say("a|First|one", "!b|Second|two") == {"same": 2}


def test_an_entry_that_still_cannot_be_read_keeps_waiting(runtime, say):
    """However often it is tried in vain: the day on which it can be read comes later."""
    say("a|First|one", "!b|Second|two")
    for _ in range(3):
        assert told(retry(runtime)) == {"answers": 1, "still": 0, "quarantined": 1}
        assert "1 entries" in retry(runtime).words()
        assert waiting(runtime) == 1
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "changed": 1}


def test_an_answer_that_could_not_be_read_at_all_is_read_with_what_its_request_said(runtime, publisher, say, clock):
    assert say("?a|First|one", "b|Second|two") == {}
    assert (waiting(runtime), documents(runtime)) == (1, {})
    assert told(retry(runtime)) == {"answers": 1, "still": 1}
    assert waiting(runtime) == 1
    asked = len(publisher.seen)
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "new": 2}
    [first, second] = every(runtime, Document)
    assert (first.publisher, second.first_seen_at) == ("The Paper", clock())
    assert {row.body_hash for row in every(runtime, DocumentVersion)} == {
        row.body_hash for row in every(runtime, Fetch) if row.outcome == "unreadable"
    }
    assert (waiting(runtime), len(publisher.seen)) == (0, asked)


def test_what_old_bytes_say_takes_nothing_back_that_was_said_since(runtime, say):
    """An entry retitled after the broken answer is not retitled back, and no change is told that never was."""
    say("a|First|one", "!b|Second|two")
    say("a|First corrected|three", "!b|Second|two", "c|Third|x")
    before = documents(runtime)
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 2, "still": 0, "changed": 1}
    assert documents(runtime) == {**before, "Second": ("relevant", "two", 2)}
    [changed] = [row for row in every(runtime, Document) if row.title == "First corrected"]
    assert changed.version_count == 2
    assert say("a|First corrected|three", "!b|Second|two", "c|Third|x") == {"same": 3}


def test_of_an_entry_that_was_broken_in_several_answers_the_newest_words_are_taken(runtime, say):
    for number, words in enumerate(("one", "two", "three")):
        say(f"!a|First|{words}", f"b|Other|{number}")
    assert waiting(runtime) == 3
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 3, "still": 0, "changed": 1}
    assert documents(runtime)["First"][:2] == ("relevant", "three")
    assert waiting(runtime) == 0


def test_the_same_bytes_twice_are_read_once(runtime, say):
    for _ in range(3):
        say("?a|First|one")
    assert waiting(runtime) == 3
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "new": 1}
    assert waiting(runtime) == 0


def test_only_named_sources_are_read_again_and_each_step_is_told(runtime, publisher, say, clock):
    follow(runtime, publisher.serve("/other", "?z|Zebra|z"), reader="test_mending")
    say("?a|First|one")
    Mending.mended = True
    steps: list[tuple[int, int, str]] = []
    done = retry(runtime, ["other"], step=lambda *step: steps.append(step))
    assert (told(done), steps) == ({"answers": 1, "still": 0, "new": 1}, [(1, 1, "other")])
    assert set(documents(runtime)) == {"Zebra"}
    with pytest.raises(NotFoundError, match="no source is called 'nobody'"):
        retry(runtime, ["other", "nobody"])
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "new": 1}


KEYS = {"blanks": "  b  c  ", "a tab": "b\tc", "invisible": "b\u200bc", "wide": "é" * 1200, "long": "k" * 5000}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_an_entry_is_the_same_one_before_and_after_whatever_its_key_looks_like(runtime, say, key):
    assert say(f"!{key}|Second|two") == {"quarantined": 1}
    Mending.mended = True
    assert told(retry(runtime)) == {"answers": 1, "still": 0, "changed": 1}
    assert documents(runtime) == {"Second": ("relevant", "two", 2)}


def test_signs_that_no_database_takes_do_not_keep_a_broken_entry_from_being_set_aside(runtime, say):
    assert say("!b\0|Sec\0ond \x07|two\0", "c|Third|x") == {"new": 1, "quarantined": 1}
    assert documents(runtime)["Second"][0] == "quarantined"


def test_signs_that_no_database_takes_do_not_keep_an_unreadable_answer_from_being_kept(runtime, say):
    """They stand in what is asked, and in what its reader says."""
    with writing(runtime.engine) as session:
        session.exec(select(Source)).one().title = "The\u2028Paper"
    assert say("?a|First|one", "!\0") == {}
    assert waiting(runtime) == 1
    [row] = every(runtime, Source)
    assert row.last_error_kind == "unreadable"
    assert "a question mark" in row.last_error


def test_what_waits_is_dropped_with_its_attempt_and_its_bytes_by_upkeep(runtime, say, clock):
    say("?a|First|one")
    clock.forward(days=91)
    assert str(tidy(runtime)) == "1 old fetch attempts dropped, 1 unused answers with them"
    assert told(retry(runtime)) == {"answers": 0, "still": 0}


def test_a_source_removed_takes_what_waits_with_it(runtime, say):
    say("?a|First|one")
    remove(runtime, "paper")
    assert told(retry(runtime)) == {"answers": 0, "still": 0}


def test_a_reader_that_is_gone_leaves_the_bytes_waiting(runtime, say):
    say("?a|First|one")
    del base._SOURCES[Mending.name]
    try:
        assert told(retry(runtime)) == {"answers": 1, "still": 1}
    finally:
        base.register(Mending)
    with Session(runtime.engine) as session:
        assert session.exec(select(Document.state).where(Document.state == DocumentState.QUARANTINED)).all() == []
    assert waiting(runtime) == 1
