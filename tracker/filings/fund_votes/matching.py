"""Which ballot item a fund's vote was cast on: by issuer, meeting and matter. Ambiguous gives none.

Form N-PX numbers no matters, and who writes it up puts titles into other words than the proxy statement. So issuer and
meeting must agree for certain, and then the matter is the one item that the description fits clearly better than any
other. That an item is the only one we know of proves nothing: there may be others.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tracker.domain.canonical import organization_key
from tracker.domain.dates import PartialDate
from tracker.domain.text import words
from tracker.domain.vocab import BallotKind
from tracker.filings.fund_votes.votes import ReportedVote

ENOUGH, ENOUGH_ALONE = 0.5, 0.7
_MARGIN = 0.15
_key = lru_cache(maxsize=10_000)(organization_key)  # a filing names the same issuers over and over
_NUMBER = re.compile(
    r"(?:\b(?:item|proposal|resolution)\s*(?:no\.?|number|#)?\s*|^#?)(\d{1,3}(?:\s?[a-z]|\.\d{1,3})?)(?=[\s.:)-]|$)",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"an?|and|any|as|at|by|for|from|into?|its|o[fnr]|our|re|the|their|to|with|concerning|that|be|if|propos\w*|inc"
    r"|regard\w*|request\w*|relat\w*|shareholders?|stockholders?|shareowners?|resolution|vote|advisory|approv\w*"
    r"|company|corporation|management|mgmt|shp|properly|presented|meeting|items?|\d+"
)
# What any proposal may ask for: these words tell little of which it is.
_COMMON = re.compile(
    r"report|disclo|policy|polici|adopt|additi|annual|review|assess|evalua|publis|prepar|provid|commis|conduc|study|effort|risk|risks"
    r"|impact|board|direct|improv|transp|plan|plans|analys"
)
_COMMON_WEIGHT = 0.3
_STEM = 6  # letters: enough to tell "lobbying" from "logging", few enough for "report" and "reporting" to be one
_KINDS: tuple[tuple[BallotKind, re.Pattern[str]], ...] = (
    (BallotKind.SAY_ON_FREQUENCY, re.compile(r"\b(?:frequency|how often|every (?:one|1)\b)", re.IGNORECASE)),
    (
        BallotKind.SAY_ON_PAY,
        re.compile(r"\b(?:say[ -]on[ -]pay|(?:executive|officers?'?)\W+(?:\w+\W+){0,3}compensation"
                   r"|compensation of (?:\w+\W+){0,5}(?:executive|officers)|remuneration report)", re.IGNORECASE),
    ),
    (
        BallotKind.AUDITOR,
        re.compile(r"\b(?:ratif|appoint)\w*\b.{0,80}\b(?:audit\w*|accounting firm|accountants?)\b", re.IGNORECASE),
    ),
)  # fmt: skip
_SINGLE = frozenset({BallotKind.SAY_ON_FREQUENCY, BallotKind.SAY_ON_PAY, BallotKind.AUDITOR})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ballot item that a vote may have been cast on; `key` is what the caller knows it by."""

    key: int | str
    issuers: tuple[str, ...]
    held_on: PartialDate
    kind: BallotKind
    title: str
    number: str | None = None
    cusips: tuple[str, ...] = ()
    isins: tuple[str, ...] = ()


class Match(NamedTuple):
    """The item a vote was cast on, how sure that is (0.0 to 1.0), and why, in a sentence."""

    candidate: Candidate
    score: float
    reason: str


class _Sign(NamedTuple):
    score: float
    reason: str


def match(vote: ReportedVote, candidates: Iterable[Candidate]) -> Match | None:
    """Return the ballot item a vote was cast on, or None: where issuer or meeting differ, or no item clearly fits."""
    there = [(item, sure) for item in candidates if (sure := _same_meeting(vote, item)) is not None]
    weigh = _weights([item.title for item, _ in there])
    ranked = sorted(
        ((_matter(vote, item, there, weigh), sure, item) for item, sure in there),
        key=lambda found: -found[0].score,
    )
    # Where the company's own items are known too, the ballot is, and the other items stand against a weak likeness.
    whole = any(item.kind is not BallotKind.SHAREHOLDER_PROPOSAL for item, _ in there)
    if not ranked or ranked[0][0].score < (ENOUGH if whole else ENOUGH_ALONE):
        return None
    if len(ranked) > 1 and ranked[0][0].score - ranked[1][0].score < _MARGIN:
        return None
    matter, meeting, item = ranked[0]
    return Match(item, round(matter.score * meeting.score, 3), f"{meeting.reason}; {matter.reason}")


