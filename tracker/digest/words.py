"""Dates, counts and standings in the few words a mail has room for."""

import re
from datetime import date

from tracker.digest.content import Badge, Tone
from tracker.domain import status
from tracker.domain.date_edges import MONTHS
from tracker.domain.dates import PartialDate
from tracker.domain.responses import ANSWER_KINDS, LetterState, days_words
from tracker.domain.vocab import ResolutionCode, ResponseState
from tracker.domain.votes import FORMULA_WORDS, Claim, Share, support_words

_OPEN = {
    ResolutionCode.DEFICIENCY_NOTICED,
    ResolutionCode.EXCLUSION_NOTICED,
    ResolutionCode.RECONSIDERATION_SOUGHT,
    ResolutionCode.LITIGATED,
    ResolutionCode.VOTED_PRELIM,
    ResolutionCode.MEETING_POSTPONED,
}
_SETTLED = {ResolutionCode.ON_BALLOT, ResolutionCode.VOTED_FINAL}
_ANSWER_WORDS = {
    ResponseState.DECLINED: "declined after",
    ResponseState.TANGENTIAL: "beside the questions after",
    ResponseState.ANSWERED_PARTIAL: "answered in part after",
    ResponseState.SENDER_DEEMED_INSUFFICIENT: "found insufficient; came after",
    ResponseState.PRIVATE: "answered privately after",
}
_SILENCE_WORDS = {
    ResponseState.DECLINED: "declined to answer",
    ResponseState.TANGENTIAL: "answered beside the questions",
    ResponseState.NO_RESPONSE: "searched, no answer found",
    ResponseState.ACKNOWLEDGED: "acknowledged, not answered",
}


def day(on: date) -> str:
    """Return "7 April 2019"."""
    return PartialDate.day(on).words()


def span(starts_on: date, ends_on: date) -> str:
    """Return "1 – 7 April 2019", "29 April – 5 May 2019", "30 December 2019 – 5 January 2020"."""
    if starts_on == ends_on:
        return day(ends_on)
    first = day(starts_on)
    if starts_on.year == ends_on.year:
        first = first.removesuffix(f" {starts_on.year}")
        if starts_on.month == ends_on.month:
            first = str(starts_on.day)
    return f"{first} – {day(ends_on)}"


def short(on: PartialDate, year: int) -> str:
    """Return a date with short months, "3 Apr" or "between 2 and 3 Apr"; the year only where it is another one."""
    words = re.sub("|".join(MONTHS), lambda month: month[0][:3], on.words())
    return re.sub(rf"(?<=[a-z]) {year}$", "", words) if re.search(r"\d [A-Z][a-z]{2} \d{4}$", words) else words


def cut(text: str, most: int) -> str:
    """Return the text on one line in at most `most` letters, cut between words where it can be, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    at_word = kept.rpartition(" ")[0] if line[most - 1] != " " else kept
    return f"{(at_word if len(at_word) > most // 2 else kept).rstrip(' ,;:–-')}…"


def resolution_badge(
    code: ResolutionCode | None, support: Share | Claim | None, *, preliminary: bool
) -> tuple[Badge | None, str]:
    """Return where a resolution stands, and how its percentage was reckoned ("" where there is none).

    A percentage never stands without its formula, so the second goes wherever the first does.
    """
    if support is not None:
        source = "counted as" if isinstance(support, Share) else f"according to {support.source}:"
        reckoning = f"{source} {FORMULA_WORDS[support.formula]}"
        tone = Tone.WAITING if preliminary else Tone.SETTLED
        words = support_words(support).replace(" %", "\N{NO-BREAK SPACE}%")
        return Badge(f"{words}, preliminary" if preliminary else words, tone), reckoning
    if code is None:
        return None, ""
    words = status.label(code).partition(":")[0]
    tone = Tone.WAITING if code in _OPEN else Tone.SETTLED if code in _SETTLED else Tone.PLAIN
    return Badge(words if words.isupper() or "SEC" in words else words[0].lower() + words[1:], tone), ""


def waited(state: LetterState) -> str:
    """Return how long a letter has been out on the day the state is for: "82 days"."""
    if state.sent is None:
        return days_words(None)
    return days_words(state.sent.days_until(PartialDate.day(state.on)), about=state.sent.approximate)


def letter_badge(state: LetterState, *, new: bool) -> Badge | None:
    """Return where a letter stands: waiting and for how long, or what came and when; None when it was not sent."""
    if state.days is None:
        return None
    if not state.facts & set(ANSWER_KINDS) - {ResponseState.ACKNOWLEDGED}:
        return Badge("new, waiting" if new else f"waiting {waited(state)}", Tone.WAITING)
    words = next((_ANSWER_WORDS[code] for code in _ANSWER_WORDS if code in state.facts), "answered after")
    days = days_words(state.days, about=state.sent is not None and state.sent.approximate)
    return Badge(f"{words} {days}", Tone.SETTLED if state.answered else Tone.WAITING)


def silence_line(state: LetterState, year: int) -> str:
    """Return when an unanswered letter was sent and what is known of its silence."""
    sent = f"sent {short(state.sent, year)}" if state.sent else "sent"
    known = next((words for code, words in _SILENCE_WORDS.items() if code in state.facts), "no search on record")
    return f"{sent} · {known}"
