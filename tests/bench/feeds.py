"""Feeds for measuring: invented, the same for the same number, shaped like those that WordPress writes.

Most entries are general news; a stated share is about our subject, so that every stage has something to do. Each entry
has about 1.5 kB of HTML. Even numbers are RSS 2.0, odd ones Atom 1.0. All of it is fictional, also where real companies
are named.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Final

ENTRIES: Final = 20
SHARE: Final = 0.05
_HTML_BYTES: Final = 1500
# Of eight general entries one names the police, a border or the like in passing, as general news does.
_ONE_IN: Final = 8
_FIRST_DAY: Final = datetime(2018, 6, 1, 7, 30, tzinfo=UTC)
_DAYS: Final = 2700

_WHO = (
    "the mayor", "a spokeswoman", "the school board", "local farmers", "the hospital", "two researchers", "the bakery",
    "a retired teacher", "the transit agency", "the orchestra", "volunteers", "the museum", "the coach", "the dentist",
    "the finance minister", "a small brewery", "the library", "engineers", "the central bank", "the harbour master",
    "the union", "tenants", "a judge", "the weather service", "the airline", "shop owners", "the parks department",
)  # fmt: skip
_DID = (
    "announced", "postponed", "defended", "reviewed", "welcomed", "questioned", "opened", "explained", "cancelled",
    "planned", "measured", "published", "repaired", "sold", "praised", "delayed", "extended", "proposed", "rejected",
)  # fmt: skip
_WHAT = (
    "the new timetable", "a budget of nine million dollars", "the old bridge", "this year's harvest",
    "a summer concert", "its quarterly results", "the flood defences", "a housing plan", "the reading programme",
    "the final score", "a ferry service", "the winter menu", "the rules for market stalls", "a study of sleep",
    "the renovation",
    "a tax on parking", "the exhibition of maps", "solar panels for the roof", "the price of bread",
    "an early election",
)  # fmt: skip
_WHEN = (
    "on Monday", "last week", "after a long debate", "before the holidays", "in the early morning", "this spring",
    "for the second time", "without much notice", "at a crowded meeting", "on the eve of the fair", "by a narrow vote",
)  # fmt: skip
_MORE = (
    "Nobody expected the decision to come so soon.", "Details are to follow within a month.",
    "Residents had asked for it since the spring.", "The figures were higher than a year before.",
    "Rain is expected for the rest of the week.", "Tickets go on sale at the door.",
    "A second hearing is set for the autumn.", "It is the largest project of its kind in the county.",
    "Most of the money comes from the region.", "Those who remember the last time are less sure.",
)  # fmt: skip
_IN_PASSING = (
    "Police closed the road for an hour.", "The border with the next county follows the river.",
    "Animal rights are on the agenda too.", "A new law asks for a second exit.", "The ice held until March.",
    "The army band plays at noon.",
)  # fmt: skip
_ASKERS = (
    "The ACLU", "A coalition of civil rights groups", "Shareholders of Amazon", "The Congressional Black Caucus",
    "Open MIC", "Employees of the company", "Senator Edward Markey", "Two faith-based investors",
)  # fmt: skip
_ASKS = (
    "asked Amazon to stop selling Rekognition, its facial recognition product, to police departments",
    "filed a shareholder proposal on facial recognition and human rights for the annual meeting",
    "sent a letter to Jeff Bezos about face surveillance by law enforcement",
    "want an independent study of how Rekognition threatens privacy and civil rights",
    "criticised Amazon's contract for facial recognition with immigration authorities",
    "asked Microsoft and Amazon for a moratorium on police use of facial recognition",
)  # fmt: skip
_OURS = (
    "Rekognition compares a face with a database of mugshots, and its accuracy for darker skin is disputed.",
    "The board recommends a vote against the proposal.",
    "Washington County's sheriff in Oregon was among the first customers of Amazon's face recognition.",
    "The company said that customers must follow the law.",
    "A spokesperson of Amazon Web Services did not answer questions about police customers.",
    "Civil liberties groups call it mass surveillance of immigrants and protesters.",
)  # fmt: skip
_SECTIONS = ("Local", "Business", "Culture", "Science", "Sport", "Weather", "Opinion", "Technology")


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a feed, before it is written as RSS or Atom."""

    key: str
    title: str
    link: str
    author: str
    at: datetime
    section: str
    summary: str
    html: str


def site(number: int) -> str:
    """Return the address of the invented site behind a feed."""
    return f"https://paper-{number}.example"


def stories(number: int, entries: int = ENTRIES, share: float = SHARE) -> list[Story]:
    """Return a feed's entries, newest first; over all feeds the share on our subject is exactly `share`."""
    chance = random.Random(f"stories of feed {number}")
    ours = int((number + 1) * entries * share + 1e-9) - int(number * entries * share + 1e-9)
    on_subject = set(chance.sample(range(entries), ours))
    newest = _FIRST_DAY + timedelta(days=number * 37 % _DAYS, minutes=number % 50)
    return [
        _story(chance, number, entries - place, newest - timedelta(hours=3 * place), ours=place in on_subject)
        for place in range(entries)
    ]


