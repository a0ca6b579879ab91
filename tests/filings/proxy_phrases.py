"""Headings and sentences of companies and proponents, in the many ways that proxy statements put them."""

# How the heading of a proposal reads: lines with {n} digits, {w} the number as a word, {H} shareholder or stockholder,
# {t} the topic; a line with | is the title that is expected of the whole.
HEADINGS = (
    (("PROPOSAL NO. {n}", "{H} Proposal Regarding {t}"), "{H} Proposal Regarding {t}"),
    (("Proposal {n}: {H} Proposal – {t}",), "{H} Proposal – {t}"),
    (("ITEM {n}. {HH} PROPOSAL", "{TT}"), "{t}"),
    (("Item {n} — {H} Proposal Requesting {t}",), "{H} Proposal Requesting {t}"),
    (("Proposal {w}", "{t}"), "{t}"),
    (("Proposal Number {n}:", "{H} Proposal:", "{t}"), "{t}"),
    (("{HH} PROPOSAL REGARDING {TT} (ITEM {n} ON THE PROXY CARD)",), "{H} Proposal Regarding {t}"),
    (("{H} Proposal: {t} (Proposal No. {n})",), "{H} Proposal: {t}"),
    (("Proposal {n} | {t}",), "{t}"),
    (("PROPOSAL {W} – {TT}",), "{t}"),
    (("Item No. {n}", "{H} Proposal", "{t}"), "{t}"),
    (("{n}. {H} Proposal on {t}",), "{H} Proposal on {t}"),
    (("Proposal {n} – {t} ({H} Proposal)",), "{t} ({H} Proposal)"),
    (("{HH} PROPOSALS", "PROPOSAL {n}", "{t}"), "{t}"),
    (("Agenda Item {n}. {t}",), "{t}"),
    (("{H} Proposal {n}", "{t}"), "{t}"),
    (("RESOLUTION {n}: {TT}",), "{t}"),
)
TOLD = (
    "{who} {has} notified us that {it} {intends} to present the following proposal at the annual meeting.",
    (
        "{who} {has} advised the Company that {it} {intends} to submit the proposal set forth below for"
        " consideration at the annual meeting:"
    ),
    "The following {h} proposal was submitted by {who}.",
    "We have been advised that {who} {intends} to introduce the following resolution at the meeting.",
    "The Company has received notice that {who} {intends} to present the following proposal at the annual meeting:",
    "We received the following proposal from {who}.",
    (
        "{who} {has} given notice that {it} {intends} to present for action at the annual meeting the"
        " following resolution:"
    ),
    "{who} {has} informed {short} that {it} {plans} to propose the following resolution at the annual meeting.",
    "The following proposal has been submitted to the Company for action at the meeting by {who}.",
    "{who} {has} submitted the following proposal:",
    "We expect the following proposal to be presented by {who} at the annual meeting.",
    "{short} has been notified by {who} that {it} {intends} to present this {h} proposal at the annual meeting.",
)
LABELLED = ("Proponent: {who}", "Submitted by: {who}")
WITHHELD = (
    (
        "A {h} has advised us that he intends to present the following proposal at the annual meeting."
        " The name, address and holdings "
        "of the proponent will be furnished promptly upon request."
    ),
    (
        "One of our {h}s has notified the Company that it intends to submit this {h} proposal for a vote."
        " We will provide the proponent’s name "
        "and address upon oral or written request."
    ),
)
DISCLAIMERS = (
    (
        "In accordance with SEC rules, the text of the proposal and the supporting statement appear"
        " exactly as received. The Company is not "
        "responsible for their content."
    ),
    (
        "The proposal and supporting statement are presented as submitted to us by the proponent, and we"
        " disclaim any responsibility for them."
    ),
    "",
)
MARKS = (
    ("RESOLVED: ", "Supporting Statement: "),
    ("Resolved, that ", "Supporting Statement"),
    ("RESOLVED, ", "SUPPORTING STATEMENT:"),
    ("BE IT RESOLVED: ", "Statement of Support"),
    ("RESOLVED", "SUPPORTING STATEMENT"),
    ("RESOLVED: ", ""),
    ("Now, therefore, be it resolved that ", "Supporting Statement"),
    ("“RESOLVED: ", "Supporting Statement"),
    ("", "Supporting Statement"),
    ("", "SUPPORTING STATEMENT: "),
    ("Resolved: ", "Stockholder’s Supporting Statement"),
)
BOARD_HEADINGS = (
    "Board of Directors’ Statement in Opposition",
    "THE BOARD’S STATEMENT IN OPPOSITION TO PROPOSAL {n}",
    "Board of Directors’ Response",
    "{short}’s Statement in Opposition",
    "Our Board’s Recommendation",
    "Recommendation of the Board of Directors",
    "Opposing Statement of the Board",
    "Company Response to {H} Proposal",
    "Response of the Board of Directors",
    "Management’s Response",
    "Statement of the Board of Directors",
    "Position of the Board of Directors",
    "The Company’s Response",
    "Board Response:",
    "",
)
ADVICE = {
    "against": (
        "The Board of Directors recommends a vote AGAINST this proposal for the following reasons:",
        "Our Board unanimously recommends that you vote “AGAINST” this proposal.",
        "The Board has carefully considered this proposal and recommends that {h}s vote against it.",
        "Your Board opposes this proposal and recommends a vote AGAINST it.",
    ),
    "for": (
        "The Board of Directors recommends a vote FOR this proposal.",
        "Our Board recommends that you vote “FOR” this {h} proposal.",
    ),
    "none": (
        "The Board of Directors makes no recommendation on this proposal.",
        "Your Board is making no recommendation with respect to this proposal.",
    ),
}
CLOSING = {
    "against": ("For these reasons, the Board recommends that you vote AGAINST Proposal {n}.", ""),
    "for": ("The Board of Directors recommends a vote FOR Proposal {n}.", ""),
    "none": ("",),
}
