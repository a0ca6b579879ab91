"""A fourteenth set, measured with the thirteenth; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

FOURTEENTH = (
    Passage(
        "a proposal with its number only in the notice and the card",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Shareholder Proposal (Proposal 3)",
            "#Report on Cage-Free Eggs",
            "The Animal Kindness League, 1255 Dupont Way, Washington, DC 20037, owner of 100 shares, intends"
            " to submit the following resolution for approval.",
            "RESOLVED, shareholders request that the Company disclose its progress on cage-free eggs.",
            "#Supporting statement",
            "Hens suffer.",
            "#The Board of Directors recommends a vote AGAINST Proposal 3.",
            "We disclose it in our report.",
            "#Where you can find more information",
            "On our website.",
        ),
        (
            wanted(
                "3",
                "Report on Cage-Free Eggs",
                ("The Animal Kindness League",),
                ("shareholders request that the Company disclose", "cage-free eggs."),
                "The Board of Directors recommends a vote AGAINST",
            ),
        ),
    ),
    Passage(
        "an energy partnership with unitholders",
        page(
            *NOTICE,
            *AUDITOR,
            "#ITEM FIVE",
            "#UNITHOLDER PROPOSAL ON METHANE",
            "Lake Superior Friends Fiduciary, 1650 Arch Street, Duluth, MN 55802, which holds 4,000 units, has"
            " notified the Partnership that it will present this proposal:",
            "RESOLVED: Unitholders ask the General Partner to report on methane.",
            "#SUPPORTING STATEMENT",
            "Methane warms.",
            "#THE GENERAL PARTNER’S RESPONSE",
            "Leaks are few.",
            "#The General Partner recommends a vote AGAINST Item Five.",
        ),
        (
            wanted(
                "5",
                "UNITHOLDER PROPOSAL ON METHANE",
                ("Lake Superior Friends Fiduciary",),
                ("Unitholders ask the General Partner", "report on methane."),
                "Leaks are few.",
            ),
        ),
    ),
    Passage(
        "lead filer and representative in a row of three cells, supporting statement first",
        "<html><body><p>Proxy statement: annual meeting to be held May 30, 2024</p>"
        "<p><b>Proposal 8 | Shareholder proposal on child safety online</b></p>"
        "<p>Represented by Harbor Counsel, the Mosaic Family Trust and several co-filers have submitted the"
        " following proposal.</p><p><b>Supporting statement</b></p><p>Children are at risk.</p>"
        "<p><b>Resolution</b></p><p>Shareholders request that, within one year, the Board publish targets"
        " and yearly metrics on child safety.</p><p><b>Board of Directors’ Response</b></p>"
        "<table><tr><td>✖</td><td>Vote Against</td></tr></table>"
        "<p>Safety is our priority.</p><p>The Board recommends that shareholders vote AGAINST the"
        " proposal.</p><p><b>Proposal 9 | Say on pay</b></p><p>The Board recommends a vote FOR.</p></body></html>",
        (
            wanted(
                "8",
                "Shareholder proposal on child safety online",
                ("Mosaic Family Trust",),
                ("Shareholders request that, within one year", "metrics on child safety."),
                "Safety is our priority.",
                representative="Harbor Counsel",
            ),
        ),
    ),
    Passage(
        "a defence company: letters as numbers",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal D: Stockholder Proposal on Weapons in Space",
            "The Maryknot Fathers, 55 Ryder Road, Ossining, NY 10545, owners of 30 shares, intend to"
            " present the following proposal.",
            "RESOLVED: Stockholders request a report on weapons in space.",
            "Space is for all.",
            "#The Board recommends a vote AGAINST Proposal D.",
            "Such matters are for the government.",
            "#Proposal E: Other business",
        ),
        (
            wanted(
                "D",
                "Stockholder Proposal on Weapons in Space",
                ("The Maryknot Fathers",),
                ("Stockholders request a report on weapons", "weapons in space."),
                "The Board recommends a vote AGAINST Proposal D.",
            ),
        ),
    ),
    Passage(
        "text in capitals without empty lines above the parts",
        """
COMPANY PROXY STATEMENT
Annual Meeting of Stockholders to be held on May 3, 2002

PROPOSAL 1
ELECTION OF DIRECTORS

The Board recommends a vote FOR.

PROPOSAL 2
STOCKHOLDER PROPOSAL REGARDING POISON PILLS

   Phineas Rook, 22 Tower Street, Hull, MA 02045, (owner of 800 shares) submits
the following resolution which he will present at the meeting:

   RESOLVED: Shareholders request that our Board not adopt a poison pill unless
it has been approved by a shareholder vote.
   Phineas Rook submits this on behalf of a trust.
   Why approve this proposal?
   Pills lower the value of a company.
   SHAREHOLDER VOTE ON POISON PILLS
   YES ON 2

BOARD OF DIRECTORS' STATEMENT AGAINST PROPOSAL 2

   A plan protects holders.
   The Board of Directors recommends that stockholders vote AGAINST this
proposal.

SOLICITATION COSTS

   Paid by us.
""",
        (
            wanted(
                "2",
                "STOCKHOLDER PROPOSAL REGARDING POISON PILLS",
                ("Phineas Rook",),
                ("Shareholders request that our Board not adopt", "approved by a shareholder vote."),
                "A plan protects holders.",
            ),
        ),
    ),
    Passage(
        "a heading that speaks of the holder, then the board's advice, then the name by a colon",
        page(
            *NOTICE,
            *AUDITOR,
            "#Proposal 6: Shareholder Proposal Requesting an Audit of Racial Equity",
            "#✔ The Board recommends a vote FOR Proposal 6.",
            "The Company received the proposal set forth below from Juniper Capital Stewards (the"
            " “Proponent”), on behalf of the Hale Sisters Trust. The Proponent’s supporting statement is"
            " printed below as well, and its errors, if any, were not mended.",
            "#Proponent’s proposal",
            "Resolved: Shareholders request that the Board oversee an audit of racial equity.",
            "#Proponent’s supporting statement",
            "An audit helps.",
            "#Board’s statement in support",
            "The Board has begun such an audit and supports this proposal.",
        ),
        (
            wanted(
                "6",
                "Shareholder Proposal Requesting an Audit of Racial Equity",
                ("Hale Sisters Trust",),
                ("Shareholders request that the Board oversee", "audit of racial equity."),
                "The Board has begun such an audit",
                representative="Juniper Capital Stewards",
                recommendation="for",
            ),
        ),
    ),
    Passage(
        "no proposal: a special meeting on a merger",
        page(
            "Proxy statement for the special meeting of shareholders to be held on August 8, 2023.",
            "#Proposal 1: The Merger",
            "The Board received a letter from Wharfside Advisors LP proposing that the Company be sold.",
            "RESOLVED, that the merger agreement be adopted.",
            "The Board unanimously recommends a vote FOR the merger.",
            "#Proposal 2: Adjournment",
            "The Board recommends a vote FOR.",
            "#Future Shareholder Proposals",
            "If the merger is completed there will be no more annual meetings.",
        ),
        (),
    ),
)
