"""A seventeenth set: what a reading of forty further statements got wrong at first; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

PAY = (
    "#Proposal 2 – Advisory Vote on Pay",
    (
        "“RESOLVED, that the shareholders approve, on an advisory basis, the compensation of the named executive"
        " officers.”"
    ),
    "#The Board recommends a vote FOR Proposal 2.",
)
SEVENTEENTH = (
    Passage(
        "nothing says that it is a shareholder's but the request, the proponent's own title repeats the number",
        page(
            *NOTICE,
            *DIRECTORS,
            *PAY,
            "#Proposal 3: Special Meetings",
            "This proposal was submitted by Mr. Otto Fenn, 4 Elm Road, Salem, OR 97301, the beneficial owner of"
            " 80 shares.",
            "#Proposal 3 – Let a Tenth Call a Meeting",
            "Shareholders ask our board to take the steps necessary to give the owners of a combined 10% of our stock"
            " the power to call a special meeting.",
            "“The board recommends a vote against” has been the answer for three years, and we ask why.",
            "#The Board recommends you vote AGAINST this proposal for the following reasons:",
            "Owners of a quarter may call one.",
        ),
        (
            wanted(
                "3",
                "Special Meetings",
                ("Otto Fenn",),
                ("Shareholders ask our board to take", "the power to call a special meeting."),
                "The Board recommends you vote AGAINST",
            ),
        ),
    ),
    Passage(
        "the number stands behind the word for all of them, rows name two filers",
        page(
            *NOTICE,
            *AUDITOR,
            "#SHAREHOLDER PROPOSALS: ITEM 3 – Report on Tides",
            "<table><tr><td>Lead filer</td><td>Alder Sisters Fund</td></tr>"
            "<tr><td>Co-filer</td><td>Birch Health Trust</td></tr>"
            "<tr><td>Shares held</td><td>120</td></tr></table>",
            "RESOLVED: Shareholders request that the Board report on what tides cost the company.",
            "#Supporting Statement",
            "Dear fellow shareholders,",
            "Tides rise.",
            "#Our directors’ answer",
            "The Board recommends a vote AGAINST this proposal. Tides fall as well.",
        ),
        (
            wanted(
                "3",
                "Report on Tides",
                ("Alder Sisters Fund", "Birch Health Trust"),
                ("Shareholders request that the Board report", "what tides cost the company."),
                "The Board recommends a vote AGAINST",
            ),
        ),
    ),
    Passage(
        "half a sentence names the holder, and only the summary says what the board recommends",
        page(
            *NOTICE,
            "<table><tr><td>3. Report on Wells</td><td>AGAINST</td><td>12</td></tr></table>",
            *DIRECTORS,
            "#Proposal 3: Report on Wells",
            "From our stockholder Cedar Hill Fund",
            "RESOLVED: Shareholders request that the Board report on the wells that the company has closed.",
            "#Supporting Statement",
            "Wells leak.",
            "#The Board’s view",
            "Our wells are closed by the book, and inspected each year.",
        ),
        (
            wanted(
                "3",
                "Report on Wells",
                ("Cedar Hill Fund",),
                ("Shareholders request that the Board report", "that the company has closed."),
                "Our wells are closed by the book",
            ),
        ),
    ),
    Passage(
        "a heading that is not understood makes no proposal of the company's resolution above it",
        page(
            *NOTICE,
            *DIRECTORS,
            *PAY,
            "#Put to You as Number Three: Report on Sand",
            "RESOLVED: Shareholders request that the Board report on the sand that the company dredges.",
            "#How we see it",
            "The Board recommends a vote AGAINST it.",
        ),
        (),
    ),
)
