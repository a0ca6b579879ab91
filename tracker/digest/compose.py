"""Composing one campaign's digest: facts in, an IssueContent out, the same for the same facts.

An event moved when its date lies in the period. One that became known since the last digest also moved when its date
could lie in the period (a month that reaches into it) or lies in the week before: it came too late for the last
digest, and a count would hide it. Everything else that was given is counted: older entries, and entries dated later.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from tracker.digest import words
from tracker.digest.content import Badge, Due, Group, IssueContent, Row, Waiting
from tracker.digest.facts import DueFact, Happening, Period, Week
from tracker.digest.headline import headline
from tracker.digest.ranks import group_of, rank, row_rank
from tracker.domain.text import plural
from tracker.domain.vocab import Lane

MOST_ROWS = 60
MOST_STEPS = 4
MOST_WAITING = 10
MOST_DUE = 10
MOST_SILENT = 5
TITLE_LETTERS = 160
LATE_DAYS = 7
AHEAD_DAYS = 14
MEETING_DAYS = 180
# Of dates known less exactly than this, nobody can say that they lie in a week.
VAGUE_DAYS = 31
GROUP_ORDER = {group: place for place, group in enumerate(Group)}


def compose(week: Week) -> IssueContent | None:
    """Return the digest of a campaign's week, or None when there is nothing to tell.

    Nothing to tell: nothing moved, nothing was added, nothing is due in the next 14 days, no source began to fail.
    Letters that wait are told in every digest and are no reason for one.
    """
    moved = [event for event in week.events if _moved(event, week)]
    later = sum(1 for event in week.events if not _moved(event, week) and _later(event, week))
    older = len(week.events) - len(moved) - later
    soon = _soon(week)
    began_to_fail = any(silence.since >= week.period.starts_on for silence in week.silences)
    if not (moved or older or later or soon or began_to_fail):
        return None
    rows = sorted(_rows(moved, week), key=row_rank)
    kept, cut = rows[:MOST_ROWS], rows[MOST_ROWS:]
    waiting = _waiting(week)
    text, importance = headline(
        moved, rows, older=older, due=[_due_row(fact, week) for fact in soon], failing=len(week.silences)
    )
    meeting = meeting_words(week)
    due = _due(soon, week)
    return IssueContent(
        slug=week.slug,
        title=week.title,
        fictional=week.fictional,
        starts_on=week.period.starts_on,
        ends_on=week.period.ends_on,
        headline=text,
        headline_rank=importance,
        intro=intro(len(moved), week.period, len(waiting), meeting),
        rows=in_order(kept),
        more=sum(row.events for row in cut),
        older=older,
        later=later,
        waiting=tuple(waiting[:MOST_WAITING]),
        waiting_more=max(0, len(waiting) - MOST_WAITING),
        due=tuple(due[:MOST_DUE]),
        due_more=max(0, len(due) - MOST_DUE),
        meeting=meeting,
        silent=_silent(week),
        path=week.path,
    )


def intro(moved: int, period: Period, waiting: int, meeting: str) -> str:
    """Return the two or three sentences under the headline."""
    when = "that day" if period.is_day else "this month" if period.is_month else "this week"
    if not (period.is_day or period.is_month) and period.weeks > 1:
        when = f"in these {period.weeks} weeks"
    sentences = [f"{plural(moved, 'thing')} moved {when}." if moved else f"Nothing moved {when}."]
    if waiting:
        sentences.append(f"{plural(waiting, 'letter')} still {'waits' if waiting == 1 else 'wait'} for an answer.")
    return " ".join([*sentences, meeting]).strip()


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows as they are read: section by section, the newest first."""
    by_name = sorted(rows, key=lambda row: (row.title, row.path))
    newest = sorted(by_name, key=lambda row: row.day, reverse=True)
    return tuple(sorted(newest, key=lambda row: GROUP_ORDER[row.group]))


def _moved(event: Happening, week: Week) -> bool:
    period, first, last = week.period, event.on.earliest, event.on.latest
    if first is None or last is None:
        return False
    if period.starts_on <= first and last <= period.ends_on:
        return True
    new = week.known_since < event.recorded_at <= week.known_until
    just_missed = period.starts_on - timedelta(days=LATE_DAYS) <= first and last < period.starts_on
    reaches_in = (last - first).days <= VAGUE_DAYS and first <= period.ends_on and period.starts_on <= last
    return new and (just_missed or reaches_in)


def _later(event: Happening, week: Week) -> bool:
    return event.on.earliest is not None and event.on.earliest > week.period.ends_on


def _rows(events: Sequence[Happening], week: Week) -> list[Row]:
    """Return a row for each campaign object that moved, with its steps, and one for each document of its own."""
    ordered = sorted(events, key=lambda event: (_thing(event), event.on, event.id))
    return [_row(list(steps), week) for _, steps in groupby(ordered, key=_thing)]


def _thing(event: Happening) -> tuple[int, str]:
    return (event.subject.id, "") if event.subject else (0, event.id)


