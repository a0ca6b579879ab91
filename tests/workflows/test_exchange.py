"""Campaign files in: all or nothing, nothing the second time, and of a corrected file just what differs."""

import copy
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlmodel import select

from tests import runtimes
from tests.factories import NOW
from tracker.domain.errors import InputError
from tracker.models import kinds, metadata
from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignAsk, CampaignTarget
from tracker.models.correspondence import Answer, LetterParty, QuestionAssessment
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.resolution import ResolutionStatus
from tracker.store.engine import reading
from tracker.workflows.exchange import Imported, import_campaign
from tracker.workflows.project import verify

URL = "https://paper.example/story?utm_source=feed"

# Small, and yet with every kind of object, every part and every way in which objects point at each other.
FILE: dict[str, Any] = {
    "campaign": {
        "slug": "rekognition", "title": "Rekognition", "summary": "About face recognition.", "fictional": False,
        "targets": ["amazon"], "products": ["rekognition"], "asks": ["Stop.", "Report."],
    },
    "organizations": [
        {"slug": "amazon", "name": "Amazon", "roles": ["issuer"], "identifiers": {"cik": "1018724"}},
        {"slug": "caucus", "name": "Congressional Black Caucus", "lane": "lawmakers", "roles": ["lawmaker"]},
        {"slug": "sisters", "name": "Sisters of St. Joseph", "lane": "investors", "roles": ["investor"]},
        {"slug": "sheriff", "name": "The Sheriff", "roles": ["agency"]},
    ],
    "products": [{"slug": "rekognition", "name": "Rekognition", "vendor": "amazon", "aliases": ["AWS Rekognition"]}],
    "people": [{"slug": "jane-doe", "name": "Jane Doe", "organization": "caucus", "position": "chair"}],
    "families": [{"slug": "amazon-surveillance", "name": "Surveillance", "company": "amazon"}],
    "objects": [
        {"kind": "company_response", "slug": "reply", "title": "Amazon replies", "company": "amazon",
         "on": "2018-08", "channel": "letter", "public": False,
         "parts": {
             "answer": [{"object": "letter", "assessment": "answered_partial", "assessed_by": "us", "note": "half"}],
             "question_assessment": [{"question": {"letter": "letter", "number": 2}, "grade": "not"}],
         }},
        {"kind": "letter", "slug": "again", "title": "Asked again", "sent_on": "2018-11-29", "reasks": "letter"},
        {"kind": "letter", "slug": "letter", "title": "The Caucus to Amazon", "summary": "Asks for talks.",
         "aliases": ["the Caucus letter"], "sent_on": "24 May 2018", "respond_by": "2018-06-30", "sender_count": 1,
         "parts": {
             "letter_party": [
                 {"role": "sender", "name": "Congressional Black Caucus", "organization": "caucus"},
                 {"role": "signatory", "name": "Jane Doe", "person": "jane-doe"},
                 {"role": "recipient", "name": "Jeff Bezos", "organization": "amazon"},
             ],
             "letter_question": [{"number": 1, "text": "Who buys?"}, {"number": 2, "text": "How accurate?"}],
             "response_search": [{"searched_on": "2018-07-30", "where": "their blog", "found": False}],
             "sender_judgement": [{"on": "2018-11-29", "by": "The Caucus", "insufficient": True}],
         },
         "evidence": [
             {"field": "sent_on", "value": "24 May 2018", "url": URL, "chosen": True},
             {"field": "sent_on", "value": "25 May 2018", "url": "https://other.example/", "chosen": False,
              "note": "its own date line"},
         ]},
        {"kind": "resolution", "slug": "ban", "title": "End sales", "company": "amazon", "season": 2019,
         "family": "amazon-surveillance", "ask_type": "prohibit", "ask": "Stop sales to government.",
         "parts": {
             "filer": [{"organization": "sisters", "role": "lead_filer"},
                       {"person": "jane-doe", "role": "co_filer", "joined_on": "2019-01"}],
             "resolution_status": [{"code": "filed", "on": "2019-01"}, {"code": "voted_final", "on": "2019-05-24"}],
             "exclusion_basis": [{"paragraph": "(i)(7)", "argued": "Ordinary business."}],
             "voting_intention": [{"organization": "sisters", "intention": "for", "url": "https://vote.example/",
                                   "rationale": "The risks are not known."}],
         }},
        {"kind": "meeting", "slug": "meeting", "title": "Annual meeting 2019", "company": "amazon",
         "held_on": "2019-05-22", "proxy_filed_on": "2019-04-11",
         "parts": {
             "ballot_item": [
                 {"number": "6", "title": "Ban", "resolution": "ban", "ballot_kind": "shareholder_proposal",
                  "board_recommendation": "against",
                  "vote_count": [{"votes_for": 24, "votes_against": 976, "reported_on": "2019-05-28"}],
                  "vote_claim": [{"hundredths": 240, "claimed_by": "Reuters", "url": "https://wire.example/"}],
                  "fund_vote": [{"fund": "Big", "manager": "Manager", "decision": "against"}]},
                 {"number": "7", "title": "Study", "ballot_kind": "shareholder_proposal"},
             ],
             "insider_holding": [{"holder": "Founder", "votes": 160}],
         }},
        {"kind": "contract", "slug": "trial", "title": "The trial", "vendor": "amazon", "agency": "sheriff",
         "product": "rekognition", "contract_state": "ended", "starts_on": "2017", "ends_on": "2020-06",
         "amount_value": 75},
        {"kind": "commitment", "slug": "moratorium", "title": "A year's moratorium", "company": "amazon",
         "made_for": "ban", "made_on": "2020-06-10", "kept": "full", "settled_on": "2021-05-18"},
        {"kind": "statement", "slug": "remark", "title": "A remark", "organization": "caucus", "on": "2018-06-01"},
        {"kind": "study", "slug": "audit", "title": "An audit", "published_on": "2019-01-24"},
        {"kind": "measure", "slug": "ordinance", "title": "An ordinance", "jurisdiction": "A city",
         "enacted_on": "2019-05-14"},
        {"kind": "proceeding", "slug": "lawsuit", "title": "A lawsuit", "proceeding_kind": "lawsuit",
         "opened_on": "2019-10-31", "body": "sheriff", "docket": "1:19-cv-1"},
    ],
}  # fmt: skip


