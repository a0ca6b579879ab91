"""When a phrase appeared in a document and when it vanished, as far as the kept versions tell."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW
from tracker.domain.vocab import DocumentState
from tracker.models.document import Document, DocumentVersion
from tracker.store.phrases import MOST_VERSIONS_OF_ONE, Appearance, first_seen, plain

PHRASE = "will not sell to police"


def document(session, *texts: str, whole=(), days: int = 0, **more) -> Document:
    row = factories.document(session, **more)
    for number, text in enumerate(texts, start=1):
        seen_at = NOW + timedelta(days=days + number)
        factories.add(
            session,
            DocumentVersion(
                document_id=row.id, number=number, title=row.title, html="", text=text, content_hash=str(number),
                seen_at=seen_at, whole_page=number in whole,
            ),
        )  # fmt: skip
    row.version_count = len(texts)
    return row


def only(session, phrase: str = PHRASE) -> Appearance:
    [found] = first_seen(session, phrase).appearances
    return found


def test_a_phrase_is_told_by_the_versions_around_it(session):
    row = document(session, "We sell.", f"We {PHRASE}.", f"We {PHRASE} and others.", "We think about it.")
    found = only(session)
    assert found.document.id == row.id
    assert (found.before.number, found.first.number, found.last.number, found.vanished.number) == (1, 2, 3, 4)
    assert (found.first.seen_at, found.vanished.seen_at) == (NOW + timedelta(days=2), NOW + timedelta(days=4))
    assert not found.still_there


def test_a_phrase_in_the_oldest_version_was_there_before_we_looked(session):
    document(session, f"We {PHRASE}.", f"We {PHRASE}!")
    found = only(session)
    assert (found.before, found.vanished, found.still_there, found.cut) == (None, None, True, False)


def test_a_phrase_that_was_away_for_a_while_says_in_which_versions(session):
    document(session, PHRASE, "gone", "gone still", PHRASE)
    found = only(session)
    assert (found.first.number, found.last.number, found.missing, found.still_there) == (1, 4, (2, 3), True)


def test_that_a_summary_lacks_it_says_nothing_about_the_page(session):
    document(session, "A summary.", f"The page: {PHRASE}.", "Another summary.", f"{PHRASE}, the page.", whole=(2, 4))
    found = only(session)
    assert (found.first.number, found.before, found.summary_before, found.missing) == (2, None, True, ())
    assert found.still_there


def test_a_later_page_without_it_shows_that_it_vanished(session):
    document(session, "A summary.", f"The page: {PHRASE}.", "Another summary.", "Another page.", whole=(2, 4))
    assert only(session).vanished.number == 4


def test_a_page_of_which_a_summary_had_the_phrase_counts_from_the_summary(session):
    document(session, f"Summary: {PHRASE}", f"The page: {PHRASE}.", whole=(2,))
    found = only(session)
    assert (found.first.number, found.last.number, found.summary_before) == (1, 2, False)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Will  NOT\nsell to police", PHRASE),
        (PHRASE, "will not\N{NO-BREAK SPACE}sell\n\n  to POLICE"),
        ("Amazon's pledge", "Amazon\N{RIGHT SINGLE QUOTATION MARK}s pledge"),
        ("sell recognition", "sell recog\N{SOFT HYPHEN}ni\N{ZERO WIDTH SPACE}tion"),
        ("2019-2020", "from 2019\N{EN DASH}2020 on"),
        ("CAFÉ Müller", "the cafe\N{COMBINING ACUTE ACCENT} müller"),
        ("Über", "das ist über allem"),
        ("über", "ÜBER ALLES"),
        ("100%", "it is 100% sure"),
        ("顔認識", "その顔認識は"),
        ("%", "5 % of"),
    ],
)
def test_white_space_case_and_typographic_marks_do_not_count(session, phrase, text):
    document(session, text, title="Other")
    assert only(session, phrase).first.number == 1


@pytest.mark.parametrize("phrase", ["", "  \n", "sell_to", "se%l", "not will", "\\"])
def test_what_does_not_stand_there_is_not_found(session, phrase):
    document(session, f"We {PHRASE}.")
    assert first_seen(session, phrase).appearances == ()


def test_the_title_counts(session):
    document(session, "x", title="Amazon will not sell to police")
    assert only(session).first.number == 1


def test_the_earliest_comes_first_and_withdrawn_documents_do_not_come(session):
    late = document(session, PHRASE, days=9)
    early = document(session, PHRASE, state=DocumentState.SCREENED)
    document(session, PHRASE, state=DocumentState.WITHDRAWN)
    assert [row.document.id for row in first_seen(session, PHRASE).appearances] == [early.id, late.id]


def test_it_is_said_when_not_everything_was_read(session):
    for number in range(3):
        document(session, f"{number} {PHRASE}")
    everything = first_seen(session, PHRASE, versions=3, limit=3)
    assert (len(everything.appearances), everything.unread, everything.more) == (3, 0, False)
    document(session, "police to sell not will")
    assert not first_seen(session, PHRASE, limit=3).more
    some = first_seen(session, PHRASE, versions=3, limit=1)
    assert (len(some.appearances), some.unread, some.more) == (1, 1, True)


def test_of_a_document_with_very_many_versions_it_is_said_that_the_oldest_were_not_read(session):
    document(session, *(PHRASE for _ in range(MOST_VERSIONS_OF_ONE + 2)))
    found = only(session)
    assert (found.first.number, found.cut) == (3, True)


def test_texts_are_compared_in_one_plain_form():
    assert plain(" A\tB\N{SOFT HYPHEN}c \N{LEFT DOUBLE QUOTATION MARK}D\N{RIGHT DOUBLE QUOTATION MARK} ") == 'a bc "d"'
