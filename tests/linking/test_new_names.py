"""Names that recur and that nobody told us are proposed, with what they seem to be and where they stand."""

from tracker.domain.vocab import NewNameKind
from tracker.linking.gazetteer import Gazetteer
from tracker.linking.new_names import new_names

KNOWN = Gazetteer.from_config(
    {
        "organization": [{"id": "amazon", "name": "Amazon"}],
        "person": [{"name": "Jane Amberley"}],
        "place": {"cities": ["Dunmore", "New Harbour"]},
    }
)


def proposed(*texts, least=2):
    documents = [(number, "", text) for number, text in enumerate(texts, start=1)]
    return {row.name: row for row in new_names(documents, KNOWN, least=least)}


def test_a_name_in_several_documents_is_proposed_once_with_its_places():
    found = proposed(
        "Officials said that Quillmark Systems sells cameras. Quillmark Systems declined to comment.",
        "A spokesman for Quillmark Systems confirmed the sale to Amazon in Dunmore.",
    )
    assert list(found) == ["Quillmark Systems"]
    row = found["Quillmark Systems"]
    assert (row.kind, row.documents) == (NewNameKind.COMPANY, 2)
    assert [example.document for example in row.examples] == [1, 2]
    assert row.examples[1].words == "A spokesman for Quillmark Systems confirmed the sale to Amazon in Dunmore."


def test_ordinary_words_tell_people_groups_and_offices_apart():
    text = (
        "The letter from the Harbour Privacy Coalition reached the Office of Data Inspection on Monday, "
        "and Senator Orla Fennimore and the investor Tarn Hill Capital welcomed it, as Jane Quorndon said."
    )
    kinds = {name: row.kind for name, row in proposed(text, text).items()}
    assert kinds == {
        "Harbour Privacy Coalition": NewNameKind.ADVOCATE,
        "Office of Data Inspection": NewNameKind.AGENCY,
        "Orla Fennimore": NewNameKind.PERSON,
        "Tarn Hill Capital": NewNameKind.INVESTOR,
        "Jane Quorndon": NewNameKind.PERSON,
    }


def test_known_names_places_months_and_first_words_of_sentences_are_no_news():
    text = "However, Amazon met people in New Harbour in May. Residents of Dunmore objected. The Senate did not."
    assert proposed(text, text) == {}


def test_a_headline_tells_no_names_since_every_word_has_a_capital():
    documents = [(n, "City Buys Face Scanners From Quillmark Systems After Vote", "") for n in (1, 2)]
    assert new_names(documents, KNOWN, least=2) == []


def test_a_surname_after_the_full_name_is_not_proposed_by_itself():
    text = "They quote Orla Fennimore on it. In a reply to Fennimore the board said no."
    assert list(proposed(text, text)) == ["Orla Fennimore"]


def test_one_document_that_repeats_a_name_is_one_document():
    assert proposed("We asked Quillmark Systems. " * 5) == {}
