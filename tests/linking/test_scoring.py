from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.additive import BIAS, probability
from tracker.domain.dates import PartialDate
from tracker.linking.candidates import candidates
from tracker.linking.facts import Facts
from tracker.linking.link_learning import Decided, learn_links
from tracker.linking.mentions import Mention
from tracker.linking.reading import read
from tracker.linking.scoring import weigh_all
from tracker.linking.suggest import scored, suggest
from tracker.linking.targets import LinkTarget, TargetIndex

WORDS = (
    *("audit", "ban", "border", "camera", "contract", "council", "court", "doorbell"),
    *("drone", "jail", "letter", "plate", "probe", "school", "study", "vote"),
)


def targets(count):
    """Letters, one a week, about two things each; every fourth names a docket."""
    start = PartialDate.parse("2000-01-03")
    for number in range(count):
        one, two = WORDS[number % len(WORDS)], WORDS[(number // len(WORDS) + number + 1) % len(WORDS)]
        yield LinkTarget(
            id=f"t{number}", kind="letter", title=f"Letter on {one} and {two}", company=f"maker{number % 7}",
            names=frozenset({f"league{number % 11}", f"maker{number % 7}"}), on=start.shifted(7 * number),
            identifiers=(f"GAO-{10 + number % 80}-{number}",) if number % 4 == 0 else (),
        )  # fmt: skip


@pytest.fixture(scope="module")
def index():
    return TargetIndex(targets(400))


def document(event_rules, title, text, on, names=()):
    found = [Mention(name, name, "organization", 0, 5, title[:5], roles=("advocate",)) for name in names]
    return read(title, text, found, event_rules, published=PartialDate.parse(on))


def test_what_is_found_is_few_and_holds_the_right_one(index, linker, event_rules):
    target = index.targets["t201"]
    reading = document(event_rules, target.title, "A league writes.", str(target.on.shifted(1)), target.names)
    found = candidates(Facts(reading, index, linker.rules))
    assert len(found) < 80
    assert "t201" in {profile.target.id for profile in found}
    assert suggest(reading, index, linker)[0].target_id == "t201"


def test_a_number_finds_its_object_years_later_and_by_nothing_else(index, linker, event_rules):
    reading = document(event_rules, "Auditors repeat what gao 30 340 said", "", "2024-05-05")
    [best, *_] = scored(reading, index, linker)
    assert (index.targets[best.target_id].identifiers, best.reasons[0].code) == (("GAO-30-340",), "identifier")


@given(number=st.integers(0, 399))
def test_the_page_of_an_object_is_always_weighed(number, index, linker, event_rules):
    reading = document(event_rules, "A page", "It says nothing else.", "2021-01-01")
    facts = Facts(reading, index, linker.rules)
    assert f"t{number}" in {profile.target.id for profile in candidates(facts, [f"t{number}"])}


def test_what_is_suggested_is_the_best_of_what_is_weighed(index, linker, event_rules):
    for number in range(0, 400, 40):
        target = index.targets[f"t{number}"]
        reading = document(event_rules, f"On the {target.title}", "", str(target.on), target.names)
        every = scored(reading, index, linker)
        best = [row for row in every if row.score >= linker.thresholds.suggest][: linker.thresholds.most]
        assert list(suggest(reading, index, linker)) == best


def test_reasons_are_the_arithmetic_of_the_score_the_bias_among_them(index, linker, event_rules):
    target = index.targets["t77"]
    for row in scored(document(event_rules, target.title, "", "2001-07-01", target.names), index, linker):
        assert BIAS in {reason.code for reason in row.reasons}
        assert row.score == pytest.approx(probability(sum(reason.weight for reason in row.reasons)))


def test_a_feature_without_a_wording_would_be_seen(index, linker, event_rules):
    target = index.targets["t76"]
    reading = document(event_rules, target.title, "GAO-86-76 in 2001.", "2001-07-01", target.names)
    said = {reason.code: reason.sentence for row in scored(reading, index, linker) for reason in row.reasons}
    assert all(
        sentence.endswith((".", "”")) and (sentence[0].isupper() or sentence[0] == "“") for sentence in said.values()
    )
    assert {"bias", "similarity", "passage", "name", "day", "identifier"} <= said.keys()


def decided(index, event_rules):
    for number in range(0, 400, 25):
        target = index.targets[f"t{number}"]
        reading = document(event_rules, target.title, "", str(target.on.shifted(2)), target.names)
        yield Decided(reading, right=frozenset({target.id}), group=target.id, unshown=1.0)


def test_learning_moves_what_is_right_up_and_keeps_the_signs(index, linker, event_rules):
    documents = list(decided(index, event_rules))
    learned = learn_links(documents, index, linker.rules)

    def surprise(rules):
        rows = [(d, row) for d in documents for row in weigh_all(Facts(d.reading, index, rules))]
        return sum(abs((row.target_id in d.right) - row.score) for d, row in rows)

    assert surprise(learned) < surprise(linker.rules)
    for old, new in ((linker.rules.own, learned.own), (linker.rules.among, learned.among)):
        assert all(new.weights[code] * weight >= 0 for code, weight in old.weights.items() if code != BIAS)


def test_without_decisions_nothing_is_learned(index, linker):
    learned = learn_links([], index, linker.rules)
    assert (learned.own.weights, learned.among.weights) == (linker.rules.own.weights, linker.rules.among.weights)


def test_a_target_without_days_is_found_by_its_names(linker, event_rules, index):
    undated = replace(index.targets["t5"], id="undated", on=None)
    wider = TargetIndex([*index.targets.values(), undated])
    reading = document(event_rules, undated.title, "", "2022-01-01", undated.names)
    assert scored(reading, wider, linker)[0].target_id in {"undated", "t5"}
