"""What one issue says, as a value: composed once, stored as JSON, drawn as often as anyone asks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from tracker.domain.errors import ParseError
from tracker.domain.vocab import EventType

FORMAT: Final = 1


class Tone(StrEnum):
    """How a badge is drawn; its words say the same without colour."""

    SETTLED = "settled"
    WAITING = "waiting"
    PLAIN = "plain"


class Group(StrEnum):
    """The sections of what changed, in their order."""

    RESOLUTIONS = "Resolutions"
    LETTERS = "Letters"
    COMPANY = "Company"
    CONTRACTS = "Contracts"
    LAWS = "Laws & courts"
    STUDIES = "Studies"
    NEWS = "News"


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words on where a thing stands."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that moved: its title, a line a step, and where it stands now.

    `events` counts the timeline's events told here, those behind "and 3 more" included. `kind` is the most important
    of them, `press` whether only the press tells of it, `day` the last ISO day: they order the rows.
    """

    group: Group
    title: str
    path: str
    lines: tuple[str, ...]
    events: int
    kind: EventType
    day: str
    badge: Badge | None = None
    press: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """One letter without an answer."""

    title: str
    path: str
    line: str
    days: str


@dataclass(frozen=True, slots=True)
class Due:
    """One day ahead: what, when in words, and which rule or whose word it rests on."""

    title: str
    path: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class IssueContent:
    """One campaign's digest for one period. Every event it was made from is shown (`rows`) or counted.

    `more` events moved as well and are left out for length, `older` were added to the archive with an earlier date,
    `later` with a date after the period. `*_more` count rows left out of a list. Days are counted to `ends_on`. `path`
    is where the site shows the thing, where that is not a campaign's timeline. `note` is why its one reader follows it,
    in their own words: it is set for a mail and never stored.
    """

    slug: str
    title: str
    fictional: bool
    starts_on: date
    ends_on: date
    headline: str
    headline_rank: int
    intro: str
    rows: tuple[Row, ...]
    more: int
    older: int
    later: int
    waiting: tuple[Waiting, ...]
    waiting_more: int
    due: tuple[Due, ...]
    due_more: int
    meeting: str
    silent: tuple[str, ...]
    format: int = FORMAT
    path: str = ""
    note: str = ""

    @property
    def moved(self) -> int:
        """How many events moved, shown or not."""
        return sum(row.events for row in self.rows) + self.more

    @property
    def waits(self) -> int:
        """How many letters wait for an answer, shown or not."""
        return len(self.waiting) + self.waiting_more

    def to_json(self) -> dict[str, Any]:
        """Return the content as plain JSON values."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return plain

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "IssueContent":
        """Return the content that `to_json` wrote; raise ParseError when it is of another format."""
        if stored.get("format") != FORMAT:
            raise ParseError(
                f"reading a stored digest: its format is {stored.get('format')!r}, this program reads {FORMAT}; "
                "use the version of the program that wrote it"
            )
        try:
            return _ADAPTER.validate_python(stored)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ParseError(f"reading a stored digest: {where}: {first['msg']}; was it changed by hand?") from error


_ADAPTER: Final = TypeAdapter(IssueContent)
