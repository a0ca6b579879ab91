"""The life of a resolution as a history of dated steps, in plain words. Source: DOMAIN.md 3 and 4.

A history is what sources say, so it may be odd: oddities are reported for a person to check, never refused. What SEC
staff answered before and after 17 November 2025 means different things and never shares a word here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.regimes import STAFF_STEPPED_BACK_ON
from tracker.domain.vocab import CommitmentState
from tracker.domain.vocab import ResolutionCode as Code

LABELS: dict[Code, tuple[str, str]] = {
    Code.DRAFTED: ("Drafted", "The proponents have written the proposal but not yet sent it to the company."),
    Code.FILED: ("Filed", "The proponents have sent the proposal to the company."),
    Code.DEFICIENCY_NOTICED: ("Defect notified", "The company says that a formal requirement is not met."),
    Code.CURED: ("Defect cured", "The proponents have answered the company's notice of a formal defect."),
    Code.EXCLUSION_NOTICED: ("Challenged", "The company told the SEC that it means to leave the proposal out."),
    Code.SEC_CONCURRED: (
        "SEC staff agreed with the company",
        "Staff looked at the company's grounds and saw a basis to leave the proposal out.",
    ),
    Code.SEC_NOT_CONCURRED: (
        "SEC staff did not agree with the company",
        "Staff looked at the company's grounds and saw no basis to leave the proposal out.",
    ),
    Code.SEC_NO_OBJECTION_ON_REPRESENTATION: (
        "No SEC review: no objection on the company's word",
        (
            "Since November 2025 staff does not weigh most grounds. It said it will not object solely because the"
            " company represented that it has a reasonable basis. That is no finding that the proposal may be excluded."
        ),
    ),
    Code.SEC_NO_RESPONSE: (
        "No SEC review: no answer",
        "Since November 2025 staff leaves most notices unanswered. Nothing was decided about the proposal.",
    ),
    Code.RECONSIDERATION_SOUGHT: ("Reconsideration sought", "A side asked the SEC to think again about the answer."),
    Code.RECONSIDERATION_DENIED: ("Reconsideration denied", "The SEC let the first answer stand."),
    Code.LITIGATED: ("In court", "A side went to court over the proposal."),
    Code.INJUNCTION_GRANTED: ("Injunction granted", "A court ordered what the plaintiff asked for meanwhile."),
    Code.INJUNCTION_DENIED: ("Injunction denied", "A court did not order what the plaintiff asked for meanwhile."),
    Code.ON_BALLOT: ("On the ballot", "The proposal stands in the company's proxy statement."),
    Code.WITHDRAWN_AGREEMENT: ("Withdrawn: agreement", "The company agreed to what was asked; the promise is tracked."),
    Code.WITHDRAWN_PARTIAL: ("Withdrawn: part agreed", "The company agreed to part of it, or to meet and talk."),
    Code.WITHDRAWN_MOOT: ("Withdrawn: already done", "The company had done, or showed it was doing, what was asked."),
    Code.WITHDRAWN_TACTICAL: ("Withdrawn: tactical", "The proponents withdrew without an agreement."),
    Code.OMITTED: ("Left out", "The company left the proposal out of its proxy statement."),
    Code.NOT_PRESENTED: ("Not presented", "Nobody presented the proposal at the meeting."),
    Code.VOTED_PRELIM: ("Voted, preliminary count", "Shareholders voted; the final count is still to come."),
    Code.VOTED_FINAL: ("Voted", "Shareholders voted and the final count is published."),
    Code.MEETING_POSTPONED: ("Meeting postponed", "The meeting was moved to a later day."),
}
COMMITMENT_WORDS = {
    CommitmentState.NONE: "No commitment was made.",
    CommitmentState.PENDING: "The company made a commitment; it is not yet due or not yet checked.",
    CommitmentState.PARTIAL: "The commitment was kept in part.",
    CommitmentState.FULL: "The commitment was kept in full.",
    CommitmentState.BROKEN: "The commitment was not kept.",
}
WITHDRAWN = frozenset({Code.WITHDRAWN_AGREEMENT, Code.WITHDRAWN_PARTIAL, Code.WITHDRAWN_MOOT, Code.WITHDRAWN_TACTICAL})
ENDS = WITHDRAWN | {Code.OMITTED, Code.NOT_PRESENTED, Code.VOTED_FINAL}
STAFF_VIEWS = frozenset({Code.SEC_CONCURRED, Code.SEC_NOT_CONCURRED})
STAFF_SILENT = frozenset({Code.SEC_NO_OBJECTION_ON_REPRESENTATION, Code.SEC_NO_RESPONSE})
SEC_ANSWERS = STAFF_VIEWS | STAFF_SILENT
VOTED = frozenset({Code.VOTED_PRELIM, Code.VOTED_FINAL})
IN_COURT = frozenset({Code.LITIGATED, Code.INJUNCTION_GRANTED, Code.INJUNCTION_DENIED})

# The usual order of life; it decides only between steps whose dates cannot.
_STAGES = (
    {Code.DRAFTED}, {Code.FILED}, {Code.DEFICIENCY_NOTICED}, {Code.CURED}, {Code.EXCLUSION_NOTICED}, SEC_ANSWERS,
    {Code.RECONSIDERATION_SOUGHT}, {Code.RECONSIDERATION_DENIED}, {Code.LITIGATED},
    {Code.INJUNCTION_GRANTED, Code.INJUNCTION_DENIED}, {Code.ON_BALLOT}, WITHDRAWN | {Code.OMITTED},
    {Code.MEETING_POSTPONED}, {Code.NOT_PRESENTED}, {Code.VOTED_PRELIM}, {Code.VOTED_FINAL},
)  # fmt: skip
_STAGE = {code: number for number, codes in enumerate(_STAGES) for code in codes}
# A step, and the steps of which one is expected before it.
_EXPECTED_BEFORE: tuple[tuple[frozenset[Code], frozenset[Code]], ...] = (
    (frozenset({Code.CURED}), frozenset({Code.DEFICIENCY_NOTICED})),
    (frozenset(SEC_ANSWERS), frozenset({Code.EXCLUSION_NOTICED})),
    (frozenset({Code.RECONSIDERATION_SOUGHT}), frozenset(SEC_ANSWERS)),
    (frozenset({Code.RECONSIDERATION_DENIED}), frozenset({Code.RECONSIDERATION_SOUGHT})),
    (frozenset({Code.INJUNCTION_GRANTED, Code.INJUNCTION_DENIED}), frozenset({Code.LITIGATED})),
    (frozenset({Code.OMITTED}), frozenset({Code.EXCLUSION_NOTICED})),
    (VOTED | {Code.NOT_PRESENTED}, frozenset({Code.ON_BALLOT})),
)
# A step that is surprising after another, unless a court stood between them.
_CONTRARY = ((Code.ON_BALLOT, Code.SEC_CONCURRED), (Code.OMITTED, Code.SEC_NOT_CONCURRED))


def label(code: Code) -> str:
    """Return the few words for a step, as a badge shows them."""
    return LABELS[code][0]


def explanation(code: Code) -> str:
    """Return one or two sentences saying what the step means."""
    return LABELS[code][1]


def is_end(code: Code) -> bool:
    """Return whether the resolution's own life ends here; a commitment may follow, and a court may reopen it."""
    return code in ENDS


