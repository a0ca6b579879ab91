"""What the comparison pages show, as files under the same filters; JSON holds the piece that the page shows."""

from flask import Blueprint, Response

from tracker.web import comparisons
from tracker.web.out import tables
from tracker.web.shapes.comparisons import ComparedAnswer, ComparedStatement, ComparedSupport

bp = Blueprint("comparison_files", __name__)

# As many lines as one file holds at most.
AT_MOST = 5000


@bp.get("/compare/answers/<slug>.<any(json, jsonl, csv):ending>")
def answers(slug: str, ending: str) -> Response:
    """Give the answers to a letter, one line a question, company and letter."""
    return tables.as_list(
        "answers", ending, ComparedAnswer, list(ComparedAnswer.all_of(comparisons.answers_asked(slug)))
    )


@bp.get("/compare/support.<any(json, jsonl, csv):ending>")
def support(ending: str) -> Response:
    """Give support for the same ask, one line a resolution."""
    lines = comparisons.support_lines(comparisons.PER_PAGE if ending == "json" else AT_MOST)
    return tables.as_list(
        "support", ending, ComparedSupport, [shape for line in lines for shape in ComparedSupport.all_of(line)]
    )


@bp.get("/compare/statements.<any(json, jsonl, csv):ending>")
def statements(ending: str) -> Response:
    """Give what vendors said beside their contracts, one line a pair."""
    pairs = comparisons.statement_pairs(comparisons.PER_PAGE if ending == "json" else AT_MOST)
    return tables.as_list("statements", ending, ComparedStatement, [ComparedStatement.of(pair) for pair in pairs])
