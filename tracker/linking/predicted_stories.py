"""The stories that items given as JSON tell, for `tracker link predict`: all of them together, relevant or not."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.linking.copies import sketch
from tracker.linking.duplicates import grouped
from tracker.linking.event_type import EventRules, rank
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.objects import partial_date
from tracker.linking.same_event import StoryRules, Telling


def stories(
    items: Sequence[Mapping[str, Any]], gazetteer: Gazetteer, events: EventRules, rules: StoryRules
) -> dict[str, str]:
    """Return the story of every item that shares one with another: the id of the story's first item."""
    tellings = [telling(number, item, gazetteer, events) for number, item in enumerate(items)]
    found = {}
    for group in grouped(tellings, rules):
        name = str(items[group.members[0]]["id"])
        found |= {str(items[number]["id"]): name for number in group.members}
    return found


def telling(number: int, item: Mapping[str, Any], gazetteer: Gazetteer, events: EventRules) -> Telling:
    """Return an item as far as telling stories apart needs it; what it lacks is left empty."""
    title, text = text_of(item, "title"), text_of(item, "summary", "text", "content")
    kind, mentions = text_of(item, "kind"), gazetteer.find(f"{title}\n{text}")
    ranked = rank(title, text, mentions, events, kind=kind, form=text_of(item, "form"))
    return Telling(
        id=number,
        title=title,
        lead=text,
        published=partial_date(item.get("published")),
        kind=kind,
        publisher=text_of(item, "publisher"),
        names=frozenset(mention.entity_id for mention in mentions),
        events={row.event_type.value: row.probability for row in ranked},
        sketch=sketch(text),
    )


def text_of(item: Mapping[str, Any], *keys: str) -> str:
    """Return the first text that an item has under one of these keys, or an empty one."""
    return next((value for key in keys if isinstance(value := item.get(key), str) and value), "")
