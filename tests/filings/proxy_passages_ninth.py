"""A ninth set: odd layouts, each a whole short statement; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted

DIRECTORS = (
    "#Proposal 1 – Election of Directors",
    "The Board recommends a vote FOR each of the nominees.",
)
AUDITOR = (
    "#Proposal 2 – Ratification of Auditors",
    "The Board recommends a vote FOR the ratification.",
)
NINTH = (
    Passage(
        "a table of who proposes and what is recommended",
        "<html><body><p>Proxy statement. The annual meeting will be held on May 20, 2025.</p>"
        "<p><b>Proposal 1: Election of directors</b></p><p>The Board recommends a vote FOR.</p>"
        "<p><b>Proposal 4: Shareholder proposal on water risk</b></p>"
        "<table><tr><td>Proponent</td><td>Brightwell Trust, 4 Quay, Boston, MA 02110</td></tr>"
        "<tr><td>Board recommendation</td><td>AGAINST</td></tr></table>"
        "<table><tr><td><p><b>RESOLVED:</b> Shareholders request a report on water risk.</p>"
        "<p><b>Supporting statement:</b> Wells run dry.</p></td></tr></table>"
        "<p><b>Our Board’s perspective</b></p><p>Water is managed with care.</p>"
        "<p>We recommend that you vote AGAINST this proposal.</p>"
        "<p><b>Other information</b></p></body></html>",
        (
            wanted(
                "4",
                "Shareholder proposal on water risk",
                ("Brightwell Trust",),
                ("Shareholders request a report", "on water risk."),
                "Water is managed with care.",
            ),
        ),
    ),
    Passage(
        "bare numbers and names without a verb",
        page(
            *NOTICE,
            "#1. Election of directors",
            "The Board recommends a vote FOR each nominee.",
            "#Shareholder proposals",
            "The following shareholder proposals will be voted on if they are presented.",
            "#4. Human rights report",
            "Sisters of the Amber Gate, 12 Elm Street, Erie, PA 16501, holders of 200 shares.",
            "RESOLVED: Shareholders request a report on human rights in our supply chain.",
            "Rights matter.",
            "#Board of Directors’ response",
            "The Board recommends a vote AGAINST this proposal. We publish a policy.",
            "#5. Tax transparency",
            "Orson Pettibone, 9 Oak Street, Lima, OH 45801, holder of 90 shares.",
            "RESOLVED: Shareholders request that the Company publish its taxes by country.",
            "Taxes matter.",
            "#Board of Directors’ response",
            "The Board recommends a vote AGAINST this proposal. We pay what is due.",
            "#Other matters",
            "None.",
        ),
        (
            wanted(
                "4",
                "Human rights report",
                ("Sisters of the Amber Gate",),
                ("Shareholders request a report on human", "in our supply chain."),
                "The Board recommends a vote AGAINST this proposal. We publish",
            ),
            wanted(
                "5",
                "Tax transparency",
                ("Orson Pettibone",),
                ("Shareholders request that the Company publish", "taxes by country."),
                "The Board recommends a vote AGAINST this proposal. We pay",
            ),
        ),
    ),
    Passage(
        "an editor with an office, no number but the card's",
        """
                 STOCKHOLDER PROPOSAL (ITEM 3 ON THE PROXY CARD)

     Mrs. Philomena Y. Tarrant, Editor, Peaks and Valleys, Riverside Office
Building, Suite 215, 2600 Bow Street, Washington, D.C. 20037, who is the owner
of 300 shares of Common Stock, has advised the Company that she will introduce
the following resolution at the Annual Meeting of Stockholders to be held on
April 24, 2001:

     RESOLVED:  "That the stockholders recommend that the Board take the
necessary steps that future outside directors not serve for more than six
years."

     REASONS:  "The President of the U.S.A. has a term limit, so do governors
of many states."

     "If you AGREE, please mark your proxy FOR this resolution."

     THE BOARD OF DIRECTORS OPPOSES THE FOREGOING PROPOSAL FOR THE FOLLOWING
REASONS:

     Experience is worth having. The Board therefore recommends a vote AGAINST
this proposal.
""",
        (
            wanted(
                "3",
                "",
                ("Philomena Y. Tarrant",),
                ("That the stockholders recommend", "for more than six years."),
                "THE BOARD OF DIRECTORS OPPOSES",
            ),
        ),
    ),
    Passage(
        "the holder is named at the end",
        page(
            *NOTICE,
            *DIRECTORS,
            *AUDITOR,
            "#Proposal 3 – Shareholder Proposal: Report on Pay Gaps",
            "The following shareholder proposal has been submitted for a vote at the annual meeting.",
            "Whereas, pay gaps persist.",
            "Resolved: Shareholders request a report on pay gaps across race and gender.",
            "Supporting statement: Gaps cost talent.",
            "#Board recommendation",
            "The Board recommends a vote AGAINST. We pay equally.",
            "The foregoing proposal was submitted by Lantern Social Finance, 1 Wharf Road, Salem, MA"
            " 01970, which owns 50 shares.",
            "#Information about the meeting",
            "The meeting is online.",
        ),
        (
            wanted(
                "3",
                "Shareholder Proposal: Report on Pay Gaps",
                ("Lantern Social Finance",),
                ("Shareholders request a report on pay", "race and gender."),
                "The Board recommends a vote AGAINST.",
            ),
        ),
    ),
    Passage(
        "a real estate trust, the resolution within a sentence",
        page(
            *NOTICE,
            *DIRECTORS,
            *AUDITOR,
            "#PROPOSAL 4: NON-BINDING SHAREHOLDER PROPOSAL",
            "UNITE TOGETHER, 275 Seventh Avenue, New York, New York 10001, the beneficial owner of 735"
            " common shares, has notified the Trust that it intends to submit the following proposal:",
            "Our trust lags its peers, and holders cannot amend the bylaws. Therefore, be it resolved"
            " that shareholders request the Board of Trustees to let holders amend the bylaws.",
            "#Shareholder’s Supporting Statement",
            "Rights add value.",
            "#Statement of the Board of Trustees in Opposition",
            "#THE BOARD OF TRUSTEES RECOMMENDS A VOTE “AGAINST” PROPOSAL 4.",
            "Our law is that of our state.",
        ),
        (
            wanted(
                "4",
                "NON-BINDING SHAREHOLDER PROPOSAL",
                ("UNITE TOGETHER",),
                ("that shareholders request the Board of Trustees", "holders amend the bylaws."),
                "THE BOARD OF TRUSTEES RECOMMENDS",
            ),
        ),
    ),
    Passage(
        "reasons of the proponent and considerations of the board",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal 6 (Item 6 on the proxy card)",
            "#Shareholder proposal: vote on charitable gifts",
            "The Quarterstaff Center for Markets, 20 F Street NW, Washington, DC 20001, is the"
            " proponent of this proposal and has told us that a representative will present it.",
            "#Charitable Gifts",
            "RESOLVED: Shareholders request that the Company list the recipients of gifts of $5,000 or"
            " more on its website.¹",
            "#Rationale",
            "Gifts should serve holders.",
            "¹ https://gifts.example/list",
            "#The Board’s considerations",
            "Gifts are listed in our report.",
            "#✘ The Board unanimously recommends that you vote AGAINST this proposal.",
            "#Proposal 7: Other business",
        ),
        (
            wanted(
                "6",
                "Shareholder proposal: vote on charitable gifts",
                ("The Quarterstaff Center for Markets",),
                ("Shareholders request that the Company list", "more on its website.¹"),
                "Gifts are listed in our report.",
            ),
        ),
    ),
)
