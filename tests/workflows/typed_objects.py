"""Forms of every kind, filled in as an editor would, from what the form itself says of its fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from tests import factories
from tracker.store.object_forms import FormField, FormPart, Widget, form_of

CAMPAIGN = "Rekognition"
# What a name can be typed for; questions of a letter go by the letter's name in addresses.
NAMES = {
    "organization": "Amazon", "person": "Jane Doe", "product": "Rekognition", "subject_family": "Facial recognition",
    "campaign_object": "The first letter", "letter_question": "first-letter 1",
}  # fmt: skip
OTHER_NAMES = {**NAMES, "organization": "Microsoft", "campaign_object": "The second letter",
               "letter_question": "first-letter 2"}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What every form may point to."""

    letter_id: int


def ground(session: Session) -> Ground:
    """Make organisations, a person, a product, a family, letters with questions, and a campaign."""
    amazon = factories.organization(session)
    factories.organization(session, "microsoft")
    factories.person(session)
    factories.product(session, vendor=amazon)
    factories.family(session, amazon, "facial-recognition")
    campaign = factories.campaign(session, title=CAMPAIGN)
    questions = ("Who buys it?", "How accurate is it?")
    first = factories.letter(session, "first-letter", title="The first letter", questions=questions, campaign=campaign)
    factories.letter(session, "second-letter", title="The second letter", campaign=campaign)
    return Ground(first.id)


def filled(kind: str, *, other: bool = False) -> dict[str, str]:
    """Return every field of a kind's form with a value, and one row of each of its lists; `other` has other values."""
    form = form_of(kind)
    values = {"campaigns": CAMPAIGN}
    values |= {one.key: text_for(one, other=other) for one in (*form.spine, *form.fields)}
    values |= dict(_rows(form.parts, "", other=other))
    return values


def _rows(parts: tuple[FormPart, ...], above: str, *, other: bool) -> Iterator[tuple[str, str]]:
    for part in parts:
        path = f"{above}-{part.name}-0" if above else f"{part.name}-0"
        for one in part.fields:
            yield f"{path}-{one.key}", text_for(one, other=other)
        yield from _rows(part.parts, path, other=other)


def text_for(one: FormField, *, other: bool) -> str:
    """Return what somebody types into a field."""
    if one.widget is Widget.CHOICE:
        return one.choices[-1 if other else 0][0]
    if one.widget is Widget.NAME:
        return (OTHER_NAMES if other else NAMES)[one.target]
    if one.key == "currency":
        return "EUR" if other else "GBP"
    if one.key == "url":
        return f"https://paper.example/{'second' if other else 'first'}"
    # The later of two days comes with the later of two fields, whichever rule holds them against each other.
    year = "2020" if one.key in LATER else "2018"
    return {
        Widget.LINE: "other" if other else "word",
        Widget.TEXT: "Another text,\nin two lines." if other else "A text,\nin two lines.",
        Widget.PARTIAL_DATE: f"June {year}" if other else f"3 May {year}",
        Widget.DAY: "4 May 2019" if other else "2019-05-03",
        Widget.COUNT: "13 million" if other else "12,000",
        Widget.YEAR: "2020" if other else "2019",
        Widget.PERCENTAGE: "27.55 %" if other else "27.5",
        Widget.YES_NO: "no" if other else "yes",
        Widget.LIST: "Another\nOne more" if other else "A name",
    }[one.widget]


LATER = {
    "respond_by", "received_on", "left_on", "ends_on", "settled_on", "enacted_on", "decided_on", "held_on", "due_on",
}  # fmt: skip
