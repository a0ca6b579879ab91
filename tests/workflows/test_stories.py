"""Stories of an archive: found as documents come, shown once, and taken apart or put together by a person for good."""

from datetime import date

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import DocumentState, EventType
from tracker.models.campaign import Campaign
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.event import Event, EventSource
from tracker.models.same_story import Fingerprint, Story, StoryDecision, StoryMember
from tracker.store import digest, story_page
from tracker.store.engine import reading, writing
from tracker.workflows.project import project_all, rebuild, verify
from tracker.workflows.stories import merge, show, split, tell_again, tell_stories

LETTER = "Forty groups wrote to Halcyon on Tuesday and asked it to end sales of Gaze to 1,200 police departments."
REPORTS = {
    "first": ("Forty groups ask Halcyon to end police sales of Gaze", "2025-03-04", LETTER),
    "second": (
        "Halcyon is asked by forty groups to end sales of Gaze to police", "2025-03-05",
        "In a letter sent on Tuesday forty groups urge Halcyon to end police sales of Gaze, used by 1,200 departments.",
    ),
    "copy": (
        "Forty groups ask Halcyon to end police sales of Gaze | Regional Wire", "2025-03-06", f"NORTHTOWN - {LETTER}",
    ),
    "other": (
        "Halcyon opens a laboratory in Northtown", "2025-03-05",
        "The maker of cameras will employ 300 people there and pays for a new road beside its plant.",
    ),
    "late": ("Groups urge Halcyon to end police sales of Gaze", "2025-03-07", f"Here is what they wrote. {LETTER}"),
    "far": ("Forty groups ask Halcyon to end police sales of Gaze again", "2025-09-04", LETTER.replace("Tuesday", "")),
}  # fmt: skip


def add(session, name: str, letter_id: int) -> int:
    title, published, text = REPORTS[name]
    row = make.document(
        session, title, url=f"https://{name}.example/1", published=published, publisher=f"The {name.title()} Paper"
    )
    row.event_type, row.event_type_score = EventType.LETTER_SENT, 0.8
    if name == "other":
        row.event_type = EventType.OTHER
    make.add(session, DocumentVersion(document_id=row.id, number=1, title=title, html="", text=text, content_hash=name,
                                      seen_at=make.NOW))  # fmt: skip
    for entity in ("halcyon", "gaze") if name != "other" else ("halcyon",):
        make.add(session, Mention(document_id=row.id, entity=entity, entity_kind="organization", name=entity, start=0,
                                  end=4))  # fmt: skip
    make.link(session, row, letter_id)
    return row.id


@pytest.fixture
def ids(runtime) -> dict[str, int]:
    """An archive with every report, all linked to a letter of long ago, so that none is a report of its sending."""
    with writing(runtime.engine) as session:
        company = make.organization(session, "halcyon", name="Halcyon")
        campaign = make.campaign(session, "gaze", targets=[company])
        letter = make.letter(session, "old-letter", sent="2020-01-01", recipients=[company], campaign=campaign)
        added = {name: add(session, name, letter.id) for name in REPORTS if name != "late"}
        project_all(session, clock=runtime.clock)
        return added


def story_of(runtime, document_id: int) -> set[int]:
    with reading(runtime.engine) as session:
        found = story_page.of_document(session, document_id)
        return {teller.document.id for teller in found.tellers} if found else set()


def rows(runtime, table) -> list:
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def events(runtime) -> dict[str, set[int]]:
    """Return the documents behind each event that a document makes, by the event's headline."""
    with reading(runtime.engine) as session:
        found = session.exec(select(Event).where(Event.document_id.is_not(None)))
        behind = list(session.exec(select(EventSource)))
        return {
            row.headline: {row.document_id, *(other.document_id for other in behind if other.event_id == row.id)}
            for row in found
        }


