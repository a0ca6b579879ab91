"""Letters in the layouts in which people send them, all invented, with what each says of itself.

`LEARNED` were looked at while the rules were written. `HELD_BACK` were written before and first read when those were
done: 13 of 14 senders (2 more were none), 8 of 10 recipients (3 were none), 15 of 16 questions, every day. Then the two
causes that are of general use, an article and an office, were mended.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """A letter and its truth: names as printed, days as ISO text, questions by the words that begin them."""

    text: str
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sent_on: str = ""
    respond_by: str = ""
    questions: tuple[str, ...] = ()


LEARNED = (
    Written(
        """Larkmere Civic Alliance
14 Harbour Street
Larkmere, OR 97001

March 4, 2025

Ms. Jane Q. Halloran
Chief Executive Officer
Brightwater Systems, Inc.
200 Mill Road, Suite 9
Portland, OR 97201

Dear Ms. Halloran:

We write about the cameras that Brightwater sells to our county. Residents were not told.

We ask that you answer the following questions by April 1, 2025:

1. Which agencies have bought the SightLine camera since 2020?
2. How accurate is it for people with dark skin? Please give figures by group.
3. Provide every contract with the county.

We also call on Brightwater to stop all sales until a public hearing was held.

Sincerely,

Tomas Ferreira
Executive Director
Larkmere Civic Alliance

cc: Board of Directors
""",
        ("Tomas Ferreira", "Larkmere Civic Alliance"),
        ("Jane Q. Halloran", "Brightwater Systems, Inc."),
        "2025-03-04",
        "2025-04-01",
        (
            "Which agencies have bought",
            "How accurate is it",
            "Provide every contract",
            "We also call on Brightwater",
        ),
    ),
    Written(
        """To: Daniel Okafor, Northgate Retail plc
From: Sisters of St. Brannoc
Date: 12 September 2024
Re: Forced labour in cotton

Dear Mr. Okafor,

As shareholders we have waited for two years. Will the board publish the audit? When?

Yours faithfully,
Sister Agnes Doyle
Sister Mary Whelan
""",
        ("Agnes Doyle", "Mary Whelan"),
        ("Daniel Okafor", "Northgate Retail plc"),
        "2024-09-12",
        "",
        ("Will the board publish", "When?"),
    ),
    Written(
        """OPEN LETTER

Washington, June 3, 2021

Dear Secretary Alvarez,

On behalf of the Coalition for Open Skies, we request that the department end its drone programme.

Would you fly them over your own house? We would not.

Respectfully,

American Rivers Union          Coalition for Open Skies
Center for Fair Policing       Desert Legal Fund
""",
        ("American Rivers Union", "Coalition for Open Skies", "Center for Fair Policing", "Desert Legal Fund"),
        ("Secretary Alvarez",),
        "2021-06-03",
        "",
        ("On behalf of the Coalition", "Would you fly them"),
    ),
    Written(
        """The Honorable Peter Lindqvist
Mayor of Easthaven
1 City Plaza
Easthaven, ME 04001

Dear Mayor Lindqvist and Members of the Council,

Thank you for meeting us on May 2, 2023. We left with more worries than we came with.

• Who can see the recordings?
• For how long are they kept?
• The police chief said that they help.

Please respond in writing no later than June 15, 2023.

In solidarity,

Rosa Quintero, President
Easthaven Tenants Association

May 9, 2023
""",
        ("Rosa Quintero", "Easthaven Tenants Association"),
        ("Peter Lindqvist",),
        "2023-05-09",
        "2023-06-15",
        ("Who can see", "For how long"),
    ),
    Written(
        """BRIGHTWATER SAYS SALES ROSE

Brightwater Systems said on Tuesday that sales rose by a tenth. "Why stop now?" asked its chief executive.

Dear readers were thanked.
""",
    ),
    Written(
        """August 30, 2022

VIA EMAIL

Board of Directors
c/o Corporate Secretary
Hollis Energy Corp.
PO Box 118
Tulsa, OK 74101

To Whom It May Concern:

We, the undersigned investors with $40 billion under management, urge the board to adopt a methane target. Is there
a plan to measure leaks at wells that Hollis does not operate? If so, please share it.

Best regards,

Fairweather Asset Management
Province of St. Odile
Green Harbor Trust
""",
        ("Fairweather Asset Management", "Province of St. Odile", "Green Harbor Trust"),
        ("Board of Directors", "Hollis Energy Corp."),
        "2022-08-30",
        "",
        ("We, the undersigned investors", "Is there a plan"),
    ),
)

HELD_BACK = (
    Written(
        """Congress of the Free Coast
Committee on Commerce

November 18, 2019

