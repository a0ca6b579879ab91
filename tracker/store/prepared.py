"""Statements made once and asked often.

To put a statement together takes SQLAlchemy longer than it takes a database to answer most of them, and a page asks
some thirty. What pages ask over and over is therefore made when its module is loaded, with places for what changes.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session


def columns(*wanted: Any) -> Any:
    """Return a statement for these columns: what it gives is tuples, not objects that a session keeps."""
    return select(*wanted)


def among(name: str) -> BindParameter[Any]:
    """Return the place of a list in a statement, for `in_`."""
    return bindparam(name, expanding=True)


def rows(session: Session, statement: Any, **given: Any) -> Sequence[Any]:
    """Return all rows of a statement of columns; collections are given for the places made by `among`.

    As before any query of a session's own, what it holds and has not written is written first.
    """
    if session.autoflush:
        session.flush()
    places = {name: _listed(value) for name, value in given.items()}
    return session.connection().execute(statement, places).all()


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, Collection) and not isinstance(value, str) else value
