"""The votes of a Form N-PX as rows for people and tools, read and told one by one: a filing may have half a million."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from tracker.domain.management import AdviceCheck
from tracker.filings.fund_votes.cover import Cover, cover_of
from tracker.filings.fund_votes.votes import ReportedVote, VoteRecord, fund_votes
from tracker.filings.fund_votes.xml_parts import unpacked

_PIECE = 2**18


def vote_rows(table: BinaryIO, cover: BinaryIO | None, notes: list[str]) -> Iterator[dict[str, Any]]:
    """Yield each vote of a vote table or full submission in the shape that docs/commands.md gives.

    `cover` is the primary document, where it is a file of its own. `notes` gets what is to be said of the filing as a
    whole, at the end.
    """
    check, empty = AdviceCheck(), True
    for vote in fund_votes(unpacked(pieces(table)), _cover(cover)):
        empty = False
        for record in vote.records:
            check.add(record.decision, record.filed_with_management, own=vote.proposed_by == "issuer")
        yield vote_row(vote)
    if empty:
        notes.append("it holds no votes: the votes are in the vote table filed beside it, or in another filer's report")
    if check.misread:
        notes.append(
            f"{check.opposed_own:,} votes against the issuer's own proposals are filed as with management, "
            f"{check.backed_own:,} as against it: the filer seems to have written what management advised, so do not "
            "rely on with_management of its other votes"
        )


def pieces(file: BinaryIO) -> Iterable[bytes]:
    """Return the bytes of a file, a piece at a time."""
    return iter(lambda: file.read(_PIECE), b"")


def vote_row(vote: ReportedVote) -> dict[str, Any]:
    """Return one vote in the shape that docs/commands.md gives."""
    cover = vote.cover
    advised = vote.management_advised
    managers, series = (cover.managers, cover.series) if cover else ({}, {})
    return {
        "place": vote.place,
        "filer": cover.filer if cover else None,
        "filer_cik": cover.cik if cover else None,
        "period": cover.period.isoformat() if cover and cover.period else None,
        "managers": [{"number": number, "name": managers.get(number)} for number in vote.managers],
        "series": [{"id": key, "name": series.get(key)} for key in vote.series],
        "issuer": vote.issuer,
        "cusip": vote.cusip,
        "isin": vote.isin,
        "figi": vote.figi,
        "meeting_date": vote.meeting_date.isoformat() if vote.meeting_date else None,
        "description": vote.description,
        "other_description": vote.other_description,
        "categories": list(vote.categories),
        "proposed_by": vote.proposed_by,
        "shares_voted": _number(vote.shares_voted),
        "shares_on_loan": _number(vote.shares_on_loan),
        "votes": [_record_row(record) for record in vote.records],
        "management_advised": advised.value if advised else None,
        "other_information": vote.other_information,
        "warnings": list(vote.warnings),
    }


def vote_line(row: dict[str, Any]) -> str:
    """Return one vote as a line for people: day, issuer, how voted, with or against management, the matter."""
    relation = {True: "with management", False: "against management", None: "management: not known"}
    votes = "; ".join(
        f"{vote['how_voted'] or vote['how_voted_as_filed'] or 'not known'}, {relation[vote['with_management']]}"
        + ("" if vote["shares"] is None else f", {vote['shares']:,} shares")
        for vote in row["votes"]
    )
    return f"{row['meeting_date'] or 'no date':>10}  {row['issuer']}: {votes or 'no vote'} | {row['description']}"


def _cover(file: BinaryIO | None) -> Cover | None:
    return cover_of(unpacked(pieces(file))) if file else None


def _record_row(record: VoteRecord) -> dict[str, Any]:
    years = f"{record.years} year{'s' if record.years != 1 else ''}" if record.years else None
    return {
        "how_voted": record.decision.value if record.decision else years,
        "how_voted_as_filed": record.how_voted,
        "shares": _number(record.shares),
        "with_management": record.with_management,
        "management_as_filed": record.management_as_filed,
    }


def _number(shares: Decimal | None) -> int | float | None:
    if shares is None:
        return None
    return int(shares) if shares == shares.to_integral_value() else float(shares)
