"""Organisations by their forms, saved whole or not at all; declarations of investors; what companies promised."""

import re

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import resolutions
from tests.web import people
from tracker.domain.vocab import Role
from tracker.models.organization import Alias, Identifier, Organization, Person
from tracker.models.voting_intention import VotingIntention
from tracker.store.engine import reading, writing
from tracker.workflows import accounts, declare_votes

PAGE = "/editing/organizations/amazon"


@pytest.fixture
def filled(editing):
    with writing(editing.runtime.engine) as session:
        amazon = factories.organization(session, "amazon", name="Amazon")
        factories.organization(session, "harrington", name="Harrington Investments")
        campaign = factories.campaign(session, targets=[amazon])
        resolutions.resolution(session, "next-2027", company=amazon, season=2027, campaign=campaign)
        resolutions.meeting(session, "meeting-2027", company=amazon, held="2027-05-20")
        resolutions.resolution(session, "past-2020", company=amazon, season=2020, campaign=campaign)
        resolutions.meeting(session, "meeting-2020", company=amazon, held="2020-05-20")
    return editing


@pytest.fixture
def client(filled):
    return people.signed_in(filled.app, Role.EDITOR, "Ann")


def stamp_of(client) -> str:
    found = re.search(r'name="stamp" value="([^"]*)"', client.get(PAGE).text)
    assert found
    return found[1]


def fields(client, **more):
    return {"name": "Amazon", "lane": "company", "stamp": stamp_of(client), **more}


def test_names_numbers_and_roles_are_saved(filled, client):
    told = fields(client, roles=["issuer", "vendor"], cik="1018724", alias=["AWS", "Prime"], exact=["yes", ""],
                  context=["", "Amazon, delivery"])  # fmt: skip
    assert people.post(client, PAGE, told, page=PAGE).status_code == 303
    with reading(filled.runtime.engine) as session:
        aliases = {row.text: (row.case_sensitive, row.needs_context) for row in session.exec(select(Alias))}
        assert aliases == {"AWS": (True, []), "Prime": (True, ["Amazon", "delivery"])}
        assert session.exec(select(Identifier.value)).all() == ["0001018724"]


def test_a_wrong_number_is_said_beside_its_field_and_nothing_is_saved(filled, client):
    answer = people.post(client, PAGE, fields(client, name="Amazon Inc", lei="529900T8BM49AURSDO56"), page=PAGE)
    assert answer.status_code == 422
    assert "its last two digits do not fit" in answer.text
    assert "Amazon Inc" in answer.text
    with reading(filled.runtime.engine) as session:
        assert "Amazon Inc" not in session.exec(select(Organization.name)).all()


def test_a_form_made_before_another_change_is_refused_kindly(client):
    old = fields(client, name="Amazon one")
    assert people.post(client, PAGE, fields(client, name="Amazon two"), page=PAGE).status_code == 303
    answer = people.post(client, PAGE, old, page=PAGE)
    assert answer.status_code == 409
    assert "somebody changed this organisation" in answer.text
    assert "Amazon one" in answer.text


def test_a_new_organisation_and_its_people_can_be_added(filled, client):
    page = "/editing/organizations/new"
    answer = people.post(client, page, {"name": "مؤسسة 🕊", "lane": "advocates"}, page=page)
    assert answer.status_code == 303
    people.post(client, f"{answer.location}/people", {"name": "Jo Doe", "position": "Chair"}, page=answer.location)
    with reading(filled.runtime.engine) as session:
        assert session.exec(select(Person.position)).one() == "Chair"
    assert "مؤسسة 🕊" in client.get(answer.location).text


def spokesperson(filled):
    accounts.add(filled.runtime, "h@example.org", "Hari", Role.READER)
    client = people.signed_in(filled.app, Role.READER, "Hari")
    with reading(filled.runtime.engine) as session:
        from tracker.store.accounts import by_name

        number = by_name(session, "Hari").id
    declare_votes.speak_for(filled.runtime, number, "Harrington Investments", "Ada")
    return client


def test_an_investor_declares_revises_and_takes_back_and_every_word_stays(filled):
    client, page = spokesperson(filled), "/resolutions/next-2027/declare"
    for way in ("for", "undecided"):
        assert people.post(client, page, {"intention": way, "rationale": f"{way} us"}, page=page).status_code == 303
    people.post(client, page, {"act": "withdraw"}, page=page)
    with reading(filled.runtime.engine) as session:
        rows = session.exec(select(VotingIntention).order_by(VotingIntention.number)).all()
        assert [(row.intention.value, row.withdrawn_on is not None) for row in rows] == [
            ("for", False),
            ("undecided", True),
        ]
        assert {row.declared_by for row in rows} == {"Hari"}
    assert "for us" in client.get("/declarations").text
    assert "withdrawn on" in filled.app.test_client().get("/resolutions/next-2027").text


def test_nobody_else_speaks_for_an_investor(filled):
    client, page = people.signed_in(filled.app, Role.READER, "Stranger"), "/resolutions/next-2027/declare"
    told = {"intention": "for", "investor": "Harrington Investments", "url": "https://example.org"}
    assert people.post(client, page, told, page="/declarations").status_code == 409
    own = spokesperson(filled)
    assert people.post(own, page, {**told, "investor": "Amazon"}, page=page).status_code == 409


def test_no_vote_is_declared_after_the_meeting(filled):
    client = spokesperson(filled)
    answer = people.post(client, "/resolutions/past-2020/declare", {"intention": "for"}, page="/declarations")
    assert answer.status_code == 409
    assert "a vote is declared ahead of it" in answer.text


def test_an_editor_declares_for_an_investor_only_with_a_source(client):
    page = "/resolutions/next-2027/declare"
    told = {"intention": "for", "investor": "Harrington Investments"}
    assert people.post(client, page, told, page=page).status_code == 422
    assert people.post(client, page, {**told, "url": "https://example.org/v"}, page=page).status_code == 303


def test_a_promise_is_written_down_and_each_side_is_heard(filled, client):
    page = "/editing/commitments"
    told = {"title": "Publish an audit", "made_for": "next-2027", "made_on": "May 2026", "due_on": "soon",
            "url": "https://example.org/p"}  # fmt: skip
    answer = people.post(client, page, told, page=page)
    assert answer.status_code == 422
    assert "Publish an audit" in answer.text
    publisher = people.signed_in(filled.app, Role.PUBLISHER, "Pia")
    place = people.post(publisher, page, {**told, "due_on": "June 2026"}, page=page).location
    version = re.search(r'name="version" value="(\d+)"', client.get(place).text)[1]
    view = {"version": version, "side": "company", "state": "full", "on": "1 July 2026", "url": "https://example.org/c",
            "said": "Done.", "settles": "yes"}  # fmt: skip
    assert people.post(client, f"{place}/views", view, page=place).status_code == 303
    assert people.post(client, f"{place}/views", view, page=place).status_code == 409
    assert people.post(client, f"{place}/views", {**view, "version": "9" * 30}, page=place).status_code == 409
    assert people.post(client, f"{place}/views", {**view, "version": "9" * 5000}, page=place).status_code == 409
    company = filled.app.test_client().get("/companies/amazon").text
    assert "1 of 1 due kept." in company
    assert "Done." in filled.app.test_client().get("/resolutions/next-2027").text
