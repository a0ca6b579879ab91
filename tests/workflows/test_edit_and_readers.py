"""What a person gave, changed or took out by a form stays so, however often filings are read again."""

from sqlmodel import select

from tests.workflows.collecting import every
from tests.workflows.papers import COUNTS, PROPOSAL, PROXY, kept
from tests.workflows.test_ballots_read import report
from tracker.models.base import CampaignObject
from tracker.models.evidence import Evidence
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.resolution import Filer, ResolutionStatus
from tracker.store import object_rows
from tracker.store.engine import reading
from tracker.workflows import edit
from tracker.workflows.edit import Typed
from tracker.workflows.edit_sources import Source
from tracker.workflows.read_filing import read_filings

SOURCE = {"all": Source(where="https://paper.example/story", why="The company says otherwise.")}


def change(runtime, kind: str, values) -> None:
    """Change the one object of a kind by its form; `values` gets the form and returns what is typed."""
    with reading(runtime.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.kind == kind)).first()
        form = dict(object_rows.load(session, spine).values)
    edit.change(runtime, spine.slug, Typed({**form, **values(form)}, SOURCE, spine.version), "Ann")


def test_no_reader_puts_back_what_a_person_took_out_or_overwrites_what_they_gave(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS)))
    read_filings(runtime)
    read_filings(runtime)
    steps, filers = len(every(runtime, ResolutionStatus)), len(every(runtime, Filer))
    assert steps
    assert every(runtime, VoteCount)

    def out(form: dict[str, str], *tables: str) -> dict[str, str]:
        rows = [name.removesuffix("-id") for name in form if name.endswith("-id")]
        return {f"{row}-out": "yes" for row in rows if row.split("-")[-2] in tables}

    change(runtime, "resolution", lambda form: out(form, "resolution_status", "filer"))
    change(runtime, "meeting", lambda form: {**out(form, "vote_count"), "held_on": "14 May 2026"})
    read_filings(runtime, again=True)
    assert every(runtime, ResolutionStatus) == []
    assert every(runtime, VoteCount) == []
    assert every(runtime, Filer) == [], filers
    assert str(every(runtime, Meeting)[0].held_on) == "2026-05-14"
    differing = {row.field for row in every(runtime, Evidence) if row.differs}
    assert {"resolution_status:on_ballot", "held_on", "votes_for"} <= differing


def test_no_reader_puts_an_item_back_that_a_person_took_off_the_ballot(runtime, company):
    kept(runtime, "DEF 14A", PROXY, filed="2026-04-02", name="proxy.htm")
    kept(runtime, "8-K", report((f"Item 4. {PROPOSAL}", COUNTS), ("Item 9. To approve the auditor", COUNTS)))
    read_filings(runtime)
    items = every(runtime, BallotItem)
    change(runtime, "meeting", lambda form: {
        name.replace("-id", "-out"): "yes" for name in form if name.startswith("ballot_item") and name.count("-") == 2
        and name.endswith("-id")
    })  # fmt: skip
    read_filings(runtime, again=True)
    assert items
    assert every(runtime, BallotItem) == []
