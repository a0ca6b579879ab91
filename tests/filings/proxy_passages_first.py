"""The first set: passages in the manner of companies that name a proponent above the clause and answer below it."""

from tests.filings.proxy_passage import NOTICE, Passage, page

FIRST = (
    Passage(
        "request below the proponent, board's heading in capitals",
        page(
            *NOTICE,
            "#ITEM 5 – REPORT ON SUPPLIER AUDITS",
            "This proposal was submitted by Thornbury Legacy Fund, 12 Elm Road, Hartwell, CT 06101,"
            " the beneficial owner of 1,200 shares and lead proponent of a filing group.",
            "RESOLVED: Shareholders request that the Company report on supplier audits.",
            "SUPPORTING STATEMENT: Audits are rare.",
            "#THE BOARD RECOMMENDS YOU VOTE AGAINST THIS PROPOSAL FOR THE FOLLOWING REASONS:",
            "The Company audits each supplier every two years.",
            "#ITEM 6 – OTHER BUSINESS",
            "None is known.",
        ),
        (
            {
                "item": "5",
                "title": "REPORT ON SUPPLIER AUDITS",
                "proponents": ("Thornbury Legacy Fund",),
                "starts": "Shareholders request that the Company",
                "ends": "report on supplier audits.",
                "recommendation": "against",
                "board": "THE BOARD RECOMMENDS YOU VOTE AGAINST",
            },
        ),
    ),
    Passage(
        "a lady of the nineties, in text",
        """                                  PROXY STATEMENT

                          2. STOCKHOLDER PROPOSAL

     Mrs. Adelina W. Dorsett, Riverview Office Building, 900 River Avenue,
N.W., Suite 410, Washington, D.C. 20037, who is the owner of 120 shares of
Common Stock, has given notice that she intends to present for action at
the annual meeting the following resolution:

     "RESOLVED:  That the stockholders of Example recommend that the Board
take the necessary steps to rotate the annual meeting site each year.

     REASONS:  Many stockholders never have an opportunity to attend.

     Last year the owners of 4,100,000 shares voted FOR this proposal.

     If you AGREE, please mark your proxy FOR this resolution."

     THE BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST THIS PROPOSAL.

     The Board believes that the site should be chosen each year with regard
to cost.

                           3. OTHER MATTERS

     The annual meeting of stockholders will be held on April 22, 1997.
""",
        (
            {
                "item": "2",
                "proponents": ("Adelina W. Dorsett",),
                "starts": "That the stockholders of Example recommend",
                "ends": "rotate the annual meeting site each year.",
                "recommendation": "against",
                "board": "THE BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST",
            },
        ),
    ),
    Passage(
        "number after the title, named by the secretary's letter",
        page(
            *NOTICE,
            "#Shareholder Proposal Requesting Greater Disclosure of Lobbying (Item 7 on the proxy card)",
            "The Company has been advised by letter that Casimir Brothers Province, 40 Church Street,"
            " Dover, Delaware 19901, together with two co-filers, beneficially owns more than $2,000"
            " of our stock and intends to submit the following proposal for a vote.",
            "WHEREAS, we believe in full disclosure of lobbying;",
            "RESOLVED, the shareholders request the preparation of a report, updated annually, disclosing:",
            "1. Company policy governing lobbying.",
            "2. Payments used for lobbying.",
            "3. Membership in groups that write model laws.",
            "For purposes of this proposal, “lobbying” includes efforts at the local, state and federal levels.",
            "#Supporting Statement",
            "We encourage transparency.",
            "#Board of Directors’ Position",
            "The Board recommends a vote AGAINST this proposal because the Company already reports"
            " what the law asks for.",
        ),
        (
            {
                "item": "7",
                "title": "Shareholder Proposal Requesting Greater Disclosure of Lobbying",
                "proponents": ("Casimir Brothers Province",),
                "starts": "the shareholders request the preparation of a report",
                "ends": "includes efforts at the local, state and federal levels.",
                "recommendation": "against",
                "board": "The Board recommends a vote AGAINST this proposal because",
            },
        ),
    ),
    Passage(
        "names withheld, the clause without a mark",
        page(
            *NOTICE,
            "#Proposal 4: Shareholder Proposal – Special Shareholder Meetings",
            "In accordance with SEC rules, we have set forth below a shareholder proposal, along with"
            " the supporting statement of the shareholder proponent. The name and address of the"
            " proponent and the number of shares held will be provided upon oral or written request."
            " The Company is not responsible for any inaccuracies it may contain.",
            "#Proposal 4 – Special Shareholder Meetings",
            "Shareholders ask our Board to take the steps needed to give holders of 10% of our stock"
            " the power to call a special meeting.",
            "A special meeting allows owners to vote on urgent matters.",
            "Please vote yes: Special Shareholder Meetings – Proposal 4",
            "#Statement of the Board of Directors in opposition",
            "After careful consideration, the Board recommends that shareholders vote AGAINST Proposal 4.",
        ),
        (
            {
                "item": "4",
                "title": "Shareholder Proposal – Special Shareholder Meetings",
                "proponents": None,
                "starts": "Shareholders ask our Board to take",
                "ends": "the power to call a special meeting.",
                "recommendation": "against",
                "board": "After careful consideration, the Board recommends",
            },
        ),
    ),
    Passage(
        "two proposals of one section, proponents named at the end of each",
        page(
            *NOTICE,
            "#Shareholder Proposals",
            "The following shareholder proposals will be voted on only if properly presented.",
            "#Item 4: Data privacy report",
            "#RESOLVED: Stockholders request a report on data privacy.",
            "Supporting Statement: Data is valuable.",
            "Proponent: Ravelin Capital Management (lead filer)",
            "#Board Recommendation: AGAINST",
            "The Board of Directors recommends a vote AGAINST this proposal. We guard data well.",
            "#Item 5: Cumulative voting",
            "Proposal submitted by Horace T. Munby, 7 Fen Lane, Yarrow, Ohio 44101:",
            "RESOLVED: That the stockholders request cumulative voting in the election of directors.",
            "Cumulative voting helps small owners.",
            "#Board Recommendation: AGAINST",
            "The Board believes that each director should represent all stockholders and recommends a"
            " vote against this proposal.",
        ),
        (
            {
                "item": "4",
                "title": "Data privacy report",
                "starts": "Stockholders request a report",
                "ends": "report on data privacy.",
                "recommendation": "against",
                "board": "The Board of Directors recommends a vote AGAINST",
            },
            {
                "item": "5",
                "title": "Cumulative voting",
                "proponents": ("Horace T. Munby",),
                "starts": "That the stockholders request cumulative voting",
                "ends": "in the election of directors.",
                "recommendation": "against",
                "board": "The Board believes that each director",
            },
        ),
    ),
    Passage(
        "a fund of a city, its comptroller acting, title in a table beside the number",
        "<html><body><p>Proxy statement. The annual meeting of shareholders will be held on June 3,"
        " 2021.</p><table><tr><td><b>PROPOSAL</b></td><td><b>SHAREHOLDER PROPOSAL ON WORKER"
        " PAY</b></td></tr>"
        "<tr><td><b>6</b></td><td></td></tr></table><p><b>Proposal 6</b></p><p>Shareholder Proposal on Worker Pay</p>"
        "<p>The Comptroller of the City of Larchfield, One Centre Plaza, Larchfield, LA 70001, as"
        " custodian and trustee of the Larchfield Teachers’ Retirement System and the Larchfield"
        " Police Pension Fund, has informed us that it intends to present the following proposal.</p>"
        "<p>RESOLVED: Shareholders request that the Board adopt a policy on worker"
        " pay.</p><p>Supporting statement: Pay is low.</p>"
        "<p><b>What is the Company’s position regarding the Shareholder Proposal?</b></p><p>The Board"
        " recommends a vote against this proposal. Pay is fair.</p></body></html>",
        (
            {
                "item": "6",
                "title": "Shareholder Proposal on Worker Pay",
                "proponents": ("Larchfield Teachers’ Retirement System", "Larchfield Police Pension Fund"),
                "starts": "Shareholders request that the Board adopt",
                "ends": "a policy on worker pay.",
                "recommendation": "against",
                "board": "The Board recommends a vote against",
            },
        ),
    ),
    Passage(
        "board in favour",
        page(
            *NOTICE,
            "#Proposal Six",
            "#Stockholder Proposal Regarding Declassification of the Board",
            "Mr. Gideon Strand, 5 Pond Court, Bexley, New Jersey 08540, who owns at least 500 shares,"
            " has notified us that he or his designee will propose the following resolution at the"
            " annual meeting.",
            "RESOLVED, shareholders ask that our Company take the steps necessary to reorganize the"
            " Board into one class.",
            "Annual election is a best practice.",
            "#Our Board’s Response",
            "The Board has considered this proposal and agrees with it. Accordingly, the Board"
            " recommends that you vote “FOR” this proposal.",
        ),
        (
            {
                "item": "6",
                "title": "Stockholder Proposal Regarding Declassification of the Board",
                "proponents": ("Gideon Strand",),
                "starts": "shareholders ask that our Company take",
                "ends": "reorganize the Board into one class.",
                "recommendation": "for",
                "board": "The Board has considered this proposal and agrees",
            },
        ),
    ),
)
