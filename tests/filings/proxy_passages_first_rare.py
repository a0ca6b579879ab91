"""More of the first set: a board in favour, a proposal withdrawn, no proposal at all, names and titles elsewhere."""

from tests.filings.proxy_passage import NOTICE, Passage, page

FIRST_RARE = (
    Passage(
        "management matters only, with the word RESOLVED and a section on future proposals",
        page(
            *NOTICE,
            "#Proposal 2 – Advisory Vote on Executive Compensation",
            "The Board asks shareholders to approve the following resolution:",
            "RESOLVED, that the shareholders approve, on an advisory basis, the compensation of the"
            " named executive officers.",
            "The Board of Directors recommends a vote FOR this proposal.",
            "#Proposal 3 – Approval of the 2024 Stock Plan",
            "The Compensation Committee has proposed the plan, and the Board has submitted it to"
            " shareholders for approval.",
            "The Board recommends a vote FOR the plan.",
            "#Shareholder Proposals for the 2025 Annual Meeting",
            "A shareholder who intends to present a proposal must notify us no later than December 2, 2024.",
        ),
    ),
    Passage(
        "withdrawn",
        page(
            *NOTICE,
            "#Proposal 5 – Shareholder Proposal Regarding Packaging",
            "Thornbury Legacy Fund had notified us that it intended to present a proposal on"
            " packaging. The proponent has since withdrawn the proposal. It will not be voted on.",
            "#Proposal 6 – Shareholder Proposal on Water",
            "Rosamund Pell has notified us that she intends to present the following proposal:",
            "RESOLVED: Shareholders request a report on water use.",
            "#Statement in Opposition",
            "The Board recommends a vote AGAINST this proposal.",
        ),
        (
            {
                "item": "6",
                "title": "Shareholder Proposal on Water",
                "proponents": ("Rosamund Pell",),
                "starts": "Shareholders request a report",
                "ends": "on water use.",
                "recommendation": "against",
                "board": "The Board recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "a letter for the number, and quotation marks around the whole proposal",
        page(
            *NOTICE,
            "#Shareowner Proposal No. 1 – Limit Outside Board Seats",
            "Otis Fairweather has informed us that he plans to submit the following proposal at this year’s meeting:",
            "“Resolved: The shareowners request that no director sit on more than three boards.",
            "Busy directors are absent directors.”",
            "#Our Board of Directors recommends a vote AGAINST this proposal for the following reasons:",
            "Our directors attended 98% of meetings.",
            "#Shareowner Proposal No. 2 – Independent Chair",
            "Perpetua Lane, represented by Weaver Advocacy LLC, has informed us that she plans to"
            " submit the following proposal:",
            "“Resolved: Shareowners request an independent chair.",
            "One person should not hold both posts.”",
            "#Our Board of Directors recommends a vote AGAINST this proposal for the following reasons:",
            "Our lead director is strong.",
        ),
        (
            {
                "item": "1",
                "title": "Limit Outside Board Seats",
                "proponents": ("Otis Fairweather",),
                "starts": "The shareowners request that no director",
                "ends": "more than three boards.",
                "recommendation": "against",
                "board": "Our Board of Directors recommends a vote AGAINST",
            },
            {
                "item": "2",
                "title": "Independent Chair",
                "proponents": ("Perpetua Lane",),
                "representative": "Weaver Advocacy LLC",
                "starts": "Shareowners request an independent",
                "ends": "an independent chair.",
                "recommendation": "against",
                "board": "Our Board of Directors recommends a vote AGAINST",
            },
        ),
    ),
    Passage(
        "no heading says what it is, the intro does",
        page(
            *NOTICE,
            "#PROPOSAL 3",
            "#GREENHOUSE GAS TARGETS",
            "Meadowlark Charitable Trust and the Order of Saint Aldric, whose addresses and"
            " shareholdings will be furnished upon request, have stated their intention to present"
            " the following proposal at the meeting:",
            "Resolved: Shareholders request that the Company set targets for its emissions.",
            "Whereas: The planet warms.",
            "Supporting Statement: Targets guide action.",
            "#Management Statement in Opposition to Proposal 3",
            "Your directors recommend a vote AGAINST this proposal. Targets exist.",
        ),
        (
            {
                "item": "3",
                "title": "GREENHOUSE GAS TARGETS",
                "proponents": ("Meadowlark Charitable Trust", "Order of Saint Aldric"),
                "starts": "Shareholders request that the Company set",
                "ends": "targets for its emissions.",
                "recommendation": "against",
                "board": "Your directors recommend a vote AGAINST",
            },
        ),
    ),
    Passage(
        "a colon list of filers",
        page(
            *NOTICE,
            "#Item 8. Shareholder proposal requesting a study of facial analysis",
            "Beginning of Shareholder Proposal and Statement of Support:",
            "RESOLVED: Shareholders request that the Board commission an independent study of facial analysis.",
            "#Supporting Statement",
            "Bias has been found in such tools.",
            "End of Shareholder Proposal and Statement of Support",
            "#RECOMMENDATION OF THE BOARD OF DIRECTORS ON ITEM 8",
            "The Board of Directors recommends that you vote “AGAINST” this proposal. We test what we sell.",
            "Item 8 was submitted by the Larkspur Sisters of Peace, 3 Hill Street, Marlow, VT 05344"
            " (owner of 90 shares).",
        ),
        (
            {
                "item": "8",
                "title": "Shareholder proposal requesting a study of facial analysis",
                "starts": "Shareholders request that the Board commission",
                "ends": "independent study of facial analysis.",
                "recommendation": "against",
                "board": "The Board of Directors recommends that you vote",
            },
        ),
    ),
)