def rows(runtime) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the schema's own."""
    with reading(runtime.engine) as session:
        return {
            name: sorted(map(tuple, session.execute(table.select())), key=repr)
            for name, table in metadata.tables.items()
        }


def changed(**objects: Any) -> dict[str, Any]:
    """Return the file with one object's keys changed: `letter={"title": ...}`; None takes a key out."""
    file = copy.deepcopy(FILE)
    for entry in file["objects"]:
        for key, value in objects.get(entry["slug"].replace("-", "_"), {}).items():
            if value is None:
                del entry[key]
            else:
                entry[key] = value
    return file


def part(slug: str, name: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Return the file with one object's rows of one table."""
    file = copy.deepcopy(FILE)
    [entry] = [entry for entry in file["objects"] if entry["slug"] == slug]
    entry["parts"][name] = list(given)
    return file


def spine(runtime, slug: str) -> CampaignObject:
    with reading(runtime.engine) as session:
        return session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()


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


def with_evidence(*given: dict[str, Any]) -> dict[str, Any]:
    return changed(letter={"evidence": list(given)})


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


# --- refusals ---------------------------------------------------------------------------------------------------------


def wrong(**top: Any) -> dict[str, Any]:
    return {**copy.deepcopy(FILE), **top}


def objects(*given: Any) -> dict[str, Any]:
    return wrong(objects=[*copy.deepcopy(FILE["objects"]), *given])


REFUSED = [
    ([], "the campaign file: expected an object with keys, found []"),
    ({"campaign": {}}, "the campaign file: it needs 'objects'"),
    (wrong(organisations=[]), "the campaign file: there is no key 'organisations'; there are campaign"),
    (wrong(campaign={"slug": "A Campaign"}), "campaign.slug: expected small letters"),
    (wrong(campaign={"slug": "new"}), "campaign new: it needs 'title'"),
    (wrong(campaign={"slug": "x", "title": "X", "target": []}), "campaign x: a campaign has no 'target'; it has slug"),
    (wrong(campaign={"slug": "x", "title": "X", "asks": "Stop."}), "campaign x.asks: expected a list of texts"),
    (wrong(campaign={"slug": "x", "title": "X", "targets": ["y"]}), "campaign x.targets: no organization is"),
    (wrong(organizations={}), "organizations: expected a list, found {}"),
    (wrong(organizations=["amazon"]), "organizations 1: expected an object with keys, found 'amazon'"),
    (wrong(organizations=[{"slug": "x", "nme": "X"}]), "organizations x: there is no key 'nme'"),
    (wrong(organizations=[{"slug": "x", "name": 5}]), "organizations x.name: expected str, found 5"),
    (wrong(organizations=[{"slug": "x", "name": "X", "aliases": "Y"}]), "organizations x.aliases: expected a list"),
    (wrong(people=[{"slug": "x", "name": "X", "organization": "y"}]), "person x: organization: no organization"),
    (wrong(families=[{"slug": "x", "name": "X"}]), "family x: it needs 'company'"),
    (wrong(families=[{"slug": "x", "name": "X", "company": "y"}]), "family x.company: no organization is called 'y'"),
    (objects({"kind": "leter", "slug": "x"}), "object x.kind: there is no kind 'leter'; there are commitment"),
    (objects({"kind": ["letter"], "slug": "x"}), "object x.kind: there is no kind ['letter']"),
    (objects({"kind": "letter"}), "objects 12.slug: expected small letters"),
    (objects({"kind": "letter", "slug": "letter"}), "objects letter: it stands in the file twice"),
    (objects({"kind": "letter", "slug": "x" * 121, "title": "X"}), f"object {'x' * 121}.slug: it has 121 characters"),
    (objects({"kind": "letter", "slug": "x", "sent_on": "2018"}), "object x: it needs 'title'"),
    (objects({"kind": "letter", "slug": "x", "title": "X"}), "object x: it needs 'sent_on'"),
    (objects({"kind": "letter", "slug": "x", "title": "X", "sent_on": "5/6/2018"}), "object x.sent_on: reading '5/6"),
    (objects({"kind": "letter", "slug": "x", "title": "X", "sent": "2018"}), "object x: a letter has no 'sent'"),
    (changed(letter={"sender_count": 0}), "object letter: the database refuses it: "),
    (changed(letter={"kind": "study"}), "object letter"),
    (changed(letter={"parts": []}), "object letter.parts: expected an object with keys, found []"),
    (changed(letter={"parts": {"filer": []}}), "object letter: a letter has no part called 'filer'"),
    (changed(letter={"parts": {"letters": []}}), "object letter: a letter has no part called 'letters'"),
    (part("letter", "letter_question", {"number": 1}), "object letter, letter_question 1: it needs 'text'"),
    (part("letter", "letter_question", {"number": 1, "letter": "again"}), "object letter, letter_question 1: a"),
    (part("ban", "filer", {"role": "lead_filer"}), "object ban: the database refuses it: "),
    (part("ban", "filer", {"role": "boss"}), "object ban, filer 1.role: there is no 'boss'; there are lead_filer"),
    (
        part("ban", "resolution_status", {"code": "filed"}, {"code": "filed", "note": "again"}),
        "object ban: the database refuses it: ",
    ),
    (
        part("meeting", "ballot_item", {"number": "6", "ballot_kind": "other", "vote_count": [{"votes_for": 1}]}),
        "object meeting, ballot_item 1, vote_count 1: it needs 'reported_on'",
    ),
    (
        part("meeting", "ballot_item", {"number": "6", "ballot_kind": "other", "vote_count": {}}),
        "object meeting, ballot_item 1.vote_count: expected a list of objects",
    ),
    (
        part("reply", "question_assessment", {"question": {"letter": "letter", "number": 9}, "grade": "not"}),
        "object reply, question_assessment 1.question: letter 'letter' has no question 9",
    ),
    (
        part("reply", "question_assessment", {"question": 1, "grade": "not"}),
        'object reply, question_assessment 1.question: expected {"letter": SLUG',
    ),
    (part("reply", "answer", {"object": "x", "assessment": "declined"}), "object reply, answer 1.object: no campaign"),
    (with_evidence({"field": "sent_on"}), "object letter, evidence 1: it needs 'field' and 'url'"),
    (with_evidence({"field": "a", "url": URL, "page": 4}), "object letter, evidence 1: it has no 'page'"),
    (with_evidence({"field": "a", "url": URL, "value": 4}), "object letter, evidence 1.value: expected text, found 4"),
    (with_evidence({"field": "a", "url": URL, "confidence": 2.0}), "object letter: the database refuses it: "),
]  # fmt: skip


@pytest.mark.parametrize(("file", "said"), REFUSED, ids=[f"{n}" for n in range(len(REFUSED))])
def test_every_refusal_names_object_and_key_and_leaves_nothing(sqlite_runtime, file, said):
    before = rows(sqlite_runtime)
    with pytest.raises(InputError) as caught:
        import_campaign(sqlite_runtime, file)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)
    assert rows(sqlite_runtime) == before


