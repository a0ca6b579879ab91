"""`tracker filing`: what was read is told filing by filing; what cannot be read in one line."""

import pytest

from tests import factories
from tests.factories import filings
from tests.filings.generated_fund_votes import file_of
from tests.workflows.test_take_fund_votes import CAST
from tracker.store.engine import writing

RESULTS = """<html><body><p>FORM 8-K</p><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>
<p>The annual meeting was held on May 12, 2026.</p><p>Item 4. Shareholder proposal on facial recognition</p>
<table><tr><th>For</th><th>Against</th><th>Abstain</th></tr><tr><td>1,200</td><td>3,400</td><td>56</td></tr></table>
</body></html>"""


@pytest.fixture
def archive(tracker):
    with tracker.engine() as engine, writing(engine) as session:
        company = filings.known_company(session, factories.organization(session, "larkspur", name="Larkspur Optics"))
        meeting = factories.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
        factories.ballot_item(session, meeting, None, number="4").title = "Report on facial recognition"
        return filings.filing(session, "8-K", RESULTS).id


def test_what_became_of_each_filing_is_told(archive, tracker):
    done = tracker("filing", "read")
    assert done.status == 0
    assert f"written    8-K of 2026-05-15 [document {archive}]" in done.out
    assert "1 matter voted on at the meeting of 12 May 2026." in done.out
    assert "1 filing read: 1 written into the archive" in done.out


def test_a_filing_named_by_its_number_is_read_again(archive, tracker):
    tracker("filing", "read")
    assert "0 filings read" in tracker("filing", "read").out
    assert "1 filing read" in tracker("filing", "read", str(archive)).out


def test_fund_votes_are_taken_from_their_file(archive, tracker, tmp_path):
    file = tmp_path / "votes.xml"
    file.write_bytes(file_of([CAST], envelope="submission"))
    done = tracker("filing", "fund-votes", str(file), "--url", "https://sec.example/votes.xml")
    assert done.out.strip() == "1 votes read, 1 cast on items we follow: 1 new, 0 changed"


def test_a_file_that_is_no_vote_table_is_refused_in_a_line(archive, tracker, tmp_path):
    file = tmp_path / "votes.xml"
    file.write_text("<html>no</html>", encoding="utf-8")
    done = tracker("filing", "fund-votes", str(file), "--url", "https://sec.example/votes.xml")
    assert "<html>" in done.error


def test_a_filing_at_hand_is_kept_and_read_and_kept_once(archive, tracker, tmp_path):
    file = tmp_path / "8k.htm"
    file.write_text(RESULTS.replace("1,200", "1,300"), encoding="utf-8")
    options = (
        "--form",
        "8-K",
        "--company",
        "Larkspur Optics",
        "--filed",
        "2026-05-16",
        "--url",
        "https://x.example/8k",
    )
    done = tracker("filing", "add", str(file), *options)
    assert "1 matter voted on at the meeting of 12 May 2026." in done.out, done.err
    again = tracker("filing", "add", str(file), *options)
    assert again.out == done.out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--form": "10-K"}, "forms that are read are"),
        ({"--company": "Nobody & Sons"}, "no company is called 'Nobody & Sons'"),
        ({"--url": "here"}, "is no address"),
    ],
)
def test_a_filing_that_cannot_be_placed_is_refused_in_a_line(archive, tracker, tmp_path, change, said):
    file = tmp_path / "8k.htm"
    file.write_text(RESULTS, encoding="utf-8")
    options = {"--form": "8-K", "--company": "larkspur", "--filed": "2026-05-16", "--url": "https://x.example/8k"}
    given = [part for option in (options | change).items() for part in option]
    assert said in tracker("filing", "add", str(file), *given).error


def test_a_number_that_is_no_filings_is_refused(archive, tracker):
    assert "document 999 is no filing" in tracker("filing", "read", "999").error
