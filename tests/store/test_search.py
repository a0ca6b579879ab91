"""The search over full texts: what is found, what strange queries do, and that the index always says what is kept."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import col, select

from tests import factories
from tests.factories import NOW
from tracker.domain.dates import PartialDate
from tracker.domain.items import Draft
from tracker.domain.text import content_hash
from tracker.domain.verdicts import Judged
from tracker.domain.vocab import DocumentKind, DocumentState
from tracker.models.document import Document, DocumentVersion
from tracker.store import documents, search
from tracker.store.documents import Arrival
from tracker.store.search import Order

SOLD = "The police bought two contracts for facial recognition."
STRANGE = [
    "AND", "OR", "NOT", "NEAR", "NEAR(police sold, 5)", "title:police", "title : police", "*", "polic*", "^police", "+",
    "-", "- -", "(", "police)", "{title} : police", "'", "';--", '"', '""', '" "', '"""', '"police', 'pol"ice',
    "\\", "\0", "po\0lice", "_", "%", "police AND", "AND AND AND", "<->", "!police", "a & b | !c", ":*", "🙂", "\ud800",
    "e\u0301", "\u202e", "\u200b", "a b c " * 1700, "x" * 10_000, "police " * 1_400, '"' * 10_000, "(" * 10_000,
    "-" * 10_000, "NEAR " * 2_000, '"a ' * 3_000, "é" * 10_000,
]  # fmt: skip


def draft(title: str, words: str) -> Draft:
    return Draft(
        key=title, title=title, url=None, canonical_url=None, publisher="Paper", kind=DocumentKind.NEWS,
        published=PartialDate.parse("2019-02-07"), published_at=None, updated_at=None, authors=(), summary_html="",
        html=f"<p>{words}</p>", text=words, language="en", content_hash=content_hash(title, words),
    )  # fmt: skip


def judged(state: DocumentState = DocumentState.RELEVANT) -> Judged:
    return Judged(state, "", 0.9, [], None, 0.0, "", [])


def add(session, title: str, words: str = SOLD, state: DocumentState = DocumentState.RELEVANT) -> int:
    [number] = documents.reserve(session, 1)
    documents.add(session, [Arrival(number, draft(title, words), judged(state), None)], NOW)
    return number


def change(session, number: int, title: str, words: str) -> None:
    documents.change(session, number, draft(title, words), judged(), body_hash=None, now=NOW)


def found(session, words: str, **more) -> list[str]:
    return [hit.title for hit in search.find(session, search.parse(words), **more)]


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["police", "Police", "POLICE bought", "recognition facial", "contract", "contracted", "  police\n\tbought  "],
)
def test_a_document_that_has_all_of_the_words_is_found_whatever_their_order_case_and_ending(session, words):
    add(session, "Yes")
    add(session, "No", "The garden show opens on Sunday.")
    assert found(session, words) == ["Yes"]


def test_one_word_that_is_missing_is_one_too_many(session):
    add(session, "Yes")
    assert found(session, "police bought tulips") == []


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('"facial recognition"', ["Yes"]),
        ('"recognition facial"', []),
        ('police "two contracts"', ["Yes"]),
        ('"police bought" "facial recognition"', ["Yes"]),
        ('"police facial"', []),
        ('"police bought', ["Yes"]),
    ],
)
def test_words_in_quotes_stand_together(session, words, wanted):
    add(session, "Yes")
    assert found(session, words) == wanted


def test_the_title_is_searched_and_counts_for_more_than_the_text(session):
    add(session, "Tulips", "A report about the garden show of the county and its prizes. " * 3)
    add(session, "A long report", "Tulips were named once. " + "Nothing of the kind was said after that. " * 20)
    assert found(session, "tulips", order=Order.BEST) == ["Tulips", "A long report"]
    assert found(session, "tulips", order=Order.NEWEST) == ["A long report", "Tulips"]


def test_of_equals_the_newest_comes_first(session):
    for number in range(5):
        add(session, f"Report {number}")
    assert found(session, "police") == [f"Report {number}" for number in (4, 3, 2, 1, 0)]


