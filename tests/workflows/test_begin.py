"""Beginning a campaign: what cannot be kept, which sources are proposed, and from nothing to the first linked row."""

import pytest

from tests import factories, runtimes
from tests.workflows.collecting import follow, source
from tracker import demo
from tracker.demo.filings import COMPANY
from tracker.domain.errors import NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.vocab import Verdict
from tracker.models.event import Event
from tracker.store import beginnings, campaigns, organizations, sources
from tracker.store.engine import reading, writing
from tracker.workflows import begin
from tracker.workflows.begin import Beginning
from tracker.workflows.collect import collect
from tracker.workflows.decide import Said, decide
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
            sqlite_database,
            tmp_path,
            clock=clock,
            whole_pages=False,
            allowed_hosts=(publisher.address.removeprefix("http://"),),
        ) as runtime,
    ):
        prepare(runtime, demo.sources(publisher.address))
        slug = started(runtime, new_company=COMPANY, called="Larkmere, Larkmere Vision Systems")
        assert begin.progress(runtime, slug).step == 2
        offered = begin.proposals(runtime, slug)
        nearest = [one.name for one in offered if one.reason.group == "company"]
        assert set(nearest) == {f"demo-larkmere-{name}" for name in ("edgar", "newsroom", "policy", "press")}
        begin.take(runtime, slug, [one.name for one in offered if one.ticked], "Ann")
        before = begin.progress(runtime, slug)
        assert (before.step, before.asked, before.collected, before.best) == (3, 0, False, None)
        assert str(first_look(runtime)) == "no campaign was begun"
        collect(runtime)
        assert str(first_look(runtime)).startswith("1 campaign begun; 3 filings read: 3 written into the archive")
        assert str(first_look(runtime)) == "no campaign was begun"
        after = begin.progress(runtime, slug)
        assert (after.collected, after.step, after.waiting.objects, after.waiting.decided) == (True, 4, 1, False)
        _, document, spine = after.best
        decide(runtime, document.id, Said(Verdict.ACCEPT, "Ann", spine.slug))
        done = begin.progress(runtime, slug)
        assert (done.step, done.waiting.suggested) == (5, after.waiting.suggested - 1)
        with reading(runtime.engine) as session:
            assert session.get(Event, done.waiting.first).campaign_id == after.campaign.id


# --- what cannot be kept ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"ask": "?"}, "ask"),
        ({"companies": ["nobody"]}, "companies"),
        ({"new_company": ""}, "companies"),
        ({"new_company": "\u200b ... --"}, "new_company"),
        ({"called": "x" * 201}, "called"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_is_made(sqlite_runtime, given, field):
    with pytest.raises(FieldsError) as refused:
        started(sqlite_runtime, **{"new_company": "Acme Robotics", **given})
    assert field in refused.value.errors
    with reading(sqlite_runtime.engine) as session:
        assert campaigns.every(session) == []


def test_a_campaign_is_made_once_by_its_name_with_its_ask_and_the_company_it_names(runtime):
    slug = started(runtime, new_company="Acme Robotics", called="Acme, Acme Robots,")
    with pytest.raises(FieldsError, match="already"):
        started(runtime, new_company="Acme Robotics")
    other = started(runtime, title="Larkmere – face matching", new_company="ACME ROBOTICS")
    assert (slug, other) == ("larkmere-face-matching", "larkmere-face-matching-2")
    with reading(runtime.engine) as session:
        number = campaigns.by_slug(session, slug).id
        [company] = beginnings.companies(session, number)
        assert beginnings.asks(session, number) == [ASK]
    assert company.names == ("Acme Robotics", "Acme", "Acme Robots")


# --- which sources ----------------------------------------------------------------------------------------------------


def test_filings_of_a_company_whose_number_is_known_are_proposed_and_added_when_taken(runtime):
    entry = {"slug": "acme", "name": "Acme", "roles": ["issuer"], "identifiers": {"cik": "0000001234"}}
    with writing(runtime.engine) as session:
        organizations.merge(session, {"organizations": [entry]})
    slug = started(runtime, companies=["acme"])
    [one] = begin.proposals(runtime, slug)
    assert (one.name, one.here, one.ticked, one.url[-19:]) == ("edgar-acme", False, True, "/CIK0000001234.json")
    assert one.reason.why == "Filings of Acme at the SEC: proxy statements, vote counts, notices."
    assert begin.take(runtime, slug, ["edgar-acme"], "Ann") == 1
    row = source(runtime, "edgar-acme")
    assert (row.options["cik"], row.due_at) == (1234, runtime.clock())
    assert [one.taken for one in begin.proposals(runtime, slug)] == [True]


def test_a_paused_source_that_is_taken_is_asked_again_and_a_retired_one_is_not_proposed(runtime):
    follow(runtime, "https://a.example/paper", "https://b.example/old", title="Acme news", options={"kind": "news"})
    with writing(runtime.engine) as session:
        for row in sources.every(session):
            row.paused, row.paused_reason = True, "Too much."
            row.retired_at = runtime.clock() if row.name == "old" else None
    slug = started(runtime, new_company="Acme")
    assert [(one.name, one.ticked) for one in begin.proposals(runtime, slug)] == [("paper", False)]
    begin.take(runtime, slug, ["paper"], "Ann")
    row = source(runtime)
    assert (row.paused, row.paused_reason) == (False, "")
    with pytest.raises(FieldsError, match="not among"):
        begin.take(runtime, slug, ["old"], "Ann")
    with pytest.raises(FieldsError, match="at least one"):
        begin.take(runtime, slug, [], "Ann")


def test_there_is_nothing_to_resume_of_a_campaign_there_is_not(sqlite_runtime):
    with pytest.raises(NotFoundError, match="'nowhere'"):
        begin.progress(sqlite_runtime, "nowhere")


def test_a_new_company_gets_the_number_under_which_the_archive_has_its_filings(runtime):
    with writing(runtime.engine) as session:
        url = "https://www.sec.gov/Archives/edgar/data/4321/000000432126000001/proxy.htm"
        factories.document(session, "Proxy statement", url=url, publisher="Acme Robotics, Inc.")
    slug = started(runtime, new_company="Acme Robotics, Inc.")
    assert [one.name for one in begin.proposals(runtime, slug)] == ["edgar-acme-robotics-inc"]
