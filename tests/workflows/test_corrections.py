"""Whatever changes a published fact leaves a correction behind, and what is only completed leaves none."""

import copy
from typing import Any

import pytest
from sqlmodel import select

from tests import factories as make
from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, ballot, kept, results
from tests.workflows.test_decide import NEWS, TITLE
from tests.workflows.test_exchange import FILE, changed, part
from tracker.domain.corrections import CorrectionKind
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Relation, Verdict
from tracker.models import kinds, metadata
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correction import Correction
from tracker.models.correspondence import Letter
from tracker.models.link import Link
from tracker.models.resolution import Filer
from tracker.store.changes import NO_FACTS, Watch, facts
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.historical import PARTS
from tracker.store.imports import owner_column
from tracker.store.naming import NAMED_BY
from tracker.store.records import tables
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.decide import Said, decide
from tracker.workflows.exchange import import_campaign
from tracker.workflows.read_filing import read_filings
from tracker.workflows.stories import merge, split

KIND = CorrectionKind
ADA = "ada@example.org"


def told(runtime) -> list[tuple[Any, ...]]:
    """Every correction as slug, kind, part, field, before, after."""
    with reading(runtime.engine) as session:
        rows = session.exec(
            select(Correction, CampaignObject.slug)
            .outerjoin(CampaignObject, CampaignObject.id == Correction.object_id)
            .order_by(Correction.id)
        )
        return [(slug, row.kind, row.part, row.field, row.before, row.after) for row, slug in rows]


# --- campaign files ---------------------------------------------------------------------------------------------------


def test_a_first_import_and_the_same_file_again_correct_nothing(runtime):
    import_campaign(runtime, FILE)
    import_campaign(runtime, copy.deepcopy(FILE))
    assert told(runtime) == []


LETTER, CONTRACT = ("letter", KIND.CORRECTED), ("trial", KIND.CORRECTED, "contract")
QUESTIONS = {"number": 1, "text": "Who bought?"}, {"number": 2, "text": "How accurate?"}
DECLINED = {"object": "letter", "assessment": "declined", "assessed_by": "us", "note": "half"}
IMPORTS: list[tuple[dict[str, Any], list[tuple[Any, ...]]]] = [
    (changed(letter={"sent_on": "2018-05-25"}), [(*LETTER, "letter", "sent_on", "2018-05-24", "2018-05-25")]),
    (
        changed(reply={"on": "2018-08-14"}),
        [("reply", KIND.MADE_EXACT, "company_response", "on", "2018-08", "2018-08-14")],
    ),
    (changed(letter={"title": "Other"}), [(*LETTER, "campaign_object", "title", "The Caucus to Amazon", "Other")]),
    (
        changed(letter={"summary": ""}),
        [("letter", KIND.TAKEN_OUT, "campaign_object", "summary", "Asks for talks.", "")],
    ),
    (changed(trial={"agency": "sisters"}), [(*CONTRACT, "agency_id", "The Sheriff", "Sisters of St. Joseph")]),
    (changed(trial={"amount_value": 80}), [(*CONTRACT, "amount_value", "75", "80")]),
    (changed(trial={"amount_ceiling": 80}), []),
    (changed(letter={"aliases": []}), []),
    (changed(letter={"summary": "Asks  for\ntalks."}), []),
    (part("letter", "letter_question", *QUESTIONS), [(*LETTER, "letter_question", "text", "Who buys?", "Who bought?")]),
    (part("reply", "answer", DECLINED), [(*LETTER, "answer", "assessment", "answered_partial", "declined")]),
    (
        part("meeting", "insider_holding", {"holder": "Founder", "votes": 161}),
        [("meeting", KIND.CORRECTED, "insider_holding", "votes", "160", "161")],
    ),
]


@pytest.mark.parametrize(("file", "wanted"), IMPORTS)
def test_a_corrected_file_leaves_what_stood_before_and_a_completed_one_nothing(runtime, clock, file, wanted):
    import_campaign(runtime, FILE)
    clock.forward(days=1)
    import_campaign(runtime, file)
    assert told(runtime) == wanted
    assert all(row.made_at == clock() and row.made_by == "campaign file" for row in every(runtime, Correction))


def test_a_corrected_count_is_told_of_its_resolution(runtime):
    import_campaign(runtime, FILE)
    file = copy.deepcopy(FILE)
    [meeting] = [entry for entry in file["objects"] if entry["kind"] == "meeting"]
    meeting["parts"]["ballot_item"][0]["vote_count"][0]["votes_for"] = 25
    import_campaign(runtime, file)
    assert told(runtime) == [("ban", KIND.CORRECTED, "vote_count", "votes_for", "24", "25")]
    [row] = every(runtime, Correction)
    assert row.item == "6, Ban, 2019-05-28"


