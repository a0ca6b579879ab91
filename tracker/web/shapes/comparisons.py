"""The lines of the comparison pages, as data."""

from collections.abc import Iterator

from flask import url_for
from pydantic import Field

from tracker.domain.said_and_contracted import Then
from tracker.domain.vocab import AnswerGrade, AskType, ResolutionCode
from tracker.store.comparisons_answers import Comparison, Found
from tracker.store.comparisons_contracts import Pair
from tracker.store.comparisons_support import Line
from tracker.web.shapes.base import Named, Shape, Support, When, full


class ComparedAnswer(Shape):
    """One question that one letter put to one company, and what came of it."""

    question: str = Field(description="The question")
    company: str = Field(description="Who was asked")
    letter: str = Field(description="The letter's name in addresses")
    url: str = Field(description="The question on the letter's page, with its sources")
    asked_on: When = Field(description="When the letter was sent")
    found: Found = Field(description="Graded, answered without a grade, no answer, nobody searched, or not yet due")
    grade: AnswerGrade | None = Field(description="How far the answer covers it; empty where nobody assessed it")
    quote: str = Field(description="The words that the grade rests on")
    answer: str | None = Field(description="The answer's title; empty where there is none")
    answered_on: When | None = Field(description="When it was given")
    searched_on: str | None = Field(description="When somebody last searched in vain; kept for the letter as a whole")

    @classmethod
    def all_of(cls, found: Comparison) -> Iterator["ComparedAnswer"]:
        """Yield the shapes of a comparison, question by question and company by company."""
        for question in found.questions:
            for company in found.companies:
                for entry in question.by_company.get(company.id, ()):
                    slug = entry.letter.slug
                    yield cls(
                        question=question.text,
                        company=company.name,
                        letter=slug,
                        url=full(f"{url_for('letters.page', slug=slug)}#q{entry.number}"),
                        asked_on=When.of(entry.letter.sent_on),
                        found=entry.found,
                        grade=entry.grading.grade if entry.grading else None,
                        quote=entry.grading.quote if entry.grading else "",
                        answer=entry.answer.title if entry.answer else None,
                        answered_on=When.of(entry.answer.on) if entry.answer else None,
                        searched_on=entry.search.on.isoformat() if entry.search else None,
                    )


class ComparedSupport(Shape):
    """One resolution in the table of support for the same ask."""

    subject: str = Field(description="The family of resolutions with the same ask")
    ask_type: AskType = Field(description="What sort of thing it asks for")
    company: str = Field(description="The company whose shareholders vote on it")
    season: int = Field(description="The year of the annual meeting it was filed for")
    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page, with its sources")
    status: ResolutionCode | None = Field(description="Its latest step; empty where nothing is on record")
    status_display: str = Field(description="The same for people")
    support: Support | None = Field(description="The share of votes for it; empty where no vote is on record")
    preliminary: bool = Field(description="Whether the share comes from a preliminary count")

    @classmethod
    def all_of(cls, line: Line) -> Iterator["ComparedSupport"]:
        """Yield the shapes of a line, oldest first."""
        for row in line.rows:
            yield cls(
                subject=line.subject,
                ask_type=line.ask_type,
                company=line.company,
                season=row.season,
                slug=row.slug,
                url=full(url_for("resolutions.page", slug=row.slug)),
                status=row.status.code if row.status else None,
                status_display=row.status_label,
                support=Support.of(row.support),
                preliminary=row.preliminary,
            )


class ComparedStatement(Shape):
    """Something a vendor said or promised, beside one of its contracts."""

    company: str = Field(description="Who said it, the vendor of the contract")
    said_on: When = Field(description="When it was said")
    said: Named = Field(description="What was said: a response or a commitment")
    said_sources: list[str] = Field(description="Addresses that the record of it rests on")
    contract: Named = Field(description="The contract")
    agency: str = Field(description="With whom the contract is")
    contract_sources: list[str] = Field(description="Addresses that the record of the contract rests on")
    verdict: Then = Field(
        description="How the contract's period lies to the day; not certain where dates leave it open"
    )
    why: str = Field(description="What the verdict rests on, in words")

    @classmethod
    def of(cls, pair: Pair) -> "ComparedStatement":
        """Return the shape of a statement beside a contract."""
        return cls(
            company=pair.company,
            said_on=When.of(pair.said_on),
            said=Named.of(pair.said_kind, pair.said_slug, pair.said_title),
            said_sources=[source.url for source in pair.said_sources if source.url],
            contract=Named.of("contract", pair.contract_slug, pair.contract_title),
            agency=pair.agency,
            contract_sources=[source.url for source in pair.contract_sources if source.url],
            verdict=pair.then,
            why=pair.why,
        )
