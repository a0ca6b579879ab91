"""Beginning a campaign: what cannot be kept, which sources are proposed, and from nothing to the first linked row."""

import pytest
from sqlmodel import col, select

from tests import runtimes
from tracker import demo
from tracker.demo.filings import COMPANY
from tracker.domain.errors import NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.vocab import LinkState, Verdict
from tracker.models.document import Source
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.models.tending import CampaignSource
from tracker.store.engine import reading, writing
from tracker.workflows import begin
from tracker.workflows.begin import Beginning
from tracker.workflows.collect import collect
from tracker.workflows.decide import decide
from tracker.workflows.first_look import first_look
from tracker.workflows.setup import prepare

ASK = "Have the effects of face matching on civil rights reviewed independently."


def started(runtime, **more) -> str:
    return begin.begin(runtime, Beginning(**{"title": "Larkmere: face matching", "ask": ASK, **more}), "Ann")


def test_an_empty_archive_comes_to_a_first_linked_row(sqlite_database, tmp_path):
    clock = runtimes.Clock()
    with (
        demo.Publisher(today=clock().date()) as publisher,
        runtimes.opened(
            sqlite_database, tmp_path, clock=clock, whole_pages=False,
            allowed_hosts=(publisher.address.removeprefix("http://"),),
        ) as runtime,
    ):  # fmt: skip
        prepare(runtime, demo.sources(publisher.address))
        slug = started(runtime, new_company=COMPANY, called="Larkmere, Larkmere Vision Systems")
        assert begin.progress(runtime, slug).step == 2
        offered = begin.proposals(runtime, slug)
        nearest = [one.name for one in offered if one.reason.group == "company"]
        assert set(nearest) == {f"demo-larkmere-{name}" for name in ("edgar", "newsroom", "policy", "press")}
        begin.take(runtime, slug, [one.name for one in offered if one.ticked], "Ann")
        before = begin.progress(runtime, slug)
        assert (before.step, before.asked, before.collected) == (3, 0, False)
        print(collect(runtime).words())
        print(first_look(runtime))
        after = begin.progress(runtime, slug)
        print(after.waiting)
        assert after.collected
        assert after.waiting.suggested
