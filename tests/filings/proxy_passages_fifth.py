"""A fifth set of passages, written when the reader knew those before it; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page

FIFTH = (
    Passage(
        "the number on a line below the title",
        """
SHAREOWNER PROPOSAL CONCERNING VOTING

        Item No. 4 on Proxy Card

        Horatio Penn, 22 Hill St., Gary, IN 46401, the record owner of 400 shares of
common stock, has submitted the following resolution and supporting statement.

        "Directors shall be elected by the affirmative vote of a majority of votes
cast, and the board of directors is requested to amend the bylaws accordingly.

Supporting Statement:

        A plurality is not enough."

POSITION OF YOUR COMPANY'S BOARD OF DIRECTORS

        Your board recommends a vote AGAINST the proposal. A plurality has served us.

        The annual meeting of shareowners will be held on May 10, 2005.
""",
        (
            {
                "item": "4",
                "proponents": ("Horatio Penn",),
                "recommendation": "against",
                "starts": "Directors shall be elected by the affirmative",
                "ends": "amend the bylaws accordingly.",
                "board": "Your board recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "a heading in two spans, a stockholder named after the word",
        "<html><body><div>Notice of annual meeting of stockholders to be held on June 12, 2025."
        " Proxy.</div><div><span style='font-weight:700'>PROPOSAL NO. 5</span></div><div><span"
        " style='font-weight:700'>STOCKHOLDER PROPOSAL REGARDING </span><span"
        " style='font-weight:700'>RIGHT TO CALL SPECIAL MEETINGS</span></div><div>We received notice"
        " from a stockholder, Ezra Coldwell, 4 Low Lane, Ely, Pennsylvania 15001, the beneficial"
        " owner of at least $25,000 in market value of our common stock, of his intention to present"
        " the following proposal for action at the Annual Meeting. We do not take responsibility for"
        " it.</div><div><span style='font-weight:700'>Proposal 5 — Support Special Shareholder"
        " Meeting Improvement</span></div><div>Shareholders ask our Board to take the steps necessary"
        " to amend the documents so that holders of 15% may call a meeting.</div><div>To guard"
        " against the Board becoming complacent shareholders need this.</div><div><span"
        " style='font-weight:700'>Board of Directors Statement in Opposition to Stockholder Proposal"
        " No. 5</span></div><div>Our board has considered the proposal. It recommends a vote"
        " AGAINST.</div><div><span style='font-weight:700'>THE BOARD OF DIRECTORS RECOMMENDS A VOTE"
        " “AGAINST” PROPOSAL NO. 5</span></div></body></html>",
        (
            {
                "item": "5",
                "title": "STOCKHOLDER PROPOSAL REGARDING RIGHT TO CALL SPECIAL MEETINGS",
                "proponents": ("Ezra Coldwell",),
                "starts": "Shareholders ask our Board to take",
                "ends": "may call a meeting.",
                "recommendation": "against",
                "board": "Our board has considered the proposal.",
            },
        ),
    ),
    Passage(
        "list of all in a table with recommendations then bodies",
        "<html><body><p>Proxy statement for the annual meeting of shareholders on May 2,"
        " 2022.</p><table><tr><th>Item</th><th>Board</th><th>Page</th></tr><tr><td>Proposal 4"
        " Shareholder proposal on water</td><td>AGAINST</td><td>80</td></tr><tr><td>Proposal 5"
        " Shareholder proposal on labor</td><td>AGAINST</td><td>84</td></tr></table><h2>PROPOSAL"
        " 4</h2><h3>Shareholder proposal on water</h3><p><b>Proponent</b></p><p>The Ursuline Ladies"
        " of Tarn, 1 Convent Hill, Tarn, OH 44001, have notified the Company that they intend to"
        " present this proposal.</p><p><b>Shareholder Proposal</b></p><p>Whereas: Water is"
        " life.</p><p>Resolved: That shareholders request a water report.</p><p><b>Company"
        " Statement</b></p><p>The Board recommends voting AGAINST. Water is reported.</p><h2>PROPOSAL"
        " 5</h2><h3>Shareholder proposal on labor</h3><p><b>Proponent</b></p><p>Fund of the United"
        " Coopers, 9 Barrel Row, Tarn, OH 44001, has notified the Company that it intends to present"
        " this proposal.</p><p><b>Shareholder Proposal</b></p><p>Resolved: That shareholders request"
        " a labor report.</p><p><b>Company Statement</b></p><p>The Board recommends voting"
        " AGAINST.</p></body></html>",
        (
            {
                "item": "4",
                "title": "Shareholder proposal on water",
                "proponents": ("The Ursuline Ladies of Tarn",),
                "starts": "That shareholders request a water",
                "ends": "a water report.",
                "recommendation": "against",
                "board": "The Board recommends voting AGAINST.",
            },
            {
                "item": "5",
                "title": "Shareholder proposal on labor",
                "proponents": ("Fund of the United Coopers",),
                "starts": "That shareholders request a labor",
                "ends": "a labor report.",
                "recommendation": "against",
                "board": "The Board recommends voting AGAINST.",
            },
        ),
    ),
    Passage(
        "board statement first words plain",
        page(
            *NOTICE,
            "#Proposal 7. Shareholder Proposal: Animal Testing",
            "Compassion Fund for Beasts, Inc. (“CFB”), 5 Front St., Norfolk, VA 23510, owner of 61"
            " shares, submitted this proposal.",
            "RESOLVED, that in order to advance our Company’s reputation, shareholders request that"
            " the Board strengthen its policy on animal testing.",
            "Supporting Statement: Beasts suffer.",
            "#The Company’s Statement in Opposition",
            "Animals matter to us. We test only what the law demands.",
            "For these reasons the Board of Directors recommends a vote AGAINST Proposal 7.",
            "#Proposal 8. Approval of Adjournment",
            "The Board recommends a vote FOR Proposal 8.",
        ),
        (
            {
                "item": "7",
                "title": "Shareholder Proposal: Animal Testing",
                "proponents": ("Compassion Fund for Beasts, Inc.",),
                "starts": "that in order to advance our Company’s reputation",
                "ends": "policy on animal testing.",
                "recommendation": "against",
                "board": "Animals matter to us.",
            },
        ),
    ),
    Passage(
        "shareholder proposals as letters in one item",
        page(
            *NOTICE,
            "#ITEM 4: SHAREHOLDER PROPOSALS",
            "#Item 4(a): Report on pay",
            "Gilda Frome has advised us that she intends to present the following proposal.",
            "RESOLVED: Shareholders request a pay report.",
            "#Our Board’s Response",
            "The Board recommends a vote AGAINST Item 4(a).",
            "#Item 4(b): Report on taxes",
            "Orin Vance has advised us that he intends to present the following proposal.",
            "RESOLVED: Shareholders request a tax report.",
            "#Our Board’s Response",
            "The Board recommends a vote AGAINST Item 4(b).",
        ),
        (
            {
                "item": "4a",
                "title": "Report on pay",
                "proponents": ("Gilda Frome",),
                "starts": "Shareholders request a pay",
                "ends": "a pay report.",
                "recommendation": "against",
                "board": "The Board recommends a vote",
            },
            {
                "item": "4b",
                "title": "Report on taxes",
                "proponents": ("Orin Vance",),
                "starts": "Shareholders request a tax",
                "ends": "a tax report.",
                "recommendation": "against",
                "board": "The Board recommends a vote",
            },
        ),
    ),
    Passage(
        "proponent not identified, we are told",
        page(
            *NOTICE,
            "#Proposal Three—Shareholder Proposal Regarding Simple Majority Vote",
            "We have been notified that a shareholder intends to present a proposal for consideration"
            " at the Annual Meeting. The shareholder’s name and address and the number of shares held"
            " will be furnished promptly upon request.",
            "#Proposal Three - Simple Majority Vote",
            "RESOLVED, Shareholders request that our board take each step necessary so that each"
            " voting requirement that calls for a greater than simple majority vote be eliminated.",
            "Shareowners are willing to pay a premium for such shares.",
            "#Board of Directors’ Statement Regarding the Shareholder Proposal",
            "The Board of Directors makes no recommendation regarding how to vote on this proposal.",
        ),
        (
            {
                "item": "3",
                "title": "Shareholder Proposal Regarding Simple Majority Vote",
                "proponents": None,
                "starts": "Shareholders request that our board take",
                "ends": "majority vote be eliminated.",
                "recommendation": "none",
                "board": "The Board of Directors makes no recommendation",
            },
        ),
    ),
    Passage(
        "text with page foot in the middle of the clause",
        """
                          PROPOSAL 3 - STOCKHOLDER PROPOSAL

         Lionel Abbott, 12 Vine Street, Reno, Nevada 89501, has notified the
