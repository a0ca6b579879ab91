"""Invented proxy statements: meetings, shareholder proposals, the words of companies and proponents, all made up here.

A statement is drawn (`statements()`), put into words in one of many ways (`Wording`), and becomes a list of pieces that
tests/filings/rendered_proxies.py writes as HTML, text and PDF in the ways of filing agents.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hypothesis import strategies as st

Recommendation = Literal["for", "against", "none"]


@dataclass(frozen=True)
class Proposal:
    topic: str
    proponents: tuple[str, ...]
    representative: str | None
    before: tuple[str, ...]  # what the proponent says before the request
    request: str
    items: tuple[str, ...]  # a list that belongs to the request
    after_request: tuple[str, ...]  # sentences that still belong to it
    argument: tuple[str, ...]
    board: tuple[str, ...]
    recommendation: Recommendation


@dataclass(frozen=True)
class Statement:
    company: str
    short: str
    meeting: date
    record: date
    management: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    deadline: date
    window: tuple[date, date]


COMPANIES = (
    ("Halvorsen Freight Corporation", "Halvorsen"),
    ("Brightwater Mills, Inc.", "Brightwater"),
    ("Orrin & Tate Company", "Orrin Tate"),
    ("Calder Peak Energy plc", "Calder Peak"),
)
PEOPLE = ("Marta Quellin", "Tobias R. Ferncastle", "Ingrid Osei", "J. Peter Wexcombe", "Anselm van der Hoek")
BODIES = (
    "Linden Grove Foundation",
    "Sisters of Saint Corbinian",
    "Harrow & Pike Asset Management, LLC",
    "Ostrow Valley Teamsters Pension Fund",
    "City of Eastmere Employees’ Retirement System",
    "Northfield Public Policy Center",
    "Abbey Lane Investments, Inc.",
    "Presbyterian Endowment of Dunmore",
    "Meridian Street Trust",
)
AGENTS = ("Plumtree Advocates", "Carrow Stewardship Partners", "Delia Munk")
ADDRESSES = (
    "41 Alder Street, Suite 300, Northfield, MN 55057",
    "P.O. Box 88, Dunmore, Pennsylvania 18512",
    "2200 K Street, N.W., Washington, D.C. 20037",
    "9 Quarry Lane, No. 14, Eastmere, CA 90278",
)
TOPICS = (
    "Annual Report on Lobbying Payments",
    "Independent Board Chair",
    "Third-Party Audit of Warehouse Safety",
    "Policy on Recoupment of Executive Pay",
    "Assessment of Water Risk in the Supply Chain",
    "Right to Act by Written Consent",
    "Disclosure of Facial Recognition Sales",
    "Report on Plastics & Packaging",
)
REQUESTS = (
    (
        "shareholders request that the Board of Directors publish a report, at reasonable cost and"
        " omitting proprietary information, on {topic}"
    ),
    (
        "stockholders of {company} urge the Board to adopt a policy on {topic} and to amend the governing"
        " documents as necessary"
    ),
    "shareholders ask the Company to disclose, within one year of the annual meeting, how it deals with {topic}",
    "the shareholders hereby request that {short} take the steps needed to give effect to {topic}",
)
REQUEST_TAILS = (
    "The report should be posted on the Company’s website by the end of the year.",
    "This policy should be phased in so as not to violate any existing contract.",
    "The report should be updated annually and omit confidential information.",
    "This proposal does not ask for information about pending litigation.",
)
LIST = (
    "the policies and procedures that govern such decisions;",
    "the amounts paid in each of the last three years; and",
    "the names of the officers who take part in them.",
)
ARGUMENTS = (
    (
        "Our company has grown quickly, and its customers expect more than it tells them today. A short"
        " account would cost little."
    ),
    "In 2021 three regulators fined companies of the same trade a total of $14.5 million, and the sums are growing.",
    "Peers such as the Amberley Group and Vost Industries already publish what is asked for here.",
    "Without these facts investors cannot tell whether the risk is managed well, badly, or at all.",
    "A survey of 1,200 employees in 2022 found that two in five had doubts about the present rules.",
    "Long-term owners have an interest in knowing how decisions of this weight are made.",
)
WHEREAS = (
    "The use of new tools has raised concern among customers, lawmakers and employees in many states.",
    "Public agencies paid more than $30 million for such services last year, according to press reports;",
    "Experts warn that the practice may harm the trust on which our company’s business rests;",
)
REASONS = (
    (
        "The Company already reports on this subject every year, and the report that is asked for would"
        " repeat what is known."
    ),
    (
        "Our Governance Committee, which consists of independent directors only, oversees these matters"
        " and receives reports each quarter."
    ),
    "The cost of the requested work would be high, and its benefit to the owners of the Company is uncertain.",
    "We have spoken with holders of more than half of our stock since last spring, and few of them raised the subject.",
    "Our policies were revised in 2022 and are published on our website.",
)
MANAGEMENT = (
    "Election of Directors",
    "Ratification of the Appointment of the Auditor",
    "Advisory Vote on Executive Compensation",
)


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    topic = draw(st.sampled_from(TOPICS))
    names = draw(
        st.one_of(
            st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
            st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True),
            st.just([]),
        )
    )
    company = draw(st.shared(st.sampled_from(COMPANIES), key="company"))
    request = draw(st.sampled_from(REQUESTS)).format(topic=topic.lower(), company=company[0], short=company[1])
    items = LIST if draw(st.integers(0, 2)) == 0 else ()
    return Proposal(
        topic,
        tuple(names),
        draw(st.sampled_from(AGENTS)) if names and draw(st.integers(0, 3)) == 0 else None,
        tuple(draw(st.lists(st.sampled_from(WHEREAS), max_size=3, unique=True))),
        f"{request}, including:" if items else f"{request}.",
        items,
        tuple(draw(st.lists(st.sampled_from(REQUEST_TAILS), max_size=1))),
        tuple(draw(st.lists(st.sampled_from(ARGUMENTS), min_size=1, max_size=5, unique=True))),
        tuple(draw(st.lists(st.sampled_from(REASONS), min_size=1, max_size=4, unique=True))),
        draw(st.sampled_from(("against", "against", "against", "for", "none"))),
    )


@st.composite
def statements(draw: st.DrawFn, *, fewest: int = 1, most: int = 3) -> Statement:
    company, short = draw(st.shared(st.sampled_from(COMPANIES), key="company"))
    meeting = draw(st.dates(date(1996, 3, 1), date(2030, 11, 30)))
    found = draw(st.lists(proposals(), min_size=fewest, max_size=most, unique_by=lambda one: one.topic))
    deadline = meeting + timedelta(days=draw(st.integers(200, 240)))
    opens = meeting + timedelta(days=draw(st.integers(245, 260)))
    return Statement(
        company,
        short,
        meeting,
        meeting - timedelta(days=draw(st.integers(30, 60))),
        MANAGEMENT[: draw(st.integers(1, 3))],
        tuple(found),
        deadline,
        (opens, opens + timedelta(days=30)),
    )
