"""Letters, their questions, and what came back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session, select

from tests.factories.parties import NOW, add, on, spine
from tracker.domain import vocab
from tracker.models.base import ObjectState
from tracker.models.campaign import Campaign
from tracker.models.correspondence import (
    Answer,
    CompanyResponse,
    Letter,
    LetterParty,
    LetterQuestion,
    QuestionAssessment,
    ResponseSearch,
    SenderJudgement,
)
from tracker.models.organization import Organization


def letter(
    session: Session,
    slug: str = "black-caucus-to-amazon",
    *,
    sent: str = "2018-05-24",
    respond_by: str | None = None,
    senders: Iterable[Organization] = (),
    recipients: Iterable[Organization] = (),
    questions: Sequence[str] = (),
    sender_count: int | None = None,
    sender_count_note: str = "",
    reasks: int | None = None,
    title: str = "",
    summary: str = "",
    campaign: Campaign | None = None,
    state: ObjectState = ObjectState.PUBLISHED,
    merged_into: int | None = None,
) -> Letter:
    """Add a letter with its parties and numbered questions."""
    key = spine(session, "letter", slug, title=title, summary=summary, campaign=campaign, state=state,
                merged_into=merged_into)  # fmt: skip
    row = add(
        session,
        Letter(id=key, sent_on=on(sent), respond_by=on(respond_by), sender_count=sender_count,
               sender_count_note=sender_count_note, reasks_id=reasks),
    )  # fmt: skip
    parties = [(vocab.PartyRole.SENDER, party) for party in senders]
    parties += [(vocab.PartyRole.RECIPIENT, party) for party in recipients]
    for role, party in parties:
        add(session, LetterParty(letter_id=key, role=role, name=party.name, organization_id=party.id))
    for number, text in enumerate(questions, start=1):
        add(session, LetterQuestion(letter_id=key, number=number, text=text))
    return row


def response(
    session: Session,
    slug: str = "amazon-replies",
    *,
    company: Organization,
    day: str = "2018-06-01",
    answers: Mapping[int, vocab.ResponseState] | None = None,
    grades: Mapping[tuple[int, int], vocab.AnswerGrade] | None = None,
    channel: vocab.Channel = vocab.Channel.LETTER,
    public: bool = True,
    title: str = "",
    campaign: Campaign | None = None,
    state: ObjectState = ObjectState.PUBLISHED,
) -> CompanyResponse:
    """Add a response; `answers` maps object ids to how full it is, `grades` (letter id, question number) to a grade."""
    key = spine(session, "company_response", slug, title=title, campaign=campaign, state=state)
    row = add(session, CompanyResponse(id=key, company_id=company.id, on=on(day), channel=channel, public=public))
    for object_id, assessment in (answers or {}).items():
        add(session, Answer(response_id=key, object_id=object_id, assessment=assessment))
    for (letter_id, number), grade in (grades or {}).items():
        question = session.exec(
            select(LetterQuestion).where(LetterQuestion.letter_id == letter_id, LetterQuestion.number == number)
        ).one()
        add(session, QuestionAssessment(question_id=question.id, response_id=key, grade=grade, quote="in these words"))
    return row


def search(
    session: Session, letter: Letter, day: str, *, where: str = "newsroom, blog, filings", found: bool = False
) -> ResponseSearch:
    """Add the record that somebody looked for an answer."""
    return add(
        session,
        ResponseSearch(letter_id=letter.id, searched_on=date.fromisoformat(day), where=where, found=found,
                       recorded_at=NOW),
    )  # fmt: skip


def judgement(
    session: Session, letter: Letter, day: str, *, by: str = "The senders", quote: str = ""
) -> SenderJudgement:
    """Add the senders' judgement that an answer is insufficient."""
    return add(session, SenderJudgement(letter_id=letter.id, on=on(day), by=by, insufficient=True, quote=quote))
