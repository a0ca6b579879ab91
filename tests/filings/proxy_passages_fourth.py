"""A fourth set of passages, written when the reader knew those before it; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page

FOURTH = (
    Passage(
        "five systems of a city",
        page(
            *NOTICE,
            "#Proposal 6: Shareholder Proposal on Board Matrix",
            "The Comptroller of the City of Larchfield, as custodian and trustee of the Larchfield"
            " Employees’ Retirement System, the Larchfield Fire Pension Fund and the Larchfield"
            " Teachers’ Retirement System, and custodian of the Larchfield Board of Education"
            " Retirement System, 1 Centre Street, Larchfield, LA 70001, has informed us that it"
            " intends to submit the following proposal. Each of the systems owns more than $2,000 of"
            " our stock.",
            "RESOLVED: Shareholders request that the Board disclose each nominee’s skills in a matrix.",
            "Supporting Statement",
            "A matrix helps.",
            "#Opposing Statement",
            "We recommend that you vote AGAINST. We describe skills already.",
        ),
        (
            {
                "item": "6",
                "title": "Shareholder Proposal on Board Matrix",
                "starts": "Shareholders request that the Board disclose",
                "ends": "skills in a matrix.",
                "recommendation": "against",
                "board": "We recommend that you vote AGAINST.",
            },
        ),
    ),
    Passage(
        "the proponent argues with the board",
        page(
            *NOTICE,
            "#Proposal 5 – Shareholder Proposal Regarding Written Consent",
            "Ezra Coldwell, 4 Low Lane, Ely, PA 15001, has notified us that he will present the following proposal:",
            "#Proposal 5 – Written Consent",
            "Shareholders request that our board of directors undertake such steps as may be"
            " necessary to permit written consent.",
            "Our board has ignored this topic for years. The Board may recommend a vote against this"
            " proposal again, but it gave no good reasons last year.",
            "Directors who opposed it received 40% of votes against. Our Company is rated D.",
            "#Please vote yes:",
            "#Written Consent – Proposal 5",
            "#Board of Directors’ Statement Opposing the Proposal",
            "The Board has carefully considered the proposal and believes it is not in the best"
            " interests of shareholders.",
            "#The Board recommends a vote AGAINST Proposal 5.",
        ),
        (
            {
                "item": "5",
                "title": "Shareholder Proposal Regarding Written Consent",
                "proponents": ("Ezra Coldwell",),
                "starts": "Shareholders request that our board of directors",
                "ends": "to permit written consent.",
                "recommendation": "against",
                "board": "The Board has carefully considered the proposal and believes",
            },
        ),
    ),
    Passage(
        "initials, a plan with a number, a family",
        page(
            *NOTICE,
            "#Item 3. Shareholder Proposal",
            "#Majority Vote Standard",
            "The Local 12 Millwrights’ Annuity Plan, 9 Rope Walk, Salem, MA 01970, and the Estate of"
            " B. J. Underhill have given notice that they intend to present the following proposal at"
            " the meeting.",
            "RESOLVED: That shareholders urge the Board to adopt a majority vote standard.",
            "This is widely supported.",
            "#Response of the Board to Item 3",
            "Your Board recommends a vote AGAINST Item 3. The standard is in place.",
        ),
        (
            {
                "item": "3",
                "title": "Majority Vote Standard",
                "proponents": ("The Local 12 Millwrights’ Annuity Plan", "Estate of B. J. Underhill"),
                "starts": "That shareholders urge the Board to adopt",
                "ends": "majority vote standard.",
                "recommendation": "against",
                "board": "Your Board recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "one page of text, columns of advice",
        """
                                 NOTICE OF ANNUAL MEETING

To the Shareholders:   The annual meeting of shareholders will be held on
Thursday, May 3, 2001.

                        PROPOSAL 4 (SHAREHOLDER PROPOSAL):
                     SEPARATION OF CHAIRMAN AND CHIEF EXECUTIVE

