"""The review queue's page: what is shown, what a form decides, what is refused and how it is told."""

import re
from html import unescape

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.web import people, review_scenario, scenario
from tests.web.review_scenario import CAUCUS, COALITION, TITLE, UNTIED
from tracker.domain.vocab import EventType, LinkState, Relation, Role, Verdict
from tracker.models.base import CampaignObject
from tracker.models.decision import Decision
from tracker.models.document import Document
from tracker.models.link import Link
from tracker.store.engine import reading, writing
from tracker.workflows.decide import Said, decide


@pytest.fixture
def review(editing):
    """A site with three documents to decide on."""
    review_scenario.fill(editing.runtime)
    return editing


@pytest.fixture
def ann(review):
    return people.signed_in(review.app, Role.EDITOR, "Ann")


@pytest.fixture
def bob(review):
    return people.signed_in(review.app, Role.EDITOR, "Bob")


def rows(review, table):
    with reading(review.runtime.engine) as session:
        return list(session.exec(select(table).order_by(table.id)))


def link_to(review, slug, document=1):
    with reading(review.runtime.engine) as session:
        query = select(Link).join(CampaignObject, CampaignObject.id == Link.object_id)
        return session.exec(query.where(CampaignObject.slug == slug, Link.document_id == document)).first()


def hidden(page):
    """Return what the form of a page carries: the token of what was shown and the relations suggested."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    fields = {name: unescape(value) for name, value in found if name != "waiting"}
    return fields | {"waiting": [unescape(value) for name, value in found if name == "waiting"]}


def say(client, what, document=1, page=None, **fields):
    """Press a button of an entry's form as it was opened now, or as `page` showed it."""
    page = page or client.get(f"/review/{document}").text
    return client.post(f"/review/{document}", data={**hidden(page), "say": what, **fields})


def heading(page):
    return re.sub("<[^>]+>", "", re.search(r'<h2 id="entry-title"[^>]*>(.*?)</h2>', page, re.DOTALL)[1])


def test_nobody_reviews_who_is_no_editor(review, client):
    assert review.app.test_client().get("/review").status_code == 302
    reader = people.signed_in(review.app, Role.READER)
    assert reader.get("/review").status_code == 403
    assert people.post(reader, "/review/1", {"say": f"accept:{CAUCUS}"}).status_code == 403
    assert "menu-count" not in reader.get("/").text


