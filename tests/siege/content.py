"""What the besieged feeds publish: invented entries that can be told apart and counted, more with every round."""

from datetime import UTC, datetime, timedelta
from typing import Final

from tests.bench import feeds
from tests.bench.feeds import Story

FIRST: Final = 4
_BEGIN: Final = datetime(2025, 3, 1, 8, tzinfo=UTC)
_OURS: Final = (
    "Shareholders asked Amazon to stop selling Rekognition, its facial recognition product, to police departments. "
    "The ACLU had sent a letter about face surveillance and civil rights before the annual meeting."
)
_GENERAL: Final = "The bakery opens on Sunday, and the orchestra plays at the fair. Rain is expected for the week."


def published(step: int) -> int:
    """Return how many entries a feed has at a step of the siege; steps count from 0."""
    return FIRST + step


def key(name: str, place: int) -> str:
    """Return the key of a feed's entry: its guid."""
    return f"{name}/entry/{place}"


def title(name: str, place: int) -> str:
    """Return the title of a feed's entry; no other entry of any feed has it."""
    return f"Überwachung in {name}, report {place}"


def link(name: str, place: int) -> str:
    """Return the address of a feed's entry."""
    return f"https://{name}.example/report/{place}/"


def story(name: str, place: int) -> Story:
    """Return one entry; every third is about our subject."""
    text = _GENERAL if place % 3 else _OURS
    return Story(
        key=key(name, place),
        title=title(name, place),
        link=link(name, place),
        author="A Reporter",
        at=_BEGIN + timedelta(hours=place),
        section="News",
        summary=f"Report {place} of {name}: naïve, café, 東京.",
        html=f"<p>{text}</p>\n<p>This is report {place} of {name}.</p>\n",
    )


def stories(name: str, count: int) -> list[Story]:
    """Return a feed's first `count` entries, newest first."""
    return [story(name, place) for place in reversed(range(count))]


def document(name: str, count: int) -> bytes:
    """Return a feed with its first `count` entries."""
    return feeds.rss(0, stories(name, count))
