"""Forms of objects in a browser without script: new, edited, looked at, refused, and changed by two."""

import pytest

from tests.web import editing_objects as forms
from tests.web import people
from tests.workflows import typed_objects
from tracker.domain.vocab import Role
from tracker.models import kinds
from tracker.models.base import ObjectState
from tracker.store.engine import writing
from tracker.workflows.project import project_all


@pytest.fixture
def ann(editing):
    forms.fill(editing.runtime)
    return people.signed_in(editing.app, Role.EDITOR, name="Ann")


def new(ann, kind: str = "letter", **changes: str) -> str:
    """Make an object by its form, with a row of each list, and return its address."""
    wanted = typed_objects.filled(kind)
    answer = ann.post(
        f"/edit/new/{kind}", data={**_token(ann, kind), **wanted, **forms.SOURCE, **changes, "do": "keep"}
    )
    assert answer.status_code == 303, forms.errors_of(answer.text)
    return answer.location


def _token(ann, kind: str) -> dict[str, str]:
    return {"csrf_token": people.token_of(ann, f"/edit/new/{kind}")}


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_made_and_changed_in_the_browser(ann, editing, kind):
    address = new(ann, kind)
    shown = forms.fields_of(ann.get(address).text)
    missing = [name for name, text in typed_objects.filled(kind).items() if text and not shown.get(name)]
    assert missing == []
    saved = forms.send(ann, address, "keep", title="Another title")
    assert saved.status_code == 303
    assert "Kept: Title." in ann.get(address).text
    assert forms.spine(editing.runtime, address.rsplit("/", 1)[1]).state is ObjectState.DRAFT


def test_a_form_without_an_answer_is_shown_again_with_a_sentence_beside_each_wrong_field(ann):
    answer = ann.post("/edit/new/letter", data={
        **_token(ann, "letter"), "title": "T", "sent_on": "3/6/2019", "reasks": "Nothing", "campaigns": "rekognition",
        "summary": "<b>bold</b>", "by_employees": "no", "do": "keep",
    })  # fmt: skip
    assert answer.status_code == 422
    assert set(forms.errors_of(answer.text)) == {"sent_on", "reasks", "summary"}
    kept = forms.fields_of(answer.text)
    assert (kept["sent_on"], kept["title"], kept["summary"]) == ("3/6/2019", "T", "<b>bold</b>")
    assert "rekognition" in kept["campaigns"]


def test_what_will_change_is_shown_before_anything_is_kept(ann, editing):
    address = new(ann)
    text = forms.send(ann, address, "look", sent_on="end of June 2018").text
    assert "between 21 and 30 June 2018" in text
    assert "understood as:" in text
    assert "once it is published" in text
    assert forms.fields_of(text)["sent_on"] == "end of June 2018"
    assert forms.spine(editing.runtime, address.rsplit("/", 1)[1]).version == 1


def test_of_what_is_published_the_rows_that_change_on_the_timeline_are_shown(ann, editing):
    with writing(editing.runtime.engine) as session:
        project_all(session, clock=editing.runtime.clock)
    text = forms.send(ann, "/edit/first-letter", "look", title="Another title", **{"letter_question-0-out": "yes"}).text
    assert "<del><time" in text
    assert "Letter sent: Another title" in text


def test_rows_are_added_and_moved_without_script(ann):
    address = new(ann)
    text = forms.send(ann, address, "more:letter_party").text
    fields = forms.fields_of(text)
    assert fields["letter_party-1-id"] == ""
    text = forms.send(ann, address, "more:letter_question", text).text
    assert forms.fields_of(text)["letter_question-1-number"] == "12001"
    changes = {
        "letter_party-1-role": "recipient", "letter_party-1-name": "Jeff Bezos",
        "letter_question-1-number": "1", "letter_question-1-text": "Why?",
    }  # fmt: skip
    assert forms.send(ann, address, "keep", text, **changes).status_code == 303
    text = forms.send(ann, address, "up:letter_party-1").text
    assert forms.fields_of(text)["letter_party-0-name"] == "Jeff Bezos"
    assert forms.send(ann, address, "keep", text).status_code == 303
    assert forms.fields_of(ann.get(address).text)["letter_party-0-name"] == "Jeff Bezos"


