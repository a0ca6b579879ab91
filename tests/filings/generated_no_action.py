"""Invented letters under Rule 14a-8, of companies and of the SEC's staff, in the wordings of many years and layouts."""

import html
import textwrap
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

COMPANIES = (
    "Example Cloud, Inc.",
    "Invented Foods Corporation",
    "The Fictional Motor Company",
    "Nowhere Energy plc",
    "Sample.com, Inc.",
    "Example & Daughters Holdings Ltd.",
)
PROPONENTS = (
    "Sisters of Example Hill",
    "Jane Q. Sample",
    "Invented Asset Management, LLC",
    "John Doe",
    "As You Invent",
    "Nowhere Teachers' Retirement System",
    "Open Example",
)
GROUNDS = (
    "(b)",
    "(e)",
    "(f)",
    "(i)(1)",
    "(i)(2)",
    "(i)(3)",
    "(i)(5)",
    "(i)(6)",
    "(i)(7)",
    "(i)(10)",
    "(i)(11)",
    "(i)(12)",
)
RULES = ("Rule 14a-8{p}", "rule 14a-8{p}", "Rule 14a–8{p}", "Rule 14a-8 {p}")
FORMATS = ("paragraphs", "breaks", "divs", "text", "preformatted", "narrow text")
STAFF_WORDS = ("oldest", "older", "plain", "since 2022")
KINDS = ("decision", "representation", "withdrawn", "reconsideration", "request", "notice")
SOME_BASIS = {
    "oldest": "There appears to be some basis for your opinion that the proposal may be excluded under {r}.",
    "older": "There appears to be some basis for your view that {c} may exclude the proposal under {r}.",
    "plain": "There appears to be some basis for your view that the Company may exclude the Proposal under {r}.",
    "since 2022": "It seems there is some basis for your view that the Company may exclude the Proposal under {r}.",
}
NO_BASIS = {
    "oldest": "The Division is unable to concur in your position that the proposal may be omitted under {r}.",
    "older": "We are unable to concur in your view that {c} may exclude the proposal under {r}.",
    "plain": "We are unable to concur in your view that the Company may exclude the Proposal under {r}.",
    "since 2022": "We do not concur in your view that the Company may exclude the Proposal under {r}.",
}
ACCORDINGLY = (
    "Accordingly, we will not recommend enforcement action to the Commission if the Company omits the Proposal from "
    "its proxy materials in reliance on {r}."
)
DO_NOT_BELIEVE = (
    "Accordingly, we do not believe that the Company may omit the Proposal from its proxy materials in reliance on {r}."
)
REQUESTS = (
    "We respectfully request that the Staff concur that it will take no action if the Company excludes it.",
    "Accordingly, we request confirmation that the Staff will not recommend enforcement action to the Commission.",
    "We ask the Staff to respond that it will not object to the exclusion.",
)
INTENDS = (
    "This letter is to inform you that {company} (the “Company”) intends to omit from its proxy materials for its "
    "next annual meeting a shareholder proposal (the “Proposal”) received from {proponents} (the “{term}”)."
)
PRECEDENTS = (
    "In Third Co. (May 4, 2015) the Staff wrote: there appears to be some basis for your view on Rule 14a-8(i)(4).",
    "The Staff was unable to concur in Fourth Co. (avail. May 5, 2015) with excluding a proposal by Rule 14a-8(i)(8).",
    "In Another Co. (avail. Feb. 3, 2011), the Staff concurred in excluding a proposal under Rule 14a-8(i)(13).",
    "See also Staff Legal Bulletin No. 14, which speaks of Rule 14a-8(i)(9) and of proposals that may be excluded.",
    "Pursuant to Rule 14a-8(j), we send this letter eighty days before the definitive proxy materials are filed.",
    "Rule 14a-8(k) and Staff Legal Bulletin No. 14D say that proponents must send the company copies.",
)


@dataclass(frozen=True)
class Letter:
    """What is said, before it is laid out."""

    kind: str
    company: str
    proponents: tuple[str, ...]
    day: date
    grounds: tuple[tuple[str, bool], ...]  # and whether staff saw a basis in it
    represents: bool


@st.composite
def letters(draw):
    kind = draw(st.sampled_from(KINDS))
    grounds = draw(st.lists(st.sampled_from(GROUNDS), min_size=1, max_size=3, unique=True))
    return Letter(
        kind,
        draw(st.sampled_from(COMPANIES)),
        tuple(draw(st.lists(st.sampled_from(PROPONENTS), min_size=1, max_size=2, unique=True))),
        draw(st.dates(date(2002, 1, 1), date(2030, 12, 31))),
        tuple((ground, draw(st.booleans())) for ground in sorted(grounds)),
        draw(st.booleans()),
    )


