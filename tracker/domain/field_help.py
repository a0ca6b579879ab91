"""What each field of a form is called and what belongs in it: the labels and help texts of every kind of object.

Keys are `table.column`, a column that points elsewhere without its `_id`; `table` alone is a list of rows. The rules
that the texts tell are those of `docs/rules.md`. A test fails for a field of any kind that has no text here.
"""

from enum import StrEnum
from typing import NamedTuple

from tracker.domain import status
from tracker.domain.vocab import BallotKind, CommitmentState, FilerRole, Intention, ResolutionCode, SupportFormula


class Help(NamedTuple):
    """Label and help of one field.

    `unit` stands behind a number. `line`: one line although the column holds any length. `needed`: the field must be
    given although the column may be empty. `ours`: our own words or judgement, which rest on no source.
    """

    label: str
    help: str
    unit: str = ""
    line: bool = False
    needed: bool = False
    ours: bool = False


_ADDRESS = "The address of the page or paper where this stands."
_AS_PRINTED = "The name as the source prints it."
_STATED_NEXT = "As the proxy statement says it of next year's meeting. Leave it empty where nothing is said."
_KNOWN_AS_FAR = "As far as it is known: a day, a month, a year, before, after or between."

HELP: dict[str, Help] = {
    # --- every object -------------------------------------------------------------------------------------------------
    "campaign_object.title": Help("Title", "One line by which people recognise it in lists and on timelines.", ours=True),
    "campaign_object.summary": Help("Summary", "One or two plain sentences. What is claimed here must stand in a source.", ours=True),
    "campaign_object.aliases": Help("Other names", "What else it is called in the press, one a line. Links to documents are looked for by these names.", ours=True),
    "campaign_object.campaigns": Help("Campaigns", "The campaigns on whose timelines it stands. It may belong to several.", ours=True),
    # --- resolutions --------------------------------------------------------------------------------------------------
    "resolution.company": Help("Company", "The company that was asked."),
    "resolution.season": Help("Season", "The year of the meeting for which the proposal was made.", unit="year"),
    "resolution.family": Help("Subject family", "Proposals of substantially the same subject at this company, across years and proponents. Whether a proposal may come back hangs on it (Rule 14a-8(i)(12)). It is a judgement: pages say \"may be excludable\".", ours=True),
    "resolution.ask_type": Help("Kind of ask", "What the company is asked to do. The same subject may be asked with different force: to stop selling, or to study."),
    "resolution.ask": Help("Ask", "What the company is asked to do, in one sentence of the proposal's own words."),
    "resolution.resolved_clause": Help("Resolved clause", "The text from \"RESOLVED\" on, as printed."),
    "resolution.supporting_statement": Help("Supporting statement", "The proponents' reasons, as printed. Clause and statement have at most 500 words together."),
    "resolution.board_statement": Help("Board's statement", "The board's answer in the proxy statement, as printed."),
    "filer": Help("Filers", "Who filed: the lead filer first, then each co-filer with the days on which it joined or left."),
    "filer.organization": Help("Organisation", "Leave it empty for somebody who files in their own name."),
    "filer.person": Help("Person", "Who filed in their own name, or for the organisation."),
    "filer.role": Help("Part", "A representative acts for a filer and holds no shares of their own for it."),
    "filer.named": Help("Name as printed", "Only where it is nobody in the archive."),
    "filer.joined_on": Help("Joined on", "For a co-filer who came later. " + _KNOWN_AS_FAR),
    "filer.left_on": Help("Left on", "When a filer withdrew while others went on. " + _KNOWN_AS_FAR),
    "resolution_status": Help("Steps", "What became of the proposal, step by step. A step stays when another follows; a withdrawal while a challenge is pending leaves no decision of the SEC."),
    "resolution_status.code": Help("Step", "Since 17 November 2025 \"no objection\" rests on the company's own representation alone: it is never the same as a concurrence. Withdrawals differ by their reason."),
    "resolution_status.number": Help("Which time", "2 where the same step comes a second time, such as another postponement."),
    "resolution_status.on": Help("Day", "The day of the act itself, not of its report. " + _KNOWN_AS_FAR),
    "resolution_status.note": Help("Note", "What a reader should know of this step, in one sentence.", ours=True),
    "exclusion_basis": Help("Grounds for exclusion", "One row for each paragraph of Rule 14a-8 that the company argues."),
    "exclusion_basis.paragraph": Help("Paragraph", "As in the rule: (i)(7), (i)(10), (b) ..."),
    "exclusion_basis.argued": Help("What the company argues", "In a sentence or two."),
    "exclusion_basis.decided_by": Help("Decided by", "SEC staff, or a court.", line=True),
    "exclusion_basis.decision": Help("Decision", "What was decided on this ground; empty where it was not reached.", line=True),
    "voting_intention": Help("Voting intentions", "How investors say ahead of the meeting that they will vote. It is no record of how they voted."),
    "voting_intention.organization": Help("Investor", "Leave it empty where the investor is not in the archive, and give the name."),
    "voting_intention.named": Help("Name as printed", "Only where the investor is not in the archive."),
    "voting_intention.number": Help("Which time", "2 where the investor changed its mind: the earlier word stays."),
    "voting_intention.intention": Help("Declared vote", "What the investor announced."),
    "voting_intention.rationale": Help("Rationale", "The investor's reasons in its own words."),
    "voting_intention.declared_on": Help("Declared on", "The day of the announcement. " + _KNOWN_AS_FAR),
    "voting_intention.url": Help("Address", _ADDRESS, line=True),
    "voting_intention.declared_by": Help("Declared here by", "The name of the account, where it was declared here and not published elsewhere.", ours=True),
    "voting_intention.withdrawn_on": Help("Withdrawn on", "The day on which the investor took its word back."),
    # --- meetings -----------------------------------------------------------------------------------------------------
    "meeting.company": Help("Company", "Whose shareholders meet."),
    "meeting.held_on": Help("Meeting", "The day of the meeting; of one that lasts longer, the day it ends, from which the four business days for the results are counted."),
    "meeting.meeting_kind": Help("Kind of meeting", "Annual, or called for a particular matter."),
    "meeting.record_date": Help("Record date", "Who holds shares at the end of this day may vote."),
    "meeting.proxy_filed_on": Help("Proxy statement filed", "The day of the definitive proxy statement (DEF 14A). The 80-day, 30-day and 120-day clocks are counted from it."),
    "meeting.next_proposals_by": Help("Proposals for next year by", "Under Rule 14a-8. " + _STATED_NEXT),
    "meeting.next_notice_from": Help("Notice of other business from", _STATED_NEXT),
    "meeting.next_notice_by": Help("Notice of other business by", _STATED_NEXT),
    "meeting.next_access_by": Help("Nominees under proxy access by", _STATED_NEXT),
    "meeting.next_universal_by": Help("Notice under Rule 14a-19 by", _STATED_NEXT),
    "meeting.votes_entitled": Help("Votes entitled", "How many votes may be cast: votes, not shares, where a share has several.", unit="votes"),
    "meeting.for_year": Help("For the year", "The year the company gives the meeting (\"2025 Annual Meeting\"), whichever year it is held in.", unit="year"),
    "ballot_item": Help("Ballot items", "The numbered matters on the ballot, with their counts."),
    "ballot_item.resolution": Help("Resolution", "Where the item is a proposal that the archive follows."),
    "ballot_item.number": Help("Item number", "As printed: 6, or 4a."),
    "ballot_item.title": Help("Title", "As printed on the ballot.", line=True),
    "ballot_item.ballot_kind": Help("Kind of item", "What is voted on."),
    "ballot_item.board_recommendation": Help("Board recommends", "As the proxy statement says it."),
    "ballot_item.company_formula": Help("Company's own formula", "What the company divides by when it says whether an item passed. Resubmission always goes by for and against alone."),
    "vote_count": Help("Counts", "As reported in the 8-K, Item 5.07. A later report (8-K/A) is a row of its own: both stay, the later counts."),
    "vote_count.votes_for": Help("For", "As reported; nothing is added or rounded.", unit="votes", needed=True),
    "vote_count.votes_against": Help("Against", "As reported.", unit="votes"),
    "vote_count.votes_withheld": Help("Withheld", "For directors; leave it empty where the report has no such column.", unit="votes"),
    "vote_count.votes_abstain": Help("Abstentions", "Leave it empty where the report has no such column: empty is not zero.", unit="votes"),
    "vote_count.broker_non_votes": Help("Broker non-votes", "They are in no formula of support.", unit="votes"),
    "vote_count.unit": Help("Unit", "With two classes of shares, votes are not shares."),
    "vote_count.preliminary": Help("Preliminary", "Final counts are then due four business days after they are known."),
    "vote_count.reported_on": Help("Reported on", "The day of the report."),
    "vote_count.form": Help("Form", "8-K, or 8-K/A for an amendment."),
    "vote_claim": Help("Percentages said elsewhere", "What somebody published before the counts: a claim, kept apart from them."),
    "vote_claim.hundredths": Help("Percentage", "With the decimals it was published with: 27.5, not 27.50.", unit="%"),
    "vote_claim.formula": Help("Divided by", "What the percentage was divided by; unknown where nobody says."),
    "vote_claim.claimed_by": Help("Said by", "The paper or party that published it.", line=True),
    "vote_claim.url": Help("Address", _ADDRESS, line=True),
    "insider_holding": Help("Insiders' votes", "Votes of insiders, for support without them: their votes leave the votes cast."),
    "insider_holding.holder": Help("Holder", "Whose votes they are."),
    "insider_holding.votes": Help("Votes", "Votes, not shares, where a share has several.", unit="votes"),
    "insider_holding.assumed_against": Help("Assumed against", "How insiders voted is seldom published; the assumption is shown with the figure.", ours=True),
    "insider_holding.url": Help("Address", _ADDRESS, line=True),
    # --- letters ------------------------------------------------------------------------------------------------------
    "letter.sent_on": Help("Sent on", "The clock starts when it was sent, not when it was drafted. " + _KNOWN_AS_FAR),
    "letter.received_on": Help("Received on", "Only where somebody says so."),
    "letter.respond_by": Help("Answer asked for by", "The day the letter itself names."),
    "letter.sender_count": Help("Number of senders", "Where they are counted and not all named.", unit="senders"),
    "letter.sender_count_note": Help("Note on the number", "Who counted, and what.", line=True),
    "letter.reasks": Help("Asks again", "The earlier letter whose questions are asked once more."),
    "letter.by_employees": Help("By employees", "Of the company itself."),
    "letter_party": Help("Parties", "Who wrote, who signed, to whom. The first sender decides in whose lane the letter stands."),
    "letter_party.role": Help("Part", "Senders write; signatories join; recipients are asked."),
    "letter_party.name": Help("Name", _AS_PRINTED),
    "letter_party.organization": Help("Organisation", "Where it is one of the archive's."),
    "letter_party.person": Help("Person", "Where it is one of the archive's."),
    "letter_question": Help("Questions", "Each question or demand by itself: answers are graded question by question."),
    "letter_question.number": Help("Number", "In the letter's own order."),
    "letter_question.text": Help("Question", "In the letter's own words."),
    "response_search": Help("Searches for an answer", "Silence is a dated observation with a search behind it."),
    "response_search.searched_on": Help("Searched on", "The day, such as 2019-06-03.", ours=True),
    "response_search.where": Help("Where", "Newsroom, blog, filings, the senders' pages ...", line=True, ours=True),
    "response_search.found": Help("Found", "Whether an answer was found.", ours=True),
    "sender_judgement": Help("Senders' judgement", "What the senders made of an answer. It is theirs, and is told as theirs."),
    "sender_judgement.on": Help("Day", _KNOWN_AS_FAR),
    "sender_judgement.by": Help("By", "Who judged.", line=True),
    "sender_judgement.insufficient": Help("Insufficient", "Whether the senders called the answer insufficient."),
    "sender_judgement.quote": Help("Quotation", "Their words."),
    "sender_judgement.url": Help("Address", _ADDRESS, line=True),
    # --- answers ------------------------------------------------------------------------------------------------------
    "company_response.company": Help("Company", "Who answered."),
    "company_response.on": Help("Day", "When it was given. " + _KNOWN_AS_FAR),
    "company_response.channel": Help("How it came", "A letter, a blog, the proxy statement ... An act that names no letter may still answer one."),
    "company_response.public": Help("Public", "No for an answer that is only said to exist."),
    "company_response.policy_change": Help("Change of policy", "Yes where the company changed what it does, not only what it says."),
    "answer": Help("What it answers", "The letters, or other objects, that it answers, and how far."),
    "answer.object": Help("Letter", "A letter, a study, a resolution ..."),
    "answer.assessment": Help("How full", "\"Insufficient\" is the senders' judgement: give it only where they said so."),
    "answer.assessed_by": Help("Assessed by", "Whose judgement this is.", line=True, ours=True),
    "answer.note": Help("Note", "Why it was assessed so.", ours=True),
    "question_assessment": Help("Question by question", "How far it covers each question, with the words that this rests on."),
    "question_assessment.question": Help("Question", "The letter's name in addresses and the question's number, such as caucus-to-amazon 2."),
    "question_assessment.grade": Help("Grade", "How far the answer covers the question."),
    "question_assessment.quote": Help("Quotation", "The words of the answer that the grade rests on."),
    "question_assessment.assessed_by": Help("Assessed by", "Whose judgement this is.", line=True, ours=True),
    # --- contracts and commitments ------------------------------------------------------------------------------------
    "contract.vendor": Help("Vendor", "Whose product it is."),
    "contract.reseller": Help("Reseller", "Where the agency buys from somebody else than the vendor."),
    "contract.agency": Help("Agency", "Who buys, tries or was offered."),
    "contract.product": Help("Product", "What it is about."),
    "contract.award_id": Help("Award number", "As the register or the agency writes it."),
    "contract.amount_value": Help("Value", "What the contract says. Leave empty what is not known: empty is not zero.", unit="whole units of the currency"),
    "contract.amount_ceiling": Help("Ceiling", "The most that may be spent under it.", unit="whole units of the currency"),
    "contract.amount_obligated": Help("Obligated", "What has been committed so far.", unit="whole units of the currency"),
    "contract.amount_note": Help("Note on the amounts", "What they cover.", line=True),
    "contract.currency": Help("Currency", "Three letters: USD, EUR, GBP."),
    "contract.starts_on": Help("Starts on", _KNOWN_AS_FAR),
    "contract.ends_on": Help("Ends on", "When it ended, or is to end. " + _KNOWN_AS_FAR),
    "contract.contract_state": Help("State", "Offered, tried, in force, or how it ended."),
    "contract.how_ended": Help("How it ended", "In a sentence; it is told on the timeline.", line=True),
    "commitment.company": Help("Company", "Who promised."),
    "commitment.made_for": Help("Made for", "The resolution that was withdrawn for it, or what else it settled."),
    "commitment.made_on": Help("Made on", _KNOWN_AS_FAR),
    "commitment.due_on": Help("To be kept by", "The day named in the promise."),
    "commitment.settled_on": Help("Settled on", "When it became known whether it was kept."),
    "commitment.kept": Help("What became of it", "Where the two sides see it differently, say so below."),
    "commitment.proponent_view": Help("Proponent's view", "Theirs, side by side with the company's."),
    "commitment.company_view": Help("Company's view", "Theirs, side by side with the proponent's."),
    "commitment_view": Help("Views", "What each side says became of the promise. Earlier views stay; of each side the latest counts."),
    "commitment_view.number": Help("Which time", "2 where the same side is heard a second time."),
    "commitment_view.side": Help("Side", "Whose view it is."),
    "commitment_view.state": Help("Finds it", "What that side finds became of the promise."),
    "commitment_view.on": Help("Said on", _KNOWN_AS_FAR),
    "commitment_view.by": Help("Said by", _AS_PRINTED),
    "commitment_view.said": Help("In their words", "One or two sentences of theirs."),
    "commitment_view.url": Help("Source", _ADDRESS, line=True),
    # --- publications -------------------------------------------------------------------------------------------------
    "statement.organization": Help("Organisation", "Who spoke."),
    "statement.on": Help("Day", _KNOWN_AS_FAR),
    "statement.by_employees": Help("By employees", "Of the company itself."),
    "study.organization": Help("Organisation", "Who published it."),
    "study.published_on": Help("Published on", _KNOWN_AS_FAR),
    "measure.jurisdiction": Help("Jurisdiction", "The city, state or country whose measure it is."),
    "measure.number": Help("Number", "As its legislature writes it: S. 847."),
    "measure.introduced_on": Help("Introduced on", _KNOWN_AS_FAR),
    "measure.enacted_on": Help("Enacted on", "Empty while it is no law."),
    "proceeding.proceeding_kind": Help("Kind of proceeding", "What sort of matter it is."),
    "proceeding.body": Help("Before", "The court, committee or regulator."),
    "proceeding.docket": Help("Docket number", "As the body writes it."),
    "proceeding.opened_on": Help("Opened on", _KNOWN_AS_FAR),
    "proceeding.decided_on": Help("Decided on", "Empty while it is pending."),
    "proceeding.outcome": Help("Outcome", "In a sentence."),
}  # fmt: skip

