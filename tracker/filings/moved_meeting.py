"""That a meeting of shareholders was put off, moved or adjourned to another day, as a filing announces it.

Source: Form 8-K, Item 5.07, and additional proxy material (DEFA14A) under 17 CFR 240.14a-6(b).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.filings.proxy_statement.meeting import dates_in

_MOVES = re.compile(r"\b(?:postpon|adjourn|reschedul|reconven|moved\b|changed\b)", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:annual|special|general|shareholders'?|stockholders'?|the) meeting\b", re.IGNORECASE)
# What stands between the word of moving and the new day, and what before the old one.
_TO = re.compile(
    r"(?:(?:postponed|adjourned|rescheduled|moved|changed)\b[^;]{0,160}\b(?:to|until|till|for)"
    r"|(?:rescheduled|reconvened?|held)\b[^;]{0,160}\b(?:to|until|till|on|for))\s"
    r"(?:\d{1,2}:\d\d\s[ap]\.?m\.?,?[^;]{0,40}\b(?:on|of)\s)?(?:\w{3,6}day,?\s)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:originally|previously|initially|first)\b[^;]{0,60}$|\bfrom\s(?:\w{3,6}day,?\s)?$"
    r"|\bscheduled (?:for|to be held)\b[^;]{0,40}$|\bconvened\b[^;]{0,40}$|\bmeeting\b[^;]{0,30}\bof\s$"
    r"|\b(?:adjourned|postponed) on\s(?:\w{3,6}day,?\s)?$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:may|might|could|would|can|if|unless|in the event|any|den(?:y|ies|ied))\b[^;.]{0,60}$"
    r"|\b(?:not|never)\s(?:yet\s|being\s|been\s|be\s|to\s)*$"
)
# What else is moved to another day, often because the meeting was.
_OTHER = re.compile(
    r"\b(?:record date|deadline|(?:outside|effective|closing|payment) date|rule 14a-8|must be received"
    r"|(?:proposals?|nominations?)\s(?:must|may|will|should|under|pursuant|submitted|for inclusion))\b[^;]{0,90}$",
    re.IGNORECASE,
)
# A paper that tells how it went before, which moves nothing now.
_RETOLD = re.compile(
    r"\b(?:last|prior|previous|preceding|past) years?\b|\byears? ago\b|\bin (?:recent|earlier) years\b", re.IGNORECASE
)
_A_YEARS_WORTH = timedelta(days=180)
_AGAIN = re.compile(r"\b(?:further|again|second time|subsequently|then|reconvened)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[a-z0-9)”\"])\.\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class MovedMeeting:
    """The day a meeting was moved to, with its place in the text; the day it was to be held on, None where not said."""

    to: date
    was: date | None
    start: int
    end: int


def moved_in(text: str) -> MovedMeeting | None:
    """Return where a filing says that the meeting was moved; None where it does not, or names several new days.

    What it retells of another year's meeting is left out.
    """
    found = list(_moves(text))
    found = [move for move in found if all(other.to - move.to < _A_YEARS_WORTH for other in found)]
    if not found or len({move.to for move in found}) != 1:
        return None
    told = next((move for move in found if move.was is not None), found[0])
    return None if told.was == told.to else told


def _moves(text: str) -> Iterator[MovedMeeting]:
    at = 0
    for sentence in _SENTENCES.split(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        word = _MOVES.search(sentence)
        if (
            word is None
            or not _MEETING.search(sentence)
            or _NOT.search(sentence[: word.start()])
            or _RETOLD.search(sentence)
        ):
            continue
        flat = sentence.replace("\n", " ")
        was, days, last = None, [], 0
        for day, begin, end in dates_in(flat):
            before, own = flat[:begin], flat[last:begin]
            last = end
            if _FROM.search(own):
                was = was or day
            elif _TO.search(before) and not _OTHER.search(before):
                days.append((day, begin, end))
        # Moved more than once, it is held on the last of its days; otherwise it is not said which of several it is.
        if days and (_AGAIN.search(sentence) or len({day for day, *_ in days}) == 1):
            to, begin, end = max(days)
            yield MovedMeeting(to, was, start + begin, start + end)
