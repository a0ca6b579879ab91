"""The voting results of a Form 8-K as people and tools are shown them."""

from collections.abc import Iterator
from typing import Any

from tracker.filings.voting_results.checks import differing_totals, without_impossible
from tracker.filings.voting_results.results import Matter, VotingResults, read_voting_results

_HEADS = ("for", "against", "withheld", "abstain", "broker non-votes")


def voting_report(body: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the results in the shape that docs/commands.md gives, and warnings."""
    results = read_voting_results(body)
    results = without_impossible(results, results.entitled.votes if results.entitled else None)
    return {
        "meeting_date": results.meeting_date.isoformat() if results.meeting_date else None,
        "preliminary": results.preliminary,
        "matters": [_matter(matter) for matter in results.matters],
    }, warnings_of(results)


def warnings_of(results: VotingResults) -> tuple[str, ...]:
    """Return what a careful reader is told of the results."""
    if results.matters:
        return (*results.warnings, *differing_totals(results.matters))
    return (*results.warnings, "no matter with counts: the report has no Item 5.07, or its counts are in an exhibit")


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title": matter.title,
        "kind": matter.kind,
        "nominee": matter.nominee,
        "for": matter.for_,
        "against": matter.against,
        "withheld": matter.withheld,
        "abstain": matter.abstain,
        "broker_non_votes": matter.broker_non_votes,
        "choices": dict(matter.choices) if matter.choices else None,
    }


def voting_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a table for people: one matter a line, counts right-aligned, nothing where there is none."""
    day = report["meeting_date"] or "a day the item does not say"
    counts = "preliminary" if report["preliminary"] else "final"
    yield f"Meeting of {day}: {len(report['matters'])} matters, {counts} counts"
    for matter in report["matters"]:
        number = f"{matter['number']}. " if matter["number"] else ""
        yield f"{number}{matter['nominee'] or matter['title'] or '(no title)'}  [{matter['kind'].replace('_', ' ')}]"
        told = [(head, matter[head.replace(" ", "_").replace("-", "_")]) for head in _HEADS]
        told += list((matter["choices"] or {}).items())
        yield "    " + ("  ".join(f"{head} {count:,}" for head, count in told if count is not None) or "no counts")