_CODES: dict[StrEnum, str] = {
    SupportFormula.FOR_AGAINST: "For and against",
    SupportFormula.FOR_AGAINST_ABSTAIN: "For, against and abstentions",
    SupportFormula.FOR_PRESENT: "Votes present",
    SupportFormula.FOR_OUTSTANDING: "All votes outstanding",
    SupportFormula.INSIDERS_EXCLUDED: "Votes cast without insiders",
    SupportFormula.UNKNOWN: "Not said",
    BallotKind.SAY_ON_PAY: "Advisory vote on pay",
    BallotKind.SAY_ON_FREQUENCY: "How often to vote on pay",
    CommitmentState.NONE: "No commitment",
    CommitmentState.PENDING: "Not yet due or not yet known",
    CommitmentState.PARTIAL: "Kept in part",
    CommitmentState.FULL: "Kept",
    CommitmentState.BROKEN: "Not kept",
    FilerRole.CO_FILER: "Co-filer",
    Intention.ABSTAIN: "Abstain",
    Intention.UNDECIDED: "Undecided",
}


def help_for(table: str, key: str = "") -> Help:
    """Return label and help of a field, or of a list of rows; raises LookupError naming what has none."""
    name = f"{table}.{key}" if key else table
    if name not in HELP:
        raise LookupError(f"{name} has no help text: write one in tracker/domain/field_help.py")
    return HELP[name]


def code_words(code: StrEnum) -> str:
    """Return a vocabulary's code as a choice in a form reads."""
    if isinstance(code, ResolutionCode):
        return status.label(code)
    return _CODES.get(code) or code.value.replace("_", " ").capitalize()
