"""Letters and where they stand on a day: who asked whom what, what came back, and how often anything does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.domain import response_rates, responses
from tracker.domain.dates import PartialDate
from tracker.domain.response_rates import MedianDays, Rate
from tracker.domain.responses import LetterFacts, LetterState
from tracker.domain.vocab import AnswerGrade, Lane, PartyRole, ResponseState
from tracker.models.base import CampaignObject
from tracker.models.correspondence import Letter, LetterParty
from tracker.models.organization import Organization, Person
from tracker.store import correspondence, objects, prepared
from tracker.store.correspondence import AnswerLine, JudgementLine, PartyLine, QuestionLine, SearchLine
from tracker.store.prepared import among, columns

_LETTERS: Any = (
    columns(
        Letter.id, Letter.sent_on, Letter.received_on, Letter.respond_by, Letter.sender_count,
        Letter.sender_count_note, Letter.reasks_id, CampaignObject.slug, CampaignObject.title, CampaignObject.summary,
    )
    .join(CampaignObject, col(CampaignObject.id) == col(Letter.id))
    .where(objects.visible(Letter.id))
    .order_by(col(Letter.id))
)  # fmt: skip
_ASKED_BEFORE_OR_AGAIN: Any = (
    columns(Letter.id, Letter.sent_on, Letter.reasks_id, CampaignObject.slug, CampaignObject.title)
    .join(CampaignObject, col(CampaignObject.id) == col(Letter.id))
    .where(objects.visible(Letter.id))
    .where(col(Letter.id).in_(among("earlier")) | col(Letter.reasks_id).in_(among("ids")))
    .order_by(col(Letter.id))
)


class LetterGroup(StrEnum):
    """Letters sorted by whether an answer is on record, for filtering."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class LetterRef:
    """Another letter, as far as a link to it needs."""

    slug: str
    title: str
    sent_on: PartialDate


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """One letter as it stands on the day asked for; nothing dated after that day is in it.

    `sender_count` is what the source counts, which may be more than the senders named; None where nobody counted.
    `state.state` None means due, no answer on record, and nobody has searched. Answers and searches: oldest first.
    """

    object_id: int
    slug: str
    title: str
    summary: str
    sent_on: PartialDate
    respond_by: PartialDate | None
    senders: tuple[str, ...]
    signatories: tuple[str, ...]
    recipients: tuple[str, ...]
    sender_count: int | None
    sender_count_note: str
    lane: Lane
    state: LetterState
    questions: tuple[QuestionLine, ...]
    answers: tuple[AnswerLine, ...]
    searches: tuple[SearchLine, ...]
    judgements: tuple[JudgementLine, ...]
    reasks: LetterRef | None
    asked_again: tuple[LetterRef, ...]

    @property
    def last_search(self) -> SearchLine | None:
        """The last time anybody looked for an answer, and where."""
        return self.searches[-1] if self.searches else None

    @property
    def judgement(self) -> JudgementLine | None:
        """What the senders last said of the answer."""
        return self.judgements[-1] if self.judgements else None

    @property
    def group(self) -> LetterGroup:
        """Answered, in full or in part; not due yet; or due without an answer to any question on record."""
        if self.state.unanswered:
            return LetterGroup.UNANSWERED
        return LetterGroup.ANSWERED if self.state.answered else LetterGroup.NOT_DUE

    @property
    def unanswered(self) -> bool:
        """Whether an answer is due and none that answers any question is on record."""
        return self.state.unanswered


@dataclass(frozen=True, slots=True)
class Rates:
    """How letters are answered: the share of those due, how fast, and how many questions in full.

    `questions` counts those of the letters that are due or answered; `median` is None without an answer.
    """

    letters: int
    rate: Rate
    median: MedianDays | None
    questions_full: int
    questions: int


def standings(
    session: Session,
    *,
    today: date,
    ids: Collection[int] | None = None,
    campaign_id: int | None = None,
    company_id: int | None = None,
) -> list[LetterStanding]:
    """Return the shown letters as they stand on `today`, newest first.

    Filters: these letters; those of a campaign; those to a company or its people. Eight queries, however many letters.
    """
    query, given = _LETTERS, {}
    if ids is not None:
        query, given = query.where(col(Letter.id).in_(among("ids"))), {"ids": ids}
    if campaign_id is not None:
        query = query.where(col(Letter.id).in_(objects.members(campaign_id)))
    if company_id is not None:
        query = query.where(col(Letter.id).in_(correspondence.of_party(company_id, [PartyRole.RECIPIENT])))
    return _standings(session, prepared.rows(session, query, **given), today)


def standing(session: Session, slug: str, today: date) -> LetterStanding | None:
    """Return one shown letter as it stands on `today`, or None when there is no such letter. Eight queries."""
    query = _LETTERS.where(CampaignObject.slug == slug)
    found = _standings(session, prepared.rows(session, query), today)
    return found[0] if found else None