def _row(steps: list[Happening], week: Week) -> Row:
    last = steps[-1]
    subject = last.subject
    press = all(step.lane is Lane.PRESS for step in steps)
    badge, reckoning = _badge(last, week)
    if badge is not None and badge.words.casefold() == step_words(last).casefold():
        badge = None  # the row says so already
    told = sorted(steps, key=lambda step: rank(step.kind, press=step.lane is Lane.PRESS))[:MOST_STEPS]
    lines = [_line(step, week) for step in steps if step in told]
    if len(steps) > MOST_STEPS:
        lines.append(f"and {plural(len(steps) - MOST_STEPS, 'more step')}")
    if reckoning:
        lines.append(reckoning)
    return Row(
        group=group_of(last),
        title=words.cut(subject.title if subject else last.headline, TITLE_LETTERS),
        path=last.path,
        lines=tuple(lines),
        events=len(steps),
        kind=min((step.kind for step in steps), key=lambda kind: rank(kind, press=press)),
        day=max(step.on.sort_key[0] for step in steps).isoformat(),
        badge=badge,
        press=press,
    )


def _badge(event: Happening, week: Week) -> tuple[Badge | None, str]:
    if event.subject is None:
        return None, ""
    resolution = week.resolutions.get(event.subject.id)
    if resolution is not None:
        return words.resolution_badge(resolution.code, resolution.support, preliminary=resolution.preliminary)
    letter = next((letter for letter in week.letters if letter.id == event.subject.id), None)
    if letter is None:
        return None, ""
    sent = letter.state.sent
    new = sent is not None and sent.earliest is not None and sent.earliest >= week.period.starts_on
    return words.letter_badge(letter.state, new=new), ""


def _line(event: Happening, week: Week) -> str:
    """Return what happened, when, and on how many sources it stands: "Reconsideration denied · 3 Apr · 4 sources"."""
    parts = [step_words(event), event.publisher, words.short(event.on, week.period.ends_on.year)]
    if event.on.latest is not None and event.on.latest < week.period.starts_on:
        parts.append("known only now")
    if event.sources:
        parts.append(plural(event.sources, "source"))
    return words.cut(" · ".join(part for part in parts if part), TITLE_LETTERS)


def step_words(event: Happening) -> str:
    """Return what happened without the object's own title, "" where the title is all there is."""
    if event.subject is None or event.headline == event.subject.title:
        return ""
    return event.headline.removesuffix(f": {event.subject.title}")


def _waiting(week: Week) -> list[Waiting]:
    """Return the letters without an answer, the longest silence first."""
    silent = [letter for letter in week.letters if letter.state.unanswered]
    silent.sort(key=lambda letter: (letter.state.sent.sort_key if letter.state.sent else (), letter.id))
    year = week.period.ends_on.year
    return [
        Waiting(
            title=words.cut(letter.title, TITLE_LETTERS),
            path=letter.path,
            line=words.silence_line(letter.state, year),
            days=words.waited(letter.state),
        )
        for letter in silent
    ]


def _soon(week: Week) -> list[DueFact]:
    """Return what is due in the next 14 days, by date."""
    end = week.period.ends_on + timedelta(days=AHEAD_DAYS)
    return [fact for fact in _coming(week) if fact.on.sort_key[0] <= end]


def _coming(week: Week) -> list[DueFact]:
    return sorted((fact for fact in week.due if _ahead(fact, week)), key=lambda fact: (fact.on, fact.title))


def _due(soon: list[DueFact], week: Week) -> list[Due]:
    """Return what is due soon, and the next annual meeting."""
    meeting = _next_meeting(week)
    return [_due_row(fact, week) for fact in [*soon, *([meeting] if meeting and meeting not in soon else [])]]


def _next_meeting(week: Week) -> DueFact | None:
    """Return the next meeting of shareholders, unless it is more than half a year away and nobody waits for it."""
    last = week.period.ends_on + timedelta(days=MEETING_DAYS)
    return next((fact for fact in _coming(week) if fact.meeting and fact.on.sort_key[0] <= last), None)


def _ahead(fact: DueFact, week: Week) -> bool:
    latest = fact.on.latest
    return latest is not None and latest > week.period.ends_on


def _due_row(fact: DueFact, week: Week) -> Due:
    when = words.short(fact.on, week.period.ends_on.year)
    return Due(title=words.cut(fact.title, TITLE_LETTERS), path=fact.path, when=when, why=fact.why)


def meeting_words(week: Week) -> str:
    """Return how far away the next meeting of shareholders is, as a sentence; "" when none is known."""
    meeting = _next_meeting(week)
    if meeting is None:
        return ""
    which = "The annual meeting" if "annual" in meeting.title.casefold() else "The next meeting of shareholders"
    if meeting.on.exact_day is None:
        return f"{which} is expected {meeting.on.words()}."
    return f"{which} is {plural((meeting.on.exact_day - week.period.ends_on).days, 'day')} away."


def _silent(week: Week) -> tuple[str, ...]:
    """Return a sentence a failing source, the longest failure first."""
    facts = sorted(week.silences, key=lambda fact: (fact.since, fact.title))
    lines = [f"{words.cut(fact.title, TITLE_LETTERS)}: no answer since {words.day(fact.since)}." for fact in facts]
    if len(lines) > MOST_SILENT:
        lines[MOST_SILENT:] = [f"{plural(len(lines) - MOST_SILENT, 'more source')} failing."]
    return tuple(lines)
