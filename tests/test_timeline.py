"""The timeline as a projection: the same objects and documents give the same rows, whatever the order."""

from dataclasses import replace
from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from tests.factories import NOW
from tracker import timeline
from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import DocumentKind, DocumentState, EventType, Lane, Relation
from tracker.models.document import Document
from tracker.models.event import EventSource
from tracker.models.story import DocumentStory, ObjectStory

DAY = date(2019, 2, 7)
ONE, TWO = (1, "rekognition"), (2, "clearview")


def milestone(day: date = DAY, key: str = "sent", kind: EventType = EventType.LETTER_SENT, **more) -> Milestone:
    return Milestone(PartialDate.day(day), kind, key, f"It happened: {key}", Lane.ADVOCATES, **more)


def story(object_id: int = 1, *milestones: Milestone, campaigns=(ONE,)) -> ObjectStory:
    return ObjectStory(object_id, f"object-{object_id}", campaigns, milestones or (milestone(),))


def document(
    number: int = 7,
    published: PartialDate | None = None,
    *,
    kind: EventType | None = EventType.LETTER_SENT,
    links: tuple[tuple[int, Relation], ...] = ((1, Relation.REPORTS_ON),),
    lane: Lane | None = None,
    **more,
) -> DocumentStory:
    values = {"title": f"Document {number}", "kind": DocumentKind.NEWS, "excerpt": "It says.", **more}
    row = Document(
        id=number, published=published or PartialDate.day(DAY), state=DocumentState.RELEVANT, event_type=kind,
        first_seen_at=NOW, **values,
    )  # fmt: skip
    return DocumentStory(row, links, lane)


def dumped(rows) -> list[dict]:
    return sorted((row.model_dump() for row in rows), key=repr)


# --- objects ----------------------------------------------------------------------------------------------------------


def test_each_milestone_is_a_row_in_each_campaign_of_its_object():
    found = timeline.wanted([story(1, milestone(), milestone(key="answered"), campaigns=(ONE, TWO))], [])
    assert sorted((row.campaign_id, row.key) for row in found.events) == [
        (1, "object-1:answered"),
        (1, "object-1:sent"),
        (2, "object-1:answered"),
        (2, "object-1:sent"),
    ]
    assert len({row.id for row in found.events}) == 4
    assert found.sources == ()


def test_an_object_outside_every_campaign_makes_nothing():
    assert timeline.wanted([story(campaigns=())], []).events == ()


@pytest.mark.parametrize(
    ("on", "earliest", "latest", "sort_day"),
    [
        ("2019-02-07", "2019-02-07", "2019-02-07", "2019-02-07"),
        ("2018-08", "2018-08-01", "2018-08-31", "2018-08-01"),
        ("2019-04-02..2019-04-03", "2019-04-02", "2019-04-03", "2019-04-02"),
        ("..2019-06-03", "", "2019-06-03", "2019-06-03"),
        ("2019-06-03..", "2019-06-03", "", "2019-06-03"),
    ],
)
def test_a_date_known_in_part_is_listed_under_its_first_day_and_keeps_both_ends(on, earliest, latest, sort_day):
    [row] = timeline.wanted([story(1, replace(milestone(), on=PartialDate.parse(on)))], []).events
    assert (str(row.on), row.earliest, row.latest, row.sort_day) == (on, earliest, latest, sort_day)


def test_an_events_id_is_made_of_names_alone_and_stays_when_everything_else_changes():
    [before] = timeline.wanted([story()], []).events
    moved = replace(milestone(DAY + timedelta(days=400)), headline="Otherwise", kind=EventType.OTHER)
    [after] = timeline.wanted([replace(story(1, moved), object_id=99)], []).events
    assert before.id == after.id == timeline.event_id("rekognition", "object-1:sent") == "67bc317873a1a4cb"


# --- documents --------------------------------------------------------------------------------------------------------


def test_a_document_stands_behind_the_milestone_it_reports():
    found = timeline.wanted([story()], [document(published=PartialDate.day(DAY + timedelta(days=3)))])
    [row] = found.events
    assert dumped(found.sources) == [{"event_id": row.id, "document_id": 7}]
    assert row.document_id is None


@pytest.mark.parametrize(("days", "behind"), [(0, True), (14, True), (-1, True), (15, False), (-2, False)])
def test_a_report_belongs_to_an_event_within_two_weeks_after_it_or_on_its_eve(days, behind):
    found = timeline.wanted([story()], [document(published=PartialDate.day(DAY + timedelta(days=days)))])
    assert bool(found.sources) is behind
    assert len(found.events) == (1 if behind else 2)


