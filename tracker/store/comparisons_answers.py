"""One set of questions, put to several companies at once or again by later letters, with each company's answers."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import PartyRole
from tracker.models.base import CampaignObject
from tracker.models.correspondence import CompanyResponse, Letter, LetterParty
from tracker.store import letter_recipients, letters, objects
from tracker.store.correspondence import AnswerLine, Graded, SearchLine
from tracker.store.letter_recipients import Company
from tracker.store.letters import LetterStanding


class Found(StrEnum):
    """What is on record of one question put to one company by one letter."""

    GRADED = "graded"
    NOT_ASSESSED = "not_assessed"
    NO_ANSWER = "no_answer"
    NOT_SEARCHED = "not_searched"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question put to a company by one letter: its grading with the answer it stands in, or why there is none.

    `search` is the letter's last search without a find: it is recorded for the letter, not for each recipient.
    """

    letter: LetterStanding
    number: int
    found: Found
    grading: Graded | None = None
    answer: AnswerLine | None = None
    search: SearchLine | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and under each company's id what came of it; a company that was not asked it is missing."""

    text: str
    by_company: dict[int, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions of a letter and of all that it asks again or that ask it again; letters: oldest first."""

    letters: tuple[LetterStanding, ...]
    companies: tuple[Company, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Comparable:
    """A letter whose answers can be compared: to how many it went, and whether it was asked again."""

    id: int
    slug: str
    title: str
    sent_on: PartialDate
    recipients: int
    again: bool


def listed(session: Session, *, after: int | None, limit: int) -> list[Comparable]:
    """Return the letters that went to several recipients or were asked again, last recorded first. One query."""
    again = (
        select(Letter.id)
        .where(Letter.reasks_id == CampaignObject.id, objects.visible(Letter.id))
        .correlate(CampaignObject)
        .exists()
    )
    count = (
        select(func.count())
        .where(LetterParty.letter_id == CampaignObject.id, LetterParty.role == PartyRole.RECIPIENT)
        .correlate(CampaignObject)
        .scalar_subquery()
    )
    query = (
        sa.select(
            col(CampaignObject.id),
            col(CampaignObject.slug),
            col(CampaignObject.title),
            col(Letter.sent_on),
            count,
            again,
        )
        .join(Letter, col(Letter.id) == col(CampaignObject.id))
        .where(objects.visible(Letter.id), or_(count > 1, again))
    )
    if after is not None:
        query = query.where(col(CampaignObject.id) < after)
    rows = session.execute(query.order_by(col(CampaignObject.id).desc()).limit(limit))
    return [Comparable(key or 0, slug, title, on, many, bool(more)) for key, slug, title, on, many, more in rows]


def of_letter(session: Session, slug: str, today: date) -> Comparison | None:
    """Return the comparison that a letter stands in, or None when there is no such letter. Eleven queries."""
    key = session.exec(
        select(Letter.id)
        .join(CampaignObject, col(CampaignObject.id) == col(Letter.id))
        .where(CampaignObject.slug == slug, objects.visible(Letter.id))
    ).first()
    if key is None:
        return None
    found = letters.standings(session, today=today, ids=_chain(session, key))[::-1]
    asked = letter_recipients.of_letters(session, [letter.object_id for letter in found])
    said_by = _companies_of(session, {answer.response_id for letter in found for answer in letter.answers})
    companies = {company.id: company for row in asked.values() for company in row}
    return Comparison(
        letters=tuple(found),
        companies=tuple(sorted(companies.values(), key=lambda company: (company.name.casefold(), company.id))),
        questions=_questions(found, asked, said_by, today),
    )


def _chain(session: Session, key: int) -> list[int]:
    """Return a letter with all that it asks again and that ask again what these asked. One query, recursive."""
    chain = sa.select(col(Letter.id), col(Letter.reasks_id)).where(col(Letter.id) == key).cte("chain", recursive=True)
    joined = or_(col(Letter.id) == chain.c.reasks_id, col(Letter.reasks_id) == chain.c.id)
    chain = chain.union(sa.select(col(Letter.id), col(Letter.reasks_id)).join(chain, joined))
    return list(session.exec(select(Letter.id).where(col(Letter.id).in_(select(chain.c.id)))))


def _companies_of(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return whose each response is."""
    query = select(CompanyResponse.id, CompanyResponse.company_id).where(col(CompanyResponse.id).in_(ids))
    return dict(session.exec(query).all())


def _questions(
    found: list[LetterStanding], asked: dict[int, list[Company]], said_by: dict[int, int], today: date
) -> tuple[Asked, ...]:
    """Return the questions in the order in which they were first asked; only the same words are the same question."""
    texts: dict[str, str] = {}
    entries: dict[str, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for letter in found:
        for question in letter.questions:
            same = " ".join(question.text.casefold().split())
            texts.setdefault(same, question.text)
            for company in asked.get(letter.object_id, ()):
                mine = [answer for answer in letter.answers if said_by.get(answer.response_id) == company.id]
                gradings = {graded.response_id: graded for graded in reversed(question.gradings)}
                entries[same][company.id] += _entries(letter, question.number, mine, gradings, today)
    return tuple(
        Asked(text, {company: tuple(lines) for company, lines in entries[same].items()}) for same, text in texts.items()
    )


def _entries(
    letter: LetterStanding, number: int, answers: list[AnswerLine], gradings: dict[int, Graded], today: date
) -> list[Entry]:
    graded = [
        Entry(letter, number, Found.GRADED, gradings[answer.response_id], answer)
        for answer in answers
        if answer.response_id in gradings
    ]
    if graded:
        return graded
    if answers:
        return [Entry(letter, number, Found.NOT_ASSESSED, answer=answers[-1])]
    due = letter.state.due.on.latest if letter.state.due else None
    if due is not None and today <= due:
        return [Entry(letter, number, Found.NOT_DUE)]
    search = next((search for search in reversed(letter.searches) if not search.found), None)
    return [Entry(letter, number, Found.NO_ANSWER if search else Found.NOT_SEARCHED, search=search)]
