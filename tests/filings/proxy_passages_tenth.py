"""A tenth set, as odd as the ninth and measured with it; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

TENTH = (
    Passage(
        "the board's words come before the holder's, and the number stands under the title",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Stockholder proposal on clawbacks",
            "#Proposal 5",
            "Proponent: Octavia Renn, c/o Fairdeal Holders Group, 3 Pier Street, Oakland, CA 94607",
            "#Board recommendation: Vote AGAINST this proposal",
            "#Text of the proposal",
            "Shareholders ask the Board to widen the clawback policy so that it covers misconduct.",
            "The policy should apply to awards granted after 2025.",
            "#Proponent’s statement",
            "Misconduct is costly.",
            "#Our response to this proposal",
            "Our policy follows the exchange’s rules.",
            "#Appendix A – Reconciliation",
            "Adjusted figures.",
        ),
        (
            wanted(
                "5",
                "Stockholder proposal on clawbacks",
                ("Octavia Renn",),
                ("Shareholders ask the Board to widen", "awards granted after 2025."),
                "Our policy follows the exchange’s rules.",
                representative="Fairdeal Holders Group",
            ),
        ),
    ),
    Passage(
        "a footnote tells the holder's address",
        page(
            *NOTICE,
            *AUDITOR,
            "#Item 4: Stockholder Proposal Requesting a Retail Pharmacy Safety Report",
            "#Stockholder Proponent(1)",
            "Crescent Lake Asset Managers has submitted the following proposal for inclusion:",
            "#Report on Pharmacy Safety",
            "WHEREAS, errors have been reported;",
            "BE IT RESOLVED, stockholders of the Company request that the Board report on staffing and safety.",
            "#Stockholder Supporting Statement",
            "Tired people err.",
            "(1) The proponent’s address is 40 Lake Street, Madison, WI 53703.",
            "#Statement of the Board of Directors in Opposition to the Stockholder Proposal",
            "Safety comes before all else.",
            "The Board recommends a vote AGAINST Item 4.",
            "#Item 5: Approval of the Stock Plan",
            "The Board recommends a vote FOR the plan.",
        ),
        (
            wanted(
                "4",
                "Stockholder Proposal Requesting a Retail Pharmacy Safety Report",
                ("Crescent Lake Asset Managers",),
                ("stockholders of the Company request that the Board report", "staffing and safety."),
                "Safety comes before all else.",
            ),
        ),
    ),
    Passage(
        "divs of printed lines, capitals, no brackets",
        "<html><body><div>PROXY STATEMENT</div><div>The Annual Meeting will be held on April 29, 2011.</div>"
        "<div>PROPOSAL 2</div><div>RATIFICATION OF AUDITORS</div>"
        "<div>The Board of Directors recommends a vote FOR this proposal.</div>"
        "<div>PROPOSAL 3</div><div>SHAREHOLDER PROPOSAL</div>"
        "<div>The City of Ashgrove Firefighters’ Pension Fund, 11 Hall Plaza, Ashgrove, Maryland, which"
        " claims ownership of 1,400 shares, has informed us that it will present the proposal below.</div>"
        "<div>RESOLVED: That the shareholders of the Company ask that the board of directors adopt a"
        " policy that the chairman be an independent director. The policy should be implemented so as"
        " not to violate any contract.</div><div>SUPPORTING STATEMENT</div>"
        "<div>We believe in checks.</div>"
        "<div>MANAGEMENT’S STATEMENT IN OPPOSITION TO THE SHAREHOLDER PROPOSAL</div>"
        "<div>The lead director has ample powers.</div>"
        "<div>FOR THESE REASONS, THE BOARD UNANIMOUSLY RECOMMENDS A VOTE AGAINST PROPOSAL 3.</div>"
        "<div>MISCELLANEOUS</div><div>Costs are borne by the Company.</div></body></html>",
        (
            wanted(
                "3",
                "",
                ("The City of Ashgrove Firefighters’ Pension Fund",),
                ("That the shareholders of the Company ask", "violate any contract."),
                "The lead director has ample powers.",
            ),
        ),
    ),
    Passage(
        "two sponsors with their shares, three paragraphs resolved, a counter-proposal of the board's",
        page(
            *NOTICE,
            "#Proposal 3: Management Proposal to Give Holders of 25% the Right to Call Meetings",
            "The Board asks stockholders to approve an amendment. See also Proposal 4, a stockholder"
            " proposal on the same topic.",
            "The Board recommends a vote FOR Proposal 3.",
            "#Proposal 4: Stockholder Proposal to Give Holders of 10% the Right to Call Meetings",
            "Proposal 4 has been sponsored by Thaddeus Brome, 1 Elm Way, Dover, DE 19901 (150 shares) and"
            " the Calloway Revocable Trust, 4 Fen Street, Dover, DE 19901 (220 shares).",
            "RESOLVED, that holders of 10% may call a special meeting;",
            "RESOLVED FURTHER, that the Board amend the bylaws accordingly; and",
            "RESOLVED FURTHER, that no other limit be set.",
            "A right at 25% is hollow.",
            "#Board of Directors Statement Opposing Proposal 4",
            "The Board has put forward Proposal 3.",
            "The Board recommends a vote AGAINST Proposal 4 and FOR Proposal 3.",
        ),
        (
            wanted(
                "4",
                "Stockholder Proposal to Give Holders of 10% the Right to Call Meetings",
                ("Thaddeus Brome", "Calloway Revocable Trust"),
                ("that holders of 10% may call", "no other limit be set."),
                "The Board has put forward Proposal 3.",
            ),
        ),
    ),
    Passage(
        "a summary with a page for each item, running heads, a card behind",
        page(
            *NOTICE,
            "#Voting matters",
            "Proposal 4 Shareholder proposal on animal testing AGAINST 61",
            *DIRECTORS,
            "#PROPOSAL 4",
            "#Shareholder proposal on animal testing",
            "A representative of Kindly Creatures, 501 Front Street, Norfolk, VA 23510, which holds 61"
            " shares, will present the following proposal at the meeting.",
            "RESOLVED, shareholders request that the Board report on the number of animals used.",
            "#SUPPORTING STATEMENT",
            "Animals feel.",
            "#BOARD RECOMMENDATION AGAINST",
            "Testing is required by law. The Board urges shareholders to vote AGAINST.",
            "#PROXY CARD",
            "4. Shareholder proposal on animal testing FOR AGAINST ABSTAIN",
            "The Board of Directors recommends a vote AGAINST Proposal 4.",
        ),
        (
            wanted(
                "4",
                "Shareholder proposal on animal testing",
                ("Kindly Creatures",),
                ("shareholders request that the Board report", "number of animals used."),
                "Testing is required by law.",
            ),
        ),
    ),
    Passage(
        "a foreign company: a resolution that holders requisitioned",
        page(
            *NOTICE,
            "#Resolution 11: Appointment of the auditor",
            "The Board recommends a vote FOR Resolution 11.",
            "#Resolution 12: Shareholder requisitioned resolution on climate targets",
            "The following resolution was requisitioned by a group of shareholders led by Follow Those,"
            " an association in Amsterdam, under section 338.",
            "“That the Company align its targets with the Paris Agreement.”",
            "#Supporting statement",
            "Targets guide spending.",
            "#Board’s response",
            "The Board has its own targets and recommends that you vote AGAINST Resolution 12.",
        ),
        (
            wanted(
                "12",
                "Shareholder requisitioned resolution on climate targets",
                ("Follow Those",),
                ("That the Company align its targets", "Paris Agreement."),
                "The Board has its own targets",
            ),
        ),
    ),
    Passage(
        "no proposal: the company's amendments answer a holder's earlier proposal",
        page(
            *NOTICE,
            "#Proposal 3 – Amendment to Remove Supermajority Votes",
            "Last year a shareholder proposal by Barnaby Quill asked for this and received 71%. The"
            " Board has approved the amendment and recommends a vote FOR it.",
            "#Proposal 4 – Advisory Vote Following a Shareholder Proposal on Vote Frequency",
            "The Board recommends a vote for EVERY YEAR.",
            "#Shareholder Proposals",
            "No shareholder proposals were received for the meeting. To be included next year they"
            " must arrive by December 1, 2024.",
        ),
        (),
    ),
)
