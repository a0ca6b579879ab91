"""The names that the archive knows, as rows without more: there are thousands, and a collector reads them all."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from tracker.models.organization import Alias, Organization, Person, Product
from tracker.store.bulk import table_of


class Names(NamedTuple):
    """The names of the archive, by slug; aliases by id.

    `organizations` are id, slug and name; `products` slug, name, vendor's id and aliases; `people` slug, name and
    aliases; `aliases` an organisation's id, the text and what context it needs.
    """

    organizations: list[tuple[int, str, str]]
    products: list[tuple[str, str, int | None, list[str]]]
    people: list[tuple[str, str, list[str]]]
    aliases: list[tuple[int, str, list[str]]]


def all_names(session: Session) -> Names:
    """Return the names of all organisations, products and people; one merged into another has them there."""
    bearers, products, people, aliases = map(table_of, (Organization, Product, Person, Alias))
    standing = bearers.c.merged_into_id.is_(None)
    its_own = aliases.c.organization_id.in_(select(bearers.c.id).where(standing))
    queries = (
        select(bearers.c.id, bearers.c.slug, bearers.c.name).where(standing).order_by(bearers.c.slug),
        select(products.c.slug, products.c.name, products.c.vendor_id, products.c.aliases).order_by(products.c.slug),
        select(people.c.slug, people.c.name, people.c.aliases).order_by(people.c.slug),
        select(aliases.c.organization_id, aliases.c.text, aliases.c.needs_context)
        .where(its_own)
        .order_by(aliases.c.id),
    )
    return Names(*([tuple(row) for row in session.connection().execute(query)] for query in queries))
