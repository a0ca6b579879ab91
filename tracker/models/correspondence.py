"""Letters and what came back: who asked whom what by when, and which answer covers which question."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import AnswerGrade, Channel, EventType, Lane, PartyRole, ResponseState
from tracker.models.base import (
    Base,
    CampaignObject,
    ObjectDetail,
    PartialDateText,
    Parts,
    UtcDateTime,
    choice,
    on_spine,
    spine_key,
)


class Letter(ObjectDetail, table=True):
    """A letter, petition or set of questions addressed to a company by outsiders. The clock starts when it was sent."""

    __tablename__ = "letter"
    __table_args__ = (CheckConstraint("sender_count IS NULL OR sender_count > 0", name="senders_counted"),)
    kind: ClassVar[str] = "letter"
    label: ClassVar[str] = "Letter"
    id: int = spine_key()
    sent_on: PartialDate = Field(sa_type=PartialDateText)
    received_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    respond_by: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    sender_count: int | None = None
    sender_count_note: str = ""
    reasks_id: int | None = on_spine(nullable=True)
    by_employees: bool = False

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the sending; the silence after it is told by the letters page, with the search behind it."""
        senders = [party for party in parts.of(LetterParty) if party.role is PartyRole.SENDER]
        lane = parts.lane(senders[0].organization_id if senders else None, Lane.ADVOCATES)
        yield Milestone(
            on=self.sent_on,
            kind=EventType.EMPLOYEE_PROTEST if self.by_employees else EventType.LETTER_SENT,
            key="sent",
            headline=f"Letter sent: {spine.title}",
            lane=lane,
            summary=spine.summary,
        )


class LetterParty(Base, table=True):
    """A sender, signatory or recipient: an organisation or person we know, or a name as printed."""

    __tablename__ = "letter_party"
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"),)
    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = on_spine()
    role: PartyRole = Field(sa_type=choice(PartyRole))
    name: str = Field(max_length=300)
    organization_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class LetterQuestion(Base, table=True):
    """One question or demand of a letter."""

    __tablename__ = "letter_question"
    __table_args__ = (UniqueConstraint("letter_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = on_spine()
    number: int
    text: str


class CompanyResponse(ObjectDetail, table=True):
    """What a company said or did, whether it names the letters it answers or not."""

    __tablename__ = "company_response"
    kind: ClassVar[str] = "company_response"
    label: ClassVar[str] = "Company response"
    id: int = spine_key()
    company_id: int = Field(foreign_key="organization.id", index=True)
    on: PartialDate = Field(sa_type=PartialDateText)
    channel: Channel = Field(sa_type=choice(Channel))
    public: bool = True
    policy_change: bool = False

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:  # noqa: ARG002
        """Yield the response on the day it was given."""
        kind = EventType.COMPANY_POLICY_CHANGE if self.policy_change else EventType.COMPANY_RESPONSE
        yield Milestone(
            on=self.on,
            kind=kind,
            key="given",
            headline=spine.title,
            lane=Lane.COMPANY,
            summary=spine.summary,
        )


class Answer(Base, table=True):
    """That a response answers a letter (or another object, such as a study or a resolution), and how far."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "object_id"),)
    id: int | None = Field(default=None, primary_key=True)
    response_id: int = on_spine()
    object_id: int = on_spine()
    assessment: ResponseState = Field(sa_type=choice(ResponseState))
    assessed_by: str = ""
    note: str = ""


class QuestionAssessment(Base, table=True):
    """How far one response covers one question, and the words it rests on."""

    __tablename__ = "question_assessment"
    __table_args__ = (UniqueConstraint("question_id", "response_id"),)
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="letter_question.id", index=True, ondelete="CASCADE")
    response_id: int = on_spine()
    grade: AnswerGrade = Field(sa_type=choice(AnswerGrade))
    quote: str = ""
    assessed_by: str = ""


class ResponseSearch(Base, table=True):
    """That somebody looked for an answer on a day and where: silence is an observation, not an empty field."""

    __tablename__ = "response_search"
    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = on_spine()
    searched_on: date
    where: str
    found: bool = False
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class SenderJudgement(Base, table=True):
    """What the senders made of an answer. It is theirs, so it is attributed."""

    __tablename__ = "sender_judgement"
    id: int | None = Field(default=None, primary_key=True)
    letter_id: int = on_spine()
    on: PartialDate = Field(sa_type=PartialDateText)
    by: str
    insufficient: bool
    quote: str = ""
    url: str = ""
