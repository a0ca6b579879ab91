"""Parts of a meeting, headed for several matters; and parts of a matter, rows of classes of stock, funds and totals."""

import re

from tracker.filings.voting_results.headings import Heading, Text, is_outcome
from tracker.filings.voting_results.kinds import names_matter, section_of_holders
from tracker.filings.voting_results.numbering import numbered

_CLASS = re.compile(
    r"\W*(?:holders of )?(?=.{0,20}\b(?:class|series|common|preferred|ordinary|voting))(?:(?:class"
    r"|series) [a-z0-9-]{1,3})?\s?"
    r"(?:(?:multiple|subordinate|super|common|ordinary|preferred|capital|voting) ?)*(?:stock|shares?"
    r"|units)?(?: holders?| votes?)?\W*",
    re.IGNORECASE,
)
_SOME_HOLDERS = re.compile(
    r"\W*(?:all|excluding|unaffiliated|disinterested|non-?affiliated|minority|public|independent) (?:of )?"
    r"(?:our |the )?(?:affiliated )?(?:(?:stock|share|unit|security ?)holders|affiliates|persons)\W*",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:class|series|preferred|common)\b.{0,80}\bvoting (?:separately|together|as a)\b", re.IGNORECASE
)
_FUND = re.compile(r"[^.;:]{2,60}\b(?:funds?|portfolios?|series)\W*", re.IGNORECASE)
_TOTAL = re.compile(
    r"\W*(?:grand |combined |aggregate )?(?:totals?|combined|all classes|total votes?(?: cast)?|together)(?: (?:vote"
    r"|votes|shares|for all classes|all classes))?\W*",
    re.IGNORECASE,
)


def is_class(label: str) -> bool:
    """Return whether a row's label is a class of stock or of holders: "Class A common stock", "All stockholders"."""
    return _CLASS.fullmatch(label) is not None or _SOME_HOLDERS.fullmatch(label) is not None


def continuing(heading: Heading, last: Heading | None) -> Heading:
    """Return the heading of a second part, "The Class B holders elected:", with the number of the first."""
    if last is not None and last.elects and heading.number is None and heading.elects:
        return heading._replace(number=last.number)
    if last is not None and (last.number or "").isdigit() and is_part(heading.number, heading.title):
        return heading._replace(number=last.number, title=f"{last.title} ({heading.title})")
    return heading


def is_part(number: str | None, title: str) -> bool:
    """Return whether a heading is that of a class's vote on the matter above: "(b) Class B, voting separately"."""
    return number is not None and len(number) == 1 and number.isalpha() and _APART.search(title) is not None


def is_fund(label: str) -> bool:
    """Return whether a row's label is a fund of a trust that holds one meeting for several."""
    return _FUND.fullmatch(label) is not None and not names_matter(label)


def is_total(label: str) -> bool:
    """Return whether a row's label is that of the total of the rows above."""
    return _TOTAL.fullmatch(label) is not None


def without_sections(texts: list[Text]) -> list[Text]:
    """Leave out headings of several matters, "(b) Company Proposals", where the matter's own comes after them."""
    own = [text for text in texts if section_of_holders(text.text) is None or not numbered(text.text)]
    last = texts[-1] if texts else None
    return own if own and own[-1] is last and not is_outcome(own[-1].text) else texts
