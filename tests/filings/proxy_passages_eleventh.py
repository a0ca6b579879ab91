"""An eleventh set: years and agents that differ; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

ELEVENTH = (
    Passage(
        "cards that mix the item, its page and the recommendation",
        "<html><body><div>2025 Proxy Statement</div><div>Annual meeting of shareowners to be held May 7, 2025</div>"
        "<table><tr><td>1</td><td>Election of directors</td><td>FOR</td><td>p. 8</td></tr>"
        "<tr><td>4</td><td>Shareowner proposal: independent chair</td><td>AGAINST</td><td>p. 70</td></tr></table>"
        "<div><b>Management Proposal No. 1 — Election of Directors</b></div>"
        "<div>Your Board recommends a vote FOR each nominee.</div>"
        "<div><b>Shareowner Proposal No. 4 — Independent Chair</b></div>"
        "<div><b>Vote recommendation: Your Board recommends a vote AGAINST this proposal.</b></div>"
        "<div>The following proposal was submitted by Lysander Crewe. His address and holdings are"
        " available on request.</div>"
        "<div><i>Proposal 4 — Independent Chair</i></div>"
        "<div><i>Shareowners request that the Board adopt a lasting policy, and amend the documents as"
        " needed, that two people hold the offices of chair and chief executive.</i></div>"
        "<div><i>Whenever possible, the chair shall be independent.</i></div>"
        "<div><i>It is good practice to part the two.</i></div>"
        "<div><b>Your Board recommends a vote AGAINST this proposal.</b></div>"
        "<div><b>Our Board needs freedom to choose</b></div>"
        "<div>Flexibility serves shareowners.</div>"
        "<div><b>Stock ownership information</b></div></body></html>",
        (
            wanted(
                "4",
                "Independent Chair",
                ("Lysander Crewe",),
                ("Shareowners request that the Board adopt", "chair shall be independent."),
                "Your Board recommends a vote AGAINST",
            ),
        ),
    ),
    Passage(
        "the holder asks to print a graphic and a long name with its office",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal 5: Shareholder Proposal Regarding Political Contributions",
            "The Comptroller of the State of Greenland, as trustee of the Greenland Common Retirement"
            " Fund, 59 Maiden Court, New Amsterdam, NY 10038, beneficial owner of 1.2 million shares,"
            " has given notice that the following proposal will be presented at the meeting:",
            "Resolved, that the shareholders of Example Corp. (“Example” or the “Company”) hereby"
            " request the Company to prepare and semiannually update a report disclosing its:",
            "(a) Policies and procedures for expenditures made with corporate funds to intervene in a campaign.",
            "(b) Monetary and non-monetary contributions, including:",
            "(i) The identity of the recipient as well as the amount paid; and",
            "(ii) The title of the person responsible.",
            "This proposal does not encompass lobbying spending.",
            "#Supporting Statement:",
            "As long-term shareholders, we support transparency.",
            "[GRAPHIC]",
            "#Example Corp.’s Statement in Opposition:",
            "We publish our contributions twice a year.",
            "Therefore, our Board recommends that you vote AGAINST Proposal 5.",
        ),
        (
            wanted(
                "5",
                "Shareholder Proposal Regarding Political Contributions",
                ("Greenland Common Retirement Fund",),
                ("that the shareholders of Example Corp.", "does not encompass lobbying spending."),
                "We publish our contributions twice a year.",
                representative="The Comptroller of the State of Greenland",
            ),
        ),
    ),
    Passage(
        "the argument first, the request last",
        page(
            *NOTICE,
            *AUDITOR,
            "#Proposal 7 — Shareholder Proposal — Report on Artificial Intelligence",
            "The Federation of Clerks’ Reserve Fund, 815 Black Street, Washington, DC 20006, has"
            " indicated its intention to present the following proposal at the meeting:",
            "#SHAREHOLDER PROPOSAL",
            "Machines that write raise questions of fairness and of work.",
            "Several states are preparing laws, and writers have gone on strike.",
            "We believe that companies that use such machines should say so.",
            "Therefore, shareholders request that the Company prepare a transparency report on its use"
            " of artificial intelligence and disclose any ethical guidelines it has adopted.",
            "#BOARD RECOMMENDATION",
            "#The Board of Directors recommends a vote AGAINST the proposal.",
            "We have principles of our own.",
            "#Proposal 8 — Shareholder Proposal — Policy on Deforestation",
            "Clover Hill Trust has indicated its intention to present the following proposal at the meeting:",
            "#SHAREHOLDER PROPOSAL",
            "Forests are lost each year to cattle.",
            "Be it resolved that shareholders request a policy against deforestation by 2027.",
            "Proponents suggest, at the discretion of management, goals for soy and beef.",
            "#BOARD RECOMMENDATION",
            "#The Board of Directors recommends a vote AGAINST the proposal.",
            "We buy with care.",
        ),
        (
            wanted(
                "7",
                "Shareholder Proposal — Report on Artificial Intelligence",
                ("The Federation of Clerks’ Reserve Fund",),
                ("shareholders request that the Company prepare", "guidelines it has adopted."),
                "The Board of Directors recommends a vote AGAINST the proposal.",
            ),
            wanted(
                "8",
                "Shareholder Proposal — Policy on Deforestation",
                ("Clover Hill Trust",),
                ("that shareholders request a policy", "deforestation by 2027."),
                "The Board of Directors recommends a vote AGAINST the proposal.",
            ),
        ),
    ),
    Passage(
        "text with two proposals under one number each, and a table of votes behind",
        """
                                PROPOSAL 4

                  SHAREHOLDER PROPOSAL ON GLOBAL WARMING

