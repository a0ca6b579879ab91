"""Matters put together from headings, labels and counts as they come, in the order of the document."""

import re
from collections.abc import Collection, Sequence

from tracker.filings.voting_results.columns import Counted
from tracker.filings.voting_results.drafts import FEWEST_TOLD, Draft, Told
from tracker.filings.voting_results.headings import Heading, Text, chosen, heading_of, heads_matter, title_in
from tracker.filings.voting_results.kinds import (
    fixes_number,
    is_election,
    is_shareholder_proposal,
    kind_of,
    names_matter,
    person_in,
    section_of_holders,
)
from tracker.filings.voting_results.labels import GENERAL_LABEL, elected_in, label_of
from tracker.filings.voting_results.numbering import numbered, numbers_several
from tracker.filings.voting_results.opening import completed, nominee_in, opening_list
from tracker.filings.voting_results.parts import continuing, is_class, is_fund, is_total, without_sections
from tracker.filings.voting_results.roles import (
    ABSTAIN,
    ABSTAIN_OR_WITHHELD,
    AGAINST_OR_WITHHELD,
    BROKER,
    COUNTS,
    FOR,
    WITHHELD,
    YEARS,
    in_vocabulary,
)
from tracker.filings.voting_results.tables import Piece

_NOTES = re.compile(r"\s*(?:\([^()]{0,40}\)|[*†‡§#¹²³⁰-⁹]+)\s*$")
_WORDS = re.compile(r"\w+")
_OF_TWO = re.compile(
    r"[0-9]{1,2}(?:[a-z]|\W[a-z0-9]{1,2})\W?"
)  # "1a", "1.2": the matter's number in it, which no heading gave


