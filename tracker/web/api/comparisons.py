"""What only a join can give: answers to one letter, support for one ask, what vendors said beside their contracts."""

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import Field

from tracker.domain.vocab import AskType
from tracker.web import comparisons, pages
from tracker.web.api.base import Limited, Listed, Paged, bp, now, told
from tracker.web.api.objects import Name, SlugPath
from tracker.web.shapes.base import full
from tracker.web.shapes.comparisons import ComparedAnswer, ComparedStatement, ComparedSupport

COMPARISONS = Tag(name="Comparisons", description="The same questions, asks and days side by side")


class ComparedAnswers(Listed):
    """The answers to a letter and to those that ask the same again."""

    items: list[ComparedAnswer] = Field(description="One a question, company and letter")


class ComparedSupports(Paged):
    """Resolutions by subject, ask and company."""

    items: list[ComparedSupport] = Field(description="One a resolution; `limit` counts companies' subjects")


class ComparedStatements(Paged):
    """What vendors said beside their contracts."""

    items: list[ComparedStatement] = Field(description="One a statement and contract, the latest said first")


class SupportQuery(Limited):
    """Which support."""

    ask: AskType | None = Field(None, description="What sort of thing they ask for")
    company: Name = Field("", description="The company's name in addresses")


class StatementQuery(Limited):
    """Which statements."""

    company: Name = Field("", description="The vendor's name in addresses")


@bp.get(
    "/comparisons/answers/<slug>", summary="Answers to a letter", tags=[COMPARISONS], responses={200: ComparedAnswers}
)
def compared_answers(path: SlugPath) -> Response:
    """Give each question with what each company answered, or that it did not, or that nobody looked."""
    return told(ComparedAnswers(as_of=now(), items=list(ComparedAnswer.all_of(comparisons.answers_asked(path.slug)))))


@bp.get(
    "/comparisons/support", summary="Support for the same ask", tags=[COMPARISONS], responses={200: ComparedSupports}
)
def compared_support(query: SupportQuery) -> Response:
    """Give how shareholders voted on one subject at each company, each share with its formula."""
    page = pages.page_of(comparisons.support_lines(query.limit + 1), query.limit, comparisons.support_place)
    items = [shape for line in page.rows for shape in ComparedSupport.all_of(line)]
    return told(ComparedSupports(as_of=now(), items=items, next=full(page.next_url)))


@bp.get(
    "/comparisons/statements", summary="Words and contracts", tags=[COMPARISONS], responses={200: ComparedStatements}
)
def compared_statements(query: StatementQuery) -> Response:
    """Give what vendors said and promised, beside the contracts they had then; no verdict where dates leave it open."""
    page = pages.page_of(comparisons.statement_pairs(query.limit + 1), query.limit, lambda pair: pair.place)
    items = [ComparedStatement.of(pair) for pair in page.rows]
    return told(ComparedStatements(as_of=now(), items=items, next=full(page.next_url)))
