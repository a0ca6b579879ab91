"""A draft is published when nothing is missing; what was published is withdrawn with a reason and can come back."""

import pytest
from sqlmodel import select

from tests import factories as make
from tracker.domain.corrections import CorrectionKind
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.publishing import Lack, Needed, NotReadyError, unsourced
from tracker.domain.vocab import DocumentState, ResolutionCode
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.calendar_entry import CalendarEntry
from tracker.models.campaign import CampaignMembership
from tracker.models.correction import Correction
from tracker.models.document import Document
from tracker.models.event import Event
from tracker.models.resolution import Resolution
from tracker.store import campaigns, letters, permalinks, search
from tracker.store.engine import reading, writing
from tracker.workflows import publish, publish_campaign, publish_document
from tracker.workflows.project import project_all, verify
from tracker.workflows.publish_calendar import publish_calendar

ANN = "Ann"
DRAFT = ObjectState.DRAFT


@pytest.fixture
def archive(runtime):
    """A published letter with an answer due, a draft of another one, and a report on the first."""
    with writing(runtime.engine) as session:
        amazon, sisters = make.organization(session), make.organization(session, "sisters")
        campaign = make.campaign(session, targets=[amazon])
        sent = {"senders": [sisters], "recipients": [amazon], "campaign": campaign}
        shown = make.letter(session, "shown", respond_by="2026-12-20", **sent, title="The Sisters ask Amazon")
        draft = make.letter(session, "draft", **sent, state=DRAFT, questions=["Who buys?"])
        for field in ("sent_on", "letter_party:sender", "letter_party:recipient", "letter_question:1"):
            make.evidence(session, draft.id, field, "as printed")
        make.link(session, make.document(session, "Sisters write"), shown.id)
        project_all(session, clock=runtime.clock)
    publish_calendar(runtime)
    return runtime