def test_a_published_fact_asks_for_its_source_and_shows_what_it_rests_on(ann, editing):
    address = new(ann)
    forms.publish(editing.runtime, address.rsplit("/", 1)[1])
    refused = forms.send(ann, address, "keep", sent_on="24 May 2018")
    assert refused.status_code == 422
    assert set(forms.errors_of(refused.text)) == {"sent_on", "all~why"}
    source = {
        "sent_on~where": "https://senate.example/letter", "sent_on~quote": "May 24", "sent_on~why": "It bears the day.",
    }  # fmt: skip
    assert forms.send(ann, address, "keep", sent_on="24 May 2018", **source).status_code == 303
    text = ann.get(address).text
    assert "sources disagree" in text
    assert "https://senate.example/letter" in text
    assert "It bears the day." in text
    again = forms.send(ann, address, "use:sent_on~1", text).text
    assert forms.fields_of(again)["sent_on"] == "3 May 2018"
    # Its source is on record: only the reason is asked for.
    assert forms.send(ann, address, "keep", again, **{"all~why": "The day is not certain."}).status_code == 303


def test_two_editors_choose_field_by_field_what_stands(ann, editing):
    address = new(ann)
    ben = people.signed_in(editing.app, Role.EDITOR, name="Ben")
    opened = ben.get(address).text
    forms.send(ann, address, "keep", sent_on="24 May 2018", sender_count="17")
    conflict = forms.send(ben, address, "keep", opened, sent_on="25 May 2018", title="Ben's title")
    assert conflict.status_code == 409
    assert "You both changed sent on: you to 25 May 2018, Ann to 24 May 2018 (just now)." in conflict.text
    fields = forms.fields_of(conflict.text)
    assert fields["stand~sent_on"] == "mine"
    saved = ben.post(address, data={**fields, "stand~sent_on": "theirs", "do": "keep"})
    assert saved.status_code == 303
    after = forms.fields_of(ben.get(address).text)
    assert (after["sent_on"], after["sender_count"], after["title"]) == ("24 May 2018", "17", "Ben's title")


def test_drafts_are_listed_for_who_began_them(ann, editing):
    new(ann, title="Letter on faces")
    ben = people.signed_in(editing.app, Role.EDITOR, name="Ben")
    assert "Letter on faces" in ann.get("/edit").text.split("Drafts of others")[0]
    assert "begun by Ann" in ben.get("/edit").text


def test_a_form_of_five_million_characters_is_refused_in_a_sentence(ann):
    answer = ann.post("/edit/new/letter", data={**_token(ann, "letter"), "summary": "x" * 5_000_000, "do": "keep"})
    assert answer.status_code == 413
    assert "5.0 MB, and 4 MB are the most" in answer.text


def test_a_text_of_ten_thousand_lines_is_kept_as_it_is(ann):
    address = new(ann, summary="\n".join(f"Line {number}" for number in range(10_000)))
    assert "Line 9999" in ann.get(address).text


@pytest.mark.parametrize("who", [None, Role.READER])
def test_forms_are_for_editors_alone(editing, who):
    forms.fill(editing.runtime)
    client = people.signed_in(editing.app, who) if who else editing.app.test_client()
    for address in ("/edit", "/edit/new/letter", "/edit/first-letter"):
        assert client.get(address).status_code == (403 if who else 302)


def test_an_unknown_kind_or_object_is_a_page_that_says_so(ann):
    assert ann.get("/edit/new/lawsuit").status_code == 404
    assert ann.get("/edit/nothing").status_code == 404


@pytest.mark.parametrize("version", ["", "0", "99", "x"])
def test_a_form_without_a_version_that_the_object_had_is_refused_and_kept(ann, version):
    address = new(ann)
    refused = forms.send(ann, address, "keep", version=version, title="Mine")
    assert refused.status_code == 422
    assert "open its form again" in refused.text
    assert forms.fields_of(refused.text)["title"] == "Mine"


def test_anything_can_be_found_by_words_of_its_title(ann):
    new(ann, title="Letter on faces")
    found = ann.get("/edit?q=FACES+letter").text.split("Your drafts")[0]
    assert "Letter on faces" in found
    assert "Nothing is called so." in ann.get("/edit?q=100%25").text
