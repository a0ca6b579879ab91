"""An invented proxy statement put into words, in the order and with the headings of one company or another."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.filings.invented_proxies import ADDRESSES, Proposal, Statement
from tests.filings.proxy_phrases import (
    ADVICE,
    BOARD_HEADINGS,
    CLOSING,
    DISCLAIMERS,
    HEADINGS,
    LABELLED,
    MARKS,
    TOLD,
    WITHHELD,
)

WORDS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


@dataclass(frozen=True)
class Piece:
    """One thing on the page. `kind`: heading, subheading, paragraph, bullet, footnote, listing (a line of a table of
    contents: text and page), page (a new page).
    """

    kind: str
    text: str = ""
    page: int = 0


@dataclass(frozen=True)
class Expected:
    """What a reader must find of a proposal; texts are compared letter by letter."""

    item: str
    title: str
    proponents: tuple[str, ...] | None
    representative: str | None
    resolved: str
    supporting: str
    recommendation: str
    board: str


class Wording:
    """The words in which one company prints a statement, chosen by a random generator."""

    def __init__(self, statement: Statement, chance: random.Random) -> None:
        self.statement, self.chance = statement, chance
        self.holder = chance.choice(("Shareholder", "Stockholder", "Shareowner"))
        self.heading, self.title = chance.choice(HEADINGS)
        self.told = chance.choice(TOLD)
        self.mark, self.support = chance.choice(MARKS)
        self.board_heading = chance.choice(BOARD_HEADINGS)
        self.disclaimer = chance.choice(DISCLAIMERS)
        self.addressed = chance.random() < 0.6
        self.own_heading = chance.random() < 0.4  # the proponent's own, above the request
        self.advice_above = chance.random() < 0.3
        self.argument_first = chance.random() < 0.2
        self.summary = chance.random() < 0.7
        self.card = chance.random() < 0.5
        self.vote_required = chance.choice((None, None, "before", "after"))
        self.footnotes = chance.random() < 0.3
        self.pages = chance.random() < 0.8
        self.labelled = chance.random() < 0.12

    def fill(self, text: str, number: int = 0, topic: str = "") -> str:
        return text.format(
            n=number,
            w=WORDS[number],
            W=WORDS[number].upper(),
            H=self.holder,
            HH=self.holder.upper(),
            h=self.holder.lower(),
            t=topic,
            TT=topic.upper(),
            short=self.statement.short,
            company=self.statement.company,
        )

    def pieces(self) -> tuple[list[Piece], list[Expected]]:
        """Return the document and what must be read of it."""
        written = list(self._front())
        expected = []
        first = len(self.statement.management) + 1
        for number, title in enumerate(self.statement.management, 1):
            written += self._management(number, title)
        if self.chance.random() < 0.5 and len(self.statement.proposals) > 1:
            written.append(Piece("heading", f"{self.holder.upper()} PROPOSALS"))
            written.append(
                Piece(
                    "paragraph",
                    f"The following {self.holder.lower()} proposals will be voted on at the annual"
                    f" meeting if properly presented.",
                )
            )
        for number, proposal in enumerate(self.statement.proposals, first):
            pieces, answer = self._proposal(proposal, number)
            written += pieces
            expected.append(answer)
        written += self._back()
        return written, expected

    # --- around the proposals -----------------------------------------------------------------------------------------

    def _front(self) -> Iterator[Piece]:
        statement = self.statement
        yield Piece("paragraph", "SCHEDULE 14A INFORMATION")
        yield Piece("heading", statement.company)
        yield Piece("heading", "NOTICE OF ANNUAL MEETING OF " + self.holder.upper() + "S")
        yield Piece(
            "paragraph",
            f"The annual meeting of {self.holder.lower()}s of {statement.company} will be held on"
            f" {day(statement.meeting)} at 9:00 a.m.",
        )
        yield Piece(
            "paragraph",
            f"Only holders of record at the close of business on {day(statement.record)}, the record"
            f" date, are entitled to vote.",
        )
        agenda = [
            *statement.management,
            *(self.fill("{H} proposal regarding {t}", topic=one.topic) for one in statement.proposals),
        ]
        for number, title in enumerate(agenda, 1):
            yield Piece("paragraph", f"{number}. {title}")
        yield Piece("page")
        if self.summary:
            yield Piece("heading", "TABLE OF CONTENTS")
            for number, title in enumerate(agenda, 1):
                yield Piece("listing", f"Proposal {number} – {title}", number * 7)
            yield Piece("heading", "PROXY SUMMARY")
            yield Piece(
                "paragraph",
                "The Board recommends that you vote FOR the proposals of management and as shown on those of others.",
            )
            for number, title in enumerate(agenda, 1):
                yield Piece("listing", f"Proposal {number}: {title}", number * 7)
            yield Piece("page")

    def _management(self, number: int, title: str) -> Iterator[Piece]:
        yield Piece("heading", f"Proposal {number} – {title}")
        yield Piece(
            "paragraph",
            f"The Board asks you to vote on this matter, which is described as {title.lower()}, as it does every year.",
        )
        if "Compensation" in title:
            yield Piece(
                "paragraph",
                f"RESOLVED, that the {self.holder.lower()}s approve, on an advisory basis, the"
                f" compensation paid to the named executive officers.",
            )
        yield Piece("paragraph", f"The Board of Directors recommends a vote FOR Proposal {number}.")

    def _back(self) -> Iterator[Piece]:
        opens, closes = self.statement.window
        holder = self.holder
        yield Piece("heading", "OTHER MATTERS")
        yield Piece("paragraph", "The Board knows of no other business that will come before the meeting.")
        yield Piece("heading", f"{holder.upper()} PROPOSALS FOR THE NEXT ANNUAL MEETING")
        yield Piece(
            "paragraph",
            f"{holder} proposals intended for inclusion in the proxy statement for the next annual"
            f" meeting under Rule 14a-8 must be "
            f"received by the Company no later than {day(self.statement.deadline)}.",
        )
        yield Piece(
            "paragraph",
            f"Under our by-laws, notice of other business or of a nomination must be received not"
            f" earlier than {day(opens)} and not "
            f"later than {day(closes)}.",
        )
        if self.card:
            yield Piece("page")
            yield Piece("heading", "PROXY CARD")
            number = len(self.statement.management)
            for at, one in enumerate(self.statement.proposals, number + 1):
                yield Piece("paragraph", f"{at}. {holder} proposal regarding {one.topic}. For Against Abstain")

    # --- a proposal ---------------------------------------------------------------------------------------------------

    def _proposal(self, proposal: Proposal, number: int) -> tuple[list[Piece], Expected]:
        def fill(text: str) -> str:
            return self.fill(text, number, proposal.topic)

        written = [Piece("heading", fill(line)) for line in self.heading]
        written += [Piece("paragraph", text) for text in self._company_words(proposal, number) if text]
        if self.own_heading and proposal.proponents:
            written.append(Piece("subheading", f"Proposal {number} – {proposal.topic}"))
        request = list(self._request(proposal))
        argument = [Piece("paragraph", text) for text in proposal.argument]
        if self.argument_first and not self.support:
            own = [*self._whereas(proposal), *argument, *request]
        else:
            own = [*self._whereas(proposal), *request, *self._support(argument)]
        written += own
        supporting = [*(piece.text for piece in self._whereas(proposal)), *proposal.argument]
        if self.footnotes:
            written.append(Piece("footnote", "1 See www.example.org/reports/2022, page 14."))
            supporting.append("1 See www.example.org/reports/2022, page 14.")
        board = self._board(proposal, number)
        if self.vote_required == "before":
            written += self._required(number)
        if self.pages:
            written.append(Piece("page"))
        if self.board_heading:
            written.append(Piece("subheading", fill(self.board_heading)))
        written += [Piece("paragraph", text) for text in board]
        if self.vote_required == "after":
            written += self._required(number)
        if self.pages:
            written.append(Piece("page"))
        return written, Expected(
            str(number),
            fill(self.title),
            proposal.proponents or None,
            proposal.representative,
            " ".join(
                ["that " * self.mark.endswith("that ") + proposal.request, *proposal.items, *proposal.after_request]
            ),
            " ".join(supporting),
            proposal.recommendation,
            " ".join(board),
        )

    def _required(self, number: int) -> list[Piece]:
        return [
            Piece("subheading", "Vote Required"),
            Piece(
                "paragraph",
                f"Approval of Proposal {number} requires the affirmative vote of a majority of the"
                f" shares present and entitled to vote.",
            ),
        ]

    def _company_words(self, proposal: Proposal, number: int) -> Iterator[str]:
        if self.advice_above:
            yield {
                "against": "As explained below, our Board recommends that you vote “AGAINST” this proposal.",
                "for": "As explained below, our Board recommends that you vote “FOR” this proposal.",
                "none": "No Recommendation.",
            }[proposal.recommendation]
        if not proposal.proponents:
            yield self.fill(self.chance.choice(WITHHELD), number)
        else:
            yield self._names(proposal)
        yield self.disclaimer

    def _names(self, proposal: Proposal) -> str:
        several = len(proposal.proponents) > 1 and not proposal.representative
        names = list(proposal.proponents)
        if self.addressed:
            names = [
                f"{name}, {self.chance.choice(ADDRESSES)}, owner of {self.chance.randint(40, 9000):,} shares"
                for name in names
            ]
            who = "; and ".join(names) if several else " and ".join(names)
        else:
            who = " and ".join(f"the {name}" if name[0] in "SNCOLMP" and " of " in name else name for name in names)
        if proposal.representative:
            who = f"{proposal.representative}, on behalf of {who}"
        told = self.chance.choice(LABELLED) if self.labelled else self.told
        if told.startswith("{who}"):
            who = who[0].upper() + who[1:]
        separator = "," if self.addressed and not told.endswith("{who}.") and "{who}:" not in told else ""
        if who.endswith("."):
            told = told.replace("{who}.", "{who}")
        return told.format(
            who=who + separator if "{who} " in told else who,
            has="have" if several else "has",
            it="they" if several else "it",
            intends="intend" if several else "intends",
            plans="plan" if several else "plans",
            h=self.holder.lower(),
            short=self.statement.short,
        )

    def _whereas(self, proposal: Proposal) -> Iterator[Piece]:
        for at, text in enumerate(proposal.before):
            yield Piece("paragraph", f"WHEREAS: {text}" if at == 0 else text)

    def _request(self, proposal: Proposal) -> Iterator[Piece]:
        text, mark = proposal.request, self.mark
        if mark and not mark.endswith(" "):
            yield Piece("subheading", mark)
            mark = ""
        if not mark or mark.endswith(": "):
            text = text[0].upper() + text[1:]
        yield Piece("paragraph", mark + text)
        yield from (Piece("bullet", item) for item in proposal.items)
        yield from (Piece("paragraph", text) for text in proposal.after_request)

    def _support(self, argument: list[Piece]) -> Iterator[Piece]:
        if self.support.endswith(" "):
            first, *rest = argument
            yield Piece("paragraph", self.support + first.text)
            yield from rest
        else:
            if self.support:
                yield Piece("subheading", self.support)
            yield from argument

    def _board(self, proposal: Proposal, number: int) -> list[str]:
        opening = self.fill(self.chance.choice(ADVICE[proposal.recommendation]), number)
        closing = self.fill(self.chance.choice(CLOSING[proposal.recommendation]), number)
        return [text for text in (opening, *proposal.board, closing) if text]


def day(when: date) -> str:
    return f"{when:%B} {when.day}, {when.year}"
