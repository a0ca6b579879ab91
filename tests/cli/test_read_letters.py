"""`tracker read exempt-solicitation` and `tracker read no-action`: shapes, lines for people, errors."""

import json

import pytest

NOTICE = """<p>NOTICE OF EXEMPT SOLICITATION</p><p>Name of the Registrant: Example Cloud, Inc.</p>
<p>Name of persons relying on exemption: Open Example on behalf of Sisters of Example Hill</p>
<p>Address of persons relying on exemption: 12 Invented Lane, Nowhere Falls, NY 00501</p>
<p>This notice is submitted voluntarily.</p>
<p>Please vote FOR Item 6 and AGAINST nothing else at the annual meeting on May 22, 2024.</p>"""
LETTER = """<p>January 5, 2026</p><p>Re: Example Cloud, Inc.</p><p>Incoming letter dated December 1, 2025</p>
<p>This letter is in response to your correspondence concerning the shareholder proposal submitted to
Example Cloud, Inc. by John Doe for inclusion in its proxy materials under Rule 14a-8.</p>
<p>Based solely on that representation, we will not object if the Company excludes the Proposal.</p>"""


@pytest.fixture
def file(tmp_path):
    def write(body):
        path = tmp_path / "filed.htm"
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return path

    return write


def test_a_solicitation_has_the_promised_shape_and_no_address(bare, file):
    done = bare("read", "exempt-solicitation", file(NOTICE), "--json")
    assert json.loads(done.out) == {
        "registrant": "Example Cloud, Inc.",
        "persons": [{"name": "Open Example", "on_behalf_of": ["Sisters of Example Hill"]}],
        "items": [{"number": "6", "position": "for", "nominees": []}],
        "meeting_date": "2024-05-22",
        "voluntary": True,
        "warnings": [],
    }
    told = done.out + bare("read", "exempt-solicitation", file(NOTICE)).out
    assert not any(part in told for part in ("Invented Lane", "Nowhere", "00501"))


def test_a_letter_has_the_promised_shape(bare, file):
    assert json.loads(bare("read", "no-action", file(LETTER), "--json").out) == {
        "kind": "staff_response",
        "company": "Example Cloud, Inc.",
        "proponents": [{"name": "John Doe", "on_behalf_of": []}],
        "date": "2026-01-05",
        "bases": [],
        "outcome": "no_objection_on_representation",
        "status": "sec_no_objection_on_representation",
        "reasonable_basis_represented": False,
        "warnings": [],
    }


def test_a_person_reads_lines(bare, file):
    assert bare("read", "exempt-solicitation", file(NOTICE)).out.splitlines() == [
        "Exempt solicitation (voluntary) to shareholders of Example Cloud, Inc.",
        "  by       Open Example, on behalf of Sisters of Example Hill",
        "  meeting  2024-05-22",
        "  asks     for: item 6",
    ]
    lines = bare("read", "no-action", file(LETTER)).out.splitlines()
    assert lines[0] == "Response of the SEC's staff, 2026-01-05"
    assert lines[-1].strip().startswith("outcome    no objection on representation (No SEC review")


@pytest.mark.parametrize("command", ["exempt-solicitation", "no-action"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"\0\1\2\3" * 50,
        b"<html><body></body></html>",
        b"<p>Item 5.07 of a Form 8-K</p>",
        b"%PDF-1.4 broken",
    ],
)
def test_another_document_ends_in_one_clear_line_that_names_the_file(bare, file, command, body):
    done = bare("read", command, file(body), "--json")
    assert "filed.htm: " in done.error
    assert done.out == ""
