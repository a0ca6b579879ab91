"""The shareholder-proposal rules change by date, so each period of them is a regime with its own dates and sources.

The bars of a resubmission are chosen by the meeting date of the *new* proposal; the staff's role by the season in
which the exclusion notice was sent. Neither is ever chosen by today's date. Source of the whole: DOMAIN.md 1.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tracker.domain.errors import InputError

SEASON_STARTS_IN = 10
STAFF_STEPPED_BACK_ON = date(2025, 11, 17)


class StaffRole(StrEnum):
    """What SEC staff does with a company's notice that it will leave a proposal out."""

    DECIDES_EACH = "decides_each"
    NO_VIEW_EXCEPT_STATE_LAW = "no_view_except_state_law"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Bars:
    """The shares of the votes cast that a proposal had to reach: when voted on once, twice, three or more times."""

    once: Fraction
    twice: Fraction
    thrice: Fraction

    @classmethod
    def percent(cls, once: int, twice: int, thrice: int) -> "Bars":
        """Return bars given as whole percentages."""
        return cls(Fraction(once, 100), Fraction(twice, 100), Fraction(thrice, 100))

    def after(self, times: int) -> Fraction:
        """Return the bar for a subject voted on `times` times; raises InputError below one, where no bar applies."""
        if times < 1:
            raise InputError(f"no resubmission bar applies to a subject voted on {times} times")
        return (self.once, self.twice, self.thrice)[min(times, 3) - 1]

    def words(self) -> str:
        """Return the three bars as "5, 15 and 25 %"."""
        once, twice, thrice = (f"{float(bar * 100):g}" for bar in (self.once, self.twice, self.thrice))
        return f"{once}, {twice} and {thrice} %"


@dataclass(frozen=True, slots=True)
class Regime:
    """One period of the rules. `begins` is inclusive, `ends` exclusive; `bars` is None when they are not known."""

    code: str
    begins: date | None
    ends: date | None
    bars: Bars | None
    ownership: str
    staff_role: StaffRole
    staff_words: str
    sources: tuple[str, ...]
    source_checked_on: date | None = None
    note: str = ""

    def covers(self, day: date) -> bool:
        """Return whether `day` falls into this period."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


_DECIDES = "SEC staff answers each request with a view on whether the proposal may be left out."
_NO_VIEW = (
    "SEC staff states no view on a notice unless it rests on state law, paragraph (i)(1). To a company that represents"
    " without qualification that it has a reasonable basis, staff answers that it will not object, on the strength of"
    " that representation alone; that is no finding on the proposal."
)
_OWNERSHIP_TIERS = "$2,000 held for 3 years, $15,000 for 2 years or $25,000 for 1 year; holdings are not added together"
_ADOPTED = (
    "https://natlawreview.com/article/sec-finalizes-changes-to-requirements-submission-shareholder-proposals-prepare-2022",
    (
        "https://www.akingump.com/en/experience/practices/corporate/ag-deal-diary/"
        "sec-proposes-amendments-to-procedures-and-ownership-and.html"
    ),
)
_PAUSE = "https://www.debevoise.com/insights/publications/2025/11/sec-pauses-substantive-responses-to-most-share"

R1 = Regime(
    code="R1",
    begins=None,
    ends=date(2022, 1, 1),
    bars=Bars.percent(3, 6, 10),
    ownership="$2,000 or 1 % of the securities, held for 1 year",
    staff_role=StaffRole.DECIDES_EACH,
    staff_words=_DECIDES,
    sources=(
        "https://www.iccr.org/why-you-should-be-voting-your-proxy-ballots-2019",
        "https://kmklaw.com/corporate-securities/proposed-amendments-of-procedural-requirements-and-resubmission",
    ),
    note="How far back these figures reach has not been looked up.",
)
R2 = Regime(
    code="R2",
    begins=date(2022, 1, 1),
    ends=date(2025, 10, 1),
    bars=Bars.percent(5, 15, 25),
    ownership=_OWNERSHIP_TIERS,
    staff_role=StaffRole.DECIDES_EACH,
    staff_words=_DECIDES,
    sources=_ADOPTED,
    note="For small holders of long standing a transition rule ran into 2023.",
)
R3 = Regime(
    code="R3",
    begins=date(2025, 10, 1),
    ends=date(2026, 10, 1),
    bars=R2.bars,
    ownership=_OWNERSHIP_TIERS,
    staff_role=StaffRole.NO_VIEW_EXCEPT_STATE_LAW,
    staff_words=_NO_VIEW,
    sources=(*_ADOPTED, _PAUSE),
    note="The staff's statement also covers older requests that were still unanswered on 17 November 2025.",
)
R4 = Regime(
    code="R4",
    begins=date(2026, 10, 1),
    ends=None,
    bars=None,
    ownership="not known to us",
    staff_role=StaffRole.NOT_KNOWN,
    staff_words="What SEC staff does from 1 October 2026 on is not known to us; (i)(1) requests were said to go on.",
    sources=(),
    note="No rule for meetings from 1 October 2026 was found; the last bars known to us were 5, 15 and 25 %.",
)
REGIMES = (R1, R2, R3, R4)
KNOWN_BARS = tuple(
    sorted(
        {bar for regime in REGIMES if regime.bars for bar in (regime.bars.once, regime.bars.twice, regime.bars.thrice)}
    )
)


def for_meeting(meeting_on: date) -> Regime:
    """Return the regime whose bars and ownership tests hold for a proposal to the meeting of this day."""
    return next(regime for regime in REGIMES if regime.covers(meeting_on))


def for_notice(noticed_on: date, answered_on: date | None = None, *, unanswered_at_pause: bool = False) -> Regime:
    """Return the regime that says what SEC staff does with an exclusion notice of this day.

    The season of the notice decides, with one exception each way around 17 November 2025, when staff stepped back:
    an older notice answered from that day on, or `unanswered_at_pause`, falls under R3; a notice of the new season
    that had been answered before that day was still answered under R2.
    Raises InputError when the answer is older than the notice.
    """
    if answered_on is not None and answered_on < noticed_on:
        raise InputError(f"an answer of {answered_on} to a notice of {noticed_on}: the answer comes first; check both")
    season = for_meeting(noticed_on)
    if season is R3 and answered_on is not None and answered_on < STAFF_STEPPED_BACK_ON:
        return R2
    answered_late = answered_on is not None and answered_on >= STAFF_STEPPED_BACK_ON
    if season in {R1, R2} and (answered_late or unanswered_at_pause):
        return R3
    return season


def proxy_season(day: date) -> int:
    """Return the season of a day, named after the year in which most of its meetings are held: from 1 October on."""
    return day.year + (day.month >= SEASON_STARTS_IN)
