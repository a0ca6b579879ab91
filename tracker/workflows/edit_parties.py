"""Organisations, their people and products edited by hand: held against what stood, recorded, and told what follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, select

from tracker.domain import public_numbers
from tracker.domain.errors import ConflictError, InputError, NotFoundError
from tracker.domain.text import one_line
from tracker.domain.vocab import Lane, OrganizationRole
from tracker.models.organization import IdentifierScheme, Organization, Person, Product
from tracker.store import party_forms
from tracker.store.corrections import Cause, recording
from tracker.store.csv_judge import slug_of
from tracker.store.engine import reading, writing
from tracker.store.party_forms import AliasForm, OrganizationForm
from tracker.workflows.commitments import FieldsError
from tracker.workflows.project import project_all
from tracker.workflows.restudy import restudy
from tracker.workflows.runtime import Runtime

LONGEST_NAME, MOST_ALIASES, SHORTEST_ALIAS = 300, 200, 4
# Reading again more documents than this takes longer than a page may: `tracker link again` does it.
MOST_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Why:
    """Who saves, and why, from which source."""

    by: str
    says: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """An organisation that was saved. `to_read`: documents that no longer fit its names until they are read again."""

    slug: str
    to_read: int


def save_organization(runtime: Runtime, slug: str, stamp: str, given: OrganizationForm, why: Why) -> Saved:
    """Save an organisation (a new one where `slug` is empty) and bring the timelines it is named on up to date.

    Raises FieldsError for fields that cannot be read, ConflictError when it was changed since its form was made.
    """
    form = read(given)
    with writing(runtime.engine) as session:
        stored = party_forms.organization(session, slug) if slug else None
        if slug and stored is None:
            raise NotFoundError(f"there is no organisation {slug!r}")
        if stored is not None and stored[1].stamp() != stamp:
            raise ConflictError(
                "somebody changed this organisation while the form was open; what you typed is kept below"
            )
        _parent(session, form, slug)
        if stored is None:
            slug = _free(session, Organization, form.name)
        before = stored[1] if stored is not None else None
        is_renamed = before is None or before.names() != form.names()
        with recording(session, Cause(why.by, runtime.clock(), why.says, url=why.url)):
            try:
                party_forms.write(session, stored[0] if stored is not None else None, slug, form)
            except InputError as error:
                scheme, _, says = str(error).partition(": ")
                raise FieldsError({scheme: says}) from error
            if before is not None and (before.name, before.lane) != (form.name, form.lane):
                project_all(session, clock=runtime.clock)
        return Saved(slug, party_forms.documents_to_read_again(session) if is_renamed else 0)


def read(given: OrganizationForm) -> OrganizationForm:
    """Return a form tidied; raises FieldsError with a sentence for each field that cannot be."""
    wrong: dict[str, str] = {}
    name = one_line(given.name)
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = f"give a name of at most {LONGEST_NAME} characters"
    if given.lane not in set(Lane):
        wrong["lane"] = "choose in which lane it acts"
    if given.home_url and not given.home_url.startswith(("http://", "https://")):
        wrong["home_url"] = f"{given.home_url!r} is not an address; it begins with https://"
    if unknown := sorted(set(given.roles) - {role.value for role in OrganizationRole}):
        wrong["roles"] = f"there is no role {unknown[0]!r}"
    numbers = {}
    for scheme, typed in (given.numbers or {}).items():
        try:
            if typed.strip():
                numbers[IdentifierScheme(scheme).value] = public_numbers.read(scheme, typed)
        except InputError as error:
            wrong[scheme] = str(error)
    aliases = {one.text: one for one in map(_tidy, given.aliases) if one.text and one.text != name}
    if len(aliases) > MOST_ALIASES or any(len(text) > LONGEST_NAME for text in aliases):
        wrong["aliases"] = f"at most {MOST_ALIASES} other names, each of at most {LONGEST_NAME} characters"
    if wrong:
        raise FieldsError(wrong)
    roles = tuple(sorted(set(given.roles)))
    return replace(
        given, name=name, roles=roles, aliases=tuple(aliases.values()), numbers=dict(sorted(numbers.items()))
    )


def _tidy(alias: AliasForm) -> AliasForm:
    context = tuple(word for word in map(one_line, alias.context) if word)
    # A name that counts only near other words is a common word: its capitals count as well.
    return AliasForm(one_line(alias.text), alias.exact or bool(context), context)


def _parent(session: Session, form: OrganizationForm, slug: str) -> None:
    """Refuse a parent that is not there, or that the organisation itself stands above."""
    above, seen = form.parent, {slug} if slug else set()
    while above:
        row = session.exec(select(Organization).where(Organization.slug == above)).first()
        if row is None:
            raise FieldsError({"parent": f"no organisation is called {above!r}; add it first"})
        if above in seen:
            raise FieldsError({"parent": f"{form.parent!r} belongs to this organisation itself; choose another"})
        seen.add(above)
        parent = session.get(Organization, row.parent_id) if row.parent_id else None
        above = parent.slug if parent else ""


def _free(session: Session, table: type[Organization | Person | Product], name: str) -> str:
    wanted = slug_of(name)[:100] or "unnamed"
    slug, number = wanted, 1
    while session.exec(select(table.id).where(table.slug == slug)).first() is not None:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def warnings(runtime: Runtime, aliases: Sequence[AliasForm]) -> list[str]:
    """Return a sentence for each name that would be found very much: short common ones, and those in many titles."""
    told = []
    with reading(runtime.engine) as session:
        for one in aliases:
            if one.context:
                continue
            found, total = party_forms.share_of_titles(session, one.text)
            if total and found / total > party_forms.VERY_MUCH:
                told.append(
                    f"{one.text!r} stands in {found:,} of the {total:,} newest titles; give words to stand near it"
                )
            elif len(one.text) < SHORTEST_ALIAS and not one.exact:
                told.append(f"{one.text!r} is short and will be found inside other names; let its capitals count")
    return told


def save_person(runtime: Runtime, which: tuple[str, str], given: tuple[str, str, str], by: str) -> None:
    """Save somebody (`which` organisation and person, by slugs; name, position, names); new without a slug."""
    name, position, aliases = given
    _save_named(runtime, (Person, *which), {"name": one_line(name), "position": one_line(position),
                                                        "aliases": _lines(aliases)}, by)  # fmt: skip


def save_product(runtime: Runtime, which: tuple[str, str], given: tuple[str, str], by: str) -> None:
    """Save a product (`which` organisation and product, by slugs; name, names); new without a slug."""
    name, aliases = given
    _save_named(runtime, (Product, *which), {"name": one_line(name), "aliases": _lines(aliases)}, by)


def _save_named(
    runtime: Runtime, which: tuple[type[Person | Product], str, str], values: dict[str, Any], by: str
) -> None:
    table, organization, slug = which
    name = str(values["name"])
    if not name or len(name) > 200:
        raise FieldsError({"name": "give a name of at most 200 characters"})
    with writing(runtime.engine) as session:
        owner = session.exec(select(Organization).where(Organization.slug == organization)).first()
        if owner is None:
            raise NotFoundError(f"there is no organisation {organization!r}")
        column = "organization_id" if table is Person else "vendor_id"
        row = session.exec(select(table).where(table.slug == slug)).first() if slug else None
        if slug and row is None:
            raise NotFoundError(f"there is no {table.__name__.lower()} {slug!r}")
        with recording(session, Cause(by, runtime.clock())):
            if row is None:
                owned: dict[str, Any] = {column: owner.id, **values}
                session.add(table(slug=_free(session, table, name), **owned))
            else:
                for key, value in values.items():
                    if getattr(row, key) != value:
                        setattr(row, key, value)
            session.flush()


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line for line in map(one_line, text.splitlines()) if line))


def read_again(runtime: Runtime) -> str:
    """Read the archive's documents again with today's names and say what came of it, where that is soon done."""
    with reading(runtime.engine) as session:
        count = party_forms.documents_to_read_again(session)
    if count > MOST_AT_ONCE:
        raise ConflictError(f"{count:,} documents take longer than a page may: run `tracker link again`")
    return restudy(runtime).words()
