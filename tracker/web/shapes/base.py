"""What every shape is made of: dates as far as they are known, names of other things, sources, shares of votes."""

import datetime as dt
from typing import overload

from flask import url_for
from pydantic import BaseModel, ConfigDict, Field

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import FORMULA_WORDS, Claim, Share
from tracker.store.behind import Behind
from tracker.web import pages
from tracker.web.words import support_words


class Shape(BaseModel):
    """The root of all shapes: plain values that do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class When(Shape):
    """A date as far as it is known."""

    date: str = Field(description="The date as known: 2018-05-24, 2018-05, 2018, or an interval such as ../2019-06-03")
    precision: Precision = Field(description="How much of it is known")
    display: str = Field(description="The same for people")
    earliest: dt.date | None = Field(description="The first possible day; empty when only an end is known")
    latest: dt.date | None = Field(description="The last possible day; empty when only a beginning is known")

    @classmethod
    def of(cls, on: PartialDate) -> "When":
        """Return the shape of a date."""
        return cls(date=str(on), precision=on.precision, display=on.words(), earliest=on.earliest, latest=on.latest)

    def __str__(self) -> str:
        """Return the date as known."""
        return self.date


class Named(Shape):
    """Another campaign object."""

    kind: str = Field(description="What it is: resolution, letter, company_response, contract ...")
    slug: str = Field(description="Its name in addresses")
    title: str = Field(description="Its title")
    url: str | None = Field(description="Its page; empty where its kind has no page of its own")

    @classmethod
    def of(cls, kind: str, slug: str, title: str) -> "Named":
        """Return the shape of an object by its names."""
        return cls(kind=kind, slug=slug, title=title, url=full(pages.object_url(kind, slug)))

    def __str__(self) -> str:
        """Return its title."""
        return self.title


class Source(Shape):
    """What a row rests on."""

    title: str = Field(description="The document's title, or the place in it")
    publisher: str = Field(description="Who published it")
    url: str = Field(description="Where it was published; empty where it has no address")
    copy_url: str | None = Field(description="The page of our archived copy; empty where there is none")
    how: str = Field(description="How it came to stand here: linked by rule, confirmed by a reviewer ...")

    @classmethod
    def of(cls, behind: Behind) -> "Source":
        """Return the shape of one source of a row."""
        return cls(
            title=behind.title,
            publisher=behind.outlet,
            url=behind.url,
            copy_url=copy_url(behind.document_id),
            how=behind.provenance,
        )

    def __str__(self) -> str:
        """Return its title, publisher and address on one line."""
        return ", ".join(filter(None, (self.title, self.publisher, self.url)))


class Support(Shape):
    """What share of the votes supported a proposal, under a named formula."""

    share: float = Field(description="From 0 to 1; for a published percentage as exact as its digits")
    display: str = Field(description="The same for people, never rounded across a threshold")
    formula: SupportFormula = Field(description="What was divided by what")
    formula_display: str = Field(description="The same in words")
    votes_for: int | None = Field(description="The votes counted for it; empty for a published percentage")
    votes_in_all: int | None = Field(description="What they were divided by; empty for a published percentage")
    claimed_by: str | None = Field(description="Who published the percentage; empty where we counted")

    @classmethod
    def of(cls, support: Share | Claim | None) -> "Support | None":
        """Return the shape of a share of the votes, if there is any."""
        if support is None:
            return None
        counted = support if isinstance(support, Share) else None
        return cls(
            share=float(support.value),
            display=support_words(support),
            formula=support.formula,
            formula_display=FORMULA_WORDS[support.formula],
            votes_for=counted.numerator if counted else None,
            votes_in_all=counted.denominator if counted else None,
            claimed_by=support.source if isinstance(support, Claim) else None,
        )


def copy_url(document_id: int | None) -> str | None:
    """Return the whole address of the page of our copy of a document, None where there is no copy."""
    return full(url_for("documents.page", document_id=document_id)) if document_id else None


@overload
def full(path: str) -> str: ...


@overload
def full(path: None) -> None: ...


def full(path: str | None) -> str | None:
    """Return a path of the site as a whole address, for what leaves the site."""
    return f"{pages.site()}{path}" if path is not None else None
