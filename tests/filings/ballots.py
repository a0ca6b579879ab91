"""Meetings that never were: what was voted on and how often, for renderings to print and readers to read back."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

FIRST = [
    "Amara",
    "Boyd",
    "Celeste",
    "Dmitri",
    "Elspeth",
    "Farouk",
    "Greta",
    "Hollis",
    "Ingrid",
    "Joaquin",
    "Katsumi",
    "Leopold",
    "Mireille",
    "Nadia",
    "Oskar",
]
LAST = [
    "Ashdown",
    "Brightwater",
    "Castellane",
    "Dunmore",
    "O’Farrow",
    "Glenhaven",
    "Hartsough",
    "Iverleigh",
    "Juneau-Pell",
    "Kestrel",
    "Lindqvist",
]
MIDDLE = ["", "", "J. ", "R. ", "van ", "de la ", "“Skip” "]
SUFFIX = ["", "", "", ", Jr.", " III", ", Ph.D.", ", M.D."]
BEFORE = ["", "", "", "Dr. ", "Hon. "]

AUDITOR = [
    "Ratification of the appointment of Alder & Moss LLP as independent registered public accounting firm",
    "Ratify the selection of Alder & Moss, P.C. as independent auditors for fiscal 2031",
    "Ratification of Independent Registered Public Accounting Firm",
]
PAY = [
    "Advisory vote to approve executive compensation",
    "Approval, on a non-binding advisory basis, of the compensation of the named executive officers",
    "Say-on-pay: advisory vote on named executive officer compensation",
]
FREQUENCY = [
    "Advisory vote on the frequency of future advisory votes on executive compensation",
    "Frequency of the advisory vote on the compensation of the named executive officers",
]
OTHER = [
    "Approval of the 2031 Equity Incentive Plan",
    "Amendment of the Certificate of Incorporation to increase the authorized shares from 5,000,000 to 9,000,000",
    "Adoption of the Agreement and Plan of Merger",
    "Adjournment of the meeting, if necessary, to solicit additional proxies",
    "Approval of a reverse stock split at a ratio of 1-for-10",
]
ASKS = [
    "a report on lobbying",
    "an independent board chair",
    "the use of facial recognition",
    "annual election of all directors",
    "a majority vote standard in the election of directors",
    "disclosure of political spending",
    "a right to act by written consent",
    "a review of executive compensation",
]


@dataclass(frozen=True)
class Ballot:
    """One matter and its counts, in the order in which a filing prints them."""

    kind: str
    title: str
    counts: dict[str, int]
    number: str | None = None
    nominee: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting: the day it was held, the election, and the other matters; `election` is None without one."""

    day: date
    election: tuple[Ballot, ...]
    others: tuple[Ballot, ...]
    holder: str = "stockholder"
    style: "Style" = field(default_factory=lambda: PLAIN)

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        return (*self.election, *self.others)


@dataclass(frozen=True)
class Style:
    """Words and marks that any layout may use."""

    heads: tuple[tuple[str, str], ...] = ()
    dash: str = "—"
    named: str = "Proposal {}. "
    nominee: str = "Nominee"
    note: str = ""
    spacer: bool = False
    opener: str = "On {day}, the Company held its annual meeting of {holder}s. The results are as follows:"

    def head(self, role: str) -> str:
        return dict(self.heads).get(role) or {
            "for": "For",
            "against": "Against",
            "withheld": "Withheld",
            "abstain": "Abstain",
            "broker_non_votes": "Broker Non-Votes",
        }.get(role, role.capitalize())


PLAIN = Style()
counts = st.one_of(st.integers(1_000, 4_000_000_000), st.integers(100_000, 900_000_000), st.integers(0, 999))
HEADS = {
    "for": [
        "For",
        "Votes For",
        "FOR",
        "Shares Voted For",
        "Affirmative",
        "Votes Cast For",
        "In Favor",
        "Number of Votes For",
    ],
    "against": [
        "Against",
        "Votes Against",
        "AGAINST",
        "Shares Voted Against",
        "Votes Cast Against",
        "Number of Votes Against",
    ],
    "withheld": [
        "Withheld",
        "Votes Withheld",
        "WITHHELD",
        "Authority Withheld",
        "Withhold",
        "Shares Withheld",
        "Withhold Authority",
    ],
    "abstain": ["Abstain", "Abstentions", "ABSTAIN", "Votes Abstained", "Abstained", "Shares Abstaining", "Abstention"],
    "broker_non_votes": [
        "Broker Non-Votes",
        "Broker Nonvotes",
        "BROKER NON-VOTES",
        "Broker Non-Vote",
        "Non-Votes",
        "BNV",
        "Broker non–votes",
        "Uncast",
        "Broker Non- Votes",
    ],
    "1 year": ["1 Year", "One Year", "Every Year", "1 YEAR", "One year", "Every 1 Year", "Annual"],
    "2 years": ["2 Years", "Two Years", "Every Two Years", "2 YEARS", "Two years", "Every 2 Years", "Biennial"],
    "3 years": ["3 Years", "Three Years", "Every Three Years", "3 YEARS", "Three years", "Every 3 Years", "Triennial"],
}
NAMED = [
    "Proposal {}. ",
    "Proposal No. {}: ",
    "Proposal {} – ",
    "Item {}. ",
    "{}. ",
    "({}) ",
    "Proposal Number {} - ",
    "PROPOSAL {}: ",
    "Item No. {} — ",
    "Proposal #{}: ",
    "Matter {}: ",
    "{}) ",
    "Proposal {word}: ",
    "PROPOSAL NO. {} ",
]
OPENERS = [
    (
        "On {day}, Fernmoor Holdings, Inc. (the “Company”) held its annual meeting of {holder}s. The results are as "
        "follows:"
    ),
    (
        "The annual meeting of {holder}s of the Company was held on {day}. A quorum was present. Set forth below are "
        "the final "
        "results of the votes."
    ),
    (
        "At the annual meeting of {holder}s held on {day}, the holders of 12,345,678 shares, or 87.3% of the shares "
        "outstanding "
        "as of the record date of January 2, 2020, were present. Each share is entitled to one vote."
    ),
    "(a) The Company’s annual meeting of {holder}s was held on {day}.",
    (
        "On {day}, the Company convened its special meeting of {holder}s, described in the definitive proxy statement "
        "filed with "
        "the Securities and Exchange Commission on March 3, 2020. The following matters were voted on."
    ),
]
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@st.composite
def names(draw: st.DrawFn) -> str:
    return (
        f"{draw(st.sampled_from(BEFORE))}{draw(st.sampled_from(FIRST))} {draw(st.sampled_from(MIDDLE))}"
        f"{draw(st.sampled_from(LAST))}{draw(st.sampled_from(SUFFIX))}"
    )


