"""Drawing issues for one reader: subject, text part and HTML part. Pure: no network, nothing is looked up.

The text part has a template of its own, for 72 columns. The HTML part is one column of 640 px whose styles stand on
the elements, because mail programs drop style sheets; what only a style sheet can say (dark, narrow) is kept beside.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Final

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.digest.content import IssueContent, Row
from tracker.digest.facts import Period
from tracker.digest.merge import shortened
from tracker.digest.words import cut, day, span
from tracker.domain.errors import InputError
from tracker.domain.text import plural
from tracker.settings import PROJECT

FOLDER: Final = "email/weekly_digest"
COLUMNS: Final = 72
SUBJECT_LETTERS: Final = 60
# Gmail cuts a message off at 102 KB; this leaves room for what a relay adds.
MOST_BYTES: Final = 96_000
# Rows of what changed, and lines of each other list, shared out among the campaigns; tried until the mail fits.
BUDGETS: Final = ((60, 60), (40, 40), (24, 20), (12, 10), (1, 1))
MOST_CAMPAIGNS: Final = 12


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail's words."""

    subject: str
    text: str
    html: str


def draw(name: str, values: Mapping[str, Any], site: str) -> Rendered:
    """Return the mail of `templates/email/<name>`; a value that it names and that is not given is an error."""
    known = {**values, "site": site}
    title = " ".join(environment().get_template(f"email/{name}/subject.txt").render(known).split())
    text = environment().get_template(f"email/{name}/body.txt").render(known)
    html = environment().get_template(f"email/{name}/body.html").render({**known, "subject": title})
    return Rendered(subject=title, text=text.strip() + "\n", html=inliner().inline(html))


@dataclass(frozen=True, slots=True)
class Reader:
    """What a mail says to its reader: where the site is, how to leave or change it, and when mail comes (see `rhythm`).

    `unsubscribe_url` is "" in a preview, which is nobody's.
    """

    site: str
    unsubscribe_url: str = ""
    manage_url: str = ""
    rhythm: str = ""


def render(issues: Sequence[IssueContent], reader: Reader) -> Rendered:
    """Return the mail that carries these issues, one a campaign; raise InputError when there are none.

    The rows are shared out among the campaigns and taken back, least important first, until the HTML part is small
    enough not to be cut off; what is left out is counted and linked.
    """
    if not issues:
        raise InputError("drawing a digest: it has no issue; nothing moved, so nothing is sent")
    ordered = sorted(issues, key=lambda issue: (issue.headline_rank, issue.title))
    rendered = None
    sharers = min(len(ordered), MOST_CAMPAIGNS)
    for rows, listed in BUDGETS:
        shares = max(1, rows // sharers), max(1, listed // sharers)
        shown = [shortened(issue, *shares) for issue in ordered[:MOST_CAMPAIGNS]]
        rendered = _drawn(shown, len(ordered) - len(shown), reader)
        if len(rendered.html.encode()) <= MOST_BYTES:
            break
    assert rendered is not None, "there is at least one budget"  # noqa: S101 - for the type checker
    return rendered


def render_quiet(titles: Sequence[str], starts_on: date, ends_on: date, reader: Reader) -> Rendered:
    """Return the mail of one line for somebody who wants it also when nothing moved in what they follow."""
    values = {
        "quiet_words": cut(f"Nothing moved: {span(starts_on, ends_on)}", SUBJECT_LETTERS),
        "when": span(starts_on, ends_on),
        "titles": ", ".join(titles[:MOST_CAMPAIGNS]) + (" and more" if len(titles) > MOST_CAMPAIGNS else ""),
        "rhythm": reader.rhythm,
        "manage_url": reader.manage_url,
        "unsubscribe_url": reader.unsubscribe_url,
    }
    return draw("quiet_period", values, reader.site)


def subject(issues: Sequence[IssueContent]) -> str:
    """Return the subject: the first headline, cut to 60 letters, and how many other things that are followed moved."""
    others = f" (+{len(issues) - 1} more)" if len(issues) > 1 else ""
    label = "Fictional example: " if issues[0].fictional else ""
    return cut(label + issues[0].headline, SUBJECT_LETTERS - len(others)) + others


def _drawn(issues: Sequence[IssueContent], left_out: int, reader: Reader) -> Rendered:
    values = {
        "issues": issues,
        "first": issues[0],
        "left_out": left_out,
        "reader": reader,
        "subject": subject(issues),
        "week": _week(issues),
    }
    drawn_by = environment()
    html = drawn_by.get_template(f"{FOLDER}/body.html").render(values)
    text = drawn_by.get_template(f"{FOLDER}/body.txt").render(values)
    line = drawn_by.get_template(f"{FOLDER}/subject.txt").render(values)
    return Rendered(subject=" ".join(line.split()), text=text.strip() + "\n", html=inliner().inline(html))


def _week(issues: Sequence[IssueContent]) -> str:
    period = Period(min(issue.starts_on for issue in issues), max(issue.ends_on for issue in issues))
    if period.is_day:
        return day(period.starts_on)
    if period.is_month:
        return f"{period.starts_on:%B %Y}"
    week = "Week of" if period.weeks == 1 else "Weeks of"
    return f"{week} {span(period.starts_on, period.ends_on)}"


def sections(issue: IssueContent) -> list[tuple[str, list[Row]]]:
    """Return the rows under their headings, in order."""
    return [(group.value, list(rows)) for group, rows in groupby(issue.rows, key=lambda row: row.group)]


def timeline_path(issue: IssueContent) -> str:
    """Return where the site shows this issue's days, or the thing itself where it has no timeline of its own."""
    return issue.path or f"/campaigns/{issue.slug}/timeline?from={issue.starts_on}&to={issue.ends_on}"


def archive_words(issue: IssueContent) -> str:
    """Return what was added to the archive without having moved in this period, as a sentence."""
    added = []
    if issue.older:
        added.append(plural(issue.older, "older entry", "older entries"))
    if issue.later:
        added.append(f"{plural(issue.later, 'entry', 'entries')} dated later")
    many = issue.older + issue.later > 1
    return f"{' and '.join(added)} {'were' if many else 'was'} added to the archive."


def followed(issues: Sequence[IssueContent]) -> str:
    """Return the campaigns' names as words: "A", "A and B", "A, B and C"."""
    names = [issue.title for issue in issues]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """Return the text in lines of at most 72 columns, led by `first` and then `rest`; addresses are never broken."""
    lead = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(
        text, COLUMNS, initial_indent=first, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines) or first.rstrip()


def underlined(text: str) -> str:
    """Return a heading for the text part: capitals, a rule below."""
    return f"{text.upper()}\n{'-' * len(text)}"


@cache
def environment() -> Environment:
    """Return where the templates of mail are, with what they draw by."""
    made = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    drawing = (archive_words, cut, day, followed, plural, sections, timeline_path, underlined, wrapped)
    made.filters.update({function.__name__: function for function in drawing})
    return made


@cache
def inliner() -> css_inline.CSSInliner:
    """Return what puts styles on the elements."""
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
