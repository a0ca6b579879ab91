"""Something due, as data."""

import datetime as dt

from flask import url_for
from pydantic import Field

from tracker.store.deadlines import Due, DueKind
from tracker.web import pages
from tracker.web.shapes.base import Shape, When, full


class Date(Shape):
    """Something due: a deadline, a meeting, an answer, a commitment; with the rule that says so."""

    key: str = Field(description="Its name, which stays when the date moves; calendars know it by the same")
    on: dt.date = Field(description="The day it is listed under")
    when: When = Field(description="The date as far as it is known")
    kind: DueKind = Field(description="What sort of thing is due")
    title: str = Field(description="What is due")
    company: str = Field(description="The company it concerns; empty where it concerns none")
    rule: str = Field(description="The rule that sets the day; empty where none does")
    anchor: str = Field(description="What the day is counted from")
    basis: str = Field(description="How the day is known")
    note: str = Field(description="What else is to be known")
    alert: str = Field(description="Where two dates disagree, what each of them is")
    url: str = Field(description="The page of what it comes from, or the calendar's")

    @classmethod
    def of(cls, due: Due) -> "Date":
        """Return the shape of something due."""
        address = pages.object_url(due.object_kind, due.object_slug) or url_for("calendar.index")
        return cls(
            key=due.key,
            on=due.on,
            when=When.of(due.when),
            kind=due.kind,
            title=due.title,
            company=due.company,
            rule=due.rule,
            anchor=due.anchor,
            basis=due.basis,
            note=due.note,
            alert=due.alert,
            url=full(address),
        )
