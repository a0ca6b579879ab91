"""Nothing is read where nothing is told, and no figure is given that the report does not print there."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.filings.adapted import ADAPTED
from tests.filings.ballots import Meeting, meetings
from tests.filings.printed import LAYOUTS
from tests.filings.test_voting_results_layouts import names
from tracker.filings.voting_results.results import read_voting_results

NOISE = [
    "<p>Each holder of Class B stock is entitled to 10 votes for each share held on March 3, 2031.</p>",
    "<p>There were 12,345,678 shares of common stock outstanding and entitled to vote, of which 80% were present.</p>",
    "<p>The Plan reserves 7,500,000 shares for issuance and replaces 2,500,000 shares available for grant.</p>",
    "<p>For more information about the proposals, see the proxy statement filed on April 1, 2031.</p>",
    "<p>The annual retainer is $125,000, paid for service on the board, with $20,000 for each committee.</p>",
    "<p>Abstentions and broker non-votes are not counted as votes cast for or against a proposal.</p>",
    "<p>The directors will serve until 2034. Ms. Boyd, 61, has been a director since 2019.</p>",
    "<p>1. Election of directors</p><p>2. Ratification of the auditors for 2031</p><p>3. Proposal regarding water</p>",
    "<p>Proposal 4: Shareholder proposal on forests. It was withdrawn and not voted on.</p>",
    "<p>Approximately 98.7% of the votes were cast for the proposal, 1.1% against.</p>",
    "<table><tr><td>Amara Boyd</td></tr><tr><td>Boyd Castellane</td></tr></table>",
    "<table><tr><td>Name</td><td>Age</td></tr><tr><td>Amara Boyd</td><td>61</td><td>12,345</td></tr></table>",
    "<table><tr><td>2031</td><td>$1,234,567</td></tr><tr><td>2030</td><td>$1,111,111</td></tr></table>",
    "<table><tr><td>3.1</td><td>Certificate of Amendment</td></tr><tr><td>10.1</td><td>Plan</td></tr></table>",
    "<p>3</p><hr><p>4</p>",
    "<p>No other matters were voted on. There were no broker non-votes.</p>",
    "<p>The number of votes cast for, against and withheld is given in Exhibit 99.1.</p>",
]


@given(st.lists(st.sampled_from(NOISE), max_size=12))
def test_nothing_is_read_from_what_tells_no_votes(noise):
    item = "<p>Item 5.07 Submission of Matters to a Vote of Security Holders</p>"
    assert read_voting_results(f"<html><p>FORM 8-K</p>{item}{''.join(noise)}</html>".encode()).matters == ()


@pytest.mark.parametrize("name", names())
@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(meeting=meetings())
def test_every_figure_is_printed_where_it_is_said_to_stand(name, meeting: Meeting):
    results = read_voting_results(LAYOUTS[name](ADAPTED.get(name, lambda same: same)(meeting)).encode())
    for matter in results.matters:
        counts = {
            "for": matter.for_,
            "against": matter.against,
            "withheld": matter.withheld,
            "abstain": matter.abstain,
            "broker_non_votes": matter.broker_non_votes,
            **(matter.choices or {}),
        }
        for role, count in counts.items():
            if count is not None:
                span = matter.places.get(role) or matter.places[f"against or {role}"]
                shown = results.text[span.start : span.end]
                digits = re.sub(r"\D", "", shown.partition(".")[0].partition("(")[0])
                assert int(digits or 0) == count


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page that shows `lines`."""
    shown = "BT /F 10 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj{part}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode()


def test_a_report_as_pdf_is_read_by_its_lines():
    results = read_voting_results(
        pdf(
            [
                "FORM 8-K",
                "Item 5.07 Submission of Matters to a Vote of Security Holders",
                "On May 22, 2031, the Company held its annual meeting.",
                "Proposal 1: Election of Directors",
                "Nominee For Withheld Broker Non-Votes",
                "Amara Boyd 1,234,567 12,345 678",
                "Proposal 2: Shareholder proposal regarding water",
                "For Against Abstain",
                "9,876 1,234,567 89",
            ]
        )
    )
    assert [(m.kind, m.nominee, m.for_, m.withheld, m.against) for m in results.matters] == [
        ("director", "Amara Boyd", 1_234_567, 12_345, None),
        ("shareholder_proposal", None, 9_876, None, 1_234_567),
    ]
    assert str(results.meeting_date) == "2031-05-22"


def test_a_page_number_is_no_count_of_a_line_that_has_its_own():
    lines = "For: 15,236<br>Against: 622,081<br>Abstain: 127<br>BNV: 1"
    item = "<p>Item 5.07 Submission of Matters to a Vote of Security Holders</p><p>1. Approval of a plan</p>"
    page = f"<html><p>FORM 8-K</p>{item}<p>{lines}</p><p>4</p><p>2. Approval of a merger</p></html>"
    [matter] = read_voting_results(page.encode()).matters
    assert (matter.for_, matter.against, matter.abstain, matter.broker_non_votes) == (15_236, 622_081, 127, 1)


def counts_of(told: str) -> list[tuple[int | None, ...]]:
    item = "<p>Item 5.07 Submission of Matters to a Vote of Security Holders</p><p>1. Approval of a plan</p>"
    matters = read_voting_results(f"<html><p>FORM 8-K</p>{item}<p>{told}</p></html>".encode()).matters
    return [(one.for_, one.against, one.abstain) for one in matters]


def test_a_percentage_after_a_figure_is_of_that_figure():
    told = "For Against Abstain 15,236 99.20% 1,881 (0.07%) 127 .73 %"
    assert counts_of(told) == [(15_236, 1_881, 127)]


def test_a_figure_after_headings_side_by_side_is_not_of_the_last_of_them():
    assert all(abstain is None for _, _, abstain in counts_of("For Against Abstain 15,236 99.20% shares 1,881"))
