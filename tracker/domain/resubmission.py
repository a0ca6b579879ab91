"""Whether a subject that was voted on before may come back: Rule 14a-8(i)(12), with its arithmetic, never a verdict.

A company may leave out a proposal on substantially the same subject matter as one in its proxy materials within the
preceding five calendar years, if the most recent vote was within the preceding three and fell below the bar: 5, 15 or
25 % of the votes cast for meetings from 2022 (3, 6 and 10 % before), when voted on once, twice, or three or more
times. Calendar years are counted from the year of the new meeting. What belongs to one subject is a person's judgement,
so the outlook only ever says "may". Source: DOMAIN.md 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tracker.domain.dates import Edge
from tracker.domain.regimes import Regime, for_meeting
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import Claim, Share, Tally, percent_words, support

COUNTED_YEARS = 5
RECENT_YEARS = 3
_TIMES = {1: "once", 2: "twice"}
# These divide by more than for + against, so the share under the rule is at least the one published.
_WIDER = {SupportFormula.FOR_AGAINST_ABSTAIN, SupportFormula.FOR_PRESENT, SupportFormula.FOR_OUTSTANDING}
# On which side of the share under the rule these lie cannot be told.
_SILENT = {SupportFormula.INSIDERS_EXCLUDED, SupportFormula.UNKNOWN}


class Standing(StrEnum):
    """How one vote stands to one bar."""

    BELOW = "below"
    CLEARS = "clears"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class PastVote:
    """One vote on the subject: its meeting, what is known of the result, and a name such as "item 6"."""

    meeting_on: date
    result: Tally | Share | Claim | None
    label: str = ""

    @property
    def share(self) -> Share | Claim | None:
        """The share to compare: for / (for + against) from counts, else what was published; None when not known."""
        if isinstance(self.result, Tally):
            counted = self.result.for_ is not None and self.result.against is not None
            return support(self.result) if counted else None
        return self.result


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rule makes of a return to the ballot, as far as the votes are known.

    `used` is the most recent vote, None when there is none or when it is ambiguous: then `candidates` has them all.
    `times` counts meetings at which the subject was voted on within five years. `may_be_excludable` is None when it
    is not known; with an ambiguous vote it is given only when every reading agrees. `words` is for the page.
    """

    regime: Regime
    considered: tuple[PastVote, ...]
    candidates: tuple[PastVote, ...]
    times: int
    bar: Fraction | None
    may_be_excludable: bool | None
    ambiguous: bool
    words: str

    @property
    def used(self) -> PastVote | None:
        """The vote that the bar is held against."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def share(self) -> Share | Claim | None:
        """The share of that vote."""
        return self.used.share if self.used else None


def outlook(votes: Sequence[PastVote], new_meeting: date) -> Outlook:
    """Return whether a proposal of this subject to the meeting of `new_meeting` may be excludable.

    `votes` are the votes on the subject in any order, whoever proposed it; votes on or after `new_meeting` are left
    out. A vote earlier in the year of the new meeting is counted, and the words say so, since the rule speaks of
    preceding calendar years.
    """
    regime = for_meeting(new_meeting)
    considered = tuple(
        sorted(
            (
                vote
                for vote in votes
                if _years_between(vote, new_meeting) <= COUNTED_YEARS and vote.meeting_on < new_meeting
            ),
            key=lambda vote: (vote.meeting_on, vote.label),
        )
    )
    meetings = sorted({vote.meeting_on for vote in considered})
    if not meetings or new_meeting.year - meetings[-1].year > RECENT_YEARS:
        return _open(regime, considered, new_meeting)
    candidates = tuple(vote for vote in considered if vote.meeting_on == meetings[-1])
    ambiguous = len(considered) > len(meetings)
    bar = regime.bars.after(len(meetings)) if regime.bars else None
    verdict = _verdict(regime, candidates, (len(meetings), len(considered)))
    words = [
        _history(considered, meetings, new_meeting),
        _comparison(regime, candidates, bar),
        _conclusion(verdict, new_meeting),
    ]
    if ambiguous:
        words.append(
            "More than one proposal of the subject stood at one meeting: which vote counts is for a person to judge."
        )
    if meetings[-1].year == new_meeting.year:
        words.append("The last vote was in the same calendar year; the rule speaks of preceding calendar years.")
    return Outlook(regime, considered, candidates, len(meetings), bar, verdict, ambiguous, " ".join(words))


def compare(share: Share | Claim | None, bar: Fraction) -> Standing:
    """Return how a vote stands to a bar, unrounded; NOT_KNOWN where the published figure cannot tell.

    Only for / (for + against) decides both ways; a published percentage is only as exact as its digits. A share of
    more than for + against is a lower limit of the share the rule means, so it can clear a bar and never miss it. A
    share without the insiders decides nothing: it lies above the rule's share when they are taken to have voted
    against, below it when for, and it does not say which. Nor does a figure whose formula is not known.
    """
    if share is None or share.formula in _SILENT:
        return Standing.NOT_KNOWN
    low, high = share.bounds if isinstance(share, Claim) else (share.value, share.value)
    if low >= bar:
        return Standing.CLEARS
    if high < bar and share.formula not in _WIDER:
        return Standing.BELOW
    return Standing.NOT_KNOWN


def _years_between(vote: PastVote, new_meeting: date) -> int:
    return new_meeting.year - vote.meeting_on.year


def _verdict(regime: Regime, candidates: Sequence[PastVote], times: tuple[int, int]) -> bool | None:
    """Return what every reading agrees on: each candidate, each count from meetings to proposals; else None."""
    if regime.bars is None:
        return None
    bars = {regime.bars.after(count) for count in range(times[0], times[1] + 1)}
    standings = {compare(vote.share, bar) for vote in candidates for bar in bars}
    if len(standings) > 1 or Standing.NOT_KNOWN in standings:
        return None
    return standings == {Standing.BELOW}


def _open(regime: Regime, considered: tuple[PastVote, ...], new_meeting: date) -> Outlook:
    """Return the outlook where no vote is recent enough for the rule."""
    latest = considered[-1].meeting_on if considered else None
    found = f"the last vote known to us was in {latest.year}" if latest else "no vote on this subject is known to us"
    years = f"{new_meeting.year - RECENT_YEARS} to {new_meeting.year - 1}"
    words = f"Rule 14a-8(i)(12) does not apply as far as we know: {found}, none in {years}."
    excludable = None if regime.bars is None else False
    if regime.bars is None:
        words = f"Not known: {regime.note}"
    times = len({vote.meeting_on for vote in considered})
    return Outlook(regime, considered, (), times, None, excludable, ambiguous=False, words=words)


def _history(considered: Sequence[PastVote], meetings: Sequence[date], new_meeting: date) -> str:
    times = _TIMES.get(len(meetings), f"{len(meetings)} times")
    first, last = new_meeting.year - COUNTED_YEARS, new_meeting.year - 1
    listed = ", ".join(f"{vote.meeting_on.year}{f' ({vote.label})' if vote.label else ''}" for vote in considered)
    same_year = f" and earlier in {new_meeting.year}" if meetings[-1].year == new_meeting.year else ""
    return f"Voted on {times} in the five calendar years {first} to {last}{same_year}: {listed}."


def _comparison(regime: Regime, candidates: Sequence[PastVote], bar: Fraction | None) -> str:
    shares = "; ".join(f"{_named(vote)}{vote.share.words() if vote.share else 'not known'}" for vote in candidates)
    found = f"The most recent vote, {Edge.of(candidates[0].meeting_on).words()}: {shares}."
    if bar is None:
        return f"{found} {regime.note}"
    standings = {compare(vote.share, bar) for vote in candidates}
    relation = (
        {Standing.BELOW: "is below", Standing.CLEARS: "reaches"}.get(standings.pop()) if len(standings) == 1 else None
    )
    if relation is None:
        return f"{found} The bar is {percent_words(bar, 0)} of for + against; these figures do not settle it."
    return f"{found} That {relation} the bar of {percent_words(bar, 0)} of for + against."


def _named(vote: PastVote) -> str:
    return f"{vote.label} " if vote.label else ""


def _conclusion(verdict: bool | None, new_meeting: date) -> str:  # noqa: FBT001 - three answers, not a switch
    when = new_meeting.year  # the rule counts calendar years, and the day is often only expected
    if verdict is None:
        return f"Whether the subject may be excludable at the meeting of {when} is not known."
    if verdict:
        return f"The subject may be excludable at the meeting of {when} under Rule 14a-8(i)(12)."
    return f"Rule 14a-8(i)(12) would not bar the subject at the meeting of {when} on these figures."
