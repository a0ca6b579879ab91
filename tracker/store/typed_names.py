"""Names as editors type them for rows that a field points to: found by name, alias or slug, and offered to choose from.

Every function asks a number of times that does not depend on how many rows there are.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from sqlalchemy import String, cast, func
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from tracker.domain.errors import InputError
from tracker.domain.text import fold, one_line
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correspondence import Answer, LetterQuestion
from tracker.models.organization import Alias
from tracker.store.records import tables
from tracker.store.visits import parts

MOST_OFFERED = 500
_NEAR = 3
_QUESTION = re.compile(r"(?P<letter>.+?)[, ]+(?:question )?(?P<number>\d{1,4})")
Key = tuple[str, int]


class NoSuchNameError(InputError):
    """Nothing is called so. `near` are the names that may have been meant."""

    def __init__(self, what: str, text: str, near: list[str]) -> None:
        """Say it, with the names that are near."""
        hint = f"do you mean {' or '.join(near)}?" if near else "add it first, or choose another"
        super().__init__(f"no {what} is called {text!r}; {hint}")
        self.near = near


def texts(session: Session, wanted: Iterable[Key]) -> dict[Key, str]:
    """Return the name of each row as a form shows it, by table and id."""
    by_table: dict[str, set[int]] = defaultdict(set)
    for table, number in wanted:
        by_table[table].add(number)
    return {
        (table, number): text
        for table, ids in by_table.items()
        for part in parts(sorted(ids))
        for number, text in session.execute(_named(table, part)).all()
    }


def find(session: Session, table: str, typed: str) -> int:
    """Return the id of the row that is called so; raises InputError for none, naming near ones, and for several."""
    text = one_line(typed)
    found = _question(session, text) if table == "letter_question" else _by_name(session, table, text)
    what = table.replace("campaign_", "").replace("_", " ").replace("organization", "organisation")
    if not found:
        known = {fold(name): name for name in offered(session, table)}
        raise NoSuchNameError(what, text, [known[name] for name in get_close_matches(fold(text), list(known), n=_NEAR)])
    if len(found) > 1:
        named = " or ".join(slug for _, slug in sorted(found.items()))
        raise InputError(f"{len(found)} are called {text!r}: write {named}")
    return next(iter(found))


def offered(session: Session, table: str) -> list[str]:
    """Return names to choose from, at most `MOST_OFFERED`: the newest objects, others by name."""
    if table == "letter_question":
        return [text for _, text in session.execute(_questions().limit(MOST_OFFERED)).all()]
    row: Any = tables()[table]
    name = _name(row)
    query = select_rows(name)
    if table == "campaign_object":
        query = query.where(row.merged_into_id.is_(None), row.state != ObjectState.WITHDRAWN).order_by(row.id.desc())
    else:
        query = query.order_by(name, row.id)
    return list(dict.fromkeys(session.scalars(query.limit(MOST_OFFERED))))


def _name(row: Any) -> Any:
    return row.title if "title" in row.model_fields else row.name


def _named(table: str, ids: Collection[int]) -> Any:
    if table == "letter_question":
        return _questions().where(col(LetterQuestion.id).in_(ids))
    row: Any = tables()[table]
    return select_rows(row.id, _name(row)).where(row.id.in_(ids))


def _questions() -> Any:
    """Return the query for questions as (id, "letter-slug number"), those of answered letters first."""
    answered = select(Answer.object_id).where(Answer.object_id == LetterQuestion.letter_id).exists()
    text = col(CampaignObject.slug) + " " + cast(col(LetterQuestion.number), String)
    return (
        select_rows(col(LetterQuestion.id), text)
        .join(CampaignObject, col(CampaignObject.id) == col(LetterQuestion.letter_id))
        .order_by(answered.desc(), col(LetterQuestion.letter_id).desc(), col(LetterQuestion.number))
    )


def _question(session: Session, text: str) -> dict[int, str]:
    asked = _QUESTION.fullmatch(text)
    if asked is None:
        return {}
    query = (
        select(LetterQuestion.id, CampaignObject.slug)
        .join(CampaignObject, col(CampaignObject.id) == col(LetterQuestion.letter_id))
        .where(CampaignObject.slug == asked["letter"], LetterQuestion.number == int(asked["number"]))
    )
    return {number or 0: slug for number, slug in session.exec(query)}


def _by_name(session: Session, table: str, text: str) -> dict[int, str]:
    """Return rows by slug, or else by name, or else by another name: their slugs by id."""
    row: Any = tables()[table]
    query = select_rows(row.id, row.slug)
    if table == "campaign_object":
        query = query.where(row.merged_into_id.is_(None))
    ways = [row.slug == text, func.lower(_name(row)) == text.lower()]
    if table == "organization":
        ways.append(row.id.in_(select(Alias.organization_id).where(func.lower(Alias.text) == text.lower())))
    for way in ways:
        found = {row.id: row.slug for row in session.execute(query.where(way).limit(5))}
        if found:
            return found
    return {}
