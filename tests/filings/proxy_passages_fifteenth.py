"""A fifteenth set; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

FIFTEENTH = (
    Passage(
        "an insurer: the sponsor on a line of the heading, the statement of each side",
        page(
            *NOTICE,
            *DIRECTORS,
            "#ITEM 4: SHAREHOLDER PROPOSAL — UNDERWRITING OF COAL",
            "Sponsor: Fern Valley Impact Fund; co-sponsors: Daughters of Hope and Ida Marlowe",
            "#WHAT THE PROPOSAL ASKS",
            "RESOLVED: Shareholders request that the Board adopt a timeline to end the insuring of new coal.",
            "#WHY THE SPONSOR ASKS IT",
            "Coal is uninsurable.",
            "#WHY YOUR BOARD RECOMMENDS A VOTE AGAINST IT",
            "We weigh each risk.",
            "#OUR RECOMMENDATION",
            "The Board of Directors unanimously recommends a vote AGAINST this proposal.",
            "#COMPENSATION OF DIRECTORS",
        ),
        (
            wanted(
                "4",
                "SHAREHOLDER PROPOSAL — UNDERWRITING OF COAL",
                ("Fern Valley Impact Fund", "Daughters of Hope", "Ida Marlowe"),
                ("Shareholders request that the Board adopt", "insuring of new coal."),
                "We weigh each risk.",
            ),
        ),
    ),
    Passage(
        "an airline: the item is printed after the section, a letter is quoted",
        page(
            *NOTICE,
            *AUDITOR,
            "#Proposal No. 5",
            "#Stockholder Proposal Concerning Employee Safety",
            "Skyward Pilots’ Association, a stockholder of the Company, sent the following proposal by"
            " letter dated December 2, 2023. Skyward Pilots’ Association states that it holds 51 shares.",
            "Dear Corporate Secretary:",
            "RESOLVED, that stockholders urge the Board to report on the safety of employees.",
            "Safety is a duty.",
            "#Board Recommendation and Statement",
            "The Board recommends a vote AGAINST Proposal No. 5 for these reasons: we train all.",
            "#Proposal No. 6",
            "#Management Proposal to Approve a Split of the Stock",
            "RESOLVED, that the stock be split.",
            "The Board recommends a vote FOR Proposal No. 6.",
        ),
        (
            wanted(
                "5",
                "Stockholder Proposal Concerning Employee Safety",
                ("Skyward Pilots’ Association",),
                ("that stockholders urge the Board to report", "safety of employees."),
                "The Board recommends a vote AGAINST Proposal No. 5",
            ),
        ),
    ),
    Passage(
        "a text print with page heads between the clause and its list",
        """
Proxy Statement                                                    Page 40

PROPOSAL NUMBER FOUR - SHAREHOLDER PROPOSAL REGARDING EQUITY RATIOS

The annual meeting of shareholders will be held on May 9, 2013.

   The following proposal was submitted by Gertrude A. Vance, Trustee of the
Vance Living Trust, 30 Pine Knoll, Lenox, Massachusetts 01240, who has owned
350 shares since 2004.

   Resolved: shareholders request the Compensation Committee to prepare a
report which shall include

      * a comparison of the pay of the top executives and of the lowest paid
        workers in 2003 and 2013;

      * an analysis of the change in the ratio; and

      * whether that ratio should be changed.

   Whereas, the pay of chief executives has risen;

   Whereas, workers lost homes;

RESPONSE OF THE BOARD OF DIRECTORS TO PROPOSAL NUMBER FOUR

   The Committee already weighs fairness.

   The Board of Directors recommends a vote "AGAINST" Proposal Number Four.

                        EXPENSES OF SOLICITATION

   We bear them.
""",
        (
            wanted(
                "4",
                "SHAREHOLDER PROPOSAL REGARDING EQUITY RATIOS",
                ("Vance Living Trust",),
                ("shareholders request the Compensation Committee", "that ratio should be changed."),
                "The Committee already weighs fairness.",
                representative="Gertrude A. Vance",
            ),
        ),
    ),
    Passage(
        "a software company: a proposal and its notes in one table",
        "<html><body><p>Notice of the 2026 annual meeting of stockholders</p><p>Date and time: Wednesday,"
        " June 10, 2026, 8:30 a.m. Pacific time</p>"
        "<table><tr><td colspan='2'><b>Proposal Four — Stockholder Proposal on Content Moderation</b></td></tr>"
        "<tr><td>Submitted by</td><td>Heartland Values Center</td></tr>"
        "<tr><td>Our recommendation</td><td>Against</td></tr></table>"
        "<p><b>Stockholder’s proposal</b></p>"
        "<p><b>Supporting Statement:</b></p><p>Speech is curbed<sup>1</sup> on many sites.</p>"
        "<p><b>Resolved:</b> Shareholders request the Board of Directors of the Company conduct an"
        " evaluation and issue a report within the next year on how it moderates content.</p>"
        "<p><sup>1</sup> https://speech.example/curbed</p>"
        "<p><b>Our Board’s response to this proposal</b></p><p>Our rules are public.</p>"
        "<p>Accordingly, the Board recommends that stockholders vote <b>against</b> this proposal.</p>"
        "<p><b>Additional information</b></p></body></html>",
        (
            wanted(
                "4",
                "Stockholder Proposal on Content Moderation",
                ("Heartland Values Center",),
                ("Shareholders request the Board of Directors", "how it moderates content."),
                "Our rules are public.",
            ),
        ),
    ),
    Passage(
        "a request without the word request, and what the vote needs in between",
        page(
            *NOTICE,
            *DIRECTORS,
            "#PROPOSAL 4 – SHAREHOLDER PROPOSAL ON RETIREMENT PLAN CLIMATE RISK",
            "#Proposal",
            "Zinnia Park Advocates has submitted the following proposal on behalf of Oona and Miles Berger.",
            "BE IT RESOLVED: Shareholders of Example Corp. seek a report on how the Company protects plan"
            " beneficiaries from climate risk in its default retirement options.",
            "SUPPORTING STATEMENT: The default fund holds coal.",
            "#Vote Required",
            "A majority of votes cast is needed.",
            "#Statement in Opposition",
            "A fiduciary picks the funds.",
            "#The Board recommends that you vote “AGAINST” Proposal 4.",
        ),
        (
            wanted(
                "4",
                "SHAREHOLDER PROPOSAL ON RETIREMENT PLAN CLIMATE RISK",
                ("Oona and Miles Berger",),
                ("Shareholders of Example Corp. seek a report", "default retirement options."),
                "A fiduciary picks the funds.",
                representative="Zinnia Park Advocates",
            ),
        ),
    ),
    Passage(
        "no proposal: a settlement, a bylaw's text and a section on next year's",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal 3 – Reincorporation in Nevada",
            "Some shareholders, among them the Ostrich Fund, have told us that they oppose this proposal.",
            "RESOLVED, that the Company convert to a corporation of Nevada.",
            "#The Board recommends a vote FOR Proposal 3.",
            "#Shareholder Engagement",
            "We spoke to holders of 60% of the stock; a proponent agreed to withdraw its proposal.",
            "#Shareholder Proposals for the 2025 Annual Meeting",
            "Proposals must be received by December 4, 2024.",
        ),
        (),
    ),
)
