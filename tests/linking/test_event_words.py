import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import ConfigError
from tracker.domain.vocab import EventType
from tracker.linking.event_words import Counts, EventWords

TABLE = {"text": 0.4, "pull": 2.0}
EXAMPLES = {
    "lawsuit_filed": [
        "{advocate} sues {company} over faceprints",
        "Residents sue city // The suit was filed on Monday.",
    ],
    "letter_sent": ["Senators write to {company}", "{advocate} asks {company} to answer"],
    "law_enacted": ["Council bans cameras", "Governor signs law"],
    "study_or_report": ["Researchers find bias", "Audit of cameras published"],
}
WORDS = EventWords.from_config(TABLE, EXAMPLES)


def points(text, roles=()):
    return WORDS.told(WORDS.used(text, len(text), roles))


def test_a_word_speaks_for_the_type_whose_examples_use_it():
    found = points("Neighbours sue the mayor")
    assert max(found, key=found.get) == "lawsuit_filed"


def test_names_count_as_their_roles():
    as_named, as_role = points("Acme Works", [(0, 10, "company")]), points("{company}", [(0, 9, "company")])
    assert as_named == as_role
    assert as_named != points("Acme Works")


def test_what_people_decided_is_counted_besides_the_examples():
    used = WORDS.used("Quorum met", len("Quorum met"), ())
    decided = Counts()
    decided.add(EventType.HEARING, used)
    found = EventWords.from_config(TABLE, EXAMPLES, json.loads(json.dumps(decided.plain()))).told(used)
    assert max(found, key=found.get) == "hearing"
    assert not any(points("Quorum met").values())


@given(st.text(alphabet="suesenator ariskt.{}9é\n", max_size=60), st.sampled_from(EventType))
def test_the_weightiest_words_of_a_type_and_the_rest_are_its_points_and_stand_where_they_say(text, event_type):
    used = WORDS.used(text, text.find("\n") if "\n" in text else len(text), ())
    told = WORDS.told(used)
    chosen, rest = WORDS.weightiest(used, {event_type: told[event_type]}, 2)[event_type]
    assert sum(given for given, _ in chosen) + rest == pytest.approx(told[event_type])
    assert all(0 <= start < end <= len(text) for _, start, end in used.values())


def test_a_long_text_is_no_surer_than_a_short_one_that_says_the_same():
    def said(times):
        document = "Statement\n" + "the plaintiff sued and went to court again " * times
        return sum(weight for weight, _, _ in WORDS.used(document, len("Statement"), ()).values())

    assert said(30) <= said(9)


def test_a_text_without_end_is_read_at_its_beginning_only():
    assert len(WORDS.used("Title\n" + "word " * 100_000, 5, ())) < 1000


@pytest.mark.parametrize("examples", [{"nothing": ["A line"]}, {"hearing": ["An {open brace"]}])
def test_a_wrong_example_is_named(examples):
    with pytest.raises(ConfigError, match=r"event_examples\.toml"):
        EventWords.from_config(TABLE, examples)
