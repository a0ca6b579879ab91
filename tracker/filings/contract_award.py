"""A federal contract award as USAspending.gov lists it: vendor, reseller, agency, amount, period, product.

Agencies often buy from a reseller, and only the award's description names whose product it is. A product is named only
where the text names it; a vendor that the text does not name is not guessed.
Source: https://api.usaspending.gov/docs/endpoints, `spending_by_award`; the item is written by `tracker.sources`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tracker.domain.canonical import organization_key
from tracker.domain.errors import ParseError
from tracker.domain.text import fold, words
from tracker.filings.layout.filed import Layout, layout_of
from tracker.filings.letters.passages import Found

_MONEY = re.compile(r"(?P<sign>-?)\$(?P<amount>\d{1,3}(?:,\d{3})*(?:\.\d{2})?|\d+(?:\.\d{2})?)")
_TOKEN = re.compile(r"[^\W_]+")
_LABELS = frozenset(
    {
        "Award ID",
        "Recipient Name",
        "Start Date",
        "End Date",
        "Last Date to Order",
        "Award Amount",
        "Awarding Agency",
        "Awarding Sub Agency",
        "Contract Award Type",
        "Description",
    }
)
VENDOR, PRODUCT, AGENCY = "vendor", "product", "agency"


@dataclass(frozen=True, slots=True)
class KnownName:
    """Somebody or something we know. `kind` is vendor, product or agency; `vendor` is the id of a product's maker.

    Awards are printed in capitals, so names that count only in certain letters or beside certain words (Ring, ICE) must
    not be among `names`.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name as the award prints it, where, and the id it is known by, "" when we do not know it."""

    text: str
    start: int
    end: int
    known: str = ""


@dataclass(frozen=True, slots=True)
class ContractAward:
    """One award. `obligated` is in dollars and may have cents; None means not given, never zero.

    `reseller` is the recipient where the description names another's product. `vendor` is None where it names several.
    """

    award_id: str
    vendor: Named | None
    reseller: Named | None
    agency: Named | None
    product: Named | None
    obligated: Decimal | None
    starts_on: date | None
    ends_on: date | None
    kind: str
    description: str
    places: Mapping[str, Found]
    warnings: tuple[str, ...]


def contract_award(body: bytes, known: Sequence[KnownName]) -> ContractAward:
    """Read an award from its item's HTML; raises ParseError for what is no award."""
    return award_in(layout_of(body), known)


def award_in(layout: Layout, known: Sequence[KnownName]) -> ContractAward:
    """Read an award; raises ParseError for a document without a recipient and an award's number."""
    filed = _fields(layout)
    if "Recipient Name" not in filed or "Award ID" not in filed:
        raise ParseError(
            "reading a contract award: it has no row for Award ID and Recipient Name; it is another document, or "
            "USAspending.gov changed its answers"
        )
    warnings: list[str] = []
    recipient = _known(filed["Recipient Name"], known, VENDOR)
    vendor, reseller, product = _sides(recipient, filed.get("Description"), known, warnings)
    agency = filed.get("Awarding Sub Agency") or filed.get("Awarding Agency")
    return ContractAward(
        award_id=filed["Award ID"].text,
        vendor=vendor,
        reseller=reseller,
        agency=_known(agency, known, AGENCY) if agency else None,
        product=product,
        obligated=_dollars(filed.get("Award Amount"), warnings),
        starts_on=_day(filed.get("Start Date"), warnings),
        ends_on=_day(filed.get("End Date") or filed.get("Last Date to Order"), warnings),
        kind=_text(filed.get("Contract Award Type")),
        description=_text(filed.get("Description")),
        places=filed,
        warnings=tuple(warnings),
    )


def _fields(layout: Layout) -> dict[str, Found]:
    """Return the values of the item's table by their labels."""
    return {
        block.cells[0].text: Found(block.cells[1].text, block.cells[1].start, block.cells[1].end)
        for block in layout.blocks
        if len(block.cells) == 2 and block.cells[0].text in _LABELS
    }


def _sides(
    recipient: Named, description: Found | None, known: Sequence[KnownName], warnings: list[str]
) -> tuple[Named | None, Named | None, Named | None]:
    """Return vendor, reseller and product: a recipient whom we do not know sells what the description names."""
    products = _mentioned(description, known, PRODUCT)
    makers = {name.id: name.vendor for name in known if name.kind == PRODUCT}
    product = products[0] if len(products) == 1 else None
    if len(products) > 1:
        warnings.append(f"the description names several products: {', '.join(found.text for found in products)}")
    if recipient.known:
        if product and makers[product.known] not in {"", recipient.known}:
            warnings.append(f"the product {product.text} is not made by the recipient {recipient.text}")
        return recipient, None, product
    sold = {found.known: found for found in _mentioned(description, known, VENDOR)}
    for found in products:
        maker = makers[found.known]
        if maker:
            sold.setdefault(maker, Named(found.text, found.start, found.end, maker))
    if not sold:
        return recipient, None, product
    if len(sold) > 1:
        warnings.append(f"the description names several vendors: {', '.join(found.text for found in sold.values())}")
        return None, recipient, product
    return next(iter(sold.values())), recipient, product


@lru_cache(maxsize=1 << 15)
def _key(called: str) -> str:
    return organization_key(called)


def _known(named: Found, known: Iterable[KnownName], kind: str) -> Named:
    key = organization_key(named.text)
    found = next((name.id for name in known if name.kind == kind and key in map(_key, name.names)), "")
    return Named(named.text, named.start, named.end, found)


@lru_cache(maxsize=1 << 15)
def _first(called: str) -> str:
    return next(iter(_TOKEN.findall(fold(called))), "")


def _mentioned(text: Found | None, known: Iterable[KnownName], kind: str) -> list[Named]:
    """Return who of a kind is named in a text, as whole words, each once; the longest of overlapping names counts."""
    if text is None:
        return []
    found: list[tuple[int, int, str]] = []
    standing = frozenset(_TOKEN.findall(fold(text.text)))
    for name in known:
        for called in name.names if name.kind == kind else ():
            if _first(called) not in standing:  # thousands of names are known, and hardly one stands here
                continue
            pattern = r"[\W_]{1,3}".join(map(re.escape, words(called)))
            if pattern and (match := re.search(rf"(?<!\w){pattern}(?!\w)", text.text, re.IGNORECASE)):
                found.append((match.start(), match.end(), name.id))
    found.sort(key=lambda each: (each[0], -each[1]))
    kept: list[tuple[int, int, str]] = []
    for start, end, known_id in found:
        if (not kept or start >= kept[-1][1]) and known_id not in {each[2] for each in kept}:
            kept.append((start, end, known_id))
    return [
        Named(text.text[start:end], text.start + start, text.start + end, known_id) for start, end, known_id in kept
    ]


def _dollars(filed: Found | None, warnings: list[str]) -> Decimal | None:
    if filed is None:
        return None
    found = _MONEY.fullmatch(filed.text)
    if found is None:
        warnings.append(f"the amount cannot be read: {filed.text[:40]!r}")
        return None
    if found["sign"]:
        warnings.append(f"more was taken back than obligated: {filed.text}")
        return None
    return Decimal(found["amount"].replace(",", ""))


def _day(filed: Found | None, warnings: list[str]) -> date | None:
    if filed is None:
        return None
    try:
        return date.fromisoformat(filed.text[:10])
    except ValueError:
        warnings.append(f"a day of its period cannot be read: {filed.text[:40]!r}")
        return None


def _text(filed: Found | None) -> str:
    return filed.text if filed else ""
