from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ConfigError
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.mentions import Entity
from tracker.linking.words import slug
from tracker.settings import names_of

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


def test_what_is_looked_at_does_not_grow_with_the_names():
    """Names are found by their first two words and their length: thousands more, many of them begun alike."""
    begun = ("New York", "Amazon", "Made", "Up")
    extra = [(Entity(f"x{n}", f"{begun[n % 4]} Name{n} Holdings", "organization"), ()) for n in range(4_000)]
    wider = GAZETTEER.extended(extra)
    text = "Amazon sells Rekognition to ICE in New York. New York Name7 is none. " * 20
    assert [m.start for m in wider.find(text)] == [m.start for m in GAZETTEER.find(text)]
    assert max(len(lengths) for row in wider._lengths.values() for lengths in row.values()) <= 3
    assert [m.entity_id for m in wider.find("New York Name4, Inc.")] == ["x4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senator Hawley asked", ["josh-hawley"]),
        ("a study by Kristen Hawley", []),
        ("Josh Hawley and Ron Wyden", ["josh-hawley", "ron-wyden"]),
        ("Hawley said", ["josh-hawley"]),
    ],
)
def test_a_surname_alone_is_nobodys_after_another_given_name(gazetteer, text, expected):
    assert [m.entity_id for m in gazetteer.find(text) if m.entity_id in gazetteer.entities] == expected


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("the Dunmore Police Department bought it", "Dunmore Police Department", "agency"),
        ("A vote by the Fort Dunmore city council ended it", "Fort Dunmore City Council", "lawmaker"),
        ("Lawsuit Says Dunmore Heights Police Department Misused It", "Dunmore Heights Police Department", "agency"),
        ("When Quorn County Sheriff's Office signed", "Quorn County Sheriff's Office", "agency"),
        ("Tampa police signed", "Tampa Police Department", "agency"),
        ("Ohio AG sues", "Ohio Attorney General", "regulator"),
        ("the ACLU of Ohio", "ACLU of Ohio", "advocate"),
        ("Oakland’s City Council voted", "Oakland City Council", "lawmaker"),
        ("It was the Dunmore's Town Council", "Dunmore Town Council", "lawmaker"),
        ("a letter that the Quorn Immigrant Rights Coalition wrote", "Quorn Immigrant Rights Coalition", "advocate"),
        ("shares that Quorn & Dale Asset Management holds", "Quorn & Dale Asset Management", "investor"),
    ],
)  # fmt: skip
def test_offices_of_places_are_named_by_place_and_phrase(gazetteer, text, name, role):
    [mention] = [m for m in gazetteer.find(text) if not m.implied_by]
    assert (mention.name, mention.roles) == (name, (role,))


@pytest.mark.parametrize(
    "text",
    [
        "The Police Department said",
        "a city council",
        "Local Police Department",
        "On Monday Police Commission",
        "the Coalition",
        "a rights coalition",
        "Quorn Dale and Dunmore Coalition",
        "the Quorn Institute of Art",
    ],
)
def test_an_office_without_its_place_is_none(gazetteer, text):
    assert gazetteer.find(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it was said in court by Councilmember Orla Quorndon, who", ["Orla Quorndon"]),
        ("Brianna O’Dunmore, a lawyer, spoke with Thomas van Quorn.", ["Brianna O’Dunmore", "Thomas van Quorn"]),
        ("Brianna Quorndon's letter", ["Brianna Quorndon"]),
        (
            "when they were asked, Director Orla D. Quorndon answered them, not their Chief Privacy Officer",
            ["Orla D. Quorndon"],
        ),
        ("Will Dunmore buy it? People in San Diego Quorn ask.", []),
        ("City Hires Brianna Quorndon Despite Wide Protest", []),
        ("Brianna Foundation and Thomas Avenue", []),
        ("Judge ruled", []),
    ],
)
def test_people_of_no_list_are_told_by_title_or_given_name(gazetteer, text, expected):
    assert [m.name for m in gazetteer.find(text) if m.kind == "person"] == expected


def test_ambiguous_words_need_their_second_cue_and_legal_suffixes_are_one(gazetteer):
    silent = "They ring a bell, wear a Ring, stay Clear of it, tune a Banjo and see the Aware reader off Target."
    assert gazetteer.find(silent) == ()
    assert gazetteer.find("Ring LLC")[0].entity_id == "ring"


def test_a_page_naming_everybody_or_one_name_for_ever_stays_small(gazetteer):
    everybody = ". ".join(entity.name for entity in gazetteer.entities.values())
    assert len({m.entity_id for m in gazetteer.find(everybody)}) > 4_000
    assert len(gazetteer.find("Ring CLEAR Flock Amazon City Council " * 3_000)) < 600


def test_what_is_too_long_for_a_name_is_none(gazetteer):
    long = "Q" + "uorn" * 40
    assert gazetteer.find(f"they asked Brianna {long}, and the {long} Coalition, and the {long} Town Council") == ()


def test_names_are_data_not_patterns():
    odd = Gazetteer.from_config(
        {"organization": [{"id": "x", "name": "A.*(B|C)+ [Corp]"}, {"id": "y", "name": "Qu\\d?"}]}
    )
    assert [m.entity_id for m in odd.find("A B C Corp and A.*(B|C)+ [Corp] and Qux and Qu\\d?")] == ["x", "x", "y"]


def test_every_shipped_name_is_found_as_itself(gazetteer, config):
    """Ids are unique, owners exist and no alias has two owners (or nothing would be compiled); then each by itself."""
    for table in ("organization", "product", "person"):
        for row in config["organizations"][table]:
            sure = {row["name"], *row.get("aliases", ()), *row.get("case_sensitive", ())} - {*row.get("ambiguous", ())}
            key = row.get("id") or slug(row["name"])
            lost = [
                name for name in sure if key not in {m.entity_id for m in gazetteer.find(f"we asked {name} about it")}
            ]
            assert lost == [], key
            for name in row.get("ambiguous", ()):
                cue = row["needs_context"][0]
                assert gazetteer.find(f"we asked {name} about it; {cue}"), (
                    key,
                    name,
                )  # or who else is meant by the cue


def test_the_gazetteer_is_as_long_as_the_field(config):
    tables = config["organizations"]
    assert len(tables["organization"]) + len(tables["product"]) + len(tables["person"]) >= 2_000
    roles = [role for row in tables["organization"] for role in row["roles"]]
    assert all(
        roles.count(role) >= 20 for role in ("vendor", "agency", "regulator", "lawmaker", "advocate", "investor")
    )


def test_configured_organizations_name_owners_that_the_database_has(config):
    tables = config["organizations"]
    ids = {row["id"] for row in tables["organization"]}
    owners = {
        row.get("parent") or row.get("organization")
        for kind in ("organization", "product", "person")
        for row in tables[kind]
    }
    assert owners - {None, ""} <= ids


def test_files_of_names_are_read_together(tmp_path):
    names = tmp_path / "names"
    names.mkdir()
    for file, first, place in (("a", "Ada", "one"), ("b", "Bo", "two")):
        lines = [f'given_names = ["{first}"]', "[[organization]]", f'id = "{file}"', "[place]", f'{place} = ["X"]']
        (names / f"{file}.toml").write_text("\n".join(lines))
    tables = names_of(tmp_path)
    assert [row["id"] for row in tables["organization"]] == ["a", "b"]
    assert (tables["given_names"], tables["place"]) == (["Ada", "Bo"], {"one": ["X"], "two": ["X"]})
    assert names_of(tmp_path / "none") == {}
