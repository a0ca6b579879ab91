"""The words of a watched page by which a change is judged: without what changes by itself.

Cautious on purpose. A number, a date or a clock goes only where its surroundings say what it is ("Last updated",
"views", "©"), because a missed change of a policy is worse than a false alarm: "for one year" must stay.
"""

import re

from tracker.domain.text import content_hash, one_line, tidy_lines

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|{_MONTH}\s+\d{{4}}|today|yesterday)"
)
_ZONE = r"(?-i:[A-Z]{2,5}\b|[+-]\d{2}:?\d{2}|Z\b)"
_CLOCK = rf"\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?)?\s*{_ZONE}?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MOMENT = rf"{_WEEKDAY}{_DAY}(?:,?\s*(?:at|-|–|\||T)?\s*{_CLOCK})?"
_AGO = r"(?:just now|(?:about |over |almost )?(?:\d+|an?|one|few) (?:{}) ago)"
_SHORT_AGO = _AGO.format("s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?")
_LONG_AGO = _AGO.format("s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?")
_NUMBER = r"\d[\d,.\s]{0,12}\s?[KMB]?\+?"
_COUNTED = (
    r"(?:page )?(?:views?|reads?|shares?|likes?|comments?|replies|retweets?|reposts?|reactions?|followers?|visitors?"
    r"|visits?|people (?:are )?(?:reading|viewing|online)(?: this)?(?: now)?|users? online)"
)
_COUNTER = rf"(?:{_NUMBER}\s*{_COUNTED}|{_COUNTED}\s*[:(]?\s*{_NUMBER}\)?|viewed {_NUMBER} times?)"
_MARK = r"[A-Za-z0-9_\-.:/+=]{6,128}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_DONE = r"(?:updated?|modified|reviewed|revised|changed|edited|refreshed|generated)(?: on| at)?\s*[:\-–]?\s*"
_WHO = r"(?:(?:page|content|site|article|this (?:page|policy|document|article)) )?(?:was |has been )?"

# Within a line: only what a label or a sign gives away.
_LABELLED_DATE = rf"\b(?:last|page|content) {_DONE}(?:{_MOMENT}|{_LONG_AGO})"
_LABELLED_CLOCK = rf"\b(?:current|local|server) (?:date|time)(?: and time)?(?: is)?\s*[:\-–]?\s*(?:{_MOMENT}|{_CLOCK})"
_LABELLED_MARK = (
    r"\b(?:(?:request|ray|session|trace|correlation)[ -]?id\s*[:#]?"
    r"|(?:nonce|csrf(?:[ _-]token)?|build(?: id)?)\s*[:=#])"
    rf"\s*(?=\S*\d){_MARK}"
)
_COPYRIGHT_YEAR = r"(?:©|\(c\)|\bcopyright\b)(?:\s*(?:©|\(c\)|copyright))?\s*\d{4}(?:\s*[-–—]\s*(?:\d{4}|present))?"
_WITHIN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _LABELLED_DATE,
        _LABELLED_CLOCK,
        rf"(?<![\w.])(?:{_SHORT_AGO})(?!\w)",
        _LABELLED_MARK,
        rf"\b{_UUID}\b",
        _COPYRIGHT_YEAR,
    )
)
# A whole line: what would be the text's own within a sentence.
_PART = (
    rf"(?:{_COUNTER}|(?:{_WHO}(?:last |first )?{_DONE}|(?:posted|published)(?: on| at)?\s*[:\-–]?\s*)?{_LONG_AGO}"
    rf"|{_WHO}(?:last |first )?{_DONE}(?:{_MOMENT}|{_CLOCK})"
    rf"|\d{{1,2}}:\d{{2}}:\d{{2}}\s*(?:[ap]\.?m\.?)?\s*{_ZONE}?)"
)
_BUTTON = (
    r"(?:accept|reject|allow|decline|manage)(?: all| only necessary)?(?: cookies?| cookie settings| preferences)?"
    r"|cookie (?:settings|preferences|notice)|got it!?|skip to (?:main )?content|back to top|print(?: this page)?"
    r"|share(?: this)?(?: page| article| post)?(?: on| via)?[\s:]*"
    r"(?:facebook|twitter|x|linkedin|email|whatsapp|reddit|\s)*"
    r"|follow us|advertisement|loading(?:…|\.{3})?|menu|close|search"
)
_WHOLE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"{_PART}(?:\s*[|·•,;/–—-]?\s*{_PART}){{0,6}}", r"[0-9a-f]{16,128}", _BUTTON)
)
_LONGEST_LINE = 200
_UNREAD = re.compile(r"^\(\d{1,4}\)\s+")  # "(3) Our policy": messages that wait
_HINT = re.compile(r"\d|©", re.ASCII)


def steady(text: str) -> str:
    """Return plain text without clocks, counters, tokens, "last updated" lines, copyright years and lone buttons.

    Two texts that are the same after this are told apart by nothing that a person wrote.
    """
    return "\n".join(kept for line in tidy_lines(text).split("\n") if (kept := _steady_line(line)))


def steady_hash(title: str, text: str) -> str:
    """Return the hash by which a change of a watched page is judged, in the form of `content_hash`.

    The headline counts once: a site's new frame may move it into the text or out of it.
    """
    headline = one_line(_UNREAD.sub("", one_line(title)))
    lines = [line for line in steady(text).split("\n") if line != headline]
    return content_hash(headline, "\n".join(lines))


def _steady_line(line: str) -> str:
    if len(line) <= _LONGEST_LINE and any(pattern.fullmatch(line) for pattern in _WHOLE):
        return ""
    if not _HINT.search(line) and " ago" not in line and "now" not in line:
        return line
    for pattern in _WITHIN:
        line = pattern.sub("", line)
    line = " ".join(line.split())
    return line if any(mark.isalnum() for mark in line) else ""
