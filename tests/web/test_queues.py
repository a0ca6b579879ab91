"""What else waits for editors: filings that say otherwise, new names, stories, letters; decided through their pages."""

import re

import pytest
from sqlmodel import select

from tests import factories as make
from tests.factories import filings
from tests.web import people, scenario
from tracker.domain.vocab import DocumentState, EventType, NewNameKind, NewNameState, Role, StoryTie
from tracker.models.correspondence import ResponseSearch
from tracker.models.document import Document, DocumentVersion
from tracker.models.evidence import Evidence
from tracker.models.meeting import VoteCount
from tracker.models.new_name import NewName
from tracker.models.same_story import Fingerprint, Story, StoryMember
from tracker.store.engine import reading, writing
from tracker.workflows.read_filing import read_filings

RESULTS = """<html><body><p>FORM 8-K</p><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>
<p>The annual meeting was held on May 12, 2026.</p><p>Item 4. Shareholder proposal on facial recognition</p>
<table><tr><th>For</th><th>Against</th><th>Abstain</th></tr><tr><td>1,200</td><td>3,400</td><td>56</td></tr></table>
</body></html>"""


@pytest.fixture
def ann(editing):
    return people.signed_in(editing.app, Role.EDITOR, "Ann")


def rows(editing, kind):
    with reading(editing.runtime.engine) as session:
        return list(session.exec(select(kind)))


# --- what filings say otherwise ---------------------------------------------------------------------------------------


@pytest.fixture
def different(editing):
    with writing(editing.runtime.engine) as session:
        company = filings.known_company(session, make.organization(session, "larkspur", name="Larkspur Optics"))
        meeting = make.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
        asked = make.resolution(session, "larkspur-2026-faces", company=company, season=2026, title="Faces")
        make.count(session, make.ballot_item(session, meeting, asked, number="4"), 1_201, 3_400, reported="2026-05-15")
        filings.filing(session, "8-K", RESULTS)
    read_filings(editing.runtime)
    return next(row.id for row in rows(editing, Evidence) if row.differs)


def test_record_and_filing_stand_side_by_side_and_the_filings_value_can_be_taken(editing, ann, different):
    page = ann.get("/review/differences").text
    assert "1,201" in page
    assert "1,200 3,400 56" in page
    fields = {"seen": "1,200", "choose": "theirs"}
    assert people.post(ann, f"/review/differences/{different}", fields, page="/review/differences").status_code == 303
    assert [row.votes_for for row in rows(editing, VoteCount)] == [1_200]
    assert "Filings and record agree" in ann.get("/review/differences").text


def test_the_record_is_kept_only_for_a_reason_and_who_comes_second_is_told(editing, ann, different):
    address, fields = f"/review/differences/{different}", {"seen": "1,200", "choose": "ours"}
    refused = people.post(ann, address, fields, page="/review/differences")
    assert refused.status_code == 422
    assert "Say why the record is right" in refused.text
    bob = people.signed_in(editing.app, Role.EDITOR, "Bob")
    kept = people.post(bob, address, {**fields, "why": "By telephone."}, page="/review/differences")
    assert kept.status_code == 303
    late = people.post(ann, address, {**fields, "choose": "theirs"}, page="/review/differences")
    assert late.status_code == 409
    assert "Bob kept what the record says: By telephone." in late.text
    assert [row.votes_for for row in rows(editing, VoteCount)] == [1_201]


# --- new names --------------------------------------------------------------------------------------------------------


@pytest.fixture
def named(editing):
    with writing(editing.runtime.engine) as session:
        make.organization(session, "larkspur", name="Larkspur Optics")
        document = make.document(session)
        names = ["Quillmark <b>Systems</b>", "Orla Fennimore", "Eastmoor Council"]
        for number, name in enumerate(names):
            example = {"document": document.id, "words": f"{name} said so."}
            make.add(session, NewName(key=str(number), name=name, kind=NewNameKind.UNCLEAR, documents=5 - number,
                                      examples=[example], found_at=scenario.NOW))  # fmt: skip
        for row in session.exec(select(NewName)):
            row.key = " ".join(row.name.lower().replace("<b>", " b ").replace("</b>", " b").split())


