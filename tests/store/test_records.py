"""Rows from plain values, and rows made equal to plain values."""

from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given
from sqlmodel import select

from tests import factories
from tests.engines import engine_on
from tests.factories import NOW
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.vocab import AskType, FilerRole, PartyRole, ResolutionCode
from tracker.models import kinds
from tracker.models.base import CampaignObject
from tracker.models.contract import Contract
from tracker.models.correspondence import CompanyResponse, Letter, LetterParty, ResponseSearch
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, VoteCount
from tracker.models.organization import Organization
from tracker.models.resolution import Filer, Resolution, ResolutionStatus
from tracker.models.subscriber import Issue
from tracker.store import records
from tracker.store.engine import create_engine, reading, writing
from tracker.store.records import Names, read, replace, require

LATER = NOW + timedelta(days=1)


@pytest.fixture
def names(session):
    return Names(session)


def refusal(*arguments, **more) -> str:
    with pytest.raises(InputError) as caught:
        read(*arguments, **more)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_slugs_dates_days_and_codes_are_read(session, names):
    company = factories.organization(session)
    key = factories.spine(session, "letter", "cbc-2018")
    values = read(Resolution, {"company": "amazon", "season": 2019, "ask_type": "report", "ask": "A"}, names, "x")
    assert values == {"company_id": company.id, "season": 2019, "ask_type": AskType.REPORT, "ask": "A"}
    assert read(Letter, {"sent_on": "24 May 2018", "reasks": "cbc-2018", "received_on": None}, names, "x") == {
        "sent_on": PartialDate.day(date(2018, 5, 24)),
        "reasks_id": key,
        "received_on": None,
    }
    assert read(ResponseSearch, {"searched_on": "2026-11-20", "where": "their blog"}, names, "x") == {
        "searched_on": date(2026, 11, 20),
        "where": "their blog",
    }


def test_a_moment_is_read_into_utc_and_needs_a_zone(names):
    assert read(Issue, {"known_until": "2026-01-01T00:00:00+05:00"}, names, "x")["known_until"] == datetime(
        2025, 12, 31, 19, 0, tzinfo=UTC
    )
    assert "no time zone" in refusal(Issue, {"known_until": "2026-01-01T00:00:00"}, names, "x")


WRONG = [
    (Letter, {"sent_at": "2018"}, "x: a letter has no 'sent_at'; it has sent_on, received_on"),
    (Letter, {"sent_on": "5/6/2018"}, "x.sent_on: reading '5/6/2018' as a date"),
    (Letter, {"sent_on": 2018}, "x.sent_on: expected text, found 2018"),
    (Letter, {"sent_on": None}, "x.sent_on: it cannot be null"),
    (Letter, {"sender_count": "seven"}, "x.sender_count: expected a whole number, found 'seven'"),
    (Letter, {"sender_count": True}, "x.sender_count: expected a whole number, found True"),
    (Letter, {"sender_count": 2**31}, "x.sender_count: 2147483648 is larger"),
    (Letter, {"reasks": "no-such-letter"}, "x.reasks: no campaign object is called 'no-such-letter'; add it first"),
    (Letter, {"reasks": 5}, "x.reasks: expected text, found 5"),
    (Letter, {"reasks_id": 5}, "x: a letter has no 'reasks_id'"),
    (Letter, {"id": 5}, "x: a letter has no 'id'"),
    (Resolution, {"company": "nobody"}, "x.company: no organization is called 'nobody'"),
    (Resolution, {"company_id": 1}, "x: a resolution has no 'company_id'"),
    (Resolution, {"ask_type": "demand"}, "x.ask_type: there is no 'demand'; there are prohibit, report"),
    (Resolution, {"ask": "a\0b"}, "x.ask: it holds characters that cannot be printed"),
    (Resolution, {"ask": "half a pair: \ud83d"}, "x.ask: it holds characters that cannot be printed"),
    (Contract, {"currency": "DOLLAR"}, "x.currency: it has 6 characters, and 3 are the most"),
    (Contract, {"amount_value": 2**63}, "x.amount_value: 9223372036854775808 is larger"),
    (Contract, {"amount_value": 1.5}, "x.amount_value: expected a whole number, found 1.5"),
    (CompanyResponse, {"public": "yes"}, "x.public: expected true or false, found 'yes'"),
    (CompanyResponse, {"public": 1}, "x.public: expected true or false, found 1"),
    (ResponseSearch, {"searched_on": "May 2018"}, "x.searched_on: "),
    (ResolutionStatus, {"recorded_at": "2018-01-01T00:00:00Z"}, "x: a resolution status has no 'recorded_at'"),
    (VoteCount, {"supersedes": 1}, "x: a vote count has no 'supersedes'"),
    (CampaignObject, {"aliases": "Amazon"}, "x.aliases: expected a list of texts, found 'Amazon'"),
    (CampaignObject, {"aliases": ["Amazon", 5]}, "x.aliases: expected text, found 5"),
    (Evidence, {"confidence": "high"}, "x.confidence: expected a number, found 'high'"),
]


