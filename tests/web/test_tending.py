"""Publishing, merging, splitting, attaching and making of documents, as forms on pages."""

import io
from types import SimpleNamespace

import pytest
from sqlmodel import select

from tests import factories as make
from tests.filings.written_letters import LEARNED
from tests.web import people
from tests.web.asking import statements
from tests.web.people import post, signed_in
from tracker.domain.vocab import Role
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correspondence import LetterParty
from tracker.store.engine import reading, writing
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.project import project_all

TEXT = "The sheriff of Larkmere County bought ninety cameras.\n\nNobody was told of it before Tuesday."


@pytest.fixture
def site(editing):
    """Two letters that are one, a draft, a letter as a document; a publisher and an editor."""
    with writing(editing.runtime.engine) as session:
        amazon, sisters = make.organization(session), make.organization(session, "sisters")
        sent = {"campaign": make.campaign(session), "senders": [sisters], "recipients": [amazon]}
        make.letter(session, "first", sent="2018-05", title="Sisters to Amazon", questions=["Who buys?"], **sent)
        make.letter(session, "second", sent="2018-05-24", title="A letter to Amazon", **sent)
        make.letter(session, "draft", sent="2019-05-24", title="Another", state=ObjectState.DRAFT, **sent)
        project_all(session, clock=editing.runtime.clock)
    add_document(editing.runtime, Given(LEARNED[0].text.encode(), "2025-03-05", "Larkmere writes", "Larkmere Alliance"))
    return SimpleNamespace(
        runtime=editing.runtime,
        app=editing.app,
        publisher=signed_in(editing.app, Role.PUBLISHER, "Pia"),
        editor=signed_in(editing.app, Role.EDITOR, "Ann"),
    )


def spines(site):
    with reading(site.runtime.engine) as session:
        return {row.slug: row for row in session.exec(select(CampaignObject))}


def test_a_draft_is_refused_with_what_it_lacks_and_nothing_is_shown(site):
    answer = post(site.publisher, "/objects/draft/publish", {"version": 1})
    assert answer.status_code == 422
    assert "a source for sent on" in answer.text
    assert spines(site)["draft"].state is ObjectState.DRAFT


def test_a_letter_is_withdrawn_and_brought_back_and_its_page_says_why(site):
    page = site.publisher.get("/objects/first/state").text
    assert "1 row of timelines" in page
    refused = post(site.publisher, "/objects/first/withdraw", {"version": 1, "why": " "})
    assert (refused.status_code, "it needs a reason" in refused.text) == (422, True)
    done = post(site.publisher, "/objects/first/withdraw", {"version": 1, "why": "It was never sent."})
    assert done.status_code == 303
    gone = site.app.test_client().get("/letters/first")
    assert (gone.status_code, "It was never sent." in gone.text) == (410, True)
    back = post(site.publisher, "/objects/first/bring-back", {"version": 2, "why": "It was."})
    assert back.status_code == 303
    assert site.app.test_client().get("/letters/first").status_code == 200


def test_a_stale_form_is_refused_and_what_was_typed_is_kept(site):
    answer = post(site.publisher, "/objects/first/withdraw", {"version": 7, "why": "my reason"})
    assert answer.status_code == 409
    assert "somebody changed it" in answer.text
    assert "my reason" in answer.text


def test_two_letters_are_compared_merged_and_taken_apart_again(site):
    page = site.publisher.get("/objects/first/merge?object=second").text
    assert "24 May 2018" in page
    fields = {"object": "second", "version": 1, "other_version": 1, "why": "filed twice", "field:title": "kept"}
    refused = post(site.publisher, "/objects/first/merge", fields)
    assert (refused.status_code, "Choose which value stays." in refused.text) == (422, True)
    assert 'value="kept" checked' in refused.text
    done = post(site.publisher, "/objects/first/merge", fields | {"field:sent_on": "gone"})
    assert done.status_code == 303
    led = site.app.test_client().get("/letters/second")
    assert (led.status_code, led.location) == (301, "/letters/first")
    assert "filed twice" in site.publisher.get("/objects/second/undo-merge").text
    assert post(site.publisher, "/objects/second/undo-merge", {"why": "two after all"}).status_code == 303
    assert site.app.test_client().get("/letters/second").status_code == 200


def test_two_organisations_are_merged_and_taken_apart_again(site):
    assert "[sisters]" in site.publisher.get("/organizations/amazon/merge").text
    page = site.publisher.get("/organizations/amazon/merge?object=sisters").text
    assert "Letter party: 3" in page
    refused = post(site.publisher, "/organizations/amazon/merge", {"object": "sisters", "why": ""})
    assert (refused.status_code, 'id="why-error"' in refused.text) == (422, True)
    done = post(site.publisher, "/organizations/amazon/merge", {"object": "sisters", "why": "one company"})
    assert done.status_code == 303
    assert "one company" in site.publisher.get(done.location).text
    led = site.app.test_client().get("/companies/sisters")
    assert (led.status_code, led.location) == (301, "/companies/amazon")
    back = post(site.publisher, "/organizations/sisters/undo-merge", {"why": "two after all"})
    assert back.status_code == 303
    assert site.app.test_client().get("/companies/sisters").status_code == 302  # it has its page among organisations


