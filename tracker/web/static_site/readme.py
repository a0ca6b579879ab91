"""What a person who finds the folder of a copy should know."""

from datetime import datetime


def readme(title: str, moment: datetime, site: str) -> str:
    """Return what a person who finds the folder should know."""
    live = f"The site itself is at {site}.\n" if site else ""
    return f"""{title}

A copy of this campaign as Whereas had it on {moment:%Y-%m-%d} (UTC). {live}
Open index.html in any browser. Nothing else is needed: no network, no server.

index.html        what the copy holds
timeline.html     what happened, newest first, a hundred rows a page
*.csv *.json *.jsonl   the same lists for programs; schema/ says what the columns mean
feed.atom calendar.ics timelinejs.json   for feed readers, calendars and TimelineJS
documents/        our cleaned copies of what others published; the rights are theirs
SHA256SUMS        the hash of every file: `sha256sum -c SHA256SUMS` says whether all are as written
"""
