"""Whether a fund voted with or against management, and what management must have advised.

Form N-PX asks "whether the vote was for or against management's recommendation". The XML calls the answer
`managementRecommendation`, which reads like the advice itself, and some filers put the advice there. So FOR beside a
vote AGAINST means: with management, who advised against. Sources: Form N-PX, Item 1; DOMAIN.md 8.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.vocab import FundDecision, Recommendation

_WITH = {"FOR": True, "AGAINST": False}
_OPPOSED = frozenset({FundDecision.AGAINST, FundDecision.WITHHOLD})
_FEW = 3


def voted_with_management(as_filed: str) -> bool | None:
    """Return whether a vote followed management's advice, from N-PX's `managementRecommendation`.

    None for NONE (management gave no advice), for an empty answer, and for words the form does not know.
    """
    return _WITH.get(as_filed.strip().upper())


def advice(decision: FundDecision | None, with_management: bool | None) -> Recommendation | None:  # noqa: FBT001
    """Return what management advised, as far as a vote and its relation to the advice tell.

    A vote for or against tells it. An abstention, a vote not cast and a choice of years do not.
    """
    if with_management is None or decision not in {FundDecision.FOR, *_OPPOSED}:
        return None
    return Recommendation.FOR if (decision is FundDecision.FOR) == with_management else Recommendation.AGAINST


def advised(records: Iterable[tuple[FundDecision | None, bool | None]]) -> Recommendation | None:
    """Return what management advised on one matter, from all votes on it: `(decision, with management)`.

    None where no vote tells it, and where two votes tell different things.
    """
    told = {found for decision, with_ in records if (found := advice(decision, with_)) is not None}
    return told.pop() if len(told) == 1 else None


def contradict(records: Iterable[tuple[FundDecision | None, bool | None]]) -> bool:
    """Return whether the votes on one matter cannot all stand in the relation to management that is filed for them."""
    return len({found for decision, with_ in records if (found := advice(decision, with_)) is not None}) > 1


@dataclass(slots=True)
class AdviceCheck:
    """Counts, over one filing, how often its answers would have management oppose its own proposals.

    A filer who writes the advice where the relation to it is asked gives FOR beside every vote against management.
    """

    opposed_own: int = 0
    backed_own: int = 0

    def add(self, decision: FundDecision | None, with_management: bool | None, *, own: bool) -> None:  # noqa: FBT001
        """Count one vote; `own` says that the issuer itself proposed the matter. Only votes against can tell."""
        if own and decision in _OPPOSED and with_management is not None:
            if with_management:
                self.opposed_own += 1
            else:
                self.backed_own += 1

    @property
    def misread(self) -> bool:
        """Whether the filer more likely wrote management's advice than the vote's relation to it."""
        return self.opposed_own >= _FEW and self.opposed_own > self.backed_own
