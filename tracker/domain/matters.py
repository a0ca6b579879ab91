"""Telling whether two wordings name one matter, what sort of ask it is, and which formula a percentage follows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.domain.text import words
from tracker.domain.vocab import AskType, SupportFormula
from tracker.domain.votes import Claim, Share

_SAYS_NOTHING = re.compile(
    r"an?|and|any|are|as|at|be|been|by|for|from|has|have|if|in|into|is|it|its|may|no|not|o[fnr]|or|our|such|than|that"
    r"|the|their|these|this|those|to|was|were|which|who|will|with|would|board|companys?|corporation|directors?|inc"
    r"|propos\w*|resol\w*|report\w*|request\w*|regard\w*|share\w*|stock\w*|annual|vote|voting|whether|\d+"
)
_STEM = 6
# The least likeness of two wordings of one matter, and by how much it must be ahead of the next.
LIKE, AHEAD = 0.4, 0.1
ENOUGH_WORDS = 2


def shared_words(one: str, other: str, apart: str = "") -> int:
    """Return how many telling words two wordings share, those of `apart` (a company's name) left out."""
    return len((_telling(one) & _telling(other)) - _telling(apart))


def likeness(one: str, other: str, apart: str = "") -> float:
    """Return how much of the shorter wording's telling words the other has, 0.0 to 1.0, those of `apart` left out.

    One shared word is likeness only where the shorter wording has no other: a hundred proposals are about climate.
    """
    first, second = _telling(one) - _telling(apart), _telling(other) - _telling(apart)
    few, shared = min(len(first), len(second)), len(first & second)
    return shared / few if few and (shared >= ENOUGH_WORDS or shared == few) else 0.0


def likest(wording: str, candidates: Mapping[int, str], apart: str = "") -> tuple[int, float] | None:
    """Return the candidate that a wording names and how like they are; None where none is, or two are about as like."""
    ranked = sorted(((likeness(wording, text, apart), key) for key, text in candidates.items()), reverse=True)
    if not ranked or ranked[0][0] < LIKE:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return None
    return ranked[0][1], ranked[0][0]


def _telling(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text) if len(word) > 1 and not _SAYS_NOTHING.fullmatch(word))


_ASKS: dict[AskType, re.Pattern[str]] = {
    AskType.REPORT: re.compile(r"\breports?\b|\bdisclos|\bassess|\bstudy\b|\breview\b|\baudit\b|\bevaluat|\banaly[sz]"),
    AskType.PROHIBIT: re.compile(r"\bprohibit|\bban\b|\bcease\b|\bend (?:the )?sales?\b|\bstop\b|\bhalt\b|\bmoratori"),
    AskType.GOVERNANCE: re.compile(
        r"\bspecial (?:share|stock)?\w* ?meeting|\bwritten consent\b|\bindependent (?:board )?chair|\bmajority vot"
        r"|\bone vote per\b|\bproxy access\b|\bdeclassif|\bby-?laws?\b|\bdirector resign|\bsuper-?majority\b"
    ),
    AskType.POLICY: re.compile(r"\bpolic(?:y|ies)\b|\badopt|\bset targets?\b|\bcommit"),
}


def ask_type(title: str, clause: str) -> AskType:
    """Return the sort of ask, by its words: the clause's own verb counts, and the title where that is silent."""
    for text in (clause, title):
        found = {kind: match.start() for kind, pattern in _ASKS.items() if (match := pattern.search(text.lower()))}
        if AskType.GOVERNANCE in found:
            return AskType.GOVERNANCE
        if found:
            return min(found, key=lambda kind: found[kind])
    return AskType.OTHER


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A published percentage beside the counts: the formula that gives it, or the nearest one and how far off it is.

    `points` are percentage points, the published figure less the computed one. `named` is the formula that the source
    gave; where its own formula gives another figure, the difference is told under that one.
    """

    claim: Claim
    share: Share
    points: Fraction
    agrees: bool

    @property
    def named(self) -> SupportFormula:
        """The formula that whoever published it gave."""
        return self.claim.formula


def reconciled(claim: Claim, shares: Sequence[Share]) -> Reconciled | None:
    """Compare a published percentage with the shares that the counts give; None without any share to compare."""
    comparable = [share for share in shares if share.formula is claim.formula] or list(shares)
    if not comparable or claim.formula is SupportFormula.INSIDERS_EXCLUDED:
        return None
    low, high = claim.bounds
    fitting = [share for share in comparable if low <= share.value <= high]
    share = fitting[0] if fitting else min(comparable, key=lambda one: abs(one.value - claim.value))
    return Reconciled(claim, share, (claim.value - share.value) * 100, bool(fitting))


def telling_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims exact enough to tell one matter's count from another's: those with a decimal."""
    return [claim for claim in claims if (claim.percent.as_tuple().exponent or 0) != 0]


def ballot_number(number: str | None) -> str | None:
    """Return a ballot number for comparison: "Item 4." and "4" are one."""
    found = re.search(r"\d+(?:\s*\(?[a-z]\)?|\.\d+)?", (number or "").lower())
    return re.sub(r"[\s()]", "", found[0])[:20] if found else None