def say(client, number, **fields):
    return people.post(client, f"/review/names/{number}", fields, page="/review/names")


def test_names_are_shown_with_their_passages_and_decided_on(editing, ann, named):
    page = ann.get("/review/names").text
    assert "Orla Fennimore said so." in page
    assert "Quillmark &lt;b&gt;Systems&lt;/b&gt;" in page
    assert say(ann, 2, say="new", kind="person").status_code == 303
    assert say(ann, 3, say="alias", organization="Larkspur Optics").status_code == 303
    assert say(ann, 1, say="later").status_code == 303
    assert "No new name waits" in ann.get("/review/names").text
    states = {row.name: (row.state, row.decided_by) for row in rows(editing, NewName)}
    assert states["Orla Fennimore"] == states["Eastmoor Council"] == (NewNameState.ACCEPTED, "Ann")
    assert states["Quillmark <b>Systems</b>"] == (NewNameState.PROPOSED, "")


def test_what_is_missing_is_said_and_what_somebody_decided_before_is_not_done_twice(editing, ann, named):
    assert "Say whose other name" in say(ann, 2, say="alias").text
    assert "choose one of the list" in say(ann, 2, say="new", kind="unclear").text
    wrong = say(ann, 2, say="alias", organization="Nobody <i>")
    assert wrong.status_code == 422
    assert 'value="Nobody &lt;i&gt;"' in wrong.text
    assert say(people.signed_in(editing.app, Role.EDITOR, "Bob"), 2, say="reject").status_code == 303
    late = say(ann, 2, say="new", kind="person")
    assert late.status_code == 422
    assert "Bob has rejected it already" in late.text
    assert say(ann, 99, say="reject").status_code == 404


# --- stories ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def told_together(editing):
    with writing(editing.runtime.engine) as session:
        story = make.add(session, Story(created_at=scenario.NOW))
        for number in range(1, 5):
            document = make.document(session, f"Story <i>{number}</i>", url=f"https://example.org/{number}")
            make.add(session, Fingerprint(document_id=document.id, version=1, lead="", sketch=b"", runs=0))
            if number == 4:
                continue
            story.lead_id = story.lead_id or document.id
            make.add(session, StoryMember(
                document_id=document.id, story_id=story.id, tie=StoryTie.SAME_EVENT, nearest_id=story.lead_id,
                score=0.7, joined_at=scenario.NOW,
            ))  # fmt: skip


def tell(client, **fields):
    return people.post(client, "/review/stories", {"seen": ["1", "2", "3"], **fields}, page="/review/stories")


def members(editing):
    return sorted(row.document_id for row in rows(editing, StoryMember))


