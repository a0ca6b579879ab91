"""A campaign's settings: changed by administrators, never over somebody else's change."""

from dataclasses import replace

import pytest

from tests import factories
from tests.factories import NOW
from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.vocab import OrganizationRole, Role
from tracker.store import campaigns
from tracker.store.engine import reading, writing
from tracker.workflows import accounts, campaign_settings


@pytest.fixture
def archive(runtime, clock):
    """Two campaigns, two companies, a product, an editor and a reader."""
    clock.now = NOW
    with writing(runtime.engine) as session:
        acme, zeta = (
            factories.organization(session, slug, roles=[OrganizationRole.ISSUER]) for slug in ("acme", "zeta")
        )
        factories.product(session, "lens", vendor=acme)
        factories.campaign(session, "palms", title="Palms", targets=[acme], asks=["Stop it."])
        factories.campaign(session, "eyes", title="Eyes", targets=[zeta])
    accounts.add(runtime, "ann@example.org", "Ann", Role.EDITOR)
    accounts.add(runtime, "rob@example.org", "Rob", Role.READER)
    return runtime


def test_everything_that_can_be_set_is_kept_and_a_second_time_nothing_changes(archive):
    shown = campaign_settings.shown(archive, "palms")
    assert (shown.people, shown.kept.targets, shown.kept.owners) == (["Ann"], ("acme",), ())
    given = replace(
        shown.kept, title=" Palm  scans ", summary="Who scans palms.", asks=("Stop it.", " ", "Say why."),
        targets=("zeta", "acme"), products=("lens",), owners=("Ann",),
    )  # fmt: skip
    assert campaign_settings.change(archive, "palms", given, shown.version, by="Ada", why="Clearer.")
    after = campaign_settings.shown(archive, "palms")
    assert after.kept == replace(given, title="Palm scans", asks=("Stop it.", "Say why."), targets=("acme", "zeta"))
    assert not campaign_settings.change(archive, "palms", after.kept, after.version, by="Ada")
    none = replace(after.kept, owners=(), products=(), asks=())
    campaign_settings.change(archive, "palms", none, after.version, by="Ada")
    assert campaign_settings.shown(archive, "palms").kept == none


def test_a_change_made_from_an_old_page_is_refused(archive):
    shown = campaign_settings.shown(archive, "palms")
    campaign_settings.change(archive, "palms", replace(shown.kept, title="First"), shown.version, by="Ada")
    with pytest.raises(ConflictError, match="somebody changed it meanwhile"):
        campaign_settings.change(archive, "palms", replace(shown.kept, title="Second"), shown.version, by="Bob")
    with reading(archive.engine) as session:
        assert campaigns.by_slug(session, "palms").title == "First"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "x"}, "title"),
        ({"title": "Eyes"}, "title"),
        ({"summary": "x" * 2001}, "summary"),
        ({"asks": ("x" * 501,)}, "asks"),
        ({"targets": ("nobody",)}, "targets"),
        ({"products": ("nothing",)}, "products"),
        ({"owners": ("Rob",)}, "owners"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(archive, wrong, field):
    shown = campaign_settings.shown(archive, "palms")
    with pytest.raises(FieldsError) as refused:
        campaign_settings.change(archive, "palms", replace(shown.kept, **wrong), shown.version, by="Ada")
    assert list(refused.value.errors) == [field]
    assert campaign_settings.shown(archive, "palms") == shown


def test_there_are_no_settings_of_a_campaign_there_is_not(archive):
    with pytest.raises(NotFoundError, match="'nowhere'"):
        campaign_settings.shown(archive, "nowhere")


def test_the_thresholds_are_those_of_the_configuration(archive):
    relevant, suggested, automatic = campaign_settings.thresholds(archive)
    assert 0 < suggested < relevant < automatic < 1
