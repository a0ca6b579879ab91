"""What changed in the text of a resolution since an earlier one on the same subject at the same company."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from tracker.domain.difference import Block, Change, Patience, change, compare
from tracker.domain.errors import InputError
from tracker.store import family_years, resolutions
from tracker.store.families import Proposal
from tracker.store.family_years import Texts
from tracker.store.resolutions import Filters
from tracker.web import pages
from tracker.web.resolutions import missing

bp = Blueprint("resolution_text", __name__)

# A statement has at most 500 words (Rule 14a-8(d)). Files may hold more: so many characters are compared.
MOST_COMPARED = 40_000
# Pairs of words that one page may compare; two statements of 500 words that have nothing in common take a quarter.
PATIENCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the text in both years; `blocks` is empty where one of them is not on record, and then they say."""

    title: str
    before: str
    now: str
    blocks: Sequence[Block]
    change: Change | None
    cut: bool

    @property
    def words(self) -> str:
        """How much changed, in words: "12 words added, 3 removed"."""
        if not any(block.pieces for block in self.blocks) or self.change is None:
            return "No word changed"
        words = self.change.words()
        return words[0].upper() + words[1:]


@bp.get("/resolutions/<slug>/changes")
def index(slug: str) -> str:
    """Show the difference word by word; `from` names the earlier resolution, the last one with this ask otherwise."""
    with pages.reading() as session:
        rows = resolutions.table(session, Filters(slug=slug), today=pages.today())
        if not rows:
            raise missing(session, slug)
        row = rows[0]
        earlier = family_years.earlier(row.families.years(row.family_id), row.proposal)
        since = _since(earlier)
        found = family_years.texts(session, [row.object_id, *(other.object_id for other in earlier)])
    parts = parts_of(found[since.object_id], found[row.object_id]) if since else []
    return render_template(
        "resolutions/changes.html",
        row=row,
        since=since,
        parts=parts,
        most_compared=MOST_COMPARED,
        earlier=sorted(earlier, key=lambda other: -other.season),
        on_record={key for key, texts in found.items() if texts},
    )


def parts_of(before: Texts, now: Texts) -> list[Part]:
    """Return the difference of each part of the text that is on record for any of the two years."""
    patience = Patience(PATIENCE)
    return [
        _part(title, old, new, patience)
        for title, old, new in (
            ("Resolved clause", before.resolved_clause, now.resolved_clause),
            ("Supporting statement", before.supporting_statement, now.supporting_statement),
        )
        if old or new
    ]


def _part(title: str, old: str, new: str, patience: Patience) -> Part:
    cut = max(len(old), len(new)) > MOST_COMPARED
    before, now = old[:MOST_COMPARED], new[:MOST_COMPARED]
    if not (before and now):
        return Part(title, before, now, (), None, cut)
    blocks = compare(before, now, patience)
    return Part(title, before, now, blocks, change(("", before), ("", now), patience), cut)


def _since(earlier: Sequence[Proposal]) -> Proposal | None:
    """Return the earlier resolution asked for; raises InputError naming those there are."""
    asked = request.args.get("from", "")
    if not asked:
        return next(iter(earlier), None)
    found = {other.slug: other for other in earlier}
    if asked not in found:
        there = ", ".join(found) or "none, for this is the first one on record"
        raise InputError(f"“{asked}” is no earlier resolution on the same subject; there are: {there}.")
    return found[asked]
