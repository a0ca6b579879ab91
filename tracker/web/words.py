"""Jinja filters: codes, dates and numbers in plain words."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

from tracker.domain import responses, status, votes
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.text import plural
from tracker.domain.vocab import (
    DocumentKind,
    DocumentRelation,
    EventType,
    Lane,
    Relation,
    ResolutionCode,
    ResponseState,
    StoryTie,
)
from tracker.store.behind import host
from tracker.web import language

LANE_WORDS = {
    Lane.INVESTORS: "Investors",
    Lane.ADVOCATES: "Advocates",
    Lane.LAWMAKERS: "Lawmakers",
    Lane.COMPANY: "Company",
    Lane.REGULATORS: "Regulators & courts",
    Lane.PRESS: "Press",
}
KIND_WORDS = {
    EventType.SEC_DECISION: "SEC decision",
    EventType.COMPANY_POLICY_CHANGE: "Change of company policy",
    EventType.RULING_OR_SETTLEMENT: "Ruling or settlement",
    EventType.STUDY_OR_REPORT: "Study or report",
}
DOCUMENT_WORDS = {
    DocumentKind.NEWS: "News",
    DocumentKind.STATEMENT: "Statement",
    DocumentKind.FILING: "Filing",
    DocumentKind.REPORT: "Report",
    DocumentKind.LEGISLATION: "Legislation",
    DocumentKind.CONTRACT: "Contract",
}
RELATION_WORDS = {
    Relation.VOTES_ON: "reports the vote on",
    Relation.DECIDES: "decides on",
    Relation.FILES: "files",
}
# What a reply is to the letter on whose card it stands.
ASSESSMENT_WORDS = {
    ResponseState.ACKNOWLEDGED: "acknowledged, not answered, by",
    ResponseState.ANSWERED_PARTIAL: "answered in part by",
    ResponseState.TANGENTIAL: "answered beside the questions by",
    ResponseState.DECLINED: "declined in",
    ResponseState.ANSWERED_LATE: "answered late by",
    ResponseState.PRIVATE: "answered, not in public, by",
    ResponseState.SENDER_DEEMED_INSUFFICIENT: "answered, insufficiently to the senders, by",
}
# What a letter came to that got some answer, but none to its questions.
SHORT_OF_AN_ANSWER = {
    ResponseState.ACKNOWLEDGED: "acknowledged only",
    ResponseState.TANGENTIAL: "answered beside the questions",
    ResponseState.DECLINED: "declined to answer",
}
NEAR_DAYS = 330
UNITS = ((86400 * 365, "year"), (86400, "day"), (3600, "hour"), (60, "minute"))


def day(value: date) -> str:
    """Return "24 May 2018"."""
    return language.day(value)


def short_day(value: PartialDate | date) -> str:
    """Return "Wed 3 Apr" for a day, and the words of a date that is known less exactly."""
    exact = value.exact_day if isinstance(value, PartialDate) else value
    return f"{exact:%a} {exact.day} {exact:%b}" if exact else partial(value)


def partial(value: PartialDate | date | None) -> str:
    """Return a partial date in words; "date not known" for none."""
    if value is None:
        return "date not known"
    if not isinstance(value, PartialDate):
        return day(value)
    return value.words() if language.current().locale is None else _elsewhere(value)


def _elsewhere(value: PartialDate) -> str:
    """Return a plain date in another language; ranges and open ends are English until the domain gives their parts."""
    first = value.earliest
    if first is None or value.approximate or value.precision not in {Precision.DAY, Precision.MONTH, Precision.YEAR}:
        return value.words()
    if value.precision is Precision.YEAR:
        return str(first.year)
    return day(first) if value.precision is Precision.DAY else language.month(first)


def machine_date(value: PartialDate | date) -> str:
    """Return what a <time> element may carry: a day, month or year; "" for anything less exact."""
    if not isinstance(value, PartialDate):
        return value.isoformat()
    plain = value.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR}
    return str(value.start) if plain else ""


def moment(value: datetime) -> str:
    """Return "24 May 2018, 10:03 UTC"."""
    there = value.astimezone(UTC)
    return f"{day(there.date())}, {there:%H:%M} UTC"


def ago(value: datetime, now: datetime) -> str:
    """Return "2 hours ago", or "in 5 minutes" when it lies ahead; under a minute is "just now"."""
    seconds = int((now - value).total_seconds())
    for size, unit in UNITS:
        if abs(seconds) >= size:
            words = plural(abs(seconds) // size, unit)
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def span(seconds: int) -> str:
    """Return a rhythm in words: "hour", "6 hours", "day" (to follow "every")."""
    for size, unit in UNITS:
        if seconds >= size:
            count = round(seconds / size)
            return unit if count == 1 else plural(count, unit)
    return plural(seconds, "second")


def number(value: int) -> str:
    """Return a whole number with thousands set apart."""
    return language.number(value)


def percent(value: Fraction | votes.Share) -> str:
    """Return a share in words that never rounds onto or across a bar; see domain.votes."""
    return votes.percent_words(value).replace(" %", "\N{NO-BREAK SPACE}%")


def support_words(value: votes.Share | votes.Claim) -> str:
    """Return the percentage alone: exact where it was counted, as printed where somebody published it."""
    return votes.support_words(value).replace(" %", "\N{NO-BREAK SPACE}%")


def support_basis(value: votes.Share | votes.Claim) -> str:
    """Return what a percentage rests on: the counts and the formula, or whose claim it is."""
    formula = votes.FORMULA_WORDS[value.formula]
    if isinstance(value, votes.Share):
        return f"{value.numerator:,} of {value.denominator:,} votes; {formula}"
    return f"claimed by {value.source}; {formula}"


def status_words(value: ResolutionCode) -> str:
    """Return the few words for a step of a resolution."""
    return status.label(value)


def assessment_words(value: ResponseState) -> str:
    """Return what a reply is, as words that the reply's name can follow."""
    return ASSESSMENT_WORDS.get(value, "answered by")


