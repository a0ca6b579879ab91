"""Names that recur in relevant documents are kept for people to decide on, and a decision stands."""

import pytest
from sqlmodel import select

from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.vocab import NewNameKind, NewNameState
from tracker.models.new_name import NewName
from tracker.models.organization import Organization
from tracker.models.revision import Revision
from tracker.store import new_names as store
from tracker.store.engine import reading
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.known import open_linker
from tracker.workflows.new_names import accept_alias, accept_name, look_for_names, put_off, reject_name

ADA = "ada@example.org"
TEXT = """Police in {place} will end a facial recognition contract with {company}, the council said.

The face recognition software of {company} was criticised by Orla Fennimore, who wrote to the force."""


@pytest.fixture
def archive(runtime):
    for day, place in enumerate(("Dunmore", "Eastmoor"), start=1):
        text = TEXT.format(place=place, company="Quillmark Systems").encode()
        add_document(runtime, Given(text, f"2024-03-0{day}", f"{place} police drop facial recognition", "The Example"))
    return runtime


def names(runtime):
    return {row.name: row for row in look_for_names(runtime, least=2)}


def test_a_name_is_proposed_accepted_and_from_then_on_known(archive):
    found = names(archive)
    assert (found["Quillmark Systems"].kind, found["Quillmark Systems"].documents) == (NewNameKind.COMPANY, 2)
    assert "Quillmark Systems" in found["Quillmark Systems"].examples[0]["words"]

    assert accept_name(archive, "Quillmark Systems", kind=None, by=ADA) == "quillmark-systems"
    assert "Quillmark Systems" not in names(archive)
    [mention] = open_linker(archive).gazetteer.find("Quillmark Systems sells it")
    assert (mention.entity_id, mention.roles) == ("quillmark-systems", ("vendor",))
    with reading(archive.engine) as session:
        row = session.exec(select(NewName).where(NewName.key == "quillmark systems")).one()
        assert (row.state, row.decided_by) == (NewNameState.ACCEPTED, ADA)
        assert session.exec(select(Organization).where(Organization.slug == "quillmark-systems")).one()


def test_a_rejected_name_is_not_proposed_again(archive):
    assert "Quillmark Systems" in names(archive)
    reject_name(archive, "Quillmark Systems", by=ADA)
    assert "Quillmark Systems" not in names(archive)
    with pytest.raises(NotFoundError, match=f"{ADA} has rejected it already"):
        accept_name(archive, "Quillmark Systems", kind=None, by=ADA)


def test_whoever_accepts_says_what_a_name_is_where_its_words_do_not(archive):
    names(archive)
    with reading(archive.engine) as session:
        unclear = session.exec(select(NewName).where(NewName.name == "Orla Fennimore")).one()
    assert unclear.kind is NewNameKind.UNCLEAR
    with pytest.raises(InputError, match="say so with --as"):
        accept_name(archive, "Orla Fennimore", kind=None, by=ADA)
    assert accept_name(archive, "Orla Fennimore", kind=NewNameKind.PERSON, by=ADA) == "orla-fennimore"


def test_nobody_decides_on_what_is_not_proposed(runtime):
    with pytest.raises(NotFoundError, match="none of this name is proposed"):
        reject_name(runtime, "Quillmark Systems", by=ADA)


def test_a_name_can_be_another_name_of_somebody_known(archive):
    names(archive)
    accept_name(archive, "Orla Fennimore", kind=NewNameKind.ADVOCATE, by=ADA)
    with pytest.raises(NotFoundError, match="No organisation of the archive is called “Nobody Ltd”"):
        accept_alias(archive, "Quillmark Systems", organization=" Nobody Ltd ", by=ADA)
    assert accept_alias(archive, "Quillmark Systems", organization="Orla Fennimore", by=ADA) == "orla-fennimore"
    with reading(archive.engine) as session:
        acts = session.exec(select(Revision).where(Revision.why == "A new name was accepted as another name.")).all()
    assert [act.made_by for act in acts] == [ADA]
    [mention] = open_linker(archive).gazetteer.find("Quillmark Systems sells it")
    assert mention.entity_id == "orla-fennimore"
    assert "Quillmark Systems" not in names(archive)


def test_a_name_that_was_put_off_waits_again_after_a_month(archive):
    names(archive)
    until = put_off(archive, "Quillmark Systems")
    names(archive)  # looking again does not bring it back earlier
    with reading(archive.engine) as session:
        now = archive.clock()
        assert "Quillmark Systems" not in {row.name for row in store.waiting(session, now)}
        assert "Quillmark Systems" in {row.name for row in store.waiting(session, until)}
        everyone = store.waiting(session, until)
        assert store.number_waiting(session, until) == len(everyone) == store.number_waiting(session, now) + 1
        first = everyone[0]
        assert store.waiting(session, until, after=(first.documents, first.id)) == everyone[1:]