def _story(chance: random.Random, feed: int, number: int, at: datetime, *, ours: bool) -> Story:
    sentence = _sentence_of_ours if ours else _sentence
    title = sentence(chance).removesuffix(".")
    slug = "-".join(word for word in title.lower().replace("'", "").replace(",", "").split()[:6])
    link = f"{site(feed)}/{at:%Y/%m}/{slug}-{number}/"
    paragraphs: list[str] = []
    if not ours and not chance.randrange(_ONE_IN):
        paragraphs.append(f"<p>{chance.choice(_IN_PASSING)}</p>\n")
    while sum(map(len, paragraphs)) < _HTML_BYTES - 200:
        plain = " ".join(sentence(chance) for _ in range(2))
        read_on = f'<a href="{site(feed)}/?p={chance.randrange(10**6)}">{chance.choice(_WHAT)}</a>'
        paragraphs.append(f"<p>{escape(plain, quote=False)} {read_on} &#8211; <em>{chance.choice(_MORE)}</em></p>\n")
    return Story(
        key=f"{site(feed)}/?p={number}",
        title=title,
        link=link,
        author=f"Reporter {chance.randrange(9)}",
        at=at,
        section=chance.choice(_SECTIONS),
        summary=" ".join(sentence(chance) for _ in range(2)),
        html="".join(paragraphs),
    )


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    said = f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} {pick(_WHEN)}, and {pick(_WHO)} {pick(_DID)} {pick(_WHAT)}."
    return said[0].upper() + said[1:]


def _sentence_of_ours(chance: random.Random) -> str:
    pick = chance.choice
    return f"{pick(_ASKERS)} {pick(_ASKS)} {pick(_WHEN)}. {pick(_OURS)}" if chance.random() < 0.6 else pick(_OURS)


def document(number: int, entries: int = ENTRIES, share: float = SHARE) -> bytes:
    """Return a whole feed: RSS for an even number, Atom for an odd one."""
    write = atom if number % 2 else rss
    return write(number, stories(number, entries, share))


def rss(number: int, entries: Sequence[Story]) -> bytes:
    """Return entries as an RSS 2.0 feed."""
    home = site(number)
    items = "".join(
        f"<item>\n<title>{escape(row.title)}</title>\n<link>{row.link}</link>\n<comments>{row.link}#respond</comments>\n"
        f"<dc:creator><![CDATA[{row.author}]]></dc:creator>\n<pubDate>{format_datetime(row.at)}</pubDate>\n"
        f"<category><![CDATA[{row.section}]]></category>\n<category><![CDATA[News]]></category>\n"
        f'<guid isPermaLink="false">{escape(row.key)}</guid>\n<description><![CDATA[<p>{row.summary}</p>\n]]>'
        f"</description>\n<content:encoded><![CDATA[{row.html}]]></content:encoded>\n"
        f"<wfw:commentRss>{row.link}feed/</wfw:commentRss>\n<slash:comments>0</slash:comments>\n</item>\n"
        for row in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n'
        f"<channel>\n<title>Paper {number} (fictional)</title>\n"
        f'<atom:link href="{home}/feed/" rel="self" type="application/rss+xml" />\n<link>{home}</link>\n'
        f"<description>Invented news</description>\n<lastBuildDate>{_built(entries)}</lastBuildDate>\n"
        "<language>en-US</language>\n<sy:updatePeriod>hourly</sy:updatePeriod>\n"
        "<sy:updateFrequency>1</sy:updateFrequency>\n<generator>https://wordpress.org/?v=6.7.1</generator>\n"
        f"{items}</channel>\n</rss>\n"
    ).encode()


def atom(number: int, entries: Sequence[Story]) -> bytes:
    """Return entries as an Atom 1.0 feed."""
    home = site(number)
    items = "".join(
        f"<entry>\n<author><name>{row.author}</name><uri>{home}</uri></author>\n"
        f'<title type="html"><![CDATA[{escape(row.title)}]]></title>\n'
        f'<link rel="alternate" type="text/html" href="{row.link}" />\n<id>{escape(row.key)}</id>\n'
        f"<updated>{row.at:%Y-%m-%dT%H:%M:%SZ}</updated>\n<published>{row.at:%Y-%m-%dT%H:%M:%SZ}</published>\n"
        f'<category scheme="{home}" term="{row.section}" />\n'
        f'<summary type="html"><![CDATA[<p>{row.summary}</p>]]></summary>\n'
        f'<content type="html" xml:base="{row.link}"><![CDATA[{row.html}]]></content>\n'
        f'<thr:total>0</thr:total>\n<link rel="replies" type="text/html" href="{row.link}#comments" thr:count="0" />\n'
        "</entry>\n"
        for row in entries
    )
    updated = max((row.at for row in entries), default=_FIRST_DAY)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en-US">\n'
        f'<title type="text">Paper {number} (fictional)</title>\n<subtitle type="text">Invented news</subtitle>\n'
        f"<updated>{updated:%Y-%m-%dT%H:%M:%SZ}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{home}" />\n<id>{home}/feed/atom/</id>\n'
        f'<link rel="self" type="application/atom+xml" href="{home}/feed/atom/" />\n'
        f'<generator uri="https://wordpress.org/" version="6.7.1">WordPress</generator>\n{items}</feed>\n'
    ).encode()


def _built(entries: Sequence[Story]) -> str:
    return format_datetime(max((row.at for row in entries), default=_FIRST_DAY))
