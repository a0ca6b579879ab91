import pytest

from tracker.filings.letters.rule_14a8 import grounds_in


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("Rule 14a-8(i)(7)", ["(i)(7)"]),
        ("rule 14a-8(b) and 14a-8(f)(1)", ["(b)", "(f)"]),
        ("Rules 14a-8(b), (f) and (i)(3)", ["(b)", "(f)", "(i)(3)"]),
        ("Rule 14a-8(i)(3), (i)(7) and/or (i)(10)", ["(i)(3)", "(i)(7)", "(i)(10)"]),
        ("Rule 14a–8 (i) (12) (ii)", ["(i)(12)"]),
        ("Rule 14a-8(b)(1)(i)", ["(b)"]),
        ("Rule 14a-8(i)(l)", ["(i)(1)"]),
        ("Rule l4a-8(i)(lO)", ["(i)(10)"]),
        ("rule 14a-\n8(i)(7)", ["(i)(7)"]),
        ("Rule 14a-8(j) and Rule 14a-8(g)", []),
        ("Rule 14a-8(i)", []),
        ("Rule 14a-8(i)(14)", []),
        ("Rule 14a-6(g)", []),
        ("Rule 14a-8", []),
    ],
)
def test_grounds_are_read_however_they_are_strung_together(text, grounds):
    assert [citation.paragraph for citation in grounds_in(text)] == grounds
    assert all(text[citation.start : citation.end] for citation in grounds_in(text))
