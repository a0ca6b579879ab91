"""Whole reports typed after how companies of many sorts report their votes are read exactly."""

import pytest

from tests.filings.reported import answered, reports
from tracker.filings.voting_results.results import read_voting_results

REPORTS = reports()


@pytest.mark.parametrize("name", REPORTS)
def test_every_matter_of_a_whole_report_is_read_exactly(name):
    report = REPORTS[name]
    results = read_voting_results(report.body)
    assert [answered(matter) for matter in results.matters] == report.expected()
    assert (results.meeting_date.isoformat() if results.meeting_date else None) == report.day