class Matters:
    """Takes texts and counts in order; `drafts` are the matters so far."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.pending: list[Text] = []
        self.heading: Heading | None = None
        self.person: Text | None = None
        self.opening: dict[str, Heading] = {}
        self.holders = False
        self.fresh = False
        self.open: Draft | None = None
        self.classes: list[Draft] = []
        self.told = Told()

    def text(self, text: Text) -> None:
        """Take a text that may head what comes."""
        section = section_of_holders(text.text)
        if section is not None:
            self.holders = section
        self.pending.append(text)

    # --- counts -------------------------------------------------------------------------------------------------------

    def row(self, labels: Sequence[Piece], counts: dict[str, Counted], *, nominees: bool = False) -> None:
        """Take a table's row: its labels, and its counts by role. `nominees`: its labels are headed as names."""
        number, label = label_of(labels)
        named = bool(label.text) and not in_vocabulary(label.text)
        self._settle(weak=not named)
        if label.text and is_total(label.text):
            self._total(counts)
        elif label.text and number is None and (is_class(label.text) or self._votes_apart(label)):
            self._class(label, counts)
        elif not named and number is None:
            self._unlabelled(counts)
        elif nominee := self._nominee(number, label, counts, nominees=nominees):
            self.close()
            if self.heading is not None and number and self._is_own(number):
                self.heading = self.heading._replace(number=number)
            self._begin(nominee, counts, elects=True)
            self.close()
        else:
            self._titled(number, label, counts)

    def pair(self, labels: Sequence[Piece], counts: dict[str, Counted], *, told: bool = False) -> None:
        """Take counts that carry their own words ("For", "1,234"), perhaps after a label that says of what."""
        number, label = label_of(labels)
        if (label.text and not in_vocabulary(label.text)) or number:
            self.text(Text(f"{number}. {label.text}" if number else label.text, label.start, label.end))
        if (told or set(counts) == {BROKER}) and self._is_said_of_all(counts):
            return
        repeated = self.open is not None and not self.open.counts.keys().isdisjoint(counts)
        if self.open is None or repeated or self._begins_anew(counts):
            self._settle(weak=True)
            self.close()
            self._begin(self._pop_person(), counts, told=told)
        else:
            self.open.counts.update(counts)

    def said_of(self, numbers: Collection[str], role: str, count: Counted) -> bool:
        """Take a count told once for matters named by their numbers; returns False when none of them lacks it."""
        self.close()
        lacking = [one for one in self.drafts if one.heading.number in numbers and role not in one.counts]
        for draft in lacking:
            draft.counts[role] = count
        return bool(lacking)

    def _is_said_of_all(self, counts: dict[str, Counted]) -> bool:
        """Take a sentence or row below a table that gives its matters' broker non-votes (or abstentions) once for all.

        Returns False when it is none.
        """
        [role] = counts
        if self.open is not None or role not in {BROKER, ABSTAIN} or any(map(heads_matter, self.pending)):
            return False
        taken = False
        for draft in reversed(self.drafts):
            if (self.heading and draft.heading is not self.heading) or role in draft.counts:
                break
            draft.counts.update(counts)
            taken = True
        return taken

    def _begins_anew(self, counts: dict[str, Counted]) -> bool:
        """Return whether a heading came since the last counts, which these then belong to."""
        del counts
        return any(
            numbered(text.text) or text.strong or person_in(text.text) or names_matter(text.text)
            for text in self.pending
        )

    def finish(self) -> list[Draft]:
        """Return the matters, in order."""
        self.close()
        return self.drafts

    # --- headings -----------------------------------------------------------------------------------------------------

    def _settle(self, *, weak: bool) -> None:
        """Choose the heading for the counts that come, from the texts since the last ones."""
        self.fresh = False
        if not self.pending:
            return
        texts, self.pending = self.pending, []
        if not self.drafts and self.open is None:
            self.opening = opening_list(texts)
        people = [text for text in texts if person_in(text.text)]
        others = [text for text in texts if text not in people]
        heading = chosen(without_sections(others), weak=weak and not people)
        if heading is None and self.drafts and texts[-1].text.endswith(":") and names_matter(texts[-1].text):
            heading = heading_of(texts[-1])  # the matter before must not lend its title to what a text announces
        if heading is not None:
            self.close()
            self.classes = []
            self.heading = continuing(completed(heading, self.opening), self.heading)
            self.fresh = True
            self.person = None
        if people and (heading is None or people[-1].start > heading.start or people[-1] is texts[-1]):
            self.person = people[-1]
            self.close()

    def _nominee(self, number: str | None, label: Text, counts: dict[str, Counted], *, nominees: bool) -> Text | None:
        """Return the nominee that a row's label names, None when it names a matter."""
        name = person_in(label.text)
        nominees = nominees and not self.holders
        elects = self.heading is not None and self.heading.elects and not self.holders
        if name:
            if (
                elects
                or nominees
                or not counts.keys().isdisjoint({WITHHELD, AGAINST_OR_WITHHELD, ABSTAIN_OR_WITHHELD})
                or (self.drafts and self.drafts[-1].nominee)
            ):
                return label._replace(text=name)
            return None
        if is_election(label.text) and (name := elected_in(label.text)):
            if self.heading is None or not elects or (number or "").isdigit():
                own = Heading(number, "Election of directors", label.start, label.end, label.text)
                self.heading = completed(own, self.opening)
            return label._replace(text=name)
        if (elects or nominees) and number is None and not names_matter(label.text):
            return label._replace(text=_NOTES.sub("", label.text).strip(" ,;:"))
        return None

    def _is_own(self, number: str) -> bool:
        """Return whether a nominee's number is a matter's own, and no letter or count under the heading's number."""
        heading = self.heading
        if heading is None or numbers_several(heading.said):
            return heading is not None
        says = (heading.number or "").isdigit() and numbered(heading.said) is not None  # not by the opening list
        return _OF_TWO.fullmatch(number) is not None and not says

    # --- drafts -------------------------------------------------------------------------------------------------------

    def _titled(self, number: str | None, label: Text, counts: dict[str, Counted]) -> None:
        section = self.heading is not None and section_of_holders(self.heading.title) is not None
        own_name = names_matter(label.text) and not (self.fresh and self._names_again(label.text))
        if number is not None or own_name or section or not self.fresh or self.heading is None:
            own = Heading(number, title_in(label.text), label.start, label.end, label.text)
            self.heading = completed(own, self.opening)
        self.close()
        self._begin(None, counts)
        if self.heading.title:
            self.close()

    def _names_again(self, label: str) -> bool:
        """Return whether a row's label says in short what the numbered heading above it says: "Say on pay"."""
        heading = self.heading
        if heading is None or heading.number is None or heading.elects:
            return False
        if GENERAL_LABEL.fullmatch(label):
            return True
        kind = kind_of(label, holders=self.holders)
        if kind == "other":
            words = set(_WORDS.findall(label.lower()))
            return len(words) > 1 and words <= set(_WORDS.findall(heading.said.lower()))
        return kind == kind_of(heading.title, holders=self.holders)

    def _unlabelled(self, counts: dict[str, Counted]) -> None:
        person = self._pop_person()
        if self.open is not None and self.open.told and self.open.counts.keys().isdisjoint({FOR, BROKER, ABSTAIN}):
            self.open = None  # what looked like one count in a sentence, and stands beside a table
        if self.open is not None and not self.fresh and person is None and self.open.counts.keys().isdisjoint(counts):
            self.open.counts.update(counts)
            return
        self.close()
        self._begin(person, counts)

    def _votes_apart(self, label: Text) -> bool:
        """Return whether a row is that of one of several funds that vote on the matter above it."""
        above = self.heading is not None and self.heading.number is not None and not self.heading.elects
        return above and is_fund(label.text)

    def _class(self, label: Text, counts: dict[str, Counted]) -> None:
        self.close()
        self._begin(self.person, counts, stock=label.text.strip(" :"))
        if self.open is not None:
            self.classes.append(self.open)
        self.close()

    def _total(self, counts: dict[str, Counted]) -> None:
        classes, self.classes = self.classes, []
        self.close()
        if classes:
            self.drafts = [draft for draft in self.drafts if draft not in classes]
        elif not self.fresh:
            return
        self._begin(self._pop_person(), counts)

    def _pop_person(self) -> Text | None:
        person, self.person = self.person, None
        return person

    def _begin(
        self,
        nominee: Text | None,
        counts: dict[str, Counted],
        *,
        elects: bool = False,
        told: bool = False,
        stock: str = "",
    ) -> None:
        heading = self.heading or Heading(None, "", 0, 0)
        if nominee is not None or not fixes_number(heading.said):
            elects = elects or (heading.elects and not self.holders)
        if elects and nominee is None and (name := elected_in(heading.title) or nominee_in(heading.said)):
            nominee = Text(name, heading.start, heading.end)
        elif nominee is not None and (name := person_in(nominee.text)):
            nominee = nominee._replace(text=name)
        holders = not elects and (
            self.holders or is_shareholder_proposal(heading.title) or is_shareholder_proposal(heading.said)
        )
        self.open = Draft(heading, nominee, elects, holders, dict(counts), told, stock)
        self.fresh = False

    def close(self) -> None:
        """End the matter that is open; what comes next is another."""
        draft, self.open = self.open, None
        if draft is None:
            return
        if draft.told and len(draft.counts) < FEWEST_TOLD:  # "10 votes for each share" is no result
            return
        if self.told.again(draft, self.drafts[-1:]):
            return
        if any(role in draft.counts for role in (*COUNTS, *YEARS)):
            self.drafts.append(draft)
