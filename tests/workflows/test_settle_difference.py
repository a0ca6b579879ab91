"""What a filing says otherwise is decided once, and the decision stays when it is read again."""

import pytest
from sqlmodel import select

from tests import factories as make
from tests.factories import filings
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.models.evidence import Evidence
from tracker.models.meeting import VoteCount
from tracker.settings import Settings
from tracker.store import differences
from tracker.store.engine import reading, writing
from tracker.workflows.read_filing import read_filings
from tracker.workflows.runtime import Runtime
from tracker.workflows.settle_difference import keep_ours, take_theirs

RESULTS = """<html><body><p>FORM 8-K</p><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>
<p>The annual meeting was held on May 12, 2026.</p><p>Item 4. Shareholder proposal on facial recognition</p>
<table><tr><th>For</th><th>Against</th><th>Abstain</th></tr><tr><td>1,200</td><td>3,400</td><td>56</td></tr></table>
</body></html>"""


@pytest.fixture
def runtime(engine, tmp_path):
    with writing(engine) as session:
        company = filings.known_company(session, make.organization(session, "larkspur", name="Larkspur Optics"))
        meeting = make.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
        asked = make.resolution(session, "larkspur-2026-faces", company=company, season=2026, title="Faces")
        item = make.ballot_item(session, meeting, asked, number="4")
        make.count(session, item, 1_201, 3_400, reported="2026-05-15")
        filings.filing(session, "8-K", RESULTS)
    runtime = Runtime(Settings(data_dir=tmp_path, read_processes=0), engine, clock=lambda: make.NOW)
    read_filings(runtime)
    return runtime


def difference(runtime):
    with reading(runtime.engine) as session:
        return session.exec(select(Evidence).where(Evidence.differs)).one_or_none()


def votes_for(runtime):
    with reading(runtime.engine) as session:
        return session.exec(select(VoteCount.votes_for)).one()


def test_the_record_that_is_kept_is_not_asked_about_again(runtime):
    found = difference(runtime)
    with reading(runtime.engine) as session:
        assert differences.recorded(session, [found]) == {found.id: "1,201"}
    keep_ours(runtime, found.id, seen="1,200", by="Ann", why="The company corrected it by telephone.")
    read_filings(runtime, ids=[found.document_id], again=True)
    with writing(runtime.engine) as session:
        filings.filing(session, "8-K", RESULTS, name="again.htm", filed="2026-05-16")
    read_filings(runtime)
    assert difference(runtime) is None
    assert votes_for(runtime) == 1_201
    with reading(runtime.engine) as session:
        row = session.get(Evidence, found.id)
    assert (row.settled_by, row.chosen) == ("Ann", False)
    assert "Ann kept what the record says: The company corrected" in row.note


def test_the_filings_value_stands_with_the_filing_as_its_evidence(runtime):
    found = difference(runtime)
    take_theirs(runtime, found.id, seen="1,200", by="Ann", why="Misread.")
    assert votes_for(runtime) == 1_200
    assert difference(runtime) is None
    read_filings(runtime, ids=[found.document_id], again=True)
    with reading(runtime.engine) as session:
        row = session.get(Evidence, found.id)
    assert (row.chosen, row.value) == (True, "1,200")
    assert votes_for(runtime) == 1_200


def test_a_filing_that_does_not_give_the_value_when_read_again_changes_nothing(runtime):
    found = difference(runtime)
    with writing(runtime.engine) as session:
        session.get(Evidence, found.id).value = "999"
    with pytest.raises(ConflictError, match="does not give “999”"):
        take_theirs(runtime, found.id, seen="999", by="Ann")
    assert votes_for(runtime) == 1_201
    assert difference(runtime).value == "1,200"


def test_two_who_choose_at_once_are_told_and_a_reason_is_asked_for(runtime):
    found = difference(runtime)
    with pytest.raises(InputError, match="Say why"):
        keep_ours(runtime, found.id, seen="1,200", by="Ann", why=" ")
    with pytest.raises(ConflictError, match="says “1,200” now"):
        keep_ours(runtime, found.id, seen="1,100", by="Ann", why="So.")
    keep_ours(runtime, found.id, seen="1,200", by="Ann", why="So.")
    with pytest.raises(ConflictError, match=r"Somebody was faster. Ann kept"):
        take_theirs(runtime, found.id, seen="1,200", by="Bob")
    with pytest.raises(NotFoundError, match="999"):
        keep_ours(runtime, 999, seen="", by="Ann", why="So.")
