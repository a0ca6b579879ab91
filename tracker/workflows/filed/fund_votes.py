"""Fund votes into the archive: the votes of a Form N-PX that were cast on ballot items we know.

The filing is read row by row and may be of any size; only what was matched is held, and written in one transaction.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError
from tracker.domain.management import AdviceCheck
from tracker.filings.fund_votes.cover import Cover, cover_of
from tracker.filings.fund_votes.matching import Candidate, match
from tracker.filings.fund_votes.votes import ReportedVote, VoteRecord, fund_votes
from tracker.filings.fund_votes.xml_parts import unpacked
from tracker.store import fund_votes as stored
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime
from tracker.workflows.shown.fund_votes import pieces

_LONGEST_NAME = 300


@dataclass(slots=True)
class Taken:
    """What became of a filing's votes. `doubtful` are votes without a decision, which are left."""

    votes: int = 0
    matched: int = 0
    new: int = 0
    changed: int = 0
    doubtful: int = 0
    kept_by_people: int = 0
    older: int = 0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return it for a person."""
        said = (
            f"{self.votes:,} votes read, {self.matched:,} cast on items we follow: {self.new:,} new, "
            f"{self.changed:,} changed"
        )
        if self.doubtful:
            said += f"; {self.doubtful:,} left because it is not certain how they were cast"
        if self.kept_by_people:
            said += f"; {self.kept_by_people:,} differ from what people gave, which stands"
        if self.older:
            said += f"; {self.older:,} left because a later filing says how these were cast"
        return "\n".join([said, *self.notes])


def take_fund_votes(
    runtime: Runtime, file: Path, *, url: str, cover: Path | None = None, filed: date | None = None
) -> Taken:
    """Take the votes of a vote table or full submission; `url` is where it can be read, `filed` the day of filing.

    What a fund's earlier filing said of an item is replaced, what a later one said stands.

    Raises ParseError for another form or a damaged file, and InputError when nobody says whose votes these are; then
    nothing is written.
    """
    with reading(runtime.engine) as session:
        by_month = _by_month(_candidate(item) for item in stored.items(session))
    taken, check = Taken(), AdviceCheck()
    found: dict[Any, dict[str, Any]] = {}
    with file.open("rb") as table:
        for vote in fund_votes(unpacked(pieces(table)), _cover(cover)):
            taken.votes += 1
            for record in vote.records:
                check.add(record.decision, record.filed_with_management, own=vote.proposed_by == "issuer")
            day = vote.meeting_date
            matched = match(vote, by_month.get((day.year, day.month), ())) if day else None
            if matched is not None:
                taken.matched += 1
                _note(found, int(matched.candidate.key), vote, taken, file.name)
    if check.misread:
        taken.notes.append(
            "what is filed as with or against management contradicts itself over the filing, so it is not taken"
        )
        for row in found.values():
            row["with_management"] = None
    filed_on = PartialDate.day(filed) if filed is not None else None
    _write(runtime, [{**row, "url": url, "filed_on": filed_on} for row in found.values()], taken)
    return taken


def _cover(path: Path | None) -> Cover | None:
    if path is None:
        return None
    with path.open("rb") as file:
        return cover_of(unpacked(pieces(file)))


def _candidate(item: stored.Item) -> Candidate:
    row = item.row
    return Candidate(row.id or 0, item.issuers, item.held_on, row.ballot_kind, row.title, row.number)


def _by_month(candidates: Iterable[Candidate]) -> dict[tuple[int, int], list[Candidate]]:
    """Return the candidates by the month of their meeting: most votes of a filing are about nobody we follow.

    A meeting known only to its year may have been in any of its months; one known less well is in none.
    """
    found: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        first, last = candidate.held_on.earliest, candidate.held_on.latest
        if first is None or last is None or first.year != last.year:
            continue
        for month in range(first.month, last.month + 1):
            found.setdefault((first.year, month), []).append(candidate)
    return found


def _note(found: dict[Any, dict[str, Any]], item_id: int, vote: ReportedVote, taken: Taken, file: str) -> None:
    """Keep a vote's records by item, fund and decision; those of one fund cast the same way are added up."""
    if vote.cover is None:
        raise InputError(f"{file}: it does not say whose votes these are; give the primary document with --cover")
    fund = _fund(vote, vote.cover)
    told = next((record for record in vote.records if record.decision is not None), None)
    for record in vote.records:
        if record.decision is None:
            taken.doubtful += 1
            continue
        key = item_id, fund, record.decision
        row = found.get(key)
        if row is None:
            found[key] = _row(item_id, fund, vote.cover, record, vote)
            continue
        row["shares_voted"] = _sum(row["shares_voted"], _whole(record.shares))
        if record is told:
            row["shares_on_loan"] = _sum(row["shares_on_loan"], _whole(vote.shares_on_loan))
        if row["with_management"] is not record.with_management:
            row["with_management"] = None


def _fund(vote: ReportedVote, cover: Cover) -> str:
    """Return the fund's name: its series, else the managers voting, else the filer."""
    series = [cover.series.get(key) or key for key in vote.series] or [cover.series[key] for key in cover.only_series]
    managers = [cover.managers.get(number) or "" for number in vote.managers]
    return (", ".join(series) or ", ".join(filter(None, managers)) or cover.filer)[:_LONGEST_NAME]


def _row(item_id: int, fund: str, cover: Cover, record: VoteRecord, vote: ReportedVote) -> dict[str, Any]:
    # Shares on loan are stated for the matter as a whole: they are told once, with the first way of voting.
    told = next(one for one in vote.records if one.decision is not None)
    on_loan = _whole(vote.shares_on_loan) if record is told else None
    return {
        "ballot_item_id": item_id,
        "fund": fund,
        "manager": cover.filer[:_LONGEST_NAME],
        "decision": record.decision,
        "shares_voted": _whole(record.shares),
        "shares_on_loan": on_loan,
        "with_management": record.with_management,
    }


def _whole(shares: Decimal | None) -> int | None:
    return None if shares is None else int(shares.to_integral_value(ROUND_HALF_UP))


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _write(runtime: Runtime, rows: list[dict[str, Any]], taken: Taken) -> None:
    votes: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        votes[row["ballot_item_id"], row["manager"], row["fund"]].append(row)
    cause = Cause(
        "reader: fund votes", runtime.clock(), "Read from a later Form N-PX.", url=rows[0]["url"] if rows else ""
    )
    with writing(runtime.engine) as session:
        with recording(session, cause):
            for cast in votes.values():
                for outcome in stored.replace(session, cast, runtime.clock()):
                    taken.new += outcome == "new"
                    taken.changed += outcome == "changed"
                    taken.kept_by_people += outcome == "kept"
                    taken.older += outcome == "older"
        touched = stored.resolutions_voted_on(session, {row["ballot_item_id"] for row in rows})
        project(session, object_ids=touched, clock=runtime.clock)