Corporation that he intends to present the following proposal at the annual
meeting of stockholders to be held on June 2, 1998:

         RESOLVED: That the stockholders of the Corporation request the Board of
Directors to take the steps necessary to

                                       21
<PAGE>

declassify the Board so that all directors are elected annually, such
declassification to be carried out in a manner that does not affect the
unexpired terms of directors.

         The great majority of companies elect directors each year. I urge your
support.

         THE BOARD OF DIRECTORS' STATEMENT IN OPPOSITION TO PROPOSAL 3

         The Board believes that a classified board gives continuity.

         ACCORDINGLY, THE BOARD RECOMMENDS A VOTE AGAINST PROPOSAL 3.
""",
        (
            {
                "item": "3",
                "proponents": ("Lionel Abbott",),
                "starts": "That the stockholders of the Corporation request",
                "ends": "unexpired terms of directors.",
                "recommendation": "against",
                "board": "The Board believes that a classified board",
            },
        ),
    ),
    Passage(
        "no proposal: annual meeting without proposals but with a policy on them",
        page(
            *NOTICE,
            "#Stockholder Engagement",
            "We spoke with the proponent of a stockholder proposal, John Mill, who intends to submit"
            " the proposal again next year.",
            "#Proposal 2: Say on Pay",
            "RESOLVED, that the stockholders approve the compensation.",
            "Our board recommends a vote FOR.",
            "#Requirements for Stockholder Proposals",
            "Stockholders who have notified us may present proposals.",
        ),
        (),
    ),
    Passage(
        "resolved at the end, lists in the argument",
        page(
            *NOTICE,
            "#Item 9: Stockholder proposal to publish a report on wages",
            "Weavers Endowment (lead filer) and Tannery Benefit Fund (co-filer) have advised that"
            " they intend to present this proposal.",
            "Whereas:",
            "• Wages are low.",
            "• Prices are high;",
            "Therefore be it resolved that stockholders request that the Board publish a report on wages that:",
            "1. sets out wages by region; and",
            "2. explains gaps.",
            "#Opposition of the Board",
            "The board recommends that you vote AGAINST this stockholder proposal.",
        ),
        (
            {
                "item": "9",
                "title": "Stockholder proposal to publish a report on wages",
                "proponents": ("Weavers Endowment", "Tannery Benefit Fund"),
                "starts": "that stockholders request that the Board",
                "ends": "explains gaps.",
                "recommendation": "against",
                "board": "The board recommends that you vote",
            },
        ),
    ),
    Passage(
        "supporting statement of the company for a proposal it likes",
        page(
            *NOTICE,
            "#PROPOSAL 4—STOCKHOLDER PROPOSAL ON ANNUAL ELECTIONS",
            "Alban Foundation notified us of its intent to present the following proposal.",
            "RESOLVED: Stockholders ask that all directors stand for election each year.",
            "#Board Recommendation",
            "The Board of Directors supports this proposal and recommends that you vote FOR it.",
        ),
        (
            {
                "item": "4",
                "title": "STOCKHOLDER PROPOSAL ON ANNUAL ELECTIONS",
                "proponents": ("Alban Foundation",),
                "starts": "Stockholders ask that all directors",
                "ends": "election each year.",
                "recommendation": "for",
                "board": "The Board of Directors supports this proposal",
            },
        ),
    ),
)
