"""Organisations, products and people: completed by files, never taken away from."""

import pytest
from sqlmodel import select

from tests.engines import engine_on
from tests.factories import organization
from tracker.domain.errors import InputError
from tracker.domain.vocab import Lane, OrganizationRole
from tracker.linking.words import slug
from tracker.models.organization import Alias, Identifier, Organization, OrganizationInRole, Person, Product
from tracker.store import organizations
from tracker.store.engine import reading, writing

FILE = {
    "organizations": [
        {
            "slug": "amazon",
            "name": "Amazon",
            "lane": "company",
            "roles": ["vendor", "issuer"],
            "aliases": ["Amazon.com"],
            "identifiers": {"cik": "1018724", "ticker": "AMZN"},
            "home_url": "https://amazon.example",
        },
        {"slug": "aws", "name": "Amazon Web Services", "roles": ["vendor"], "parent": "amazon"},
    ],
    "products": [{"slug": "rekognition", "name": "Rekognition", "vendor": "aws", "aliases": ["AWS Rekognition"]}],
    "people": [{"slug": "andy-jassy", "name": "Andy Jassy", "organization": "aws", "position": "head of AWS"}],
}


def merge(engine, file) -> bool:
    with writing(engine) as session:
        return organizations.merge(session, file)


def everything(engine) -> list[object]:
    with reading(engine) as session:
        tables = (Organization, OrganizationInRole, Alias, Identifier, Product, Person)
        return sorted(
            repr((table.__name__, row.model_dump())) for table in tables for row in session.exec(select(table))
        )


def test_a_file_is_merged_once_and_the_second_time_nothing_changes(engine):
    assert merge(engine, FILE)
    first = everything(engine)
    assert not merge(engine, FILE)
    assert everything(engine) == first


def test_names_numbers_roles_and_ties_are_kept(engine):
    merge(engine, FILE)
    with reading(engine) as session:
        found, products, people = organizations.all_of(session)
        amazon, aws = found
        assert (amazon.lane, amazon.home_url, aws.parent_id, aws.lane) == (
            Lane.COMPANY,
            "https://amazon.example",
            amazon.id,
            Lane.COMPANY,
        )
        assert [row.text for row in organizations.aliases(session)] == ["Amazon.com"]
        assert sorted(session.exec(select(Identifier.value))) == ["0001018724", "AMZN"]
        roles = session.exec(select(OrganizationInRole.role).where(OrganizationInRole.organization_id == amazon.id))
        assert set(roles) == {OrganizationRole.VENDOR, OrganizationRole.ISSUER}
        assert [(row.name, row.vendor_id, row.aliases) for row in products] == [
            ("Rekognition", aws.id, ["AWS Rekognition"])
        ]
        assert [(row.name, row.organization_id, row.position) for row in people] == [
            ("Andy Jassy", aws.id, "head of AWS")
        ]


@pytest.mark.parametrize(
    ("roles", "lane"),
    [(["advocate", "issuer"], Lane.ADVOCATES), (["court"], Lane.REGULATORS), ([], Lane.PRESS)],
)
def test_without_a_lane_the_first_role_decides(sqlite_engine, roles, lane):
    merge(sqlite_engine, {"organizations": [{"slug": "x", "name": "X", "roles": roles}]})
    with reading(sqlite_engine) as session:
        assert session.exec(select(Organization.lane)).one() is lane


@pytest.fixture
def sqlite_engine(sqlite_database):
    with engine_on(sqlite_database) as engine:
        yield engine


def test_every_role_has_a_lane():
    assert set(organizations.LANES) == set(OrganizationRole)


def test_a_later_file_completes_and_corrects_but_takes_nothing_away(engine):
    merge(engine, FILE)
    later = {
        "organizations": [
            {"slug": "amazon", "name": "Amazon.com, Inc.", "home_url": "", "roles": ["publisher"], "aliases": ["AMZN"]}
        ],
        "products": [{"slug": "rekognition", "name": "Amazon Rekognition", "aliases": ["Rekog"]}],
        "people": [{"slug": "andy-jassy", "name": "Andrew Jassy"}],
    }
    assert merge(engine, later)
    with reading(engine) as session:
        amazon = session.exec(select(Organization).where(Organization.slug == "amazon")).one()
        assert (amazon.name, amazon.home_url) == ("Amazon.com, Inc.", "https://amazon.example")
        assert len(session.exec(select(OrganizationInRole)).all()) == 4
        assert {row.text for row in organizations.aliases(session)} == {"Amazon.com", "AMZN"}
        [product] = session.exec(select(Product))
        assert (product.name, product.aliases) == ("Amazon Rekognition", ["AWS Rekognition", "Rekog"])
        assert product.vendor_id is not None
        [person] = session.exec(select(Person))
        assert (person.name, person.position) == ("Andrew Jassy", "head of AWS")
    assert not merge(engine, later)


