"""Two last sets of passages, written when the reader knew those before them; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page

SIXTH = (
    Passage(
        "questions and a list within a list",
        page(
            *NOTICE,
            "#ITEM 4 — SHAREHOLDER PROPOSAL",
            "#What am I voting on?",
            "Shareholders will vote on a proposal submitted by Ezra Coldwell, 4 Low Lane, Ely, PA"
            " 15001, beneficial owner of 100 shares.",
            "#Proposal 4 – Transparency in Political Spending",
            "Resolved, Shareholders request that the Company provide a report, updated semiannually,"
            " disclosing the Company’s:",
            "1. Policies for making contributions.",
            "2. Contributions and expenditures, including:",
            "a. The identity of the recipient; and",
            "b. The titles of those responsible.",
            "The report shall be presented to the board of directors and posted on the Company’s website.",
            "#Supporting Statement",
            "Sunlight is good.",
            "#How does the Board recommend that I vote?",
            "The Board recommends that you vote AGAINST this proposal.",
            "We disclose plenty.",
        ),
        (
            {
                "item": "4",
                "title": "Transparency in Political Spending",
                "proponents": ("Ezra Coldwell",),
                "starts": "Shareholders request that the Company provide",
                "ends": "posted on the Company’s website.",
                "recommendation": "against",
                "board": "The Board recommends that you vote",
            },
        ),
    ),
    Passage(
        "RESOLVED on a line of its own, tables around headings",
        "<html><body><p>PROXY STATEMENT for the annual meeting of stockholders to be held on May 21,"
        " 2019</p><table><tr><td><font size=5><b>Item 5</b></font></td></tr><tr><td><font"
        " size=4><b>Stockholder Proposal – Diversity"
        " Report</b></font></td></tr></table><table><tr><td>The Board recommends a vote"
        " <b>AGAINST</b></td></tr></table><p>The Grantham Charitable Remainder Trust, whose address"
        " and number of shares will be supplied upon request, has notified the Company of its"
        " intention to offer the following proposal:</p><blockquote><p>RESOLVED</p><p>Stockholders"
        " request that the company prepare a diversity report, at a reasonable cost, by November"
        " 2019, in its annual filings.</p><p>SUPPORTING STATEMENT</p><p>Numbers"
        " help.</p></blockquote><p><b>Company’s Statement in Opposition to Item 5</b></p><p>We value"
        " diversity. We therefore recommend a vote AGAINST Item 5.</p></body></html>",
        (
            {
                "item": "5",
                "title": "Stockholder Proposal – Diversity Report",
                "proponents": ("The Grantham Charitable Remainder Trust",),
                "starts": "Stockholders request that the company prepare",
                "ends": "in its annual filings.",
                "recommendation": "against",
                "board": "We value diversity.",
            },
        ),
    ),
    Passage(
        "a Roman number in text",
        """
                                 PROPOSAL VI
                    STOCKHOLDER PROPOSAL ON OPTION EXPENSING

    The Bricklayers Fund of Ohio has advised the Company that it intends to
present the following resolution at the Annual Meeting of Stockholders. In
accordance with the rules of the Securities and Exchange Commission, the
text of the resolution and supporting statement are printed verbatim.

    "Resolved, that the stockholders of the Company hereby request that the
Company establish a policy of expensing in its annual income statement the
costs of all future stock options.

    Statement of Support: Current rules give companies a choice. We urge
your support for this reform."

OPPOSING STATEMENT OF THE BOARD OF DIRECTORS

    The Board recommends a vote AGAINST. The Company follows the accounting
rules.

    PROXIES WILL BE VOTED AGAINST UNLESS OTHERWISE MARKED.

                              PROPOSAL VII
                            OTHER BUSINESS
