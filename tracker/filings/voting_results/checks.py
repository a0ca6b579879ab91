"""What a careful reader checks of voting results, and what an amendment does to those filed before.

Source: Form 8-K, Item 5.07, instruction 1: preliminary results may be reported; final ones amend them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tracker.filings.voting_results.results import Matter, VotingResults

_MOST_NAMED = 3
_SEVERAL = 3


def differing_totals(matters: Sequence[Matter]) -> tuple[str, ...]:
    """Return a warning in words for each total that differs from the one most matters of the meeting have.

    A total counts broker non-votes. Matters on which only some classes of stock vote differ by right, and so do
    filings with slips of the pen: it is for a person to look, so this is no error.
    """
    voted = [matter for matter in matters if matter.total]
    brokers = {matter.broker_non_votes for matter in voted if matter.broker_non_votes}
    possible = {id(matter): _possible(matter, brokers) for matter in voted}
    totals = Counter(total for one in possible.values() for total in one)
    if all(one & possible[id(voted[0])] for one in possible.values()):
        return ()
    usual, times = max(totals.items(), key=lambda item: (item[1], item[0]))
    if times < 2:
        return ("the matters of this meeting have different totals of votes: compare them with the filing",)
    others: dict[int, list[str]] = {}
    for matter in voted:
        if usual not in possible[id(matter)]:
            others.setdefault(matter.total, []).append(matter.nominee or matter.title or "a matter without a title")
    return tuple(
        f"{_named(names)}: {total:,} votes in all, where {times} of {len(matters)} matters of this meeting have "
        f"{usual:,}"
        for total, names in others.items()
    )


def _possible(matter: Matter, brokers: set[int]) -> set[int]:
    """Return the totals that a matter may have: where broker non-votes are not given, also those of other matters."""
    return {matter.total} | ({matter.total + count for count in brokers} if matter.broker_non_votes is None else set())


def _named(names: Sequence[str]) -> str:
    quoted = "; ".join(f"“{name}”" for name in names[:_MOST_NAMED])
    return quoted if len(names) <= _MOST_NAMED else f"{quoted} and {len(names) - _MOST_NAMED} more"


def without_impossible(results: VotingResults, entitled: int | None) -> VotingResults:
    """Return the results without the counts of matters on which more votes were cast than the `entitled` there are.

    `entitled` counts votes, not shares, where a class of stock has several votes a share; None refuses nothing. Where
    every one of several matters is beyond it, abstentions and broker non-votes counted, it is the figure that is
    doubtful: then no count is refused, and a warning says so.
    """
    beyond = [matter for matter in results.matters if entitled is not None and _cast(matter) > entitled]
    if entitled is None or not beyond:
        return results
    # On a matter without broker non-votes more are cast than on the others, of the same stock.
    totals = [matter.total for matter in results.matters if matter.total]
    if len(totals) >= _SEVERAL and min(totals) > entitled:
        said = (
            f"on every matter more votes are counted than the {entitled:,} that may be cast: either a share has "
            "several votes or that figure is another's; compare it with the filing"
        )
        return replace(results, warnings=tuple(dict.fromkeys((*results.warnings, said))))
    refused = tuple(
        f"refused: {_cast(matter):,} votes for and against “{matter.nominee or matter.title}”, but only {entitled:,} "
        "may be cast at this meeting; compare the counts with the filing"
        for matter in beyond
    )
    gone = {id(matter) for matter in beyond}
    return replace(
        results,
        matters=tuple(_uncounted(matter) if id(matter) in gone else matter for matter in results.matters),
        warnings=(*results.warnings, *refused),
    )


def _cast(matter: Matter) -> int:
    """Return the votes cast on a matter: abstentions and broker non-votes are none."""
    return sum(count or 0 for count in (matter.for_, matter.against, matter.withheld, *(matter.choices or {}).values()))


def _uncounted(matter: Matter) -> Matter:
    places = {name: span for name, span in matter.places.items() if name in {"title", "nominee"}}
    return replace(
        matter,
        for_=None,
        against=None,
        withheld=None,
        abstain=None,
        broker_non_votes=None,
        choices=dict.fromkeys(matter.choices) if matter.choices else None,
        places=places,
    )


def amended(first: VotingResults, later: VotingResults) -> VotingResults:
    """Return the results that stand after an amendment: it replaces the matters it restates, and no others.

    Final counts are not replaced by preliminary ones. The result is preliminary while any matter of it is.
    Source: DOMAIN.md 11, vector 5: an 8-K/A restating one of 15 items leaves the other 14 standing.
    """
    if later.preliminary and not first.preliminary and first.matters:
        return replace(
            first, warnings=(*first.warnings, "a later report gives preliminary counts: the final ones stand")
        )
    waiting = list(later.matters)
    matters: list[Matter] = []
    kept = 0
    for matter in first.matters:
        restated = next((other for other in waiting if _same(matter, other)), None)
        if restated is None:
            kept += 1
            matters.append(matter)
        else:
            waiting.remove(restated)
            matters.append(
                replace(restated, number=restated.number or matter.number, title=restated.title or matter.title)
            )
    return replace(
        later,
        meeting_date=later.meeting_date or first.meeting_date,
        preliminary=later.preliminary if not kept else first.preliminary,
        matters=(*matters, *waiting),
        warnings=tuple(dict.fromkeys((*first.warnings, *later.warnings))),
    )


def _same(one: Matter, other: Matter) -> bool:
    """Return whether two reports of a meeting speak of one matter."""
    if one.nominee or other.nominee:
        return _words(one.nominee or "") == _words(other.nominee or "")
    if (one.kind == "say_on_frequency") != (other.kind == "say_on_frequency"):
        return False
    title, again = _words(one.title), _words(other.title)
    if title and again:
        shared = len(title & again) / min(len(title), len(again))
        return shared >= 0.8 or (one.number is not None and one.number == other.number and shared >= 0.4)
    return one.number is not None and one.number == other.number


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "proposal",
        "proposals",
        "vote",
        "votes",
    ]
)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower())) - _SMALL
