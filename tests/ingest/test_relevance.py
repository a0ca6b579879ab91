import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.additive import Model
from tracker.domain.errors import ConfigError
from tracker.ingest.relevance import features, judge, may_concern, screen_and_judge
from tracker.ingest.terms import Terms

CONFIG = tomllib.loads((Path(__file__).parents[2] / "config/terms.toml").read_text("utf-8"))
TERMS = Terms.from_config(CONFIG)


@dataclass(frozen=True)
class Name:
    entity_id: str
    start: int
    end: int
    implied_by: str = ""
    roles: tuple[str, ...] = ()
    watched: bool = False


def probability(title, text="", *mentions):
    return judge(title, text, mentions, TERMS).probability


@pytest.mark.parametrize(
    "title",
    [
        "Police to trial live facial recognition in city centre",
        "School district drops face-matching cameras",
        "Regulator fines shop chain over faceprints of customers",
    ],
)
def test_face_recognition_is_our_subject(title):
    assert probability(title) >= 0.5


@pytest.mark.parametrize(
    "title",
    [
        "New phone unlocks with Face ID even with a mask",
        "Cloud sales grow in the third quarter",
        "Shareholders vote on plastic packaging proposal",
        "Council buys forty body cameras",
        "Authors sue over training data and copyright",
        "Recipe: a summer pudding",
        "",
    ],
)
def test_what_looks_similar_is_not(title):
    assert probability(title) < 0.5


def test_a_watched_vendor_under_pressure_over_immigration_work_is_relevant_without_a_face():
    title = "Workers demand Palantir end its ICE contracts"
    names = [Name("palantir", 15, 23, roles=("vendor",), watched=True), Name("ice", 32, 35, roles=("agency",))]
    assert probability(title, "", *names) >= 0.5


def test_a_vendor_alone_never_makes_a_document_relevant():
    assert probability("Palantir opens an office", "", Name("palantir", 0, 8, watched=True)) < 0.5


def test_reasons_are_the_arithmetic_and_stand_where_they_say():
    title, text = "Face recognition for Face ID?", "Police bought facial recognition. It unlocks nothing."
    verdict = judge(title, text, (), TERMS)
    document = f"{title}\n{text}"
    assert all(document[slice(*r.span)] == r.words for r in verdict.reasons if r.span)
    assert [abs(r.weight) for r in verdict.reasons] == sorted((abs(r.weight) for r in verdict.reasons), reverse=True)
    assert any(r.weight < 0 and r.sentence.startswith("Against:") for r in verdict.reasons)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_has_a_probability(title, text):
    verdict = judge(title, text, (), TERMS)
    assert 0 <= verdict.probability <= 1
    assert verdict == judge(title, text, (), TERMS)


@given(st.text(alphabet="aceflirtn ogzTERMpolice,.-\n", max_size=80))
def test_a_document_that_the_screen_puts_aside_would_not_be_relevant(text):
    if not may_concern("", text, TERMS):
        assert not judge("", text, (), TERMS).relevant


def test_without_a_word_of_the_screen_nothing_is_judged():
    assert screen_and_judge("A summer pudding", "", (), TERMS).probability == 0.0
    title = "Police trial facial recognition"
    assert screen_and_judge(title, "", (), TERMS) == judge(title, "", (), TERMS)


def test_a_combination_of_unknown_groups_is_refused():
    table = {"bias": 0, "threshold": 0.5, "group": [], "combination": [{"says": "x", "weight": 1, "all": ["nothing"]}]}
    with pytest.raises(ConfigError, match=r"names no group \['nothing'\]"):
        Terms.from_config({"relevance": table})


PIECES = [
    "police",
    "fac\u0130al",
    "face\u0130",
    "re\u212aognition",
    "ICE",
    "ice",
    "é",
    "_",
    "’",
    "-",
    " ",
    "\ud800",
    "rice",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_the_quick_screen_sees_the_words_that_reading_them_all_sees(pieces):
    text = "".join(pieces)
    words = re.findall(r"[^\W_]+", f"\n{text}".lower())
    assert may_concern("", text, TERMS) == (not TERMS.screen.isdisjoint(words))


def test_a_screen_word_with_letters_beyond_ascii_is_seen():
    terms = Terms({"bias": 0, "threshold": 0.5, "screen": ["überwachung"], "group": []})
    assert may_concern("Überwachung am Bahnhof", "", terms)
    assert not may_concern("wachung", "", terms)


def test_a_models_features_weighed_by_hand_are_what_the_rules_say():
    title, text = "Senators ask Clearview AI about face recognition", "Police and ICE use it; residents protest."
    mentions = [Name("clearview-ai", 13, 25, watched=True), Name("ice", len(title) + 12, len(title) + 15)]
    by_hand = Model("relevance", weights=TERMS.hand)
    expected = judge(title, text, mentions, TERMS).probability
    assert by_hand.probability(features(title, text, mentions, TERMS)) == pytest.approx(expected)


def test_a_learned_model_judges_with_its_own_weights_and_says_which_words_counted():
    learned = Model("relevance", weights={"face": -1.0, "says: bakery": -2.0}, scale=0.5, shift=0.25)
    terms = Terms.from_config(CONFIG, learned)
    title, text = "Face recognition in a bakery", ""
    found = judge(title, text, (), terms)
    assert found.probability == pytest.approx(
        Model("relevance", weights={**TERMS.hand, **learned.weights}, scale=0.5, shift=0.25).probability(
            features(title, text, (), TERMS)
        )
    )
    [word] = [reason for reason in found.reasons if reason.code == "word"]
    assert (word.weight, title[slice(*word.span)]) == (-1.0, "bakery")
    assert word.sentence.startswith("Against: it says")