def rates_of(letters: Sequence[LetterStanding], today: date) -> Rates | None:
    """Return how letters were answered from the first one to `today`; None when none was sent by then."""
    states = [letter.state for letter in letters]
    days = [letter.sent_on.sort_key[0] for letter in letters if letter.sent_on.sort_key[0] <= today]
    if not days:
        return None
    counted = [letter for letter in letters if ResponseState.NOT_DUE not in letter.state.facts]
    asked = [question for letter in counted for question in letter.questions]
    return Rates(
        letters=len(days),
        rate=response_rates.rate(states, (min(days), today)),
        median=response_rates.median_days(states),
        questions_full=sum(question.grade is AnswerGrade.FULL for question in asked),
        questions=len(asked),
    )


def recipients(session: Session) -> list[tuple[int, str, str]]:
    """Return the organisations that letters were sent to, or to whose people, as (id, slug, name), by name."""
    query = (
        select(Organization.id, Organization.slug, Organization.name)
        .join(Person, col(Person.organization_id) == col(Organization.id), isouter=True)
        .join(
            LetterParty,
            or_(
                col(LetterParty.organization_id) == col(Organization.id),
                col(LetterParty.person_id) == col(Person.id),
            ),
        )
        .where(LetterParty.role == PartyRole.RECIPIENT, objects.visible(LetterParty.letter_id))
        .distinct()
    )
    rows = [(key or 0, slug, name) for key, slug, name in session.exec(query)]
    return sorted(rows, key=lambda row: (row[2].casefold(), row[1]))


def _standings(session: Session, rows: Sequence[Any], today: date) -> list[LetterStanding]:
    if not rows:
        return []
    ids = [letter.id for letter in rows]
    parties = correspondence.parties(session, ids)
    answers = correspondence.answers(session, ids, today=today)
    questions = correspondence.questions(session, ids, today=today)
    searches = correspondence.searches(session, ids, today=today)
    judgements = correspondence.judgements(session, ids, today=today)
    asked_before, asked_again = _asked_before_and_again(session, rows, today)
    found = [
        _standing(
            letter,
            today,
            parties=parties.get(letter.id, ()),
            questions=questions.get(letter.id, ()),
            answers=answers.get(letter.id, ()),
            searches=searches.get(letter.id, ()),
            judgements=judgements.get(letter.id, ()),
            reasks=asked_before.get(letter.reasks_id or 0),
            asked_again=asked_again.get(letter.id, ()),
        )
        for letter in rows
    ]
    by_slug = sorted(found, key=lambda letter: letter.slug)
    return sorted(by_slug, key=lambda letter: letter.sent_on.sort_key, reverse=True)


def _standing(
    letter: Any,
    today: date,
    *,
    parties: Sequence[PartyLine],
    questions: Sequence[QuestionLine],
    answers: Sequence[AnswerLine],
    searches: Sequence[SearchLine],
    judgements: Sequence[JudgementLine],
    reasks: LetterRef | None,
    asked_again: Sequence[LetterRef],
) -> LetterStanding:
    senders = [party for party in parties if party.role is PartyRole.SENDER]
    insufficient = [judgement for judgement in judgements if judgement.insufficient]
    facts = LetterFacts(
        sent=letter.sent_on,
        received=letter.received_on,
        respond_by=letter.respond_by,
        answers=tuple(fact for answer in answers if (fact := answer.fact(", ".join(party.name for party in senders)))),
        searches=tuple(responses.Search(search.on, search.where) for search in searches if not search.found),
        judgement=responses.Judgement(insufficient[-1].by, insufficient[-1].on) if insufficient else None,
    )
    return LetterStanding(
        object_id=letter.id,
        slug=letter.slug,
        title=letter.title,
        summary=letter.summary,
        sent_on=letter.sent_on,
        respond_by=letter.respond_by,
        senders=tuple(party.name for party in senders),
        signatories=tuple(party.name for party in parties if party.role is PartyRole.SIGNATORY),
        recipients=tuple(party.name for party in parties if party.role is PartyRole.RECIPIENT),
        sender_count=letter.sender_count,
        sender_count_note=letter.sender_count_note,
        lane=(senders[0].lane if senders else None) or Lane.ADVOCATES,
        state=responses.state(facts, today),
        questions=tuple(questions),
        answers=tuple(answers),
        searches=tuple(searches),
        judgements=tuple(judgements),
        reasks=reasks,
        asked_again=tuple(asked_again),
    )


def _asked_before_and_again(
    session: Session, rows: Sequence[Any], today: date
) -> tuple[Mapping[int, LetterRef], Mapping[int, list[LetterRef]]]:
    """Return the letters that these ask again, by id, and by an earlier one's id those that by `today` ask it again."""
    ids = [letter.id for letter in rows]
    earlier = [letter.reasks_id for letter in rows if letter.reasks_id is not None]
    before: dict[int, LetterRef] = {}
    again: dict[int, list[LetterRef]] = {}
    for letter in prepared.rows(session, _ASKED_BEFORE_OR_AGAIN, ids=ids, earlier=earlier):
        ref = LetterRef(letter.slug, letter.title, letter.sent_on)
        before[letter.id] = ref
        if letter.reasks_id is not None and correspondence.begun(letter.sent_on, today):
            again.setdefault(letter.reasks_id, []).append(ref)
    return before, again
