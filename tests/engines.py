"""Engines that live as long as the tests: each compiles its statements once, not once a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine

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
