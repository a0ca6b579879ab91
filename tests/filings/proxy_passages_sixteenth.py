"""A sixteenth and last set, read once before any rule was mended for it; see docs/accuracy.md for how it went."""

from tests.filings.proxy_passage import NOTICE, Passage, page, wanted
from tests.filings.proxy_passages_ninth import AUDITOR, DIRECTORS

SIXTEENTH = (
    Passage(
        "the holder's own title below, a promise to give names on a call",
        page(
            *NOTICE,
            *DIRECTORS,
            *AUDITOR,
            "#Item 3 — Shareholder Proposal (if properly presented)",
            "A shareholder, whose name we will give to anyone who calls, has told us that it intends to"
            " present the proposal below.",
            "#Report on Gender Balance",
            "RESOLVED: Shareholders request a report on the gender balance of suppliers.",
            "#Shareholder’s supporting statement",
            "Balance pays.",
            "#Company’s statement in opposition",
            "The Board recommends a vote AGAINST this proposal. Suppliers report as they wish.",
        ),
        (
            wanted(
                "3",
                "Report on Gender Balance",
                None,
                ("Shareholders request a report on the gender", "balance of suppliers."),
                "The Board recommends a vote AGAINST",
            ),
        ),
    ),
    Passage(
        "two holders each with its own verb, a table of reasons",
        page(
            *NOTICE,
            *AUDITOR,
            "#STOCKHOLDER PROPOSAL NO. 3 ON YOUR PROXY CARD",
            "#Adopt Time-Bound Water Targets",
            "Larch Street Investments, 5 Larch Street, Provo, UT 84601, submitted the following proposal and"
            " the Basin Teachers’ Trust, 9 Dune Way, Moab, UT 84532, co-filed it.",
            "RESOLVED: Stockholders ask the Company to adopt time-bound targets for water.",
            "#Supporting statement",
            "The basin is dry.",
            "#The Board’s reasons for opposing the proposal",
            "Our sites use little.",
            "#The Board of Directors recommends a vote AGAINST stockholder proposal no. 3.",
        ),
        (
            wanted(
                "3",
                "Adopt Time-Bound Water Targets",
                ("Larch Street Investments", "Basin Teachers’ Trust"),
                ("Stockholders ask the Company to adopt", "targets for water."),
                "Our sites use little.",
            ),
        ),
    ),
    Passage(
        "the clause in four lettered parts, the reply under the advice",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal Six: Shareholder Proposal Regarding Executive Pay Metrics",
            "Management has been advised that Orpha Dunmore, 31 Lake Court, Flint, MI 48502, the owner of"
            " not less than 75 shares, will cause the following to be brought before the meeting:",
            "RESOLVED: that the shareholders urge the committee on pay to",
            "A. publish the metrics it uses,",
            "B. explain each change, and",
            "C. set out the results.",
            "The policy should not impair any existing contract.",
            "Metrics were changed twice in five years.",
            "#MANAGEMENT’S RECOMMENDATION: VOTE AGAINST",
            "The metrics are described above.",
        ),
        (
            wanted(
                "6",
                "Shareholder Proposal Regarding Executive Pay Metrics",
                ("Orpha Dunmore",),
                ("that the shareholders urge the committee", "impair any existing contract."),
                "The metrics are described above.",
            ),
        ),
    ),
    Passage(
        "a holder who speaks in the first person",
        page(
            *NOTICE,
            *AUDITOR,
            "#PROPOSAL 3: Shareholder Proposal on Remote Meetings",
            "Mr. Ludo Vane has submitted this proposal. We will furnish his address promptly on request.",
            "I move that our Company hold its meetings in person as well as online.",
            "I have owned shares since 1990 and have never been able to put a question.",
            "#Company Response",
            "Online meetings reach more holders.",
            "The Board recommends voting AGAINST this proposal.",
            "#PROPOSAL 4: Approval of the Charter Amendment",
            "The Board recommends voting FOR this proposal.",
        ),
        (
            wanted(
                "3",
                "Shareholder Proposal on Remote Meetings",
                ("Ludo Vane",),
                ("I move that our Company hold", "as well as online."),
                "Online meetings reach more holders.",
            ),
        ),
    ),
    Passage(
        "no proposal: the company says that one was left out",
        page(
            *NOTICE,
            *DIRECTORS,
            "#Proposal 3 – Say on Pay",
            "RESOLVED, that the pay described is approved.",
            "The Board recommends a vote FOR Proposal 3.",
            "#Shareholder proposal not included",
            "Cato Lind submitted a proposal on dividends. The staff did not object to leaving it out.",
        ),
        (),
    ),
)
