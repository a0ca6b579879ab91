"""Contracts between vendors and agencies, with value, ceiling and obligated amount kept apart."""

from collections.abc import Iterator
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.domain.vocab import ContractState, EventType, Lane
from tracker.models.base import (
    CampaignObject,
    ObjectDetail,
    PartialDateText,
    Parts,
    choice,
    emptied_by_people,
    given_by_reader,
    not_negative,
    spine_key,
)


class Contract(ObjectDetail, table=True):
    """An award, trial or pitch. Amounts are whole units of `currency`; null means not found, never zero."""

    __tablename__ = "contract"
    __table_args__ = (
        *not_negative("amount_value", "amount_ceiling", "amount_obligated"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
    )
    kind: ClassVar[str] = "contract"
    label: ClassVar[str] = "Contract"
    id: int = spine_key()
    vendor_id: int = Field(foreign_key="organization.id", index=True)
    reseller_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    agency_id: int = Field(foreign_key="organization.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    award_id: str = Field(default="", max_length=80)
    amount_value: int | None = Field(default=None, sa_type=BigInteger)
    amount_ceiling: int | None = Field(default=None, sa_type=BigInteger)
    amount_obligated: int | None = Field(default=None, sa_type=BigInteger)
    amount_note: str = ""
    currency: str = Field(default="USD", max_length=3)
    starts_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    ends_on: PartialDate | None = Field(default=None, sa_type=PartialDateText)
    contract_state: ContractState = Field(sa_type=choice(ContractState))
    how_ended: str = ""
    read_fields: list[str] = given_by_reader()
    emptied_fields: list[str] = emptied_by_people()

    def milestones(self, spine: CampaignObject, parts: Parts) -> Iterator[Milestone]:
        """Yield the start and, once it is over, the end; each stands in the agency's own lane."""
        lane = parts.lane(self.agency_id, Lane.REGULATORS)
        ended = self.contract_state in {ContractState.ENDED, ContractState.CANCELLED, ContractState.LAPSED}
        steps = [(self.starts_on, "starts", EventType.CONTRACT_AWARDED, "Contract starts")]
        if ended:
            steps.append((self.ends_on, "ends", EventType.CONTRACT_ENDED, "Contract ends"))
        for on, key, kind, words in steps:
            if on is not None:
                yield Milestone(
                    on=on,
                    kind=kind,
                    key=key,
                    headline=f"{words}: {spine.title}",
                    lane=lane,
                    summary=self.how_ended if key == "ends" else spine.summary,
                )
