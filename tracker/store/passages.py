"""Passages of a document that something rests on: values that have it as their source, and answers quoted from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain.vocab import AnswerGrade, LinkState
from tracker.models.base import CampaignObject
from tracker.models.correspondence import LetterQuestion, QuestionAssessment
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store import objects
from tracker.store.threads import Named


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that has the document as its source. `start` and `end` count characters of the text of `version_id`.

    `by_reader` is true for what a reader of filings found, false for what a person gave. `chosen` says whether the
    record has the value; `note` why not.
    """

    owner: Named
    field: str
    value: str
    locator: str
    version_id: int | None
    start: int | None
    end: int | None
    by_reader: bool
    read_by: str
    read_at: datetime
    chosen: bool
    note: str


@dataclass(frozen=True, slots=True)
class QuotedAnswer:
    """Words of an answer that a grading rests on: which question of which letter, how far, and who judged."""

    letter: Named
    number: int
    response_title: str
    grade: AnswerGrade
    quote: str
    assessed_by: str


def facts(session: Session, document_id: int, limit: int = 200) -> list[Fact]:
    """Return at most `limit` values of shown objects with this source, each object's in the order they stand in it."""
    query = (
        select(Evidence, CampaignObject)
        .join(CampaignObject, col(CampaignObject.id) == col(Evidence.object_id))
        .where(Evidence.document_id == document_id, objects.visible(CampaignObject.id))
        .order_by(col(Evidence.object_id), col(Evidence.start), col(Evidence.id))
        .limit(limit)
    )
    return [
        Fact(
            owner=_named(spine),
            field=row.field,
            value=row.value,
            locator=row.locator,
            version_id=row.version_id,
            start=row.start,
            end=row.end,
            by_reader=row.reader_version != "",
            read_by=row.read_by,
            read_at=row.read_at,
            chosen=row.chosen,
            note=row.note,
        )
        for row, spine in session.exec(query)
    ]


def quoted_answers(session: Session, document_id: int, limit: int = 100) -> list[QuotedAnswer]:
    """Return the quotations that gradings rest on, of answers that this document is confirmed to bear on."""
    letter, response = aliased(CampaignObject), aliased(CampaignObject)
    query = (
        select(QuestionAssessment, LetterQuestion.number, letter, response.title)
        .join(LetterQuestion, col(LetterQuestion.id) == col(QuestionAssessment.question_id))
        .join(letter, letter.id == LetterQuestion.letter_id)  # type: ignore[arg-type]
        .join(response, response.id == QuestionAssessment.response_id)  # type: ignore[arg-type]
        .join(
            Link,
            and_(
                col(Link.object_id) == col(QuestionAssessment.response_id),
                col(Link.document_id) == document_id,
                col(Link.state) == LinkState.CONFIRMED,
            ),
        )
        .where(
            QuestionAssessment.quote != "",
            objects.visible(LetterQuestion.letter_id),
            objects.visible(QuestionAssessment.response_id),
        )
        .order_by(col(LetterQuestion.letter_id), col(LetterQuestion.number), col(QuestionAssessment.id))
        .limit(limit)
    )
    return [
        QuotedAnswer(_named(spine), number, title, row.grade, row.quote, row.assessed_by)
        for row, number, spine, title in session.exec(query)
    ]


def _named(spine: CampaignObject) -> Named:
    return Named(spine.id or 0, spine.kind, spine.slug, spine.title)
