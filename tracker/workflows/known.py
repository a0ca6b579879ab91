"""Telling the linker what the archive knows: its names and its campaign objects, read once a run."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from tracker.ingest.terms import screen_words
from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Entity
from tracker.settings import config_file, names_of
from tracker.store import campaign_terms, learned_models, linkables, organizations
from tracker.store.campaign_terms import Marks
from tracker.store.engine import reading
from tracker.workflows.readings import Recipe
from tracker.workflows.runtime import Runtime

if TYPE_CHECKING:
    from tracker.models.organization import Alias
    from tracker.workflows.study import Linker


def recipe(runtime: Runtime) -> Recipe:
    """Return what the linker of this moment is compiled from."""
    folder = runtime.settings.config_dir
    with reading(runtime.engine) as session:
        return Recipe(
            terms=with_campaign_terms(terms_of(folder), campaign_terms.in_force(session)),
            organizations=names_of(folder),
            names=tuple(_names(session)),
            objects=tuple(linkables.linkables(session)),
            models={learner.value: row.content for learner, row in learned_models.live(session).items()},
        )


def terms_of(folder: Path) -> dict[str, Any]:
    """Return terms.toml with the examples of events in its part about them."""
    terms = config_file(folder, "terms.toml")
    examples = config_file(folder, "event_examples.toml")
    return {**terms, "event_type": {**terms.get("event_type", {}), "examples": examples}}


def with_campaign_terms(terms: dict[str, Any], added: Sequence[Marks]) -> dict[str, Any]:
    """Return terms.toml with a group for each campaign's own terms, and their words in the screen."""
    if not added:
        return terms
    part = terms["relevance"]
    weights = part["campaign_terms"]
    groups, screen = list(part["group"]), list(part.get("screen", ()))
    for marks in added:
        for words, key in ((marks.terms, "for"), (marks.against, "against")):
            if words:
                says = f"uses a term of “{marks.title}”" if key == "for" else f"is of what “{marks.title}” leaves out"
                groups.append({"name": f"{key} {marks.slug}", "says": says, "terms": list(words), **weights[key]})
        screen += [word for term in marks.terms for word in screen_words(term)]
    return {**terms, "relevance": {**part, "group": groups, "screen": screen}}


def open_linker(runtime: Runtime) -> "Linker":
    """Compile the linker from configuration and the campaign objects of this moment."""
    from tracker.workflows.study import compiled  # noqa: PLC0415 - what links is loaded where linking is done

    return compiled(recipe(runtime))


def _names(session: Session) -> list[tuple[Entity, tuple[str, ...]]]:
    """Return the archive's organisations, products and people with their aliases."""
    stored, products, people = organizations.all_of(session)
    roles = organizations.roles(session)
    by_id = {row.id: row for row in stored}
    names: dict[int, list[Alias]] = defaultdict(list)
    for alias in organizations.aliases(session):
        names[alias.organization_id].append(alias)
    found: list[tuple[Entity, tuple[str, ...]]] = [
        # An ambiguous alias needs its context, which only the configuration file can give.
        (
            Entity(row.slug, row.name, ORGANIZATION, roles=tuple(roles.get(row.id or 0, ()))),
            tuple(alias.text for alias in names[row.id or 0] if not alias.needs_context),
        )
        for row in stored
    ]
    for product in products:
        vendor = by_id.get(product.vendor_id)
        owner = vendor.slug if vendor else ""
        found.append((Entity(product.slug, product.name, PRODUCT, owner=owner), tuple(product.aliases)))
    found.extend((Entity(person.slug, person.name, PERSON), tuple(person.aliases)) for person in people)
    return found
