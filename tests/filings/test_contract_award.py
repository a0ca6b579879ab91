"""Contract awards: the vendor behind a reseller, the product only when the text names it, amounts never invented."""

import html
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import SAVED, answer
from tracker.domain.errors import ParseError
from tracker.domain.items import RawItem
from tracker.filings.contract_award import AGENCY, PRODUCT, VENDOR, KnownName, contract_award
from tracker.sources.usaspending import USAspending

KNOWN = (
    KnownName("example-vision", VENDOR, ("Example Vision", "Example Vision AI")),
    KnownName("invented-cloud", VENDOR, ("Invented Cloud", "Invented Cloud Services", "ICS Invented")),
    KnownName("facespotter", PRODUCT, ("FaceSpotter", "Face Spotter"), vendor="example-vision"),
    KnownName("cloudlook", PRODUCT, ("CloudLook",), vendor="invented-cloud"),
    KnownName("border-police", AGENCY, ("Invented Border Police", "IBP")),
)


def award(known=KNOWN, **fields):
    filed = {
        "Award ID": "70X25C1",
        "Recipient Name": "EXAMPLE VISION, INC.",
        "Start Date": "2025-09-05",
        "End Date": "2027-09-04",
        "Award Amount": "$9,200,000",
        "Awarding Agency": "Department of Examples",
        "Awarding Sub Agency": "Invented Border Police",
        "Contract Award Type": "PURCHASE ORDER",
        "Description": "LICENSES",
    }
    filed |= {name.replace("_", " "): value for name, value in fields.items()}
    rows = "".join(
        f"<tr><th>{name}</th><td>{html.escape(value)}</td></tr>" for name, value in filed.items() if value is not None
    )
    return contract_award(f"<table>{rows}</table>".encode(), known)


def test_an_award_is_read_with_the_place_of_every_value():
    found = award()
    assert (found.award_id, found.kind) == ("70X25C1", "PURCHASE ORDER")
    assert (found.starts_on, found.ends_on, found.obligated) == (date(2025, 9, 5), date(2027, 9, 4), Decimal(9_200_000))
    assert (found.vendor.text, found.vendor.known) == ("EXAMPLE VISION, INC.", "example-vision")
    assert (found.agency.text, found.agency.known) == ("Invented Border Police", "border-police")
    assert found.reseller is None
    assert found.places["Award Amount"].text == "$9,200,000"
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("description", "vendor", "product"),
    [
        ("FACESPOTTER LICENSES, 25 SEATS", "example-vision", "facespotter"),
        ("RENEWAL OF FACE-SPOTTER", "example-vision", "facespotter"),
        ("EXAMPLE VISION AI SOFTWARE MAINTENANCE", "example-vision", None),
        ("INVENTED CLOUD SERVICES", "invented-cloud", None),
        ("CLOUDLOOK BY INVENTED CLOUD", "invented-cloud", "cloudlook"),
    ],
)
def test_a_recipient_we_do_not_know_resells_what_the_description_names(description, vendor, product):
    found = award(Recipient_Name="NOWHERE RESELLERS CORP", Description=description)
    assert found.vendor.known == vendor
    assert found.reseller.text == "NOWHERE RESELLERS CORP"
    assert (found.product.known if found.product else None) == product


@pytest.mark.parametrize(
    "description", ["SOFTWARE LICENSES", "FACESPOTTERS AND CAMERAS", "VISION EXAMPLE", None, "UNCLOUDLOOKED"]
)
def test_a_vendor_that_is_not_named_is_not_guessed(description):
    found = award(Recipient_Name="NOWHERE RESELLERS CORP", Description=description)
    assert (found.vendor.text, found.vendor.known) == ("NOWHERE RESELLERS CORP", "")
    assert (found.reseller, found.product) == (None, None)


def test_a_known_vendor_sells_for_itself_also_when_it_does_not_name_a_product():
    found = award(Description="SUPPORT")
    assert (found.vendor.known, found.reseller, found.product) == ("example-vision", None, None)


def test_several_vendors_in_a_description_leave_the_vendor_open():
    found = award(Recipient_Name="NOWHERE RESELLERS CORP", Description="FACESPOTTER AND CLOUDLOOK")
    assert (found.vendor, found.product) == (None, None)
    assert found.reseller.text == "NOWHERE RESELLERS CORP"
    assert len(found.warnings) == 2


def test_a_product_of_somebody_else_is_said():
    assert "is not made by" in award(Description="CLOUDLOOK").warnings[0]


@pytest.mark.parametrize(
    ("amount", "dollars"),
    [
        ("$0", Decimal(0)),
        ("$224,000.50", Decimal("224000.50")),
        (None, None),
        ("-$5", None),
        ("about $5", None),
        ("$1,00", None),
    ],
)
def test_an_amount_is_what_is_given_and_never_made_up(amount, dollars):
    found = award(Award_Amount=amount)
    assert found.obligated == dollars
    assert bool(found.warnings) == (dollars is None and amount is not None)


def test_an_award_for_orders_ends_with_the_last_day_to_order_and_a_broken_day_is_said():
    found = award(End_Date=None, Last_Date_to_Order="2030-01-31", Start_Date="soon")
    assert (found.starts_on, found.ends_on) == (None, date(2030, 1, 31))
    assert "period" in found.warnings[0]


def test_without_a_sub_agency_the_department_is_the_agency():
    found = award(Awarding_Sub_Agency=None)
    assert (found.agency.text, found.agency.known) == ("Department of Examples", "")


@pytest.mark.parametrize("missing", ["Award_ID", "Recipient_Name"])
def test_another_document_is_refused(missing):
    with pytest.raises(ParseError, match="another document"):
        award(**{missing: None})


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=60)


@given(WORDS, WORDS)
def test_no_text_makes_it_fail(recipient, description):
    found = award(Recipient_Name=f"X{recipient}", Description=f"X{description}")
    assert found.obligated == Decimal(9_200_000)


def test_the_items_of_the_source_are_read():
    body = (SAVED / "usaspending" / "contracts.json").read_bytes()
    items = [item for item in USAspending().parse(answer(body)) if isinstance(item, RawItem)]
    found = [contract_award(item.content_html.encode(), KNOWN) for item in items]
    assert [each.award_id for each in found] == ["70FICT25C00000001", "70FICT20P00000002", "70FICT21P00000003"]
    assert [each.obligated for each in found] == [Decimal(9_200_000), None, Decimal("224000.50")]