def test_a_document_that_reports_no_milestone_is_an_event_of_its_own_in_each_campaign_it_touches():
    far = document(published=PartialDate.day(DAY + timedelta(days=60)), lane=Lane.LAWMAKERS)
    found = timeline.wanted([story(campaigns=(ONE, TWO))], [far])
    own = [row for row in found.events if row.document_id == 7]
    assert sorted(row.campaign_id for row in own) == [1, 2]
    assert {(row.headline, row.summary, row.lane, row.object_id) for row in own} == {
        ("Document 7", "It says.", Lane.LAWMAKERS, None)
    }
    assert found.sources == ()


def test_a_document_may_stand_behind_an_event_in_one_campaign_and_for_itself_in_another():
    near, far = story(1, campaigns=(ONE,)), story(2, milestone(DAY - timedelta(days=300)), campaigns=(TWO,))
    both = ((1, Relation.REPORTS_ON), (2, Relation.REPORTS_ON))
    found = timeline.wanted([near, far], [document(links=both)])
    assert len(found.sources) == 1
    assert [row.campaign_id for row in found.events if row.document_id] == [2]


def test_a_document_that_reports_of_several_objects_stands_behind_one_milestone_of_each():
    one, other = story(1, milestone(), milestone(DAY, "answered")), story(2, milestone(DAY - timedelta(days=3)))
    both = ((1, Relation.REPORTS_ON), (2, Relation.DECIDES))
    found = timeline.wanted([one, other], [document(links=both)])
    assert sorted(row.event_id for row in found.sources) == sorted(
        timeline.event_id("rekognition", f"object-{number}:{key}") for number, key in ((1, "answered"), (2, "sent"))
    )
    assert [row for row in found.events if row.document_id] == []


@pytest.mark.parametrize("relation", sorted(timeline.WEAK))
def test_a_document_that_only_mentions_an_object_makes_nothing(relation):
    found = timeline.wanted([story()], [document(links=((1, relation),))])
    assert len(found.events) == 1
    assert found.sources == ()


def test_a_document_linked_to_objects_that_are_not_shown_makes_nothing():
    found = timeline.wanted([story()], [document(links=((5, Relation.REPORTS_ON),))])
    assert (len(found.events), found.sources) == (1, ())


def test_a_document_without_a_date_makes_nothing():
    undated = document()
    undated.document.published = None
    found = timeline.wanted([story()], [undated])
    assert (len(found.events), found.sources) == (1, ())


def test_of_two_milestones_the_one_of_the_documents_kind_is_reported_and_else_the_nearest():
    filed = milestone(DAY - timedelta(days=10), "filed", EventType.RESOLUTION_FILED)
    voted = milestone(DAY - timedelta(days=1), "voted", EventType.VOTE_RESULT)
    for kind, key in ((EventType.RESOLUTION_FILED, "filed"), (EventType.COMMENTARY, "voted"), (None, "voted")):
        found = timeline.wanted([story(1, filed, voted)], [document(kind=kind)])
        assert [row.event_id for row in found.sources] == [timeline.event_id("rekognition", f"object-1:{key}")]


@pytest.mark.parametrize(
    ("kind", "form", "lane"),
    [
        (DocumentKind.FILING, "8-K", Lane.COMPANY),
        (DocumentKind.FILING, "PX14A6G", Lane.INVESTORS),
        (DocumentKind.LEGISLATION, "", Lane.LAWMAKERS),
        (DocumentKind.CONTRACT, "", Lane.REGULATORS),
        (DocumentKind.NEWS, "", Lane.PRESS),
    ],
)
def test_a_document_of_an_unknown_publisher_stands_in_the_lane_of_its_form(kind, form, lane):
    assert timeline.lane_of(document(form=form).document.model_copy(update={"kind": kind, "form": form})) is lane


# --- properties -------------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 60).map(lambda days: DAY + timedelta(days=days))
DATES = st.one_of(
    DAYS.map(PartialDate.day),
    st.integers(1, 12).map(lambda month: PartialDate.month(2019, month)),
    DAYS.map(PartialDate.before),
    DAYS.map(PartialDate.after),
)
KINDS = st.sampled_from([EventType.LETTER_SENT, EventType.VOTE_RESULT, EventType.OTHER])
MILESTONES = st.lists(
    st.builds(
        lambda on, kind, key: replace(milestone(), on=on, kind=kind, key=key), DATES, KINDS, st.sampled_from("abc")
    ),
    max_size=3,
    unique_by=lambda one: one.key,
)
CAMPAIGNS = st.sampled_from([(), (ONE,), (TWO,), (ONE, TWO)])
STORIES = st.lists(
    st.builds(
        lambda n, told, where: ObjectStory(n, f"o-{n}", where, tuple(told)), st.integers(1, 4), MILESTONES, CAMPAIGNS
    ),
    max_size=4,
    unique_by=lambda one: one.object_id,
)
LINKS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from([Relation.REPORTS_ON, Relation.MENTIONS, Relation.DECIDES])),
    max_size=3,
    unique_by=lambda one: one[0],
)
DOCUMENTS = st.lists(
    st.builds(
        lambda n, on, kind, links: document(n, on, kind=kind, links=tuple(links)),
        st.integers(1, 6),
        DATES,
        st.none() | KINDS,
        LINKS,
    ),
    max_size=4,
    unique_by=lambda one: one.document.id,
)


