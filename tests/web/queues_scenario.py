"""A queue with much in it: fifteen suggestions of one rule, one of another, some of which people decided on before."""

from tests import factories as make
from tests.web import scenario
from tracker.domain.vocab import EventType, LinkState, Relation, Verdict
from tracker.models.campaign import CampaignMembership
from tracker.models.decision import Decision
from tracker.store import search
from tracker.store.engine import writing
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

LETTER = "letter-of-the-coalition"
RULE, BAD_RULE = "rule:score", "rule:address"


def fill(runtime: Runtime, documents: int = 15) -> None:
    """Write the suggestions, and decisions on six others: of one rule people kept most, of the other nothing."""
    with writing(runtime.engine) as session:
        campaign = make.campaign(session, targets=[make.organization(session, "amazon", name="Amazon")])
        letter = make.letter(session, LETTER, sent="2019-02-01", title="Letter of the coalition")
        session.add(CampaignMembership(campaign_id=campaign.id, object_id=letter.id))
        for number in range(documents + 1):
            document = make.document(
                session, f"Story {number} about Amazon", url=f"https://example.org/{number}",
                published=f"2019-0{3 + number % 5}-07",
            )  # fmt: skip
            document.event_type, document.event_type_score = EventType.COMMENTARY, 0.7
            document.excerpt = f"Story {number} says that Amazon has not answered the letter."
            row = make.link(
                session, document, letter.id, relation=Relation.REPORTS_ON, state=LinkState.SUGGESTED,
                score=0.91 if number < documents else 0.6,
            )  # fmt: skip
            row.made_by = RULE
            row.reasons = [{"code": "name", "weight": 1.0, "words": "Amazon", "span": None,
                            "sentence": "It names Amazon, to whom the letter was sent."}]  # fmt: skip
        for number in range(9):
            _decided(session, letter.id, number)
        project_all(session, clock=runtime.clock)
        search.keep_all(session)


def _decided(session, letter_id, number):
    document = make.document(session, f"Earlier story {number}", url=f"https://example.org/earlier/{number}")
    verdict = Verdict.ACCEPT if number in {0, 1, 2} else Verdict.REJECT
    state = LinkState.CONFIRMED if verdict is Verdict.ACCEPT else LinkState.REJECTED
    row = make.link(session, document, letter_id, state=state)
    row.made_by = RULE if number < 4 else BAD_RULE
    row.decided_by = "Bob"
    make.add(session, Decision(
        document_id=document.id, object_id=letter_id, verdict=verdict, relation=row.relation, score=0.92,
        shown_by=row.made_by, before={}, decided_by="Bob", decided_at=scenario.NOW,
    ))  # fmt: skip
