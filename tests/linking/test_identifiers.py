import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.linking.identifiers import MOST, key_of, written_in


@pytest.mark.parametrize(
    "number",
    ["2:23-cv-05023", "1:19-cv-12242", "GAO-21-518", "H.R. 7356", "S. 4084", "AB 1215", "SB 6280", "2020 CH 04353",
     "0001104659-22-065872", "70CMSD20P00000130"],
)  # fmt: skip
def test_a_number_is_found_as_written_and_known_without_its_punctuation(number):
    text = f"It names {number}, and {number} again."
    [found] = written_in(text)
    assert (found.words, text[found.start :][: len(number)]) == (number, number)
    assert found.key == key_of(number) == key_of(number.lower().replace("-", " ").replace(".", ""))


@pytest.mark.parametrize(
    "text", ["In 2019, 28 of 120.", "3-1-2020", "US 2020", "S 12", "call 0001104659-22-0658721", ""]
)
def test_other_figures_are_no_numbers_of_a_matter(text):
    assert list(written_in(text)) == []


def test_of_a_list_of_numbers_only_the_first_are_taken():
    assert len(list(written_in(" ".join(f"GAO-20-{number}" for number in range(100, 400))))) == MOST


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(text[found.start :].startswith(found.words) for found in written_in(text))
