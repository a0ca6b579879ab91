"""Changing what a campaign is called, what it asks of whom, what it is about, and who answers for it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlmodel import Session

from tracker.domain.errors import ConflictError, NotFoundError
from tracker.domain.field_errors import FieldsError
from tracker.domain.text import one_line
from tracker.linking.suggest import Thresholds
from tracker.models.campaign import Campaign
from tracker.settings import config_file
from tracker.store import beginnings, campaign_settings, campaigns, imports
from tracker.store.campaign_settings import Kept
from tracker.store.corrections import Cause, recording
from tracker.store.engine import reading, writing
from tracker.store.records import Names
from tracker.workflows.project import project
from tracker.workflows.runtime import Runtime

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_ASK, MOST = 200, 2000, 500, 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A campaign's settings with what may be chosen, and `version`, which tells whether they are still the same."""

    campaign: Campaign
    kept: Kept
    version: str
    companies: Sequence[tuple[str, str]]
    products: Sequence[tuple[str, str]]
    people: Sequence[str]


def shown(runtime: Runtime, slug: str) -> Shown:
    """Return a campaign's settings for its form; raises NotFoundError."""
    with reading(runtime.engine) as session:
        campaign = _campaign(session, slug)
        kept = campaign_settings.kept(session, campaign)
        companies = dict(beginnings.choosable(session))
        # What a campaign asks of now can be kept, whatever its role.
        companies |= {row.slug: row.name for row in beginnings.targets(session, campaign.id or 0)}
        return Shown(
            campaign,
            kept,
            _version(kept),
            sorted(companies.items(), key=lambda pair: (pair[1], pair[0])),
            campaign_settings.products(session),
            campaign_settings.possible_owners(session),
        )


def thresholds(runtime: Runtime) -> tuple[float, float, float]:
    """Return from which probability a document is relevant, a link is suggested, and one is made by rule.

    They are the installation's, for all campaigns: a document is judged once, whichever campaigns it is about.
    """
    terms = config_file(runtime.settings.config_dir, "terms.toml")
    bands = Thresholds.from_config(terms)
    return float(terms["relevance"]["threshold"]), bands.suggest, bands.auto


def change(runtime: Runtime, slug: str, given: Kept, version: str, *, by: str, why: str = "") -> bool:
    """Keep settings; return whether anything changed. The timeline and the search are brought up to date.

    Raises FieldsError for what cannot be kept, ConflictError when they are no longer those of `version`.
    """
    tidy = Kept(
        one_line(given.title),
        given.summary.strip(),
        tuple(text for ask in given.asks if (text := one_line(ask))),
        tuple(sorted(set(given.targets))),
        tuple(sorted(set(given.products))),
        tuple(sorted(set(given.owners))),
    )
    now = runtime.clock()
    with writing(runtime.engine) as session, recording(session, Cause(by, now, one_line(why))):
        campaign = _campaign(session, slug)
        before = campaign_settings.kept(session, campaign)
        if _version(before) != version:
            raise ConflictError(
                f"changing the campaign {slug}: somebody changed it meanwhile; look at it again and change what is left"
            )
        _refuse(session, campaign, before, tidy)
        if tidy == before:
            return False
        entry = {
            "slug": slug,
            "title": tidy.title,
            "summary": tidy.summary,
            "asks": list(tidy.asks),
            "targets": list(tidy.targets),
            "products": list(tidy.products),
        }
        number = imports.campaign(session, entry, Names(session), now)
        campaign_settings.set_owners(session, number, tidy.owners)
        project(session, object_ids=campaign_settings.members(session, number), clock=runtime.clock)
        return True


def _refuse(session: Session, campaign: Campaign, before: Kept, given: Kept) -> None:
    errors: dict[str, str] = {}
    if not 3 <= len(given.title) <= LONGEST_TITLE:
        errors["title"] = f"Write a name of 3 to {LONGEST_TITLE} characters."
    elif any(row.title == given.title and row.id != campaign.id for row in campaigns.every(session)):
        errors["title"] = f"There is another campaign “{given.title}”; give this one another name."
    if len(given.summary) > LONGEST_SUMMARY:
        errors["summary"] = f"Write {LONGEST_SUMMARY} characters at most; it has {len(given.summary)}."
    if any(len(ask) > LONGEST_ASK for ask in given.asks) or len(given.asks) > MOST:
        errors["asks"] = f"Write {MOST} asks at most, each in one sentence of {LONGEST_ASK} characters at most."
    chosen = {
        "targets": (given.targets, {slug for slug, _ in beginnings.choosable(session)} | set(before.targets)),
        "products": (given.products, {slug for slug, _ in campaign_settings.products(session)}),
        "owners": (given.owners, {*campaign_settings.possible_owners(session), *before.owners}),
    }
    for field, (values, known) in chosen.items():
        if unknown := set(values) - known:
            errors[field] = f"There is no {min(unknown)!r} to choose; take one of the list."
        elif len(values) > MOST:
            errors[field] = f"Choose {MOST} at most."
    if errors:
        raise FieldsError(errors)


def _version(kept: Kept) -> str:
    return hashlib.sha256(json.dumps(asdict(kept), sort_keys=True).encode()).hexdigest()[:16]


def _campaign(session: Session, slug: str) -> Campaign:
    campaign = campaigns.by_slug(session, slug)
    if campaign is None:
        raise NotFoundError(f"looking for the campaign {slug!r}: there is none; the front page lists all")
    return campaign
