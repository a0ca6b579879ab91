"""Whole short statements, the company's own items around the proposals; see docs/accuracy.md for how they went."""

from tests.filings.proxy_passage import NOTICE, Passage, page

AUDITOR = (
    "#Proposal 2: Ratification of the Auditor",
    "The Audit Committee has appointed Ledger & Quill LLP for the year.",
    "The Board recommends a vote FOR the ratification of the auditor.",
)
SEVENTH = (
    Passage(
        "a bank: items on the card, several holders one after the other",
        page(
            *NOTICE,
            "#ITEM 1 ON PROXY CARD: ELECTION OF DIRECTORS",
            "The Board of Directors recommends a vote FOR each nominee.",
            "#SHAREHOLDER PROPOSALS",
            "Shareholders will vote on the following proposals if they are properly presented.",
            "#ITEM 4 ON PROXY CARD: INDEPENDENT CHAIR",
            "Lionel Gascoyne, 14 Mill Road, Apt. 2, Rye, NY 10580, the holder of 300 shares of common"
            " stock, has advised us that he intends to introduce the following resolution:",
            "RESOLVED: Shareholders ask the Board to adopt a policy that its chair be independent.",
            "An independent chair watches the chief executive.",
            "#BOARD RESPONSE TO ITEM 4:",
            "The Board believes that it should choose its leaders as it sees fit.",
            "#Accordingly, the Board recommends a vote AGAINST this proposal.",
            "#ITEM 5 ON PROXY CARD: FINANCED EMISSIONS",
            "The Sisters of the Holy Well, 2 Abbey Lane, Scranton, PA 18503, the holder of 80 shares,"
            " as lead filer, and two co-filers have advised us that they intend to introduce the"
            " following resolution:",
            "WHEREAS: Banks finance emissions.",
            "RESOLVED: Shareholders request a yearly report on financed emissions.",
            "SUPPORTING STATEMENT: Risk grows.",
            "#BOARD RESPONSE TO ITEM 5:",
            "We have set targets for three sectors.",
            "#Accordingly, the Board recommends a vote AGAINST this proposal.",
            "#OTHER MATTERS",
            "None.",
        ),
        (
            {
                "item": "4",
                "title": "INDEPENDENT CHAIR",
                "proponents": ("Lionel Gascoyne",),
                "starts": "Shareholders ask the Board to adopt",
                "ends": "chair be independent.",
                "recommendation": "against",
                "board": "The Board believes that it should",
            },
            {
                "item": "5",
                "title": "FINANCED EMISSIONS",
                "proponents": ("The Sisters of the Holy Well",),
                "starts": "Shareholders request a yearly report",
                "ends": "report on financed emissions.",
                "recommendation": "against",
                "board": "We have set targets",
            },
        ),
    ),
    Passage(
        "a company of oil: the number in brackets, a summary and an agenda before",
        page(
            "Notice of 2009 Annual Meeting and Proxy Statement",
            "The annual meeting will be held on May 27, 2009.",
            "#Items of business",
            "Election of directors (Item 1)",
            "Shareholder proposal on governance (Item 4)",
            "#ELECTION OF DIRECTORS",
            "(Item 1 on the proxy card)",
            "The Board of Directors recommends you vote FOR the nominees.",
            "#ITEM 4 – AMENDMENT OF ARTICLES",
            "This proposal was submitted by Ottoline Brack, 9 Gate Street, Waco, TX 76701, the"
            " beneficial owner of 400 shares.",
            "“RESOLVED: That the shareholders request the Board to amend the articles so that"
            " holders of ten percent may call a meeting.",
            "Many companies let them.”",
            "#The Board recommends you vote AGAINST this proposal for the following reasons:",
            "The law of our state lets the Board call a meeting at any time.",
            "#ADDITIONAL INFORMATION",
            "More can be had.",
        ),
        (
            {
                "item": "4",
                "title": "AMENDMENT OF ARTICLES",
                "proponents": ("Ottoline Brack",),
                "starts": "That the shareholders request the Board",
                "ends": "may call a meeting.",
                "recommendation": "against",
                "board": "The Board recommends you vote AGAINST",
            },
        ),
    ),
    Passage(
        "a box with a cross and the recommendation beside the title",
        "<html><body><p>Proxy statement</p><p>The 2024 annual meeting will be held on June 5, 2024.</p>"
        "<table><tr><td>PROPOSAL 4</td><td>Stockholder Proposal: Report on Lobbying</td></tr></table>"
        "<table><tr><td>✘</td><td>The Board recommends a vote <b>AGAINST</b> Proposal 4.</td></tr></table>"
        "<p>The Company has received notice that the Corliss Employees’ Pension Plan, 1625 L Street NW,"
        " Washington, DC 20036, the beneficial owner of 2,310 shares, intends to present this"
        " proposal. The Company is not responsible for its content.</p>"
        "<p><b>Stockholder Proposal</b></p>"
        "<p><b>Resolved</b>, the stockholders of the Company request the preparation of a report, updated"
        " annually, disclosing:</p>"
        "<table><tr><td>1.</td><td>Company policy and procedures governing lobbying.</td></tr>"
        "<tr><td>2.</td><td>Payments used for lobbying.</td></tr></table>"
        "<p>The report shall be presented to the Audit Committee.</p>"
        "<p><b>Supporting Statement</b></p><p>We encourage transparency in lobbying.</p>"
        "<p><b>Board of Directors’ Statement in Opposition</b></p>"
        "<p>Our disclosures are ample already.</p>"
        "<p><b>Proposal 5: Adjournment</b></p><p>The Board recommends a vote FOR.</p></body></html>",
        (
            {
                "item": "4",
                "title": "Stockholder Proposal: Report on Lobbying",
                "proponents": ("Corliss Employees’ Pension Plan",),
                "starts": "the stockholders of the Company request",
                "ends": "presented to the Audit Committee.",
                "recommendation": "against",
                "board": "Our disclosures are ample already.",
            },
        ),
    ),
    Passage(
        "nothing resolved: the proponent writes a letter with numbered requests",
        page(
            *NOTICE,
            *AUDITOR,
            "#Proposal 3: Shareholder Proposal Regarding Plastic Packaging",
            "Green Harbor Advocates, on behalf of Ines Calloway, has notified us of its intention to"
            " submit the following proposal. Its address will be given upon request.",
            "#Plastic Packaging",
            "Plastic waste harms the sea and the shops that sell it.",
            "Shareholders request that the Board issue a report describing:",
            "(1) how the Company could reduce its plastic packaging; and",
            "(2) goals by which to measure that.",
            "#Board’s Statement AGAINST Shareholder Proposal",
            "We use less plastic each year.",
            "For these reasons, the Board recommends that you vote AGAINST this proposal.",
        ),
        (
            {
                "item": "3",
                "title": "Shareholder Proposal Regarding Plastic Packaging",
                "proponents": ("Ines Calloway",),
                "representative": "Green Harbor Advocates",
                "starts": "Shareholders request that the Board issue",
                "ends": "goals by which to measure that.",
                "recommendation": "against",
                "board": "We use less plastic each year.",
            },
        ),
    ),
    Passage(
        "a letter's heading, and the opinion of management",
        """
                            PROPOSAL NO. 3 - STOCKHOLDER PROPOSAL

      Mr. Barnaby Quill, 22 Old Post Road, Keene, New Hampshire 03431, who
represents that he is the beneficial owner of 1,150 shares of the Company's
Common Stock, has given notice that he intends to present for action at the
Annual Meeting the following resolution:

      "RESOLVED: That the stockholders of the Company assembled in Annual
Meeting in person and by proxy, hereby request the Board of Directors to take
the needed steps to provide for cumulative voting in the election of
directors, which means each stockholder shall be entitled to as many votes as
shall equal the number of shares he owns multiplied by the number of directors
to be elected."

      "REASONS: Many states have mandatory cumulative voting, so do national
banks."

      "If you AGREE, please mark your proxy FOR this resolution."

      THE BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST THIS PROPOSAL.

      Directors should be elected by all the stockholders and represent all.

                                  OTHER BUSINESS

      The Annual Meeting of Stockholders will be held on Tuesday, May 8, 2007.
""",
        (
            {
                "item": "3",
                "proponents": ("Barnaby Quill",),
                "starts": "That the stockholders of the Company assembled",
                "ends": "number of directors to be elected.",
                "recommendation": "against",
                "board": "THE BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST",
            },
        ),
    ),
    Passage(
        "a fund of teachers, no proponent's address, in favour",
        page(
            *NOTICE,
            *AUDITOR,
            "#PROPOSAL NO. 5 | STOCKHOLDER PROPOSAL TO DECLASSIFY THE BOARD",
            "The following stockholder proposal was submitted to the Company by the Corn Belt"
            " Teachers’ Retirement System (“Corn Belt”), holder of shares with a market value of at"
            " least $2,000.",
            "#Text of the Stockholder Proposal",
            "PROPOSAL TO DECLASSIFY THE BOARD",
            "RESOLVED, that stockholders urge the Board to declassify itself.",
            "#SUPPORTING STATEMENT",
            "Staggered boards entrench.",
            "#The Board’s Recommendation",
            "The Board recommends a vote “FOR” the stockholder proposal.",
            "The Board has listened to its stockholders.",
        ),
        (
            {
                "item": "5",
                "title": "STOCKHOLDER PROPOSAL TO DECLASSIFY THE BOARD",
                "proponents": ("Corn Belt Teachers’ Retirement System",),
                "starts": "that stockholders urge the Board",
                "ends": "to declassify itself.",
                "recommendation": "for",
                "board": "The Board recommends a vote",
            },
        ),
    ),
)