The Congregation of the Sisters of Quiet Waters, 440 Convent Road, Rockford,
Illinois 61101, beneficial owner of 600 shares, along with 14 co-proponents,
has informed us that it plans to present the following proposal at the meeting.
The meeting will be held on May 25, 2005.

                            SHAREHOLDER RESOLUTION

WHEREAS:

     In 2001 a panel of the Academy found that the earth is warming.

RESOLVED: That the Board report to shareholders by September 1, 2005 on how
the company will respond to rising pressure to reduce emissions.

                            SUPPORTING STATEMENT

     We hope the report will weigh the costs.

          POSITION OF THE BOARD OF DIRECTORS ON PROPOSAL 4

     We spend two million dollars a year on research.

The Board of Directors recommends a vote AGAINST adoption of this proposal.

                                PROPOSAL 5

                 SHAREHOLDER PROPOSAL ON EQUAL EMPLOYMENT

The New Troy City Employees' Retirement System, One Centre Street, New Troy,
New York 10007, custodian and trustee of 2,400,000 shares, has informed us that
it plans to present the following proposal at the meeting.

RESOLVED: The shareholders request that management amend its written policy
to bar discrimination.

     Fair employment serves all.

          POSITION OF THE BOARD OF DIRECTORS ON PROPOSAL 5

     All discrimination is barred.

The Board of Directors recommends a vote AGAINST adoption of this proposal.

                    PRINCIPAL HOLDERS OF VOTING SECURITIES

     Nobody holds five percent.
""",
        (
            wanted(
                "4",
                "SHAREHOLDER PROPOSAL ON GLOBAL WARMING",
                ("The Congregation of the Sisters of Quiet Waters",),
                ("That the Board report to shareholders", "pressure to reduce emissions."),
                "We spend two million dollars",
            ),
            wanted(
                "5",
                "SHAREHOLDER PROPOSAL ON EQUAL EMPLOYMENT",
                ("The New Troy City Employees' Retirement System",),
                ("The shareholders request that management amend", "bar discrimination."),
                "All discrimination is barred.",
            ),
        ),
    ),
    Passage(
        "a technology company: Roman titles, the board is divided in sentences",
        page(
            *NOTICE,
            *DIRECTORS,
            "#PROPOSAL FIVE",
            "#STOCKHOLDER PROPOSAL REGARDING AN EQUAL VOTE FOR EACH SHARE",
            "Example Corp. has been advised that Harbour & Vale Asset Management, Inc. Funded Pension"
            " Plan, located at 2 Harbour Street, Boston, MA, intends to submit this proposal.",
            "#Give Each Share an Equal Vote",
            "RESOLVED: Shareholders request that our Board take all practicable steps to initiate and"
            " adopt a recapitalization plan for all outstanding stock to have one vote per share.",
            "This would include all practicable steps including encouragement of the holders of Class B.",
            "SUPPORTING STATEMENT: By allowing certain stock more votes, we have little say.",
            "#OPPOSING STATEMENT",
            "Our structure lets us think of the long term.",
            "The board of directors recommends a vote AGAINST the stockholder proposal.",
            "#REQUIRED VOTE",
            "A majority of votes cast.",
        ),
        (
            wanted(
                "5",
                "STOCKHOLDER PROPOSAL REGARDING AN EQUAL VOTE FOR EACH SHARE",
                ("Harbour & Vale Asset Management, Inc. Funded Pension Plan",),
                ("Shareholders request that our Board take all", "holders of Class B."),
                "Our structure lets us think",
            ),
        ),
    ),
    Passage(
        "a bank's list of reasons with bold numbers, and a statement that names another proposal",
        page(
            *NOTICE,
            *AUDITOR,
            "#Item 6 — Shareholder Proposal — Say on Clawbacks",
            "Prudence Oakes, who lives at 7 Hill Road, Barre, VT 05641 and who holds no fewer than 40"
            " shares, is the proponent of the following shareholder proposal.",
            "#Resolved Clause:",
            "Shareholders request that the Board disclose each clawback within 30 days.",
            "#Supporting Statement:",
            "As Item 5 of last year’s statement showed, 1. Awards are large. 2. Recovery is rare.",
            "#Statement Against Shareholder Proposal",
            "#1. We already disclose",
            "Each recovery is disclosed as the law asks.",
            "#2. Privacy",
            "Names are private.",
            "#Your Board of Directors recommends a vote AGAINST Item 6.",
            "#Item 7 — Shareholder Proposal — Withdrawn",
            "This proposal was withdrawn by its proponent after a talk with us.",
        ),
        (
            wanted(
                "6",
                "Shareholder Proposal — Say on Clawbacks",
                ("Prudence Oakes",),
                ("Shareholders request that the Board disclose", "clawback within 30 days."),
                "1. We already disclose",
            ),
        ),
    ),
)
