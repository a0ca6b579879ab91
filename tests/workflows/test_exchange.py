"""Campaign files in: all or nothing, nothing the second time, and of a corrected file just what differs."""

import copy

import pytest
from sqlmodel import select

from tests.factories import NOW
from tests.workflows.campaign_files import FILE, URL, changed, part, rows, spine, with_evidence
from tracker.models import kinds
from tracker.models.campaign import CampaignAsk, CampaignTarget
from tracker.models.correspondence import Answer, LetterParty, QuestionAssessment
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.resolution import ResolutionStatus
from tracker.store.engine import reading
from tracker.workflows.exchange import Imported, import_campaign
from tracker.workflows.project import verify


def test_the_file_has_every_kind():
    assert {entry["kind"] for entry in FILE["objects"]} == set(kinds())


def test_a_file_is_imported_whole_and_its_timeline_stands(runtime):
    done = import_campaign(runtime, FILE)
    assert (done.new, done.changed, done.same) == (11, 0, 0)
    with reading(runtime.engine) as session:
        headlines = sorted(session.exec(select(Event.headline)))
        assert len(headlines) == done.events == 16
        assert "Letter sent: The Caucus to Amazon" in headlines
        assert "Contract ends: The trial" in headlines
        [letter] = session.exec(select(Event).where(Event.key == "letter:sent"))
        assert (letter.lane, letter.sort_day, letter.recorded_at) == ("lawmakers", "2018-05-24", NOW)
    assert verify(runtime).difference.touched == 0


def test_the_same_file_again_changes_nothing_at_all(runtime, clock):
    import_campaign(runtime, FILE)
    before = rows(runtime)
    clock.forward(days=1)
    assert import_campaign(runtime, copy.deepcopy(FILE)) == Imported(new=0, changed=0, same=11, events=0)
    assert rows(runtime) == before


def test_the_order_of_objects_in_the_file_does_not_matter(runtime):
    import_campaign(runtime, FILE)
    backwards = {**FILE, "objects": FILE["objects"][::-1]}
    assert import_campaign(runtime, backwards) == Imported(new=0, changed=0, same=11, events=0)


HISTORY = {"revision", "revision_subject", "revision_change"}


def test_a_corrected_date_changes_that_object_alone_and_counts_as_a_new_version(runtime, clock):
    import_campaign(runtime, FILE)
    before = rows(runtime)
    later = clock.forward(days=1)
    assert import_campaign(runtime, changed(letter={"sent_on": "2018-05-25"})) == Imported(0, 1, 10, 1)
    after = rows(runtime)
    touched = {name for name in after if after[name] != before[name]}
    assert touched - HISTORY == {"campaign_object", "correction", "letter", "event", "search_entry"}
    letter = spine(runtime, "letter")
    assert (letter.version, letter.created_at, letter.updated_at) == (2, NOW, later)
    assert spine(runtime, "again").version == 1
    assert len(set(after["event"]) - set(before["event"])) == 1
    assert verify(runtime).difference.touched == 0


CORRECTIONS = [
    (changed(letter={"title": "Renamed"}), {"campaign_object", "event"}),
    (changed(letter={"summary": "Other words."}), {"campaign_object", "event"}),
    (changed(letter={"aliases": []}), {"campaign_object"}),
    (changed(trial={"amount_value": 80}), {"campaign_object", "contract"}),
    (
        part(
            "ban", "resolution_status", {"code": "filed", "on": "2018-12"}, {"code": "voted_final", "on": "2019-05-24"}
        ),
        {"campaign_object", "resolution_status", "event", "event_count"},
    ),
    (part("ban", "exclusion_basis"), {"campaign_object", "exclusion_basis"}),
    (
        part(
            "ban",
            "voting_intention",
            {
                "organization": "sisters",
                "intention": "for",
                "url": "https://vote.example/",
                "declared_on": "2019-05-02",
            },
        ),
        {"campaign_object", "voting_intention", "event", "event_count", "first_known"},
    ),
    (
        part("letter", "response_search", {"searched_on": "2018-07-30", "where": "their blog", "found": True}),
        {"campaign_object", "response_search"},
    ),
    (part("meeting", "insider_holding", {"holder": "Founder", "votes": 161}), {"campaign_object", "insider_holding"}),
]


@pytest.mark.parametrize(("file", "tables"), CORRECTIONS, ids=range(len(CORRECTIONS)))
def test_a_correction_touches_just_the_tables_it_is_about(sqlite_runtime, file, tables):
    import_campaign(sqlite_runtime, FILE)
    before = rows(sqlite_runtime)
    assert import_campaign(sqlite_runtime, file).changed == 1
    after = rows(sqlite_runtime)
    # The index, the coarser counts and what stood before follow what they are made from; each has tests of its own.
    following = {"search_entry", "search_word", "event_month", "event_total", "correction", *HISTORY}
    assert {name for name in after if after[name] != before[name]} - following == tables
    assert import_campaign(sqlite_runtime, file).same == 11
    assert verify(sqlite_runtime).difference.touched == 0