def short_of_an_answer(value: ResponseState) -> str:
    """Return what came instead of an answer, or "" where nothing did."""
    return SHORT_OF_AN_ANSWER.get(value, "")


def days_between(value: responses.Days | None) -> str:
    """Return "70 days" or "69 to 99 days" for the fewest and the most days between two partial dates."""
    return responses.days_words(value)


def near_day(value: PartialDate | date, to: date) -> str:
    """Return "20 Jan" for a day near another, "20 Jan 2028" for one further off, "~ 20 Jan" for about that day.

    Any other partial date is given in its words.
    """
    if isinstance(value, PartialDate) and value.approximate and value.earliest and value.earliest == value.latest:
        return f"~ {near_day(value.earliest, to)}"
    exact = value.exact_day if isinstance(value, PartialDate) else value
    if exact is None:
        return partial(value)
    return f"{exact.day} {exact:%b}" + (f" {exact.year}" if abs((exact - to).days) > NEAR_DAYS else "")


def days_since(value: PartialDate, today: date) -> str:
    """Return how many days have passed since a date, as far as it is known."""
    return responses.days_words(value.days_until(PartialDate.day(today)))


def period(value: tuple[date | None, date | None]) -> str:
    """Return a period as it stands on its chip: "1 Jan – 30 Jun 2019", "from 1 May 2018", "2019"."""
    since, until = value
    if since is None or until is None:
        return f"from {day(since)}" if since else f"until {day(until)}" if until else ""
    if (since.month, since.day, until.month, until.day, since.year) == (1, 1, 12, 31, until.year):
        return str(since.year)
    begin = f"{since.day} {since:%b}" + ("" if since.year == until.year else f" {since.year}")
    return f"{begin} – {until.day} {until:%b} {until.year}"


def lane_words(value: Lane) -> str:
    """Return a lane's name as it stands beside its colour."""
    return LANE_WORDS[value]


def kind_words(value: EventType | str) -> str:
    """Return what happened, written out: "Letter sent". What is kept as JSON gives its code as plain text."""
    return KIND_WORDS.get(EventType(value)) or value.replace("_", " ").capitalize()


def document_words(value: DocumentKind) -> str:
    """Return a document's form in words."""
    return DOCUMENT_WORDS[value]


def relation_words(value: Relation) -> str:
    """Return a relation as a verb that an object's name can follow."""
    return RELATION_WORDS.get(value) or value.value.replace("_", " ")


def following_words(value: DocumentRelation, forwards: bool) -> str:  # noqa: FBT001 - a filter's one argument
    """Return how a document bears on an earlier one, or read from the earlier one, as words before a title."""
    if value is DocumentRelation.RESPONDS_TO:
        return "answers" if forwards else "answered by"
    return "goes on from" if forwards else "gone on with in"


def story_tie_words(value: StoryTie) -> str:
    """Return what makes a document one of a story's."""
    return {StoryTie.COPY: "A copy", StoryTie.SAME_EVENT: "The same event"}.get(value, "An editor's word")


def field_words(value: str) -> str:
    """Return a field of the record in words: "Resolution status: filed", "Item 4: votes for"."""
    table, _, part = value.partition(":")
    if table == "ballot_item" and part:
        item, _, column = part.partition(":")
        said = column.replace("_", " ").replace(":", ": ")
        return f"{'Item' if item[:1].isdigit() else 'Matter'} {item}{': ' if column else ''}{said}"
    words = table.removesuffix("_id").replace("_", " ").capitalize()
    return f"{words}: {part.replace('_', ' ').replace('-', ' ')}" if part else words


def outward(url: str | None) -> str:
    """Return an address that may stand in a link: http or https, otherwise ""; feeds have carried javascript: ones, and
    some that are no address ("http://[x").
    """
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


FILTERS: dict[str, Callable[..., Any]] = {
    "ago": ago,
    "assessment_words": assessment_words,
    "day": day,
    "days_between": days_between,
    "days_since": days_since,
    "document_words": document_words,
    "field_words": field_words,
    "following_words": following_words,
    "host": host,
    "kind_words": kind_words,
    "lane_words": lane_words,
    "machine_date": machine_date,
    "moment": moment,
    "near_day": near_day,
    "number": number,
    "outward": outward,
    "partial": partial,
    "percent": percent,
    "period": period,
    "plural": plural,
    "relation_words": relation_words,
    "short_day": short_day,
    "short_of_an_answer": short_of_an_answer,
    "span": span,
    "status_words": status_words,
    "story_tie_words": story_tie_words,
    "support_basis": support_basis,
    "support_words": support_words,
}
