import pytest

from tracker.domain.errors import InputError
from tracker.sources import options


def test_a_list_may_be_one_text_or_number() -> None:
    assert options.texts({"forms": "8-K"}, "forms", "x") == ["8-K"]
    assert options.texts({"forms": ["8-K", " DEF 14A "]}, "forms", "x") == ["8-K", "DEF 14A"]
    assert options.texts({}, "forms", "x") == []
    assert options.ciks({"ciks": [1018724, "0000789019"]}, "x") == [1018724, 789019]


@pytest.mark.parametrize("value", [{"a": 1}, [""], [None], True, [["8-K"]], 1.5])
def test_what_is_no_list_of_texts_is_said(value: object) -> None:
    with pytest.raises(InputError, match="the option forms"):
        options.texts({"forms": value}, "forms", "x")


@pytest.mark.parametrize("value", ["yesterday", "01/02/2025", "2025-02-30", 2025])
def test_what_is_no_day_is_said(value: object) -> None:
    with pytest.raises(InputError, match="write a day as 2025-01-31"):
        options.day({"since": value}, "since", "x")
    assert options.day({"since": "2025-01-31"}, "since", "x") == "2025-01-31"


@pytest.mark.parametrize("value", [0, 21, "3", True, None])
def test_what_is_no_number_within_its_limits_is_said(value: object) -> None:
    with pytest.raises(InputError, match="from 1 to 20"):
        options.number({"pages": value}, "pages", "x", default=1, most=20)


@pytest.mark.parametrize("value", ["AMZN", "12345678901", "-5"])
def test_what_is_no_cik_is_said(value: str) -> None:
    with pytest.raises(InputError, match="at most ten digits"):
        options.ciks({"ciks": [value]}, "x")