""",
        (
            {
                "item": "6",
                "title": "STOCKHOLDER PROPOSAL ON OPTION EXPENSING",
                "proponents": ("The Bricklayers Fund of Ohio",),
                "starts": "that the stockholders of the Company hereby request",
                "ends": "all future stock options.",
                "recommendation": "against",
                "board": "The Board recommends a vote AGAINST.",
            },
        ),
    ),
    Passage(
        "proponents defined together",
        page(
            *NOTICE,
            "#Proposal 9",
            "#Shareholder Proposal: Nuclear Waste",
            "This proposal has been submitted by Riverkeepers’ Investment Club (together with its"
            " co-filers, the “Proponents”).",
            "The Proponents have requested that we include the following proposal and supporting"
            " statement in this Proxy Statement, and if properly presented, the proposal will be"
            " voted on at the Annual Meeting.",
            "RESOLVED: Shareholders request that the Company study nuclear waste.",
            "#Board’s Recommendation on Proposal 9",
            "#The Board recommends that you vote AGAINST Proposal 9",
            "Waste is safe.",
        ),
        (
            {
                "item": "9",
                "title": "Shareholder Proposal: Nuclear Waste",
                "proponents": ("Riverkeepers’ Investment Club",),
                "starts": "Shareholders request that the Company study",
                "ends": "study nuclear waste.",
                "recommendation": "against",
                "board": "The Board recommends that you vote",
            },
        ),
    ),
    Passage(
        "no proposal: the company's own amendment",
        page(
            *NOTICE,
            "#Proposal 3 – Officer Exculpation",
            "The Board has unanimously approved, and recommends that stockholders approve, an"
            " amendment. Stockholder proposals of this kind are common.",
            "RESOLVED, that Article VI be amended.",
            "Our Board recommends a vote FOR this proposal.",
            "#Stockholder Proposals for 2026",
            "To be considered, stockholder proposals submitted by stockholders must be received by December 5, 2025.",
        ),
        (),
    ),
    Passage(
        "a family trust, why the board is against",
        page(
            *NOTICE,
            "#Proposal No. 10 – Shareholder Proposal on Reproductive Rights (if properly presented)",
            "As You Reap, on behalf of Judith & Tom Farrow Family Trust (S) and other co-filers,"
            " intends to introduce this resolution at the annual meeting.",
            "Whereas: Laws vary.",
            "Resolved: Shareholders ask that the Board issue a report prior to December 31, 2024,"
            " omitting confidential information and at reasonable expense, on risks.",
            "Supporting Statement: Shareholders recommend the report evaluate strategies.",
            "#Why the Board recommends a vote AGAINST this proposal",
            "Health comes first for us.",
        ),
        (
            {
                "item": "10",
                "proponents": ("Judith & Tom Farrow Family Trust",),
                "representative": "As You Reap",
                "starts": "Shareholders ask that the Board issue",
                "ends": "reasonable expense, on risks.",
                "recommendation": "against",
                "board": "Health comes first for us.",
            },
        ),
    ),
    Passage(
        "a heading, then the matter in words",
        page(
            *NOTICE,
            "#Item 6. Shareholder proposal",
            "Vote on a shareholder proposal regarding audits, if properly presented",
            "#Stockholder Proposal",
            "Thaddeus Orne, 14 High St., Ely, PA 15001, owner of at least 50 shares of the Company’s"
            " common stock for at least three years, has informed the Company that he plans to have"
            " introduced the following resolution at the Annual Meeting.",
            "#Proposal 6 – Audits",
            "RESOLVED: Shareholders request that auditors rotate every ten years.",
            "Rotation is healthy.",
            "#Board of Directors’ Response to the Proposal",
            "The Audit Committee selects the auditor each year.",
            "#Accordingly, the Board of Directors unanimously recommends a vote AGAINST this shareholder proposal.",
        ),
        (
            {
                "item": "6",
                "proponents": ("Thaddeus Orne",),
                "starts": "Shareholders request that auditors rotate",
                "ends": "every ten years.",
                "recommendation": "against",
                "board": "The Audit Committee selects the auditor",
            },
        ),
    ),
    Passage(
        "a title in quotation marks",
        page(
            *NOTICE,
            "#Proposal 3",
            "#Shareholder Proposal Entitled “Improve Executive Compensation Program”",
            "The Company has been notified that Mr. Jing-Wei Tan intends to present a proposal at the"
            " Annual Meeting. The Company will furnish the address and share ownership of the"
            " proponent upon request.",
            "The proposal reads:",
            "“Improve Executive Compensation Program",
            "Resolved: shareholders recommend that the Company improve its executive compensation"
            " program to include the pay ratio factor.",
            "Supporting Statement",
            "Pay is high.”",
            "#Board of Directors’ Statement in Opposition",
            "The Board recommends a vote AGAINST. We pay for results.",
        ),
        (
            {
                "item": "3",
                "title": "Shareholder Proposal Entitled “Improve Executive Compensation Program”",
                "proponents": ("Jing-Wei Tan",),
                "starts": "shareholders recommend that the Company improve",
                "ends": "the pay ratio factor.",
                "recommendation": "against",
                "board": "The Board recommends a vote AGAINST.",
            },
        ),
    ),
    Passage(
        "a letter that states an intention",
        "<html><body><p>Proxy statement. Annual meeting of stockholders to be held May 4,"
        " 2023</p><div>STOCKHOLDER PROPOSAL</div><div><b>PROPOSAL 4. REPORT ON"
        " EMISSIONS</b></div><div>On December 1, 2022, we received a letter from the Vine Street"
        " Foundation, 8 Vine Street, Reno, NV 89501, a stockholder, stating its intention to present"
        " the following resolution at the Annual Meeting. The resolution and statement are set forth"
        " in italics.</div><div><i>RESOLVED: Stockholders request that the Company report on its"
        " emissions.</i></div><div><i>Supporting Statement: Emissions matter.</i></div><div><b>THE"
        " BOARD OF DIRECTORS’ RECOMMENDATION</b></div><div><b>The Board of Directors recommends a"
        " vote “AGAINST” Proposal 4.</b></div><div>We report already.</div></body></html>",
        (
            {
                "item": "4",
                "title": "REPORT ON EMISSIONS",
                "proponents": ("Vine Street Foundation",),
                "starts": "Stockholders request that the Company report",
                "ends": "on its emissions.",
                "recommendation": "against",
                "board": "The Board of Directors recommends a vote",
            },
        ),
    ),
    Passage(
        "a bare number in text",
        """
