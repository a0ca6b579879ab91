"""Two organisations that are one: their parts, names and numbers lead to the one that stays, and back again."""

import json

import pytest

from tests import factories as make
from tests.conftest import PROJECT
from tests.workflows.test_merge import all_of, snapshot
from tracker.domain.errors import InputError, NotFoundError
from tracker.models.calendar_entry import CalendarEntry
from tracker.models.campaign import CampaignTarget
from tracker.models.correction import Correction
from tracker.models.correspondence import LetterParty
from tracker.models.event import Event
from tracker.models.organization import Alias, Identifier, IdentifierScheme, Organization
from tracker.models.resolution import Filer, Resolution
from tracker.models.subscriber import Follow, Subscriber
from tracker.store import names, organizations, party_profile, permalinks, search
from tracker.store.engine import reading, writing
from tracker.store.records import Names
from tracker.workflows.exchange import import_campaign
from tracker.workflows.merge_organizations import merge_organizations, unmerge_organization
from tracker.workflows.project import project_all, verify
from tracker.workflows.publish_calendar import publish_calendar

ANN, WHY = "Ann", "The same company under an older name."


@pytest.fixture
def archive(runtime):
    """A company under two names, each with things that the other has not, and filers of both."""
    with writing(runtime.engine) as session:
        new, old = make.organization(session, "brightwater"), make.organization(session, "brightwater-corp")
        fund = make.organization(session, "fund")
        campaign = make.campaign(session, targets=[new, old])
        make.campaign(session, "other", targets=[old])
        make.add(session, Alias(organization_id=old.id, text="BWC"))
        make.add(session, Identifier(organization_id=old.id, scheme=IdentifierScheme.CIK, value="1234"))
        make.letter(session, senders=[fund], recipients=[old, new], campaign=campaign)
        make.resolution(session, company=old, lead=old, campaign=campaign)
        make.add(session, Filer(resolution_id=2, organization_id=new.id, role="lead_filer", recorded_at=make.NOW))
        make.meeting(session, "ahead", company=old, held="2027-05-20", campaign=campaign)
        reader = make.add(session, Subscriber(email="a@example.org", token="t", joined_at=make.NOW))
        make.add(session, Follow(subscriber_id=reader.id, organization_id=old.id))
        project_all(session, clock=runtime.clock)
    publish_calendar(runtime)
    return runtime


def test_all_parts_names_and_numbers_lead_to_the_one_that_stays(archive):
    merge_organizations(archive, "brightwater", "brightwater-corp", by=ANN, why=WHY)
    assert [row.company_id for row in all_of(archive, Resolution)] == [1]
    assert [row.organization_id for row in all_of(archive, Filer)] == [1]
    assert {row.organization_id for row in all_of(archive, LetterParty)} == {1, 3}
    assert {row.text for row in all_of(archive, Alias) if row.organization_id == 1} == {"BWC", "Brightwater Corp"}
    assert [row.organization_id for row in all_of(archive, Identifier)] == [1]
    assert {(row.campaign_id, row.organization_id) for row in all_of(archive, CampaignTarget)} == {(1, 1), (2, 1)}
    assert [row.organization_id for row in all_of(archive, Follow)] == [1]
    assert {row.company_id for row in all_of(archive, CalendarEntry) if not row.cancelled} == {1}
    assert verify(archive).difference.touched == 0


def test_its_address_leads_on_and_its_name_finds_the_one_that_stays(archive):
    merge_organizations(archive, "brightwater", "brightwater-corp", by=ANN, why=WHY)
    with reading(archive.engine) as session:
        assert party_profile.profile(session, "brightwater-corp") is None
        assert permalinks.organization_now(session, "brightwater-corp") == "brightwater"
        assert permalinks.organization_now(session, "brightwater") is None
        assert {slug for _, slug, _ in names.all_names(session).organizations} == {"brightwater", "fund"}
        found = organizations.by_key(session, "brightwater corp") or organizations.by_key(session, "brightwater")
        assert found is not None
        assert found.slug == "brightwater"
        assert Names(session).id_of("organization", "brightwater-corp") == 1
        assert [hit.title for hit in search.find(session, search.parse("BWC"))] == ["Brightwater"]


def test_that_two_names_are_one_corrects_nothing_but_a_part_told_twice(archive):
    merge_organizations(archive, "brightwater", "brightwater-corp", by=ANN, why=WHY)
    assert [(row.part, row.kind.value) for row in all_of(archive, Correction)] in ([], [("filer", "taken_out")])


def test_an_undone_merge_leaves_everything_as_it_was(archive):
    before = snapshot(archive)
    merge_organizations(archive, "brightwater", "brightwater-corp", by=ANN, why=WHY)
    told = len(all_of(archive, Correction))
    assert unmerge_organization(archive, "brightwater-corp", by="Ben", why="two companies") == 0
    after = snapshot(archive)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert len(all_of(archive, Correction)) == told
    assert len({row.id for row in all_of(archive, Event)}) == len(before["event"])


def test_a_campaign_file_that_still_has_the_old_name_means_the_new_one(runtime):
    file = json.loads((PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8"))
    file["objects"] = file["objects"][:6]
    import_campaign(runtime, file)
    first, second = (row["slug"] for row in file["organizations"][:2])
    merge_organizations(runtime, first, second, by=ANN, why=WHY)
    count = len(all_of(runtime, Organization))
    import_campaign(runtime, file)
    assert len(all_of(runtime, Organization)) == count
    with reading(runtime.engine) as session:
        assert permalinks.organization_now(session, second) == first
    assert verify(runtime).difference.touched == 0


@pytest.mark.parametrize(
    ("gone", "why", "error", "said"),
    [
        ("fund", WHY, InputError, "one already"),
        ("nobody", WHY, NotFoundError, "none with that name"),
        ("brightwater", " ", InputError, "say why"),
    ],
)
def test_what_cannot_be_merged_is_said(archive, gone, why, error, said):
    with pytest.raises(error, match=said):
        merge_organizations(archive, "fund", gone, by=ANN, why=why)
    assert all(row.merged_into_id is None for row in all_of(archive, Organization))


def test_what_is_followed_stays_followed_where_the_other_name_was_only_asked_for(archive):
    with writing(archive.engine) as session:
        make.add(session, Follow(subscriber_id=1, organization_id=1, confirmed=False))
        session.get_one(Follow, 1).note = "my shares"
    merge_organizations(archive, "brightwater", "brightwater-corp", by=ANN, why=WHY)
    [kept] = [row for row in all_of(archive, Follow) if row.organization_id == 1]
    assert (kept.confirmed, kept.note) == (True, "my shares")