def commitment_words(state: CommitmentState | None) -> str:
    """Return what became of a promise, in a sentence; None is "no record", which is not "none was made"."""
    return "No record of a commitment." if state is None else COMMITMENT_WORDS[state]


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a resolution's life. `on` is None when no source dates it."""

    code: Code
    on: PartialDate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The steps in order: by date, and by the usual order of life where the dates allow either; undated by stage."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, rows: Iterable[Entry | tuple[Code, PartialDate | None, str]]) -> "History":
        """Return the history of entries, or of rows (code, on, note), given in any order."""
        entries = [row if isinstance(row, Entry) else Entry(*row) for row in rows]
        dated = sorted((entry for entry in entries if entry.on), key=_dated_key)
        ordered: list[Entry] = []
        for entry in dated + sorted((entry for entry in entries if not entry.on), key=_undated_key):
            place = len(ordered)
            while place and _belongs_before(entry, ordered[place - 1]):
                place -= 1
            ordered.insert(place, entry)
        return cls(tuple(ordered))

    def find(self, *codes: Code) -> Entry | None:
        """Return the last step with one of these codes."""
        return next((entry for entry in reversed(self.entries) if entry.code in codes), None)

    def until(self, today: date) -> "History":
        """Return the history without steps that certainly lie after `today`.

        An undated step is taken to have happened once the dated step that follows it has, or where none follows, once
        all before it have.
        """
        kept = (entry for index, entry in enumerate(self.entries) if not _too_late(self.entries, index, today))
        return History(tuple(kept))

    def warnings(self) -> list[str]:
        """Return what is surprising in this history, one sentence each, for a person to check."""
        return [
            warning for index, entry in enumerate(self.entries) for warning in _surprises(self.entries[:index], entry)
        ]