@pytest.mark.parametrize(("table", "given", "said"), WRONG, ids=[f"{t.__name__}-{g}" for t, g, _ in WRONG])
def test_what_a_table_does_not_have_or_hold_is_refused_by_name(sqlite_names, table, given, said):
    assert refusal(table, given, sqlite_names, "x").startswith(said)


@pytest.fixture
def sqlite_names(sqlite_database):
    with engine_on(sqlite_database) as engine, reading(engine) as session:
        yield Names(session)


def test_a_part_cannot_name_its_own_owner(sqlite_names):
    assert "has no 'resolution'" in refusal(Filer, {"resolution": "x"}, sqlite_names, "x", owner="resolution_id")


@given(value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2))
def test_whatever_stands_in_a_file_is_read_or_refused_but_never_an_error_of_ours(value):
    for table in {*kinds().values(), BallotItem, VoteCount, Filer, LetterParty, Evidence}:
        for key, column in records._writable(table).items():
            if column.foreign_keys:
                continue
            said = read_or_refused(table, key, value)
            assert said == column.name or said.startswith(f"x.{key}: ")


def read_or_refused(table, key, value) -> str:
    """Return the column that a value was read into, or what was said against it."""
    try:
        [name] = read(table, {key: value}, None, "x")
    except InputError as refused:
        return str(refused)
    return name


def test_a_new_row_needs_its_columns(sqlite_names):
    require(Letter, {"sent_on": PartialDate.year(2018)}, "object a", owner="id")
    with pytest.raises(InputError, match="object a: it needs 'sent_on'"):
        require(Letter, {}, "object a", owner="id")
    with pytest.raises(InputError, match="it needs 'company'"):
        require(Resolution, {"season": 2019}, "object a", owner="id")


def test_names_made_meanwhile_are_known(session, names):
    with pytest.raises(InputError):
        names.id_of("organization", "later")
    row = factories.organization(session, "later")
    names.add("organization", "later", row.id)
    assert names.id_of("organization", "later") == row.id


# --- making rows equal ------------------------------------------------------------------------------------------------


@pytest.fixture
def resolution(session):
    company = factories.organization(session)
    return factories.resolution(session, company=company)


def statuses(session, resolution, *given, now=NOW):
    rows = [{"code": code, **more} for code, more in given]
    return replace(session, ResolutionStatus, ("resolution_id", resolution.id), rows, now)


def test_rows_are_added_in_the_order_given_and_the_second_time_nothing_changes(session, resolution):
    given = [(ResolutionCode.VOTED_FINAL, {"note": "b"}), (ResolutionCode.FILED, {"on": PartialDate.year(2018)})]
    rows, changed = statuses(session, resolution, *given)
    assert changed
    assert [row.code for row in rows] == [ResolutionCode.VOTED_FINAL, ResolutionCode.FILED]
    again, changed = statuses(session, resolution, *given, now=LATER)
    assert not changed
    assert [row.id for row in again] == [row.id for row in rows]


def test_a_corrected_row_keeps_its_id_and_the_day_it_was_recorded(session, resolution):
    [row], _ = statuses(session, resolution, (ResolutionCode.FILED, {"on": PartialDate.year(2018)}))
    before = row.id
    on = PartialDate.month(2018, 12)
    [row], changed = statuses(session, resolution, (ResolutionCode.FILED, {"on": on}), now=LATER)
    assert changed
    assert (row.id, row.on, row.recorded_at) == (before, on, NOW)


