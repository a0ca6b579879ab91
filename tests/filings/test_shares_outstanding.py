"""How many votes may be cast is said only where a filing surely says it; the figure is read exactly, with its place."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.filings.layout.filed import layout_of
from tracker.filings.shares_outstanding import entitled_in

ONE = "As of March 20, 2026, the record date, there were {} shares of common stock outstanding and entitled to vote."
SURE = (
    ONE,
    "Of the {} shares of common stock outstanding and entitled to vote at the meeting, 4,000 shares were present.",
    "Holders of 4,000 shares were present, being 80% of the {} shares outstanding on the record date.",
    "On the record date the company had outstanding {} shares of common stock.",
    "Of the {} shares outstanding, 4,000 were represented at the meeting.",
    "On the record date {} shares of our common stock, par value $0.001 per share, were issued and outstanding.",
    "As of the record date, {} common shares were entitled to vote at the annual meeting.",
    "On the record date the Class A and Class B shares outstanding were entitled to cast an aggregate of {} votes.",
)
UNSURE = (
    "As of the record date approximately 5,000,000 shares of common stock were outstanding and entitled to vote.",
    "5,000,000 shares were present, constituting a majority of the outstanding shares entitled to vote.",
    "On the record date 5,000,000 shares of Class A common stock were outstanding and entitled to vote.",
    "On the record date 5,000,000 shares of common stock and 7 shares of Series B preferred stock were outstanding.",
    "On the record date 5,000,000 American depositary shares were outstanding and entitled to vote.",
    "On the record date 5,000,000 shares of common stock were outstanding. Each has ten votes per share.",
    "On the record date 5,000,000 shares were outstanding. A holder may cumulate his votes for one nominee.",
    "On the record date 5,000,000 shares were outstanding. On the record date 6,000,000 shares were outstanding.",
    "There were 5,000,000 shares subject to options outstanding as of the record date.",
    "On the record date 5,000 thousand shares were outstanding and entitled to vote.",
    "Shares outstanding on the record date may be voted.",
    "A total of 5,000,000 votes are eligible to be cast. The trustee may cast 7,000,000 votes.",
    "On the record date 5,000,000 shares of common stock and 40,000 shares of founder stock were outstanding.",
    "On the record date 40,000 voting shares were outstanding. Also entitled to vote were 5,000,000 trust shares.",
    "On the record date 5,000,000 shares were outstanding. Others were 300,000 shares of B common stock.",
    "On the record date 5,000,000 shares were outstanding. Each share entitles its holder to ten votes.",
    "On the record date 5,000,000 shares (two votes each) were outstanding and entitled to vote.",
    "On the record date 5,000,000 shares were outstanding. A share held for 36 months carries four votes.",
    "On the record date (in thousands) 5,000,000 shares of common stock were outstanding and entitled to vote.",
    "On the record date 5,000,000 shares were outstanding, as adjusted for the one-for-ten reverse stock split.",
    "On the record date 5,000,000 shares were outstanding. Holders of GDRs voted through their depositary.",
    "5,000,000 shares of the company's common stock outstanding as of the record date voted in person or by proxy.",
    "Shareholders owning 5,000,000 shares of the outstanding common stock as of the record date attended.",
    "On the record date our founders held 5,000,000 shares of common stock outstanding and entitled to vote.",
    "The Class B shares outstanding were entitled to cast a total of 6,000,000 votes beside 9,000,000 common shares.",
)


@given(st.integers(10_000, 10**12), st.sampled_from(SURE))
def test_a_figure_is_read_exactly_wherever_it_stands(shares, wording):
    text = f"The meeting was held on May 12, 2026. {wording.format(f'{shares:,}')} There is no cumulative voting."
    found = entitled_in(text, one_vote_said=False)
    assert found is not None
    assert found.votes == shares
    assert text[found.start : found.end] == f"{shares:,}"


@pytest.mark.parametrize("text", UNSURE)
def test_nothing_is_said_where_it_may_not_be_all_votes(text):
    assert entitled_in(text, one_vote_said=False) is None


def test_a_proxy_statement_must_also_say_that_a_share_has_one_vote():
    text = ONE.format("5,000,000")
    assert entitled_in(text, one_vote_said=True) is None
    assert entitled_in(f"{text} Each share is entitled to one vote.", one_vote_said=True).votes == 5_000_000


def test_a_fraction_of_a_share_is_counted_up():
    assert entitled_in(ONE.format("5,000,000.25"), one_vote_said=False).votes == 5_000_001


@pytest.mark.shared
def test_no_filed_statement_of_several_classes_is_given_a_figure(shared):
    folder = shared / "edgar" / "def14a"
    if not folder.is_dir():
        pytest.skip("the filed proxy statements are not here: no edgar/def14a in the test data beside the project")
    read = 0
    for file in sorted(folder.glob("*.txt.gz")):
        text = layout_of(gzip.decompress(file.read_bytes())).text
        found = entitled_in(text, one_vote_said=True)
        read += found is not None
        if "Class B common stock" in text:
            assert found is None, file.name
        if found is not None:
            assert int(text[found.start : found.end].replace(",", "")) == found.votes
    assert read >= 10
