"""The terms of a campaign: changed by editors, kept with their history, tried on last month's documents beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.errors import ConfigError, InputError, NotFoundError
from tracker.domain.vocab import Learner
from tracker.ingest.relevance import screen_and_judge
from tracker.ingest.terms import Terms, screen_words
from tracker.linking.explain import explain
from tracker.models.campaign import Campaign, CampaignTerms
from tracker.store import campaign_terms, campaigns, documents
from tracker.store.campaign_terms import Marks
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.workflows.known import recipe as recipe_of
from tracker.workflows.known import terms_of, with_campaign_terms
from tracker.workflows.runtime import Runtime
from tracker.workflows.study import compiled, model_of

DAYS = 30
MOST_DOCUMENTS = 20_000  # of the newest, in a preview: some seconds
MOST_TERMS, LONGEST_TERM = 200, 100


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that would have been judged otherwise, with the reasons of the judgement to come."""

    document_id: int
    title: str
    before: float
    after: float
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What terms would have caught among the `looked_at` documents of the last `days`, beside those in force."""

    days: int
    looked_at: int
    caught: tuple[Changed, ...]
    lost: tuple[Changed, ...]


def edited(before: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> list[str]:
    """Return terms with some added and some taken out, tidy and each once; raises InputError for one to remove that
    is not there.
    """
    tidy = [" ".join(term.lower().split()) for term in before]
    for term in (" ".join(term.lower().split()) for term in remove):
        if term not in tidy:
            raise InputError(
                f"taking the term {term!r} out: it is not among {', '.join(tidy) or 'them, there are none'}"
            )
        tidy.remove(term)
    return list(dict.fromkeys([*tidy, *(" ".join(term.lower().split()) for term in add)]))


def check(terms: Sequence[str], against: Sequence[str]) -> None:
    """Raise InputError for the first term that cannot be looked for, saying why."""
    if len(terms) + len(against) > MOST_TERMS:
        raise InputError(
            f"keeping {len(terms) + len(against)} terms: a campaign has {MOST_TERMS} at most; use shorter ones"
        )
    for term in (*terms, *against):
        if not term.strip() or len(term) > LONGEST_TERM:
            raise InputError(f"keeping the term {term[:LONGEST_TERM]!r}: write 1 to {LONGEST_TERM} characters")
        if not screen_words(term):
            raise InputError(
                f"keeping the term {term!r}: write one of its words without a star, or too much would be read"
            )
    if both := set(terms) & set(against):
        raise InputError(f"keeping the term {min(both)!r}: it cannot speak for the campaign and against it")
    marks = Marks("campaign", "campaign", tuple(terms), tuple(against))
    part: dict[str, Any] = {"bias": 0.0, "threshold": 0.5, "group": []}
    weights = {"for": {"weight": 1.0}, "against": {"weight": -1.0}}
    try:
        Terms.from_config(with_campaign_terms({"relevance": {**part, "campaign_terms": weights}}, [marks]))
    except ConfigError as error:
        raise InputError(f"keeping the terms: {str(error).removeprefix('terms.toml: ')}") from error


def change(
    runtime: Runtime, slug: str, *, terms: Sequence[str], against: Sequence[str], by: str, note: str = ""
) -> CampaignTerms:
    """Put terms in force; those before become history. `tracker link again` judges the archive by them.

    Raises NotFoundError for an unknown campaign, InputError for a term that cannot be looked for.
    """
    check(terms, against)
    if not by.strip():
        raise InputError("keeping the terms: say who changes them")
    with writing(runtime.engine) as session:
        campaign, now = _campaign(session, slug), runtime.clock()
        with recording(session, Cause(by, now, note)):
            row = campaign_terms.change(
                session, campaign.id or 0, terms=terms, against=against, by=by, now=now, note=note
            )
        session.refresh(row)
        return row


def history(runtime: Runtime, slug: str) -> list[CampaignTerms]:
    """Return every state of a campaign's terms, the one in force first; raises NotFoundError for an unknown one."""
    with reading(runtime.engine) as session:
        return campaign_terms.history(session, _campaign(session, slug).id or 0)


def preview(
    runtime: Runtime,
    slug: str,
    *,
    terms: Sequence[str],
    against: Sequence[str],
    days: int = DAYS,
    latest: int | None = None,
) -> Preview:
    """Return what these terms would have caught among the documents first seen in the last `days`; nothing is kept.

    With `latest`, among that many of the newest documents, whenever they were seen.
    """
    check(terms, against)
    made_from = recipe_of(runtime)
    with reading(runtime.engine) as session:
        campaign = _campaign(session, slug)
        others = [row for row in campaign_terms.in_force(session) if row.slug != slug]
        since = runtime.clock() - timedelta(days=days) if latest is None else datetime(1, 1, 2, tzinfo=UTC)
        seen = documents.seen_since(session, since, limit=latest or MOST_DOCUMENTS)
    model = model_of(made_from, Learner.RELEVANCE)
    marks = Marks(campaign.slug, campaign.title, tuple(terms), tuple(against))
    now = Terms.from_config(made_from.terms, model)
    then = Terms.from_config(with_campaign_terms(terms_of(runtime.settings.config_dir), [*others, marks]), model)
    gazetteer = compiled(made_from).gazetteer
    caught: list[Changed] = []
    lost: list[Changed] = []
    for document_id, title, text in seen:
        mentions = gazetteer.find(f"{title}\n{text}")
        before, after = (screen_and_judge(title, text, mentions, rules) for rules in (now, then))
        if before.relevant != after.relevant:
            row = Changed(document_id, title, before.probability, after.probability, explain(after.reasons))
            (caught if after.relevant else lost).append(row)
    return Preview(days, len(seen), tuple(caught), tuple(lost))


def _campaign(session: Session, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign is None:
        raise NotFoundError(f"looking for the campaign {slug!r}: there is none; the front page lists all")
    return campaign
