"""What tests of the store are handed: a session that writes, once on each database."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from tracker.store.engine import writing


@pytest.fixture
def session(engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session
