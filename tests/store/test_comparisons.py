"""What is compared, on both databases."""

import pytest

from tests import factories
from tests.web import comparisons_scenario as scenario
from tracker.domain.said_and_contracted import Then
from tracker.models.base import ObjectState
from tracker.store import comparisons_answers, comparisons_contracts, comparisons_support
from tracker.store.comparisons_answers import Found

TODAY = factories.TODAY


@pytest.fixture
def filled(session):
    scenario.fill(session)
    return session


def test_each_company_has_what_came_of_each_question_put_to_it(filled):
    found = comparisons_answers.of_letter(filled, "to-crest", TODAY)
    table = {
        (question.text, company.slug): [entry.found for entry in question.by_company.get(company.id, ())]
        for question in found.questions
        for company in found.companies
    }
    assert table == {
        ("Who buys?", "acme"): [Found.GRADED],
        ("Who buys?", "bolt"): [Found.NO_ANSWER],
        ("Who buys?", "crest"): [Found.NOT_SEARCHED],
        ("Since when?", "acme"): [Found.NOT_ASSESSED],
        ("Since when?", "bolt"): [Found.NO_ANSWER],
        ("Since when?", "crest"): [],
    }


def test_a_letter_not_yet_due_is_not_called_silent(session):
    companies = [factories.organization(session, slug) for slug in ("acme", "bolt")]
    factories.letter(
        session, "new", sent="2026-11-20", respond_by="2026-12-20", recipients=companies, questions=["Why?"]
    )
    [question] = comparisons_answers.of_letter(session, "new", TODAY).questions
    assert {entry.found for [entry] in question.by_company.values()} == {Found.NOT_DUE}


def test_letters_to_one_company_that_nobody_asked_again_are_not_listed(filled):
    factories.letter(filled, "alone", recipients=[factories.organization(filled, "acme")])
    [row] = comparisons_answers.listed(filled, after=None, limit=10)
    assert (row.slug, row.recipients, row.again) == ("to-three", 2, True)


def test_what_is_withdrawn_is_compared_with_nothing(session):
    company = factories.organization(session, "acme")
    factories.letter(session, "gone", recipients=[company], state=ObjectState.WITHDRAWN)
    assert comparisons_answers.of_letter(session, "gone", TODAY) is None


def test_lines_of_support_are_paged_by_key(filled):
    asked = {"today": TODAY, "ask_type": None, "company_id": None}
    first, second = comparisons_support.lines(filled, **asked, after=None, limit=10)
    assert [first.company, second.company] == ["Acme", "Bolt"]
    assert list(first.seasons) == [2019, 2020]
    after = (first.family_id, first.ask_type.value)
    rest = comparisons_support.lines(filled, **asked, after=after, limit=10)
    assert [(line.company, list(line.seasons)) for line in rest] == [("Bolt", [2019])]


def test_statements_stand_beside_contracts_of_their_campaign_only_and_are_paged_by_key(filled):
    found = comparisons_contracts.pairs(filled, company="acme", after=None, limit=10)
    assert [(pair.contract_slug, pair.then) for pair in found] == [("ran", Then.RUNNING), ("open", Then.NOT_CERTAIN)]
    assert [source.url for source in found[0].contract_sources] == ["https://awards.example/ran"]
    day, said, contract = found[0].place
    rest = comparisons_contracts.pairs(filled, company="acme", after=(day, int(said), int(contract)), limit=10)
    assert rest == found[1:]


def test_a_commitment_is_something_said(filled):
    contracted = comparisons_contracts.pairs(filled, company=None, after=None, limit=1)[0]
    campaign = factories.campaign(filled, "promises")
    vendor, agency = (factories.organization(filled, slug) for slug in ("acme", "city-police"))
    factories.commitment(filled, "promise", company=vendor, made="2022-01-10", campaign=campaign)
    scenario.contract(filled, "later", vendor, agency, starts="2023", ends="2024", campaign=campaign)
    [pair, *_] = comparisons_contracts.pairs(filled, company=None, after=None, limit=10)
    assert (pair.said_kind, pair.then) == ("commitment", Then.BEGAN_AFTER)
    assert pair.company == contracted.company


def test_a_statement_rests_on_the_documents_linked_to_it(filled):
    [pair, *_] = comparisons_contracts.pairs(filled, company="acme", after=None, limit=1)
    assert pair.said_sources == ()
    document = factories.document(filled, title="The statement itself")
    factories.link(filled, document, pair.said_id)
    [again, *_] = comparisons_contracts.pairs(filled, company="acme", after=None, limit=1)
    assert [(source.title, source.document_id) for source in again.said_sources] == [
        ("The statement itself", document.id)
    ]
