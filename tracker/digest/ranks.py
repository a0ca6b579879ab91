"""Which section an event belongs to, and how important it is: importance chooses the headline and what is left out."""

from tracker.digest.content import Group, Row
from tracker.digest.facts import Happening
from tracker.domain.vocab import EventType, Lane

OBJECT_GROUPS = {
    "resolution": Group.RESOLUTIONS,
    "meeting": Group.RESOLUTIONS,
    "letter": Group.LETTERS,
    "company_response": Group.COMPANY,
    "commitment": Group.COMPANY,
    "contract": Group.CONTRACTS,
    "measure": Group.LAWS,
    "proceeding": Group.LAWS,
    "study": Group.STUDIES,
}
KIND_GROUPS = {
    EventType.RESOLUTION_FILED: Group.RESOLUTIONS,
    EventType.RESOLUTION_CHALLENGED: Group.RESOLUTIONS,
    EventType.SEC_DECISION: Group.RESOLUTIONS,
    EventType.RESOLUTION_WITHDRAWN: Group.RESOLUTIONS,
    EventType.VOTE_RESULT: Group.RESOLUTIONS,
    EventType.PROXY_STATEMENT: Group.RESOLUTIONS,
    EventType.EXEMPT_SOLICITATION: Group.RESOLUTIONS,
    EventType.LETTER_SENT: Group.LETTERS,
    EventType.COMPANY_RESPONSE: Group.COMPANY,
    EventType.COMPANY_POLICY_CHANGE: Group.COMPANY,
    EventType.CONTRACT_AWARDED: Group.CONTRACTS,
    EventType.CONTRACT_ENDED: Group.CONTRACTS,
    EventType.LEGISLATION_INTRODUCED: Group.LAWS,
    EventType.LAW_ENACTED: Group.LAWS,
    EventType.LAWSUIT_FILED: Group.LAWS,
    EventType.RULING_OR_SETTLEMENT: Group.LAWS,
    EventType.REGULATOR_ACTION: Group.LAWS,
    EventType.HEARING: Group.LAWS,
    EventType.STUDY_OR_REPORT: Group.STUDIES,
}
# What decides comes before what asks, and what asks before what comments.
IMPORTANCE = (
    EventType.VOTE_RESULT,
    EventType.SEC_DECISION,
    EventType.RULING_OR_SETTLEMENT,
    EventType.LAW_ENACTED,
    EventType.COMPANY_POLICY_CHANGE,
    EventType.RESOLUTION_WITHDRAWN,
    EventType.REGULATOR_ACTION,
    EventType.COMPANY_RESPONSE,
    EventType.CONTRACT_ENDED,
    EventType.CONTRACT_AWARDED,
    EventType.RESOLUTION_CHALLENGED,
    EventType.RESOLUTION_FILED,
    EventType.PROXY_STATEMENT,
    EventType.LETTER_SENT,
    EventType.LAWSUIT_FILED,
    EventType.LEGISLATION_INTRODUCED,
    EventType.HEARING,
    EventType.EXEMPT_SOLICITATION,
    EventType.STUDY_OR_REPORT,
    EventType.MISUSE_INCIDENT,
    EventType.EMPLOYEE_PROTEST,
    EventType.COMMENTARY,
    EventType.OTHER,
)
# A report of a vote is less than the vote and more than a comment.
PRESS_STEPS_BACK = 10
NOTHING_MOVED = len(IMPORTANCE) + PRESS_STEPS_BACK


def group_of(event: Happening) -> Group:
    """Return the section an event stands in: its object's, else what it tells of; press reports are news."""
    if event.subject is not None:
        return OBJECT_GROUPS.get(event.subject.kind, Group.NEWS)
    return Group.NEWS if event.lane is Lane.PRESS else KIND_GROUPS.get(event.kind, Group.NEWS)


def rank(kind: EventType, *, press: bool) -> int:
    """Return an event's importance, 0 for the most important."""
    return IMPORTANCE.index(kind) + (PRESS_STEPS_BACK if press else 0)


def row_rank(row: Row) -> tuple[int, int, str, str]:
    """Return the key that puts the most important row first; then the fuller, then by name, so that it is certain."""
    return (rank(row.kind, press=row.press), -row.events, row.title, row.path)
