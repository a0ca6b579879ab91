"""A campaign's own terms: tried on last month's documents, kept with their history, used by the next collection."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentState
from tracker.models.document import DocumentVersion
from tracker.store.engine import writing
from tracker.workflows.campaign_terms import change, edited, history, preview
from tracker.workflows.known import open_linker

PALMS = "Shops scan palms at the till"


def document(session, title: str, days_ago: int = 1):
    row = factories.document(session, title, state=DocumentState.SCREENED)
    row.first_seen_at = NOW - timedelta(days=days_ago)
    content = {"title": title, "html": "", "text": "", "content_hash": title}
    factories.add(session, DocumentVersion(document_id=row.id, number=1, seen_at=NOW, **content))


@pytest.fixture
def archive(runtime, clock):
    clock.now = NOW
    with writing(runtime.engine) as session:
        factories.campaign(session, "palms")
        document(session, PALMS)
        document(session, "Palm trees along the coast")
        document(session, "Old news of palms that are scanned", days_ago=60)
    return runtime


def test_a_preview_shows_what_terms_would_have_caught_last_month_and_keeps_nothing(archive):
    found = preview(archive, "palms", terms=["scan* palms"], against=[])
    assert (found.looked_at, [row.title for row in found.caught], found.lost) == (2, [PALMS], ())
    assert "scan palms" in found.caught[0].why
    assert history(archive, "palms") == []


def test_terms_in_force_are_used_by_the_next_linker_and_earlier_ones_are_history(archive):
    assert not open_linker(archive).concerns(PALMS, "")
    change(archive, "palms", terms=["scan* palms"], against=["coast"], by="ada", note="palms are bodies too")
    linker = open_linker(archive)
    assert linker.concerns(PALMS, "")
    assert not linker.concerns(f"{PALMS} of the coast", "")
    change(archive, "palms", terms=[], against=[], by="bo")
    assert not open_linker(archive).concerns(PALMS, "")
    assert [(row.number, row.changed_by, row.terms) for row in history(archive, "palms")] == [
        (2, "bo", []), (1, "ada", ["scan* palms"]),
    ]  # fmt: skip


def test_a_preview_tells_what_would_no_longer_be_caught(archive):
    change(archive, "palms", terms=["scan* palms"], against=[], by="ada")
    found = preview(archive, "palms", terms=["scan* palms"], against=["till"])
    assert ([row.title for row in found.lost], found.caught) == ([PALMS], ())


def test_terms_are_added_and_taken_out_tidily():
    assert edited(["palm  Scan*"], add=["Palm scan*", "till"]) == ["palm scan*", "till"]
    assert edited(["palm scan*", "till"], remove=["TILL"]) == ["palm scan*"]
    with pytest.raises(InputError, match="'coast' out: it is not among"):
        edited(["till"], remove=["coast"])


@pytest.mark.parametrize(
    ("terms", "against", "what"),
    [
        (["scan* palm*"], [], "without a star"),
        ([" "], [], "characters"),
        (["x" * 101], [], "characters"),
        (["till"], ["till"], "for the campaign and against it"),
        (["a* palm"], [], "too short"),
        ([f"word{number}" for number in range(201)], [], "200 at most"),
    ],
)
def test_terms_that_cannot_be_looked_for_are_refused(runtime, terms, against, what):
    with pytest.raises(InputError, match=what):
        change(runtime, "palms", terms=terms, against=against, by="ada")


def test_an_unknown_campaign_is_named(runtime):
    with pytest.raises(NotFoundError, match="'nothing'"):
        change(runtime, "nothing", terms=["till"], against=[], by="ada")