def test_the_page_shows_the_text_with_its_evidence_and_nothing_of_it_runs(ann):
    page = ann.get("/review").text
    assert heading(page) == TITLE
    assert '<mark class="evidence-name" title="Amazon">Amazon</mark>' in page
    assert (
        '<mark class="evidence-word" title="The text says “guidelines”, a word for a letter.">guidelines</mark>' in page
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert (
        "The text says “guidelines”, a word for a letter · Published 6 days after · against: another one fits" in page
    )


def test_it_says_what_acceptance_changes_on_the_timeline(ann):
    page = ann.get("/review/1").text
    assert "Stands behind the row: “Letter sent: Letter of the caucus”" in page or "Adds a row:" in page
    assert "Changes no timeline: the document only names it." in page


def test_the_menu_counts_what_waits_for_editors(ann):
    assert re.search(r'menu-count">3<', ann.get("/").text)


def test_an_accepted_link_stands_and_the_entry_stays_until_all_is_said(review, ann):
    answer = say(ann, f"accept:{CAUCUS}")
    assert (answer.status_code, answer.location) == (303, "/review/1")
    link = link_to(review, CAUCUS)
    assert (link.state, link.decided_by, link.relation) == (LinkState.CONFIRMED, "Ann", Relation.RESPONDS_TO)
    assert "Accepted: responds to Letter of the caucus." in ann.get(answer.location).text
    answer = say(ann, f"reject:{COALITION}")
    assert answer.location.startswith("/review?at=")
    assert link_to(review, COALITION).state is LinkState.REJECTED
    assert heading(ann.get(answer.location).text).startswith("Story")


def test_several_are_decided_at_once(review, ann):
    say(ann, "reject", chosen=[CAUCUS, COALITION])
    assert [row.state for row in rows(review, Link) if row.document_id == 1] == [LinkState.REJECTED] * 2
    assert [row.verdict for row in rows(review, Decision)] == [Verdict.REJECT] * 2


def test_another_relation_is_kept_as_what_was_wrong(review, ann):
    say(ann, f"accept:{CAUCUS}", **{f"relation:{CAUCUS}": "cites"}, note="It quotes the letter.")
    [made] = rows(review, Decision)
    assert (made.verdict, made.relation, made.note) == (Verdict.WRONG_RELATION, Relation.CITES, "It quotes the letter.")


def test_another_object_is_found_by_its_words_and_linked(review, ann):
    page = ann.get("/review/1?find=teachers").text
    assert f'value="accept:{UNTIED}"' in page
    say(ann, f"accept:{UNTIED}", page=page, **{f"relation:{UNTIED}": "mentions"})
    link = link_to(review, UNTIED)
    assert (link.state, link.relation, link.made_by) == (LinkState.CONFIRMED, Relation.MENTIONS, "Ann")
    assert [row.verdict for row in rows(review, Decision)] == [Verdict.ACCEPT]


def test_what_happened_is_set(review, ann):
    say(ann, "type", event_type="hearing")
    assert rows(review, Document)[0].event_type is EventType.HEARING


def test_not_sure_goes_on_to_the_next_and_is_kept_aside_for_oneself_alone(review, ann, bob):
    answer = say(ann, "unsure")
    assert answer.location.startswith("/review?at=")
    assert TITLE not in re.findall(r'<b class="serif">(.*?)</b>', ann.get("/review").text)
    assert TITLE in re.findall(r'<b class="serif">(.*?)</b>', ann.get("/review?aside=yes").text)
    assert TITLE in re.findall(r'<b class="serif">(.*?)</b>', bob.get("/review").text)
    assert all(row.state is LinkState.SUGGESTED for row in rows(review, Link))


def test_what_another_decided_meanwhile_is_told_and_nothing_is_overwritten(review, ann, bob):
    opened = bob.get("/review/1").text
    say(ann, f"accept:{CAUCUS}")
    answer = say(bob, f"reject:{CAUCUS}", page=opened, note="typed by Bob")
    assert answer.status_code == 409
    assert "Ann accepted “responds to Letter of the caucus” at" in answer.text
    assert "typed by Bob" in answer.text
    assert link_to(review, CAUCUS).decided_by == "Ann"
    assert len(rows(review, Decision)) == 1


def test_a_form_sent_twice_decides_once(review, ann):
    opened = ann.get("/review/2").text
    assert say(ann, f"accept:{CAUCUS}", 2, opened).status_code == 303
    again = say(ann, f"accept:{CAUCUS}", 2, opened)
    assert again.status_code == 409
    assert "Nothing of this document waits" in again.text
    assert len(rows(review, Decision)) == 1


def test_a_new_version_is_shown_before_it_is_decided_on(review, ann):
    opened = ann.get("/review/1").text
    with writing(review.runtime.engine) as session:
        session.get_one(Document, 1).version_count = 2
    answer = say(ann, f"accept:{CAUCUS}", page=opened)
    assert answer.status_code == 409
    assert "has changed since the page was opened" in answer.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"say": ""}, "Nothing was decided: choose what to say"),
        ({"say": "accept"}, "No suggestion is ticked"),
        ({"say": "accept:nothing-is-called-this"}, "no object is called that"),
        ({"say": "type", "event_type": "party"}, "Say what happened"),
        ({"say": f"accept:{CAUCUS}", f"relation:{CAUCUS}": "loves"}, "No relation is called “loves”"),
        ({"say": f"accept:{CAUCUS}", "shown": "rubbish"}, "open the page again"),
        ({"say": f"accept:{CAUCUS}", "note": "a\0b"}, "holds the character U+0000"),
        ({"say": f"accept:{CAUCUS}", "note": "x" * 2001}, "longer than 2000 characters"),
    ],
)
def test_what_a_form_lacks_is_said_and_nothing_is_decided(review, ann, fields, told):
    page = ann.get("/review/1").text
    answer = ann.post("/review/1", data={**hidden(page), **fields})
    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert rows(review, Decision) == []


def test_without_the_token_nothing_is_decided(review, ann):
    fields = {name: value for name, value in hidden(ann.get("/review/1").text).items() if name != "csrf_token"}
    assert ann.post("/review/1", data={**fields, "say": f"accept:{CAUCUS}"}).status_code == 400
    assert rows(review, Decision) == []


def test_any_decision_of_today_is_undone_from_the_list_and_its_entry_is_shown(review, ann):
    say(ann, f"reject:{CAUCUS}", 2)
    say(ann, f"accept:{CAUCUS}", 3)
    page = ann.get("/review").text
    first = min(re.findall(r'name="decision" value="(\d+)"', page), key=int)
    fields = {"csrf_token": hidden(page)["csrf_token"], "decision": first}
    answer = ann.post("/review/undo", data=fields)
    assert (answer.status_code, answer.location) == (303, "/review/2")
    assert "Undone: responds to Letter of the caucus." in ann.get("/review/2").text
    link = link_to(review, CAUCUS, 2)
    assert (link.state, link.decided_by, link.decided_at) == (LinkState.SUGGESTED, "", None)
    again = ann.post("/review/undo", data=fields)
    assert again.status_code == 409
    assert "undone already" in again.text


