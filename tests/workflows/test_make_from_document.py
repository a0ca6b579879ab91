"""What is made of a document is a draft whose every value has the document, and the words in it, as its source."""

import pytest
from sqlmodel import select

from tests import factories as make
from tests.filings.written_letters import LEARNED
from tracker.domain.errors import InputError, NotFoundError
from tracker.domain.publishing import Lack, Needed
from tracker.domain.quotes import find_quote
from tracker.domain.vocab import LinkState
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.correspondence import CompanyResponse, Letter, LetterParty, LetterQuestion
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.store.engine import reading, writing
from tracker.workflows import publish
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.make_from_document import Chosen, MakingError, Suggested, make_draft, suggested

ANN = "Ann"
LETTER = LEARNED[0].text


@pytest.fixture
def archive(runtime):
    """An archive with one campaign and, as document 1, a letter."""
    with writing(runtime.engine) as session:
        make.campaign(session)
        make.organization(session, "brightwater", name="Brightwater Systems, Inc.")
    add_document(runtime, Given(LETTER.encode(), "2025-03-05", "Larkmere writes to Brightwater", "Larkmere Alliance"))
    return runtime


def all_of(runtime, table):
    with reading(runtime.engine) as session:
        return list(session.exec(select(table)))


def everything(found: Suggested, **more: str) -> Chosen:
    """Return what a person chooses who takes it all as it stands."""
    given = (*found.senders, *found.recipients, *found.questions)
    days = {name: day.text for name in ("on", "respond_by") if (day := getattr(found, name)) is not None}
    return Chosen(found.kind, **{"title": found.title, **days, **more}, keep=frozenset(one.key for one in given))


def test_a_letter_is_made_of_its_text_and_every_value_has_its_words_as_source(archive):
    slug = make_draft(archive, 1, everything(suggested(archive, 1, "letter")), by=ANN)
    [spine] = all_of(archive, CampaignObject)
    assert (spine.slug, spine.kind, spine.state) == (slug, "letter", ObjectState.DRAFT)
    [letter] = all_of(archive, Letter)
    assert (str(letter.sent_on), str(letter.respond_by)) == ("2025-03-04", "2025-04-01")
    parties = [(row.role.value, row.name, row.organization_id) for row in all_of(archive, LetterParty)]
    assert parties == [
        ("sender", "Tomas Ferreira", None),
        ("sender", "Larkmere Civic Alliance", None),
        ("recipient", "Jane Q. Halloran", None),
        ("recipient", "Brightwater Systems, Inc.", 1),
    ]
    assert len(all_of(archive, LetterQuestion)) == len(LEARNED[0].questions)
    for row in all_of(archive, Evidence):
        assert (row.document_id, row.read_by) == (1, ANN)
        assert find_quote(LETTER, row.locator) is not None
    assert [(row.object_id, row.state) for row in all_of(archive, Link)] == [(spine.id, LinkState.CONFIRMED)]


def test_such_a_letter_lacks_nothing_and_can_be_published(archive):
    slug = make_draft(archive, 1, everything(suggested(archive, 1, "letter")), by=ANN)
    assert all_of(archive, Event) == []
    publish.publish(archive, slug, version=1, by=ANN)
    assert [row.headline for row in all_of(archive, Event)] == ["Letter sent: Larkmere writes to Brightwater"]


def test_what_a_person_leaves_out_or_types_otherwise_has_no_source_in_the_document(archive):
    found = suggested(archive, 1, "letter")
    slug = make_draft(
        archive, 1, Chosen("letter", found.title, on="2025-03", keep=frozenset({found.senders[0].key})), by=ANN
    )
    assert [row.name for row in all_of(archive, LetterParty)] == ["Tomas Ferreira"]
    assert publish.missing(archive, slug) == [Lack(Needed.SOURCE, "sent_on")]


def test_a_response_needs_its_company_and_takes_the_day_on_which_it_was_published(archive):
    found = suggested(archive, 1, "company_response")
    assert (found.organizations, found.questions) == (((1, "Brightwater Systems, Inc."),), ())
    chosen = Chosen("company_response", "It answers", on="2025-03-04", organization_id=1)
    make_draft(archive, 1, chosen, by=ANN)
    assert [row.company_id for row in all_of(archive, CompanyResponse)] == [1]


def test_two_drafts_of_one_title_have_two_names(archive):
    chosen = Chosen("statement", "They speak", on="2025")
    assert [make_draft(archive, 1, chosen, by=ANN) for _ in range(2)] == ["they-speak", "they-speak-2"]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen("letter", "  ", on="2025"), "title"),
        (Chosen("letter", "T"), "on"),
        (Chosen("letter", "T", on="soon"), "on"),
        (Chosen("letter", "T", on="2025", respond_by="31 February"), "respond_by"),
        (Chosen("company_response", "T", on="2025"), "organization"),
        (Chosen("contract", "T", organization_id=1), "agency"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(archive, chosen, field):
    with pytest.raises(MakingError) as refused:
        make_draft(archive, 1, chosen, by=ANN)
    assert refused.value.field == field
    assert all_of(archive, CampaignObject) == []


def test_of_no_document_and_of_no_kind_nothing_is_made(archive):
    with pytest.raises(NotFoundError):
        suggested(archive, 9, "letter")
    with pytest.raises(InputError, match="letter, statement, company response, contract"):
        suggested(archive, 1, "meeting")