def current(history: History, today: date) -> Entry | None:
    """Return the last step begun by `today`, or None when nothing is known of this resolution by then."""
    entries = history.until(today).entries
    return entries[-1] if entries else None


def _dated_key(entry: Entry) -> tuple[tuple[date, int, date, bool, str], int, str]:
    return (entry.on or PartialDate.year(2000)).sort_key, _STAGE[entry.code], entry.code


def _undated_key(entry: Entry) -> tuple[int, str]:
    return _STAGE[entry.code], entry.code


def _belongs_before(entry: Entry, placed: Entry) -> bool:
    """Return whether the dates leave the order open and the usual order of life puts `entry` first."""
    certain = entry.on is not None and placed.on is not None and not entry.on.overlaps(placed.on)
    return not certain and _STAGE[entry.code] < _STAGE[placed.code]


def _after(entry: Entry, today: date) -> bool:
    return entry.on is not None and entry.on.earliest is not None and entry.on.earliest > today


def _too_late(entries: tuple[Entry, ...], index: int, today: date) -> bool:
    if entries[index].on is not None:
        return _after(entries[index], today)
    following = next((entry for entry in entries[index:] if entry.on), None)
    return (following is not None and _after(following, today)) or any(
        _after(entry, today) for entry in entries[:index]
    )


def _surprises(earlier: tuple[Entry, ...], entry: Entry) -> Iterator[str]:
    codes = {before.code for before in earlier}
    name, in_court = label(entry.code), bool(codes & IN_COURT)
    if entry.code in codes and entry.code is not Code.MEETING_POSTPONED:
        yield f"{name!r} is recorded twice."
    ended = next((before.code for before in earlier if is_end(before.code)), None)
    if ended and ended is not entry.code and entry.code not in IN_COURT and not in_court:
        yield f"{name!r} follows {label(ended)!r}, which is an end."
    for later, expected in _EXPECTED_BEFORE:
        if entry.code in later and not codes & expected:
            wanted = " or ".join(sorted(repr(label(code)) for code in expected))
            yield f"{name!r} has no {wanted} before it."
    for code, against in _CONTRARY:
        if entry.code is code and against in codes and not in_court:
            yield f"{name!r} follows {label(against)!r}, and no court stood between them."
    yield from _out_of_time(entry)


def _out_of_time(entry: Entry) -> Iterator[str]:
    """Say when an SEC answer has a date at which staff did not give such answers."""
    if entry.on is None:
        return
    if entry.code in STAFF_SILENT and entry.on.latest and entry.on.latest < STAFF_STEPPED_BACK_ON:
        yield f"{label(entry.code)!r} is dated {entry.on.words()}; staff answered so from 17 November 2025 on."
    if entry.code in STAFF_VIEWS and entry.on.earliest and entry.on.earliest >= STAFF_STEPPED_BACK_ON:
        yield (
            f"{label(entry.code)!r} is dated {entry.on.words()}; since 17 November 2025 staff states a view only under"
            " paragraph (i)(1)."
        )
