"""Figures of votes as filings print them: grouped digits, dashes for none, footnote marks, a percentage beside it."""

import re
from typing import Literal, NamedTuple

Sort = Literal["count", "absent", "percent", "mark"]

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad_\ufe58\ufe63\uff0d"
_HIGH = "\u00b9\u00b2\u00b3\u2070-\u2079"
FOOTNOTE = rf"(?:\s?(?:\([0-9]{{1,2}}\)|\([a-z*†‡#]{{1,2}}\)|\[[0-9a-z]{{1,2}}\]|[*†‡§#^{_HIGH}]{{1,4}}))"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:,\s?[0-9]{3})+|[0-9]{1,15}"
_COUNT = re.compile(
    rf"""(?P<digits>{_GROUPED})(?P<fraction>\.[0-9]{{1,6}})?{FOOTNOTE}{{0,3}}
    (?:\s?(?:votes?|shares?|vts)\.?)?
    (?:(?:\s?[(\[]|\s)\s?(?:[0-9]{{1,3}}|(?=\.))(?:\.[0-9]{{1,6}})?\s?%\s?(?:of\ [a-z ]{{1,40}})?[)\]]?)?
    {FOOTNOTE}{{0,3}}""",
    re.VERBOSE | re.IGNORECASE,
)
_DASH = re.compile(rf"[{_DASHES}](?:\s?0?\s?[{_DASHES}]){{0,3}}{FOOTNOTE}{{0,2}}")
_ZERO_WORD = re.compile(rf"(?:none|nil|zero|no votes){FOOTNOTE}{{0,2}}", re.IGNORECASE)
_ABSENT = re.compile(rf"(?:n\s?/\s?a|n\.\s?a\.|na|not applicable){FOOTNOTE}{{0,2}}", re.IGNORECASE)
_PERCENT = re.compile(
    rf"[-–—]\s?%|[(\[]?\s?[<>~]?\s?(?:[0-9]{{1,3}}(?:\.[0-9]{{1,6}})?|\.[0-9]{{1,6}})\s?%\s?[)\]]?{FOOTNOTE}{{0,2}}"
)
_MARK = re.compile(rf"[$%()\[\]|:;.,*†‡§#{_HIGH}]{{1,3}}|\([0-9a-z*†‡]{{1,2}}\)", re.IGNORECASE)
_WRONGLY_GROUPED = re.compile(rf"[0-9]{{1,4}}(?:[,.][0-9]{{1,4}}){{1,6}}{FOOTNOTE}{{0,2}}")


class Count(NamedTuple):
    """What a cell says: a count, that there is none to give, a percentage, or a mark that belongs to a neighbour.

    `value` is votes, rounded to whole ones where a fraction is printed; None where there is no count, or where its
    digits are grouped in no way that numbers are (`doubtful`).
    """

    sort: Sort
    value: int | None = None
    fraction: bool = False
    doubtful: bool = False


def read_count(text: str) -> Count | None:
    """Return what a cell's text says as a figure, None when it is no figure at all."""
    text = text.strip()
    if not text or len(text) > 60:
        return None
    if text.endswith(".") and "," in text:  # at the end of a sentence; "2." is a matter's number
        text = text[:-1]
    if found := _COUNT.fullmatch(text):
        whole = int(re.sub(r"[,\s]", "", found["digits"]))
        fraction = float(found["fraction"] or 0)
        return Count("count", whole + (fraction >= 0.5), fraction=bool(found["fraction"]))
    if _DASH.fullmatch(text) or _ZERO_WORD.fullmatch(text):
        return Count("count", 0)
    if _ABSENT.fullmatch(text):
        return Count("absent")
    if _PERCENT.fullmatch(text):
        return Count("percent")
    if _MARK.fullmatch(text):
        return Count("mark")
    if _WRONGLY_GROUPED.fullmatch(text):
        return Count("count", None, doubtful=True)
    return None
