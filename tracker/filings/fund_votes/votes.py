"""How a fund voted, from the vote table of a Form N-PX. Source: EDGAR Form N-PX XML Technical Specification,
https://www.sec.gov/submit-filings/technical-specifications

A table may have hundreds of megabytes: its rows are read one by one and let go. Several records for one matter (a split
vote) stay apart. What `managementRecommendation` means is said in `tracker.domain.management`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from tracker.domain.errors import ParseError
from tracker.domain.management import advised, contradict, voted_with_management
from tracker.domain.text import one_line
from tracker.domain.vocab import FundDecision, Recommendation
from tracker.filings.fund_votes.cover import COVER, Cover, read_cover
from tracker.filings.fund_votes.securities import checked_cusip, checked_figi, checked_isin
from tracker.filings.fund_votes.xml_parts import XmlPart, safe_parser, xml_parts

TABLE = "http://www.sec.gov/edgar/document/npxproxy/informationtable"
_LARGEST_ROW = 16 * 2**20
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,8})?")
_AMERICAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_IMPLAUSIBLE = Decimal(10) ** 11  # shares; no company has many more, and no fund votes them all
_DECISIONS = {
    "FOR": FundDecision.FOR,
    "AGAINST": FundDecision.AGAINST,
    "ABSTAIN": FundDecision.ABSTAIN,
    "WITHHOLD": FundDecision.WITHHOLD,
    "WITHHELD": FundDecision.WITHHOLD,
    "TAKENOACTION": FundDecision.NOT_VOTED,
    "TNA": FundDecision.NOT_VOTED,
    "DIDNOTVOTE": FundDecision.NOT_VOTED,
    "DNV": FundDecision.NOT_VOTED,
    "NOTVOTED": FundDecision.NOT_VOTED,
    "DONOTVOTE": FundDecision.NOT_VOTED,
    "NOVOTE": FundDecision.NOT_VOTED,
    "NOACTION": FundDecision.NOT_VOTED,
    "UNVOTED": FundDecision.NOT_VOTED,
    "NONE": FundDecision.NOT_VOTED,
}
_YEARS = {"1YEAR": 1, "ONEYEAR": 1, "1": 1, "1.0": 1, "2YEARS": 2, "TWOYEARS": 2, "2": 2, "2.0": 2}
_YEARS |= {"2YEAR": 2, "3YEARS": 3, "3YEAR": 3, "THREEYEARS": 3, "3": 3, "3.0": 3, "1YEARS": 1}
_SOURCES = {"ISSUER": "issuer", "SECURITY HOLDER": "security_holder"}


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """Shares cast one way on one matter.

    `decision` is None for a choice of years (then `years` has it) and for words the form does not know; `how_voted` has
    the filer's words. `with_management` is None where management advised nothing or the filing contradicts itself.
    """

    how_voted: str
    decision: FundDecision | None
    years: int | None
    shares: Decimal | None
    management_as_filed: str
    with_management: bool | None

    @property
    def filed_with_management(self) -> bool | None:
        """What the filing says of it, be it in doubt or not."""
        return voted_with_management(self.management_as_filed)


@dataclass(frozen=True, slots=True)
class ReportedVote:
    """One row of the table: a matter at a meeting, and how one fund or manager voted its shares on it.

    `place` is the row's XPath, for evidence. Shares may have fractions; shares on loan were not voted and are counted
    apart. None means: not filed, or not certain, and then `warnings` say why. `managers` are serial numbers and
    `series` identifiers, which the `cover` names where it is known.
    """

    place: str
    issuer: str
    cusip: str | None
    isin: str | None
    figi: str | None
    meeting_date: date | None
    description: str
    other_description: str
    categories: tuple[str, ...]
    proposed_by: str | None
    shares_voted: Decimal | None
    shares_on_loan: Decimal | None
    records: tuple[VoteRecord, ...]
    managers: tuple[str, ...]
    series: tuple[str, ...]
    other_information: str
    warnings: tuple[str, ...] = ()
    cover: Cover | None = None

    @property
    def management_advised(self) -> Recommendation | None:
        """What management advised, where the votes on the matter tell it."""
        return advised((record.decision, record.with_management) for record in self.records)


def fund_votes(pieces: Iterable[bytes], cover: Cover | None = None) -> Iterator[ReportedVote]:
    """Yield the votes of a vote table, or of a full submission that holds one; `cover` is its primary document.

    Raises ParseError for another form, a document that is damaged or ends too early (what came before was yielded), a
    DTD, and a submission without a vote table. A primary document alone yields none.
    """
    known = False
    for part in xml_parts(pieces):
        if part.root == COVER:
            cover, tables = read_cover(part)
            known = True
            for table in tables:
                yield from fund_votes([table], cover)
        elif part.root == "proxyVoteTable" and part.namespace in {TABLE, ""}:
            known = True
            yield from _rows(part, cover)
        elif not known:
            raise ParseError(
                f"reading the votes: the XML begins with <{part.root}>; a Form N-PX has a <proxyVoteTable> or, as its "
                "primary document, an <edgarSubmission>"
            )
    if not known:
        raise ParseError("reading the votes: the submission holds no vote table as XML, as N-PX filings do since 2024")


def _rows(part: XmlPart, cover: Cover | None) -> Iterator[ReportedVote]:
    """Yield the rows of a table, keeping none."""
    row_tag = f"{{{part.namespace}}}proxyTable" if part.namespace else "proxyTable"
    parser = safe_parser("end", row_tag)
    number, fed = 0, 0
    try:
        for piece in part.pieces:
            parser.feed(piece)
            fed += len(piece)
            table: Any = None
            for _, row in parser.read_events():
                table = row.getparent()
                if table is None or table.getparent() is not None:
                    raise ParseError(f"reading the votes: after {number:,} rows one stands within another element")
                number += 1
                yield _vote(row, number, cover)
                fed = 0
            if table is not None:
                del table[: table.index(row) + 1]
            if fed > _LARGEST_ROW:
                raise ParseError(
                    f"reading the votes: after {number:,} rows one of more than {_LARGEST_ROW // 2**20} MiB follows; "
                    "the file is no vote table, or damaged"
                )
        parser.close()
    except etree.XMLSyntaxError as error:
        raise ParseError(
            f"reading the votes: after {number:,} rows the XML is damaged or ends too early ({error.msg}); fetch it "
            "again"
        ) from error


def _vote(row: Any, number: int, cover: Cover | None) -> ReportedVote:
    filed: dict[str, str] = {}
    parts: dict[str, Any] = {}
    warnings: list[str] = []
    series = []
    for child in row:
        name = child.tag.rpartition("}")[2]
        if name == "voteSeries":
            series.append(one_line(child.text or ""))
        elif len(child):
            parts[name] = child
        else:
            filed[name] = one_line(child.text or "")
    source = filed.get("voteSource", "")
    vote = ReportedVote(
        place=f"/proxyVoteTable/proxyTable[{number}]",
        issuer=filed.get("issuerName", ""),
        cusip=checked_cusip(filed.get("cusip", ""), warnings),
        isin=checked_isin(filed.get("isin", ""), warnings),
        figi=checked_figi(filed.get("figi", ""), warnings),
        meeting_date=_day(filed.get("meetingDate", ""), warnings),
        description=filed.get("voteDescription", ""),
        other_description=filed.get("otherVoteDescription", ""),
        categories=_texts(parts.get("voteCategories"), "categoryType"),
        proposed_by=_SOURCES.get(source.upper()),
        shares_voted=_shares(filed.get("sharesVoted", ""), "shares voted", warnings),
        shares_on_loan=_shares(filed.get("sharesOnLoan", ""), "shares on loan", warnings),
        records=tuple(_records(parts.get("vote"), warnings)),
        managers=_texts(parts.get("voteManager"), "otherManager"),
        series=tuple(filter(None, series)) or (cover.only_series if cover else ()),
        other_information=filed.get("voteOtherInfo", ""),
        cover=cover,
    )
    if source and vote.proposed_by is None:
        warnings.append(f"who proposed the matter is not known: it says {source!r}")
    return replace(_judged(vote, warnings), warnings=tuple(warnings))


def _records(votes: Any, warnings: list[str]) -> Iterator[VoteRecord]:
    for record in () if votes is None else votes:
        filed = {child.tag.rpartition("}")[2]: one_line(child.text or "") for child in record}
        how, flag = filed.get("howVoted", ""), filed.get("managementRecommendation", "")
        plain = re.sub(r"[\s_-]+", "", how.upper())
        decision, years = _DECISIONS.get(plain), _YEARS.get(plain)
        if decision is None and years is None:
            warnings.append(f"how it voted is not known: it says {how!r}")
        with_management = voted_with_management(flag)
        if with_management is None and flag.upper() not in {"", "NONE", "N/A"}:
            warnings.append(f"whether it voted with management is not known: it says {flag!r}")
        shares = _shares(filed.get("sharesVoted", ""), "shares", warnings)
        yield VoteRecord(how, decision, years, shares, flag, with_management)


def _judged(vote: ReportedVote, warnings: list[str]) -> ReportedVote:
    """Return the vote without what contradicts itself; say what does not add up."""
    told = [(record.decision, record.with_management) for record in vote.records]
    doubt = ""
    if contradict(told):
        doubt = "its votes cannot all stand as filed to what management advised"
    elif vote.proposed_by == "issuer" and advised(told) is Recommendation.AGAINST:
        doubt = "as filed, management advised against the issuer's own proposal"
    if doubt:
        warnings.append(f"{doubt}: with or against management is left open")
        vote = replace(vote, records=tuple(replace(record, with_management=None) for record in vote.records))
    counted = [record.shares for record in vote.records]
    total = sum((shares for shares in counted if shares is not None), Decimal())
    if vote.shares_voted is not None and counted and None not in counted and total != vote.shares_voted:
        warnings.append(f"its votes add up to {total:,} shares, not to the {vote.shares_voted:,} said to be voted")
    return vote


def _texts(parent: Any, name: str) -> tuple[str, ...]:
    """Return the texts of the elements of a name within another, in their order, each once."""
    found = () if parent is None else parent.iter(f"{{*}}{name}")
    return tuple(dict.fromkeys(text for element in found if (text := one_line(element.text or ""))))


def _shares(text: str, what: str, warnings: list[str]) -> Decimal | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        warnings.append(f"{what}: {text[:40]!r} is no count")
        return None
    shares = Decimal(text)
    if shares > _IMPLAUSIBLE:
        warnings.append(f"{what}: {shares:,} is more than any fund holds of one company; a decimal error is likely")
    return shares


def _day(text: str, warnings: list[str]) -> date | None:
    """Return the day of "MM/DD/YYYY", which is how the SEC writes it."""
    found = _AMERICAN_DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else date.fromisoformat(text)
    except ValueError:
        warnings.append(f"the day of the meeting cannot be read: {text[:40]!r}")
        return None
