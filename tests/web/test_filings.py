"""What was read in a filing stands on its page, value by value; on a resolution's page it meets what others said."""

import pytest

from tests import factories, runtimes
from tests.factories import filings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.read_filing import read_filings

RESULTS = """<html><body><p>FORM 8-K</p><h2>Item 5.07 Submission of Matters to a Vote of Security Holders</h2>
<p>The annual meeting was held on May 12, 2026.</p><p>Item 4. Shareholder proposal on facial recognition</p>
<table><tr><th>For</th><th>Against</th><th>Abstain</th></tr><tr><td>1,200</td><td>3,400</td><td>56</td></tr></table>
</body></html>"""


@pytest.fixture
def site(sqlite_database, tmp_path):
    with runtimes.opened(sqlite_database, tmp_path) as runtime:
        with writing(runtime.engine) as session:
            company = filings.known_company(
                session, factories.organization(session, "larkspur", name="Larkspur Optics")
            )
            meeting = factories.meeting(session, "larkspur-2026", company=company, held="2026-05-12")
            asked = factories.resolution(session, "larkspur-2026-faces", company=company, season=2026, title="Faces")
            item = factories.ballot_item(session, meeting, asked, number="4")
            factories.count(session, item, 1_201, 3_400, reported="2026-05-15")
            factories.claim(session, item, 2610, decimals=2, by="The Ledger")
            factories.claim(session, item, 3000, decimals=1, by="The Bugle")
            filings.filing(session, "8-K", RESULTS)
            filings.filing(session, "8-K", RESULTS, name="other.htm", cik=4242)
        read_filings(runtime)
        yield create_app(runtime).test_client()


def test_a_filing_shows_what_was_read_in_it_and_where(site):
    text = site.get("/documents/1").text
    assert "What was read in it" in text
    assert "1 matter voted on at the meeting of 12 May 2026. 1 figure found other than people gave" in text
    assert "3,400" in text
    assert "“1,200 3,400 56”" in text
    assert "The record says 1,201, which a person gave" in text


def test_a_filing_about_nobody_we_know_says_so(site):
    text = site.get("/documents/2").text
    assert "It is not known which company it is about." in text
    assert "not placed" in text


def test_a_published_percentage_stands_beside_the_counts(site):
    text = site.get("/resolutions/larkspur-2026-faces").text
    assert "The counts give the same: 26.1 %, for / (for + against)." in text
    assert "points more than the counts give" in text


def test_a_reading_that_differs_from_the_record_is_seen_as_a_disagreement(site):
    text = site.get("/resolutions/larkspur-2026-faces").text
    assert "1,200" in text
    assert "not used" in text


def test_every_filing_is_listed_with_what_came_of_it(site):
    text = site.get("/filings").text
    assert "1 matter voted on at the meeting of 12 May 2026." in text
    assert "It is not known which company it is about." in text
    assert 'Found other than people gave <span class="count">1</span>' in text
    only = site.get("/filings?outcome=unplaced").text
    assert "1 matter voted on" not in only
    assert "It is not known which company" in only


def test_the_list_is_given_as_json_and_csv_under_the_same_filter(site):
    assert [row["outcome"] for row in site.get("/filings.json").get_json()] == ["unplaced", "written"]
    assert [row["outcome"] for row in site.get("/filings.json?outcome=written").get_json()] == ["written"]
    lines = site.get("/filings.csv?outcome=written").text.splitlines()
    assert lines[0].startswith("document,form,title")
    assert len(lines) == 2


def test_what_a_filing_says_otherwise_waits_to_be_looked_at(site):
    text = site.get("/filings/differences").text
    assert "Votes for" in text
    assert "The record says 1,201, which a person gave" in text
    [row] = site.get("/filings/differences.json").get_json()
    assert (row["object"], row["field"], row["found"]) == ("larkspur-2026-faces", "Votes for", "1,200")
    assert "larkspur-2026-faces" in site.get("/filings/differences.csv").text


@pytest.mark.parametrize("path", ["/filings?after=x", "/filings?outcome=lost", "/filings/differences?after=0"])
def test_an_address_that_means_nothing_is_refused_in_words(site, path):
    assert site.get(path).status_code == 422
