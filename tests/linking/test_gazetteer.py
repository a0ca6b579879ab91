from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ConfigError
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import Entity

SMALL = {
    "organization": [
        {"id": "amazon", "name": "Amazon", "aliases": ["Amazon.com"], "not_in": ["Amazon rainforest"]},
        {"id": "ring", "name": "Ring", "parent": "amazon", "ambiguous": ["Ring"], "needs_context": ["doorbell"]},
        {"id": "ice", "name": "ICE", "roles": ["agency"], "aliases": ["Immigration and Customs Enforcement"]},
        {"id": "ssj", "name": "Sisters of St. Joseph of Brentwood", "aliases": ["Sisters of St. Joseph"]},
        {"id": "macys", "name": "Macy's"},
        {"id": "relx", "name": "RELX"},
    ],
    "product": [
        {"name": "Rekognition", "organization": "amazon", "aliases": ["Amazon Rekognition"]},
        {"name": "Lexis+", "organization": "relx"},
    ],
    "person": [{"name": "Luis Gutiérrez"}, {"name": "Hoan Ton-That"}],
}  # fmt: skip
GAZETTEER = Gazetteer.from_config(SMALL)


def ids(text):
    return [mention.entity_id for mention in GAZETTEER.find(text) if not mention.implied_by]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amazon.com, Inc. answered", ["amazon"]),
        ("Amazon’s answer", ["amazon"]),
        ("Amazonian amazons", []),
        ("fires in the Amazon rainforest", []),
        ("ICE bought ice", ["ice"]),
        ("U.S. Immigration and Customs Enforcement", ["ice"]),
        ("the Sisters of St. Joseph of Brentwood filed", ["ssj"]),
        ("the Sisters of St Joseph filed", ["ssj"]),
        ("a boxing match in the Ring", []),
        ("Ring, the doorbell maker", ["ring"]),
        ("shoppers at Macy’s", ["macys"]),
        ("Luis Gutierrez wrote", ["luis-gutierrez"]),
        ("Hoan Ton–That said", ["hoan-ton-that"]),
        ("Lexis+ and Lexis", ["lexis"]),
        ("sold to Amazon.\n\nCom is no word here", ["amazon"]),
        ("", []),
    ],
)
def test_a_name_is_found_however_it_is_written_and_only_then(text, expected):
    assert ids(text) == expected


def test_a_product_implies_its_vendor_and_says_so():
    product, vendor = GAZETTEER.find("Rekognition is sold to police")
    assert (product.entity_id, vendor.entity_id, vendor.implied_by) == ("rekognition", "amazon", "rekognition")


def test_a_named_vendor_is_not_implied_as_well():
    assert [m.implied_by for m in GAZETTEER.find("Amazon sells Rekognition")] == ["", ""]


def test_the_longest_name_wins():
    [mention, _vendor] = GAZETTEER.find("Amazon Rekognition")
    assert mention.text == "Amazon Rekognition"


@given(st.text(alphabet="AmazonRekgitICE Ring’'-.,\nİßé1", max_size=80))
def test_spans_cover_the_words_and_never_overlap(text):
    found = [m for m in GAZETTEER.find(text) if not m.implied_by]
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_two_owners_of_one_alias_are_refused_by_name():
    tables = {"organization": [{"id": "a", "name": "Same"}, {"id": "b", "name": "Same, Inc."}]}
    with pytest.raises(ConfigError, match="'same' is a name of both 'a' and 'b'"):
        Gazetteer.from_config(tables)


def test_an_unknown_owner_is_refused():
    with pytest.raises(ConfigError, match="belongs to 'nobody'"):
        Gazetteer.from_config({"organization": [{"id": "a", "name": "A Corp.", "parent": "nobody"}]})


def test_an_extra_entity_lends_its_aliases_to_the_known_one():
    wider = GAZETTEER.extended([(Entity("org-x", "Amazon.com, Inc.", "organization"), ["the Company", "Bezos shop"])])
    assert [m.entity_id for m in wider.find("Bezos shop and the Company")] == ["amazon"]
    assert "org-x" not in wider.entities


def test_the_shipped_gazetteer_knows_vendors_agencies_and_their_traps(gazetteer):
    found = {
        m.entity_id for m in gazetteer.find("Clearview AI, NEC and Thomson Reuters sell to ICE and the Met Police")
    }
    assert found >= {"clearview-ai", "nec", "thomson-reuters", "ice", "metropolitan-police"}
    assert not gazetteer.find("Students of Clearview High School clear the ring of ice; axon growth; meta analysis")


def test_three_thousand_more_names_cost_nothing_per_name(gazetteer):
    extra = [(Entity(f"x{n}", f"Madeup Name{n} Holdings", "organization"), ()) for n in range(3000)]
    text = "Amazon sells Rekognition to police. " * 20
    assert [m.start for m in gazetteer.extended(extra).find(text)] == [m.start for m in gazetteer.find(text)]
