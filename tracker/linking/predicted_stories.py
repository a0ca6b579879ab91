"""The stories that items given as JSON tell, and which item follows which, for `tracker link predict`.

All items are taken together, relevant or not.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.domain.vocab import DocumentRelation
from tracker.linking.between import BetweenRules, Matters, all_ties
from tracker.linking.copies import sketch
from tracker.linking.duplicates import grouped
from tracker.linking.event_type import EventRules, rank
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.holders import Holders
from tracker.linking.mentions import PRODUCT, Mention
from tracker.linking.objects import partial_date
from tracker.linking.same_event import COMPANY, StoryRules
from tracker.linking.telling import Telling


def stories(items: Sequence[Mapping[str, Any]], tellings: Sequence[Telling], rules: StoryRules) -> dict[str, str]:
    """Return the story of every item that shares one with another: the id of the story's first item."""
    found: dict[str, str] = {}
    for group in grouped(Holders(tellings), rules):
        name = str(items[group.members[0]]["id"])
        found |= {str(items[number]["id"]): name for number in group.members}
    return found


def followings(
    items: Sequence[Mapping[str, Any]], tellings: Sequence[Telling], told: Mapping[str, str], rules: BetweenRules
) -> dict[str, dict[str, list[str]]]:
    """Return by item the items that it answers (`responds_to`) and goes on from (`part_of`); `told` are the stories."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        if story := told.get(str(item["id"])):
            members[story].append(number)
    same = {number: numbers for numbers in members.values() for number in numbers}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: {kind.value: [] for kind in DocumentRelation})
    for tied in all_ties(Matters(Holders(tellings), rules), same):
        found[str(items[tied.later]["id"])][tied.kind.value].append(str(items[tied.earlier]["id"]))
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
        subjects=frozenset(
            mention.entity_id for mention in mentions if mention.start < len(title) and _traded(mention)
        ),
        events={row.event_type.value: row.probability for row in ranked},
        sketch=sketch(text),
    )


def _traded(mention: Mention) -> bool:
    return mention.kind == PRODUCT or not COMPANY.isdisjoint(mention.roles)


def text_of(item: Mapping[str, Any], *keys: str) -> str:
    """Return the first text that an item has under one of these keys, or an empty one."""
    return next((value for key in keys if isinstance(value := item.get(key), str) and value), "")