def test_accents_count_only_on_postgresql(session):
    add(session, "Café", "Une décision de la police à Zürich.")
    for words in ("décision", "Café", "Zürich"):
        assert found(session, words) == ["Café"]
    plain = [] if session.get_bind().dialect.name == "postgresql" else ["Café"]
    for words in ("decision", "Zurich", "cafe"):
        assert found(session, words) == plain


@pytest.mark.parametrize("words", ["whistle-blower", "поліція", "顔認識", "x_y", "2018-05-22"])
def test_words_of_every_kind_are_found_as_they_were_written(session, words):
    add(session, "Yes", f"Said of {words} at the meeting.")
    assert found(session, words) == found(session, f'"{words}"') == ["Yes"]


# --- strange signs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", STRANGE, ids=[repr(words)[:24] for words in STRANGE])
def test_no_sign_and_no_operator_breaks_the_search_or_means_anything_of_its_own(session, words):
    add(session, "Yes")
    add(session, "No", "The garden show opens on Sunday.")
    assert set(found(session, words)) <= {"Yes"}


@pytest.mark.parametrize("words", ["police OR tulips", "police | tulips", "NOT tulips", "poli*"])
def test_what_is_an_operator_elsewhere_is_a_word_or_nothing_here(session, words):
    """Both databases mean the same by a query: OR is no "or"."""
    add(session, "Yes")
    add(session, "Garden", "The garden show opens on Sunday.")
    plain = words.replace("|", "").replace("*", "")
    assert found(session, words) == found(session, plain)
    assert "Garden" not in found(session, words)


