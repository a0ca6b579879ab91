"""Which tables have a history, which of their columns, and what each of their rows is about.

A new table of facts gets a line here; the parts and details of campaign objects need none.
"""

from functools import cache

from tracker.domain.acts import About
from tracker.models import kinds
from tracker.models.account import Account
from tracker.models.base import Base, CampaignObject
from tracker.models.campaign import (
    Campaign,
    CampaignAsk,
    CampaignMembership,
    CampaignProduct,
    CampaignTarget,
    CampaignTerms,
)
from tracker.models.commitment import CommitmentView
from tracker.models.correspondence import (
    Answer,
    LetterParty,
    LetterQuestion,
    QuestionAssessment,
    ResponseSearch,
    SenderJudgement,
)
from tracker.models.decision import Decision, LearnedModel
from tracker.models.document import Document, Source
from tracker.models.document_link import DocumentLink
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, FundVote, InsiderHolding, VoteClaim, VoteCount
from tracker.models.new_name import NewName
from tracker.models.organization import Alias, Identifier, Organization, OrganizationInRole, Person, Product
from tracker.models.resolution import ExclusionBasis, Filer, ResolutionStatus, SubjectFamily
from tracker.models.same_story import StoryDecision
from tracker.models.spokesperson import Spokesperson
from tracker.models.subscriber import Subscriber
from tracker.models.voting_intention import VotingIntention
from tracker.store.records import columns

# The tables in which facts stand beside the details of each kind: the columns that lead to the object they are told
# of, the first that is given. What is graded of an answer is told of the letter that asked.
PARTS: dict[type[Base], tuple[str, ...]] = {
    Answer: ("object_id",),
    BallotItem: ("resolution_id", "meeting_id"),
    CommitmentView: ("commitment_id",),
    ExclusionBasis: ("resolution_id",),
    Filer: ("resolution_id",),
    FundVote: ("ballot_item_id",),
    InsiderHolding: ("meeting_id",),
    LetterParty: ("letter_id",),
    LetterQuestion: ("letter_id",),
    QuestionAssessment: ("question_id",),
    ResolutionStatus: ("resolution_id",),
    ResponseSearch: ("letter_id",),
    SenderJudgement: ("letter_id",),
    VoteClaim: ("ballot_item_id",),
    VoteCount: ("ballot_item_id",),
    VotingIntention: ("resolution_id",),
}
# Whose number stands in which column; where two are given, the row ties one thing to the other.
SUBJECTS: dict[type[Base], tuple[tuple[About, str], ...]] = {
    CampaignObject: ((About.OBJECT, "id"),),
    CampaignMembership: ((About.OBJECT, "object_id"), (About.CAMPAIGN, "campaign_id")),
    Evidence: ((About.OBJECT, "object_id"), (About.DOCUMENT, "document_id")),
    Link: ((About.OBJECT, "object_id"), (About.DOCUMENT, "document_id")),
    Decision: ((About.DOCUMENT, "document_id"), (About.OBJECT, "object_id")),
    Document: ((About.DOCUMENT, "id"),),
    DocumentLink: ((About.DOCUMENT, "later_id"), (About.DOCUMENT, "earlier_id")),
    StoryDecision: ((About.DOCUMENT, "first_id"), (About.DOCUMENT, "second_id")),
    Campaign: ((About.CAMPAIGN, "id"),),
    CampaignTarget: ((About.CAMPAIGN, "campaign_id"), (About.ORGANIZATION, "organization_id")),
    CampaignProduct: ((About.CAMPAIGN, "campaign_id"), (About.PRODUCT, "product_id")),
    CampaignAsk: ((About.CAMPAIGN, "campaign_id"),),
    CampaignTerms: ((About.CAMPAIGN, "campaign_id"),),
    Organization: ((About.ORGANIZATION, "id"),),
    OrganizationInRole: ((About.ORGANIZATION, "organization_id"),),
    Alias: ((About.ORGANIZATION, "organization_id"),),
    Identifier: ((About.ORGANIZATION, "organization_id"),),
    Product: ((About.PRODUCT, "id"), (About.ORGANIZATION, "vendor_id")),
    Person: ((About.PERSON, "id"), (About.ORGANIZATION, "organization_id")),
    SubjectFamily: ((About.FAMILY, "id"),),
    NewName: ((About.NAME, "id"),),
    Source: ((About.SOURCE, "id"),),
    Subscriber: ((About.SUBSCRIBER, "id"),),
    Account: ((About.ACCOUNT, "id"),),
    Spokesperson: ((About.ACCOUNT, "account_id"), (About.ORGANIZATION, "organization_id")),
    LearnedModel: ((About.MODEL, "id"),),
}
# Parts that are told of one object and stand on the page of another as well.
ALSO: dict[type[Base], str] = {Answer: "response_id", BallotItem: "meeting_id", QuestionAssessment: "response_id"}

# Ties that forms of an object do not show: they change while people decide on documents, and make no form stale.
NOT_IN_FORMS: frozenset[type[Base]] = frozenset({CampaignMembership, Decision, Link})

# Of these only some columns are anybody's decision, or nobody else's business: no address and no token is kept twice.
ONLY: dict[type[Base], frozenset[str]] = {
    Document: frozenset({"canonical_url", "url", "title", "publisher", "authors", "kind", "form", "language",
                         "published", "state", "state_reason", "relevance", "relevance_reasons", "event_type",
                         "event_type_score", "event_type_reason", "further_types"}),
    Source: frozenset({"name", "reader", "title", "url", "options", "every_seconds", "paused"}),
    Subscriber: frozenset({"state", "time_zone", "send_weekday", "send_hour"}),
    Account: frozenset({"name", "role", "active"}),
    LearnedModel: frozenset({"learner", "version", "live", "live_by"}),
}  # fmt: skip
MACHINERY = frozenset({"version", "updated_at"})


@cache
def historical() -> frozenset[type[Base]]:
    """Return every table whose rows have a history."""
    return frozenset({*SUBJECTS, *PARTS, *kinds().values()})


@cache
def kept_columns(table: type[Base]) -> tuple[str, ...]:
    """Return the columns of a table that its history tells of, the key left out."""
    only = ONLY.get(table)
    leave_out = MACHINERY if table is CampaignObject else frozenset()
    return tuple(
        column.name
        for column in columns(table).columns
        if not column.primary_key and column.name not in leave_out and (only is None or column.name in only)
    )


@cache
def below(table: type[Base]) -> tuple[tuple[type[Base], str], ...]:
    """Return the tables whose rows the database takes out with a row of `table`, and the column by which they hang."""
    return tuple(
        (child, column.name)
        for child in historical()
        for column in columns(child).columns
        for key in column.foreign_keys
        if key.column.table is columns(table) and key.ondelete == "CASCADE" and len(columns(table).primary_key) == 1
    )


def key_of(row: Base) -> str:
    """Return a row's primary key as text, its columns joined by commas."""
    return ",".join(str(getattr(row, column.name)) for column in columns(type(row)).primary_key)
