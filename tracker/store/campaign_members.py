"""What makes up one campaign: its objects and everybody who has a part in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import union
from sqlmodel import Session, col, select

from tracker.models.base import CampaignObject
from tracker.models.campaign import CampaignMembership, CampaignTarget
from tracker.models.organization import Organization, Person
from tracker.store import concerning, objects, party_profile


@dataclass(frozen=True, slots=True)
class Member:
    """An object of the campaign."""

    kind: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Participant:
    """An organisation with a part in the campaign; whether it has the page of a company or of another organisation."""

    slug: str
    name: str
    is_company: bool
    is_target: bool


@dataclass(frozen=True, slots=True)
class Members:
    """All objects that readers may see, by title, and all who have a part in them or are asked something, by name."""

    objects: tuple[Member, ...]
    participants: tuple[Participant, ...]

    def of_kind(self, kind: str) -> Sequence[Member]:
        """Return the objects of one kind."""
        return [member for member in self.objects if member.kind == kind]


def of_campaign(session: Session, campaign_id: int) -> Members:
    """Return what makes up a campaign. Three queries, however much it is."""
    shown = (
        select(CampaignObject.kind, CampaignObject.slug, CampaignObject.title)
        .where(col(CampaignObject.id).in_(objects.members(campaign_id)), objects.visible(CampaignObject.id))
        .order_by(col(CampaignObject.title), col(CampaignObject.id))
    )
    targets = set(session.exec(select(CampaignTarget.organization_id).where(CampaignTarget.campaign_id == campaign_id)))
    ids = targets | _parties(session, campaign_id)
    named = select(Organization, party_profile.company()).where(col(Organization.id).in_(ids))
    by_name = session.exec(named.order_by(Organization.name, Organization.slug))
    return Members(
        objects=tuple(Member(*row) for row in session.exec(shown)),
        participants=tuple(
            Participant(row.slug, row.name, is_company=bool(is_company), is_target=row.id in targets)
            for row, is_company in by_name
        ),
    )


def _parties(session: Session, campaign_id: int) -> set[int]:
    """Return the ids of the organisations with a part in an object of the campaign, their people's parts included."""
    mine = objects.members(campaign_id).where(objects.visible(CampaignMembership.object_id))
    own = [select(party).where(col(number).in_(mine)) for number, party in concerning.PARTS]
    peoples = [
        select(Person.organization_id).where(col(Person.id) == col(person), col(number).in_(mine))
        for number, person in concerning.PEOPLES_PARTS
    ]
    return {key for (key,) in session.execute(union(*own, *peoples)) if key is not None}
