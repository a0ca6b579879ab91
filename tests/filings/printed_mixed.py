"""Reports in which every matter is printed in another way: what is remembered of one must not leak into the next."""

from collections.abc import Callable
from random import Random

from tests.filings.ballots import Ballot, Meeting, grouped, named, opener
from tests.filings.printed import document, election, figures, head, layout, own_table, p, table, text
from tests.filings.printed_prose import in_favor, told, were_cast

Counts = Callable[[Meeting, Ballot], str]


def rows_of_label_and_value(meeting: Meeting, one: Ballot) -> str:
    return table([[h, f] for h, f in zip(head(meeting, list(one.counts)), figures(meeting, one), strict=True)])


def pairs(meeting: Meeting, one: Ballot) -> str:
    cells = zip(head(meeting, list(one.counts)), figures(meeting, one), strict=True)
    return table([[cell for h, f in cells for cell in (f"{h}:", f)]])


def two_by_two(meeting: Meeting, one: Ballot) -> str:
    heads, cells = head(meeting, list(one.counts)), figures(meeting, one)
    return table([heads[:2], cells[:2], heads[2:], cells[2:]])


def with_percentages(meeting: Meeting, one: Ballot) -> str:
    heads = [cell for h in head(meeting, list(one.counts)) for cell in (h, "%")]
    return table([heads, [cell for f in figures(meeting, one) for cell in (f, "12.5%")]])


def with_a_total(meeting: Meeting, one: Ballot) -> str:
    cells = [*figures(meeting, one), f"{sum(one.counts.values()):,}"]
    return table([[*head(meeting, list(one.counts)), "Total"], cells])


def sentence(meeting: Meeting, one: Ballot) -> str:
    return p(f"The matter was put to the vote, with {told(meeting, one, in_favor, ', ')}.")


def cast(meeting: Meeting, one: Ballot) -> str:
    return p(f"On this matter {told(meeting, one, were_cast, '; ')}.")


def bullets(meeting: Meeting, one: Ballot) -> str:
    return "".join(p(f"• {in_favor(role, count)}") for role, count in one.counts.items())


def list_items(meeting: Meeting, one: Ballot) -> str:
    items = "".join(f"<li>{text(meeting.style.head(role))} – {count:,}</li>" for role, count in one.counts.items())
    return f"<ul>{items}</ul>"


def lines(meeting: Meeting, one: Ballot) -> str:
    return "<p>" + "<br>".join(f"{text(meeting.style.head(r))}: {c:,}" for r, c in one.counts.items()) + "</p>"


def spaces(meeting: Meeting, one: Ballot) -> str:
    gap = "&nbsp;" * 6
    return f"<p>{gap.join(head(meeting, list(one.counts)))}</p><p>{gap.join(figures(meeting, one))}</p>"


def run_together(meeting: Meeting, one: Ballot) -> str:
    return p(" ".join([*(meeting.style.head(r) for r in one.counts), *(f"{c:,}" for c in one.counts.values())]))


def definitions(meeting: Meeting, one: Ballot) -> str:
    return (
        "<dl>"
        + "".join(f"<dt>{text(meeting.style.head(r))}</dt><dd>{c:,}</dd>" for r, c in one.counts.items())
        + "</dl>"
    )


def heads_in_a_table_of_their_own(meeting: Meeting, one: Ballot) -> str:
    return table([head(meeting, list(one.counts))]) + table([figures(meeting, one)])


def labelled_row(meeting: Meeting, one: Ballot) -> str:
    return table([["", *head(meeting, list(one.counts))], ["Votes cast", *figures(meeting, one)]])


def classes(meeting: Meeting, one: Ballot) -> str:
    part = [f"{count // 3:,}" for count in one.counts.values()]
    rest = [f"{count - count // 3:,}" for count in one.counts.values()]
    total = [grouped(meeting, count) for count in one.counts.values()]
    return table([head(meeting, list(one.counts), ""), ["Class A", *part], ["Class B", *rest], ["Total", *total]])


FRAGMENTS: tuple[Counts, ...] = (
    lambda meeting, one: own_table(meeting)(one),
    rows_of_label_and_value,
    pairs,
    two_by_two,
    with_percentages,
    with_a_total,
    sentence,
    cast,
    bullets,
    list_items,
    lines,
    spaces,
    run_together,
    definitions,
    heads_in_a_table_of_their_own,
    labelled_row,
    classes,
)
ANNOUNCED = ("", "The results of the vote were as follows:", "The votes were cast as follows:", "3", "Voting results:")
AFTER = ("", "The proposal was approved.", "No other matters were voted on.", "* Less than one percent.", "4")


def _mixed(meeting: Meeting, heading: Callable[[Random, Ballot], str]) -> str:
    chance = Random(repr(meeting))
    body = p(opener(meeting))
    if meeting.election:
        body += heading(chance, meeting.election[0]) + election(meeting)
    for one in meeting.others:
        announced, after = chance.choice(ANNOUNCED), chance.choice(AFTER)
        body += heading(chance, one) + p(announced) + chance.choice(FRAGMENTS)(meeting, one) + p(after)
    return document(body)


@layout
def every_matter_in_another_way(meeting: Meeting) -> str:
    return _mixed(meeting, lambda chance, one: p(named(meeting, one) + one.title))


@layout
def headings_and_counts_in_another_way_each(meeting: Meeting) -> str:
    def heading(chance: Random, one: Ballot) -> str:
        number, title = named(meeting, one), one.title
        return chance.choice(
            (
                p(number + title),
                p(number + title, bold=True),
                table([[text(number + title)]]),
                table([[f"{one.number}.", text(title)]]),
                f"<h3>{text(number + title)}</h3>",
                f"<div><u>{text(number)}</u> {text(title)}.</div>",
                p(f"{number}{title}. The holders voted on this matter at the meeting."),
            )
        )

    return _mixed(meeting, heading)


@layout
def matters_in_another_way_without_numbers(meeting: Meeting) -> str:
    return _mixed(meeting, lambda chance, one: p(one.title, bold=chance.random() < 0.5))