@st.composite
def styles(draw: st.DrawFn) -> Style:
    return Style(
        tuple((role, draw(st.sampled_from(words))) for role, words in HEADS.items()),
        draw(st.sampled_from(["—", "–", "-", "0", "--", "-0-", "None"])),
        draw(st.sampled_from(NAMED)),
        draw(st.sampled_from(["Nominee", "Name", "Director", "Name of Nominee", "Director Nominee", "Nominees", ""])),
        draw(st.sampled_from(["", "", "(1)", "*", "<sup>1</sup>", "<sup>(2)</sup>"])),
        draw(st.booleans()),
        draw(st.sampled_from(OPENERS)),
    )


def _tally(draw: st.DrawFn, roles: tuple[str, ...]) -> dict[str, int]:
    return {role: draw(counts) for role in roles}


@st.composite
def meetings(draw: st.DrawFn, *, people: int = 4, matters: int = 5) -> Meeting:
    """Draw a meeting with at least one matter that is no election."""
    election_roles = draw(
        st.sampled_from(
            [
                ("for", "withheld", "broker_non_votes"),
                ("for", "withheld"),
                ("for", "against", "abstain", "broker_non_votes"),
                ("for", "against", "abstain"),
                ("for", "against", "broker_non_votes"),
            ]
        )
    )
    nominees = draw(st.lists(names(), min_size=0, max_size=people, unique=True))
    election = tuple(
        Ballot("director", "Election of Directors", _tally(draw, election_roles), "1", name) for name in nominees
    )
    holder = draw(st.sampled_from(["stockholder", "shareholder", "shareowner"]))
    number = 2 if election else 1
    others: list[Ballot] = []
    kinds = draw(
        st.lists(
            st.sampled_from(["auditor", "say_on_pay", "say_on_frequency", "other", "shareholder_proposal"]),
            min_size=1,
            max_size=matters,
        )
    )
    for kind in sorted(kinds, key=["auditor", "say_on_pay", "say_on_frequency", "other", "shareholder_proposal"].index):
        roles: tuple[str, ...] = ("for", "against", "abstain", "broker_non_votes")
        if kind == "auditor":
            title = draw(st.sampled_from(AUDITOR))
            roles = draw(st.sampled_from([roles[:3], roles]))
        elif kind == "say_on_pay":
            title = draw(st.sampled_from(PAY))
        elif kind == "say_on_frequency":
            title, roles = (
                draw(st.sampled_from(FREQUENCY)),
                ("1 year", "2 years", "3 years", "abstain", "broker_non_votes"),
            )
        elif kind == "other":
            title = draw(st.sampled_from(OTHER))
        else:
            title = f"{holder.capitalize()} proposal regarding {draw(st.sampled_from(ASKS))}"
        if any(title == other.title for other in others):
            continue
        others.append(Ballot(kind, title, _tally(draw, roles), str(number)))
        number += 1
    day = date(2011, 1, 3) + timedelta(days=draw(st.integers(0, 5000)))
    return Meeting(day, election, tuple(others), holder, draw(styles()))


def spelled(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def opener(meeting: Meeting) -> str:
    return meeting.style.opener.format(day=spelled(meeting.day), holder=meeting.holder)


def named(meeting: Meeting, ballot: Ballot) -> str:
    return meeting.style.named.format(ballot.number, word=WORDS[int(ballot.number or 1) - 1].capitalize())


def grouped(meeting: Meeting, count: int) -> str:
    return f"{count:,}" if count else meeting.style.dash


def without(ballot: Ballot, *roles: str) -> Ballot:
    return replace(ballot, counts={role: count for role, count in ballot.counts.items() if role not in roles})
