"""Engines that live as long as the tests, so that each compiles its statements once; and what an engine is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Engine, event

from tracker.store.engine import create_engine


@cache
def _engine(url: str) -> Engine:
    return create_engine(url)


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    """Give the engine for a database; at the end its connections are closed and its compiled statements stay."""
    engine = _engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def statements_of(asked: Connection | Engine) -> Iterator[list[str]]:
    """Give a list that grows by each statement asked of an engine or connection within."""
    said: list[str] = []

    def listen(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(asked, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(asked, "before_cursor_execute", listen)
