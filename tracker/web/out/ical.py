"""Dates as a calendar file (RFC 5545) that calendar programs can subscribe to."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from flask import Response
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from tracker.store.calendar import Entry
from tracker.store.deadlines import DueKind

# A program asks again after a day; a date changes seldom and the file is small.
REFRESH = timedelta(days=1)
MAKER = "-//Whereas//Shareholder and advocacy campaigns//EN"
# An identifier must outlive a change of the site's address, so it does not hold one.
DOMAIN = "whereas"
DAY = timedelta(days=1)
# What a text cannot hold (RFC 5545, 3.1: CONTROL). A line break can stand in one, escaped.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f]")


def calendar(
    name: str, entries: Iterable[Entry], *, addresses: Iterable[str], kinds: Mapping[DueKind, str]
) -> Response:
    """Return entries as a calendar file; `addresses` are their pages in the same order, `kinds` words for each kind.

    A date known less exactly than to the day is an entry over all days it may be, which keeps none of them busy.
    """
    told = Calendar()
    told.add("prodid", MAKER)
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told["x-wr-calname"] = vText(_text(name))
    told.add("name", _text(name))
    told.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry, address in zip(entries, addresses, strict=True):
        told.add_component(_event(entry, address, kinds))
    if not told.subcomponents:
        told.add_component(_utc())
    return Response(told.to_ical(), mimetype="text/calendar")


def _event(entry: Entry, address: str, kinds: Mapping[DueKind, str]) -> Event:
    row = entry.row
    event = Event()
    event.add("uid", f"{row.key}@{DOMAIN}")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", row.first_day)
    event.add("dtend", row.last_day + DAY)
    event.add("summary", _text(row.title))
    event.add("description", _text(f"{row.description}\n{address}".strip()))
    event.add("url", address)
    event.add("categories", [kinds[DueKind(row.kind)]])
    event.add("status", "CANCELLED" if row.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _utc() -> Timezone:
    """Return UTC as a component that shows nothing: a calendar must have one (RFC 5545, 3.6), also without a date."""
    found, standard, none = Timezone(), TimezoneStandard(), timedelta(0)
    found.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time by definition (3.6.5)
    standard.add("tzoffsetfrom", none)
    standard.add("tzoffsetto", none)
    found.add_component(standard)
    return found


def _text(said: str) -> str:
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", "\n".join(re.split("\r\n?|\n", said)))