The following proposal was submitted by Walden S. Pryce, whose address and share
ownership will be furnished by the Company upon receipt of any oral or written
request. If the proponent, or a representative, is present and submits the
proposal for a vote, it will be voted upon at the meeting.

         WHEREAS, the Board should oversee management;

         NOW, THEREFORE, BE IT RESOLVED that the shareholders urge the Board of
         Directors to separate the positions of Chairman and Chief Executive
         Officer.

         One man may not judge himself.

                            THE COMPANY'S RESPONSE

The Board of Directors recommends a vote AGAINST this proposal. The Board should be
free to choose.

                                    GENERAL

Proxies are solicited by mail.
""",
        (
            {
                "item": "4",
                "title": "SEPARATION OF CHAIRMAN AND CHIEF EXECUTIVE",
                "proponents": ("Walden S. Pryce",),
                "starts": "that the shareholders urge the Board",
                "ends": "and Chief Executive Officer.",
                "recommendation": "against",
                "board": "The Board of Directors recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "heading in three sizes with the page's table of contents above",
        "<html><body><p>Proxy Statement. The 2023 annual meeting of stockholders will be held on June"
        " 8, 2023.</p><p><a href='#a'>Proposal 5: Stockholder Proposal Requesting a Pay Report</a>"
        " 66</p><p><a href='#b'>Proposal 6: Stockholder Proposal on Elections</a> 69</p><hr><div"
        " style='font-size:24pt;font-weight:bold'>Proposal</div><div"
        " style='font-size:40pt;font-weight:bold'>5</div><div"
        " style='font-size:18pt;font-weight:bold'>Stockholder Proposal Requesting a</div><div"
        " style='font-size:18pt;font-weight:bold'>Pay Report</div><div>Bracken Asset Management, LLC"
        " has notified us that it intends to submit this proposal at the"
        " meeting.</div><div><b>Resolved</b>: stockholders request a pay"
        " report.</div><div><b>Supporting Statement</b></div><div>Pay differs.</div><div"
        " style='font-weight:bold'>Board Statement in Opposition to Proposal 5</div><div>The Board"
        " recommends a vote “AGAINST” Proposal 5.</div><div>Pay is fair.</div><hr><div"
        " style='font-size:24pt;font-weight:bold'>Proposal</div><div"
        " style='font-size:40pt;font-weight:bold'>6</div><div"
        " style='font-size:18pt;font-weight:bold'>Stockholder Proposal on Elections</div><div>Marian"
        " Holt has notified us that she intends to submit this proposal at the"
        " meeting.</div><div><b>Resolved</b>: stockholders request fair elections.</div><div"
        " style='font-weight:bold'>Board Statement in Opposition to Proposal 6</div><div>The Board"
        " recommends a vote “AGAINST” Proposal 6.</div></body></html>",
        (
            {
                "item": "5",
                "title": "Stockholder Proposal Requesting a Pay Report",
                "proponents": ("Bracken Asset Management, LLC",),
                "starts": "stockholders request a pay",
                "ends": "a pay report.",
                "recommendation": "against",
                "board": "The Board recommends a vote",
            },
            {
                "item": "6",
                "title": "Stockholder Proposal on Elections",
                "proponents": ("Marian Holt",),
                "starts": "stockholders request fair",
                "ends": "fair elections.",
                "recommendation": "against",
                "board": "The Board recommends a vote",
            },
        ),
    ),
    Passage(
        "several by one proponent, said once",
        page(
            *NOTICE,
            "#Shareholder Proposals",
            "Proposals 4 and 5 were submitted by Ezra Coldwell, 4 Low Lane, Ely, PA 15001, owner of 100 shares.",
            "#PROPOSAL 4 – SHAREHOLDER PROPOSAL: SPECIAL MEETINGS",
            "RESOLVED, shareowners ask our board to allow special meetings.",
            "Special meetings matter.",
            "#Our Board’s View on Proposal 4",
            "The Board recommends that you vote AGAINST this proposal.",
            "#PROPOSAL 5 – SHAREHOLDER PROPOSAL: PROXY ACCESS",
            "RESOLVED: Shareholders ask our board to adopt proxy access.",
            "Access matters.",
            "#Our Board’s View on Proposal 5",
            "The Board recommends that you vote AGAINST this proposal.",
        ),
        (
            {
                "item": "4",
                "title": "SHAREHOLDER PROPOSAL: SPECIAL MEETINGS",
                "starts": "shareowners ask our board to allow",
                "ends": "allow special meetings.",
                "recommendation": "against",
                "board": "The Board recommends that you vote",
            },
            {
                "item": "5",
                "title": "SHAREHOLDER PROPOSAL: PROXY ACCESS",
                "starts": "Shareholders ask our board to adopt",
                "ends": "to adopt proxy access.",
                "recommendation": "against",
                "board": "The Board recommends that you vote",
            },
        ),
    ),
    Passage(
        "no proposal: bylaws annex and say on frequency",
        page(
            *NOTICE,
            "#Proposal 4 – Frequency of Say on Pay",
            "RESOLVED, that shareholders determine the frequency of the vote.",
            "The Board recommends a vote for EVERY YEAR.",
            "#ANNEX A – AMENDED BYLAWS",
            "Section 2. A stockholder who has notified the Corporation that it intends to present a"
            " proposal must appear at the meeting.",
            "RESOLVED, that the amendment is adopted.",
        ),
        (),
    ),
    Passage(
        "no proposal: corporate law text on stockholder proposals in a merger proxy",
        page(
            *NOTICE,
            "#Proposal 1: The Merger Proposal",
            "Parent has informed us that it intends to vote for the merger proposal.",
            "RESOLVED, that the stockholders adopt the merger agreement.",
            "Our board unanimously recommends that you vote FOR the merger proposal.",
            "#Stockholder Proposals",
            "If the merger is completed there will be no further meeting.",
        ),
        (),
    ),
    Passage(
        "dollar footnotes and a table in the statement",
        page(
            *NOTICE,
            "#Proposal No. 4",
            "#Shareholder Proposal Regarding a Tax Report",
            "Quillon Family Trust (the “Proponent”) has advised the Company that it intends to"
            " present the following shareholder proposal.",
            "WHEREAS: Taxes matter.1",
            "BE IT RESOLVED: Shareholders request that the Board issue a tax transparency report to"
            " shareholders, at reasonable expense and excluding confidential information, prepared in"
            " consideration of the indicators of the Standard.2",
            "SUPPORTING STATEMENT:",
            "The report would help.",
            "1 www.example.org/a",
            "2 www.example.org/b",
            "#BOARD OF DIRECTORS’ STATEMENT AGAINST THE SHAREHOLDER PROPOSAL",
            "The Board has reviewed this proposal and, for the reasons below, recommends that"
            " shareholders vote against it.",
            "• Tax is complex.",
        ),
        (
            {
                "item": "4",
                "title": "Shareholder Proposal Regarding a Tax Report",
                "proponents": ("Quillon Family Trust",),
                "starts": "Shareholders request that the Board issue",
                "ends": "indicators of the Standard.2",
                "recommendation": "against",
                "board": "The Board has reviewed this proposal",
            },
        ),
    ),
    Passage(
        "numbers as words in caps, dash forms",
        page(
            *NOTICE,
            "#PROPOSAL TWELVE—SHAREHOLDER PROPOSAL—REPORT ON DEFORESTATION",
            "We have been notified that Greenholm Fund, Inc., as lead proponent, and Saltmarsh Abbey,"
            " as co-proponent, intend to present the following proposal at the meeting.",
            "RESOLVED: Shareholders request a report on deforestation.",
            "#BOARD RESPONSE TO PROPOSAL TWELVE",
            "The Board of Directors unanimously recommends a vote AGAINST Proposal Twelve.",
        ),
        (
            {
                "item": "12",
                "proponents": ("Greenholm Fund, Inc.", "Saltmarsh Abbey"),
                "starts": "Shareholders request a report",
                "ends": "report on deforestation.",
                "recommendation": "against",
                "board": "The Board of Directors unanimously recommends",
            },
        ),
    ),
)
