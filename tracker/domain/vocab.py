"""Closed vocabularies, in the field's own words. Values are stable codes: they stand in rows, URLs and exports."""

from enum import StrEnum


class Lane(StrEnum):
    """Who acts: one lane of the timeline, one colour everywhere."""

    INVESTORS = "investors"
    ADVOCATES = "advocates"
    LAWMAKERS = "lawmakers"
    COMPANY = "company"
    REGULATORS = "regulators"
    PRESS = "press"


class DocumentKind(StrEnum):
    """The form of a document, whoever published it."""

    NEWS = "news"
    STATEMENT = "statement"
    FILING = "filing"
    REPORT = "report"
    LEGISLATION = "legislation"
    CONTRACT = "contract"


class DocumentState(StrEnum):
    """Whether a document may reach a timeline; screened and quarantined ones are kept and can be searched."""

    RELEVANT = "relevant"
    SCREENED = "screened"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"


class EventType(StrEnum):
    """What happened. The newest act in the headline decides."""

    RESOLUTION_FILED = "resolution_filed"
    RESOLUTION_CHALLENGED = "resolution_challenged"
    SEC_DECISION = "sec_decision"
    RESOLUTION_WITHDRAWN = "resolution_withdrawn"
    VOTE_RESULT = "vote_result"
    PROXY_STATEMENT = "proxy_statement"
    EXEMPT_SOLICITATION = "exempt_solicitation"
    LETTER_SENT = "letter_sent"
    COMPANY_RESPONSE = "company_response"
    COMPANY_POLICY_CHANGE = "company_policy_change"
    CONTRACT_AWARDED = "contract_awarded"
    CONTRACT_ENDED = "contract_ended"
    LEGISLATION_INTRODUCED = "legislation_introduced"
    LAW_ENACTED = "law_enacted"
    LAWSUIT_FILED = "lawsuit_filed"
    RULING_OR_SETTLEMENT = "ruling_or_settlement"
    REGULATOR_ACTION = "regulator_action"
    HEARING = "hearing"
    STUDY_OR_REPORT = "study_or_report"
    MISUSE_INCIDENT = "misuse_incident"
    EMPLOYEE_PROTEST = "employee_protest"
    COMMENTARY = "commentary"
    OTHER = "other"


class Relation(StrEnum):
    """How a document bears on a campaign object."""

    ANNOUNCES = "announces"
    FILES = "files"
    RESPONDS_TO = "responds_to"
    REPORTS_ON = "reports_on"
    VOTES_ON = "votes_on"
    CHALLENGES = "challenges"
    DECIDES = "decides"
    DISCLOSES = "discloses"
    STARTS = "starts"
    ENDS = "ends"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    FULFILS = "fulfils"
    CITES = "cites"
    MENTIONS = "mentions"


class DocumentRelation(StrEnum):
    """How a document bears on an earlier one: it answers it, or goes on from it in one matter."""

    RESPONDS_TO = "responds_to"
    PART_OF = "part_of"


class LinkState(StrEnum):
    """A suggestion waits; a confirmed link shapes the timeline; a rejected one is kept so that it is not made again."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class StoryTie(StrEnum):
    """Why a document is in a story with others."""

    COPY = "copy"
    SAME_EVENT = "same_event"
    PERSON = "person"


class Verdict(StrEnum):
    """What an editor said of a suggested link, or of a document."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    WRONG_RELATION = "wrong_relation"
    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    EVENT_TYPE = "event_type"
    UNDO = "undo"


class NewNameKind(StrEnum):
    """What a name that nobody told us seems to be, or is said to be by who accepts it."""

    PERSON = "person"
    PRODUCT = "product"
    COMPANY = "company"
    AGENCY = "agency"
    ADVOCATE = "advocate"
    INVESTOR = "investor"
    UNCLEAR = "unclear"


class NewNameState(StrEnum):
    """Where a proposed name stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Learner(StrEnum):
    """What is learned from decisions, each by a model of its own."""

    RELEVANCE = "relevance"
    EVENT_TYPE = "event_type"
    LINKS = "links"
    STORIES = "stories"


class OrganizationRole(StrEnum):
    """What an organisation is in our campaigns; one organisation may have several roles."""

    ISSUER = "issuer"
    VENDOR = "vendor"
    AGENCY = "agency"
    INVESTOR = "investor"
    ADVOCATE = "advocate"
    LAWMAKER = "lawmaker"
    REGULATOR = "regulator"
    COURT = "court"
    PUBLISHER = "publisher"
    ADVISER = "adviser"


class FilerRole(StrEnum):
    """A proponent's part in a resolution."""

    LEAD_FILER = "lead_filer"
    CO_FILER = "co_filer"
    REPRESENTATIVE = "representative"


class PartyRole(StrEnum):
    """A party's part in a letter."""

    SENDER = "sender"
    SIGNATORY = "signatory"
    RECIPIENT = "recipient"


