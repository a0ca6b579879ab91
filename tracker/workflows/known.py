"""Telling the linker what the archive knows: its names and its campaign objects, read once a run."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Entity
from tracker.settings import config_file
from tracker.store import linkables, organizations
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
            terms=terms_of(folder),
            organizations=config_file(folder, "organizations.toml"),
            names=tuple(_names(session)),
            objects=tuple(linkables.linkables(session)),
        )


def terms_of(folder: Path) -> dict[str, Any]:
    """Return terms.toml with the examples of events in its part about them."""
    terms = config_file(folder, "terms.toml")
    examples = config_file(folder, "event_examples.toml")
    return {**terms, "event_type": {**terms.get("event_type", {}), "examples": examples}}


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
