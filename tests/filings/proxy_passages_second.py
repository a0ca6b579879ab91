"""A second set of passages, written when the reader knew those before it; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page

SECOND = (
    Passage(
        "questions as headings",
        page(
            *NOTICE,
            "#Proposal 5 — Climate transition report",
            "#Why are you receiving this?",
            "Ashgrove Endowment of Calverton, 88 Mill Road, Calverton, New York 11933, the holder of"
            " 5,000 shares of common stock, has advised us that it intends to introduce the following"
            " resolution:",
            "RESOLVED: Shareholders request that the Bank issue a report on its transition.",
            "WHEREAS: Banks lend.",
            "#THE BOARD OF DIRECTORS RECOMMENDS THAT SHAREHOLDERS VOTE AGAINST THIS PROPOSAL FOR THE"
            " FOLLOWING REASONS:",
            "• We have a plan.",
            "#Proposal 6 — Special shareholder meeting improvement",
            "Mr. Kenrick Dole, 3 Oak Way, Dunmore, PA 18512, the holder of 50 shares, has advised us"
            " that he intends to introduce the following resolution:",
            "#Proposal 6 - Special Shareholder Meeting Improvement",
            "Shareholders ask our board to take the steps necessary to amend the documents to give"
            " owners of 10% the power to call a meeting.",
            "It is important to vote yes.",
            "#THE BOARD OF DIRECTORS RECOMMENDS THAT SHAREHOLDERS VOTE AGAINST THIS PROPOSAL FOR THE"
            " FOLLOWING REASONS:",
            "• 20% is right.",
        ),
        (
            {
                "item": "5",
                "title": "Climate transition report",
                "proponents": ("Ashgrove Endowment of Calverton",),
                "starts": "Shareholders request that the Bank",
                "ends": "report on its transition.",
                "recommendation": "against",
                "board": "THE BOARD OF DIRECTORS RECOMMENDS THAT",
            },
            {
                "item": "6",
                "title": "Special shareholder meeting improvement",
                "proponents": ("Kenrick Dole",),
                "starts": "Shareholders ask our board to take",
                "ends": "power to call a meeting.",
                "recommendation": "against",
                "board": "THE BOARD OF DIRECTORS RECOMMENDS THAT",
            },
        ),
    ),
    Passage(
        "number and title in cells, a sign before the advice",
        "<html><body><p>Proxy statement of Example. The annual meeting of stockholders will be held"
        " on May 14, 2024.</p>"
        "<table><tr><td rowspan=2 style='background:#003'><p><span"
        " style='font-weight:700'>PROPOSAL</span></p><p><span"
        " style='font-weight:700'>4</span></p></td><td><p><span style='font-weight:700'>Stockholder"
        " Proposal on Pay Ratios</span></p></td></tr><tr><td><p>✘ The Board recommends a vote"
        " <b>AGAINST</b> this proposal</p></td></tr></table>"
        "<p>The following stockholder proposal was submitted on behalf of the Wren Family Foundation"
        " by its representative, Carver Hill Advisors LLC. The stockholder proposal and supporting"
        " statement appear in the form received.</p>"
        "<table border=1><tr><td><p><b>Pay Ratios</b></p><p><b>RESOLVED</b>: Stockholders request"
        " that the Compensation Committee consider pay ratios.</p><p><b>SUPPORTING STATEMENT</b>:"
        " Ratios matter.</p></td></tr></table>"
        "<p><b>THE BOARD’S STATEMENT IN OPPOSITION TO PROPOSAL 4</b></p><p>Ratios are misleading. The"
        " Board therefore recommends a vote AGAINST.</p></body></html>",
        (
            {
                "item": "4",
                "title": "Stockholder Proposal on Pay Ratios",
                "proponents": ("Wren Family Foundation",),
                "starts": "Stockholders request that the Compensation",
                "ends": "consider pay ratios.",
                "recommendation": "against",
                "board": "Ratios are misleading.",
            },
        ),
    ),
    Passage(
        "text of a utility, an agent for an order",
        """
                              EXAMPLE POWER COMPANY
            NOTICE OF ANNUAL MEETING OF SHAREHOLDERS -- APRIL 28, 2003

ITEM NO. 3 -- SHAREHOLDER PROPOSAL ON RISK

Plowshare Investors, acting as agent for the Sisters of the Quiet Valley, 22 Abbey
Road, Stillwater, MN 55082, the holder of 200 shares of common stock, has notified
the Company that it intends to present the following resolution at the annual
meeting:

WHEREAS:

     In 2001 scientists found that warming is real.

     We believe that a report is due.

BE IT RESOLVED: That the shareholders request that a committee of independent
directors assess how the Company is responding, and report to shareholders by
August 2003.

                          SUPPORTING STATEMENT

     We believe that management has a duty to analyze risk.

THE DIRECTORS RECOMMEND A VOTE AGAINST ITEM NO. 3 FOR THE FOLLOWING REASONS:

     The Company already reports on its emissions.

                                     -17-
