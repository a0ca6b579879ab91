from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.additive import probability
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConfigError
from tracker.linking.explain import explain
from tracker.linking.mentions import Mention
from tracker.linking.reading import read
from tracker.linking.suggest import Thresholds, scored, suggest
from tracker.linking.targets import LinkTarget, TargetIndex
from tracker.linking.timing import gap_days

LETTER = LinkTarget(
    id="letter", kind="letter", title="Example Caucus letter", text="address bias in Facetool", company="acme",
    names=frozenset({"caucus", "acme"}), on=PartialDate.parse("2018-05-24"),
)  # fmt: skip
VOTE = LinkTarget(
    id="vote", kind="resolution", title="Prohibit sales of Facetool to government", company="acme", number="6",
    names=frozenset({"acme", "sisters"}), on=PartialDate.parse("2018-12-19"), due=PartialDate.parse("2019-05-22"),
    neighbours=("meeting",),
)  # fmt: skip
MEETING = LinkTarget(
    id="meeting", kind="meeting", title="Acme annual meeting 2019", company="acme", names=frozenset({"acme"}),
    due=PartialDate.parse("2019-05-22"),
)  # fmt: skip
OTHER = LinkTarget(
    id="other", kind="letter", title="Letter on HART hosting", company="other", names=frozenset({"other", "league"}),
    on=PartialDate.parse("2022-05-24"),
)  # fmt: skip
AMONG = {"sibling", "margin", "neighbour", "neighbour_expected", "better", "better_passage"}
INDEX = TargetIndex([LETTER, VOTE, MEETING, OTHER])

TITLE = "Example Caucus sends letter to Acme"
TEXT = "The caucus wrote about bias in Facetool on 24 May 2018."


def mention(entity_id, word="Acme", document=f"{TITLE}\n{TEXT}"):
    start = document.index(word)
    return Mention(entity_id, word, "organization", start, start + len(word), word)


@pytest.fixture(scope="module")
def reading(event_rules):
    return read(TITLE, TEXT, [mention("acme")], event_rules, published=PartialDate.parse("2018-05-25"), kind="news")


def by_id(rows):
    return {row.target_id: row for row in rows}


def test_the_right_letter_comes_first_and_is_confirmed_by_rule(reading, linker):
    first = suggest(reading, INDEX, linker)[0]
    assert (first.target_id, first.state, first.rule) == ("letter", "confirmed", "score_and_two_reasons")
    assert "24 May 2018" in explain(first.reasons)


def test_scores_are_probabilities_and_the_points_of_the_reasons(reading, linker):
    for row in scored(reading, INDEX, linker):
        assert 0 <= row.score <= 1
        points = sum(reason.weight for reason in row.reasons)
        assert row.score == pytest.approx(probability(points))


@pytest.mark.parametrize("name", ["caucus", "sisters", "acme", "league", "unknown"])
def test_a_further_shared_name_never_lowers_the_score_of_its_target(name, reading, linker):
    before = by_id(scored(reading, INDEX, linker))
    named = replace(reading, mentions=(*reading.mentions, mention(name, "Caucus")))
    after = by_id(scored(named, INDEX, linker))
    for target in INDEX.targets.values():
        if name in target.names and target.id in before and target.id in after:
            own_before = sum(r.weight for r in before[target.id].reasons if r.code not in AMONG)
            own_after = sum(r.weight for r in after[target.id].reasons if r.code not in AMONG)
            assert own_after >= own_before - 1e-9


@given(near=st.integers(0, 400), further=st.integers(1, 4000), before=st.booleans())
def test_a_date_further_away_never_gives_a_higher_score(near, further, before, linker, event_rules):
    plain = "Example Caucus sends letter to Acme about Facetool"
    mentions = [mention("acme", document=plain)]
    away = [days if before else -days for days in (near, near + further)]
    scores = []
    for days in away:
        on = PartialDate.parse("2018-05-24").shifted(days)
        document = read(plain, "", mentions, event_rules, published=on)
        alone = TargetIndex([LETTER, replace(OTHER, on=None)])
        scores.append(by_id(scored(document, alone, linker))["letter"].score)
    assert scores[1] <= scores[0] + 1e-9