def test_a_file_that_is_wrong_at_its_end_leaves_nothing_of_its_beginning(runtime):
    import_campaign(runtime, FILE)
    before = rows(runtime)
    file = changed(lawsuit={"docket": "x" * 500}, letter={"title": "Renamed"})
    with pytest.raises(InputError, match=r"object lawsuit\.docket: it has 500 characters"):
        import_campaign(runtime, file)
    assert rows(runtime) == before
    with pytest.raises(InputError, match="object letter: the database refuses it"):
        import_campaign(runtime, changed(letter={"sender_count": -1}))
    assert rows(runtime) == before


def test_an_object_cannot_become_one_of_another_kind(runtime):
    import_campaign(runtime, FILE)
    file = wrong(objects=[{"kind": "study", "slug": "letter", "title": "X", "published_on": "2018"}])
    with pytest.raises(InputError, match="object letter: it is a letter and cannot become a study"):
        import_campaign(runtime, file)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text("ab\0 -é", max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in the file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in inner for found in places(child, (*path, key)))]


PLACES = places(FILE)[1:]


@settings(max_examples=50)
@given(place=st.sampled_from(PLACES), junk=JUNK)
def test_whatever_stands_at_whatever_place_the_file_is_imported_or_refused(spare, place, junk):
    file = copy.deepcopy(FILE)
    owner = file
    for key in place[:-1]:
        owner = owner[key]
    owner[place[-1]] = junk
    assert "\n" not in imported_or_refused(spare, file)


def imported_or_refused(runtime, file) -> str:
    try:
        return str(import_campaign(runtime, file))
    except InputError as refused:
        return str(refused)


@pytest.fixture(scope="module")
def spare(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spare")
    (folder / "whereas.db").write_bytes(sqlite_template.read_bytes())
    with runtimes.opened(f"sqlite:///{folder / 'whereas.db'}", folder) as runtime:
        yield runtime
