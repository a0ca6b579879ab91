"""Which of the known sources a new campaign should follow, and why: by company, by subject, or by what they publish."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.text import words

# Words that say nothing of a subject: a source is not proposed for them.
_EMPTY = frozenset(
    """a an and any are as at be board by company for from has have how in into is it its must no not of on or our over
    publish report that the their them this to under until use used uses what which who will with without""".split()  # noqa: SIM905 - readable
)
# Options in which a source says whom or what it looks for.
_NAMES = ("publisher", "recipients")
_SUBJECTS = ("term", "q", "keywords", "terms")


class Group(StrEnum):
    """Why a source is proposed, the nearest first."""

    COMPANY = "company"
    SUBJECT = "subject"
    VOICES = "voices"


@dataclass(frozen=True, slots=True)
class Company:
    """A company a campaign asks something of. `names` are its own, of its daughters and products; `hosts` its sites."""

    name: str
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    cik: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A source as far as its entry tells of it."""

    reader: str
    title: str
    url: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a source is proposed, in one sentence."""

    group: Group
    why: str


def reason(place: Place, companies: Sequence[Company], subject: str) -> Reason | None:
    """Return why a campaign about `subject` (its title and ask) should follow a source, or None.

    A source about another company than these is not proposed, whatever its subject.
    """
    for company in companies:
        if why := _of_company(place, company):
            return Reason(Group.COMPANY, why)
    if place.reader in {"edgar", "watched_page"} or _texts(place.options, _NAMES):
        return None
    if phrase := _shared(place, subject):
        return Reason(Group.SUBJECT, f"It looks for “{phrase}”, which are words of your ask.")
    kind = place.options.get("kind")
    if place.reader in {"feed", "newsroom"} and kind == "news":
        return Reason(Group.VOICES, "News: what is about your campaign is kept, the rest put aside.")
    if place.reader in {"feed", "newsroom"} and kind == "statement":
        return Reason(Group.VOICES, "An organisation that speaks up: what is about your campaign is kept.")
    return None


def _of_company(place: Place, company: Company) -> str:
    """Return what a source has to do with a company; "" for nothing."""
    if place.reader == "edgar":
        own = place.options.get("cik") == company.cik if company.cik and place.options.get("cik") else None
        if own or (own is None and _names(place.title, (company.name,))):
            return f"Filings of {company.name} at the SEC: proxy statements, vote counts, notices."
        return ""
    if company.cik and company.cik in _numbers(place.options.get("ciks")):
        return f"Notices of exempt solicitation at several companies, {company.name} among them."
    said = " · ".join([place.title, *_texts(place.options, _NAMES)])
    host = (urlsplit(place.url).hostname or "").lower()
    at_home = any(host == home or host.endswith(f".{home}") for home in company.hosts)
    if not at_home and not _names(said, company.names or (company.name,)):
        return ""
    return {
        "watched_page": f"A page of {company.name}'s own, watched for changes.",
        "usaspending": f"Federal contracts with {company.name}.",
        "newsroom": f"{company.name}'s own news.",
    }.get(place.reader, f"It is {company.name}'s own, or names it in its title.")


def _shared(place: Place, subject: str) -> str:
    """Return the phrase a source looks for (or its title) whose words the subject has; "" for none."""
    ours = set(telling(subject))
    for phrase in [*_texts(place.options, _SUBJECTS), place.title]:
        plain = phrase.strip("\"'").rpartition(": ")[2]
        wanted = telling(plain)
        if len(wanted) >= 2 and set(wanted) <= ours:
            return plain
    return ""


def telling(text: str) -> list[str]:
    """Return the words of a text that say what it is about, in lower case, in their order."""
    return [word for word in words(text.lower()) if word not in _EMPTY and len(word) > 2]


def _names(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names if name)


def _texts(options: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = options.get(key)
        found += [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)] if value else []
    return found


def _numbers(value: Any) -> set[int]:
    given = value if isinstance(value, list | tuple) else [value]
    return {int(one) for one in given if str(one).isdecimal()}