def test_a_row_with_another_key_is_a_change_and_one_without_an_heir_is_taken_out(runtime):
    import_campaign(runtime, FILE)
    import_campaign(runtime, part("ban", "filer", {"organization": "caucus", "role": "lead_filer"}))
    first, second = told(runtime)
    assert first[:4] == ("ban", KIND.CORRECTED, "filer", "organization_id")
    assert first[4:] == ("Sisters of St. Joseph", "Congressional Black Caucus")
    assert second[:4] == ("ban", KIND.TAKEN_OUT, "filer", "")
    assert second[4] == "person: Jane Doe, role: co_filer, joined_on: 2019-01"


def test_the_chosen_evidence_of_the_changed_field_is_what_a_correction_rests_on(runtime):
    import_campaign(runtime, FILE)
    file = changed(letter={"sent_on": "2018-05-25"})
    [letter] = [entry for entry in file["objects"] if entry["slug"] == "letter"]
    letter["evidence"] = [
        {"field": "sent_on", "value": "24 May 2018", "url": "https://paper.example/story", "chosen": False},
        {"field": "sent_on", "value": "25 May 2018", "url": "https://postmark.example/", "chosen": True},
    ]
    import_campaign(runtime, file)
    [row] = every(runtime, Correction)
    assert row.url == "https://postmark.example/"


def test_a_file_that_is_refused_leaves_no_correction(runtime):
    import_campaign(runtime, FILE)
    file = changed(letter={"sent_on": "2018-05-25"}, trial={"vendor": "nobody"})
    with pytest.raises(Exception, match="nobody"):
        import_campaign(runtime, file)
    assert told(runtime) == []


# --- filings ----------------------------------------------------------------------------------------------------------


def test_counts_restated_by_an_amendment_are_told_with_both_and_the_amendment_is_the_evidence(runtime, company):
    ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    assert told(runtime) == []
    amended = kept(runtime, "8-K/A", results(COUNTS[0] + 1, *COUNTS[1:]), filed="2026-05-20", name="amended.htm")
    read_filings(runtime)
    [row] = every(runtime, Correction)
    assert (row.kind, row.field, row.before, row.after) == (
        KIND.RESTATED, "votes_for", str(COUNTS[0]), str(COUNTS[0] + 1),
    )  # fmt: skip
    assert (row.evidence_id, row.made_by) == (amended, "reader: voting results")
    assert row.why == "Read from the 8-K/A filed 20 May 2026."
    read_filings(runtime, again=True)
    assert len(every(runtime, Correction)) == 1


def test_a_final_count_after_a_preliminary_one_corrects_nothing(runtime, company):
    ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS, says="The results reported below are preliminary."))
    kept(runtime, "8-K/A", results(COUNTS[0] + 9, *COUNTS[1:], says="This amendment reports the final results."),
         filed="2026-05-26")  # fmt: skip
    read_filings(runtime)
    assert [row for row in told(runtime) if row[2] == "vote_count"] == []


# --- decisions --------------------------------------------------------------------------------------------------------


@pytest.fixture
def linked(runtime):
    """A document with a confirmed link to a letter; returns its number."""
    import_campaign(runtime, FILE)
    document_id = add_document(runtime, Given(NEWS, "2018-05-25", TITLE, "The Example")).document.id
    decide(runtime, document_id, Said(Verdict.RELEVANT, ADA))
    decide(runtime, document_id, Said(Verdict.ACCEPT, ADA, "letter", relation=Relation.REPORTS_ON))
    return document_id


def test_a_link_that_a_person_takes_off_or_changes_is_told_of_the_object(runtime, linked):
    before = len(told(runtime))
    decide(runtime, linked, Said(Verdict.WRONG_RELATION, ADA, "letter", relation=Relation.CITES))
    decide(runtime, linked, Said(Verdict.REJECT, ADA, "letter", note="another letter"))
    relinked, unlinked = told(runtime)[before:]
    assert relinked == ("letter", KIND.RELINKED, "", "", "reports_on", "cites")
    assert unlinked == ("letter", KIND.UNLINKED, "", "", "cites", "")
    row = every(runtime, Correction)[-1]
    assert (row.document_id, row.item, row.why, row.made_by) == (linked, TITLE, "another letter", ADA)


def test_a_document_that_a_person_puts_aside_and_another_event_type_are_told_of_the_document(runtime, linked):
    before = len(told(runtime))
    decide(runtime, linked, Said(Verdict.EVENT_TYPE, ADA, event_type=EventType.HEARING))
    decide(runtime, linked, Said(Verdict.NOT_RELEVANT, ADA))
    rows = told(runtime)[before:]
    assert rows[-1] == (None, KIND.WITHDRAWN, "", "", "published", "withdrawn")
    assert all(row[3] == "event_type" and row[5] == "hearing" for row in rows[:-1])


