"""Who submits a proposal, out of the sentences in which companies say so; all names and addresses are invented."""

import pytest

from tracker.filings.proxy_statement.intro import intro_in
from tracker.filings.proxy_statement.proponents import Named, named_in

ELM = "12 Elm Road, Suite 4, Hartwell, CT 06101"


def named(text: str) -> Named | None:
    intro = intro_in(text)
    if intro is None:
        return None
    who, rest = text[intro.start : intro.end], text[intro.end : intro.sentence_end]
    return named_in(who, rest, several=intro.several)


@pytest.mark.parametrize(
    ("text", "proponents", "representatives"),
    [
        ("Otis Pell has advised us that he intends to submit the following proposal.", ["Otis Pell"], []),
        (
            f"Mr. Otis Pell, {ELM}, has notified us that he intends to present the following proposal.",
            ["Otis Pell"],
            [],
        ),
        (f"We received the following proposal from Ms. Ada R. Lane, {ELM}, owner of 9 shares.", ["Ada R. Lane"], []),
        ("The following proposal was submitted by Ada Lane and Otis Pell.", ["Ada Lane", "Otis Pell"], []),
        (
            "The following proposal was submitted by the Mill and Quarry Workers Fund.",
            ["Mill and Quarry Workers Fund"],
            [],
        ),
        (
            "The Northgate Capital, Inc. Pension Plan has advised us that it intends to submit the following proposal.",
            ["The Northgate Capital, Inc. Pension Plan"],
            [],
        ),
        (
            "Fern Advocates, on behalf of Ada Lane, has notified us that it intends to present the following proposal.",
            ["Ada Lane"],
            ["Fern Advocates"],
        ),
        (
            f"The following proposal was submitted by Ada Lane, c/o Fern Advocates, {ELM}.",
            ["Ada Lane"],
            ["Fern Advocates"],
        ),
        (
            (
                "The Holt Trust, as lead filer, and Fern Advocates on behalf of the Kiln Fund, as"
                " co-filer, have advised us that "
                "they intend to submit the following proposal."
            ),
            ["The Holt Trust", "Kiln Fund"],
            ["Fern Advocates"],
        ),
        (
            (
                "The Sisters of Hartwell, Texas (“SH”), together with certain co-filers, has notified us"
                " that it intends to submit "
                "this shareholder proposal."
            ),
            ["The Sisters of Hartwell, Texas"],
            [],
        ),
        (
            (
                "The Company expects the following shareholder proposal to be presented by Fern Advocates of Hartwell, "
                "Connecticut, on behalf of Ada Lane, who owned 60 shares."
            ),
            ["Ada Lane"],
            ["Fern Advocates"],
        ),
        (
            (
                "The Comptroller of the State of Ohio, Otis Pell, Trustee of the Ohio Common Fund, the"
                " holder of 6 shares, and one "
                "co-filer have advised us that they intend to introduce the following resolution."
            ),
            ["Ohio Common Fund"],
            ["The Comptroller of the State of Ohio", "Otis Pell"],
        ),
        (
            (
                "A stockholder, Ada Lane, 9 Fen Court, Elk Hill, CA 95758, owner of 18 shares, intends to"
                " present the following "
                "proposal through her designees, Otis Pell and Cole R. Marsh."
            ),
            ["Ada Lane"],
            ["Otis Pell", "Cole R. Marsh"],
        ),
        ("Proponent: The Kiln Fund", ["The Kiln Fund"], []),
        ("A stockholder has advised us that he plans to present the following proposal.", [], []),
    ],
)
def test_the_names_are_read_and_nothing_else(text: str, proponents: list[str], representatives: list[str]) -> None:
    found = named(text)
    assert found is not None
    assert (list(found.proponents), list(found.representatives)) == (proponents, representatives)


@pytest.mark.parametrize(
    "text",
    [
        "A shareholder who intends to present a proposal must notify us no later than December 2, 2024.",
        "Last year a proposal submitted by Otis Pell received 61% support.",
        "The Board requests that shareholders approve the following resolution.",
        "Our stock is held by many.",
    ],
)
def test_a_sentence_about_other_things_names_nobody(text: str) -> None:
    found = named(text)
    assert found is None or found.proponents == ()
