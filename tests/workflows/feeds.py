"""Feeds as tests need them: written entry by entry."""

from dataclasses import dataclass
from html import escape

RELEVANT = (
    "Amazon sells Rekognition, its facial recognition product, to police departments. The ACLU and the Congressional "
    "Black Caucus asked the company to stop selling facial recognition to law enforcement."
)
IRRELEVANT = "The garden show opens on Sunday. Roses, tulips and a prize for the largest pumpkin of the county."


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    key: str
    title: str
    text: str = RELEVANT
    link: str = ""
    day: str = "Thu, 07 Feb 2019 10:00:00 GMT"


def rss(*entries: Entry, title: str = "The Paper") -> bytes:
    """Return an RSS feed."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(entry.key)}</guid><title>{escape(entry.title)}</title>"
        f"<link>{escape(entry.link)}</link><pubDate>{entry.day}</pubDate>"
        f"<description>{escape(f'<p>{entry.text}</p>')}</description></item>"
        for entry in entries
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{escape(title)}</title>"
        f"<link>https://paper.example/</link><description>x</description>{items}</channel></rss>"
    ).encode()


def story(number: int = 1, title: str = "Police use Amazon's facial recognition", text: str = RELEVANT) -> Entry:
    """Return an entry about our subject, with an address of its own."""
    return Entry(f"story-{number}", f"{title}, part {number}", text, f"https://paper.example/story/{number}")


GARDEN = Entry("garden", "The garden show", IRRELEVANT, "https://paper.example/garden")
