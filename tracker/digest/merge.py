"""Several weeks' issues of one campaign as one, for a mail that could not be sent in time: never two mails at once."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.digest.compose import MOST_ROWS, in_order, intro
from tracker.digest.content import IssueContent, Row
from tracker.digest.facts import Period
from tracker.digest.ranks import rank, row_rank


def merge(issues: Sequence[IssueContent]) -> IssueContent:
    """Return one issue over all the periods. What moved adds up; what waits and is due stands as in the last one."""
    ordered = sorted(issues, key=lambda issue: issue.ends_on)
    merged = ordered[0]
    for issue in ordered[1:]:
        merged = _followed_by(merged, issue)
    return merged


def without_repeats(issues: Sequence[IssueContent]) -> list[IssueContent]:
    """Return the issues with each row, letter, date and silent source told once: in the first that tells of it.

    They stand in the order in which a mail tells them. One with nothing left to tell is left out.
    """
    seen: set[tuple[str, ...]] = set()
    kept = []
    for issue in sorted(issues, key=lambda issue: (issue.headline_rank, issue.title)):
        rows = tuple(row for row in issue.rows if _is_new(seen, "row", row.path, row.title))
        waiting = tuple(letter for letter in issue.waiting if _is_new(seen, "letter", letter.path, letter.title))
        due = tuple(date for date in issue.due if _is_new(seen, "due", date.title, date.when, date.path))
        silent = tuple(line for line in issue.silent if _is_new(seen, "silent", line))
        # Its counts were made over all of it: where rows were told before, they would be counted twice.
        older, later = (issue.older, issue.later) if len(rows) == len(issue.rows) else (0, 0)
        if rows or due or issue.more or older or later or silent:
            kept.append(replace(issue, rows=rows, waiting=waiting, due=due, silent=silent, older=older, later=later))
    return kept or list(issues[:1])


def _is_new(seen: set[tuple[str, ...]], *key: str) -> bool:
    before = len(seen)
    seen.add(key)
    return len(seen) > before


def shortened(issue: IssueContent, most_rows: int, most_listed: int | None = None) -> IssueContent:
    """Return the issue with at most so many rows, the most important ones, and so many lines in each other list.

    What is left out is counted: events in `more`, letters and dates in `waiting_more` and `due_more`.
    """
    rows = sorted(issue.rows, key=row_rank)
    return replace(
        issue,
        rows=in_order(rows[:most_rows]),
        more=issue.more + sum(row.events for row in rows[most_rows:]),
        waiting=issue.waiting[:most_listed],
        waiting_more=issue.waits - len(issue.waiting[:most_listed]),
        due=issue.due[:most_listed],
        due_more=issue.due_more + len(issue.due) - len(issue.due[:most_listed]),
    )


def _followed_by(earlier: IssueContent, later: IssueContent) -> IssueContent:
    leading = min((later, earlier), key=lambda issue: issue.headline_rank)
    period = Period(earlier.starts_on, later.ends_on)
    both = replace(
        later,
        starts_on=earlier.starts_on,
        headline=leading.headline,
        headline_rank=leading.headline_rank,
        intro=intro(earlier.moved + later.moved, period, later.waits, later.meeting),
        rows=_joined([*earlier.rows, *later.rows]),
        more=earlier.more + later.more,
        older=earlier.older + later.older,
        later=earlier.later + later.later,
    )
    return shortened(both, MOST_ROWS)


def _joined(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with those of one object made one: all its steps, and the badge it has last."""
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        key = (row.group.value, row.title, row.path)
        before = found.get(key)
        found[key] = row if before is None else _both(before, row)
    return tuple(found.values())


def _both(before: Row, row: Row) -> Row:
    first = min((row, before), key=lambda either: rank(either.kind, press=either.press))
    return replace(
        row,
        lines=tuple(dict.fromkeys([*before.lines, *row.lines])),
        events=before.events + row.events,
        kind=first.kind,
        press=before.press and row.press,
    )
