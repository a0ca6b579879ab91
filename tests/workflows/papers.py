"""Papers of an invented company, what is kept of them, and what a reader may have written."""

from tests import factories
from tests.factories import filings
from tests.workflows.collecting import every
from tracker.models.base import CampaignObject
from tracker.models.contract import Contract
from tracker.models.document import Document
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.resolution import Resolution, ResolutionStatus
from tracker.store.engine import writing

ITEM = "<h1>FORM 8-K</h1><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>"
PROPOSAL = "Shareholder proposal: report on facial recognition"
COUNTS = (75_088_120, 224_905_004, 4_198_602, 38_402_118)


def table(*counts: int, header: tuple[str, ...] = ("For", "Against", "Abstain", "Broker Non-Votes")) -> str:
    heads = "".join(f"<th>{word}</th>" for word in header[: len(counts)])
    cells = "".join(f"<td>{count:,}</td>" for count in counts)
    return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"


def results(*counts: int, number: str = "4", title: str = PROPOSAL, says: str = "", more: str = "") -> str:
    opening = f"<p>The annual meeting of shareholders was held on May 12, 2026. {says}</p>"
    return f"<html><body>{ITEM}{opening}<p>Item {number}. {title}</p>{table(*counts)}{more}</body></html>"


PAY_COUNTS = (268_114_790, 32_001_447, 4_075_489, 38_402_118)
PAY = f"<p>Item 3. Advisory vote to approve executive compensation</p>{table(*PAY_COUNTS)}"
PROXY = """<html><body>
<h1>Notice of Annual Meeting</h1>
<p>The annual meeting of shareholders will be held on May 12, 2026. Shareholders of record on March 18, 2026 may
vote.</p>
<h2>PROPOSAL 4: SHAREHOLDER PROPOSAL ON FACIAL RECOGNITION</h2>
<p>The Harbour Light Sisters have notified us that they intend to present the following proposal at the meeting.</p>
<p>RESOLVED: Shareholders request that the board report on the civil rights effects of the facial recognition software
that the company sells to police, at reasonable cost.</p>
<p>SUPPORTING STATEMENT</p>
<p>Facial recognition sold to police misidentifies people. Civil rights groups asked lawmakers to ban it, and other
vendors have stopped selling facial recognition to law enforcement.</p>
<p>BOARD OF DIRECTORS' STATEMENT IN OPPOSITION</p>
<p>The board recommends a vote AGAINST this proposal. Our own testing meets the need.</p>
<h2>PROPOSAL 5: SHAREHOLDER PROPOSAL ON SPECIAL MEETINGS</h2>
<p>John Doe has notified us that he intends to present the following proposal at the meeting.</p>
<p>RESOLVED: Shareholders ask the board to give holders of ten percent of the stock the right to call a special
meeting.</p>
<p>SUPPORTING STATEMENT</p>
<p>A meeting called by shareholders is a useful remedy when the board will not listen.</p>
<p>BOARD OF DIRECTORS' STATEMENT IN OPPOSITION</p>
<p>The board recommends a vote AGAINST this proposal. Holders have ample rights already.</p>
<h2>Other matters</h2>
<p>Proposals for the 2027 annual meeting under Rule 14a-8 must be received no later than December 3, 2026.</p>
</body></html>"""


def kept(runtime, form: str, html: str, **more) -> int:
    with writing(runtime.engine) as session:
        return filings.filing(session, form, html, **more).id


def ballot(runtime, company, *, number: str | None = "4", counts=(), claims=(), resolution: bool = True, **more):
    """A meeting of 12 May 2026 with one proposal on it, entered by a person."""
    with writing(runtime.engine) as session:
        meeting = factories.meeting(
            session, "larkspur-2026", company=company, held="2026-05-12", proxy_filed="2026-04-02"
        )
        asked = (
            factories.resolution(session, "larkspur-2026-faces", company=company, season=2026, title="Faces", **more)
            if resolution
            else None
        )
        item = factories.ballot_item(session, meeting, asked, number=number)
        for figures, reported in counts:
            factories.count(session, item, figures[0], figures[1], votes_abstain=figures[2], reported=reported)
        for hundredths in claims:
            factories.claim(session, item, hundredths, decimals=2)
        return asked.id if asked else meeting.id


def snapshot(runtime) -> list[str]:
    """Every row that a reader may write, as text."""
    tables = (
        Meeting,
        BallotItem,
        VoteCount,
        Contract,
        Resolution,
        ResolutionStatus,
        Evidence,
        Link,
        CampaignObject,
        Document,
    )
    return [repr(row) for kind in tables for row in every(runtime, kind)]


def read_values(runtime, document_id: int) -> dict[str, str]:
    return {row.field: row.value for row in every(runtime, Evidence) if row.document_id == document_id and row.chosen}
