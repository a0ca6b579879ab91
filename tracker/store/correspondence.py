"""What hangs on letters: parties, questions with the best answer to each, answers, searches and judgements.

Every function takes letter ids and a day, asks once, and leaves out what begins after that day.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam
from sqlmodel import Session, col, or_, select

from tracker.domain import responses
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import AnswerGrade, Channel, Lane, PartyRole, ResponseState
from tracker.models.base import CampaignObject
from tracker.models.correspondence import (
    Answer,
    CompanyResponse,
    LetterParty,
    LetterQuestion,
    QuestionAssessment,
    ResponseSearch,
    SenderJudgement,
)
from tracker.models.organization import Organization, Person
from tracker.store import objects, prepared
from tracker.store.prepared import among, columns

# Lists of letters read all that hangs on hundreds: columns, not rows kept by the session.
_PARTIES: Any = (
    columns(LetterParty.letter_id, LetterParty.role, LetterParty.name, Organization.lane)
    .join(Organization, col(Organization.id) == col(LetterParty.organization_id), isouter=True)
    .where(col(LetterParty.letter_id).in_(among("ids")))
    .order_by(col(LetterParty.id))
)
_QUESTIONS: Any = (
    columns(LetterQuestion.id, LetterQuestion.letter_id, LetterQuestion.number, LetterQuestion.text)
    .where(col(LetterQuestion.letter_id).in_(among("ids")))
    .order_by(col(LetterQuestion.letter_id), col(LetterQuestion.number))
)
_ANSWERS: Any = (
    columns(
        Answer.object_id, CompanyResponse.id, CampaignObject.slug, CampaignObject.title, CompanyResponse.on,
        CompanyResponse.channel, CompanyResponse.public, Answer.assessment, Answer.assessed_by, Answer.note,
    )
    .join(CompanyResponse, col(CompanyResponse.id) == col(Answer.response_id))
    .join(CampaignObject, col(CampaignObject.id) == col(CompanyResponse.id))
    .where(col(Answer.object_id).in_(among("ids")), objects.visible(Answer.response_id))
    .order_by(col(Answer.id))
)  # fmt: skip
_SEARCHES: Any = (
    columns(ResponseSearch.letter_id, ResponseSearch.searched_on, ResponseSearch.where, ResponseSearch.found)
    .where(col(ResponseSearch.letter_id).in_(among("ids")), col(ResponseSearch.searched_on) <= bindparam("today"))
    .order_by(col(ResponseSearch.searched_on), col(ResponseSearch.id))
)
_JUDGEMENTS: Any = (
    columns(
        SenderJudgement.letter_id, SenderJudgement.on, SenderJudgement.by, SenderJudgement.insufficient,
        SenderJudgement.quote, SenderJudgement.url,
    )
    .where(col(SenderJudgement.letter_id).in_(among("ids")))
    .order_by(col(SenderJudgement.id))
)  # fmt: skip
_GRADINGS: Any = (
    columns(
        QuestionAssessment.question_id, CompanyResponse.on, CompanyResponse.id, CampaignObject.slug,
        CampaignObject.title, QuestionAssessment.grade, QuestionAssessment.quote, QuestionAssessment.assessed_by,
    )
    .join(CompanyResponse, col(CompanyResponse.id) == col(QuestionAssessment.response_id))
    .join(CampaignObject, col(CampaignObject.id) == col(CompanyResponse.id))
    .where(col(QuestionAssessment.question_id).in_(among("ids")))
    .where(objects.visible(QuestionAssessment.response_id))
    .order_by(col(QuestionAssessment.id))
)  # fmt: skip
BEST_FIRST = (AnswerGrade.FULL, AnswerGrade.PARTLY, AnswerGrade.BESIDE, AnswerGrade.NOT)
# Assessments that say how or where an answer came, and so leave open how full it was.
_HOW_NOT_HOW_FULL = frozenset(
    {
        ResponseState.ANSWERED_LATE,
        ResponseState.ANSWERED_ELSEWHERE,
        ResponseState.PRIVATE,
        ResponseState.SENDER_DEEMED_INSUFFICIENT,
    }
)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party to a letter; `lane` is None for a name we know nothing else of."""

    role: PartyRole
    name: str
    lane: Lane | None