def test_copies_and_reports_of_one_event_are_one_story_and_one_event_led_by_who_told_it_first(runtime, ids):
    told = tell_stories(runtime)
    assert (told.documents, told.joined) == (5, 3)
    together = {ids["first"], ids["second"], ids["copy"]}
    assert story_of(runtime, ids["second"]) == together
    assert story_of(runtime, ids["other"]) == story_of(runtime, ids["far"]) == set()
    shown = events(runtime)
    assert shown[REPORTS["first"][0]] == together
    assert len(shown) == 3
    assert (rebuild(runtime).difference.touched, verify(runtime).difference.touched) == (0, 0)


def test_each_says_in_words_why_it_is_there(runtime, ids):
    tell_stories(runtime)
    why = {row.document_id: (row.tie.value, row.why) for row in rows(runtime, StoryMember)}
    assert why[ids["copy"]][0] == "copy"
    assert "the same headline" in why[ids["copy"]][1]
    assert why[ids["second"]][0] == "same_event"
    assert "the same 2 names" in why[ids["second"]][1]
    assert "1 day apart" in why[ids["second"]][1]
    said = show(runtime, ids["copy"])
    assert said.startswith("story 1, told by 3 documents")
    assert "stands for it on the timeline" in said


def test_looked_at_once_nothing_is_due_and_a_later_report_joins_the_story_that_stands(runtime, ids):
    tell_stories(runtime)
    assert tell_stories(runtime).documents == 0
    before = {row.document_id: row.story_id for row in rows(runtime, StoryMember)}
    with writing(runtime.engine) as session:
        late = add(session, "late", session.exec(select(Event.object_id).where(Event.object_id.is_not(None))).first())
    assert tell_stories(runtime).joined == 1
    after = {row.document_id: row.story_id for row in rows(runtime, StoryMember)}
    assert after == {**before, late: 1}


def test_a_new_version_is_looked_at_again_and_stays_in_its_story(runtime, ids):
    tell_stories(runtime)
    with writing(runtime.engine) as session:
        row = session.get_one(Document, ids["second"])
        row.version_count = 2
        make.add(session, DocumentVersion(document_id=row.id, number=2, title=row.title, html="", text="Corrected.",
                                          content_hash="x", seen_at=make.NOW))  # fmt: skip
    assert tell_stories(runtime).documents == 1
    assert ids["second"] in story_of(runtime, ids["first"])


def test_one_taken_out_by_a_person_stays_out_whatever_is_told_again(runtime, ids):
    tell_stories(runtime)
    assert split(runtime, ids["second"]) == 2
    for _ in range(2):
        assert story_of(runtime, ids["first"]) == {ids["first"], ids["copy"]}
        assert story_of(runtime, ids["second"]) == set()
        assert REPORTS["second"][0] in events(runtime)
        tell_again(runtime)
    assert rebuild(runtime).difference.touched == 0


def test_when_the_lead_is_taken_out_another_one_leads_and_a_story_of_one_is_none(runtime, ids):
    tell_stories(runtime)
    split(runtime, ids["first"])
    [story] = [row for row in rows(runtime, Story) if row.lead_id]
    assert story.lead_id == ids["second"]
    assert story_of(runtime, ids["copy"]) == {ids["second"], ids["copy"]}
    split(runtime, ids["copy"])
    assert rows(runtime, StoryMember) == []
    assert len(events(runtime)) == 5


def test_what_a_person_puts_together_stays_together_and_keeps_the_older_number(runtime, ids):
    tell_stories(runtime)
    assert merge(runtime, ids["other"], ids["copy"]) == 4
    everyone = {ids["first"], ids["second"], ids["copy"], ids["other"]}
    assert story_of(runtime, ids["other"]) == everyone
    [member] = [row for row in rows(runtime, StoryMember) if row.document_id == ids["other"]]
    assert (member.story_id, member.tie.value) == (1, "person")
    tell_again(runtime)
    assert story_of(runtime, ids["other"]) == everyone
    assert events(runtime)[REPORTS["first"][0]] == everyone
    with pytest.raises(InputError, match="one story already"):
        merge(runtime, ids["other"], ids["first"])