def _same_meeting(vote: ReportedVote, item: Candidate) -> _Sign | None:
    issuer = _same_issuer(vote, item)
    if issuer is None or vote.meeting_date is None or not item.held_on.contains(vote.meeting_date):
        return None
    exact = item.held_on.exact_day is not None
    said = "the same day" if exact else f"within {item.held_on.words()}"
    return _Sign(issuer.score * (1.0 if exact else 0.8), f"{issuer.reason}, {said}")


def _same_issuer(vote: ReportedVote, item: Candidate) -> _Sign | None:
    """Compare by identifier where both sides have one of a kind: then names do not count, for companies share them."""
    ours = {*item.cusips, *(isin[2:11] for isin in item.isins if isin.startswith(("US", "CA")))}
    filed = vote.cusip or (vote.isin[2:11] if vote.isin and vote.isin.startswith(("US", "CA")) else None)
    if filed and ours:
        if filed in ours:
            return _Sign(1.0, f"CUSIP {filed}")
        # The first six characters are the issuer's; what follows tells its securities apart.
        return _Sign(0.95, f"issuer {filed[:6]} of the CUSIP") if filed[:6] in {own[:6] for own in ours} else None
    if vote.isin and item.isins:
        return _Sign(1.0, f"ISIN {vote.isin}") if vote.isin in item.isins else None
    key = _key(vote.issuer)
    return _Sign(0.9, f"the name {vote.issuer!r}") if key and key in map(_key, item.issuers) else None


def _matter(
    vote: ReportedVote, item: Candidate, there: Sequence[tuple[Candidate, _Sign]], weigh: Callable[[str], float]
) -> _Sign:
    """Say how well a vote's description fits an item."""
    kind = _kind(vote)
    if kind in _SINGLE:
        alone = sum(other.kind is kind for other, _ in there) == 1
        return _Sign(0.95 if alone else 0.6, f"both are {kind.value}") if item.kind is kind else _Sign(0.0, "")
    if item.kind in _SINGLE or (kind is BallotKind.DIRECTOR) != (item.kind is BallotKind.DIRECTOR):
        return _Sign(0.0, "")
    filed, ours = _telling(vote.description), _telling(item.title)
    shared = filed & ours
    whole = sum(map(weigh, filed)) + sum(map(weigh, ours))
    alike = 2 * sum(map(weigh, shared)) / whole if whole else 0.0
    score = alike**0.5  # two write-ups of one matter share half their words at best
    reason = f"its words: {', '.join(sorted(shared)) or 'none'}"
    numbers = {number.lower().replace(" ", "") for number in _NUMBER.findall(vote.description)}
    if numbers and item.number:
        agrees = item.number.lower().rstrip(".") in numbers
        score = min(1.0, score + 0.3 if filed else 0.8) if agrees else score * 0.7
        reason += f"; {'number' if agrees else 'another number than'} {item.number}"
    if vote.proposed_by and (vote.proposed_by == "issuer") == (item.kind is BallotKind.SHAREHOLDER_PROPOSAL):
        score *= 0.6
        reason += f"; but filed as proposed by the {vote.proposed_by.replace('_', ' ')}"
    return _Sign(score, reason)


def _kind(vote: ReportedVote) -> BallotKind | None:
    """Return what a vote is about as far as its category or its words say; what a holder proposes is only that."""
    if vote.proposed_by == "security_holder":
        return BallotKind.SHAREHOLDER_PROPOSAL
    if any(category.startswith("DIRECTOR ELECTION") for category in vote.categories):
        return BallotKind.DIRECTOR
    if re.search(r"\b(?:share|stock)holder proposal\b", vote.description, re.IGNORECASE):
        return BallotKind.SHAREHOLDER_PROPOSAL
    return next((kind for kind, pattern in _KINDS if pattern.search(vote.description[:2000])), None)


def _telling(text: str) -> frozenset[str]:
    """Return the beginnings of the words that tell one matter from another."""
    return frozenset(word[:_STEM] for word in words(text[:2000]) if not _SAYS_NOTHING.fullmatch(word))


def _weights(titles: Sequence[str]) -> Callable[[str], float]:
    """Return how much a word tells: the less, the more items of the meeting have it."""
    having = Counter(word for title in titles for word in _telling(title))
    return lambda word: (_COMMON_WEIGHT if _COMMON.fullmatch(word) else 1.0) / max(1, having[word])
