"""A reader whose reading changes gets a new version, so that what it read before is read again."""

import hashlib

from tests.filings.proxy_passage_sets import ALL_PASSAGES
from tracker.filings.proxy_statement.statement import read_proxy_statement
from tracker.workflows.filed.readers import reader_named

# A digest of what each version reads of the passages kept here. Where the passages alone changed, replace the last one;
# where the reading did, raise the version in tracker/workflows/filed/readers.py and write its digest beside it.
READ = {"3": "d0cfb340c1fca09e"}


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