def test_a_story_is_split_by_ticking_joined_by_an_address_and_undone(editing, ann, told_together):
    page = ann.get("/review/stories").text
    assert "least certain: 0.70" in page
    assert "Story &lt;i&gt;3&lt;/i&gt;" in page
    assert tell(ann, say="split", document=["3"]).status_code == 303
    assert members(editing) == [1, 2]
    page = ann.get("/review/stories").text
    assert "Told apart" in page
    at = re.search(r'name="at" value="([^"]+)"', page)[1]
    undone = people.post(ann, "/review/stories/undo", {"by": "Ann", "at": at}, page="/review/stories")
    assert undone.status_code == 303
    assert members(editing) == [1, 2, 3]
    joined = tell(ann, say="join", other="https://whereas.example/documents/4")
    assert joined.status_code == 303
    assert members(editing) == [1, 2, 3, 4]
    late = tell(ann, say="one")
    assert late.status_code == 409
    assert "has changed since the page was opened" in late.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"say": "split"}, "some, not all"),
        ({"say": "join", "other": "nowhere"}, "number or the address of a document"),
        ({"say": "join", "other": "2"}, "tell one story already"),
        ({"say": "burn"}, "Choose one of the buttons"),
    ],
)
def test_what_cannot_be_said_of_a_story_is_told(ann, told_together, fields, said):
    answer = tell(ann, **fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_an_undoing_of_nothing_is_told(ann, told_together):
    for at in ("", "yesterday", "2026-01-01T00:00:00", "2026-01-01T00:00:00+00:00"):
        fields = {"by": "Ann", "at": at}
        assert people.post(ann, "/review/stories/undo", fields, page="/review/stories").status_code == 422


# --- letters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def unanswered(editing):
    with writing(editing.runtime.engine) as session:
        company = make.organization(session, "amazon", name="Amazon")
        letter = make.letter(session, "letter-one", sent="2019-02-01", recipients=[company], title="Letter <one>")
        make.letter(session, "letter-two", sent=scenario.NOW.date().isoformat(), recipients=[company])
        document = make.document(session, "Amazon says something", published="2019-03-01", publisher="Amazon")
        document.event_type = EventType.COMPANY_RESPONSE
        make.search(session, letter, day="2019-06-01", where="the newsroom")
        return document.id


def test_an_overdue_letter_is_looked_after_and_the_search_kept(editing, ann, unanswered):
    page = ann.get("/review/letters").text
    assert "Letter &lt;one&gt;" in page
    assert "the newsroom" in page
    assert "letter-two" not in page
    address = "/review/letters/letter-one"
    assert "Amazon says something" in ann.get(address).text
    stale = people.post(ann, address, {"elsewhere": "By hand."}, page=address)
    assert stale.status_code == 409
    assert 'value="By hand."' in stale.text
    kept = people.post(ann, address, {"seen": str(unanswered), "elsewhere": "By hand."}, page=address)
    assert kept.status_code == 303
    last = rows(editing, ResponseSearch)[-1]
    assert (last.searched_on, last.found) == (scenario.NOW.date(), False)
    assert last.where.endswith("By hand.")
    assert "No letter waits" in ann.get("/review/letters").text


def test_an_answer_found_leads_to_putting_it_on_record(editing, ann, unanswered):
    address = "/review/letters/letter-one"
    found = people.post(ann, address, {"seen": str(unanswered), "answer": str(unanswered)}, page=address)
    assert found.status_code == 303
    assert f"/{unanswered}" in found.location
    assert rows(editing, ResponseSearch)[-1].found
    assert ann.get("/review/letters/nowhere").status_code == 404
    assert people.post(ann, address, {"seen": "x"}, page=address).status_code == 422


# --- worth a look -----------------------------------------------------------------------------------------------------


@pytest.fixture
def put_aside(editing):
    with writing(editing.runtime.engine) as session:
        for title, relevance, published in (("far", 0.1, "2026-11-01"), ("near", 0.45, "2026-11-01"),
                                            ("old", 0.45, "2019-11-01"), ("nearer", 0.48, "2026-10-01")):  # fmt: skip
            document = make.document(session, f"Put aside, {title}", published=published,
                                     state=DocumentState.SCREENED)  # fmt: skip
            document.relevance, document.state_reason = relevance, "names no product"
            version = {"number": 1, "title": document.title, "html": "", "text": "It says so.", "content_hash": title}
            make.add(session, DocumentVersion(document_id=document.id, **version, seen_at=scenario.NOW))
            document.version_count = 1


def look(client, number, **fields):
    fields = {"version": "1", "state": "screened", **fields}
    return people.post(client, f"/review/worth-a-look/{number}", fields, page="/review/worth-a-look")


def test_what_is_just_below_the_bar_is_taken_in_or_left_out_once(editing, ann, put_aside):
    page = ann.get("/review/worth-a-look").text
    assert page.index("Put aside, nearer") < page.index("Put aside, near<")
    assert "Put aside, far" not in page
    assert "Put aside, old" not in page
    assert look(ann, 4, say="relevant").status_code == 303
    assert look(ann, 2, say="not_relevant").status_code == 303
    assert "Nothing is just below the bar" in ann.get("/review/worth-a-look").text
    states = {row.title: row.state for row in rows(editing, Document)}
    assert states["Put aside, nearer"] is DocumentState.RELEVANT
    assert states["Put aside, near"] is DocumentState.SCREENED
    assert look(ann, 4, say="not_relevant").status_code == 409
    assert look(ann, 1, say="nonsense").status_code == 422
    assert look(ann, 99, say="relevant").status_code == 422
