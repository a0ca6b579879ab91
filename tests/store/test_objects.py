"""Campaign objects as stored: what readers may see, with everything milestones are told from."""

import pytest
from sqlmodel import select

from tests import factories
from tests.engines import statements_of
from tests.factories import add, on
from tracker.domain import vocab
from tracker.domain.errors import NotFoundError
from tracker.models import kinds
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import CampaignMembership
from tracker.models.contract import Contract
from tracker.models.correspondence import LetterParty
from tracker.models.publication import Measure, Proceeding, ProceedingKind, Statement, Study
from tracker.models.resolution import Filer, ResolutionStatus
from tracker.store import objects


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon")


def one_of_each(session, company, campaign) -> dict[str, int]:
    """Add one object of every kind; return their ids by kind."""
    agency = factories.organization(session, "ice", name="ICE", lane=vocab.Lane.REGULATORS)

    def spine(kind: str) -> int:
        return factories.spine(session, kind, f"a-{kind}".replace("_", "-"), campaign=campaign)

    details = [
        Contract(id=spine("contract"), vendor_id=company.id, agency_id=agency.id, starts_on=on("2017"),
                 contract_state=vocab.ContractState.ACTIVE),
        Measure(id=spine("measure"), jurisdiction="City", introduced_on=on("2019"), enacted_on=on("2020")),
        Proceeding(id=spine("proceeding"), proceeding_kind=ProceedingKind.LAWSUIT, opened_on=on("2021")),
        Statement(id=spine("statement"), on=on("2018-06-01")),
        Study(id=spine("study"), published_on=on("2018-07-26")),
    ]  # fmt: skip
    rows = [
        *(add(session, row) for row in details),
        factories.letter(session, "a-letter", senders=[agency], campaign=campaign),
        factories.response(session, "a-response", company=company, campaign=campaign),
        factories.meeting(session, "a-meeting", company=company, campaign=campaign),
        factories.commitment(session, "a-commitment", company=company, campaign=campaign),
        factories.resolution(session, "a-resolution", company=company, campaign=campaign, lead=agency,
                             statuses=[(vocab.ResolutionCode.FILED, "2018-12")]),
    ]  # fmt: skip
    return {row.kind: row.id for row in rows}


def test_every_kind_is_loaded_with_its_detail_and_tells_its_milestones(session, company):
    campaign = factories.campaign(session)
    ids = one_of_each(session, company, campaign)
    assert set(ids) == set(kinds()), "a kind is missing here"
    loaded = objects.load(session)
    assert [row.spine.id for row in loaded] == sorted(ids.values())
    for row in loaded:
        assert isinstance(row.detail, kinds()[row.spine.kind])
        assert row.campaigns == ((campaign.id, "rekognition"),)
        milestones = list(row.detail.milestones(row.spine, row.parts))
        assert milestones, row.spine.kind
        assert len({milestone.key for milestone in milestones}) == len(milestones)
        assert all(milestone.headline for milestone in milestones)


def test_parts_come_with_their_object_and_names_and_lanes_with_them(session, company):
    caucus = factories.organization(session, "caucus", name="Caucus", lane=vocab.Lane.LAWMAKERS)
    letter = factories.letter(session, senders=[caucus])
    other = factories.letter(session, "other", senders=[company])
    resolution = factories.resolution(
        session, company=company, lead=caucus, statuses=[(vocab.ResolutionCode.FILED, None)]
    )
    found = {row.spine.id: row.parts for row in objects.load(session, [letter.id, resolution.id])}
    assert set(found) == {letter.id, resolution.id}
    assert other.id not in found
    assert [row.name for row in found[letter.id].of(LetterParty)] == ["Caucus"]
    assert [row.code for row in found[resolution.id].of(ResolutionStatus)] == [vocab.ResolutionCode.FILED]
    parts = found[resolution.id]
    assert [parts.organizations[row.organization_id].name for row in parts.of(Filer)] == ["Caucus"]
    assert parts.lane(caucus.id, vocab.Lane.PRESS) is vocab.Lane.LAWMAKERS
    assert parts.lane(None, vocab.Lane.PRESS) is vocab.Lane.PRESS


def test_drafts_withdrawn_and_merged_objects_are_not_shown(session):
    kept = factories.letter(session, "kept")
    factories.letter(session, "draft", state=ObjectState.DRAFT)
    factories.letter(session, "withdrawn", state=ObjectState.WITHDRAWN)
    factories.letter(session, "merged", merged_into=kept.id)
    every = list(session.exec(select(CampaignObject.id)))
    assert [row.spine.slug for row in objects.load(session)] == ["kept"]
    assert [row.spine.slug for row in objects.load(session, every)] == ["kept"]
    assert objects.load(session, []) == []


def test_an_object_may_belong_to_several_campaigns_or_none(session):
    first, second = factories.campaign(session, "first"), factories.campaign(session, "second")
    letter = factories.letter(session, campaign=second)
    add(session, CampaignMembership(campaign_id=first.id, object_id=letter.id))
    alone = factories.letter(session, "alone")
    assert objects.memberships(session) == {letter.id: ((first.id, "first"), (second.id, "second"))}
    assert objects.memberships(session, [alone.id]) == {}
    assert [row.campaigns for row in objects.load(session, [alone.id])] == [()]


def test_an_object_is_found_by_its_slug_or_the_error_names_it(session):
    letter = factories.letter(session, "cbc")
    assert objects.by_slug(session, "cbc").id == letter.id
    with pytest.raises(NotFoundError, match="'cbd'"):
        objects.by_slug(session, "cbd")


def test_ten_objects_of_a_kind_take_no_more_queries_than_one(session, company):
    campaign = factories.campaign(session)
    one_of_each(session, company, campaign)

    def queries() -> int:
        session.expire_all()
        with statements_of(session.get_bind()) as asked:
            assert objects.load(session)
        return len(asked)

    before = queries()
    for number in range(10):
        factories.letter(session, f"letter-{number}", senders=[company], campaign=campaign)
    assert queries() == before
