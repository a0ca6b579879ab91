"""A reader whose reading changes gets a new version, so that what it read before is read again."""

import hashlib

from tests.filings.proxy_passage_sets import ALL_PASSAGES
from tests.filings.reported import answered, reports
from tracker.filings.proxy_statement.statement import read_proxy_statement
from tracker.filings.voting_results.results import read_voting_results
from tracker.workflows.filed.readers import reader_named

# A digest of what each version reads of the passages kept here. Where the passages alone changed, replace the last one;
# where the reading did, raise the version in tracker/workflows/filed/readers.py and write its digest beside it.
READ = {"3": "d0cfb340c1fca09e"}
# The same of every tenth report of votes; a report added moves them, and the last digest is replaced.
VOTES_READ = {"3": "f3c0070f025b3e35"}


def test_the_reader_of_proxy_statements_has_a_new_version_when_it_reads_otherwise():
    digest = hashlib.sha256()
    for passage in ALL_PASSAGES:
        found = read_proxy_statement(passage.body.encode())
        for one in found.proposals:
            fields = (one.item, one.title, one.proponents, one.representative, one.resolved)
            digest.update(
                repr((*fields, one.supporting_statement, one.board_recommendation, one.board_statement)).encode()
            )
        digest.update(repr((found.meeting_date, found.record_date)).encode())
    assert READ.get(reader_named("proxy statement").version) == digest.hexdigest()[:16]


def test_the_reader_of_voting_results_has_a_new_version_when_it_reads_otherwise():
    digest = hashlib.sha256()
    for report in list(reports().values())[::10]:
        results = read_voting_results(report.body)
        digest.update(repr(results.meeting_date).encode())
        for matter in results.matters:
            digest.update(repr((matter.title, answered(matter))).encode())
    assert VOTES_READ.get(reader_named("voting results").version) == digest.hexdigest()[:16]
