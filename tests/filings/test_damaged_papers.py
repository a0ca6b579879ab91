"""Whatever is done to a file, reading it ends in a value or in an error that a person can act on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filings.generated_fund_votes import filings
from tests.filings.generated_no_action import rendered_letters
from tests.filings.generated_solicitations import rendered_solicitations
from tracker.domain.errors import TrackerError
from tracker.filings.contract_award import contract_award
from tracker.filings.fund_votes.votes import fund_votes
from tracker.filings.fund_votes.xml_parts import unpacked
from tracker.filings.letters.exempt_solicitation import exempt_solicitation
from tracker.filings.letters.no_action import no_action_paper


def votes(body):
    return list(fund_votes(unpacked([body])))


READERS = [exempt_solicitation, no_action_paper, votes, lambda body: contract_award(body, ())]
PIECES = st.sampled_from(
    [
        b"",
        b"\0",
        b"\xff\xfe",
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"<table>",
        b"</p>",
        b"<XML>",
        b"</XML>",
        b"<DOCUMENT>",
        b"%PDF-",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"(",
        b"14a-8(i)(",
        b"Re:",
        b"\x1f\x8b",
        "“".encode(),
        b"\r",
    ]
)


@st.composite
def damaged(draw):
    made = draw(st.one_of(rendered_solicitations(), rendered_letters(), filings()))
    body = made.body if hasattr(made, "body") else made[1]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 300)))
        body = body[:start] + draw(st.one_of(PIECES, st.binary(max_size=20))) + body[end:]
    return body


@pytest.mark.parametrize("read", READERS)
@settings(max_examples=100)
@given(body=st.one_of(damaged(), st.binary(max_size=300)))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(read, body):
    try:
        read(body)
    except TrackerError as error:
        assert len(str(error)) > 20  # noqa: PT017 - either outcome is right, a traceback is not
