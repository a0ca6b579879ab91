"""Comparisons that only a join can give: one letter's answers, one ask's support, a vendor's words and contracts."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from tracker.domain.errors import InputError
from tracker.domain.said_and_contracted import Then
from tracker.domain.vocab import AskType
from tracker.store import comparisons_answers, comparisons_contracts, comparisons_support, resolutions
from tracker.store.comparisons_answers import Comparison, Found
from tracker.store.comparisons_contracts import Pair
from tracker.store.comparisons_support import Line
from tracker.web import letters, pages
from tracker.web.resolutions import ASK_WORDS, MOST_COMPANIES

bp = Blueprint("comparisons", __name__)

PER_PAGE = 30
FOUND_WORDS: dict[Found, tuple[str, str]] = {
    Found.GRADED: ("answered", "good"),
    Found.NOT_ASSESSED: ("answered; this question not assessed", "warn"),
    Found.NO_ANSWER: ("no answer on record", "bad"),
    Found.NOT_SEARCHED: ("not searched", "warn"),
    Found.NOT_DUE: ("not yet due", ""),
}
THEN_WORDS: dict[Then, tuple[str, str]] = {
    Then.RUNNING: ("under contract then", "bad"),
    Then.BEGAN_AFTER: ("contract began later", "bad"),
    Then.ENDED_BEFORE: ("contract was over", "good"),
    Then.NOT_CERTAIN: ("not certain", "warn"),
}
HELD_OUT = "The page cannot be found again: start from the first page."


@dataclass(frozen=True, slots=True)
class SupportAsked:
    """Which support the address asks for."""

    ask_type: AskType | None
    company: str | None


@bp.get("/compare")
def index() -> str:
    """Say what can be compared and what it is good for."""
    return render_template("comparisons/index.html")


@bp.get("/compare/answers")
def answers() -> str:
    """List the letters whose answers can be laid side by side."""
    after = pages.key_argument(1)
    with pages.reading() as session:
        last = pages.row_number(after[0]) if after else None
        rows = comparisons_answers.listed(session, after=last, limit=PER_PAGE + 1)
    return render_template("comparisons/answers.html", page=pages.page_of(rows, PER_PAGE, lambda row: (str(row.id),)))


@bp.get("/compare/answers/<slug>")
def answers_to(slug: str) -> str:
    """Show each question of a letter with what each company answered, or that it did not, or that nobody looked."""
    return render_template(
        "comparisons/letter.html", found=answers_asked(slug), grades=letters.GRADE_WORDS, words=FOUND_WORDS, slug=slug
    )


@bp.get("/compare/support")
def support() -> str:
    """Show support for the same ask across companies and years, each figure with its formula."""
    wanted = support_asked()
    found = support_lines(PER_PAGE + 1)
    page = pages.page_of(found, PER_PAGE, support_place)
    with pages.reading() as session:
        options = resolutions.choices(session, MOST_COMPANIES)
    return render_template(
        "comparisons/support.html",
        page=page,
        seasons=sorted({season for line in page.rows for season in line.seasons}),
        options=options,
        chosen=wanted,
        asks=ASK_WORDS,
    )


@bp.get("/compare/statements")
def statements() -> str:
    """Show what vendors said and promised beside the contracts they had then."""
    with pages.reading() as session:
        vendors = comparisons_contracts.vendors(session)
        found = _pairs(session, vendors, PER_PAGE + 1)
    return render_template(
        "comparisons/statements.html",
        page=pages.page_of(found, PER_PAGE, lambda pair: pair.place),
        vendors=vendors,
        company=request.args.get("company"),
        words=THEN_WORDS,
    )


def answers_asked(slug: str) -> Comparison:
    """Return the comparison that a letter stands in; raises MissingPage when there is no such letter."""
    with pages.reading() as session:
        found = comparisons_answers.of_letter(session, slug, pages.today())
        if found is None:
            raise letters.missing(session, slug)
    return found


def support_asked() -> SupportAsked:
    """Return which support the address asks for; raises InputError for an ask that there is not."""
    return SupportAsked(next(iter(pages.codes("ask", AskType)), None), request.args.get("company") or None)


def support_lines(limit: int) -> list[Line]:
    """Return the lines that the address asks for; raises InputError for a company that nobody put a resolution to."""
    wanted, after = support_asked(), pages.key_argument(2)
    if after is not None and after[1] not in set(AskType):
        raise InputError(HELD_OUT)
    with pages.reading() as session:
        company_id = resolutions.company_id(session, wanted.company) if wanted.company else None
        if wanted.company and company_id is None:
            raise InputError(f"The filter “company” does not know “{wanted.company}”: take a name from /resolutions.")
        return comparisons_support.lines(
            session,
            today=pages.today(),
            ask_type=wanted.ask_type,
            company_id=company_id,
            after=(pages.row_number(after[0]), after[1]) if after else None,
            limit=limit,
        )


def support_place(line: Line) -> tuple[str, str]:
    """Return where a line stands in the list, as an address has it."""
    return str(line.family_id), line.ask_type.value


def statement_pairs(limit: int) -> list[Pair]:
    """Return statements beside contracts as the address asks; raises InputError for a company with no contract."""
    with pages.reading() as session:
        vendors = comparisons_contracts.vendors(session) if request.args.get("company") else []
        return _pairs(session, vendors, limit)


def _pairs(session: pages.Session, vendors: list[tuple[str, str]], limit: int) -> list[Pair]:
    company, after = request.args.get("company") or None, pages.key_argument(3)
    if company and company not in dict(vendors):
        raise InputError(f"The filter “company” does not know “{company}” as a vendor: no contract of it is shown.")
    key = (after[0], pages.row_number(after[1]), pages.row_number(after[2])) if after else None
    return comparisons_contracts.pairs(session, company=company, after=key, limit=limit)
