"""Objects made and changed by their forms: every kind, with what is refused, and with what every value rests on."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from tests import factories
from tests.workflows import typed_objects
from tracker.domain.dates import PartialDate
from tracker.models import kinds
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correction import Correction
from tracker.models.correspondence import Letter, LetterParty, LetterQuestion
from tracker.models.document import DocumentVersion
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.meeting import Meeting
from tracker.store import object_rows
from tracker.store.engine import reading, writing
from tracker.store.evidence import by_field
from tracker.workflows import edit
from tracker.workflows.edit import FormError, Source, Typed
from tracker.workflows.edit_merge import EditConflictError
from tracker.workflows.project import project_all

SOURCE = {"all": Source(where="https://paper.example/story", quote="on 24 May", why="The paper says so.")}


def made(runtime, kind: str = "letter", **values: str) -> str:
    """Make an object by its form and return its name in addresses."""
    return edit.create(runtime, kind, Typed({**typed_objects.filled(kind), **values}, SOURCE), "Ann").slug


def publish(runtime, slug: str) -> None:
    with writing(runtime.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()
        spine.state = ObjectState.PUBLISHED


def form(runtime, slug: str) -> tuple[dict[str, str], int]:
    """Return the form of an object as a browser would send it back, and the version it was made from."""
    with reading(runtime.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()
        return dict(object_rows.load(session, spine).values), spine.version


def changed(runtime, slug: str, sources=SOURCE, by: str = "Ann", **values: str):
    """Change an object by the form that it has now."""
    before, version = form(runtime, slug)
    return edit.change(runtime, slug, Typed({**before, **values}, sources, version), by)


@pytest.fixture
def filled(runtime):
    with writing(runtime.engine) as session:
        typed_objects.ground(session)
    return runtime


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_made_and_changed_by_its_form_alone(filled, kind):
    wanted = typed_objects.filled(kind)
    slug = made(filled, kind)
    values, version = form(filled, slug)
    missing = {name: text for name, text in wanted.items() if not values.get(name)}
    assert missing == {}
    # The form, sent back as it was shown, changes nothing.
    again = edit.change(filled, slug, Typed(values, {}, version), "Ann")
    assert (again.changes, again.version) == ((), version)
    publish(filled, slug)
    other = typed_objects.filled(kind, other=True)
    saved = edit.change(filled, slug, Typed({**values, **other}, SOURCE, version), "Ann")
    assert saved.version == version + 1
    after, _ = form(filled, slug)
    for name, text in other.items():
        assert after[name] != values[name] or text == wanted[name], name
    with reading(filled.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()
        assert spine.kind == kind
        assert session.exec(select(Evidence).where(Evidence.read_by == "Ann")).all()


def test_a_new_object_is_a_draft_that_stands_on_no_timeline(filled):
    slug = made(filled, title="Letter on faces")
    with reading(filled.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()
        assert (spine.state, spine.slug) == (ObjectState.DRAFT, "letter-on-faces")
        assert session.exec(select(Event).where(Event.object_id == spine.id)).all() == []


def test_every_wrong_field_is_told_at_once_and_nothing_is_kept(filled):
    wrong = {
        "title": "", "sent_on": "3/6/2019", "sender_count": "1.234", "reasks": "A letter nobody wrote",
        "letter_party-0-organization": "Amazn", "letter_question-0-text": "<p>Pasted</p>", "by_employees": "perhaps",
        "summary": "broken \x07", "campaigns": "",
    }  # fmt: skip
    with pytest.raises(FormError) as refused:
        edit.create(filled, "letter", Typed({**typed_objects.filled("letter"), **wrong}, SOURCE), "Ann")
    errors = refused.value.errors
    assert set(errors) == set(wrong)
    assert "3 June 2019 or 6 March 2019" in errors["sent_on"]
    assert "do you mean Amazon" in errors["letter_party-0-organization"]
    assert "HTML (<p>)" in errors["letter_question-0-text"]
    assert "U+0007" in errors["summary"]
    with reading(filled.engine) as session:
        assert len(session.exec(select(Letter)).all()) == 2


def test_fields_that_contradict_each_other_are_told_beside_the_later_one(filled):
    with pytest.raises(FormError) as refused:
        made(filled, sent_on="May 2019", respond_by="April 2019")
    assert refused.value.errors == {"respond_by": "it lies before the day the letter was sent"}


def test_a_published_fact_is_not_changed_without_a_source(filled):
    slug = made(filled)
    publish(filled, slug)
    with pytest.raises(FormError) as refused:
        changed(filled, slug, {"all": Source(why="I know better.")}, sent_on="2018-05-25")
    assert "an address or a document" in refused.value.errors["sent_on"]
    assert changed(filled, slug, {"all": Source(why="A slip.")}, title="Another title").changes


def test_a_draft_is_changed_without_a_source(filled):
    slug = made(filled)
    assert changed(filled, slug, {}, sent_on="2018-05-25").changes


def test_what_was_changed_has_its_evidence_and_the_reading_before_is_set_aside_with_the_reason(filled):
    slug = made(filled, sent_on="May 2018")
    publish(filled, slug)
    why = "The letter itself bears the day."
    changed(filled, slug, {"sent_on": Source("https://senate.example/letter", "May 24, 2018", "page 1", why)},
            sent_on="24 May 2018")  # fmt: skip
    with reading(filled.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one()
        [told] = [row for row in by_field(session, spine.id or 0) if row.field == "sent_on"]
        [correction] = session.exec(select(Correction)).all()
    new, old = told.readings
    assert (new.value, new.url, new.locator, new.read_by, new.chosen) == (
        "24 May 2018", "https://senate.example/letter", "May 24, 2018, page 1", "Ann", True,
    )  # fmt: skip
    assert (old.value, old.chosen, old.note) == ("May 2018", False, why)
    assert (correction.made_by, correction.why, correction.url) == ("Ann", why, "https://senate.example/letter")


def test_a_reading_on_record_is_chosen_without_naming_its_source_again(filled):
    slug = made(filled, sent_on="May 2018")
    publish(filled, slug)
    changed(filled, slug, sent_on="24 May 2018")
    changed(filled, slug, {"all": Source(why="The month is all that is certain.")}, sent_on="May 2018")
    with reading(filled.engine) as session:
        rows = session.exec(select(Evidence).where(Evidence.field == "sent_on").order_by(Evidence.id)).all()
    assert [(row.value, row.chosen) for row in rows] == [
        ("May 2018", True), ("24 May 2018", False),
    ]  # fmt: skip


def test_a_quotation_that_the_archived_document_does_not_hold_is_refused(filled):
    with writing(filled.engine) as session:
        document = factories.document(session, "A story", url="https://paper.example/a-story")
        text = "The letter was sent on 24 May."
        factories.add(session, DocumentVersion(document_id=document.id, number=1, title="A story", html="", text=text,
                                               content_hash="0" * 64, seen_at=factories.NOW))  # fmt: skip
    slug = made(filled)
    publish(filled, slug)
    with pytest.raises(FormError) as refused:
        changed(filled, slug, {"all": Source(str(document.id), "on 25 May", "", "So it says.")}, sent_on="25 May 2018")
    assert "do not stand in the archived text" in refused.value.errors["all~quote"]
    changed(
        filled, slug, {"all": Source(f"/documents/{document.id}", "on 24 May", "", "It says.")}, sent_on="24 May 2018"
    )
    with reading(filled.engine) as session:
        rows = session.exec(select(Evidence).where(Evidence.document_id == document.id)).all()
    assert [row.value for row in rows] == ["24 May 2018"]


def test_what_a_person_gives_is_no_readers_any_more_even_where_it_is_less_exact(filled):
    with writing(filled.engine) as session:
        company = factories.organization(session)
        row = factories.meeting(session, "a-meeting", company=company, held="2019-05-22")
        row.read_fields = ["held_on", "record_date"]
        row.record_date = PartialDate.parse("2019-03-28")
    changed(filled, "a-meeting", held_on="May 2019", record_date="")
    with reading(filled.engine) as session:
        stored = session.get_one(Meeting, row.id)
    assert str(stored.held_on) == "2019-05"
    assert stored.read_fields == []
    assert stored.emptied_fields == ["record_date"]


def test_rows_are_added_changed_taken_out_and_change_places(filled):
    slug = made(filled)
    changed(filled, slug, **{
        "letter_question-1-number": "2", "letter_question-1-text": "A second question?",
        "letter_party-7-role": "recipient", "letter_party-7-name": "محمد 🙂",
    })  # fmt: skip
    values, _ = form(filled, slug)
    assert (values["letter_question-0-text"], values["letter_party-1-name"]) == ("A second question?", "محمد 🙂")
    changed(filled, slug, **{
        "letter_question-0-number": "12,000", "letter_question-1-number": "2", "letter_party-0-out": "yes",
    })  # fmt: skip
    with reading(filled.engine) as session:
        letter = session.exec(select(CampaignObject).where(CampaignObject.slug == slug)).one().id
        questions = session.exec(select(LetterQuestion).where(LetterQuestion.letter_id == letter))
        assert {row.number: row.text for row in questions} == {
            2: "A text,\nin two lines.",
            12_000: "A second question?",
        }
        parties = session.exec(select(LetterParty).where(LetterParty.letter_id == letter))
        assert [row.name for row in parties] == ["محمد 🙂"]


def test_two_rows_that_say_the_same_are_told_of(filled):
    slug = made(filled)
    with pytest.raises(FormError) as refused:
        changed(filled, slug, **{"letter_question-4-number": "12000", "letter_question-4-text": "Again?"})
    assert list(refused.value.errors) == ["letter_question-4-number"]


def test_two_editors_who_change_different_fields_are_both_kept(filled):
    slug = made(filled)
    values, version = form(filled, slug)
    edit.change(filled, slug, Typed({**values, "sent_on": "24 May 2018"}, SOURCE, version), "Ann")
    edit.change(filled, slug, Typed({**values, "sender_count": "17"}, SOURCE, version), "Ben")
    after, _ = form(filled, slug)
    assert (after["sent_on"], after["sender_count"]) == ("24 May 2018", "17")


def test_two_editors_who_change_the_same_field_see_both_and_choose(filled):
    slug = made(filled)
    values, version = form(filled, slug)
    edit.change(filled, slug, Typed({**values, "sent_on": "24 May 2018", "sender_count": "17"}, SOURCE, version), "Ann")
    mine = {**values, "sent_on": "25 May 2018", "title": "Mine"}
    with pytest.raises(EditConflictError) as refused:
        edit.change(filled, slug, Typed(mine, SOURCE, version), "Ben")
    [both] = refused.value.both
    assert (both.label, both.base, both.mine, both.theirs, both.by) == (
        "Sent on", "3 May 2018", "25 May 2018", "24 May 2018", "Ann",
    )  # fmt: skip
    assert both.said == "You both changed sent on: you to 25 May 2018, Ann to 24 May 2018 (just now)."
    assert refused.value.values["sender_count"] == "17"
    edit.change(filled, slug, Typed(refused.value.values, SOURCE, refused.value.version), "Ben")
    after, _ = form(filled, slug)
    assert (after["sent_on"], after["sender_count"], after["title"]) == ("25 May 2018", "17", "Mine")


def test_a_row_that_one_takes_out_and_another_changes_is_put_side_by_side(filled):
    slug = made(filled)
    values, version = form(filled, slug)
    edit.change(filled, slug, Typed({**values, "letter_question-0-out": "yes"}, SOURCE, version), "Ann")
    untouched = edit.change(filled, slug, Typed({**values, "title": "Mine"}, SOURCE, version), "Ben")
    assert [change.label for change in untouched.changes] == ["Title"]
    with pytest.raises(EditConflictError) as refused:
        edit.change(filled, slug, Typed({**values, "letter_question-0-text": "Why?"}, SOURCE, version), "Ben")
    assert [(one.label, one.mine, one.theirs) for one in refused.value.both] == [("Questions: Question", "Why?", "")]
    edit.change(filled, slug, Typed(refused.value.values, SOURCE, refused.value.version), "Ben")
    assert form(filled, slug)[0]["letter_question-0-text"] == "Why?"


def test_the_preview_says_what_changes_and_keeps_nothing(filled):
    slug = made(filled)
    values, version = form(filled, slug)
    typed = Typed({**values, "sent_on": "end of June 2018"}, SOURCE, version)
    told = edit.preview(filled, "letter", slug, typed, "Ann")
    assert [(one.label, one.before, one.after) for one in told.changes] == [
        ("Sent on", "3 May 2018", "between 21 and 30 June 2018")
    ]
    assert (told.draft, [row.headline for row in told.added]) == (True, ["Letter sent: word"])
    assert form(filled, slug) == (values, version)
    publish(filled, slug)
    # No source is asked for yet.
    with writing(filled.engine) as session:
        project_all(session, clock=filled.clock)
    again = edit.preview(filled, "letter", slug, Typed(typed.values, {}, version), "Ann")
    assert [(str(before.on), str(after.on)) for before, after in again.changed] == [
        ("2018-05-03", "2018-06-21..2018-06-30")
    ]
    new = edit.preview(filled, "study", None, Typed(typed_objects.filled("study"), SOURCE), "Ann")
    assert [row.headline for row in new.added] == ["word"]


def test_the_timeline_follows_a_published_object_in_the_same_transaction(filled):
    slug = made(filled)
    publish(filled, slug)
    saved = changed(filled, slug, title="Letter on faces")
    with reading(filled.engine) as session:
        headlines = [row.headline for row in session.exec(select(Event))]
    assert saved.events
    assert "Letter sent: Letter on faces" in headlines


def test_a_new_name_of_a_family_makes_one_and_a_mistyped_one_is_asked_about(filled):
    slug = made(filled, "resolution", family="Sales to governments")
    assert form(filled, slug)[0]["family"] == "Sales to governments"
    with pytest.raises(FormError) as refused:
        changed(filled, slug, family="Sales to government")
    assert "do you mean Sales to governments?" in refused.value.errors["family"]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(kinds())), st.data())
def test_whatever_is_typed_is_kept_or_refused_beside_its_field(sqlite_filled, kind, data):
    form = typed_objects.filled(kind)
    odd = st.text() | st.sampled_from(ODD)
    typed = {name: data.draw(odd) for name in data.draw(st.sets(st.sampled_from(sorted(form)), min_size=1))}
    refused = {}
    try:
        edit.preview(sqlite_filled, kind, None, Typed({**form, **typed}, {"all": Source(*[data.draw(odd)] * 4)}), "Ann")
    except FormError as error:
        refused = error.errors
    assert {name.partition("~")[0] for name in refused} <= {*form, "all"}
    assert all(said and len(said) < 2_500 for said in refused.values())


ODD = [
    "\x00",
    "\ud800",
    "🙂" * 300,
    "\u202eevil",
    "<script>x</script>",
    "9" * 400,
    "x" * 300_000,
    "\n" * 10_000,
    "=1+1",
    "'",
]


@pytest.fixture
def sqlite_filled(sqlite_runtime):
    with writing(sqlite_runtime.engine) as session:
        typed_objects.ground(session)
    return sqlite_runtime