@given(words=st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_typed_is_answered(session, words):
    assert found(session, words) == []


@given(words=st.lists(st.sampled_from(["police", "bought", "two", *'"()*:^-&|!<>', "AND", "OR"]), max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_signs_between_words_do_not_count(session, words):
    signless = [word for word in words if word in {"police", "bought", "two"}]
    if not session.exec(select(Document.id)).first():
        add(session, "Yes")
    if signless and not {"AND", "OR"} & set(words) and '"' not in words:
        assert found(session, " ".join(words)) == ["Yes"]


@pytest.mark.parametrize("words", ["", " ", "\n", "...", "\0"])
def test_no_word_finds_nothing(session, words):
    add(session, "Yes", f"{SOLD} ... ")
    assert found(session, words) == []


# --- states and limits ------------------------------------------------------------------------------------------------


def test_what_was_withdrawn_or_could_not_be_read_is_left_out_unless_asked_for(session):
    for state in DocumentState:
        add(session, state.value, state=state)
    assert set(found(session, "police")) == {"relevant", "screened"}
    assert found(session, "police", states=[DocumentState.WITHDRAWN]) == ["withdrawn"]
    assert found(session, "police", states=[]) == []
    assert set(found(session, "police", states=set(DocumentState))) == set(DocumentState)


def test_a_state_that_is_asked_for_is_found_however_many_others_fit_better(session):
    add(session, "The one", "Some words about the police. " + "Nothing of the kind was said after that. " * 20,
        state=DocumentState.SCREENED)  # fmt: skip
    for number in range(40):
        add(session, f"Police {number}")
    assert found(session, "police", limit=3, states=[DocumentState.SCREENED]) == ["The one"]


def test_no_more_are_found_than_asked_for_and_those_are_the_best(session):
    for number in range(9):
        add(session, f"Report {number}")
    everything = found(session, "police")
    assert found(session, "police", limit=4) == everything[:4]
    assert found(session, "police", limit=0) == []


# --- the index follows the archive ------------------------------------------------------------------------------------


def test_a_changed_document_is_found_under_its_new_text_and_no_longer_under_the_old(session):
    number = add(session, "Old name", "Tulips for everybody.")
    other = add(session, "Another", "Tulips and roses.")
    change(session, number, "New name", "Nothing but dahlias.")
    assert found(session, "tulips") == ["Another"]
    assert found(session, "old") == []
    assert found(session, "dahlias") == found(session, "new") == ["New name"]
    change(session, number, "New name", "Tulips again.")
    assert set(found(session, "tulips")) == {"New name", "Another"}
    assert found(session, "dahlias") == []
    change(session, other, "Another", "")
    assert found(session, "roses") == []


def index(session) -> list[tuple[object, ...]]:
    """The whole index as its database shows it."""
    if session.get_bind().dialect.name == "postgresql":
        rows = session.execute(text("SELECT place, words::text FROM search_index ORDER BY place"))
        return [tuple(row) for row in rows]
    session.execute(text("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search_index', 'instance')"))
    rows = [tuple(row) for row in session.execute(text("SELECT * FROM temp.terms ORDER BY term, doc, col, offset"))]
    session.execute(text("DROP TABLE temp.terms"))
    session.execute(text("INSERT INTO search_index (search_index) VALUES ('integrity-check')"))
    return rows


def test_made_again_from_nothing_the_index_is_the_same(session):
    dice = random.Random(5)
    words = ["police", "tulips", "roses", "contract", "meeting", "Zürich", "поліція", "顔認識", "it's", "AT&T", "a-b"]
    numbers = [add(session, f"Report {n}", " ".join(dice.choices(words, k=40))) for n in range(12)]
    for _ in range(30):
        change(session, dice.choice(numbers), " ".join(dice.choices(words, k=3)), " ".join(dice.choices(words, k=30)))
    long = add(session, "Long", "долгий текст " * 40_000)
    change(session, long, "Longer", "顔認 " * 150_000)
    before = index(session)
    assert search.rebuild(session) == 13
    after = index(session)
    assert after == before
    assert before


def test_what_was_written_before_the_index_was_there_is_found_after_it_is_made_again(session):
    """As an archive restored from files is."""
    row = factories.document(session, "Restored")
    values = {"html": "", "content_hash": "h", "seen_at": NOW, "document_id": row.id}
    session.add(DocumentVersion(number=1, title="Restored", text="tulips", **values))
    session.add(DocumentVersion(number=2, title="Restored", text="dahlias", **values))
    row.version_count = 2
    session.flush()
    assert found(session, "dahlias") == []
    assert search.rebuild(session) == 1
    assert (found(session, "dahlias"), found(session, "tulips")) == (["Restored"], [])


def test_more_than_a_batch_of_documents_is_indexed_again(session):
    arrivals = [
        Arrival(number, draft(f"Report {number}", SOLD), judged(), None) for number in documents.reserve(session, 1203)
    ]
    documents.add(session, arrivals, NOW)
    assert search.rebuild(session) == 1203
    assert len(found(session, "police", limit=2000)) == 1203


@pytest.mark.parametrize("letters", [(0x20000, 0x2A000), (0x4E00, 0x9FFF), (0x430, 0x44F), (0x61, 0x7A)])
@pytest.mark.parametrize("length", [1, 2, 5, 30])
def test_no_text_however_long_and_odd_is_too_much_for_the_index(session, letters, length):
    """Compound words are indexed whole and in parts: a million bytes are soon full."""
    alphabet = [chr(code) for code in range(letters[0], letters[1] + 1)]
    written = "".join(random.Random(length).choices(alphabet, k=450_000))
    parts = [written[start : start + length] for start in range(0, len(written), length)]
    words = [f"{first}-{second}" for first, second in zip(parts[::2], parts[1::2], strict=False)]
    del words[450_000 // (2 * length + 2) :]
    add(session, "Long", " ".join(words))
    if length > 1:
        assert found(session, words[0]) == ["Long"]


def test_hits_say_how_well_they_fit(session):
    add(session, "Tulips", "Tulips.")
    add(session, "Another", "One word on tulips among many others about the county and its garden show.")
    best, other = search.find(session, search.parse("tulips"), order=Order.BEST)
    assert (best.title, best.rank < other.rank) == ("Tulips", True)
    assert session.exec(select(Document.title).where(col(Document.id) == other.document_id)).one() == "Another"
