"""How funds voted on one ballot item, for pages and files: by manager with counts, and fund by fund, paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func
from sqlmodel import Session, col, or_, select

from tracker.domain.vocab import FundDecision
from tracker.models.meeting import FundVote

_NAMES: tuple[Any, ...] = (FundVote.fund, FundVote.manager)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fund votes: those on one item, with words in the fund's or manager's name, of one manager, cast one way."""

    item_id: int
    words: str = ""
    manager: str = ""
    decision: FundDecision | None = None


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """How one manager's funds voted. `votes` has how many funds voted each way, `shares` with how many shares.

    A sum of shares is None where no fund of them gave a number. A fund that split its vote counts under each way.
    """

    manager: str
    funds: int
    votes: dict[FundDecision, int]
    shares: dict[FundDecision, int | None]


@dataclass(frozen=True, slots=True)
class Totals:
    """Managers, funds and, for each way to vote, votes and shares under the filters."""

    managers: int
    funds: int
    votes: dict[FundDecision, int]
    shares: dict[FundDecision, int | None]


def totals(session: Session, asked: Asked) -> Totals:
    """Return what all votes asked for come to. Two queries."""
    where = _where(asked)
    pairs = select(FundVote.manager, FundVote.fund).where(*where).distinct().subquery()
    managers, funds = session.exec(select(func.count(func.distinct(pairs.c.manager)), func.count())).one()
    ways = session.exec(
        select(FundVote.decision, func.count(), func.sum(FundVote.shares_voted))
        .where(*where)
        .group_by(col(FundVote.decision))
        .order_by(col(FundVote.decision))
    ).all()
    return Totals(
        managers,
        funds,
        {FundDecision(decision): votes for decision, votes, _ in ways},
        {FundDecision(decision): _whole(shares) for decision, _, shares in ways},
    )


def by_manager(session: Session, asked: Asked, *, after: str = "", limit: int) -> list[ManagerLine]:
    """Return at most `limit` managers by name, beginning after one of them. Two queries, however many funds."""
    where = _where(asked)
    # A fund is one by its name under its manager, however it split its vote.
    query = select(FundVote.manager, func.count(func.distinct(FundVote.fund))).where(*where)
    if after:
        query = query.where(col(FundVote.manager) > after)
    named = query.group_by(col(FundVote.manager)).order_by(col(FundVote.manager)).limit(limit)
    funds = dict(session.exec(named).all())
    lines = {manager: ManagerLine(manager, number, {}, {}) for manager, number in funds.items()}
    ways = (
        select(FundVote.manager, FundVote.decision, func.count(), func.sum(FundVote.shares_voted))
        .where(*where, col(FundVote.manager).in_(lines))
        .group_by(col(FundVote.manager), col(FundVote.decision))
    )
    for manager, decision, votes, shares in session.exec(ways):
        lines[manager].votes[FundDecision(decision)] = votes
        lines[manager].shares[FundDecision(decision)] = _whole(shares)
    return list(lines.values())


def one_by_one(
    session: Session, asked: Asked, *, after: tuple[str, str, int] | None = None, limit: int
) -> Sequence[FundVote]:
    """Return at most `limit` votes by manager and fund; `after` is manager, fund and id of the last one above."""
    query = select(FundVote).where(*_where(asked))
    if after is not None:
        manager, fund, key = after
        same_manager, same_fund = col(FundVote.manager) == manager, col(FundVote.fund) == fund
        query = query.where(
            or_(
                col(FundVote.manager) > manager,
                and_(same_manager, col(FundVote.fund) > fund),
                and_(same_manager, same_fund, col(FundVote.id) > key),
            )
        )
    in_order = query.order_by(col(FundVote.manager), col(FundVote.fund), col(FundVote.id))
    return session.exec(in_order.limit(limit)).all()


def _where(asked: Asked) -> list[Any]:
    where: list[Any] = [col(FundVote.ballot_item_id) == asked.item_id]
    # Every word has to stand in one of the two names, in any order.
    where += [or_(*(name.icontains(word, autoescape=True) for name in _NAMES)) for word in asked.words.split()]
    if asked.manager:
        where.append(col(FundVote.manager) == asked.manager)
    if asked.decision is not None:
        where.append(col(FundVote.decision) == asked.decision)
    return where


def _whole(shares: Any) -> int | None:
    return None if shares is None else int(shares)
