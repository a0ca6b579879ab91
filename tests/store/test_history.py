"""Every act leaves what stood before and what stands after it, whatever was changed and by whichever way."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.acts import About, is_program
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.vocab import LinkState, PartyRole
from tracker.models import kinds, metadata
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import CampaignTarget
from tracker.models.correspondence import Letter, LetterParty
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.organization import Organization
from tracker.models.revision import Revision, RevisionChange, RevisionSubject
from tracker.store import history, history_list
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.historical import NOT_IN_FORMS, PARTS, SUBJECTS, kept_columns
from tracker.store.history_list import Filters
from tracker.store.records import columns, tables

DAY = PartialDate.parse


@pytest.fixture
def archive(database_url):
    with make.database(database_url) as engine:
        yield engine


@pytest.fixture
def letter(archive) -> int:
    with writing(archive) as session:
        return make.letter(session, "letter", sent="2018-05-24").id


def act(archive, do, *, by="Ann", why="Because.", **more) -> int | None:
    with writing(archive) as session, recording(session, Cause(by, make.NOW, why, **more)) as told:
        do(session)
    return told.number


def changes(archive, number: int | None) -> list[tuple]:
    with reading(archive) as session:
        query = select(RevisionChange).where(RevisionChange.revision_id == number).order_by(RevisionChange.id)
        return [(row.part, row.field, row.before, row.after) for row in session.exec(query)]


def sent(day: str):
    def do(session):
        session.exec(select(Letter)).one().sent_on = DAY(day)

    return do


def version(archive, number: int) -> int:
    with reading(archive) as session:
        return session.get(CampaignObject, number).version


def test_an_act_keeps_who_when_why_and_on_which_evidence(archive, letter):
    number = act(archive, sent("2018-05-25"), why="The postmark.", url="https://postmark.example/")
    with reading(archive) as session:
        row = session.get(Revision, number)
        subjects = [(told.about, told.about_id, told.version) for told in session.exec(select(RevisionSubject))]
    assert (row.made_by, row.made_at, row.why, row.url) == (
        "Ann",
        make.NOW,
        "The postmark.",
        "https://postmark.example/",
    )
    assert not row.by_program
    assert subjects == [(About.OBJECT, letter, 2)]
    assert changes(archive, number) == [("letter", "sent_on", "2018-05-24", "2018-05-25")]


@pytest.mark.parametrize("state", list(ObjectState))
def test_drafts_and_withdrawn_objects_have_a_history_as_published_ones_have(archive, letter, state):
    def hide(session):
        row = session.get(CampaignObject, letter)
        row.state, row.withdrawn_reason = state, "Never sent." if state is ObjectState.WITHDRAWN else ""

    act(archive, hide)
    assert changes(archive, act(archive, sent("2018-06-01"))) == [("letter", "sent_on", "2018-05-24", "2018-06-01")]


def test_what_changes_nothing_is_no_act_and_gives_no_new_version(archive, letter):
    assert act(archive, sent("2018-05-24")) is None
    assert act(archive, lambda session: None) is None
    assert version(archive, letter) == 1


def test_an_act_that_fails_leaves_nothing(archive, letter):
    def fails(session):
        sent("2018-06-01")(session)
        session.flush()
        raise KeyError

    with pytest.raises(KeyError):
        act(archive, fails)
    with reading(archive) as session:
        assert session.exec(select(Revision)).all() == []
    assert act(archive, sent("2018-06-02")) is not None


def test_rows_that_come_and_go_are_kept_whole_with_those_that_hang_on_them(archive):
    with writing(archive) as session:
        company = make.organization(session, "amazon")
        meeting = make.meeting(session, "meeting", company=company)
        item = make.ballot_item(session, meeting, number="6")
        count = make.count(session, item, 24, 900)
        item_id, count_id, meeting_id = item.id, count.id, meeting.id
    number = act(archive, lambda session: session.delete(session.get(BallotItem, item_id)))
    gone = {part: before for part, field, before, after in changes(archive, number) if not field and after is None}
    assert gone["ballot_item"]["id"] == item_id
    assert gone["vote_count"]["id"] == count_id
    assert gone["vote_count"]["votes_for"] == 24
    assert set(gone["vote_count"]) == set(VoteCount.model_fields)
    assert version(archive, meeting_id) == 2


def test_a_row_added_is_kept_with_its_key_and_one_replaced_by_its_equal_is_nothing(archive, letter):
    def add(session):
        session.add(LetterParty(letter_id=letter, role=PartyRole.SENDER, name="Ann Bee"))

    number = act(archive, add)
    [(part, field, before, after)] = changes(archive, number)
    assert (part, field, before) == ("letter_party", "", None)
    assert (after["name"], after["role"], after["letter_id"]) == ("Ann Bee", "sender", letter)
    assert after["id"]

    with writing(archive) as session:
        campaign, company = make.campaign(session, "gaze"), make.organization(session, "amazon")
        session.add(CampaignTarget(campaign_id=campaign.id, organization_id=company.id))
        key = campaign.id, company.id

    def again(session):
        session.delete(session.get(CampaignTarget, key))
        session.flush()
        session.add(CampaignTarget(campaign_id=key[0], organization_id=key[1]))

    assert act(archive, again) is None


def test_a_link_is_told_of_its_object_and_its_document_and_makes_no_form_stale(archive, letter):
    with writing(archive) as session:
        document = make.document(session, "News", url="https://news.example/1", published="2018-05-26")
        link_id = make.link(session, document, letter, state=LinkState.SUGGESTED).id
        document_id = document.id

    def confirm(session):
        row = session.get(Link, link_id)
        row.state, row.decided_by, row.decided_at = LinkState.CONFIRMED, "Ann", make.NOW

    act(archive, confirm)
    with reading(archive) as session:
        subjects = {(row.about, row.about_id): row.version for row in session.exec(select(RevisionSubject))}
    assert subjects == {(About.OBJECT, letter): None, (About.DOCUMENT, document_id): None}
    assert version(archive, letter) == 1


def test_several_flushes_are_one_act_and_one_recording_within_another_is_part_of_it(archive, letter):
    def twice(session):
        sent("2018-06-01")(session)
        session.flush()
        with recording(session, Cause("Bob", make.NOW, "Inside.")):
            sent("2018-06-02")(session)
        session.get(CampaignObject, letter).title = "Other"

    act(archive, twice)
    with reading(archive) as session:
        [row] = session.exec(select(Revision))
    assert row.made_by == "Ann"
    assert version(archive, letter) == 2
    assert ("letter", "sent_on", "2018-05-24", "2018-06-02") in changes(archive, row.id)


def test_what_stood_in_a_column_that_nobody_had_read_is_known_all_the_same(archive, letter):
    def unread(session):
        row = session.get(Letter, letter)
        session.expire(row, ["sent_on"])
        row.sent_on = DAY("2018-06-01")

    assert changes(archive, act(archive, unread)) == [("letter", "sent_on", "2018-05-24", "2018-06-01")]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("Ann", False),
        ("reader: voting results", True),
        ("rule: cites", True),
        ("campaign file", True),
        ("Rea Der", False),
    ],
)
def test_programs_are_told_from_people_by_their_names(name, program):
    assert is_program(name) is program


# --- what changed since -----------------------------------------------------------------------------------------------


def test_what_changed_since_a_version_is_told_once_a_column_with_who_did_it_last(archive, letter):
    act(archive, sent("2018-05-25"))
    act(archive, sent("2018-05-26"), by="Bob")
    last = act(archive, lambda session: setattr(session.get(CampaignObject, letter), "title", "Other"))
    place = "letter", str(letter), "sent_on"
    with reading(archive) as session:
        all_of_it = history.changed_since(session, letter, 1)
        since_second = history.changed_since(session, letter, 2)
        since_third = history.changed_since(session, letter, 3)
        assert history.changed_since(session, letter, 4) == {}
        with pytest.raises(InputError, match="version 5"):
            history.changed_since(session, letter, 5)
    told = all_of_it[place]
    assert (told.by, told.before, told.after) == ("Bob", DAY("2018-05-24"), DAY("2018-05-26"))
    assert since_second[place].before == DAY("2018-05-25")
    assert list(since_third) == [("campaign_object", str(letter), "title")]
    assert since_third["campaign_object", str(letter), "title"].act == last


def test_what_changed_and_changed_back_is_no_change_since(archive, letter):
    act(archive, sent("2018-05-25"))
    act(archive, sent("2018-05-24"))
    with reading(archive) as session:
        assert history.changed_since(session, letter, 1) == {}


def test_rows_added_since_are_told_with_all_they_say(archive, letter):
    act(archive, lambda session: session.add(LetterParty(letter_id=letter, role=PartyRole.SENDER, name="Ann Bee")))
    with reading(archive) as session:
        [((part, _, column), told)] = history.changed_since(session, letter, 1).items()
    assert (part, column, told.before) == ("letter_party", "", None)
    assert told.after["role"] is PartyRole.SENDER


def test_a_reader_that_adds_evidence_makes_a_form_stale(archive, letter):
    def add(session):
        session.add(Evidence(object_id=letter, field="sent_on", url="https://x.example/", read_by="reader: x",
                             read_at=make.NOW))  # fmt: skip

    act(archive, add, by="reader: x")
    assert version(archive, letter) == 2


# --- listed -----------------------------------------------------------------------------------------------------------


def test_acts_are_listed_newest_first_with_names_under_every_filter_and_paged_by_key(archive, letter):
    with writing(archive) as session:
        document = make.document(session, "News", url="https://news.example/1", published="2018-05-26")
        make.link(session, document, letter, state=LinkState.SUGGESTED)
    act(archive, sent("2018-05-25"), evidence_id=1)
    act(archive, lambda session: setattr(session.exec(select(Link)).one(), "why", "Seen."), by="Bob")
    act(archive, lambda session: make.organization(session, "amazon"), by="campaign file")
    day = make.NOW.date()
    wanted = [
        (Filters(), [3, 2, 1]), (Filters(about=(About.OBJECT, letter)), [2, 1]), (Filters(by="Bob"), [2]),
        (Filters(about=(About.DOCUMENT, 1)), [2]), (Filters(by_program=True), [3]), (Filters(by_program=False), [2, 1]),
        (Filters(kinds=(About.ORGANIZATION,)), [3]), (Filters(since=day, until=day), [3, 2, 1]),
        (Filters(since=day + timedelta(days=1)), []),
    ]  # fmt: skip
    with reading(archive) as session:
        for filters, numbers in wanted:
            assert [line.act.id for line in history_list.every(session, filters).lines] == numbers, filters
        page = history_list.every(session, Filters(), limit=2)
        assert [line.act.id for line in history_list.every(session, Filters(), before=2).lines] == [1]
        assert page.names["organization", 1].text
        assert page.names["document", 1].text == "News"
        assert history_list.authors(session) == ["Ann", "Bob", "campaign file"]
        [told] = history_list.one(session, 1).lines
    assert told.subjects == ((About.OBJECT, letter),)
    assert [change.field for change in told.changes] == ["sent_on"]


# --- which tables -----------------------------------------------------------------------------------------------------


def test_every_table_of_facts_has_a_history_and_no_secret_is_kept_twice():
    told = {columns(table).name for table in (*SUBJECTS, *PARTS, *kinds().values())}
    # Made again from the rest, kept by machines for machines, or people's own: no act of anybody.
    without = {
        "event", "event_count", "event_month", "event_total", "event_source", "first_known", "lease", "job_run", "host",
        "validator", "body", "fetch", "document_version", "former_address", "linked_page", "sighting", "mention",
        "resolution_standing", "search_entry", "search_word", "story", "story_member", "fingerprint", "filing_reading",
        "summary", "pending_reference", "follow", "issue", "delivery", "delivered_issue", "calendar_entry",
        "correction", "revision", "revision_subject", "revision_change", "account_link", "account_session", "api_token",
        "account_entry", "account_name", "passkey", "sign_in_failure", "csv_run",
            "act", "bulk_act", "bulk_member", "campaign_owner", "campaign_source", "mail_domain", "merge", "notice",
            "review_claim", "source_trial", "subscriber_link", "suppression",
    }  # fmt: skip
    assert set(metadata.tables) - told == without
    for name, secrets in {"account": {"email", "password_hash"}, "subscriber": {"email", "token"}}.items():
        assert not secrets & set(kept_columns(tables()[name]))
    assert set(kept_columns(Organization)) | {"id"} == set(Organization.model_fields)
    assert {table.__tablename__ for table in NOT_IN_FORMS} == {"link", "decision", "campaign_membership"}
