"""Which account speaks for which organisation."""

from sqlmodel import Session, col, select

from tracker.models.account import Account
from tracker.models.organization import Organization
from tracker.models.spokesperson import Spokesperson


def organization_of(session: Session, account_id: int) -> Organization | None:
    """Return the organisation that an account speaks for."""
    query = select(Organization).join(Spokesperson, col(Spokesperson.organization_id) == col(Organization.id))
    return session.exec(query.where(Spokesperson.account_id == account_id)).first()


def of_organization(session: Session, organization_id: int) -> list[str]:
    """Return the names of the accounts that speak for an organisation."""
    query = select(Account.name).join(Spokesperson, col(Spokesperson.account_id) == col(Account.id))
    return list(session.exec(query.where(Spokesperson.organization_id == organization_id).order_by(Account.name)))


def everybody(session: Session) -> list[tuple[int, str, str]]:
    """Return every account by name: its id, its name, the name of the organisation it speaks for ("" for none)."""
    query = (
        select(Account.id, Account.name, Organization.name)
        .join(Spokesperson, col(Spokesperson.account_id) == col(Account.id), isouter=True)
        .join(Organization, col(Organization.id) == col(Spokesperson.organization_id), isouter=True)
        .order_by(Account.name)
    )
    return [(number or 0, name, organization or "") for number, name, organization in session.exec(query)]


def tie(session: Session, account_id: int, organization_id: int | None) -> None:
    """Make an account speak for an organisation and no other, or for none."""
    row = session.get(Spokesperson, account_id)
    if row is not None and organization_id is None:
        session.delete(row)
    elif row is not None and organization_id is not None:
        row.organization_id = organization_id
    elif organization_id is not None:
        session.add(Spokesperson(account_id=account_id, organization_id=organization_id))
    session.flush()
