"""Telling the linker what the archive knows: its names and its campaign objects, read once a run."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from tracker.ingest.terms import screen_words
from tracker.linking.mentions import ORGANIZATION, PERSON, PRODUCT, Entity
from tracker.settings import config_file, names_of
from tracker.store import campaign_terms, learned_models, linkables, names, organizations
from tracker.store.campaign_terms import Marks
from tracker.store.engine import reading
from tracker.workflows.readings import Recipe
from tracker.workflows.runtime import Runtime

if TYPE_CHECKING:
    from tracker.workflows.study import Linker

_last: list[tuple[Recipe, "Linker"]] = []


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
    """Return the linker of this moment, compiled from configuration and the campaign objects.

    The last one is kept and given again while its recipe stays the same, for pages ask for it again and again.
    """
    from tracker.workflows.study import compiled  # noqa: PLC0415 - what links is loaded where linking is done

    now = recipe(runtime)
    kept = next(iter(_last), None)
    if kept is None or kept[0] != now:
        kept = (now, compiled(now))
        _last[:] = [kept]
    return kept[1]


def _names(session: Session) -> list[tuple[Entity, tuple[str, ...]]]:
    """Return the archive's organisations, products and people with their aliases."""
    known, roles = names.all_names(session), organizations.roles(session)
    slugs = {number: slug for number, slug, _ in known.organizations}
    aliases: dict[int, list[str]] = defaultdict(list)
    for number, text, context in known.aliases:
        # An ambiguous alias needs its context, which only the configuration file can give.
        if not context:
            aliases[number].append(text)
    found: list[tuple[Entity, tuple[str, ...]]] = [
        (Entity(slug, name, ORGANIZATION, roles=tuple(roles.get(number, ()))), tuple(aliases.get(number, ())))
        for number, slug, name in known.organizations
    ]
    for slug, name, vendor, called in known.products:
        found.append((Entity(slug, name, PRODUCT, owner=slugs.get(vendor or 0, "")), tuple(called)))
    found.extend((Entity(slug, name, PERSON), tuple(called)) for slug, name, called in known.people)
    return found
