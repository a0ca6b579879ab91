"""Drawing digests for their readers: once for all who get the same, then each with the reader's own links."""

import secrets
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.digest.content import IssueContent
from tracker.digest.merge import merge, without_repeats
from tracker.digest.render import Reader, Rendered, render, render_quiet
from tracker.digest.weeks import rhythm
from tracker.models.subscriber import Issue, Subscriber
from tracker.settings import Settings
from tracker.workflows.subscribe import TOKEN_BYTES

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Told:
    """What one mail carries: the stored issues with the reader's notes by scope, or for a quiet period the titles."""

    issues: Sequence[Issue]
    notes: Mapping[str, str]
    quiet: tuple[str, ...]
    starts_on: date
    ends_on: date


class Drawer:
    """Draws mail; what was drawn for one reader serves every other who is told the same in the same words.

    It is drawn with a stand-in of the secret token's length, so that no line is broken otherwise, and nobody's token is
    kept.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing drawn."""
        self._settings = settings
        self._stand_in = secrets.token_urlsafe(TOKEN_BYTES)
        self._kept: OrderedDict[tuple[object, ...], Rendered] = OrderedDict()

    def drawn(self, person: Subscriber, told: Told) -> Rendered:
        """Return one reader's mail; raise ParseError when a stored issue cannot be read."""
        when = rhythm(person.frequency, person.send_weekday, person.send_hour, person.time_zone)
        if len(person.token) != len(self._stand_in):
            return _draw(told, _reader(self._settings, person.token, when))
        numbers = tuple(issue.id for issue in told.issues)
        notes = tuple(told.notes.get(issue.scope, "") for issue in told.issues)
        key = (numbers, notes, when, told.quiet, told.starts_on, told.ends_on)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = _draw(told, _reader(self._settings, self._stand_in, when))
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return replace(
            found,
            text=found.text.replace(self._stand_in, person.token),
            html=found.html.replace(self._stand_in, person.token),
        )


def unsubscribe_url(settings: Settings, token: str) -> str:
    """Return a subscriber's own address for leaving, short enough for one header line."""
    return f"{settings.site}/u/{token}"


def _reader(settings: Settings, token: str, when: str) -> Reader:
    return Reader(
        site=settings.site,
        unsubscribe_url=unsubscribe_url(settings, token),
        manage_url=f"{settings.site}/s/{token}",
        rhythm=when,
    )


def _draw(told: Told, reader: Reader) -> Rendered:
    by_scope: dict[str, list[IssueContent]] = defaultdict(list)
    for issue in told.issues:
        by_scope[issue.scope].append(IssueContent.from_json(issue.content))
    if not by_scope:
        return render_quiet(told.quiet, told.starts_on, told.ends_on, reader)
    each = [replace(merge(issues), note=told.notes.get(scope, "")) for scope, issues in by_scope.items()]
    return render(without_repeats(each), reader)
