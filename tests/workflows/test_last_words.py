"""A value that a person gave, emptied, rejected, took out or withdrew stands, whatever a program writes afterwards."""

import copy

import pytest
from sqlmodel import select

from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, ballot, kept, results
from tests.workflows.test_decide import NEWS, TITLE
from tests.workflows.test_exchange import FILE
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import DocumentState, EventType, LinkState, PartyRole, Relation, Verdict
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import Campaign
from tracker.models.correspondence import Letter, LetterParty, LetterQuestion
from tracker.models.document import Document, Source
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.organization import Organization
from tracker.models.resolution import Filer
from tracker.models.revision import Revision
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.records import update
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.decide import Said, decide
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import project_all, verify
from tracker.workflows.read_filing import read_filings
from tracker.workflows.restudy import restudy
from tracker.workflows.setup import prepare


def by_person(runtime, do) -> None:
    with writing(runtime.engine) as session:
        with recording(session, Cause("Ann", runtime.clock(), "I looked.")):
            do(session)
        project_all(session, clock=runtime.clock)


def one(session, table, **which):
    return session.exec(select(table).filter_by(**which)).one()


def of_letter(session) -> int:
    return one(session, CampaignObject, slug="letter").id


def set_day(day):
    """The same for the day of the letter."""

    def do(session):
        update(session.get(Letter, of_letter(session)), {"sent_on": PartialDate.parse(day)})

    return do, lambda session: session.get(Letter, of_letter(session)).sent_on == PartialDate.parse(day)


def set_of(table, column, value, **which):
    """What a person sets, and what must stand in the end."""

    def do(session):
        update(one(session, table, **which), {column: value})

    def stands(session):
        return getattr(one(session, table, **which), column) == value

    return do, stands


def withdraw(session):
    row = one(session, CampaignObject, slug="letter")
    row.state, row.withdrawn_reason = ObjectState.WITHDRAWN, "Never sent."


def drop_filers(session):
    for row in session.exec(select(Filer)):
        session.delete(row)


def add_party(session):
    session.add(LetterParty(letter_id=of_letter(session), role=PartyRole.SENDER, name="Ann Bee"))


def drop_ballot(session):
    for row in session.exec(select(BallotItem)):
        session.delete(row)


WORDS = {
    "a date": set_day("2018-05-22"),
    "a text emptied": set_of(CampaignObject, "summary", "", slug="letter"),
    "a title": set_of(CampaignObject, "title", "Another title", slug="letter"),
    "a count": set_of(VoteCount, "votes_for", 77),
    "a question": set_of(LetterQuestion, "text", "Who else?", number=1),
    "a name": set_of(Organization, "name", "Amazonia", slug="amazon"),
    "a campaign's title": set_of(Campaign, "title", "Faces", slug=FILE["campaign"]["slug"]),
    "a withdrawal": (
        withdraw,
        lambda session: one(session, CampaignObject, slug="letter").state is ObjectState.WITHDRAWN,
    ),
    "rows taken out": (drop_filers, lambda session: not session.exec(select(Filer)).all()),
    "a row added": (
        add_party,
        lambda session: "Ann Bee" in session.exec(select(LetterParty.name)).all(),
    ),
    "a row taken out with what hung on it": (
        drop_ballot,
        lambda session: not session.exec(select(BallotItem)).all() and not session.exec(select(VoteCount)).all(),
    ),
}


@pytest.mark.parametrize("word", WORDS)
def test_a_campaign_file_that_is_imported_again_leaves_what_a_person_said(runtime, word):
    do, stands = WORDS[word]
    import_campaign(runtime, FILE)
    by_person(runtime, do)
    done = import_campaign(runtime, copy.deepcopy(FILE))
    with reading(runtime.engine) as session:
        assert stands(session)
        # Nothing came of it, so no act is on record.
        assert [act.made_by for act in session.exec(select(Revision).order_by(Revision.id))] == ["campaign file", "Ann"]
    assert done.kept or word in {"a withdrawal", "a row added"}
    assert verify(runtime).difference.touched == 0