def test_the_last_word_counts_and_none_is_lost(runtime, ids):
    tell_stories(runtime)
    split(runtime, ids["copy"])
    merge(runtime, ids["copy"], ids["first"])
    assert story_of(runtime, ids["copy"]) == {ids["first"], ids["second"], ids["copy"]}
    assert [row.together for row in rows(runtime, StoryDecision)] == [False, False, True, True]


def test_two_stories_put_together_are_found_under_both_numbers(runtime, ids):
    tell_stories(runtime)
    merge(runtime, ids["other"], ids["far"])
    merge(runtime, ids["far"], ids["first"])
    with reading(runtime.engine) as session:
        assert story_page.story(session, 1) == story_page.story(session, 2)
        assert story_page.story(session, 2).story_id == 1


def test_a_document_put_aside_is_in_no_story_that_is_shown(runtime, ids):
    tell_stories(runtime)
    with writing(runtime.engine) as session:
        session.get_one(Document, ids["copy"]).state = DocumentState.SCREENED
    assert story_of(runtime, ids["first"]) == {ids["first"], ids["second"]}
    with pytest.raises(InputError, match="only relevant ones"):
        merge(runtime, ids["copy"], ids["first"])


@pytest.mark.parametrize(("doing", "given"), [(split, (999,)), (merge, (999, 1)), (show, (999,))])
def test_a_number_that_no_document_has_is_said_in_one_sentence(runtime, doing, given):
    with pytest.raises(NotFoundError, match="no document has the number 999"):
        doing(runtime, *given)


def test_the_last_one_shown_can_be_taken_out_of_a_story_whose_others_were_put_aside(runtime, ids):
    tell_stories(runtime)
    with writing(runtime.engine) as session:
        for name in ("first", "second"):
            session.get_one(Document, ids[name]).state = DocumentState.SCREENED
    assert split(runtime, ids["copy"]) == 2
    assert (story_of(runtime, ids["copy"]), verify(runtime).difference.touched) == (set(), 0)


def test_told_again_what_a_person_put_together_is_led_by_who_told_it_first(runtime, ids):
    tell_stories(runtime)
    with writing(runtime.engine) as session:
        later, earlier = sorted((ids["other"], ids["far"]))
        for number, day in ((later, "2025-09-04"), (earlier, "2025-03-05")):
            session.get_one(Document, number).published = PartialDate.parse(day)
    merge(runtime, later, earlier)
    tell_again(runtime)
    with reading(runtime.engine) as session:
        assert story_page.of_document(session, later).lead.document.id == earlier


def test_what_is_alone_cannot_be_taken_apart(runtime, ids):
    tell_stories(runtime)
    with pytest.raises(InputError, match="in none"):
        split(runtime, ids["other"])


def test_undated_and_empty_documents_are_looked_at_and_are_in_the_way_of_nothing(runtime, ids):
    with writing(runtime.engine) as session:
        for number in range(3):
            row = make.document(session, "" if number else "?", published=None)
            make.add(session, DocumentVersion(document_id=row.id, number=1, title="", html="", text="", content_hash="",
                                              seen_at=make.NOW))  # fmt: skip
    told = tell_stories(runtime)
    assert (told.documents, told.joined) == (8, 3)
    assert len(rows(runtime, Fingerprint)) == 8


def test_a_digest_tells_a_story_once_with_its_sources_counted(runtime, ids):
    tell_stories(runtime)
    with reading(runtime.engine) as session:
        campaign = session.exec(select(Campaign)).one()
        window = digest.Window(date(2025, 3, 3), date(2025, 3, 9), make.NOW, make.NOW)
        told = digest.rows(session, digest.of_campaign(campaign), window)
    assert sorted((row.event.headline, row.sources) for row in told) == [
        (REPORTS["first"][0], 3),
        (REPORTS["other"][0], 1),
    ]
