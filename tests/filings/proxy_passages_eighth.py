"""More short statements, their own items around the proposals; see docs/accuracy.md for how they went."""

from tests.filings.proxy_passage import NOTICE, Passage, page

PAY = (
    "#Proposal 2 – Advisory Vote on Executive Compensation",
    "“RESOLVED, that the compensation of the named executive officers is approved.”",
    "The Board of Directors recommends a vote FOR this proposal.",
)
EIGHTH = (
    Passage(
        "marks where the proposal begins and ends",
        page(
            *NOTICE,
            *PAY,
            "#ITEM 5—SHAREHOLDER PROPOSAL REQUESTING A REPORT ON WAREHOUSE INJURIES",
            "#Beginning of Shareholder Proposal and Statement of Support:",
            "WHEREAS: Injuries have risen.",
            "RESOLVED: Shareholders request that the Board commission an audit of injuries in warehouses.",
            "SUPPORTING STATEMENT: The audit may look at quotas.",
            "#End of Shareholder Proposal and Statement of Support",
            "#RECOMMENDATION OF THE BOARD OF DIRECTORS ON ITEM 5",
            "The Board of Directors recommends that you vote against this proposal.",
            "Safety comes first.",
        ),
        (
            {
                "item": "5",
                "title": "SHAREHOLDER PROPOSAL REQUESTING A REPORT ON WAREHOUSE INJURIES",
                "proponents": None,
                "starts": "Shareholders request that the Board commission",
                "ends": "audit of injuries in warehouses.",
                "recommendation": "against",
                "board": "The Board of Directors recommends that you",
            },
        ),
    ),
    Passage(
        "proposing shareholder's headings, two items after one another",
        page(
            *NOTICE,
            *PAY,
            "#PROPOSAL 4 – SHAREHOLDER PROPOSAL – LOBBYING DISCLOSURE",
            "Maribel Stanhope, 5 Cove Road, Bath, ME 04530, who owns 60 shares of Company stock, has"
            " advised the Company that she plans to introduce the following resolution at the meeting.",
            "#Resolution Proposed by Shareholder",
            "Resolved, shareholders ask for a report on lobbying.",
            "#Supporting Statement of Proposing Shareholder",
            "Lobbying costs money.",
            "#Statement in Opposition to Proposal",
            "#THE BOARD RECOMMENDS A VOTE AGAINST THE LOBBYING DISCLOSURE PROPOSAL",
            "We file what the law asks.",
            "#PROPOSAL 5 – SHAREHOLDER PROPOSAL – WRITTEN CONSENT",
            "Maribel Stanhope has advised the Company that she plans to introduce the following"
            " resolution at the meeting.",
            "#Resolution Proposed by Shareholder",
            "Resolved, shareholders ask that our board permit written consent by holders of a majority.",
            "#Supporting Statement of Proposing Shareholder",
            "Consent is a right.",
            "#Statement in Opposition to Proposal",
            "#THE BOARD RECOMMENDS A VOTE AGAINST THE WRITTEN CONSENT PROPOSAL",
            "Meetings serve all.",
        ),
        tuple(
            {
                "item": item,
                "title": f"SHAREHOLDER PROPOSAL – {name}",
                "proponents": ("Maribel Stanhope",),
                "starts": start,
                "ends": end,
                "recommendation": "against",
                "board": f"THE BOARD RECOMMENDS A VOTE AGAINST THE {name}",
            }
            for item, name, start, end in (
                ("4", "LOBBYING DISCLOSURE", "shareholders ask for a report", "report on lobbying."),
                ("5", "WRITTEN CONSENT", "shareholders ask that our board", "holders of a majority."),
            )
        ),
    ),
    Passage(
        "the title before the number, the section names the holders on request",
        page(
            *NOTICE,
            *PAY,
            "#Stockholder Proposals",
            "Your Board welcomes dialogue. The following stockholder proposals will be voted on if"
            " properly presented by their proponents. We will provide the name, address, and"
            " shareholdings of a proponent upon request.",
            "#stockholder proposal to set emission targets",
            "#(item 4 on the proxy card)",
            "Whereas: The climate warms.",
            "Resolved: Shareholders request the Company to set targets for the use of its products.",
            "Supporting Statement: To ease the energy transition, targets help.",
            "#board of directors’ response",
            "Your Board recommends that you vote against this proposal because it would harm returns.",
            "#stockholder proposal for a special meeting",
            "#(item 5 on the proxy card)",
            "Resolved: Shareowners ask our board to give 10% of holders the power to call a meeting.",
            "We gave 40% support to this topic in 2018.",
            "#board of directors’ response",
            "Your Board recommends that you vote against this proposal because 15% suffices.",
        ),
        (
            {
                "item": "4",
                "title": "stockholder proposal to set emission targets",
                "proponents": None,
                "starts": "Shareholders request the Company to set",
                "ends": "use of its products.",
                "recommendation": "against",
                "board": "Your Board recommends that you vote",
            },
            {
                "item": "5",
                "title": "stockholder proposal for a special meeting",
                "proponents": None,
                "starts": "Shareowners ask our board",
                "ends": "power to call a meeting.",
                "recommendation": "against",
                "board": "Your Board recommends that you vote",
            },
        ),
    ),
    Passage(
        "proposes the following, with a recommendation and reasons",
        page(
            *NOTICE,
            *PAY,
            "#Shareholder Proposals",
            "#Item 6: Severance Approval Policy",
            "Jack and Dorothea Elmhurst, 8 Low Street, Troy, NY 12180, owners of 214 shares of the"
            " Company’s common stock, propose the following:",
            "RESOLVED: Shareholders request that the Board seek approval of any severance above 2.99"
            " times base salary plus bonus.",
            "“Severance” includes cash and equity.",
            "Ratification would give shareholders a say.",
            "#BOARD OF DIRECTORS’ POSITION",
            "The Board has a policy already.",
            "The Board of Directors recommends a vote AGAINST this proposal.",
            "#Item 7: Deferral of Bonuses",
            "The Amalgamated Weavers Benefit Fund, 275 Loom Avenue, New York, NY 10001, owner of 190"
            " shares, proposes the following:",
            "RESOLVED: Shareholders urge the Board to defer annual bonuses for three years.",
            "#BOARD OF DIRECTORS’ POSITION",
            "The Committee sets pay.",
            "The Board of Directors recommends a vote AGAINST this proposal.",
        ),
        (
            {
                "item": "6",
                "title": "Severance Approval Policy",
                "proponents": ("Jack and Dorothea Elmhurst",),
                "starts": "Shareholders request that the Board seek",
                "ends": "includes cash and equity.",
                "recommendation": "against",
                "board": "The Board has a policy already.",
            },
            {
                "item": "7",
                "title": "Deferral of Bonuses",
                "proponents": ("The Amalgamated Weavers Benefit Fund",),
                "starts": "Shareholders urge the Board to defer",
                "ends": "bonuses for three years.",
                "recommendation": "against",
                "board": "The Committee sets pay.",
            },
        ),
    ),
    Passage(
        "a utility's text: statement of the proponent, two resolved paragraphs",
        """
PROXY STATEMENT                     Annual Meeting to be held on April 22, 2004

ITEM 2.  APPOINTMENT OF INDEPENDENT AUDITORS

     The Board recommends a vote FOR this item.

ITEM 3.  SHAREHOLDER PROPOSAL CONCERNING NUCLEAR PLANTS

     The proponents of this resolution are Calvin Mossgrove, 3 Cave Road,
Dayton, Tennessee 37321, and the Mountain Watch Association.

     "WHEREAS, the plants age, and

     WHEREAS, repairs are costly,

     THEREFORE, BE IT RESOLVED, that the shareholders request a study of the
cost of closing the plants; and

     BE IT FURTHER RESOLVED, that a summary of the study be sent to
shareholders by October 2004."

     Statement of the Proponents

     The plants are old.

     The Board of Directors' Statement in Opposition

     The plants are safe.  The Board of Directors unanimously recommends that
shareholders vote AGAINST Item 3.

                    SHAREHOLDER PROPOSALS FOR NEXT YEAR

     They are due by November 24, 2004.
""",
        (
            {
                "item": "3",
                "title": "SHAREHOLDER PROPOSAL CONCERNING NUCLEAR PLANTS",
                "proponents": ("Calvin Mossgrove", "Mountain Watch Association"),
                "starts": "that the shareholders request a study",
                "ends": "shareholders by October 2004.",
                "recommendation": "against",
                "board": "The plants are safe.",
            },
        ),
    ),
    Passage(
        "a number of its own and a letter and number on the card; not an item of the agenda",
        page(
            *NOTICE,
            *PAY,
            "#Proposal 5: Stockholder Proposal – Majority Voting for Directors, If Properly Presented",
            "#The Board makes no voting recommendation on this proposal.",
            "The Wexford Retirement System notified the Company that it is the beneficial owner of"
            " 6,000 shares and that it intends to present the following proposal. Its text follows,"
            " and the Company takes no responsibility for it.",
            "BE IT RESOLVED: That the shareholders hereby request that the Board initiate the process"
            " to provide that nominees be elected by a majority of votes cast.",
            "SUPPORTING STATEMENT:",
            "Plurality voting lets a nominee be elected by one vote.",
            "#Our Board’s Response",
            "The Board will weigh the vote.",
            "#Vote Required",
            "A majority of the shares present.",
        ),
        (
            {
                "item": "5",
                "proponents": ("The Wexford Retirement System",),
                "starts": "That the shareholders hereby request",
                "ends": "by a majority of votes cast.",
                "recommendation": "none",
                "board": "The Board will weigh the vote.",
            },
        ),
    ),
    Passage(
        "no proposal: answers to questions speak of holders",
        page(
            *NOTICE,
            "#How do I submit a shareholder proposal for next year?",
            "Proposals that shareholders intend to present must reach us by December 1, 2024.",
            "#Proposal 1 – Election of Directors",
            "Harbor Light Partners notified us in January that it intended to nominate two"
            " candidates and later withdrew its notice.",
            "The Board recommends a vote FOR each nominee.",
            *PAY,
            "#Proposal 3 – Right of Holders to Call Meetings",
            "At last year’s meeting a shareholder proposal received support of 61%. The Board"
            " therefore proposes the following amendment.",
            "RESOLVED, that the certificate be amended.",
            "The Board recommends a vote FOR this proposal.",
        ),
        (),
    ),
)
