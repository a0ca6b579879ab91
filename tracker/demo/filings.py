"""The fictional company's filings, as EDGAR would list and serve them: columns of equal length and HTML documents."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.demo.articles import HERE, read_json
from tracker.demo.moving_days import resolve, resolved_text

CIK = 9999991
COMPANY = "Larkmere Vision Systems, Inc. (fictional)"
LIST_PATH = f"/submissions/CIK{CIK:010d}.json"


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing; `page` is the file with its text, empty where nobody follows the form. `edition`: see Article."""

    form: str
    accession: str
    filed: str
    reported: str
    items: str
    document: str
    description: str
    page: str = ""
    edition: int = 1

    @property
    def path(self) -> str:
        """Where EDGAR keeps the document."""
        return f"/Archives/edgar/data/{CIK}/{self.accession.replace('-', '')}/{self.document}"

    def html(self, today: date) -> bytes:
        """Return the document as filed."""
        if not self.page:
            said = f"<p>{self.form} of {COMPANY}. Invented for the Whereas demonstration.</p>"
            return f"<!doctype html><title>{self.form}</title>{said}".encode()
        return resolved_text((HERE / "larkmere" / self.page).read_text(encoding="utf-8"), today).encode()


def filings(today: date) -> list[Filing]:
    """Return all filings of all editions, newest first."""
    rows = [Filing(**resolve(row, today)) for row in read_json("larkmere/filings.json")]
    return sorted(rows, key=lambda filing: filing.filed, reverse=True)


def listing(filed: Sequence[Filing]) -> bytes:
    """Return the company's list of filings in the form of EDGAR's submissions API."""
    recent = {
        "accessionNumber": [filing.accession for filing in filed],
        "filingDate": [filing.filed for filing in filed],
        "reportDate": [filing.reported for filing in filed],
        "form": [filing.form for filing in filed],
        "items": [filing.items for filing in filed],
        "primaryDocument": [filing.document for filing in filed],
        "primaryDocDescription": [filing.description for filing in filed],
    }
    said = {
        "cik": f"{CIK:010d}",
        "entityType": "operating",
        "name": COMPANY,
        "tickers": [],
        "exchanges": [],
        "filings": {"recent": recent, "files": []},
    }
    return json.dumps(said).encode()
