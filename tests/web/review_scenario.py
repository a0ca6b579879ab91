"""A review queue to decide on: three documents with suggestions to letters, one of which has two."""

from datetime import timedelta

from tests import factories as make
from tests.web import scenario
from tracker.domain.text import excerpt
from tracker.domain.vocab import EventType, LinkState, Relation
from tracker.models.campaign import CampaignMembership
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.store import search
from tracker.store.engine import writing
from tracker.workflows.project import project_all
from tracker.workflows.runtime import Runtime

TITLE = "Amazon says recognition should not violate rights"
TEXT = (
    "Amazon unveiled guidelines for national legislation after months of scrutiny of Rekognition. "
    "The Congressional Black Caucus wrote to Amazon last year. <script>alert(1)</script> Nothing else happened."
)
CAUCUS, COALITION, UNTIED = "letter-of-the-caucus", "letter-of-the-coalition", "letter-of-the-teachers"


def fill(runtime: Runtime, documents: int = 3) -> None:
    """Write documents whose first has two suggestions and the others one, the first of them the most valuable."""
    with writing(runtime.engine) as session:
        campaign = make.campaign(session, targets=[make.organization(session, "amazon", name="Amazon")])
        letters = [
            make.letter(session, slug, sent="2019-02-01", title=slug.replace("-", " ").capitalize())
            for slug in (CAUCUS, COALITION, UNTIED)
        ]
        session.add_all(CampaignMembership(campaign_id=campaign.id, object_id=letter.id) for letter in letters)
        for number in range(documents):
            title = TITLE if not number else f"Story {number} about Amazon"
            document = make.document(session, title, url=f"https://example.org/{number}", published="2019-02-07")
            document.event_type, document.event_type_score = EventType.COMPANY_RESPONSE, 0.7
            document.excerpt = excerpt(TEXT, 80)
            session.add(
                DocumentVersion(
                    document_id=document.id, number=1, title=title, html="", text=TEXT, content_hash=str(number),
                    seen_at=scenario.NOW,
                )
            )  # fmt: skip
            start = len(title) + 1
            session.add(Mention(document_id=document.id, entity="amazon", entity_kind="organization", name="Amazon",
                                start=start, end=start + 6))  # fmt: skip
            _suggest(session, document, letters[0].id, Relation.RESPONDS_TO, 0.8 + number / 100 if number else 0.66)
            if not number:
                _suggest(session, document, letters[1].id, Relation.MENTIONS, 0.6)
        project_all(session, clock=runtime.clock)
        search.keep_all(session)


def fill_more(runtime: Runtime, times: int = 20) -> None:
    """Write as many documents again, each with a suggestion, and as many suggestions of the first document."""
    with writing(runtime.engine) as session:
        first = session.get_one(Document, 1)
        for number in range(times):
            letter = make.letter(session, f"letter-number-{number}", sent="2019-02-01")
            session.add(CampaignMembership(campaign_id=1, object_id=letter.id))
            document = make.document(session, f"More {number}", url=f"https://example.org/more/{number}")
            for each in (first, document):
                _suggest(session, each, letter.id, Relation.REPORTS_ON, 0.4)
        project_all(session, clock=runtime.clock)


def _suggest(session, document, object_id, relation, score):
    row = make.link(session, document, object_id, relation=relation, state=LinkState.SUGGESTED, score=score)
    place = TEXT.index("guidelines") + len(document.title) + 1
    row.reasons = [
        {"code": "kind_word_text", "weight": 1.2, "words": "guidelines", "span": [place, place + 10],
         "sentence": "The text says “guidelines”, a word for a letter."},
        {"code": "day", "weight": 0.9, "words": "", "span": None, "sentence": "Published 6 days after."},
        {"code": "far", "weight": -0.4, "words": "", "span": None, "sentence": "Another one fits better."},
    ]  # fmt: skip
    row.created_at = scenario.NOW - timedelta(days=2)
    session.add(row)