<PAGE>
     The vote needed to pass Item No. 3 is a majority of the shares represented.

ITEM NO. 4 -- SHAREHOLDER PROPOSAL ON PENSIONS

The Retired Linemen's League, Post Office Box 55, Macon, GA 31201, holder of 300
shares, submitted the following proposal.

RESOLVED: Shareholders urge the board to adopt a policy on pensions.

THE DIRECTORS RECOMMEND A VOTE AGAINST ITEM NO. 4 FOR THE FOLLOWING REASONS:

     Pensions are for the board.
""",
        (
            {
                "item": "3",
                "title": "SHAREHOLDER PROPOSAL ON RISK",
                "proponents": ("Sisters of the Quiet Valley",),
                "representative": "Plowshare Investors",
                "starts": "That the shareholders request that a committee",
                "ends": "shareholders by August 2003.",
                "recommendation": "against",
                "board": "THE DIRECTORS RECOMMEND A VOTE",
            },
            {
                "item": "4",
                "title": "SHAREHOLDER PROPOSAL ON PENSIONS",
                "proponents": ("The Retired Linemen's League",),
                "starts": "Shareholders urge the board to adopt",
                "ends": "policy on pensions.",
                "recommendation": "against",
                "board": "THE DIRECTORS RECOMMEND A VOTE",
            },
        ),
    ),
    Passage(
        "beginning and end of a proposal marked, names withheld",
        page(
            *NOTICE,
            "#ITEM 5—SHAREHOLDER PROPOSAL REQUESTING A REPORT ON PACKAGING",
            "Beginning of Shareholder Proposal and Statement of Support",
            "RESOLVED: Shareholders request that the Board issue a report on packaging.",
            "Supporting Statement: Plastic is everywhere.",
            "#RECOMMENDATION OF THE BOARD OF DIRECTORS ON ITEM 5",
            "The Board of Directors recommends that you vote “AGAINST” this proposal requesting a report on packaging.",
            "We use less plastic each year.",
            "#ITEM 6—SHAREHOLDER PROPOSAL REQUESTING AN ALTERNATIVE TALLY",
            "Beginning of Shareholder Proposal and Statement of Support",
            "RESOLVED: Shareholders ask for an alternative tally.",
            "#RECOMMENDATION OF THE BOARD OF DIRECTORS ON ITEM 6",
            "The Board of Directors recommends that you vote “AGAINST” this proposal.",
            "Tallies are fine.",
            "#OTHER MATTERS",
            "We will provide the names of the proponents on request.",
        ),
        (
            {
                "item": "5",
                "title": "SHAREHOLDER PROPOSAL REQUESTING A REPORT ON PACKAGING",
                "proponents": None,
                "starts": "Shareholders request that the Board issue",
                "ends": "a report on packaging.",
                "recommendation": "against",
                "board": "The Board of Directors recommends that you",
            },
            {
                "item": "6",
                "title": "SHAREHOLDER PROPOSAL REQUESTING AN ALTERNATIVE TALLY",
                "proponents": None,
                "starts": "Shareholders ask for an alternative",
                "ends": "alternative tally.",
                "recommendation": "against",
                "board": "The Board of Directors recommends that you",
            },
        ),
    ),
    Passage(
        "a shareholder proposal by number",
        page(
            *NOTICE,
            "#Shareholder Proposal No. 3",
            "#Report on Lobbying",
            "The Brackenfield Pension Trust has informed us that it intends to present the following"
            " proposal at this year’s meeting:",
            "Whereas, lobbying matters;",
            "Resolved, that shareowners request the preparation of a report.",
            "Supporting Statement",
            "We ask for your vote.",
            "#Our Board of Directors recommends a vote AGAINST this proposal.",
            "We comply with the law, and we report.",
        ),
        (
            {
                "item": "3",
                "title": "Report on Lobbying",
                "proponents": ("The Brackenfield Pension Trust",),
                "starts": "that shareowners request the preparation",
                "ends": "preparation of a report.",
                "recommendation": "against",
                "board": "Our Board of Directors recommends a vote",
            },
        ),
    ),
    Passage(
        "proposes the following",
        page(
            *NOTICE,
            "#Item 7: Shareholder ratification of annual equity awards",
            "Jonathan Peverell, 12 Vale Street, Kirby, MA 01001, owner of 132 shares of common stock,"
            " proposes the following:",
            "RESOLVED: Shareholders ask the Board to adopt a policy to seek shareholder ratification of awards.",
            "Supporting statement: Awards are large.",
            "#The Board of Directors recommends that you vote against this proposal.",
            "The Human Resources Committee sets pay. For these reasons, we oppose it.",
        ),
        (
            {
                "item": "7",
                "title": "Shareholder ratification of annual equity awards",
                "proponents": ("Jonathan Peverell",),
                "starts": "Shareholders ask the Board to adopt",
                "ends": "ratification of awards.",
                "recommendation": "against",
                "board": "The Board of Directors recommends that you",
            },
        ),
    ),
    Passage(
        "item number behind the title, one section",
        page(
            *NOTICE,
            "#SHAREHOLDER PROPOSALS (Items 4 and 5)",
            "The following proposals were submitted by shareholders. If a proponent presents the"
            " proposal it will be voted on.",
            "#Additional Report on Lobbying Activities (Item 4)",
            "The Company has been advised that Midland Parish Council Fund, owner of 90 shares,"
            " intends to present the following resolution.",
            "Resolved, the shareholders request the preparation of a report.",
            "Supporting Statement: Lobbying is costly.",
            "#Board Statement",
            "The Board has considered the proposal and recommends that you vote AGAINST it. Reports exist.",
            "#Number of Directors on Compensation Committee (Item 5)",
            "The Company has been advised that Alma Tregear intends to present the following resolution.",
            "RESOLVED: Shareholders request that no CEO serve on the Committee.",
            "#Board Statement",
            "The Board recommends a vote AGAINST this proposal.",
        ),
        (
            {
                "item": "4",
                "title": "Additional Report on Lobbying Activities",
                "proponents": ("Midland Parish Council Fund",),
                "starts": "the shareholders request the preparation",
                "ends": "preparation of a report.",
                "recommendation": "against",
                "board": "The Board has considered the proposal",
            },
            {
                "item": "5",
                "title": "Number of Directors on Compensation Committee",
                "proponents": ("Alma Tregear",),
                "starts": "Shareholders request that no CEO",
                "ends": "on the Committee.",
                "recommendation": "against",
                "board": "The Board recommends a vote",
            },
        ),
    ),
    Passage(
        "the company's own amendment after a proposal of last year",
        page(
            *NOTICE,
            "#Proposal 4 – Approval of an Amendment to Our Charter",
            "Last year a shareholder proposal on simple majority voting, submitted by Kenrick Dole,"
            " received 61% support. The Board now proposes an amendment.",
            "RESOLVED, that the certificate of incorporation be amended.",
            "The Board recommends a vote FOR Proposal 4.",
        ),
        (),
    ),
    Passage(
        "a client, an agent and three co-filers",
        page(
            *NOTICE,
            "#Proposal 5 – Human Rights Policy (Shareholder Proposal)",
            "Quarryside Asset Stewardship, Inc., on behalf of its client Ellen Marchbanks, as lead"
            " filer, and co-filers the Adorers of the Holy Name, Northgate Benefit Plan, and Pilgrim"
            " Street Investments, LLC have notified us that they intend to submit the following"
            " proposal.",
            "RESOLVED: Shareholders request a human rights policy.",
            "#Opposition Statement",
            "Our Board recommends a vote AGAINST Proposal 5.",
        ),
        (
            {
                "item": "5",
                "title": "Human Rights Policy (Shareholder Proposal)",
                "proponents": (
                    "Ellen Marchbanks",
                    "Adorers of the Holy Name",
                    "Northgate Benefit Plan",
                    "Pilgrim Street Investments, LLC",
                ),
                "representative": "Quarryside Asset Stewardship, Inc.",
                "starts": "Shareholders request a human rights",
                "ends": "human rights policy.",
                "recommendation": "against",
                "board": "Our Board recommends a vote",
            },
        ),
    ),
    Passage(
        "numbers in words, subheadings that repeat themselves",
        page(
            *NOTICE,
            "#Proposal Seven: Stockholder Proposal Regarding Child Safety",
            "#Stockholder Proposal",
            "Larch & Fenn Capital, on behalf of stockholder Ada Whitcombe, intends to present the"
            " following proposal, for itself and co-filers, at the Annual Meeting. The stockholder"
            " owns shares with a value of at least $2,000.",
            "Whereas: Children use our services.",
            "Resolved: Stockholders request that the Company adopt targets on child safety.",
            "#Board of Directors Statement in Opposition",
            "Our board of directors recommends a vote AGAINST the stockholder proposal.",
            "We work hard on safety.",
            "#Required Vote",
            "The affirmative vote of a majority is required.",
            "#Proposal Eight: Stockholder Proposal Regarding Dual Class",
            "#Stockholder Proposal",
            "Orchard Hill Trust intends to present the following proposal at the Annual Meeting.",
            "RESOLVED: Stockholders request one vote per share.",
            "#Board of Directors Statement in Opposition",
            "Our board of directors recommends a vote AGAINST the stockholder proposal.",
        ),
        (
            {
                "item": "7",
                "title": "Stockholder Proposal Regarding Child Safety",
                "proponents": ("Ada Whitcombe",),
                "representative": "Larch & Fenn Capital",
                "starts": "Stockholders request that the Company adopt",
                "ends": "targets on child safety.",
                "recommendation": "against",
                "board": "Our board of directors recommends a vote",
            },
            {
                "item": "8",
                "title": "Stockholder Proposal Regarding Dual Class",
                "proponents": ("Orchard Hill Trust",),
                "starts": "Stockholders request one vote",
                "ends": "one vote per share.",
                "recommendation": "against",
                "board": "Our board of directors recommends",
            },
        ),
    ),
)