def test_what_was_decided_at_once_is_undone_at_once_from_the_line_that_tells_it(review, ann):
    answer = say(ann, "accept", chosen=[CAUCUS, COALITION])
    told = re.search(r'<div class="told-once">.*?</div>', ann.get(answer.location).text, re.DOTALL)[0]
    assert "Accepted: 2 suggestions." in told
    decisions = re.findall(r'name="decision" value="(\d+)"', told)
    assert len(decisions) == 2
    ann.post("/review/undo", data={"csrf_token": hidden(told)["csrf_token"], "decision": decisions})
    assert [row.state for row in rows(review, Link) if row.document_id == 1] == [LinkState.SUGGESTED] * 2


@pytest.mark.parametrize("number", ["", "x", "999", "99999999999999"])
def test_a_decision_there_is_not_is_not_undone(ann, number):
    fields = {"csrf_token": hidden(ann.get("/review/1").text)["csrf_token"], "decision": number}
    assert ann.post("/review/undo", data=fields).status_code == 422


def test_nobody_undoes_what_another_decided(review, ann, bob):
    say(ann, f"accept:{CAUCUS}", 2)
    [made] = rows(review, Decision)
    token = hidden(bob.get("/review/1").text)["csrf_token"]
    answer = bob.post("/review/undo", data={"csrf_token": token, "decision": made.id})
    assert answer.status_code == 422
    assert "Ann made it" in answer.text


def test_a_note_may_hold_what_people_write(review, ann):
    note = "ok \N{THUMBS UP SIGN} \N{RIGHT-TO-LEFT MARK}שלום <script>alert(2)</script>"
    say(ann, f"accept:{CAUCUS}", 2, note=note)
    assert rows(review, Decision)[0].note == note
    page = ann.get("/review").text
    assert "<script>alert(2)" not in page
    assert "\N{THUMBS UP SIGN} \N{RIGHT-TO-LEFT MARK}שלום" in page


def test_who_looks_at_an_entry_is_told_to_others_and_it_goes_to_their_end(review, ann, bob):
    ann.get("/review/1")
    page = bob.get("/review").text
    assert heading(page) != TITLE
    assert re.findall(r'<b class="serif">(.*?)</b>', page)[-1] == TITLE
    assert f"Ann looks at this since {scenario.NOW:%H:%M}" in page
    assert "Ann looks at this" in bob.get("/review/1").text
    assert say(bob, f"accept:{CAUCUS}").status_code == 303


def test_filters_and_pages_stand_in_the_address_and_stay_with_a_decision(review, ann):
    page = ann.get("/review?relation=mentions").text
    assert re.findall(r'<b class="serif">(.*?)</b>', page) == [TITLE]
    assert "Filtered: 1 document, 1 suggestion" in page
    page = ann.get("/review/2?relation=responds_to&days=30").text
    answer = ann.post("/review/2?relation=responds_to&days=30", data={**hidden(page), "say": f"accept:{CAUCUS}"})
    assert "relation=responds_to&days=30&at=" in answer.location
    assert ann.get(answer.location).status_code == 200


def test_behind_the_end_of_the_queue_its_top_is_shown(ann):
    answer = ann.get("/review?days=30&after=0~0.01~9")
    assert (answer.status_code, answer.location) == (303, "/review?days=30")


@pytest.mark.parametrize(
    "query", ["relation=loves", "campaign=none", "days=-1", "days=x", "after=rubbish", "at=1~inf~3", "score=best"]
)
def test_what_a_filter_does_not_know_is_said(ann, query):
    answer = ann.get(f"/review?{query}")
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def test_an_empty_queue_says_so(editing):
    page = people.signed_in(editing.app).get("/review").text
    assert "Nothing waits here" in page


def test_the_figures_are_counted(review, ann):
    for document, verdict in ((2, Verdict.ACCEPT), (3, Verdict.REJECT)):
        decide(review.runtime, document, Said(verdict, "Ann", CAUCUS))
    page = ann.get("/review").text
    assert re.search(r"<b>1</b> waiting", page)
    assert re.search(r"<b>50 %</b> of the last 2 suggestions accepted", page)
    assert re.search(r"<b>0</b> linked by rule since Monday", page)


def test_more_to_decide_on_needs_no_more_statements(review, ann):
    statements = []
    event.listen(review.runtime.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))

    def asked(address):
        statements.clear()
        assert ann.get(address).status_code == 200
        return len(statements)

    addresses = ("/review/1", "/review/1", "/review", "/review?find=letter")
    few = [asked(address) for address in addresses]
    review_scenario.fill_more(review.runtime)
    assert [asked(address) for address in addresses[1:]] <= few[1:]


def test_a_document_there_is_not_is_a_404(ann):
    assert ann.get("/review/999").status_code == 404