def test_a_file_changes_what_a_person_gave_back_to_programs_and_what_nobody_touched(runtime):
    import_campaign(runtime, FILE)
    by_person(runtime, add_party)
    file = copy.deepcopy(FILE)
    [letter] = [entry for entry in file["objects"] if entry["slug"] == "letter"]
    letter["sent_on"] = "2018-05-30"
    assert import_campaign(runtime, file).changed == 1
    with reading(runtime.engine) as session:
        assert set_day("2018-05-30")[1](session)
        assert "Ann Bee" in session.exec(select(LetterParty.name)).all()


def test_a_persons_own_changes_are_never_put_back(runtime):
    import_campaign(runtime, FILE)
    for day in ("2018-05-01", "2018-05-02"):
        do, stands = set_day(day)
        by_person(runtime, do)
        with reading(runtime.engine) as session:
            assert stands(session)


def test_a_name_that_a_person_gave_stands_when_the_program_starts_again(runtime):
    source = {"name": "paper", "reader": "feed", "url": "https://paper.example/feed", "title": "Paper"}
    prepare(runtime, [source])
    with reading(runtime.engine) as session:
        slug = session.exec(select(Organization.slug).where(Organization.home_url != "")).first()
        slug = slug or session.exec(select(Organization.slug)).first()
    by_person(runtime, lambda session: setattr(one(session, Organization, slug=slug), "name", "Ours"))
    by_person(runtime, lambda session: setattr(one(session, Source, name="paper"), "every_seconds", 7200))
    prepare(runtime, [{**source, "every_seconds": 600}])
    with reading(runtime.engine) as session:
        assert one(session, Organization, slug=slug).name == "Ours"
        assert one(session, Source, name="paper").every_seconds == 7200


# --- filings ----------------------------------------------------------------------------------------------------------


def drop_counts(session):
    for row in session.exec(select(VoteCount)):
        session.delete(row)


FILED = {
    "a count": set_of(VoteCount, "votes_for", 5),
    "a count emptied": set_of(VoteCount, "votes_abstain", None),
    "a count taken out": (drop_counts, lambda session: not session.exec(select(VoteCount)).all()),
    "a day": set_of(Meeting, "held_on", PartialDate.parse("2026-05-13")),
    "a title": set_of(CampaignObject, "title", "The faces", slug="larkspur-2026-faces"),
}


@pytest.mark.parametrize("word", FILED)
def test_a_filing_that_is_read_again_leaves_what_a_person_said(runtime, company, word):
    do, stands = FILED[word]
    ballot(runtime, company)
    kept(runtime, "8-K", results(*COUNTS))
    read_filings(runtime)
    by_person(runtime, do)
    read_filings(runtime, again=True)
    with reading(runtime.engine) as session:
        assert stands(session)


# --- documents and links ----------------------------------------------------------------------------------------------


def test_links_and_documents_stay_as_a_person_decided_when_the_archive_is_looked_at_again(runtime):
    import_campaign(runtime, FILE)
    document = add_document(runtime, Given(NEWS, "2018-05-25", TITLE, "The Example")).document.id
    decide(runtime, document, Said(Verdict.RELEVANT, "Ann"))
    for slug, verdict, relation in (("letter", Verdict.REJECT, None), ("ban", Verdict.ACCEPT, Relation.CITES)):
        decide(runtime, document, Said(verdict, "Ann", slug, relation=relation))
    decide(runtime, document, Said(Verdict.EVENT_TYPE, "Ann", event_type=EventType.HEARING))
    restudy(runtime, lambda _count: None)
    with reading(runtime.engine) as session:
        row = session.get(Document, document)
        links = {link.object_id: link for link in session.exec(select(Link).where(Link.decided_by == "Ann"))}
        ids = {slug: one(session, CampaignObject, slug=slug).id for slug in ("letter", "ban")}
    assert (row.state, row.event_type) == (DocumentState.RELEVANT, EventType.HEARING)
    assert links[ids["letter"]].state is LinkState.REJECTED
    assert (links[ids["ban"]].state, links[ids["ban"]].relation) == (LinkState.CONFIRMED, Relation.CITES)
    decide(runtime, document, Said(Verdict.NOT_RELEVANT, "Ann"))
    restudy(runtime, lambda _count: None)
    assert [row.state for row in every(runtime, Document) if row.id == document] == [DocumentState.SCREENED]