def all_of(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def spine(runtime, slug):
    [found] = [row for row in all_of(runtime, CampaignObject) if row.slug == slug]
    return found


def headlines(runtime):
    return {row.headline for row in all_of(runtime, Event)}


def corrections(runtime):
    return [(row.kind, row.why, row.made_by) for row in all_of(runtime, Correction)]


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_published_draft_stands_in_the_timeline_and_is_no_correction(archive):
    assert "Letter sent: Draft" not in headlines(archive)
    publish.publish(archive, "draft", version=1, by=ANN)
    assert "Letter sent: Draft" in headlines(archive)
    assert (spine(archive, "draft").state, spine(archive, "draft").version) == (ObjectState.PUBLISHED, 2)
    assert corrections(archive) == []
    assert verify(archive).difference.touched == 0


def test_a_draft_is_refused_with_all_that_is_missing(archive):
    with writing(archive.engine) as session:
        company = make.organization(session)
        make.resolution(session, "bare", company=company, state=DRAFT)
        row = session.exec(select(Resolution)).one()
        row.ask = "Report on sales"
    with pytest.raises(NotReadyError, match=r"a date: .*; a campaign .*; a source for ask\.") as refused:
        publish.publish(archive, "bare", version=1, by=ANN)
    assert refused.value.lacks == (Lack(Needed.DATE), Lack(Needed.CAMPAIGN), Lack(Needed.SOURCE, "ask"))
    assert tuple(publish.missing(archive, "bare")) == refused.value.lacks
    assert (spine(archive, "bare").state, spine(archive, "bare").version) == (DRAFT, 1)


def test_each_step_of_a_resolution_and_each_question_needs_a_source_of_its_own(archive):
    with writing(archive.engine) as session:
        campaign = make.campaign(session, "other")
        steps = [(ResolutionCode.FILED, "2018-12"), (ResolutionCode.WITHDRAWN_AGREEMENT, "2019-02")]
        row = make.resolution(session, "steps", company=make.organization(session), statuses=steps, campaign=campaign,
                              state=DRAFT)  # fmt: skip
        make.evidence(session, row.id, "ask", "as printed")
        make.evidence(session, row.id, "resolution_status:filed", "2018-12")
    assert publish.missing(archive, "steps") == [Lack(Needed.SOURCE, "resolution_status:withdrawn_agreement")]


def test_evidence_for_all_rows_of_a_part_vouches_for_each():
    assert unsourced(["sent_on", "filer:lead_filer", "filer:co_filer"], ["filer"]) == ["sent_on"]


@pytest.mark.parametrize(
    ("act", "said", "error"),
    [
        (lambda runtime: publish.publish(runtime, "shown", version=1, by=ANN), "published already", InputError),
        (lambda runtime: publish.publish(runtime, "nobody", version=1, by=ANN), "none with that name", NotFoundError),
        (lambda runtime: publish.publish(runtime, "draft", version=3, by=ANN), "changed it since", ConflictError),
        (
            lambda runtime: publish.withdraw(runtime, "draft", version=1, by=ANN, reason="wrong"),
            "no reader sees",
            InputError,
        ),
        (lambda runtime: publish.withdraw(runtime, "shown", version=1, by=ANN, reason=" "), "a reason", InputError),
        (lambda runtime: publish.bring_back(runtime, "shown", version=1, by=ANN, why="so"), "published", InputError),
        (lambda runtime: publish.bring_back(runtime, "shown", version=1, by=ANN, why=""), "say why", InputError),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(archive, act, said, error):
    before = [row.model_dump() for row in all_of(archive, CampaignObject)]
    with pytest.raises(error, match=said):
        act(archive)
    assert [row.model_dump() for row in all_of(archive, CampaignObject)] == before


# --- withdrawn --------------------------------------------------------------------------------------------------------


def test_a_withdrawn_object_leaves_timeline_calendar_search_and_lists_and_its_address_says_why(archive):
    publish.withdraw(archive, "shown", version=1, by=ANN, reason="It was\n never sent.")
    assert headlines(archive) == set()
    assert [row.cancelled for row in all_of(archive, CalendarEntry)] == [True]
    with reading(archive.engine) as session:
        ended = permalinks.ended(session, "letter", "shown")
        assert letters.standings(session, today=make.TODAY) == []
        assert "The Sisters ask Amazon" not in found(session, "ask Amazon")
    assert ended is not None
    assert (ended.shown, ended.reason) == (False, "It was never sent.")
    assert corrections(archive) == [(CorrectionKind.WITHDRAWN, "It was never sent.", ANN)]
    assert verify(archive).difference.touched == 0


def found(session, words):
    """Return the titles of what the search finds."""
    return [hit.title for hit in search.find(session, search.parse(words))]


def test_what_was_withdrawn_comes_back_as_it_was(archive):
    events = [(row.id, row.headline) for row in all_of(archive, Event)]
    publish.withdraw(archive, "shown", version=1, by=ANN, reason="never sent")
    publish.bring_back(archive, "shown", version=2, by="Ben", why="it was sent")
    assert [(row.id, row.headline) for row in all_of(archive, Event)] == events
    assert [row.cancelled for row in all_of(archive, CalendarEntry)] == [False]
    assert corrections(archive)[1:] == [(CorrectionKind.SHOWN_AGAIN, "it was sent", "Ben")]
    assert spine(archive, "shown").withdrawn_reason == ""


# --- documents --------------------------------------------------------------------------------------------------------


def test_a_withdrawn_document_leaves_the_timeline_and_comes_back(archive):
    [document] = all_of(archive, Document)
    rows = {(row.id, row.headline) for row in all_of(archive, Event)}
    publish_document.withdraw_document(archive, document.id, by=ANN, reason="a forgery")
    assert headlines(archive) == {"Letter sent: The Sisters ask Amazon"}
    with reading(archive.engine) as session:
        assert "Sisters write" not in found(session, "Sisters")
    with pytest.raises(ConflictError, match="withdrawn already: a forgery"):
        publish_document.withdraw_document(archive, document.id, by="Ben", reason="again")
    publish_document.bring_back_document(archive, document.id, by="Ben", why="it is genuine")
    assert {(row.id, row.headline) for row in all_of(archive, Event)} == rows
    assert all_of(archive, Document)[0].state is DocumentState.RELEVANT
    assert corrections(archive) == [
        (CorrectionKind.WITHDRAWN, "a forgery", ANN),
        (CorrectionKind.SHOWN_AGAIN, "it is genuine", "Ben"),
    ]
    assert verify(archive).difference.touched == 0


# --- campaigns --------------------------------------------------------------------------------------------------------


def test_a_withdrawn_campaign_has_no_timeline_and_comes_back_with_every_row(archive):
    with writing(archive.engine) as session:
        other = make.campaign(session, "other")
        session.add(CampaignMembership(campaign_id=other.id, object_id=spine(archive, "shown").id))
        session.flush()
        project_all(session, clock=archive.clock)
    rows = {row.id for row in all_of(archive, Event)}
    publish_campaign.withdraw_campaign(archive, "rekognition", by=ANN, reason="It was one with another.")
    with reading(archive.engine) as session:
        assert [row.slug for row in campaigns.every(session)] == ["other"]
        assert campaigns.by_slug(session, "rekognition") is None
        assert campaigns.of_object(session, spine(archive, "shown").id) == [("other", "Other")]
        assert "Rekognition" not in found(session, "rekognition")
    assert {row.campaign_id for row in all_of(archive, Event)} == {other.id}
    assert verify(archive).difference.touched == 0
    with pytest.raises(ConflictError, match="withdrawn already: It was one"):
        publish_campaign.withdraw_campaign(archive, "rekognition", by=ANN, reason="again")
    publish_campaign.bring_back_campaign(archive, "rekognition", by=ANN, why="It was not.")
    assert {row.id for row in all_of(archive, Event)} == rows
    with reading(archive.engine) as session:
        assert "Rekognition" in found(session, "rekognition")


@pytest.mark.parametrize(("slug", "reason", "error"), [("rekognition", " ", InputError), ("none", "so", NotFoundError)])
def test_a_campaign_is_not_withdrawn_without_a_reason_or_a_name(archive, slug, reason, error):
    with pytest.raises(error):
        publish_campaign.withdraw_campaign(archive, slug, by=ANN, reason=reason)