def test_a_column_taken_out_of_the_file_is_taken_out_of_the_row(session, resolution):
    statuses(session, resolution, (ResolutionCode.FILED, {"on": PartialDate.year(2018), "note": "said so"}))
    [row], changed = statuses(session, resolution, (ResolutionCode.FILED, {}))
    assert (changed, row.on, row.note) == (True, None, "")


def test_a_row_taken_out_of_the_file_goes_and_those_of_others_stay(session, resolution):
    other = factories.resolution(session, "other", company=factories.organization(session))
    statuses(session, other, (ResolutionCode.FILED, {}))
    statuses(session, resolution, (ResolutionCode.FILED, {}), (ResolutionCode.CURED, {}))
    _, changed = statuses(session, resolution, (ResolutionCode.CURED, {}))
    assert changed
    found = session.exec(select(ResolutionStatus.resolution_id, ResolutionStatus.code)).all()
    assert sorted(found) == sorted([(other.id, ResolutionCode.FILED), (resolution.id, ResolutionCode.CURED)])


def test_rows_with_empty_columns_in_their_key_are_recognised(session, resolution):
    company = session.exec(select(Organization)).one()
    filer = {"organization_id": company.id, "role": FilerRole.LEAD_FILER}
    owner = ("resolution_id", resolution.id)
    [row], _ = replace(session, Filer, owner, [filer], NOW)
    [again], changed = replace(session, Filer, owner, [{**filer, "person_id": None}], NOW)
    assert (again.id, changed) == (row.id, False)


def test_rows_without_a_key_are_recognised_only_when_all_of_them_is_the_same(session):
    letter = factories.letter(session)
    owner = ("letter_id", letter.id)
    one = {"role": PartyRole.SENDER, "name": "One"}
    rows, _ = replace(session, LetterParty, owner, [one, one], NOW)
    again, changed = replace(session, LetterParty, owner, [one, one], NOW)
    assert ([row.id for row in again], changed) == ([row.id for row in rows], False)
    known = {**one, "organization_id": factories.organization(session).id}
    [row], changed = replace(session, LetterParty, owner, [known], NOW)
    assert changed
    [row], changed = replace(session, LetterParty, owner, [one], NOW)
    assert (changed, row.organization_id) == (True, None)


def test_two_rows_with_one_key_are_refused_naming_where_they_stand(engine):
    def twice() -> None:
        with writing(engine) as session, records.refused_as_input("object a"):
            row = factories.resolution(session, company=factories.organization(session))
            statuses(session, row, (ResolutionCode.FILED, {}), (ResolutionCode.FILED, {"note": "again"}))

    with pytest.raises(InputError, match=r"^object a: the database refuses it: .*resolution_status"):
        twice()


CODES = st.sampled_from(list(ResolutionCode))
HISTORIES = st.dictionaries(
    CODES, st.tuples(st.none() | st.integers(1990, 2030), st.text("ab", max_size=2)), max_size=5
)


@given(histories=st.lists(HISTORIES, min_size=1, max_size=4))
def test_however_often_the_file_changes_the_rows_are_what_it_says_last(template_session, histories):
    with template_session() as session:
        resolution = factories.resolution(session, company=factories.organization(session))
        for history in histories:
            given = [
                (code, {"on": PartialDate.year(year) if year else None, "note": note})
                for code, (year, note) in history.items()
            ]
            statuses(session, resolution, *given)
            found = {row.code: (row.on, row.note) for row in session.exec(select(ResolutionStatus))}
            assert found == {code: (more["on"], more["note"]) for code, more in given}
            assert statuses(session, resolution, *given)[1] is False


@pytest.fixture(scope="module")
def template_session(sqlite_template):
    """A session on a prepared file whose work is thrown away, as often as one likes."""
    copy = sqlite_template.with_name("records.db")
    copy.write_bytes(sqlite_template.read_bytes())
    engine = create_engine(f"sqlite:///{copy}")
    yield lambda: reading(engine)
    engine.dispose()


def test_every_kind_and_part_can_be_read_by_the_columns_of_its_table():
    for table in kinds().values():
        assert "id" not in records.writable(table)
        assert not [key for key in records.writable(table) if key.endswith("_id") and key != "award_id"]
