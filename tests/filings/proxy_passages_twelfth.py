"""A twelfth set, measured with the eleventh; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

TWELFTH = (
    Passage(
        "the board supports it, and two are withheld",
        page(
            *NOTICE,
            *DIRECTORS,
            "#SHAREHOLDER PROPOSALS",
            "We received the two proposals below. Names and addresses of their proponents will be"
            " supplied promptly upon oral or written request to the Secretary.",
            "#Proposal 3 – Simple Majority Vote",
            "#Shareholder Statement",
            "RESOLVED, Shareholders request that our board take each step necessary so that each"
            " voting requirement that calls for a greater than simple majority vote be replaced.",
            "Shareholders pay a premium for good governance.",
            "#Please vote yes: Simple Majority Vote – Proposal 3",
            "#Board Statement",
            "The Board agrees and recommends that you vote FOR this proposal.",
            "#Proposal 4 – Share Retention",
            "#Shareholder Statement",
            "RESOLVED: Shareholders urge that senior executives retain a significant percentage of"
            " shares until reaching retirement age.",
            "The policy shall supplement any other.",
            "#Board Statement",
            "The Board recommends that you vote AGAINST this proposal. We have guidelines.",
            "#General Matters",
        ),
        (
            wanted(
                "3",
                "Simple Majority Vote",
                None,
                ("Shareholders request that our board take", "majority vote be replaced."),
                "The Board agrees and recommends",
                recommendation="for",
            ),
            wanted(
                "4",
                "Share Retention",
                None,
                ("Shareholders urge that senior executives", "supplement any other."),
                "The Board recommends that you vote AGAINST",
            ),
        ),
    ),
    Passage(
        "a box above, white on blue, with co-filers in a list",
        "<html><body><div>Proxy Statement for the annual meeting to be held on Tuesday, June 3, 2025 at 9:00 a.m.</div>"
        "<table><tr><td><div>PROPOSAL</div><div>06</div></td><td><div>Stockholder Proposal Regarding a"
        " Just Transition</div></td></tr></table>"
        "<table><tr><td>☒</td><td>THE BOARD OF DIRECTORS RECOMMENDS A VOTE AGAINST THIS PROPOSAL.</td></tr></table>"
        "<div><b>Proponents</b></div><div>Filed by:</div>"
        "<div>• Wild Rose Pension Board, 2 Bank Row, Regina (lead filer)</div>"
        "<div>• Fellowship of Open Hands</div>"
        "<div><b>Stockholder resolution</b></div>"
        "<div>RESOLVED: Stockholders request a report on a just transition.</div>"
        "<div>WHEREAS: Workers bear the cost of change.</div>"
        "<div><b>The Board’s Statement in Opposition</b></div>"
        "<div>We retrain our people.</div></body></html>",
        (
            wanted(
                "6",
                "Stockholder Proposal Regarding a Just Transition",
                ("Wild Rose Pension Board", "Fellowship of Open Hands"),
                ("Stockholders request a report", "just transition."),
                "We retrain our people.",
            ),
        ),
    ),
    Passage(
        "one Item holds three proposals with letters",
        page(
            *NOTICE,
            *AUDITOR,
            "#ITEM 4: SHAREHOLDER PROPOSALS",
            "The following proposals were submitted by shareholders.",
            "#Proposal 4(a): Annual Report on Prison Labor",
            "Norbert Ashdown, 1 Cell Lane, Reno, NV 89501, owner of 12 shares, submitted this proposal.",
            "RESOLVED: Shareholders urge the Board to report yearly on prison labor in the supply chain.",
            "Forced work is wrong.",
            "#Board Response to Proposal 4(a)",
            "We forbid it. The Board recommends a vote AGAINST Proposal 4(a).",
            "#Proposal 4(b): Report on Antibiotics",
            "The Meadow Grove Foundation, 8 Dale Street, Ames, IA 50010, owner of 70 shares, submitted this proposal.",
            "RESOLVED: Shareholders request a report on antibiotics used by suppliers.",
            "Resistance grows.",
            "#Board Response to Proposal 4(b)",
            "We set standards. The Board recommends a vote AGAINST Proposal 4(b).",
        ),
        (
            wanted(
                "4a",
                "Annual Report on Prison Labor",
                ("Norbert Ashdown",),
                ("Shareholders urge the Board to report yearly", "in the supply chain."),
                "We forbid it.",
            ),
            wanted(
                "4b",
                "Report on Antibiotics",
                ("The Meadow Grove Foundation",),
                ("Shareholders request a report on antibiotics", "used by suppliers."),
                "We set standards.",
            ),
        ),
    ),
    Passage(
        "a company that objects in a footnote and a proposal in quotation marks, no heading of the board's",
        page(
            *NOTICE,
            *DIRECTORS,
            "#3. SHAREHOLDER PROPOSAL",
            "Aurelia Finch of Concord, Massachusetts, a shareholder holding 500 shares of Class A"
            " Stock, has given notice that she, or her representative, intends to present for action"
            " at the meeting the following proposal.",
            "“RESOLVED: That shareholders ask the Company to publish a plan to divest from coal.",
            "Supporting Statement: Coal is losing value.”",
            "The Board of Directors unanimously favors a vote AGAINST the proposal for the following reasons:",
            "Each subsidiary decides for itself.",
            "Proxies will be voted against the proposal if no choice is made.",
            "#4. OTHER MATTERS",
        ),
        (
            wanted(
                "3",
                "",
                ("Aurelia Finch",),
                ("That shareholders ask the Company to publish", "divest from coal."),
                "The Board of Directors unanimously favors",
            ),
        ),
    ),
    Passage(
        "a table for each proposal that breaks over pages",
        "<html><body><p>PROXY STATEMENT</p><p>The annual meeting is on Thursday, May 16, 2019.</p>"
        "<p><b>ITEM 5. Shareholder Proposal – Report on Opioids</b></p>"
        "<p>The following proposal was submitted by the Tri-County Carpenters, and co-filed by Mercy of"
        " the Plains and Edgar Wills. Upon request we will give their addresses and holdings.</p>"
        "<p><b>RESOLVED:</b> that shareholders urge the Board to report by September 30, 2019 on</p>"
        "<ul><li>how it watches the risks of opioids,</li><li>whether it has a committee for them.</li></ul>"
        "<p>61</p><hr style='page-break-after:always'/><p>Shareholder proposals</p>"
        "<p>The report should omit secrets and be prepared at reasonable cost.</p>"
        "<p><b>SUPPORTING STATEMENT</b></p><p>Opioids kill.</p>"
        "<p><b>STATEMENT OF THE BOARD OF DIRECTORS IN RESPONSE</b></p>"
        "<p>Our report is on our website.</p>"
        "<p><b>☑ The Board of Directors unanimously recommends a vote AGAINST this proposal (Item 5).</b></p>"
        "<p>62</p><hr style='page-break-after:always'/><p>Shareholder proposals</p>"
        "<p><b>ITEM 6. Approval of the 2019 Plan</b></p><p>The Board recommends a vote FOR.</p></body></html>",
        (
            wanted(
                "5",
                "Shareholder Proposal – Report on Opioids",
                ("Tri-County Carpenters", "Mercy of the Plains", "Edgar Wills"),
                ("that shareholders urge the Board to report", "at reasonable cost."),
                "Our report is on our website.",
            ),
        ),
    ),
    Passage(
        "a small company without proposals of holders, its own resolution and a dissident's letter",
        page(
            *NOTICE,
            "#PROPOSAL 1. ELECTION OF DIRECTORS",
            "On January 9, 2024, Gull Rock Capital delivered a notice that it intends to nominate three persons.",
            "The Board recommends a vote FOR the Company’s nominees.",
            "#PROPOSAL 2. REVERSE STOCK SPLIT",
            "RESOLVED, that the certificate be amended to combine each ten shares into one.",
            "The Board of Directors unanimously recommends a vote FOR this proposal.",
            "#STOCKHOLDER PROPOSALS",
            "A stockholder who wishes to present a proposal must notify us by January 3, 2025.",
        ),
        (),
    ),
    Passage(
        "many capitals, a stated holder and the section in the first person",
        page(
            *NOTICE,
            *AUDITOR,
            "#PROPOSAL THREE:",
            "#SHAREOWNER PROPOSAL ENTITLED “SPECIAL SHAREOWNER MEETINGS”",
            "We have been informed by Mr. Caspian R. Thwaite, acting through his agent Leopold Moss, that"
            " he intends to submit the following proposal at the annual meeting.",
            "#Special Shareowner Meetings",
            "RESOLVED, Shareowners ask us to give holders of 10% of our stock the power to call a special meeting.",
            "This is important because the company is incorporated in Delaware.",
            "#Sincerely, Caspian R. Thwaite",
            "#OUR BOARD’S POSITION ON THIS PROPOSAL",
            "#OUR BOARD RECOMMENDS THAT YOU VOTE AGAINST PROPOSAL THREE.",
            "We gave this right to holders of 20% last year.",
        ),
        (
            wanted(
                "3",
                "SHAREOWNER PROPOSAL ENTITLED “SPECIAL SHAREOWNER MEETINGS”",
                ("Caspian R. Thwaite",),
                ("Shareowners ask us to give holders", "call a special meeting."),
                "OUR BOARD RECOMMENDS THAT YOU VOTE AGAINST",
                representative="Leopold Moss",
            ),
        ),
    ),
)
