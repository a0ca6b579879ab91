from datetime import timedelta

import pytest

from tests.sources.conftest import SAVED
from tracker.domain.errors import NotFoundError
from tracker.domain.vocab import DocumentKind
from tracker.sources.base import all_sources, register, source_named


def test_sources_are_found_by_name_in_the_order_of_names() -> None:
    names = list(all_sources())
    assert names == sorted(names)
    assert {"edgar", "feed", "watched_page"} <= set(names)
    for name, source in all_sources().items():
        assert source.name == name
        assert isinstance(source.kind, DocumentKind)
        assert source.every >= timedelta(minutes=10)


def test_every_source_has_a_saved_answer() -> None:
    without = [name for name in all_sources() if not list((SAVED / name).glob("*"))]
    assert not without, f"save an answer under tests/saved/<source>/ for {without}"


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"'feeed'.*edgar, .*feed, "):
        source_named("feeed")
    assert source_named("feed") is all_sources()["feed"]


def test_two_sources_cannot_share_a_name() -> None:
    class Impostor:
        name, kind, every = "feed", DocumentKind.NEWS, timedelta(hours=1)

        def requests(self, targets):
            yield from ()

        def parse(self, answer):
            yield from ()

    with pytest.raises(ValueError, match=r"two sources are called 'feed'"):
        register(Impostor)
