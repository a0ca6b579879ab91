"""Rows of classes of stock added up to the matter's votes, where the filing says how many votes a share of each has.

Where it does not say so for every class, or not whether its figures are votes or shares, each row stays by itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from tracker.filings.voting_results.columns import Counted
from tracker.filings.voting_results.drafts import Draft

_NUMBERS = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
} | {"fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "fifty": 50, "one hundred": 100}
_SPELLED = "|".join(sorted(_NUMBERS, key=len, reverse=True))
# "each share of Class B common stock is entitled to ten votes"; no other class and no part of a vote in between.
_ENTITLED = re.compile(
    r"\b(?P<stock>(?:class|series) [a-z0-9]{1,2})\b(?P<between>(?:(?!\b(?:class|series)\b)[^.;]){0,120}?)"
    rf"\b(?P<votes>{_SPELLED}|[0-9]{{1,3}})\s(?:\([0-9]{{1,3}}\)\s)?votes?\b",
    re.IGNORECASE,
)
_PART_OF_A_VOTE = re.compile(r"\b(?:tenth|half|third|fraction|hundredth)s?\b|[0-9]/[0-9]", re.IGNORECASE)
_STOCK = re.compile(r"\b(?:class|series) [a-z0-9]{1,2}\b", re.IGNORECASE)
_SHARES = re.compile(
    r"\bnumber of shares (?:for|voted|cast)\b|\bshares\s+(?:voted\s+)?(?:for|against|withheld)\b", re.IGNORECASE
)
_APART = re.compile(
    r"\b(?:vot\w+ separately|separate(?:ly)? (?:class|series|vote)|separate classes|each (?:class|series) vot)",
    re.IGNORECASE,
)
_VOTES = re.compile(r"\bnumber of votes\b|\bvotes?\s+(?:cast\s+)?(?:for|against|withheld)\b", re.IGNORECASE)


def added_up(drafts: Sequence[Draft], said: str, notes: list[str]) -> list[Draft]:
    """Return the drafts with the rows of one matter's classes of stock as one, and say in `notes` what was added.

    `said` is the item's text.
    """
    if not any(draft.stock for draft in drafts):
        return list(drafts)
    weights = _weights(said)
    found: list[Draft] = []
    for _, group in groupby(drafts, key=lambda one: (id(one.heading), one.who) if one.stock else id(one)):
        rows = list(group)
        each = [weights.get(_name(row.stock)) for row in rows]
        if len(rows) > 1 and len({_name(row.stock) for row in rows}) == len(rows) and all(each):
            found.append(_sum(rows, [weight or 0 for weight in each]))
            named = ", ".join(f"{row.stock} (times {weight})" for row, weight in zip(rows, each, strict=True))
            notes.append(f"counts of classes of stock were added up to votes: {named}")
        else:
            found.extend(rows)
    return found


def _weights(said: str) -> Mapping[str, int]:
    """Return by what the figures of each class are multiplied to make votes; none where that is not surely said.

    Classes that vote apart from each other decide apart: their votes are not added up either.
    """
    if _APART.search(said):
        return {}
    votes: dict[str, set[int]] = {}
    for one in _ENTITLED.finditer(said):
        if not _PART_OF_A_VOTE.search(one["between"]):
            word = one["votes"].lower()
            votes.setdefault(_name(one["stock"]), set()).add(_NUMBERS.get(word) or int(word))
    per_share = {stock: values.pop() for stock, values in votes.items() if len(values) == 1}
    if set(per_share.values()) <= {1}:
        return per_share
    shares, counted = _SHARES.search(said) is not None, _VOTES.search(said) is not None
    if shares == counted:
        return {}
    return per_share if shares else dict.fromkeys(per_share, 1)


def _name(stock: str) -> str:
    found = _STOCK.search(stock)
    return found[0].lower() if found else ""


def _sum(rows: Sequence[Draft], weights: Sequence[int]) -> Draft:
    """Return one matter of several rows: a count that one of them lacks is none of the sum's."""
    counts: dict[str, Counted] = {}
    for role in rows[0].counts:
        each = [row.counts.get(role) for row in rows]
        values = [one.value for one in each if one is not None and one.value is not None]
        if len(values) == len(rows):
            places = [one for one in each if one is not None]
            total = sum(value * weight for value, weight in zip(values, weights, strict=True))
            counts[role] = Counted(total, min(one.start for one in places), max(one.end for one in places))
    return replace(rows[0], counts=counts, stock="")