5.  SHAREHOLDER PROPOSAL REGARDING FOREIGN MILITARY SALES

    The Company has been informed that the Brothers of the Common Life, 10 Abbey
Way, Troy, New York 12180, holders of 100 shares, and 11 other shareholders plan
to submit the following proposal at the Annual Meeting:

    WHEREAS the United States exports arms;

    RESOLVED: Shareholders request that, within six months of the annual meeting,
the Board of Directors provide a comprehensive report on foreign sales of
weapons.

    SUPPORTING STATEMENT

    We believe it is reasonable to ask.

    YOUR BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST THIS PROPOSAL.

    The Company complies with all laws.

6.  OTHER MATTERS

    The annual meeting of shareholders is to be held on May 1, 2000.
""",
        (
            {
                "item": "5",
                "title": "SHAREHOLDER PROPOSAL REGARDING FOREIGN MILITARY SALES",
                "proponents": ("Brothers of the Common Life",),
                "starts": "Shareholders request that, within six months",
                "ends": "foreign sales of weapons.",
                "recommendation": "against",
                "board": "YOUR BOARD OF DIRECTORS RECOMMENDS A VOTE",
            },
        ),
    ),
    Passage(
        "we expect that somebody will present",
        page(
            *NOTICE,
            "#PROPOSAL FIVE: STOCKHOLDER PROPOSAL – ELECT EACH DIRECTOR ANNUALLY",
            "We expect that Ezra Coldwell, 4 Low Lane, Ely, PA 15001, who owns 200 shares of our"
            " common stock, will present the following proposal at the Annual Meeting:",
            "#Proposal 5 – Elect Each Director Annually",
            "RESOLVED: stockholders ask that our Company take all the steps necessary to reorganize"
            " the Board of Directors into one class with each director subject to election each year.",
            "Although our management can adopt this in one year, a phase-in is possible.",
            "A former chairman of the regulator said, “Every director should be elected annually.”",
            "#The Company’s Statement",
            "The Board makes no recommendation for or against this proposal, and will consider the vote.",
        ),
        (
            {
                "item": "5",
                "title": "STOCKHOLDER PROPOSAL – ELECT EACH DIRECTOR ANNUALLY",
                "proponents": ("Ezra Coldwell",),
                "starts": "stockholders ask that our Company take",
                "ends": "subject to election each year.",
                "recommendation": "none",
                "board": "The Board makes no recommendation",
            },
        ),
    ),
    Passage(
        "no proposal: an agreement with a holder",
        page(
            *NOTICE,
            "#Item 1 – Election of Directors",
            "Certain shareholders have submitted proposals in the past. Pursuant to an agreement with"
            " Ridgeback Partners LP, which had notified us of its intent to nominate and to present"
            " proposals, we appointed two directors.",
            "The Board recommends a vote FOR each nominee.",
            "#Item 2 – Say on Pay",
            "RESOLVED, that shareholders approve pay.",
            "The Board recommends a vote FOR.",
        ),
        (),
    ),
    Passage(
        "submitted by and co-filed by, without a verb",
        page(
            *NOTICE,
            "#Proposal 8: Shareholder Proposal on Data Centers (Item 8 on the Proxy Card)",
            "Submitted by the Hillcrest Benedictine Monastery and co-filed by the Pembrook Pension Scheme",
            "Whereas: Data centers use power.",
            "Resolved: Shareholders request the Company report on its data centers’ power use.",
            "#Board of Directors’ Recommendation: AGAINST",
            "Our data centers are efficient.",
        ),
        (
            {
                "item": "8",
                "title": "Shareholder Proposal on Data Centers",
                "proponents": ("Hillcrest Benedictine Monastery", "Pembrook Pension Scheme"),
                "starts": "Shareholders request the Company report",
                "ends": "data centers’ power use.",
                "recommendation": "against",
                "board": "Our data centers are efficient.",
            },
        ),
    ),
)
