"""Layouts whose sentences tell counts, or what a table leaves out."""

from tests.filings.adapted import adapted, same_broker
from tests.filings.ballots import Ballot, Meeting, named, opener
from tests.filings.printed import (
    document,
    each,
    election_heading,
    figures,
    head,
    layout,
    name,
    own_table,
    p,
    table,
)
from tests.filings.printed_prose import told


@adapted(same_broker)
def broker_non_votes_in_a_sentence_below(meeting: Meeting) -> str:
    body = p(opener(meeting))
    if meeting.election:
        rows = [head(meeting, ["for", "withheld"], meeting.style.nominee)]
        rows += [[name(meeting, one), *figures(meeting, one, ["for", "withheld"])] for one in meeting.election]
        body += (
            p(election_heading(meeting))
            + table(rows)
            + p("There were 31,234,567 broker non-votes with respect to this matter.")
        )
    return document(
        body + "".join(p(named(meeting, one) + one.title) + own_table(meeting)(one) for one in meeting.others)
    )


@layout
def affirmative_and_negative(meeting: Meeting) -> str:
    words = {
        "for": "{} affirmative votes",
        "against": "{} negative votes",
        "abstain": "There were {} abstentions",
        "broker_non_votes": "{} broker non-votes",
        "1 year": "{} votes for one year",
        "2 years": "{} votes for two years",
        "3 years": "{} votes for three years",
    }

    def counts(ballot: Ballot) -> str:
        told = [words[role].format(f"{count:,}") for role, count in ballot.counts.items()]
        return p("This proposal received " + " and ".join(told[:2]) + ". " + " and ".join(told[2:]) + ".")

    return each(meeting, p, counts)


@layout
def percentages_in_sentences(meeting: Meeting) -> str:
    def phrase(role: str, count: int) -> str:
        words = {
            "for": "votes for",
            "against": "votes against",
            "abstain": "abstentions",
            "broker_non_votes": "broker non-votes",
            "1 year": "votes for 1 year",
            "2 years": "votes for 2 years",
            "3 years": "votes for 3 years",
        }
        return f"{count:,} {words[role]} (12.34% of the votes cast)"

    return each(meeting, p, lambda one: p(f"The result was: {told(meeting, one, phrase, '; ')}."))


@layout
def none_in_words(meeting: Meeting) -> str:
    """A sentence says "no" for zero."""

    def phrase(role: str, count: int) -> str:
        words = {
            "for": "votes in favor",
            "against": "votes against",
            "abstain": "abstentions",
            "broker_non_votes": "broker non-votes",
            "1 year": "votes for every year",
            "2 years": "votes for every two years",
            "3 years": "votes for every three years",
        }
        return f"{f'{count:,}' if count else 'no'} {words[role]}"

    return each(meeting, p, lambda one: p(f"There were {told(meeting, one, phrase, ', ')}."))
