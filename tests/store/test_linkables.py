"""Campaign objects as linking needs them: read off the tables' own columns."""

import pytest

from tests import factories
from tests.factories import add, on
from tracker.domain import vocab
from tracker.domain.linkable import Linkable
from tracker.models.base import ObjectState
from tracker.models.contract import Contract
from tracker.models.correspondence import Answer
from tracker.models.publication import Measure, Proceeding, ProceedingKind
from tracker.store.linkables import linkables, numbers


@pytest.fixture
def company(session):
    return factories.organization(session, "amazon", name="Amazon")


def by_id(session) -> dict[int, Linkable]:
    return {row.object_id: row for row in linkables(session)}


def test_a_contract_gives_its_parties_product_number_and_dates(session, company):
    agency = factories.organization(session, "sheriff", name="Sheriff")
    product = factories.product(session, vendor=company)
    campaign = factories.campaign(session)
    key = factories.spine(session, "contract", "trial", title="The trial", summary="A trial.", campaign=campaign)
    add(
        session,
        Contract(id=key, vendor_id=company.id, agency_id=agency.id, product_id=product.id, award_id="70CMSD",
                 starts_on=on("2017-02"), ends_on=on("2019"), contract_state=vocab.ContractState.ENDED,
                 how_ended="It was not renewed."),
    )  # fmt: skip
    found = by_id(session)[key]
    assert (found.kind, found.title, found.campaign, found.company) == (
        "contract",
        "The trial",
        "rekognition",
        "amazon",
    )
    assert (found.organizations, found.products) == ({"amazon", "sheriff"}, {"rekognition"})
    assert (found.identifiers, found.on, found.dates) == (["70CMSD"], on("2017-02"), [on("2019")])
    assert [text for text in found.texts if text] == ["A trial.", "It was not renewed."]


def test_a_resolution_knows_its_ballot_its_steps_and_its_filers(session, company):
    sisters = factories.organization(session, "sisters", name="Sisters")
    resolution = factories.resolution(
        session, company=company, lead=sisters, ask="Stop sales.",
        statuses=[(vocab.ResolutionCode.DRAFTED, "2018-11"), (vocab.ResolutionCode.FILED, "2018-12"),
                  (vocab.ResolutionCode.VOTED_FINAL, None)],
    )  # fmt: skip
    meeting = factories.meeting(session, company=company, held="2019-05-22")
    item = factories.ballot_item(session, meeting, resolution, number="6")
    item.title = "Ban on government use"
    session.flush()
    found = by_id(session)[resolution.id]
    assert (found.number, found.due, found.on, found.dates) == ("6", on("2019-05-22"), on("2018-12"), [])
    assert found.organizations == {"amazon", "sisters"}
    assert found.neighbours == {meeting.id}
    assert "Ban on government use" in found.texts
    assert "Stop sales." in found.texts


def test_a_letter_gives_its_parties_as_printed_its_questions_and_the_letter_it_repeats(session, company):
    first = factories.letter(session, "first", recipients=[company], questions=["Which agencies?"])
    again = factories.letter(session, "again", sent="2018-11-29", reasks=first.id, questions=["Still: which?"])
    found = by_id(session)
    assert found[first.id].parties == ["Amazon"]
    assert found[first.id].organizations == {"amazon"}
    assert found[first.id].texts[-1] == "Which agencies?"
    assert found[again.id].neighbours == {first.id}


def test_an_answer_ties_the_response_to_what_it_answers(session, company):
    letter = factories.letter(session)
    response = factories.response(session, "reply", company=company, answers={letter.id: vocab.ResponseState.DECLINED})
    withdrawn = factories.letter(session, "gone", state=ObjectState.WITHDRAWN)
    add(
        session,
        Answer(response_id=response.id, object_id=withdrawn.id, assessment=vocab.ResponseState.DECLINED),
    )
    found = by_id(session)
    assert letter.id in found[response.id].neighbours
    assert withdrawn.id not in found


def test_a_law_is_told_from_a_bill_and_a_matter_by_its_sort(session):
    bill, law = factories.spine(session, "measure", "a-bill"), factories.spine(session, "measure", "a-law")
    lawsuit = factories.spine(session, "proceeding", "a-lawsuit")
    add(session, Measure(id=bill, jurisdiction="Ohio", number="HB 1", introduced_on=on("2019")))
    add(session, Measure(id=law, jurisdiction="Maine", enacted_on=on("2021-07")))
    add(
        session,
        Proceeding(id=lawsuit, proceeding_kind=ProceedingKind.LAWSUIT, docket="1:19-cv-1", opened_on=on("2019")),
    )
    found = by_id(session)
    assert [found[key].enacted for key in (bill, law)] == [False, True]
    assert found[lawsuit].kind == "lawsuit"
    assert (found[bill].identifiers, found[lawsuit].identifiers) == (["HB 1"], ["1:19-cv-1"])
    assert "Ohio" in found[bill].texts


def test_addresses_of_evidence_are_known(session):
    letter = factories.letter(session)
    row = factories.evidence(session, letter.id, "sent_on", "x", url="https://a.example/?utm_source=x")
    row.canonical_url = "https://a.example/"
    factories.evidence(session, letter.id, "sent_on", "y", url="https://b.example/")
    session.flush()
    assert by_id(session)[letter.id].addresses == {"https://a.example/"}


def test_numbers_are_the_dockets_awards_and_bills_that_objects_have(session, company):
    for slug, award in (("trial", "70CMSD"), ("other", "")):
        key = factories.spine(session, "contract", slug, title=slug)
        add(session, Contract(id=key, vendor_id=company.id, agency_id=company.id, award_id=award,
                              contract_state=vocab.ContractState.ENDED))  # fmt: skip
    assert numbers(session) == {"70CMSD"}
