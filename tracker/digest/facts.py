"""What a digest is composed from. The workflow reads these from the archive; nothing here does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.responses import LetterState
from tracker.domain.vocab import EventType, Lane, ResolutionCode
from tracker.domain.votes import Claim, Share


@dataclass(frozen=True, slots=True)
class Period:
    """The days a digest is about, both included; one week, or several where weeks were missed."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        """Refuse a period that runs backwards."""
        if self.ends_on < self.starts_on:
            raise InputError(f"a digest cannot end on {self.ends_on} before it starts on {self.starts_on}")

    @property
    def weeks(self) -> int:
        """How many weeks it spans, begun ones included."""
        return -(-((self.ends_on - self.starts_on).days + 1) // 7)

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.starts_on == self.ends_on

    @property
    def is_month(self) -> bool:
        """Whether it is a whole month of the calendar."""
        last = self.ends_on + timedelta(days=1)
        return self.starts_on.day == last.day == 1 and (self.ends_on - self.starts_on).days < 31


@dataclass(frozen=True, slots=True)
class Subject:
    """The campaign object that an event tells of."""

    id: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the campaign's timeline, with the number of documents behind it and its page on our site.

    `path` begins with a slash. `publisher` is set where the event is a document of its own.
    """

    id: str
    kind: EventType
    lane: Lane
    on: PartialDate
    headline: str
    recorded_at: datetime
    path: str
    sources: int = 0
    subject: Subject | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class LetterFact:
    """One letter of the campaign and where it stands at the end of the period."""

    id: int
    title: str
    path: str
    state: LetterState


@dataclass(frozen=True, slots=True)
class ResolutionFact:
    """Where one resolution stands at the end of the period: its step, and its support once it was voted on."""

    id: int
    code: ResolutionCode | None
    support: Share | Claim | None = None
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class DueFact:
    """Something due after the period, by which rule or on whose word (`why`); `meeting` marks an annual meeting."""

    on: PartialDate
    title: str
    why: str
    path: str
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class SilenceFact:
    """A source that has been failing: what it would have brought is missing from this digest."""

    title: str
    since: date


@dataclass(frozen=True, slots=True)
class Week:
    """Everything a digest of one campaign, or another thing that is followed, and one period is composed from.

    `events` are those dated in or near the period and those recorded between `known_since` (excluded) and
    `known_until` (included).
    """

    slug: str
    title: str
    period: Period
    known_since: datetime
    known_until: datetime
    fictional: bool = False
    events: tuple[Happening, ...] = ()
    letters: tuple[LetterFact, ...] = ()
    resolutions: Mapping[int, ResolutionFact] = field(default_factory=dict)
    due: tuple[DueFact, ...] = ()
    silences: tuple[SilenceFact, ...] = ()
    path: str = ""