def test_a_corrected_count_keeps_its_row_and_the_day_it_was_recorded(runtime, clock):
    import_campaign(runtime, FILE)
    with reading(runtime.engine) as session:
        before = session.exec(select(VoteCount)).one()
        items = session.exec(select(BallotItem.id)).all()
    clock.forward(days=1)
    file = copy.deepcopy(FILE)
    file["objects"][4]["parts"]["ballot_item"][0]["vote_count"][0]["votes_for"] = 25
    assert import_campaign(runtime, file).changed == 1
    with reading(runtime.engine) as session:
        after = session.exec(select(VoteCount)).one()
        assert session.exec(select(BallotItem.id)).all() == items
    assert (after.id, after.votes_for, after.recorded_at) == (before.id, 25, NOW)


def test_what_is_taken_out_of_a_row_is_taken_out_and_tables_not_given_stay(runtime):
    import_campaign(runtime, FILE)
    file = part("ban", "resolution_status", {"code": "filed"})
    [ban] = [entry for entry in file["objects"] if entry["slug"] == "ban"]
    del ban["parts"]["filer"]
    import_campaign(runtime, file)
    with reading(runtime.engine) as session:
        assert [(row.code, row.on) for row in session.exec(select(ResolutionStatus))] == [("filed", None)]
    assert len(rows(runtime)["filer"]) == 2
    assert verify(runtime).difference.touched == 0


def test_a_campaigns_targets_and_asks_become_what_the_file_says(runtime):
    import_campaign(runtime, FILE)
    file = copy.deepcopy(FILE)
    file["campaign"] |= {"asks": ["Report."], "targets": ["amazon", "sheriff"]}
    del file["campaign"]["products"]
    import_campaign(runtime, file)
    with reading(runtime.engine) as session:
        assert [(row.number, row.text) for row in session.exec(select(CampaignAsk))] == [(1, "Report.")]
        assert len(session.exec(select(CampaignTarget)).all()) == 2
    assert len(rows(runtime)["campaign_product"]) == 1


def test_a_renamed_organisation_is_renamed_on_the_timeline_too(runtime):
    import_campaign(runtime, FILE)
    file = copy.deepcopy(FILE)
    file["organizations"][1]["lane"] = "advocates"
    assert import_campaign(runtime, file) == Imported(new=0, changed=0, same=11, events=2)
    with reading(runtime.engine) as session:
        assert set(session.exec(select(Event.lane).where(Event.key == "letter:sent"))) == {"advocates"}
    assert verify(runtime).difference.touched == 0


# --- evidence ---------------------------------------------------------------------------------------------------------


def evidence(runtime) -> list[Evidence]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Evidence).order_by(Evidence.id)))


def test_evidence_is_kept_with_its_address_in_one_form_and_who_read_it(runtime):
    import_campaign(runtime, FILE, read_by="a person")
    first, second = evidence(runtime)
    assert (first.canonical_url, first.url, first.read_by, first.chosen) == (
        "https://paper.example/story",
        URL,
        "a person",
        True,
    )
    assert (second.chosen, second.note) == (False, "its own date line")


def test_corrected_evidence_is_replaced_and_the_rest_keeps_its_rows(runtime):
    import_campaign(runtime, FILE)
    first, second = evidence(runtime)
    entries = copy.deepcopy(FILE["objects"][2]["evidence"])
    del entries[1]["note"]
    assert import_campaign(runtime, with_evidence(*entries)).changed == 1
    after = evidence(runtime)
    assert after[0] == first
    assert (after[1].note, after[1].id != second.id) == ("", True)
    assert import_campaign(runtime, with_evidence()).changed == 1
    assert evidence(runtime) == []


def test_evidence_that_somebody_else_read_is_left_alone(runtime):
    import_campaign(runtime, FILE, read_by="a person")
    import_campaign(runtime, with_evidence(), read_by="campaign file")
    assert len(evidence(runtime)) == 2
    import_campaign(runtime, changed(letter={"evidence": None}), read_by="a person")
    assert len(evidence(runtime)) == 2


# --- objects that point to each other ---------------------------------------------------------------------------------


def test_objects_point_to_each_other_in_any_order(runtime):
    import_campaign(runtime, FILE)
    letter, reply = spine(runtime, "letter"), spine(runtime, "reply")
    with reading(runtime.engine) as session:
        assert [(row.response_id, row.object_id) for row in session.exec(select(Answer))] == [(reply.id, letter.id)]
        assert session.exec(select(QuestionAssessment.response_id)).one() == reply.id
        assert len(session.exec(select(LetterParty).where(LetterParty.letter_id == letter.id)).all()) == 3


def test_one_object_may_be_in_two_campaigns(runtime):
    import_campaign(runtime, FILE)
    other = {**FILE, "campaign": {"slug": "other", "title": "Other"}, "objects": [FILE["objects"][8]]}
    assert import_campaign(runtime, other) == Imported(new=0, changed=0, same=1, events=1)
    assert spine(runtime, "audit").version == 1
    assert verify(runtime).difference.touched == 0