def test_the_same_input_gives_the_same_answer(reading, linker):
    assert scored(reading, INDEX, linker) == scored(reading, TargetIndex([LETTER, VOTE, MEETING, OTHER]), linker)


def test_the_order_of_targets_changes_no_score(reading, linker):
    turned = TargetIndex([OTHER, MEETING, VOTE, LETTER])
    assert {r.target_id: r.score for r in scored(reading, INDEX, linker)} == pytest.approx(
        {r.target_id: r.score for r in scored(reading, turned, linker)}
    )


def test_the_words_of_a_reason_stand_where_it_says(reading, linker):
    for row in scored(reading, INDEX, linker):
        for reason in row.reasons:
            if reason.span:
                assert reading.document[slice(*reason.span)] == reason.words


def test_a_weak_relation_is_never_confirmed(reading, linker):
    late = replace(reading, published=PartialDate.parse("2023-05-25"), title="Unrelated title")
    for row in scored(late, INDEX, linker, same_address=frozenset({"letter"})):
        assert row.state == "suggested" or row.relation not in {"mentions", "cites"}


def test_words_and_names_alone_are_not_confirmed_years_later(linker, event_rules):
    text = "The Example Caucus letter asked Acme to address bias in Facetool."
    mentions = [mention("caucus", "Caucus"), mention("acme")]
    reading = read(TITLE, text, mentions, event_rules, published=PartialDate.parse("2024-03-01"), kind="news")
    assert {row.state for row in scored(reading, INDEX, linker)} == {"suggested"}


def test_another_company_speaks_against(linker, event_rules):
    here = replace(mention("acme"), roles=("vendor",))
    other = replace(here, entity_id="elsewhere")
    published = PartialDate.parse("2018-05-25")
    scores = [
        by_id(scored(read(TITLE, TEXT, [found], event_rules, published=published), INDEX, linker))["letter"].score
        for found in (here, other)
    ]
    assert scores[1] < scores[0]


def test_the_very_page_given_as_evidence_is_confirmed_by_its_address(reading, linker):
    row = by_id(scored(reading, INDEX, linker, same_address=frozenset({"letter"})))["letter"]
    assert (row.state, row.rule) == ("confirmed", "address")


def test_a_document_without_anything_gets_nothing(event_rules, linker):
    assert suggest(read("", "", (), event_rules), INDEX, linker) == ()


def test_dates_that_may_coincide_have_no_gap_between_them():
    assert gap_days(PartialDate.parse("2018-05"), PartialDate.parse("2018-05-24")) == 0
    assert gap_days(PartialDate.parse("2018-05-24"), PartialDate.parse("2018-06")) == 8
    assert gap_days(PartialDate.parse("2018-06"), PartialDate.parse("2018-05-24")) == -8


def test_a_relation_may_have_bands_of_its_own(reading, linker):
    [first, *_] = suggest(reading, INDEX, linker)
    name = first.relation.value
    never, late = (
        Thresholds.from_config({"link": {"auto_for": {name: 1}, **more}}) for more in ({}, {"suggest_for": {name: 1}})
    )
    assert suggest(reading, INDEX, replace(linker, thresholds=never))[0].state == "suggested"
    assert first.target_id not in by_id(suggest(reading, INDEX, replace(linker, thresholds=late)))


@pytest.mark.parametrize(
    "table", [{"auto": 80}, {"suggest_for": {"mentions": -1}}, {"auto_for": {"likes": 0.5}}, {"most": "few"}]
)
def test_bands_that_cannot_be_are_refused(table):
    with pytest.raises(ConfigError, match=r"terms\.toml: \[link\]"):
        Thresholds.from_config({"link": table})
