"""Invented N-PX filings: votes, and the many ways in which their XML may be written and wrapped."""

import gzip
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from hypothesis import strategies as st

TABLE = "http://www.sec.gov/edgar/document/npxproxy/informationtable"
COVER = "http://www.sec.gov/edgar/npx"
# Identifiers of nobody, with right check digits.
SECURITIES = (("ZZ0000005", "LU0000000009"), ("ZZ0000005", None), (None, "LU0000000009"), (None, None))
HOW = {"FOR": "for", "AGAINST": "against", "ABSTAIN": "abstain", "WITHHOLD": "withhold", "TAKE NO ACTION": "not_voted"}
YEARS = {"1 YEAR": 1, "ONE YEAR": 1, "2 YEARS": 2, "THREE YEARS": 3, "3.0": 3}
ENVELOPES = ("plain", "declared", "submission", "old submission")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "ascii")
NAMES = st.text(
    st.characters(codec="iso-8859-1", exclude_categories=["Cc", "Zs", "Cf"]), min_size=1, max_size=12
).filter(lambda text: text == " ".join(text.split()))


@dataclass(frozen=True)
class Vote:
    """One row as it is meant."""

    issuer: str
    cusip: str | None
    isin: str | None
    day: date
    description: str
    categories: tuple[str, ...]
    source: str
    records: tuple[tuple[str, Decimal, str], ...]
    on_loan: Decimal
    series: tuple[str, ...]
    managers: tuple[str, ...]


@st.composite
def votes(draw):
    cusip, isin = draw(st.sampled_from(SECURITIES))
    shares = st.decimals(0, 10**9, places=draw(st.sampled_from([0, 2, 6])), allow_nan=False, allow_infinity=False)
    flags = st.sampled_from(["FOR", "AGAINST", "NONE"])
    how = st.sampled_from([*HOW, *YEARS])
    return Vote(
        draw(NAMES),
        cusip,
        isin,
        draw(st.dates(date(2003, 7, 1), date(2030, 6, 30))),
        draw(NAMES),
        tuple(
            draw(st.lists(st.sampled_from(["DIRECTOR ELECTIONS", "OTHER", "AUDIT-RELATED"]), max_size=2, unique=True))
        ),
        draw(st.sampled_from(["ISSUER", "SECURITY HOLDER"])),
        tuple(draw(st.lists(st.tuples(how, shares, flags), min_size=1, max_size=3))),
        draw(shares),
        tuple(draw(st.lists(st.sampled_from(["S000000001", "S000000002"]), max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(["1", "2"]), max_size=2, unique=True))),
    )


@st.composite
def filings(draw):
    """Rows and a file that holds them."""
    rows = draw(st.lists(votes(), max_size=4))
    prefix, space = (
        draw(st.sampled_from(["", "inf:", "ns1:", "n-px:"])),
        draw(st.sampled_from(["", "\n  ", " <!-- x --> "])),
    )
    envelope = draw(st.sampled_from(ENVELOPES))
    encoding = draw(st.sampled_from(ENCODINGS)) if envelope == "declared" else "utf-8"
    body = file_of(rows, prefix=prefix, space=space, envelope=envelope, encoding=encoding)
    return rows, gzip.compress(body) if draw(st.booleans()) else body


def file_of(rows, *, prefix="inf:", space="\n  ", envelope="plain", encoding="utf-8"):
    """A vote table as a file."""
    table = table_of(rows, prefix, space)
    if envelope == "plain":
        return table.encode()
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n{table}'
    if envelope == "declared":
        return declared.encode(encoding, "xmlcharrefreplace")
    first = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n" if envelope == "old submission" else ""
    parts = [("N-PX", cover_of()), ("PROXY VOTING RECORD", declared), ("GRAPHIC", "begin 644 x.jpg\nM<>&<XML\nend")]
    documents = "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>x.xml\n<TEXT>\n"
        + (f"<XML>\n{text}\n</XML>\n" if kind != "GRAPHIC" else f"{text}\n")
        + "</TEXT>\n</DOCUMENT>\n"
        for number, (kind, text) in enumerate(parts, 1)
    )
    header = "<SEC-DOCUMENT>x.txt : 20240830\n<SEC-HEADER>FILED AS OF DATE: 20240830\n</SEC-HEADER>\n"
    return f"{first}{header}{documents}</SEC-DOCUMENT>\n".encode()


def cover_of(form="N-PX", series=("S000000001", "S000000002")):
    """A primary document, with an address that nobody may keep."""
    named = "".join(
        f"<seriesReports><idOfSeries>{key}</idOfSeries><nameOfSeries>Fund {key}</nameOfSeries></seriesReports>"
        for key in series
    )
    return (
        f'<edgarSubmission xmlns="{COVER}" xmlns:com="http://www.sec.gov/edgar/common"><headerData>'
        f"<submissionType>{form}</submissionType>"
        "<filerInfo><filer><issuerCredentials><cik>0000000007</cik></issuerCredentials></filer>"
        "<periodOfReport>06/30/2024</periodOfReport></filerInfo></headerData><formData><coverPage><reportingPerson>"
        "<name>Invented Trust</name><phoneNumber>555-010-0100</phoneNumber><address>"
        "<com:street1>12 Invented Lane</com:street1>"
        "<com:city>Nowhere Falls</com:city></address></reportingPerson>"
        "<reportInfo><reportType>FUND VOTING REPORT</reportType>"
        "</reportInfo></coverPage><summaryPage><otherManagers2><investmentManagers><serialNo>1</serialNo>"
        "<name>Example Management</name></investmentManagers></otherManagers2></summaryPage><seriesPage><seriesDetails>"
        f"{named}</seriesDetails></seriesPage></formData></edgarSubmission>"
    )


def table_of(rows, prefix="inf:", space="\n  "):
    def tag(name, *inside):
        return f"<{prefix}{name}>{space}{space.join(inside)}{space}</{prefix}{name}>"

    def leaf(name, text):
        return f"<{prefix}{name}>{escape(str(text))}</{prefix}{name}>"

    def row(vote):
        return tag(
            "proxyTable",
            leaf("issuerName", vote.issuer),
            *([leaf("cusip", vote.cusip)] if vote.cusip else []),
            *([leaf("isin", vote.isin)] if vote.isin else []),
            leaf("meetingDate", f"{vote.day:%m/%d/%Y}"),
            leaf("voteDescription", vote.description),
            tag("voteCategories", *(tag("voteCategory", leaf("categoryType", name)) for name in vote.categories)),
            leaf("voteSource", vote.source),
            leaf("sharesVoted", sum(shares for _, shares, _ in vote.records)),
            leaf("sharesOnLoan", vote.on_loan),
            tag(
                "vote",
                *(
                    tag(
                        "voteRecord",
                        leaf("howVoted", how),
                        leaf("sharesVoted", shares),
                        leaf("managementRecommendation", flag),
                    )
                    for how, shares, flag in vote.records
                ),
            ),
            tag("voteManager", *(tag("otherManagers", leaf("otherManager", number)) for number in vote.managers)),
            *(leaf("voteSeries", series) for series in vote.series),
        )

    name = f":{prefix[:-1]}" if prefix else ""
    inside = space.join(map(row, rows))
    return f'<{prefix}proxyVoteTable xmlns{name}="{TABLE}">{space}{inside}{space}</{prefix}proxyVoteTable>'
