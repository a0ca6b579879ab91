import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.notice_address import LEFT_OUT, without_address

KEPT = ("Sisters of Example Hill", "Written materials", "vote FOR")
# Invented notices in the layouts that filers use.
NOTICES = {
    "on the label's line": """<p>Name of persons relying on exemption: Sisters of Example Hill</p>
<p>Address of persons relying on exemption: 12 Invented Lane, Nowhere Falls, NY 00501-1234</p>
<p>Written materials are submitted pursuant to Rule 14a-6(g)(1).</p><p>vote FOR item 6</p>""",
    "below the label": """<p>2. Name of person relying on exemption:</p><p>Sisters of Example Hill</p>
<p>3. Address of person relying on exemption:</p><p>&nbsp;</p><p>12 Invented Lane<br>Suite 4<br>
Nowhere Falls, NY 00501</p><p>4. Written materials. Attached.</p><p>vote FOR item 6</p>""",
    "without a postcode": """<p>Name of person relying on exemption: Sisters of Example Hill</p>
<p>Address of the person relying on exemption: 12 Invented Lane, Nowhere Falls</p>
<p>Written materials are attached.</p><p>vote FOR item 6</p>""",
    "in cells": """<table><tr><td>Name of person relying on exemption</td><td>Sisters of Example Hill</td></tr>
<tr><td>Address&nbsp;of <b>person</b> relying on exemption</td>
<td>10100 Invented Lane<br>Nowhere Falls, NY 00501, USA</td></tr>
<tr><td>Written materials</td><td>vote FOR item 6</td></tr></table>""",
    "above its caption": """<p>NOTICE OF EXEMPT SOLICITATION</p><p>Sisters of Example Hill</p>
<p>(Name of Persons Relying on Exemption)</p>
<p>12 Invented Lane</p><p>Nowhere Falls, NY 00501</p><p>(Address of Persons Relying on Exemption)</p>
<p>Written materials: vote FOR item 6</p>""",
    "in plain text": """Name of person relying on exemption:
  Sisters of Example Hill
Address of person(s) relying on
exemption:
  12 Invented Lane
  Nowhere Falls, NY
  00501
Written materials. vote FOR item 6""",
    "in one paragraph": "<p>Name of person relying on exemption: Sisters of Example Hill "
    "Address of person relying on exemption: 12 Invented Lane, Nowhere Falls, Ontario K1A 0B1, Canada "
    "Written materials are attached. We ask you to vote FOR it.</p>",
    "abroad": """<p>Sisters of Example Hill</p>
<p>Address of person relying on exemption: 12 Invented Lane, Nowhere Falls SW1A 2AA, UK</p>
<p>Written materials</p><p>vote FOR item 6</p>""",
    "of several filers": """<p>Name of person relying on exemption: Sisters of Example Hill</p>
<p>Address of person relying on exemption: 12 Invented Lane, Nowhere Falls, NY 00501</p>
<p>Name of person relying on exemption: Brothers of Example Hill</p>
<p>Address of person relying on exemption: 13 Invented Lane, Nowhere Falls, NY 00501</p>
<p>Written materials</p><p>vote FOR item 6</p>""",
}  # fmt: skip


@pytest.mark.parametrize("text", NOTICES.values(), ids=NOTICES)
def test_the_address_under_the_rules_label_is_left_out_and_the_rest_stays(text: str) -> None:
    found = without_address(text)
    assert LEFT_OUT in found
    for gone in ("Invented", "Nowhere", "00501", "K1A", "SW1A"):
        assert gone not in found
    assert all(kept in found for kept in KEPT)
    assert found.count("<p>") == text.count("<p>")
    assert without_address(found).count(LEFT_OUT) == found.count(LEFT_OUT)


def test_a_document_without_the_label_is_left_as_it_is() -> None:
    letter = "<p>Our office is at 12 Invented Lane, Nowhere Falls, NY 00501.</p><p>Address of the board: unknown.</p>"
    assert without_address(letter) == letter


def test_where_no_postcode_ends_an_address_little_is_taken() -> None:
    text = "<p>Address of person relying on exemption: Invented House, Invented Square</p><p>12 Invented Lane</p>"
    text += "<p>June 2026</p><p>A short heading</p><p>vote FOR item 6</p>"
    found = without_address(text)
    assert "Invented" not in found
    assert all(kept in found for kept in ("June 2026", "A short heading", "vote FOR item 6"))


def test_a_label_without_an_address_takes_nothing_along() -> None:
    text = "<p>Address of person relying on exemption:</p><p>Written materials are attached.</p><p>vote FOR item 6</p>"
    assert without_address(text) == text


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_text_around_a_label_makes_it_fail(before: str, after: str) -> None:
    for label in ("Address of person relying on exemption:", "(Address of persons relying on exemption)"):
        assert "relying on exemption" in without_address(f"{before}<p>{label}</p>{after}")
