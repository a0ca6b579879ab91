"""What the pure stages make of an item: cleaned, judged, typed, links proposed. No session is held while studying.

Everything here works from a `Recipe`, which is plain data: it is sent to the processes that read answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tracker.domain.additive import Model
from tracker.domain.items import Draft, RawItem
from tracker.domain.linkable import Linkable
from tracker.domain.text import content_hash, excerpt, one_line, strip_controls
from tracker.domain.verdicts import Judged, Proposal
from tracker.domain.vocab import DocumentState, Learner, LinkState
from tracker.ingest.language import language_of
from tracker.ingest.normalise import key_of, normalise
from tracker.ingest.relevance import Relevance, judge, may_concern, screen_and_judge
from tracker.ingest.terms import Terms
from tracker.linking.event_type import EventRules, Ranked, further
from tracker.linking.explain import explain
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import PRODUCT, Mention
from tracker.linking.reading import Reading, read
from tracker.linking.suggest import Linker as LinkRules
from tracker.linking.suggest import Suggestion, scored, suggest
from tracker.linking.targets import LinkTarget, TargetIndex
from tracker.workflows.readings import Recipe, Studied

if TYPE_CHECKING:
    from tracker.filings.contract_award import KnownName

# Linking's vocabulary has finer kinds than our tables; the rest are called the same.
LINK_KINDS = {"study": "report", "records_request": "foia_request", "investigation": "proceeding"}


@dataclass(frozen=True)
class Linker:
    """Everything compiled once a run: names, terms, rules, and the campaign objects there are."""

    gazetteer: Gazetteer
    terms: Terms
    events: EventRules
    rules: LinkRules
    index: TargetIndex
    by_address: Mapping[str, frozenset[str]]

    @cached_property
    def trade_names(self) -> "tuple[KnownName, ...]":
        """The vendors, agencies and products that an award may name."""
        from tracker.filings.contract_award import AGENCY, VENDOR, KnownName  # noqa: PLC0415 - few answers are filings

        trades = {VENDOR, AGENCY, PRODUCT}
        return tuple(
            KnownName(entity.id, kind, tuple(names), vendor=entity.owner if kind == PRODUCT else "")
            for key, names in self.gazetteer.names_in_any_letters().items()
            for entity in [self.gazetteer.entities[key]]
            for kind in trades & {entity.kind, *entity.roles}
        )

    def concerns(self, title: str, text: str) -> bool:
        """Whether a text is about what our campaigns follow, by the rule for documents."""
        mentions = self.gazetteer.find(f"{title}\n{text}")
        return screen_and_judge(title, text, mentions, self.terms).relevant

    def study_item(self, item: RawItem, asked: str, now: datetime) -> Studied:
        """Clean and study one item that somebody hands in."""
        return self.study(normalise(item, now=now), asked)

    def study(self, draft: Draft, asked: str, *, wanted: bool = False) -> Studied:
        """Judge a cleaned document; only a relevant one is linked, or one that a person says is `wanted`."""
        # The cheap screen first: most of what feeds carry has no word of ours in it.
        mentions: tuple[Mention, ...] = ()
        verdict = Relevance(0.0, relevant=False, reasons=())
        if wanted or may_concern(draft.title, draft.text, self.terms):
            mentions = self.gazetteer.find(f"{draft.title}\n{draft.text}")
            verdict = judge(draft.title, draft.text, mentions, self.terms)
        if not verdict.relevant and not wanted:
            reason = explain(verdict.reasons) if verdict.reasons else "It speaks of nothing that we follow."
            score, reasons = verdict.probability, verdict.reasons
            document = self._read(draft, mentions) if verdict.typed else None
            judged = _judged(DocumentState.SCREENED, reason, score, reasons, document, mentions=mentions)
            return Studied(draft, judged, (), asked)
        # Only now: finding out the language of everything would take a hundred megabytes for what nobody reads.
        draft = replace(draft, language=language_of(draft.text, draft.language))
        document = self._read(draft, mentions)
        found = suggest(document, self.index, self.rules, same_address=self._same_address(draft))
        judged = _judged(DocumentState.RELEVANT, "", verdict.probability, verdict.reasons, document, mentions=mentions)
        return Studied(draft, judged, tuple(_proposal(row) for row in found), asked)

    def candidates(self, draft: Draft) -> tuple[Suggestion, ...]:
        """Return every object that may be meant, best first, whatever its score."""
        document = self._read(draft, self.gazetteer.find(f"{draft.title}\n{draft.text}"))
        return scored(document, self.index, self.rules, same_address=self._same_address(draft))

    def _same_address(self, draft: Draft) -> frozenset[str]:
        return self.by_address.get(draft.canonical_url or "", frozenset())

    def _read(self, draft: Draft, mentions: Sequence[Mention]) -> Reading:
        return read(
            draft.title,
            draft.text,
            mentions,
            self.events,
            published=draft.published,
            kind=draft.kind.value,
            form=draft.form,
            publisher=frozenset(mention.entity_id for mention in self.gazetteer.find(draft.publisher)),
        )


def compiled(recipe: Recipe) -> Linker:
    """Compile names, terms and rules; takes a tenth of a second, so it is done once a run."""
    configured = _configured(recipe.organizations)
    gazetteer, slugs = _with_stored_names(recipe, configured)
    addresses: dict[str, set[str]] = defaultdict(set)
    for row in recipe.objects:
        for address in row.addresses:
            addresses[address].add(str(row.object_id))
    links = LinkRules.from_config(recipe.terms)
    return Linker(
        gazetteer=gazetteer,
        terms=Terms.from_config(recipe.terms, model_of(recipe, Learner.RELEVANCE)),
        events=event_rules(recipe),
        rules=replace(links, rules=links.rules.with_learned(recipe.models.get(Learner.LINKS.value))),
        index=TargetIndex([_target(row, gazetteer, slugs) for row in recipe.objects]),
        by_address={address: frozenset(ids) for address, ids in addresses.items()},
    )


def model_of(recipe: Recipe, learner: Learner) -> Model | None:
    """Return the model in use, or None for the hand weights."""
    content = recipe.models.get(learner.value)
    return Model.from_plain(content) if content else None


_last_rules: list[tuple[dict[str, Any], EventRules]] = []  # at most one


def event_rules(recipe: Recipe) -> EventRules:
    """Return what tells event types, with what was learned of them.

    What was compiled last is given again while it is the same: the objects of an archive change every day, this seldom.
    """
    decided = recipe.models.get(Learner.EVENT_TYPE.value)
    part = {**recipe.terms.get("event_type", {}), "decided": decided}
    kept = next(iter(_last_rules), None)
    if kept is None or kept[0] != part:
        kept = (part, EventRules.from_config({**recipe.terms, "event_type": part}))
        _last_rules[:] = [kept]
    return kept[1]


_compiled: list[tuple[Mapping[str, Any], Gazetteer]] = []  # at most one


def _configured(tables: Mapping[str, Any]) -> Gazetteer:
    """Return the gazetteer of the configuration, compiled once: its files are read once a process as well."""
    if not _compiled or _compiled[0][0] is not tables:
        _compiled[:] = [(tables, Gazetteer.from_config(tables))]
    return _compiled[0][1]


def _with_stored_names(recipe: Recipe, configured: Gazetteer) -> tuple[Gazetteer, dict[str, str]]:
    """Return the gazetteer completed by the archive's own names, and each stored slug's entity id in it."""
    gazetteer = configured.extended([row for row in recipe.names if row[0].id not in configured.entities])
    slugs = {entity.id: gazetteer.resolve(entity.name) or entity.id for entity, _ in recipe.names}
    return gazetteer, {slug: slug if slug in gazetteer.entities else known for slug, known in slugs.items()}


def _target(row: Linkable, gazetteer: Gazetteer, slugs: Mapping[str, str]) -> LinkTarget:
    text = ". ".join(part for part in row.texts if part)
    parties = " ; ".join(row.parties)
    found = gazetteer.find(f"{row.title}\n{text}\n{parties}")
    named = {mention.entity_id for mention in found if mention.kind != PRODUCT and not mention.implied_by}
    return LinkTarget(
        id=str(row.object_id),
        kind=_link_kind(row),
        title=row.title,
        campaign=row.campaign,
        aliases=tuple(row.aliases),
        text=f"{text}. {parties}" if parties else text,
        company=slugs.get(row.company, row.company),
        names=frozenset(named | {slugs.get(name, name) for name in row.organizations}),
        products=frozenset(
            {mention.entity_id for mention in found if mention.kind == PRODUCT}
            | {slugs.get(name, name) for name in row.products}
        ),
        on=row.on,
        dates=tuple(row.dates),
        due=row.due,
        number=row.number,
        identifiers=tuple(row.identifiers),
        neighbours=tuple(str(other) for other in sorted(row.neighbours)),
    )


def _link_kind(row: Linkable) -> str:
    if row.kind == "measure":
        return "law" if row.enacted else "bill"
    return LINK_KINDS.get(row.kind, row.kind)


def _judged(
    state: DocumentState,
    reason: str,
    relevance: float,
    reasons: Iterable[Any],
    document: Reading | None,
    *,
    mentions: Iterable[Mention] = (),
) -> Judged:
    event = document.events[0] if document is not None and document.events else None
    return Judged(
        state=state,
        state_reason=reason,
        relevance=relevance,
        relevance_reasons=[row.plain() for row in reasons],
        event_type=event.event_type if event else None,
        event_type_score=event.probability if event else 0.0,
        event_type_reason=explain(event.reasons) if event else "",
        mentions=[_mention(row) for row in mentions],
        further_types=[_further(row) for row in further(document.events)] if document is not None else (),
    )


def _further(row: Ranked) -> dict[str, Any]:
    return {"event_type": row.event_type.value, "probability": row.probability, "why": explain(row.reasons)}


def _mention(row: Mention) -> dict[str, Any]:
    return {
        "entity": row.entity_id,
        "entity_kind": row.kind,
        "name": row.name,
        "start": row.start,
        "end": row.end,
        "implied_by": row.implied_by,
    }


def _proposal(row: Suggestion) -> Proposal:
    return Proposal(
        object_id=int(row.target_id),
        relation=row.relation,
        score=row.score,
        confirmed=row.state is LinkState.CONFIRMED,
        reasons=[reason.plain() for reason in row.reasons],
        why=explain(row.reasons),
        rule=f"rule:{row.rule}",
    )


def quarantined(item: RawItem, asked: str, reason: str) -> Studied:
    """Return a document that says only that it could not be read; its bytes stay for a mended reader.

    Its key is the one it will have when it can be read. Nothing else of it is trusted.
    """
    draft = Draft(
        key=key_of(item, "".join(strip_controls(item.url or "").split()) or None),
        title=excerpt(item.title, 300) or "An item that could not be read",
        url=None,
        canonical_url=None,
        publisher=excerpt(item.publisher, 300),
        kind=item.kind,
        published=None,
        published_at=None,
        updated_at=None,
        authors=(),
        summary_html="",
        html="",
        text="",
        language="",
        content_hash=content_hash(item.title, item.content_html),
    )
    judged = _judged(DocumentState.QUARANTINED, one_line(reason), 0.0, (), None)
    return Studied(draft, judged, (), asked)
