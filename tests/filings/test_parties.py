"""Names in a field of a notice: several are parted, an "and" within a name is not, and no address is among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.letters.parties import parties_in
from tracker.filings.letters.passages import Found
from tracker.filings.letters.postal import is_address


def names(*lines):
    return [party.name for party in parties_in([Found(line, 0, len(line)) for line in lines])]


@pytest.mark.parametrize(
    ("field", "parted"),
    [
        ("Sisters of Example Hill", ["Sisters of Example Hill"]),
        ("Invented Asset Management, LLC", ["Invented Asset Management, LLC"]),
        ("Jane Sample and John Doe", ["Jane Sample", "John Doe"]),
        ("Jane Sample, John Doe, and Mary Q. Invented", ["Jane Sample", "John Doe", "Mary Q. Invented"]),
        (
            "Mercy Example Services, Inc. and Sisters of Example Hill",
            ["Mercy Example Services, Inc.", "Sisters of Example Hill"],
        ),
        ("Example Workers Pension and Health Funds", ["Example Workers Pension and Health Funds"]),
        ("Example Fund; Sample Trust; John Doe", ["Example Fund", "Sample Trust", "John Doe"]),
        ("Sisters of Charity and Mercy", ["Sisters of Charity and Mercy"]),
        ("Jane Sample, Treasurer", ["Jane Sample"]),
        ("the Nowhere Example Foundation", ["Nowhere Example Foundation"]),
        ("Example & Daughters Capital Management", ["Example & Daughters Capital Management"]),
        ("N/A", []),
        ("________", []),
    ],
)
def test_a_field_is_parted_between_whole_names_only(field, parted):
    assert names(field) == parted


def test_who_acts_and_for_whom_are_told_apart():
    [party] = parties_in([Found("As You Invent, on behalf of Warren Example College and Sample Trust", 0, 66)])
    assert (party.name, party.on_behalf_of) == ("As You Invent", ("Warren Example College", "Sample Trust"))


def test_a_trustee_acts_for_the_trust():
    [party] = parties_in([Found("Jane Q. Sample, as trustee of the Sample Family Trust", 0, 53)])
    assert (party.name, party.on_behalf_of) == ("Jane Q. Sample", ("Sample Family Trust",))


@pytest.mark.parametrize(
    "address",
    [
        "12 Elm Street",
        "1 Rue Inventée",
        "One Example Plaza",
        "P.O. Box 77",
        "PO Box 77",
        "Suite 900",
        "4th Floor",
        "Nowhere Falls, NY 00501",
        "Nowhere Falls, NY",
        "Nowhere Falls, New York",
        "Boston, Massachusetts",
        "London W1A 1AA",
        "Montréal, QC H2Y 1C6",
        "jane@example.org",
        "(555) 010-0100",
        "c/o Jane Sample",
        "Tel: 555",
    ],
)
def test_an_address_is_known_as_one_and_is_never_a_name(address):
    assert is_address(address)
    assert names("Jane Sample", address, "Nowhere Falls, NY 00501", "John Doe") == ["Jane Sample", "John Doe"]
    assert names(f"Jane Sample, {address}") in (["Jane Sample"], [])


@pytest.mark.parametrize(
    "name",
    ["Sisters of Example Hill", "Teamsters Local 25", "1199SEIU Benefit Funds", "Jane Q. Sample", "Example Corp."],
)
def test_a_name_is_no_address(name):
    assert not is_address(name)


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_text_makes_it_fail_and_no_name_holds_an_address(lines):
    for party in parties_in([Found(line, 0, len(line)) for line in lines]):
        assert party.name
        assert not is_address(party.name)
