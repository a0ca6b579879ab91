"""For which year a company counts a meeting: "held its 2025 Annual Meeting", which may be held in another year.

A company that is late holds the meetings of two fiscal years within months of each other; what it calls them keeps
them apart. Source: Form 8-K, Item 5.07(a); the notice of meeting under 17 CFR 240.14a-6.
"""

import re
from collections import Counter
from typing import NamedTuple

# Named as the meeting that the paper is about, which "until the 2027 annual meeting" does not.
_NAMED = re.compile(
    r"(?:\b(?:held|hold|holds|holding|conven(?:e|ed|ing)|conducted|adjourned|postponed|reconvened|completed|concluded)\s"
    r"(?:its|our|the|an?)\s(?:(?:virtual|reconvened|delayed|combined|adjourned)\s)?"
    r"|\b(?:notice of|results? (?:of|from)) (?:the\s|our\s|its\s)?"
    r"|[“\"](?:the\s)?)(?P<year>20[0-9]{2})\sannual\s(?:general\s)?meeting\b"
    r"|\b(?:held|hold|convened|conducted)\s(?:its|our|the|an)\sannual\s(?:general\s)?meeting\sof\s(?:\w+\s){1,3}"
    r"for\s(?:the\s)?(?:fiscal\s)?(?:year\s)?(?P<fiscal>20[0-9]{2})\b",
    re.IGNORECASE,
)


class MeetingYear(NamedTuple):
    """The year of a meeting, with its place in the text."""

    year: int
    start: int
    end: int


def meeting_year_in(text: str) -> MeetingYear | None:
    """Return the year that a filing gives its meeting; None where it gives none, or two equally often."""
    found = [
        MeetingYear(int(named[group]), *named.span(group))
        for named in _NAMED.finditer(text)
        for group in ("year", "fiscal")
        if named[group]
    ]
    times = Counter(one.year for one in found).most_common(2)
    if not times or (len(times) > 1 and times[0][1] == times[1][1]):
        return None
    return next(one for one in found if one.year == times[0][0])
