import json
import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import InputError
from tracker.linking.learn import Model, Row, Scored, calibrated, fit, fold_of, log_loss, out_of_fold

PRIOR = {"bias": -1.0, "name": 2.0, "day": 0.5}
VALUES = st.floats(-3, 3, allow_nan=False).map(lambda value: round(value, 3))
ROWS = st.lists(
    st.builds(
        Row,
        st.dictionaries(st.sampled_from(["name", "day", "word"]), VALUES),
        label=st.booleans(),
        group=st.sampled_from("abcdef"),
    ),
    max_size=25,
)


def test_without_rows_the_model_is_what_people_wrote():
    assert fit([], PRIOR, name="links").weights == PRIOR


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_no_small_change_of_any_weight_makes_the_decisions_likelier(rows):
    model = fit(rows, PRIOR, name="links", spread=0.7)

    def cost(weights):
        fits = sum(
            math.log1p(math.exp(-(1 if r.label else -1) * Model("", weights=weights).score(r.features))) for r in rows
        )
        return fits + sum((weights[key] - PRIOR.get(key, 0.0)) ** 2 for key in weights) / (2 * 0.7**2)

    best = cost(model.weights)
    for key in model.weights:
        for change in (-0.01, 0.01):
            assert cost({**model.weights, key: model.weights[key] + change}) > best - 1e-9


@given(features=st.dictionaries(st.sampled_from(["name", "day", "word", "unknown"]), VALUES))
def test_what_the_features_contribute_sums_to_the_score(features):
    model = calibrated(fit([Row({"word": 1.0}, label=True)], PRIOR, name="m"), [Scored(2.0, label=False)] * 9)
    assert sum(model.points(features).values()) == pytest.approx(model.score(features))
    assert 0 <= model.probability(features) <= 1


def test_few_decisions_hardly_move_a_weight_and_many_do():
    moved = [fit([Row({"name": 1.0}, label=False)] * n, PRIOR, name="m").weights["name"] for n in (1, 5, 200)]
    assert PRIOR["name"] > moved[0] > moved[1] > moved[2]
    assert moved[0] > 1.7
    assert moved[2] < 0.5


def test_a_weight_of_no_spread_stays_and_one_that_keeps_its_sign_stops_at_nothing():
    rows = [Row({"name": 1.0, "day": 1.0}, label=False)] * 500 + [Row({}, label=True)] * 500
    model = fit(rows, PRIOR, name="m", spread=5.0, spreads={"day": 0.0}, keep_signs=True)
    assert model.weights["day"] == PRIOR["day"]
    assert model.weights["name"] == 0.0


def test_rows_of_one_group_are_never_trained_on_and_scored():
    rows = [Row({}, label=True, group=f"g{number % 30}") for number in range(90)]
    asked = []

    def train(seen):
        asked.append({fold_of(row.group) for row in seen})
        return Model("m", weights={"bias": len(asked)})

    scored = out_of_fold(rows, train)
    assert len(scored) == len(rows)
    for row, score in zip(rows, scored, strict=True):
        assert fold_of(row.group) not in asked[int(score.points) - 1]


def test_calibration_calms_a_model_that_was_too_sure():
    scored = [Scored(4.0, label=number % 10 < 7) for number in range(300)]
    model = calibrated(Model("m", weights={"bias": 4.0}), scored)
    assert model.probability({}) == pytest.approx(0.7, abs=0.03)


def test_log_loss_is_low_for_the_sure_and_right_and_high_for_the_sure_and_wrong():
    assert log_loss([Scored(9.0, label=True), Scored(-9.0, label=False)]) < 0.001
    assert log_loss([Scored(9.0, label=False)]) > 8
    assert log_loss([Scored(0.0, label=True)]) == pytest.approx(math.log(2))


def test_a_model_comes_back_from_json_the_same():
    model = fit([Row({"word": 1.5}, label=True)], PRIOR, name="links")
    assert Model.from_plain(json.loads(json.dumps(model.plain()))) == model


@pytest.mark.parametrize(
    "change",
    [{"format": 9}, {"weights": None}, {"weights": {"a": math.nan}}, {"scale": "wide"}, {"name": ..., "facts": 3}],
)
def test_what_is_no_model_is_refused_with_a_sentence(change):
    with pytest.raises(InputError, match=r"reading (a|the) model"):
        Model.from_plain({**Model("m").plain(), **change})


def test_applying_a_model_loads_nothing_that_trains_one():
    code = "import sys, tracker.linking.learn; print('numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