def test_what_nobody_could_see_is_not_corrected(runtime):
    import_campaign(runtime, FILE)
    document_id = add_document(runtime, Given(NEWS, "2018-05-25", TITLE, "The Example")).document.id
    with writing(runtime.engine) as session:
        for link in session.exec(select(Link)):
            session.delete(link)
    decide(runtime, document_id, Said(Verdict.NOT_RELEVANT, ADA))
    assert told(runtime) == []


def test_reports_told_apart_and_put_together_are_told_of_the_document(runtime):
    with writing(runtime.engine) as session:
        campaign = make.campaign(session, "gaze")
        letter = make.letter(session, "letter", sent="2020-01-01", campaign=campaign)
        ids = []
        for name in ("One", "Two"):
            row = make.document(session, name, url=f"https://{name}.example/", published="2025-03-04")
            make.link(session, row, letter.id)
            ids.append(row.id)
    merge(runtime, *ids, by=ADA)
    split(runtime, ids[1], by=ADA)
    rows = every(runtime, Correction)
    assert [(row.kind, row.document_id, row.item) for row in rows] == [
        (KIND.TOLD_TOGETHER, ids[0], "Two"),
        (KIND.TOLD_APART, ids[1], "One"),
    ]


# --- the watch --------------------------------------------------------------------------------------------------------


@pytest.fixture
def letter(runtime) -> int:
    with writing(runtime.engine) as session:
        return make.letter(session, "letter", sent="2018-05-24").id


def cause(runtime) -> Cause:
    return Cause(ADA, runtime.clock(), "Because.")


def test_a_withdrawal_a_merge_and_their_undoing_are_told_with_the_public_reason(runtime, letter):
    with writing(runtime.engine) as session:
        other = make.letter(session, "other", sent="2018-05-24", title="The other").id
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        row = session.get(CampaignObject, letter)
        row.state, row.withdrawn_reason = ObjectState.WITHDRAWN, "It was never sent."
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        session.get(CampaignObject, letter).state = ObjectState.PUBLISHED
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        session.get(CampaignObject, letter).merged_into_id = other
    rows = every(runtime, Correction)
    assert [(row.kind, row.after, row.why) for row in rows] == [
        (KIND.WITHDRAWN, "withdrawn", "It was never sent."),
        (KIND.SHOWN_AGAIN, "published", "Because."),
        (KIND.MERGED, "The other", "Because."),
    ]


@pytest.mark.parametrize("state", [ObjectState.DRAFT, ObjectState.WITHDRAWN])
def test_what_happens_to_facts_that_are_not_shown_stays_out(runtime, letter, state):
    with writing(runtime.engine) as session:
        row = session.get(CampaignObject, letter)
        row.state, row.withdrawn_reason = state, "x"
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        session.get(Letter, letter).sent_on = PartialDate.parse("2018-05-25")
    assert told(runtime) == []


def test_what_is_changed_and_changed_back_is_no_change_however_often_it_is_written(runtime, letter):
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        row = session.get(Letter, letter)
        for day in ("2018-05-25", "2018-05-26", "2018-05-24"):
            row.sent_on = PartialDate.parse(day)
            session.flush()
    assert told(runtime) == []
    with writing(runtime.engine) as session, recording(session, cause(runtime)):
        row = session.get(Letter, letter)
        for day in ("2018-05-25", "2018-05-26"):
            row.sent_on = PartialDate.parse(day)
            session.flush()
    assert told(runtime) == [("letter", KIND.CORRECTED, "letter", "sent_on", "2018-05-24", "2018-05-26")]


def test_a_watch_sees_nothing_of_what_was_written_before_it_or_after(runtime, letter):
    with writing(runtime.engine) as session:
        row = session.get(Letter, letter)
        row.sent_on = PartialDate.parse("2018-06-01")
        with Watch(session) as watch:
            pass
        row.sent_on = PartialDate.parse("2018-06-02")
        session.flush()
        assert list(watch.changes()) == []


def test_every_part_that_a_file_can_give_is_watched_and_has_names_for_its_rows():
    owners = {*kinds(), *(table.__tablename__ for table in PARTS)}
    parts = {
        name
        for name, table in tables().items()
        if name not in kinds() and any(owner_column(table, owner) for owner in owners)
    }
    watched = {table.__tablename__ for table in PARTS}
    # What is computed from facts, or says where they come from, is no fact.
    assert parts - watched <= {"resolution_standing", "evidence", "decision", "calendar_entry", "fingerprint"}
    assert watched == set(NAMED_BY)
    assert watched <= set(metadata.tables)
    assert "sent_on" in facts(Letter)
    assert not set(facts(Filer)) & NO_FACTS