def test_what_is_ticked_goes_to_a_second_object(site):
    page = site.publisher.get("/objects/first/split").text
    assert "letter_question:1" in page
    fields = {"version": 1, "title": "The question", "why": "two letters", "goes": ["letter_question:1"]}
    done = post(site.publisher, "/objects/first/split", fields)
    assert (done.status_code, done.location) == (303, "/objects/the-question/state")
    assert "This is a draft." in site.publisher.get(done.location).text


def test_a_letter_is_made_of_a_document_with_two_clicks(site):
    page = site.editor.get("/documents/1")
    assert '/documents/1/make/letter">' in page.text
    form = site.editor.get("/documents/1/make/letter").text
    ticked = [part.split('"')[0] for part in form.split('name="keep" value="')[1:]]
    assert len(ticked) == len(LEARNED[0].questions) + len(LEARNED[0].senders) + len(LEARNED[0].recipients)
    fields = {"title": "Larkmere writes", "on": "2025-03-04", "respond_by": "2025-04-01", "keep": ticked}
    done = post(site.editor, "/documents/1/make/letter", fields)
    assert done.status_code == 303
    draft = site.editor.get(done.location).text
    assert "Nothing is missing." in draft
    assert "Which agencies have bought" in draft
    refused = post(site.editor, "/documents/1/make/letter", {"title": "T", "on": "soon"})
    assert (refused.status_code, 'id="on-error"' in refused.text) == (422, True)


def test_a_file_is_attached_and_one_that_is_none_is_refused_beside_its_field(site):
    said = {"relation": "cites", "title": "Cameras", "publisher": "The Example", "published": "2019"}
    done = post(
        site.editor, "/objects/first/attach", said | {"file": (io.BytesIO(TEXT.encode()), "picture.png")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert (done.status_code, done.location) == (303, "/documents/2")
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(99))
    refused = post(
        site.editor, "/objects/first/attach", said | {"file": (picture, "text.txt")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert (refused.status_code, 'id="file-error"' in refused.text) == (422, True)
    assert 'value="The Example"' in refused.text


def test_a_document_is_withdrawn_and_brought_back(site):
    assert post(site.publisher, "/documents/1/withdraw", {"why": "a forgery"}).status_code == 303
    gone = site.app.test_client().get("/documents/1")
    assert (gone.status_code, "a forgery" in gone.text) == (410, True)
    assert post(site.publisher, "/documents/1/bring-back", {"why": "genuine"}).status_code == 303
    assert site.app.test_client().get("/documents/1").status_code == 200


def test_a_campaign_is_withdrawn_and_all_its_addresses_say_why(site):
    page = site.publisher.get("/campaigns/rekognition/state").text
    assert "its timeline with 2 rows" in page
    assert post(site.publisher, "/campaigns/rekognition/withdraw", {"why": ""}).status_code == 422
    assert post(site.publisher, "/campaigns/rekognition/withdraw", {"why": "One with another."}).status_code == 303
    reader = site.app.test_client()
    for address in ("timeline", "timeline.json", "feed.atom"):
        gone = reader.get(f"/campaigns/rekognition/{address}")
        assert (gone.status_code, "One with another." in gone.text) == (410, True), address
    assert "Rekognition" not in reader.get("/").text
    assert reader.get("/letters/first").status_code == 200
    assert post(site.publisher, "/campaigns/rekognition/bring-back", {"why": "not so"}).status_code == 303
    assert reader.get("/campaigns/rekognition/timeline").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/objects/x/state", "/objects/x/merge", "/objects/x/split",
     "/objects/x/undo-merge",
     "/campaigns/x/state", "/organizations/x/merge", "/organizations/x/undo-merge",
     "/objects/x/attach",
     "/documents/9/state", "/documents/9/make/letter", "/documents/1/make/meeting", "/objects/first/merge?object=x"],
)  # fmt: skip
def test_what_is_not_there_is_404(site, address):
    assert site.publisher.get(address).status_code == 404


def test_who_is_signed_out_sees_no_way_to_change_anything(site):
    text = site.app.test_client().get("/letters/first").text
    assert "/objects/" not in text
    assert people.TOKEN.search(text) is None


def test_the_number_of_statements_does_not_depend_on_rows(site):
    addresses = ["/objects/first/state", "/objects/first/merge", "/objects/first/merge?object=second",
                 "/objects/first/split", "/organizations/amazon/merge", "/campaigns/rekognition/state"]  # fmt: skip

    def counted():
        return [len(statements(site.publisher, one)) for one in addresses]

    with writing(site.runtime.engine) as session:
        make.link(session, make.document(session, "A report"), 1)
        make.evidence(session, 1, "sent_on", "x")
    before = counted()
    with writing(site.runtime.engine) as session:
        for number in range(6):
            party = make.organization(session, f"party-{number}")
            make.add(session, LetterParty(letter_id=1, role="sender", name=party.name, organization_id=party.id))
            make.link(session, make.document(session, f"Report {number}"), 1)
            make.evidence(session, 1, f"letter_party:{number}", "x")
            make.letter(session, f"letter-{number}")
    assert counted() == before