@st.composite
def rendered_letters(draw):
    """A letter and a file that holds it."""
    said = draw(letters())
    rule = draw(st.sampled_from(RULES))
    lines_of = _company_lines if said.kind in {"request", "notice"} else _staff_lines
    return said, _document(lines_of(said, rule, draw), draw(st.sampled_from(FORMATS)))


def _cited(rule, paragraphs, *, join=" and "):
    """Several paragraphs under one rule: "Rule 14a-8(b) and (f)"."""
    return join.join([rule.format(p=paragraphs[0]), *paragraphs[1:]])


def _day(day):
    return f"{day:%B} {day.day}, {day.year}"


def _staff_lines(said, rule, draw):
    words = draw(st.sampled_from(STAFF_WORDS))
    lines = [_day(said.day)]
    if words in {"oldest", "older"}:
        lines += ["Response of the Office of Chief Counsel", "Division of Corporation Finance"]
    lines += [f"Re: {said.company}\nIncoming letter dated January 3, {said.day.year}"]
    lines.append(
        "This letter is in response to your correspondence concerning the shareholder proposal (the “Proposal”) "
        f"submitted to {said.company} (the “Company”) by {' and '.join(said.proponents)} for inclusion in the "
        "Company’s proxy materials."
    )
    if said.kind == "representation":
        lines.append(
            "You represent that the Company has a reasonable basis to exclude the Proposal. Based solely on that "
            "representation, we will not object if the Company excludes the Proposal from its proxy materials."
        )
    elif said.kind == "withdrawn":
        lines.append(
            "Your letter indicates that the Proponent has withdrawn the Proposal and that the Company withdraws "
            "its request for a no-action letter. Because the matter is now moot, we will have no further comment."
        )
    elif said.kind == "reconsideration":
        lines.append("After reviewing your letter, we find no basis to reconsider our position.")
    else:
        for ground, basis in said.grounds:
            cited = rule.format(p=ground)
            lines.append(
                (SOME_BASIS if basis else NO_BASIS)[words].format(c=said.company, r=cited)
                + " "
                + (ACCORDINGLY if basis else DO_NOT_BELIEVE).format(r=cited)
            )
    return [
        *lines,
        "Sincerely,",
        "Rule 14a-8 Review Team" if words == "since 2022" else "Jane Invented\nAttorney-Adviser",
    ]


def _company_lines(said, rule, draw):
    term = "Proponents" if len(said.proponents) > 1 else "Proponent"
    paragraphs = [ground for ground, _ in said.grounds]
    lines = [
        _day(said.day),
        "VIA EMAIL: shareholderproposals@sec.gov",
        "Office of Chief Counsel\nDivision of Corporation Finance\n100 Invented Street, NE\nWashington, DC 20549",
        f"Re: {said.company}\nShareholder Proposal of {' and '.join(said.proponents)}\nExchange Act Rule 14a-8",
        "Ladies and Gentlemen:",
        INTENDS.format(company=said.company, proponents=" and ".join(said.proponents), term=term),
    ]
    if draw(st.booleans()):
        lines.append("The Company believes that it may exclude the Proposal pursuant to:")
        lines += [
            f"• {rule.format(p=ground)} because the Proposal does what this rule speaks of." for ground in paragraphs
        ]
    else:
        lines.append(
            f"In our view the Proposal may be excluded under {_cited(rule, paragraphs)} for the reasons below."
        )
    lines += draw(st.lists(st.sampled_from(PRECEDENTS), max_size=4, unique=True))
    if said.represents:
        lines.append(
            "The Company represents, without qualification, that it has a reasonable basis to exclude the Proposal."
        )
    if said.kind == "request":
        lines.append(
            "We respectfully request that the Staff concur that it will take no action if the Company excludes it."
        )
    return [*lines, "Sincerely,", "Jane Invented"]


def _document(lines, form):
    if form in {"text", "preformatted", "narrow text"}:
        width = 60 if form == "narrow text" else 90
        wrapped = [
            "\n".join(piece for part in line.split("\n") for piece in textwrap.wrap(part, width)) for line in lines
        ]
        text = "\n\n".join(wrapped)
        return (
            f"<html><body><pre>{html.escape(text)}</pre></body></html>" if form == "preformatted" else text
        ).encode()
    block = {"paragraphs": "<p>{}</p>", "breaks": "<p>{}</p>", "divs": "<div style='margin:6pt'><font>{}</font></div>"}[
        form
    ]
    parts = []
    for line in lines:
        if form == "breaks":
            parts.append(block.format(html.escape(line).replace("\n", "<br>")))
        else:
            parts += [block.format(html.escape(part)) for part in line.split("\n")]
    return f"<html><head><title>x</title></head><body>{''.join(parts)}</body></html>".encode()
