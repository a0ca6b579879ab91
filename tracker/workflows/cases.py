"""Documents of which people said something, as learning sees them: decided in the archive, or labelled in files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.dates import PartialDate
from tracker.domain.vocab import EventType, Relation, Verdict
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import Mention
from tracker.linking.objects import partial_date
from tracker.models.decision import Decision
from tracker.store import decisions
from tracker.store.decisions import OF_RELEVANCE

# Decided documents that are learned from: training takes seconds, and what was decided years ago tells little.
MOST = 5000
_YES, _NO = frozenset({Verdict.ACCEPT, Verdict.WRONG_RELATION}), frozenset({Verdict.REJECT})


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what people said of it; None and empty where they said nothing.

    `right` and `wrong` are ids of objects, `relations` the relation of the right ones. Cases of one `group`, a campaign
    where it is known, are never on both sides when something is measured; for links, of which one campaign may hold
    all, those of one `story` are not.
    """

    title: str
    text: str
    mentions: tuple[Mention, ...]
    group: str
    story: str
    decided_at: datetime | None = None
    kind: str = ""
    form: str = ""
    published: PartialDate | None = None
    publisher: frozenset[str] = frozenset()
    relevant: bool | None = None
    event_type: EventType | None = None
    right: frozenset[str] = frozenset()
    wrong: frozenset[str] = frozenset()
    relations: tuple[tuple[str, Relation], ...] = ()


def of_archive(session: Session, gazetteer: Gazetteer, campaigns: Mapping[int, str]) -> tuple[list[Case], list[int]]:
    """Return what people decided, and the ids of documents on whose relevance they disagree: nothing is learned of it.

    `campaigns` name the first campaign of each object. Only the last word on each thing counts.
    """
    cases, disputed = [], []
    for row in decisions.decided(session, most=MOST):
        document, last = row.document, _last_of_links(row.verdicts)
        relevant = _relevant(row.verdicts)
        if len({verdict.verdict for verdict in _last_of_people(row.verdicts)}) > 1:
            relevant = None
            disputed.append(document.id or 0)
        right = {object_id for object_id, verdict in last.items() if verdict.verdict in _YES}
        story = f"story {row.story}" if row.story else f"document {document.id}"
        homes = [campaigns[object_id] for object_id in sorted(right or last) if object_id in campaigns]
        cases.append(
            Case(
                title=row.title,
                text=row.text,
                mentions=tuple(gazetteer.find(f"{row.title}\n{row.text}")),
                group=homes[0] if homes else story,
                story=story,
                decided_at=max(verdict.decided_at for verdict in row.verdicts),
                kind=document.kind.value,
                form=document.form,
                published=document.published,
                publisher=frozenset(mention.entity_id for mention in gazetteer.find(document.publisher)),
                relevant=relevant,
                event_type=decisions.settled_event_type(row.verdicts),
                right=frozenset(map(str, right)),
                wrong=frozenset(str(key) for key, verdict in last.items() if verdict.verdict in _NO),
                relations=tuple((str(key), last[key].relation) for key in sorted(right) if last[key].relation),  # type: ignore[misc]
            )
        )
    return cases, disputed


def of_files(objects: Mapping[str, Any], items: Iterable[Any], gazetteer: Gazetteer) -> list[Case]:
    """Return labelled items as cases: the items' `relevant`, `event_type` and `campaign`, the objects' `links`."""
    links: dict[str, list[tuple[str, Relation]]] = {}
    for row in objects.get("links", ()):
        links.setdefault(str(row["item_id"]), []).append((str(row["object_id"]), Relation(row["relation"])))
    cases = []
    for item in items:
        title, text = str(item.get("title") or ""), str(item.get("summary") or item.get("text") or "")
        tied = links.get(str(item["id"]), [])
        relevant = item.get("relevant", True if tied else None)
        event_type = item.get("event_type") if relevant else None
        cases.append(
            Case(
                title=title,
                text=text,
                mentions=tuple(gazetteer.find(f"{title}\n{text}")),
                group=str(item.get("campaign") or item.get("negative_type") or ("linked" if tied else item["id"])),
                story=str(item.get("duplicate_group") or item["id"]),
                kind=str(item.get("kind") or ""),
                form=str(item.get("form") or ""),
                published=partial_date(item.get("published")),
                publisher=frozenset(m.entity_id for m in gazetteer.find(str(item.get("publisher") or ""))),
                relevant=relevant,
                event_type=EventType(event_type) if event_type else None,
                right=frozenset(object_id for object_id, _ in tied),
                relations=tuple(tied),
            )
        )
    return cases


def _last_of_links(verdicts: Iterable[Decision]) -> dict[int, Decision]:
    return {row.object_id: row for row in verdicts if row.object_id is not None and row.verdict is not Verdict.UNSURE}


def _last_of_people(verdicts: Iterable[Decision]) -> list[Decision]:
    """Return each person's last word on whether a document is relevant."""
    return list({row.decided_by: row for row in verdicts if row.verdict in OF_RELEVANCE}.values())


def _relevant(verdicts: Iterable[Decision]) -> bool | None:
    """Return whether a document is relevant: as said, or because somebody linked it or said what happened in it."""
    verdicts = list(verdicts)
    if said := decisions.last(verdicts, OF_RELEVANCE):
        return said.verdict is Verdict.RELEVANT
    told = any(row.verdict in _YES or row.verdict is Verdict.EVENT_TYPE for row in verdicts)
    return True if told else None
