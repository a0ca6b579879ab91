"""Servers on one database: each a runtime with a name of its own, all on one clock."""

from contextlib import ExitStack

import pytest

from tests import runtimes


@pytest.fixture
def clock():
    return runtimes.Clock()


@pytest.fixture
def server(database, tmp_path, clock):
    """Open a server by its name; it is closed after the test."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(runtimes.opened(database, tmp_path, clock=clock, holder=name))
