"""A thirteenth set; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

THIRTEENTH = (
    Passage(
        "the recommendation in a sidebar and the name in a sentence of thanks",
        page(
            *NOTICE,
            *DIRECTORS,
            "#04",
            "#Shareholder Proposal Regarding a Report on Packaging",
            "#Board recommends: AGAINST",
            "Rowan Thistlewood (on behalf of the Evergreen Legacy Fund) has informed the Company that"
            " it will present the proposal that follows.",
            "WHEREAS: Packaging ends in rivers.",
            "BE IT RESOLVED: Shareholders request that the Board issue a report on packaging.",
            "#Supporting Statement:",
            "We value the talks with the Company.",
            "#Our Response",
            "We cut our packaging by a tenth.",
            "#Vote required for approval",
            "A majority.",
        ),
        (
            wanted(
                "4",
                "Shareholder Proposal Regarding a Report on Packaging",
                ("Evergreen Legacy Fund",),
                ("Shareholders request that the Board issue", "report on packaging."),
                "We cut our packaging by a tenth.",
                representative="Rowan Thistlewood",
            ),
        ),
    ),
    Passage(
        "a railway in 1998: no heading of the reply, holders of many kinds",
        """
PROXY STATEMENT

            4. PROPOSAL BY SHAREHOLDER RELATING TO ANNUAL MEETING SITE

     Mr. Ferdinand P. Lockwood, P.O. Box 1180, Salem, Oregon 97308, owner of
record of 120 shares, has given notice of his intention to offer the following
resolution at the Annual Meeting to be held on Thursday, May 14, 1998, and has
furnished the following statement in support of it:

     "RESOLVED, that the stockholders hereby ask that the Annual Meeting be
held in the city in which the Company was founded."

     "Stockholders come from the region. A meeting far off is a hardship."

     YOUR DIRECTORS RECOMMEND A VOTE AGAINST THIS PROPOSAL.

     The Board needs to be free to choose.

            5. OTHER MATTERS TO COME BEFORE THE MEETING

     None is known.