@dataclass(frozen=True, slots=True)
class Graded:
    """How far one response covers one question, the words it rests on, and who judged."""

    response_id: int
    response_slug: str
    response_title: str
    grade: AnswerGrade
    quote: str
    assessed_by: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question with every grading of it, the best first; `grade` is the best, None when nobody assessed it."""

    number: int
    text: str
    gradings: tuple[Graded, ...]

    @property
    def grade(self) -> AnswerGrade | None:
        """The best grade any response earned."""
        return self.gradings[0].grade if self.gradings else None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One response to a letter: when, how, whether anybody can read it, and how full an editor finds it."""

    response_id: int
    slug: str
    title: str
    on: PartialDate
    channel: Channel
    public: bool
    assessment: ResponseState
    assessed_by: str
    note: str

    def fact(self, said_by: str) -> responses.Answer | None:
        """Return what the rule reads; None for an assessment that is no answer at all.

        `said_by` names who says that an unpublished answer exists. An answer of which only the way it came is
        recorded counts as one in part: that it was full is not known.
        """
        kind = ResponseState.ANSWERED_PARTIAL if self.assessment in _HOW_NOT_HOW_FULL else self.assessment
        if kind not in responses.ANSWER_KINDS:
            return None
        return responses.Answer(self.on, kind, self.channel, self.public, "" if self.public else said_by)


@dataclass(frozen=True, slots=True)
class SearchLine:
    """That somebody looked for an answer on a day, where, and whether one was found."""

    on: date
    where: str
    found: bool


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """What the senders said of an answer: theirs, with their name."""

    on: PartialDate
    by: str
    insufficient: bool
    quote: str
    url: str


def of_party(organization_id: int, roles: Collection[str]) -> Select[tuple[int]]:
    """Return the ids of the letters to which an organisation or a person of it is a party in one of these roles.

    It is for use in a larger query.
    """
    people = select(Person.id).where(Person.organization_id == organization_id)
    return select(LetterParty.letter_id).where(  # type: ignore[return-value]  # SQLModel's select is a subclass
        col(LetterParty.role).in_(roles),
        or_(LetterParty.organization_id == organization_id, col(LetterParty.person_id).in_(people)),
    )


def parties(session: Session, letter_ids: Collection[int]) -> dict[int, list[PartyLine]]:
    """Return the parties of each letter in the order they were entered."""
    found: dict[int, list[PartyLine]] = defaultdict(list)
    for letter_id, role, name, lane in prepared.rows(session, _PARTIES, ids=letter_ids):
        found[letter_id].append(PartyLine(role, name, lane))
    return found


def questions(session: Session, letter_ids: Collection[int], *, today: date) -> dict[int, list[QuestionLine]]:
    """Return the questions of each letter by number, each with the gradings of shown responses. Two queries."""
    rows = prepared.rows(session, _QUESTIONS, ids=letter_ids)
    gradings = _gradings(session, [row.id for row in rows], today)
    found: dict[int, list[QuestionLine]] = defaultdict(list)
    for row in rows:
        best_first = sorted(gradings.get(row.id, ()), key=lambda graded: BEST_FIRST.index(graded.grade))
        found[row.letter_id].append(QuestionLine(row.number, row.text, tuple(best_first)))
    return found


def answers(session: Session, letter_ids: Collection[int], *, today: date) -> dict[int, list[AnswerLine]]:
    """Return the shown responses to each letter, oldest first."""
    found: dict[int, list[AnswerLine]] = defaultdict(list)
    for letter_id, *told in prepared.rows(session, _ANSWERS, ids=letter_ids):
        answer = AnswerLine(*told)
        if begun(answer.on, today):
            found[letter_id].append(answer)
    return {
        letter_id: sorted(lines, key=lambda line: (line.on.sort_key, line.slug)) for letter_id, lines in found.items()
    }


def searches(session: Session, letter_ids: Collection[int], *, today: date) -> dict[int, list[SearchLine]]:
    """Return the searches for an answer to each letter, oldest first."""
    found: dict[int, list[SearchLine]] = defaultdict(list)
    for letter_id, *told in prepared.rows(session, _SEARCHES, ids=letter_ids, today=today):
        found[letter_id].append(SearchLine(*told))
    return found


def judgements(session: Session, letter_ids: Collection[int], *, today: date) -> dict[int, list[JudgementLine]]:
    """Return what the senders of each letter said of its answers, oldest first."""
    found: dict[int, list[JudgementLine]] = defaultdict(list)
    for letter_id, on, *told in prepared.rows(session, _JUDGEMENTS, ids=letter_ids):
        if begun(on, today):
            found[letter_id].append(JudgementLine(on, *told))
    return {letter_id: sorted(lines, key=lambda line: line.on.sort_key) for letter_id, lines in found.items()}


def _gradings(session: Session, question_ids: Collection[int], today: date) -> dict[int, list[Graded]]:
    found: dict[int, list[Graded]] = defaultdict(list)
    for question_id, on, *told in prepared.rows(session, _GRADINGS, ids=question_ids):
        if begun(on, today):
            found[question_id].append(Graded(*told))
    return found


def begun(when: PartialDate, today: date) -> bool:
    """Return whether something of this date may have happened by `today`."""
    return when.earliest is None or when.earliest <= today
