"""Objects, campaigns and organisations in the index: found beside documents, gone when they are not shown."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests import factories as make
from tests.engines import statements_of
from tests.factories import NOW
from tests.store.test_search import add, index
from tracker.domain.errors import InputError
from tracker.domain.vocab import DocumentState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.document import Mention
from tracker.models.organization import Organization
from tracker.models.search import SearchEntry
from tracker.store import search
from tracker.store.search import Order
from tracker.workflows.project import project, project_all


def found(session, words: str, **more) -> list[str]:
    return [hit.title for hit in search.find(session, search.parse(words), **more)]


def everything(session) -> None:
    project_all(session, clock=lambda: NOW)


@pytest.fixture
def filled(session):
    """A letter of 2018 and a resolution of 2019 on tulips, a campaign, and documents of 2019."""
    maker = make.organization(session, "palmetto", name="Palmetto Bulbs, Inc.")
    sender = make.organization(session, "gardeners", name="League of Gardeners")
    campaign = make.campaign(session, "tulips", title="Tulips for all", asks=["Sell no bulbs to the county."])
    make.letter(session, "letter", sent="2018-05-24", senders=[sender], recipients=[maker], campaign=campaign,
                title="Gardeners to Palmetto", questions=["How many tulips died?"])  # fmt: skip
    make.letter(session, "later", sent="2020-01-02", senders=[sender], recipients=[maker], campaign=campaign,
                title="A second letter on tulips")  # fmt: skip
    add(session, "Tulips in the news", "The league asked about the bulbs.")
    everything(session)
    return session


def test_everything_is_found_in_one_list_the_newest_first(filled):
    assert found(filled, "tulips") == [
        "A second letter on tulips", "Tulips in the news", "Gardeners to Palmetto", "Tulips for all"
    ]  # fmt: skip
    assert found(filled, '"sell no bulbs"') == ["Tulips for all"]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("tulips kind:letter", ["A second letter on tulips", "Gardeners to Palmetto"]),
        ("tulips kind:letter kind:campaign -second", ["Gardeners to Palmetto", "Tulips for all"]),
        ("tulips -kind:letter", ["Tulips in the news", "Tulips for all"]),
        ("kind:document", ["Tulips in the news"]),
        ("kind:news source:paper", ["Tulips in the news"]),
        ("kind:news source:herald", []),
        ("company:palmetto kind:letter", ["A second letter on tulips", "Gardeners to Palmetto"]),
        ('company:"palmetto bulbs" before:2019', ["Gardeners to Palmetto"]),
        ("tulips after:2019", ["A second letter on tulips"]),
        ("tulips after:2018 before:2020", ["Tulips in the news"]),
        ("tulips before:2018-05-25", ["Gardeners to Palmetto"]),
        ("tulips before:2018-05-24", []),
        ("before:2019", ["Gardeners to Palmetto"]),
        ("-tulips kind:organization", ["Palmetto Bulbs, Inc.", "League of Gardeners"]),
        ("kind9letter", []),
    ],
)
def test_fields_narrow_what_is_found(filled, words, titles):
    assert sorted(found(filled, words)) == sorted(titles)


def test_pages_hold_everything_once_in_both_orders(filled):
    for number in range(7):
        add(filled, f"More tulips {number}", "tulips " * (1 + number % 3))
    for order in Order:
        whole = search.find(filled, search.parse("tulips"), order=order)
        seen, after = [], None
        while page := search.find(filled, search.parse("tulips"), order=order, after=after, limit=3):
            seen += page
            after = (page[-1].rank, page[-1].place)
        assert seen == whole
        assert len({hit.place for hit in seen}) == 11


@pytest.mark.parametrize("state", [ObjectState.DRAFT, ObjectState.WITHDRAWN, "merged"])
def test_an_object_that_is_not_shown_is_not_found_before_and_after_the_index_hears_of_it(filled, state):
    rows = {row.slug: row for row in filled.exec(select(CampaignObject))}
    if state == "merged":
        rows["letter"].merged_into_id = rows["later"].id
    else:
        rows["letter"].state, rows["letter"].withdrawn_reason = state, "sent in error"
    filled.flush()
    assert found(filled, "died") == []
    project(filled, object_ids=[rows["letter"].id], clock=lambda: NOW)
    assert found(filled, "died") == []
    assert filled.exec(select(SearchEntry).where(SearchEntry.object_id == rows["letter"].id)).first() is None
    index(filled)


def test_a_renamed_object_and_company_are_found_under_the_new_name_alone(filled):
    [letter] = filled.exec(select(CampaignObject).where(CampaignObject.slug == "letter"))
    letter.title = "Dahlias"
    filled.flush()
    project(filled, object_ids=[letter.id], clock=lambda: NOW)
    assert found(filled, "dahlias") == ["Dahlias"]
    assert found(filled, "kind:letter Palmetto") == ["A second letter on tulips", "Dahlias"]  # it went to Palmetto
    [maker] = filled.exec(select(Organization).where(Organization.slug == "palmetto"))
    maker.name = "Fenwick Roots"
    filled.flush()
    everything(filled)
    assert found(filled, "company:fenwick kind:letter") == ["A second letter on tulips", "Dahlias"]
    assert found(filled, "palmetto kind:organization") == []


def test_a_document_in_which_a_company_is_found_later_is_found_by_it(filled):
    number = add(filled, "Report", "Nothing of note.")
    assert found(filled, "company:palmetto kind:news") == []
    filled.add(
        Mention(document_id=number, entity="palmetto", entity_kind="organization", name="Palmetto", start=0, end=8)
    )
    filled.flush()
    search.mark_again(filled, [number])
    assert found(filled, "company:palmetto kind:news") == ["Report"]
    assert found(filled, "note") == ["Report"]
    index(filled)


def test_made_again_from_nothing_the_whole_index_is_the_same(filled):
    before, entries = index(filled), filled.exec(text("SELECT * FROM search_entry ORDER BY place")).all()
    search.rebuild(filled)
    search.keep_all(filled)
    assert index(filled) == before
    assert filled.exec(text("SELECT * FROM search_entry ORDER BY place")).all() == entries


def test_a_second_look_writes_nothing(filled):
    before = filled.exec(select(SearchEntry)).all()
    with statements_of(filled.connection()) as asked:
        search.keep_all(filled)
    assert {statement.split()[0] for statement in asked} == {"SELECT"}
    assert filled.exec(select(SearchEntry)).all() == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tulisp", "tulips"), ("tulps", "tulips"), ("tuulips", "tulips"), ("tuljps", "tulips"),
        ("Gardners tulips", "gardeners tulips"), ("tulips", None), ("zzzzzz", None), ("tulisp zzzzzz", None),
        ('"tulisp"', None), ("tulisp kind:letter", "tulips kind:letter"),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_is_put_right_by_words_of_the_archive(filled, typed, meant):
    assert search.suggestion(filled, typed) == meant


def test_nothing_is_suggested_that_finds_only_what_was_withdrawn(session):
    add(session, "Peonies", "In the garden.", state=DocumentState.WITHDRAWN)
    assert search.suggestion(session, "peonise") is None


def test_an_unknown_kind_names_the_kinds(session):
    with pytest.raises(InputError, match=r"letter.*measure.*news"):
        search.parse("kind:bulletin")
