"""Proponents that a proxy statement names become the filers of a resolution; who people say filed it stands."""

import pytest
from sqlmodel import select

from tests import factories
from tests.workflows.collecting import every
from tests.workflows.papers import PROXY, kept, snapshot
from tracker.domain.vocab import FilerRole
from tracker.models.base import CampaignObject
from tracker.models.evidence import Evidence
from tracker.models.meeting import Meeting
from tracker.models.resolution import Filer, Resolution
from tracker.store import resolution_page
from tracker.store.engine import reading, writing
from tracker.workflows.read_filing import read_filings

TWO = PROXY.replace(
    "The Harbour Light Sisters have notified us that they intend",
    "The Harbour Light Sisters and the Elm Street Fund have notified us that they intend",
)


def filers(runtime) -> list[tuple[int | None, str, FilerRole]]:
    return [(row.organization_id, row.named, row.role) for row in every(runtime, Filer)]


@pytest.fixture
def fund(runtime, company) -> int:
    with writing(runtime.engine) as session:
        return factories.organization(session, "elm-street", name="Elm Street Fund").id


def test_proponents_become_filers_the_lead_filer_first_and_known_ones_are_known(runtime, fund):
    kept(runtime, "DEF 14A", TWO, filed="2026-04-02")
    read_filings(runtime)
    [(nobody, named, lead), (known, no_name, other)] = filers(runtime)
    assert (nobody, lead, known, no_name, other) == (None, FilerRole.LEAD_FILER, fund, "", FilerRole.CO_FILER)
    assert "Harbour Light Sisters" in named
    evidence = {row.field: row.value for row in every(runtime, Evidence) if row.field.startswith("filer:")}
    assert evidence == {f"filer:{named}": named, "filer:elm-street": "Elm Street Fund"}
    before = snapshot(runtime), [repr(row) for row in every(runtime, Filer)]
    read_filings(runtime, again=True)
    assert (snapshot(runtime), [repr(row) for row in every(runtime, Filer)]) == before
    with reading(runtime.engine) as session:
        slug = next(row.slug for row in every(runtime, CampaignObject) if row.kind == "resolution")
        page = resolution_page.page(session, slug, factories.TODAY)
        assert [line.name for line in page.filers] == [named, "Elm Street Fund"]


def test_who_people_say_filed_it_stands(runtime, fund, company):
    with writing(runtime.engine) as session:
        factories.resolution(
            session, "larkspur-ours", company=company, season=2026, title="Larkspur 2026: facial recognition",
            ask="Report on the civil rights effects of facial recognition software sold to police.",
            lead=factories.organization(session, "elm-street"),
        )  # fmt: skip
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02")
    read_filings(runtime)
    assert filers(runtime) == [(fund, "", FilerRole.LEAD_FILER)]
    assert [row for row in every(runtime, Evidence) if row.field.startswith("filer:")]


def test_a_second_statement_does_not_add_filers_to_those_of_the_first(runtime, fund):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="a.htm")
    kept(runtime, "DEF 14A", TWO, filed="2026-04-09", name="b.htm")
    read_filings(runtime)
    assert len(filers(runtime)) == 1


def test_a_mended_reader_mends_the_filers_it_gave(runtime, fund):
    kept(runtime, "DEF 14A", TWO, filed="2026-04-02")
    read_filings(runtime)
    right = filers(runtime)
    with writing(runtime.engine) as session:
        session.exec(select(Filer).where(Filer.organization_id == fund)).one().role = FilerRole.LEAD_FILER
        wrong = {"role": FilerRole.CO_FILER, "named": "Read wrongly", "read_fields": ["named", "role"]}
        made = Filer(resolution_id=every(runtime, Resolution)[0].id, **wrong, recorded_at=factories.NOW)
        factories.add(session, made)
    read_filings(runtime, again=True)
    assert sorted(filers(runtime), key=repr) == sorted(right, key=repr)


def test_every_day_stated_for_next_year_is_kept(runtime, company):
    more = """<p>Notice of nominations or other business under our by-laws must be received no earlier than January 12,
    2027 and no later than February 11, 2027.</p><p>Notice under Rule 14a-19 must be received no later than March 13,
    2027.</p></body>"""
    kept(runtime, "DEF 14A", PROXY.replace("</body>", more), filed="2026-04-02")
    read_filings(runtime)
    [meeting] = every(runtime, Meeting)
    days = {name: str(getattr(meeting, name)) for name in Meeting.model_fields if name.startswith("next_")}
    assert days == {
        "next_proposals_by": "2026-12-03",
        "next_notice_from": "2027-01-12",
        "next_notice_by": "2027-02-11",
        "next_access_by": "None",
        "next_universal_by": "2027-03-13",
    }
    said = {row.field for row in every(runtime, Evidence) if row.field.startswith("next_")}
    assert said == {name for name, day in days.items() if day != "None"}