class AskType(StrEnum):
    """What a resolution asks the company to do: the same subject may be asked with different force."""

    PROHIBIT = "prohibit"
    REPORT = "report"
    POLICY = "policy"
    GOVERNANCE = "governance"
    OTHER = "other"


class ResolutionCode(StrEnum):
    """One step in the life of a resolution (DOMAIN.md 4). The post-2025 outcomes never share a code with older ones."""

    DRAFTED = "drafted"
    FILED = "filed"
    DEFICIENCY_NOTICED = "deficiency_noticed"
    CURED = "cured"
    EXCLUSION_NOTICED = "exclusion_noticed"
    SEC_CONCURRED = "sec_concurred"
    SEC_NOT_CONCURRED = "sec_not_concurred"
    SEC_NO_OBJECTION_ON_REPRESENTATION = "sec_no_objection_on_representation"
    SEC_NO_RESPONSE = "sec_no_response"
    RECONSIDERATION_SOUGHT = "reconsideration_sought"
    RECONSIDERATION_DENIED = "reconsideration_denied"
    LITIGATED = "litigated"
    INJUNCTION_GRANTED = "injunction_granted"
    INJUNCTION_DENIED = "injunction_denied"
    ON_BALLOT = "on_ballot"
    WITHDRAWN_AGREEMENT = "withdrawn_agreement"
    WITHDRAWN_PARTIAL = "withdrawn_partial"
    WITHDRAWN_MOOT = "withdrawn_moot"
    WITHDRAWN_TACTICAL = "withdrawn_tactical"
    OMITTED = "omitted"
    NOT_PRESENTED = "not_presented"
    VOTED_PRELIM = "voted_prelim"
    VOTED_FINAL = "voted_final"
    MEETING_POSTPONED = "meeting_postponed"


class CommitmentState(StrEnum):
    """What became of a promise, the second track after a resolution's end."""

    NONE = "none"
    PENDING = "pending"
    PARTIAL = "partial"
    FULL = "full"
    BROKEN = "broken"


class ResponseState(StrEnum):
    """Where a letter stands on a given day (DOMAIN.md 9)."""

    NOT_DUE = "not_due"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED_FULL = "answered_full"
    ANSWERED_PARTIAL = "answered_partial"
    TANGENTIAL = "tangential"
    DECLINED = "declined"
    NO_RESPONSE = "no_response"
    ANSWERED_LATE = "answered_late"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    PRIVATE = "private"
    SENDER_DEEMED_INSUFFICIENT = "sender_deemed_insufficient"


class AnswerGrade(StrEnum):
    """How far one answer covers one question, as an editor assessed it."""

    FULL = "full"
    PARTLY = "partly"
    BESIDE = "beside"
    NOT = "not"


class Recommendation(StrEnum):
    """The board's advice on a ballot item."""

    FOR = "for"
    AGAINST = "against"
    NONE = "none"


class BallotKind(StrEnum):
    """What a ballot item is about."""

    DIRECTOR = "director"
    AUDITOR = "auditor"
    SAY_ON_PAY = "say_on_pay"
    SAY_ON_FREQUENCY = "say_on_frequency"
    SHAREHOLDER_PROPOSAL = "shareholder_proposal"
    OTHER = "other"


class SupportFormula(StrEnum):
    """What a percentage was divided by. A percentage without one of these is refused."""

    FOR_AGAINST = "for_against"
    FOR_AGAINST_ABSTAIN = "for_against_abstain"
    FOR_PRESENT = "for_present"
    FOR_OUTSTANDING = "for_outstanding"
    INSIDERS_EXCLUDED = "insiders_excluded"
    UNKNOWN = "unknown"


class VoteUnit(StrEnum):
    """What the counts count: with two classes of shares, votes are not shares."""

    VOTES = "votes"
    SHARES = "shares"


class Channel(StrEnum):
    """How an answer came."""

    LETTER = "letter"
    STATEMENT = "statement"
    BLOG = "blog"
    PROXY_STATEMENT = "proxy_statement"
    MEETING = "meeting"
    PRESS = "press"
    OTHER = "other"


class ContractState(StrEnum):
    """How a contract stands or ended."""

    PITCHED = "pitched"
    TRIAL = "trial"
    ACTIVE = "active"
    ENDED = "ended"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """How a deadline's date is known. What the company states wins for display; a disagreement is an alert."""

    COMPUTED = "computed"
    STATED_IN_PROXY = "stated_in_proxy"
    STATED_BY_COMPANY = "stated_by_company"
    STATED_BY_SENDER = "stated_by_sender"


class Intention(StrEnum):
    """How an investor says, before a meeting, that it will vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    UNDECIDED = "undecided"


class FundDecision(StrEnum):
    """How a fund voted."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    WITHHOLD = "withhold"
    NOT_VOTED = "not_voted"


class SubscriberState(StrEnum):
    """Nobody is mailed before they confirmed."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    LEFT = "left"


class DeliveryState(StrEnum):
    """One issue to one subscriber."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Role(StrEnum):
    """What an account may do."""

    READER = "reader"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