""",
        (
            wanted(
                "4",
                "PROPOSAL BY SHAREHOLDER RELATING TO ANNUAL MEETING SITE",
                ("Ferdinand P. Lockwood",),
                ("that the stockholders hereby ask", "the Company was founded."),
                "YOUR DIRECTORS RECOMMEND",
            ),
        ),
    ),
    Passage(
        "an ask with a preamble in one paragraph, a statement that cites the board",
        page(
            *NOTICE,
            *AUDITOR,
            "#Agenda Item 5. Stockholder proposal for a living wage",
            "The stockholder proposal below comes from Unity Labor Fund, which has told us that it has"
            " owned $25,000 of our stock for a year. Unity Labor Fund’s address is available on request.",
            "#Stockholder’s proposal and statement",
            "WHEREAS, our Company’s board has said that wages are fair; RESOLVED: Stockholders ask the"
            " board and management to exercise their discretion to establish wages that meet the cost"
            " of living.",
            "Supporting statement – Wages have lagged. The Board of Directors recommends nothing to help.",
            "#Board of Directors’ statement opposing the proposal",
            "Our wages have risen each year.",
            "#The Board of Directors recommends a vote AGAINST Agenda Item 5.",
            "#Procedural matters",
        ),
        (
            wanted(
                "5",
                "Stockholder proposal for a living wage",
                ("Unity Labor Fund",),
                ("Stockholders ask the board and management", "cost of living."),
                "Our wages have risen each year.",
            ),
        ),
    ),
    Passage(
        "resolved that the bylaws are amended, with the text of the bylaw",
        page(
            *NOTICE,
            *DIRECTORS,
            "#PROPOSAL 3: STOCKHOLDER PROPOSAL TO AMEND THE BYLAWS",
            "Beaumont Capital Partners, L.P., the record holder of 1,000 shares, gave notice under our"
            " bylaws that it will present the following binding proposal at the meeting:",
            "“RESOLVED, that Section 2.3 of the Bylaws be amended to read in its entirety as follows:",
            "‘Section 2.3 Special Meetings. The Secretary shall call a special meeting on the request of"
            " holders of 10% of the stock.’”",
            "#Stockholder’s Statement in Support",
            "A bylaw binds.",
            "#The Company’s Statement in Opposition to Proposal 3",
            "The bylaw is ill drawn. The Board unanimously recommends a vote AGAINST Proposal 3.",
            "#Proposal 4: Approval of the Employee Stock Purchase Plan",
            "The Board recommends a vote FOR Proposal 4.",
        ),
        (
            wanted(
                "3",
                "STOCKHOLDER PROPOSAL TO AMEND THE BYLAWS",
                ("Beaumont Capital Partners, L.P.",),
                ("that Section 2.3 of the Bylaws be amended", "holders of 10% of the stock."),
                "The bylaw is ill drawn.",
            ),
        ),
    ),
    Passage(
        "a drug maker: definitions of the parts, a proponent by a letter",
        page(
            *NOTICE,
            *AUDITOR,
            "#ITEM 8: SHAREHOLDER PROPOSAL TO REPORT ON PATENTS",
            "Saint Brigid’s Health System and five other filers have informed us of their plan to"
            " introduce the resolution below. We give it as it was sent.",
            "#The shareholder’s resolution is as follows:",
            "RESOLVED, that shareholders ask the Board to establish and report on a process by which"
            " the impact of extended patent exclusivities on access would be considered in deciding"
            " whether to apply for secondary patents. Secondary patents are patents applied for after"
            " the main one.",
            "The report on the process should be prepared at reasonable cost, omitting confidential"
            " information, and published on our website.",
            "#The shareholder’s supporting statement is as follows:",
            "Access depends on price.",
            "#Your company’s response",
            "Patents fund research.",
            "For these reasons, your Board of Directors recommends a vote AGAINST this proposal.",
            "#ANNEX I",
            "Tables.",
        ),
        (
            wanted(
                "8",
                "SHAREHOLDER PROPOSAL TO REPORT ON PATENTS",
                ("Saint Brigid’s Health System",),
                ("that shareholders ask the Board to establish", "published on our website."),
                "Patents fund research.",
            ),
        ),
    ),
    Passage(
        "two proposals whose names stand in one sentence of the section",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Stockholder Proposals",
            "Proposal 5 was submitted by Winifred Stark, and Proposal 6 was submitted by the Plumbers of"
            " Lakeland Pension Fund. Their addresses will be provided upon request.",
            "#PROPOSAL 5 — STOCKHOLDER PROPOSAL: PROXY ACCESS",
            "RESOLVED: Stockholders ask the Board to adopt proxy access.",
            "#Supporting Statement",
            "Access is common.",
            "#Board Statement in Opposition",
            "Our process is open. The Board recommends a vote AGAINST.",
            "#PROPOSAL 6 — STOCKHOLDER PROPOSAL: BUYBACKS",
            "RESOLVED: Stockholders ask the Board to exclude the effect of buybacks from pay.",
            "#Supporting Statement",
            "Buybacks lift earnings per share.",
            "#Board Statement in Opposition",
            "The Committee knows that. The Board recommends a vote AGAINST.",
        ),
        (
            wanted(
                "5",
                "STOCKHOLDER PROPOSAL: PROXY ACCESS",
                ("Winifred Stark",),
                ("Stockholders ask the Board to adopt", "adopt proxy access."),
                "Our process is open.",
            ),
            wanted(
                "6",
                "STOCKHOLDER PROPOSAL: BUYBACKS",
                ("Plumbers of Lakeland Pension Fund",),
                ("Stockholders ask the Board to exclude", "buybacks from pay."),
                "The Committee knows that.",
            ),
        ),
    ),
)
