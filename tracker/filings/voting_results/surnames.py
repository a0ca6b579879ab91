"""Nominees told by title and surname: "Mr. Cole received 1,234 votes for", after "elected A. B. Cole as a director"."""

import re

from tracker.filings.voting_results.kinds import person_in

_SHORT = re.compile(
    r"(?:Mr|Ms|Mrs|Miss|Dr|Messrs|Sir|Lord|Prof|Professor|Gen|General|Admiral|Adm|Senator|Governor|Ambassador|Judge)"
    r"\.?\s((?:(?:van|von|de|del|della|der|den|la|le|St\.)\s){0,3}[A-ZÀ-Þ][\w'’-]{1,30})"
)
_ELECTION_OF = re.compile(rf"\b(?:re-?)?[Ee]lection of ({_SHORT.pattern})")
_RECEIVED = re.compile(
    r"[\s,]{1,3}(?:received|obtained|garnered|(?:(?:was|were)\s)?(?:duly\s)?(?:re-?)?elected"
    r"(?:\s(?:as|to)\s(?:an?\s|the\s|our\s)?(?:class\s\w{1,3}\s)?"
    r"(?:directors?|trustees?|board(?:\sof\s(?:directors|trustees))?))?|with|by)"
    r"(?:,?\s(?:with|by|having|receiving))?(?:\s(?:a|the)(?:\sfollowing)?\s(?:votes?|number|total)(?:\sof)?)?[\s:,]*$",
    re.IGNORECASE,
)
_FORENAMES = r"(?<![\w.])(?:[A-ZÀ-Þ][\w'’.-]{0,30}\s|[“\"(][\w.]{1,20}[”\")]\s){1,4}"
_FAR = 4000
_SUFFIX = r"(?:,?\s(?:Jr|Sr|Ph\.?D|M\.?D)\b\.?|,?\s(?:III|II|IV)\b)?"


def without_received(lead: str) -> str:
    """Return the words before a count without the verb: "A. B. Cole received" is "A. B. Cole"."""
    return _RECEIVED.sub("", lead[-200:]) if len(lead) <= 200 else lead[:-200] + _RECEIVED.sub("", lead[-200:])


def surname_in(name: str) -> str | None:
    """Return the surname of "Mr. Cole", None of what is no title and surname."""
    found = _SHORT.fullmatch(name)
    return found[1] if found else None


def elected_in(said: str) -> str | None:
    """Return "Mr. Cole" of a text that speaks of "the election of Mr. Cole" and of nobody else's; else None."""
    names = {found[1] for found in _ELECTION_OF.finditer(said)}
    return names.pop() if len(names) == 1 else None


def whole_name(surname: str, said: str, end: int) -> tuple[int, int] | None:
    """Return where `said`, not far before `end`, gives the whole name of a surname; None where none or several."""
    whole = re.compile(rf"{_FORENAMES}{re.escape(surname)}(?![\w'’-]){_SUFFIX}")
    found = whole.finditer(said, max(0, end - _FAR), end)
    spans = [span for one in found if (span := _of_person(said, *one.span()))]
    return spans[0] if len({said[a:b] for a, b in spans}) == 1 else None


def _of_person(said: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the part of a place that is a person's name, without "Directors" and the like before it."""
    while not person_in(said[start:end]) or surname_in(said[start:end]):
        after = said.find(" ", start, end)
        if after < 0:
            return None
        start = after + 1
    return start, end