def test_a_number_is_corrected_and_stays_one_of_its_kind(engine):
    merge(engine, FILE)
    assert merge(engine, {"organizations": [{"slug": "amazon", "identifiers": {"ticker": "AMZ"}}]})
    with reading(engine) as session:
        assert sorted(session.exec(select(Identifier.value))) == ["0001018724", "AMZ"]


REFUSED = [
    ({"organizations": [{"slug": "x"}]}, "organization x: it needs 'name' as text, found None"),
    ({"organizations": [{"name": "X"}]}, "organization None: it needs 'slug' as text"),
    ({"organizations": [{"slug": "x", "name": "X" * 301}]}, "organization x: name: it has 301 characters"),
    (
        {"organizations": [{"slug": "x", "name": "X", "lane": "left"}]},
        "organization x: there is no 'left'; there are inv",
    ),
    ({"organizations": [{"slug": "x", "name": "X", "roles": ["boss"]}]}, "organization x: there is no 'boss'"),
    (
        {"organizations": [{"slug": "x", "name": "X", "parent": "y"}]},
        "organization x: parent: no organization is called",
    ),
    ({"organizations": [{"slug": "x", "name": "X", "identifiers": {"vat": "1"}}]}, "organization x: there is no 'vat'"),
    (
        {"organizations": [{"slug": "x", "name": "X", "identifiers": {"cik": 1018724}}]},
        "organization x: identifiers.cik: 0001018724 is amazon's already; use that slug",
    ),
    ({"products": [{"slug": "x", "name": "X", "vendor": "y"}]}, "product x: vendor: no organization is called 'y'"),
    (
        {"people": [{"slug": "x", "name": "X", "organization": "y"}]},
        "person x: organization: no organization is called",
    ),
    ({"people": [{"slug": "x"}]}, "person x: it needs 'name'"),
]


@pytest.mark.parametrize(("file", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_cannot_be_is_refused_naming_the_entry(sqlite_engine, file, said):
    merge(sqlite_engine, FILE)
    before = everything(sqlite_engine)
    with pytest.raises(InputError) as caught:
        merge(sqlite_engine, file)
    assert str(caught.value).startswith(said)
    assert everything(sqlite_engine) == before


def test_the_gazetteers_file_has_the_form_of_a_campaign_files_parties(engine):
    tables = {
        "organization": [
            {
                "id": "ice",
                "name": "ICE",
                "roles": ["agency"],
                "cik": 7,
                "ambiguous": ["ice"],
                "needs_context": ["agents"],
            },
            {"id": "hh", "name": "Home Help", "roles": ["advocate"], "case_sensitive": ["HH"], "watched": True},
        ],
        "product": [{"name": "Face Finder", "organization": "ice", "case_sensitive": ["FF"]}],
        "person": [{"name": "Ada B.", "organization": "hh"}],
    }
    assert merge(engine, organizations.from_gazetteer(tables, slug))
    assert not merge(engine, organizations.from_gazetteer(tables, slug))
    with reading(engine) as session:
        found = {(row.text, row.case_sensitive, tuple(row.needs_context)) for row in organizations.aliases(session)}
        assert found == {("ice", True, ("agents",)), ("HH", True, ())}
        assert session.exec(select(Identifier.value)).all() == ["0000000007"]
        assert [(row.slug, row.aliases) for row in session.exec(select(Product))] == [("face-finder", ["FF"])]
        assert [row.slug for row in session.exec(select(Person))] == ["ada-b"]


def test_organisations_that_are_there_already_are_reused(engine):
    with writing(engine) as session:
        number = organization(session, "amazon", name="Amazon").id
    merge(engine, FILE)
    with reading(engine) as session:
        assert session.exec(select(Organization.id).where(Organization.slug == "amazon")).one() == number
