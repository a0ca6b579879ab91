"""An act of the history as people read it: what was changed of what, both values beside each other, and by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.domain.accounts import may
from tracker.domain.acts import About
from tracker.domain.difference import Block, compare
from tracker.models.revision import RevisionChange
from tracker.store.history import value_of
from tracker.store.history_list import ActLine, Acts, Name, table_of, target_table
from tracker.store.records import tables
from tracker.web import pages
from tracker.web.access import Person
from tracker.web.correction_words import FIELD_WORDS, said
from tracker.web.language import gettext, later
from tracker.workflows.revert import needed_role

# What machinery keeps beside the values; an act that changed nothing else is told all the same, by its row.
UNSAID = frozenset({
    "id", "read_fields", "emptied_fields", "reasons", "score", "relevance", "relevance_reasons", "event_type_score",
    "event_type_reason", "further_types", "recorded_at", "created_at", "decided_at", "canonical_url", "shown_by",
})  # fmt: skip
PART_WORDS = {
    "campaign_object": later("record"),
    "campaign_membership": later("place in a campaign"),
    "campaign_terms": later("terms of the campaign"),
    "decision": later("decision on a document"),
    "document_link": later("tie of two documents"),
    "link": later("link"),
    "story_decision": later("decision on two reports"),
}
LONG = 160  # characters, from which on two texts are shown as a difference


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act is about: what it is called, and its page where it has one."""

    text: str
    url: str | None
    history_url: str | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change in words. `what` is "added", "removed" or "changed"; a row that came or went has `values`."""

    id: int
    what: str
    heading: str
    thing: Thing
    before: str = ""
    after: str = ""
    blocks: tuple[Block, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownAct:
    """One act in words. `may_undo` says whether the person looking may undo it."""

    line: ActLine
    things: tuple[Thing, ...]
    changes: tuple[ShownChange, ...]
    evidence: str
    evidence_url: str | None
    may_undo: bool


def shown(acts: Acts, who: Person) -> list[ShownAct]:
    """Return acts as the pages show them to somebody."""
    return [_shown(line, acts.names, who) for line in acts.lines]


def _shown(line: ActLine, names: Mapping[tuple[str, int], Name], who: Person) -> ShownAct:
    act = line.act
    evidence = names.get(("document", act.evidence_id or 0))
    url = url_for("documents.page", document_id=act.evidence_id) if act.evidence_id else act.url or None
    needed = needed_role(act, list(line.changes), who.name)
    return ShownAct(
        line,
        tuple(thing(about, number, names) for about, number in line.subjects),
        tuple(_change(change, names) for change in line.changes if _says_something(change)),
        evidence.text if evidence else act.url,
        url,
        may(who.role, needed),
    )


def _says_something(change: RevisionChange) -> bool:
    return change.field not in UNSAID


def _change(change: RevisionChange, names: Mapping[tuple[str, int], Name]) -> ShownChange:
    where = thing(change.about, change.about_id, names)
    what = gettext(PART_WORDS.get(change.part) or change.part.replace("_", " "))
    also = names.get((table_of(change.also), change.also_id or 0)) if change.also else None
    item = change.item or (also.text if also else "")
    if not change.field:
        heading = f"{what} ({item})" if item else what
        kind = "added" if change.before is None else "removed"
        return ShownChange(change.id or 0, kind, _upper(heading), where, values=tuple(_values(change, names)))
    label = field_words(change.field)
    heading = f"{label} ({item})" if item else label
    before, after = (words(change.part, change.field, value, names) for value in (change.before, change.after))
    is_long = max(len(before), len(after)) > LONG
    return ShownChange(
        change.id or 0, "changed", _upper(heading), where, before, after,
        tuple(compare(before, after)) if is_long else (),
    )  # fmt: skip


def _values(change: RevisionChange, names: Mapping[tuple[str, int], Name]) -> Iterator[tuple[str, str]]:
    given = change.after if change.before is None else change.before
    own = {change.about_id, change.also_id}
    for name, value in given.items():
        if name in UNSAID or value in (None, "", [], {}) or (name.endswith("_id") and value in own):
            continue
        yield _upper(field_words(name)), words(change.part, name, value, names)


def field_words(name: str) -> str:
    """Return what a column is called on pages."""
    return FIELD_WORDS.get(name) or name.removesuffix("_id").replace("_", " ")


def words(part: str, name: str, value: Any, names: Mapping[tuple[str, int], Name]) -> str:
    """Return a value of the history in words: the name of what it points to, a list with semicolons."""
    if value is None or value == "":
        return ""
    target = target_table(part, name)
    if target is not None:
        found = names.get((target, value))
        return found.text if found else gettext("number %(number)s, which is there no more") % {"number": value}
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {each}" for key, each in value.items())
    table = tables().get(part)
    return said(value_of(table, name, value)) if table is not None else str(value)


def thing(about: About | str, number: int, names: Mapping[tuple[str, int], Name]) -> Thing:
    """Return what something is called, with its page and the page of its history."""
    about = About(about)
    found = names.get((table_of(about), number))
    if found is None:
        return Thing(f"{about.value} {number}", None, None)
    history = url_for("history.index", **_argument(about, number, found)) if _argument(about, number, found) else None
    return Thing(found.text, _page(about, number, found), history)


def _argument(about: About, number: int, found: Name) -> dict[str, Any]:
    if about in {About.OBJECT, About.CAMPAIGN, About.ORGANIZATION}:
        return {about.value: found.slug}
    return {"document": number} if about is About.DOCUMENT else {}


def _page(about: About, number: int, found: Name) -> str | None:
    if about is About.OBJECT:
        return pages.object_url(found.kind, found.slug)
    if about is About.DOCUMENT:
        return url_for("documents.page", document_id=number)
    if about is About.CAMPAIGN:
        return url_for("timeline.page", slug=found.slug)
    return url_for("organizations.page", slug=found.slug) if about is About.ORGANIZATION else None


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