Mr. Alan Prewitt
Founder and Chief Executive Officer
Corvid Analytics LLC
77 Water Street
New York, NY 10005

Dear Mr. Prewitt:

We are deeply concerned by reports that Corvid collects photographs without consent.

We therefore request answers to the following questions no later than December 9, 2019:

(1) From which sites does Corvid take photographs?
(2) Does Corvid sell to governments outside the country? If so, to which?
(3) Describe the steps taken to delete photographs of children.

Thank you for your attention to this matter.

Sincerely,

Helen Marrow                         Luis Ortega
Member of Congress                   Member of Congress
""",
        ("Helen Marrow", "Luis Ortega"),
        ("Alan Prewitt", "Corvid Analytics LLC"),
        "2019-11-18",
        "2019-12-09",
        ("From which sites", "Does Corvid sell", "If so, to which", "Describe the steps"),
    ),
    Written(
        """Dear Tim,

I own 200 shares. Why was item 6 left off the ballot? I ask that it be put back.

Regards,
Joan Pell
3 February 2020
""",
        ("Joan Pell",),
        (),
        "2020-02-03",
        "",
        ("Why was item 6", "I ask that it be put back"),
    ),
    Written(
        """FROM: Amaranth Pension Trust
TO: The Board of Directors, Sable Motors Inc.
SENT: 7/14/2023
SUBJECT: Lobbying

We have engaged with Sable for three years.

1) Disclose all payments to trade associations.
2) Explain how each payment fits the climate policy.

We look forward to a reply by 31 August 2023.

Amaranth Pension Trust
""",
        ("Amaranth Pension Trust",),
        ("Board of Directors", "Sable Motors Inc."),
        "2023-07-14",
        "2023-08-31",
        ("Disclose all payments", "Explain how each payment"),
    ),
    Written(
        """Workers of Tern Logistics
20th January 2022

Dear Ms. Baptiste,

We are the people who pack your parcels. Two of us died last year.

We demand:
- End the night quota.
- Publish the injury figures for each warehouse.
- A seat at the table.

How many more? You have not answered our letter of 4 October 2021.

Signed,
The Tern Workers Committee
Unite Depot 4
""",
        ("Tern Workers Committee", "Unite Depot 4"),
        ("Ms. Baptiste",),
        "2022-01-20",
        "",
        ("End the night quota", "Publish the injury", "A seat at the table", "How many more"),
    ),
    Written(
        """Office of the Comptroller
City of Marram

October 5, 2020

By Federal Express

Ms. Ines Calloway, Corporate Secretary
Ostrander Pharmaceuticals, Inc.
1 Ostrander Way
Nutley, NJ 07110

Re: Shareholder proposal on pricing

Dear Ms. Calloway,

I submit the enclosed proposal on behalf of the Marram City Pension Fund. It was bought on March 3, 2018 and will be
held through the date of the meeting. Please let me know if the company needs anything further.

Very truly yours,

Vera Lindholm
Comptroller

Enclosure
""",
        ("Vera Lindholm",),
        ("Ines Calloway", "Ostrander Pharmaceuticals, Inc."),
        "2020-10-05",
        "",
        (),
    ),
    Written(
        """April 22, 2024

The Honorable Ruth Abara
United States Senate
Washington, DC 20510

The Honorable Karl Voss
United States House of Representatives
Washington, DC 20515

Dear Senator Abara and Representative Voss:

Forty groups ask you to bring the Face Privacy Act to a vote before the recess. What is Congress waiting for?

Respectfully submitted,

Access Justice Now
Digital Commons Foundation
Mothers Against Tracking

About Access Justice Now: it was founded in 2011.
""",
        ("Access Justice Now", "Digital Commons Foundation", "Mothers Against Tracking"),
        ("Ruth Abara", "Karl Voss"),
        "2024-04-22",
        "",
        ("What is Congress waiting for",),
    ),
    Written(
        """Minutes of the meeting of 4 March 2021

Present: A. Doyle, B. Finch. The chair asked whether the report was ready? It was not.
""",
    ),
    Written(
        """Brussels, 9 May 2023

Dear President Hartmann,

We, investors representing EUR 900 billion, call on the bank to stop financing new coal mines.

a) Will the bank publish its coal exposure by client?
b) Will it join the alliance?

We would be grateful for a written response before 1 July 2023, and for a meeting to discuss it.

Yours sincerely,

Meridian Asset Management
Ethos Pension Foundation
Dr. Lena Brandt, Church of the North
""",
        ("Meridian Asset Management", "Ethos Pension Foundation", "Lena Brandt", "Church of the North"),
        ("President Hartmann",),
        "2023-05-09",
        "2023-07-01",
        ("We, investors representing", "Will the bank publish", "Will it join"),
    ),
)