def apply(rows, difference):
    """Return rows with a difference applied, as the store does it."""
    gone = {id(row) for row in difference.drop} | {id(old) for old, _ in difference.change}
    return [row for row in rows if id(row) not in gone] + difference.add + [new for _, new in difference.change]


@given(before=st.tuples(STORIES, DOCUMENTS), after=st.tuples(STORIES, DOCUMENTS))
def test_a_difference_makes_stored_rows_what_is_wanted_and_the_second_time_it_is_empty(before, after):
    stood, wanted = timeline.wanted(*before), timeline.wanted(*after)
    for rows, stored in ((wanted.events, stood.events), (wanted.sources, stood.sources)):
        found = timeline.difference(rows, stored)
        applied = apply(stored, found)
        assert dumped(applied) == dumped(rows)
        assert len(timeline.difference(rows, applied)) == 0
    assert len(timeline.difference(wanted.events, wanted.events)) == 0


@given(objects=STORIES, documents=DOCUMENTS, data=st.data())
def test_the_order_in_which_objects_and_documents_come_does_not_matter(objects, documents, data):
    one = timeline.wanted(objects, documents)
    shuffled = [
        replace(entry, links=tuple(data.draw(st.permutations(entry.links))))
        for entry in data.draw(st.permutations(documents))
    ]
    other = timeline.wanted(data.draw(st.permutations(objects)), shuffled)
    assert dumped(one.events) == dumped(other.events)
    assert dumped(one.sources) == dumped(other.sources)


@given(objects=STORIES, documents=DOCUMENTS)
def test_no_two_rows_share_an_id_and_every_document_behind_an_event_has_its_event(objects, documents):
    found = timeline.wanted(objects, documents)
    ids = {row.id for row in found.events}
    assert len(ids) == len(found.events)
    assert {row.event_id for row in found.sources} <= ids
    assert len({(row.event_id, row.document_id) for row in found.sources}) == len(found.sources)
    for row in found.events:
        assert (row.object_id is None) != (row.document_id is None)
        assert row.sort_day


@given(one=DATES, other=DATES)
def test_the_days_between_two_dates_count_backwards_the_other_way_round(one, other):
    days = timeline.days_after(one, other)
    assert timeline.days_after(other, one) == (None if days is None else -days)
    if days == 0:
        assert one.overlaps(other)


@pytest.mark.parametrize("on", ["..2024-01", "2018..", "2024"])
def test_what_is_known_only_roughly_is_near_to_no_report_of_another_kind(on):
    rough = story(1, replace(milestone(), on=PartialDate.parse(on)))
    given = document(published=PartialDate.parse("2024-01-20"), kind=EventType.COMMENTARY)
    assert timeline.wanted([rough], [given]).sources == ()


def test_a_partys_own_statement_is_an_act_of_its_own_unless_it_is_the_very_event():
    statement = document(kind=EventType.COMMENTARY)
    statement.document.kind = DocumentKind.STATEMENT
    assert len(timeline.wanted([story()], [statement]).events) == 2
    statement.document.event_type = EventType.LETTER_SENT
    assert len(timeline.wanted([story()], [statement]).sources) == 1


def test_a_documents_event_keeps_its_id_whatever_number_the_document_has():
    first, second = (
        document(
            number, kind=EventType.COMMENTARY, published=PartialDate.parse("2024"), canonical_url="https://x.example/a"
        )
        for number in (7, 8)
    )
    [one], [other] = ([r.id for r in timeline.wanted([story()], [d]).events if r.document_id] for d in (first, second))
    assert one == other


def test_a_row_is_known_since_we_first_knew_of_it_or_since_now():
    found = timeline.wanted([story(1, milestone(), milestone(key="answered"))], [])
    timeline.dated(found.events, {found.events[0].id: NOW}, NOW + timedelta(days=1))
    assert [row.recorded_at for row in found.events] == [NOW, NOW + timedelta(days=1)]


def test_rows_of_both_tables_are_told_apart_by_their_keys():
    source = EventSource(event_id="a", document_id=1)
    assert len(timeline.difference([source], [EventSource(event_id="a", document_id=2)])) == 2
    [event] = timeline.wanted([story()], []).events
    changed = event.model_copy(update={"headline": "Otherwise"})
    assert timeline.difference([changed], [event]).change == [(event, changed)]
