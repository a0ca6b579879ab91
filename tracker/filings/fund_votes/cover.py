"""The primary document of a Form N-PX: who files, for which period, which series and managers its votes are of.

Postal addresses and telephone numbers stand in it too and are not read.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from lxml import etree

from tracker.domain.errors import ParseError
from tracker.domain.text import one_line
from tracker.filings.fund_votes.xml_parts import XmlPart, safe_parser, xml_parts

COVER = "edgarSubmission"
_FORM = "N-PX"
_LARGEST = 32 * 2**20
_RECORD = "PROXY VOTING RECORD"


@dataclass(frozen=True, slots=True)
class Cover:
    """Who files. `series` and `managers` name what the vote table refers to by identifier and serial number."""

    form: str
    filer: str
    cik: int | None
    period: date | None
    report_type: str
    series: Mapping[str, str]
    managers: Mapping[str, str]

    @property
    def only_series(self) -> tuple[str, ...]:
        """The one series all votes are of; empty when there are several, or none is named."""
        return tuple(self.series) if len(self.series) == 1 else ()


def cover_of(pieces: Iterable[bytes]) -> Cover:
    """Return what a primary document says; raises ParseError when the file is none."""
    for part in xml_parts(pieces):
        if part.root == COVER:
            return read_cover(part)[0]
    raise ParseError("reading the primary document of an N-PX: the file has no <edgarSubmission>")


def read_cover(part: XmlPart) -> tuple[Cover, list[bytes]]:
    """Return what a primary document says, and the vote tables enclosed in it (as filers send them to EDGAR).

    Raises ParseError for a damaged document, one beyond 32 MiB, and for another form than N-PX.
    """
    root = _tree(part)
    form = _text(root, "headerData", "submissionType")
    if not form.upper().startswith(_FORM):
        raise ParseError(f"reading the primary document: it is of form {form!r}, not of N-PX")
    cik = _text(root, "headerData", "filerInfo", "filer", "issuerCredentials", "cik")
    cover = Cover(
        form=form,
        filer=_text(root, "formData", "coverPage", "reportingPerson", "name"),
        cik=int(cik) if cik.isascii() and cik.isdigit() and len(cik) <= 10 else None,
        period=_day(_text(root, "headerData", "filerInfo", "periodOfReport")),
        report_type=_text(root, "formData", "coverPage", "reportInfo", "reportType"),
        series=_named(root, "seriesReports", "idOfSeries", "nameOfSeries"),
        managers=_named(root, "investmentManagers", "serialNo", "name"),
    )
    return cover, [_content(document) for document in root.iter("{*}document") if _text(document, _TYPE) == _RECORD]


_TYPE, _CONTENT = "conformedDocumentType", "contents"


def _tree(part: XmlPart) -> Any:
    parser = safe_parser("end", f"{{{part.namespace}}}{part.root}" if part.namespace else part.root)
    read = 0
    try:
        for piece in part.pieces:
            read += len(piece)
            if read > _LARGEST:
                raise ParseError(f"reading the primary document: it has more than {_LARGEST // 2**20} MiB")
            parser.feed(piece)
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise ParseError(
            f"reading the primary document: the XML is damaged or ends too early ({error.msg}); fetch it again"
        ) from error


def _content(document: Any) -> bytes:
    try:
        return base64.b64decode(_text(document, _CONTENT), validate=False)
    except binascii.Error as error:
        raise ParseError(f"reading the vote table within the primary document: {error}; fetch it again") from error


def _text(element: Any, *names: str) -> str:
    found = element.find("/".join(f"{{*}}{name}" for name in names))
    return "" if found is None else one_line(found.text or "")


def _named(root: Any, entry: str, key: str, name: str) -> Mapping[str, str]:
    rows = ((_text(row, key), _text(row, name)) for row in root.iter(f"{{*}}{entry}"))
    return MappingProxyType({number: called for number, called in rows if number})


def _day(text: str) -> date | None:
    """Return the day of "MM/DD/YYYY"."""
    month, _, rest = text.partition("/")
    day, _, year = rest.partition("/")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
