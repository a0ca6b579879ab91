"""A third set of passages, written when the reader knew those before it; see docs/accuracy.md."""

from tests.filings.proxy_passage import NOTICE, Passage, page

THIRD = (
    Passage(
        "a request with a list, in another section",
        page(
            *NOTICE,
            "#OTHER MATTERS TO BE VOTED ON",
            "#Stockholder Proposals",
            "#Proposal No. 6: Succession Planning",
            "Amalgamated Carters Union Reserve Fund, 275 Eighth Avenue, Hartwell, NY 10001, the"
            " beneficial owner of 20,000 shares of our common stock, has submitted the following"
            " resolution for inclusion in this proxy statement:",
            "Resolved: That the shareholders of Example Corp. (“Company”) hereby request that the"
            " Board of Directors initiate the appropriate process to adopt a written succession"
            " planning policy, including that:",
            "• The Board will review the plan annually;",
            "• The Board will develop criteria for the chief executive;",
            "#Supporting Statement:",
            "Succession matters.",
            "#Our Board’s statement in opposition to Proposal 6",
            "We already plan for succession.",
            " The Board of Directors recommends a vote “AGAINST” Proposal 6.",
            "#Certain Relationships",
            "We have none.",
        ),
        (
            {
                "item": "6",
                "title": "Succession Planning",
                "proponents": ("Amalgamated Carters Union Reserve Fund",),
                "starts": "That the shareholders of Example Corp.",
                "ends": "criteria for the chief executive;",
                "recommendation": "against",
                "board": "We already plan for succession.",
            },
        ),
    ),
    Passage(
        "two proposals in text, one of them without a mark",
        """
ITEM 4--SHAREHOLDER PROPOSAL: CLIMATE

This proposal was submitted by the Capuchin Friars of the Lake, 1015 North Ninth
Street, Milwaukee, WI 53233.

"WHEREAS, carbon pollution grows;

RESOLVED, shareholders request the board to report on climate.

SUPPORTING STATEMENT

In our opinion the company should lead. If you agree, vote yes."

THE BOARD RECOMMENDS YOU VOTE AGAINST THIS PROPOSAL FOR THE FOLLOWING REASONS:

The company's position is well known.


ITEM 5--SHAREHOLDER PROPOSAL: EXECUTIVE PAY

This proposal was submitted by Mr. Josiah Penhale, P.O. Box 12, Houston, TX 77001.

"That the shareholders recommend that pay be frozen in times of layoffs.

It is only fair."

THE BOARD RECOMMENDS YOU VOTE AGAINST THIS PROPOSAL FOR THE FOLLOWING REASONS:

Pay should follow results.

                             PROXY STATEMENT   19
""",
        (
            {
                "item": "4",
                "title": "SHAREHOLDER PROPOSAL: CLIMATE",
                "proponents": ("Capuchin Friars of the Lake",),
                "starts": "shareholders request the board to report",
                "ends": "report on climate.",
                "recommendation": "against",
                "board": "THE BOARD RECOMMENDS YOU VOTE AGAINST",
            },
            {
                "item": "5",
                "title": "SHAREHOLDER PROPOSAL: EXECUTIVE PAY",
                "proponents": ("Josiah Penhale",),
                "starts": "That the shareholders recommend that pay",
                "ends": "in times of layoffs.",
                "recommendation": "against",
                "board": "THE BOARD RECOMMENDS YOU VOTE AGAINST",
            },
        ),
    ),
    Passage(
        "received from a plan",
        page(
            *NOTICE,
            "#PROPOSAL FOUR",
            "#STOCKHOLDER PROPOSAL",
            "#Stockholder Proposal to Adopt Majority Voting",
            "We have received a stockholder proposal from the Tollgate Laborers’ Pension Plan (the"
            " “Proponent”). The Proponent’s address and stock ownership will be furnished upon"
            " request. The proposal is set forth below.",
            "“Resolved: That the stockholders of Example Inc. request that the Board adopt majority"
            " voting in director elections.",
            "Supporting Statement: Plurality voting is outdated.”",
            "#Recommendation",
            "Our board recommends a vote AGAINST this proposal. The current standard works.",
            "#TRANSACTION OF OTHER BUSINESS",
            "None.",
        ),
        (
            {
                "item": "4",
                "title": "Stockholder Proposal to Adopt Majority Voting",
                "proponents": ("Tollgate Laborers’ Pension Plan",),
                "starts": "That the stockholders of Example Inc. request",
                "ends": "majority voting in director elections.",
                "recommendation": "against",
                "board": "Our board recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "received from, as a label",
        "<html><body><p>Proxy Statement. 2024 annual meeting of shareholders to be held on June 5,"
        " 2024</p><h2>Proposal 4</h2><h3>Report on Racial Equity</h3><p><i>Received from: Beacon"
        " Point Foundation, c/o Marlowe Stewardship, 1 Quay, Boston, MA</i></p><p><i>In accordance"
        " with SEC rules, the shareholder proposal is printed as received.</i></p><h4>Shareholder"
        " proposal</h4><p>Resolved, shareholders urge the board to oversee an audit.</p><p>Whereas,"
        " gaps persist.</p><h4>Our response</h4><p>The Board recommends that shareholders vote"
        " AGAINST this proposal. Audits exist.</p><h2>Proposal 5</h2><h3>Wage"
        " Report</h3><p><i>Received from: Unity Weavers Local 9 Fund</i></p><h4>Shareholder"
        " proposal</h4><p>Resolved, shareholders ask for a wage report.</p><h4>Our"
        " response</h4><p>The Board recommends that shareholders vote AGAINST this"
        " proposal.</p></body></html>",
        (
            {
                "item": "4",
                "title": "Report on Racial Equity",
                "proponents": ("Beacon Point Foundation",),
                "starts": "shareholders urge the board to oversee",
                "ends": "oversee an audit.",
                "recommendation": "against",
                "board": "The Board recommends that shareholders",
            },
            {
                "item": "5",
                "title": "Wage Report",
                "proponents": ("Unity Weavers Local 9 Fund",),
                "starts": "shareholders ask for a wage",
                "ends": "a wage report.",
                "recommendation": "against",
                "board": "The Board recommends that shareholders",
            },
        ),
    ),
    Passage(
        "no recommendation",
        page(
            *NOTICE,
            "#PROPOSAL 5: STOCKHOLDER PROPOSAL REGARDING PROXY ACCESS",
            "Norbert Quill, who has continuously owned not less than 100 shares for more than one"
            " year, has notified us of his intention to offer the following proposal for"
            " consideration of stockholders at the Annual Meeting.",
            "RESOLVED: Stockholders ask our board to adopt proxy access.",
            "Proxy access would make directors accountable.",
            "#Board Response to Stockholder Proposal",
            "The Board is not making a recommendation on this proposal. It wishes to hear stockholders.",
            "#Vote Required",
            "A majority of votes cast.",
        ),
        (
            {
                "item": "5",
                "title": "STOCKHOLDER PROPOSAL REGARDING PROXY ACCESS",
                "proponents": ("Norbert Quill",),
                "starts": "Stockholders ask our board to adopt",
                "ends": "to adopt proxy access.",
                "recommendation": "none",
                "board": "The Board is not making a recommendation",
            },
        ),
    ),
    Passage(
        "a contest over directors",
        page(
            *NOTICE,
            "#PROPOSAL 1: ELECTION OF DIRECTORS",
            "Blackmoor Capital LP has notified the Company that it intends to nominate three"
            " directors at the annual meeting.",
            "The Board recommends a vote FOR its nominees.",
            "#Stockholder Proposals and Nominations",
            "Stockholders who wish to submit a proposal for the 2025 meeting must do so by December 1, 2024.",
            "#PROPOSAL 2: RATIFICATION OF AUDITOR",
            "RESOLVED, that the stockholders ratify the auditor.",
            "The Board recommends a vote FOR.",
        ),
        (),
    ),
    Passage(
        "last year's proposals",
        page(
            *NOTICE,
            "#Response to 2023 Shareholder Proposals",
            "Last year two shareholder proposals received majority support. The proposal of Orchard"
            " Hill Trust asked for a report, which we published.",
            "#Proposal 3 – Advisory Vote on Pay",
            "RESOLVED, that shareholders approve the pay of our officers.",
            "The Board recommends a vote FOR this proposal.",
        ),
        (),
    ),
    Passage(
        "a request that goes on after its paragraph",
        page(
            *NOTICE,
            "#Item 5 - Shareholder Proposal on Drug Pricing",
            "The Sisters of the Woods, USA, and other co-filers (names and addresses available on"
            " request) have notified the company that they intend to introduce the proposal below:",
            "WHEREAS: Prices rose.",
            "RESOLVED: Shareholders request that the Compensation Committee report annually on"
            " whether pricing risk is integrated into pay. The report need not include data that is"
            " confidential.",
            "SUPPORTING STATEMENT: We want to know.",
            "#THE BOARD’S STATEMENT IN OPPOSITION",
            "#Your Company’s Board of Directors unanimously recommends a vote AGAINST this proposal.",
            "Our pay plan is balanced.",
            "#Item 6 - Shareholder Proposal on Independent Board Chair",
            "Cedric Noakes, 9 Holm Rd, Ely, PA 15001, owner of 100 shares, has notified the Company"
            " he intends to introduce the proposal below:",
            "Resolved: Shareholders request our Board to adopt a policy that the Chair be independent.",
            "If the Board determines that a Chair is no longer independent, the Board shall select a"
            " new Chair. This policy is not intended to violate any contract.",
            "Studies favor it.",
            "#THE BOARD’S STATEMENT IN OPPOSITION",
            "#Your Company’s Board of Directors unanimously recommends a vote AGAINST this proposal.",
            "Flexibility is best.",
        ),
        (
            {
                "item": "5",
                "title": "Shareholder Proposal on Drug Pricing",
                "proponents": ("The Sisters of the Woods, USA",),
                "starts": "Shareholders request that the Compensation",
                "ends": "data that is confidential.",
                "recommendation": "against",
                "board": "Your Company’s Board of Directors unanimously",
            },
            {
                "item": "6",
                "title": "Shareholder Proposal on Independent Board Chair",
                "proponents": ("Cedric Noakes",),
                "starts": "Shareholders request our Board to adopt",
                "ends": "intended to violate any contract.",
                "recommendation": "against",
                "board": "Your Company’s Board of Directors unanimously",
            },
        ),
    ),
    Passage(
        "a schedule",
        page(
            *NOTICE,
            "#SCHEDULE A",
            "#SHAREHOLDER PROPOSALS",
            "#Proposal No. 1 – Disclosure of languages",
            "The Mouvement of Small Investors (MSI), 82 Sherbrooke Street, Montréal, Québec H2X 1X3,"
            " submitted the following proposal:",
            "It is proposed that the languages mastered by directors be disclosed.",
            "Arguments: In recent years, language has been a concern.",
            "#THE BOARD RECOMMENDS VOTING AGAINST THE PROPOSAL.",
            "Languages are disclosed.",
        ),
        (
            {
                "item": "1",
                "title": "Disclosure of languages",
                "proponents": ("The Mouvement of Small Investors",),
                "starts": "It is proposed that the languages",
                "ends": "directors be disclosed.",
                "recommendation": "against",
                "board": "THE BOARD RECOMMENDS VOTING AGAINST",
            },
        ),
    ),
    Passage(
        "a statement against",
        page(
            *NOTICE,
            "#PROPOSAL 7 — SHAREHOLDER PROPOSAL REQUESTING A REPORT ON ARTIFICIAL INTELLIGENCE",
            "Union Benefit Trust, 815 Black Lane Road, N.W., Washington, D.C. 20006, represents that"
            " it has owned the requisite shares and has given notice of its intention to present the"
            " following proposal. The Company is not responsible for it.",
            "RESOLVED: Shareholders request that the Company prepare a transparency report on artificial intelligence.",
            "The transparency report shall be made publicly available and be prepared at a reasonable cost.",
            "#SUPPORTING STATEMENT",
            "AI raises issues.",
            "#STATEMENT AGAINST SHAREHOLDER PROPOSAL",
            "The Board recommends a vote AGAINST the proposal.",
            "#VOTE REQUIRED",
            "A majority.",
        ),
        (
            {
                "item": "7",
                "title": "SHAREHOLDER PROPOSAL REQUESTING A REPORT ON ARTIFICIAL INTELLIGENCE",
                "proponents": ("Union Benefit Trust",),
                "starts": "Shareholders request that the Company prepare",
                "ends": "at a reasonable cost.",
                "recommendation": "against",
                "board": "The Board recommends a vote AGAINST",
            },
        ),
    ),
)
