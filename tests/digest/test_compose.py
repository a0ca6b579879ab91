"""What a digest tells, what it only counts, and what it never loses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.digest.conftest import BAN, MONDAY, RECORDED, STUDY, SUNDAY, happening, letter
from tracker.digest.compose import MOST_ROWS, compose
from tracker.digest.content import Badge, Group, IssueContent, Tone
from tracker.digest.facts import DueFact, Period, ResolutionFact, SilenceFact, Subject
from tracker.domain.dates import PartialDate
from tracker.domain.errors import InputError, ParseError
from tracker.domain.vocab import EventType, Lane, ResolutionCode, SupportFormula
from tracker.domain.votes import Claim

LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)


def titles(content):
    return [row.title for row in content.rows]


def test_the_week_of_the_picture(week):
    content = compose(week)
    assert content.headline == "Reconsideration denied: 2 resolutions"
    assert content.intro == (
        "5 things moved this week. 2 letters still wait for an answer. The annual meeting is 45 days away."
    )
    assert [row.group for row in content.rows] == [
        Group.RESOLUTIONS, Group.RESOLUTIONS, Group.LETTERS, Group.STUDIES, Group.NEWS
    ]  # fmt: skip
    assert [row.badge.words for row in content.rows if row.badge] == ["on the ballot", "on the ballot", "new, waiting"]
    assert [(letter.title.split()[0], letter.days) for letter in content.waiting] == [
        ("Eight", "129 days"),
        ("Coalition", "82 days"),
    ]
    assert [due.when for due in content.due] == ["about 11 Apr", "22 May"]
    assert content.silent == ("Newsroom of the ACLU: no answer since 2 April 2019.",)
    assert (content.older, content.later, content.more) == (12, 1, 0)


def test_an_empty_week_is_no_digest(quiet):
    assert compose(quiet) is None


def test_letters_that_wait_are_no_reason_for_a_digest(quiet, week):
    assert compose(replace(quiet, letters=week.letters)) is None


@pytest.mark.parametrize(
    "reason",
    [
        {"events": (happening(),)},
        {"events": (happening("2017"),)},
        {"due": (DueFact(PartialDate.day(SUNDAY + timedelta(days=14)), "Answer due", "", "/calendar"),)},
        {"silences": (SilenceFact("A source", MONDAY),)},
    ],
)
def test_each_of_these_alone_is_a_reason_for_a_digest(quiet, reason):
    assert compose(replace(quiet, **reason)) is not None


@pytest.mark.parametrize(
    "no_reason",
    [
        {"due": (DueFact(PartialDate.day(SUNDAY + timedelta(days=15)), "Meeting", "", "/calendar", meeting=True),)},
        {"due": (DueFact(PartialDate.day(SUNDAY), "Answer due", "", "/calendar"),)},
        {"silences": (SilenceFact("A source", MONDAY - timedelta(days=1)),)},
    ],
)
def test_none_of_these_is(quiet, no_reason):
    assert compose(replace(quiet, **no_reason)) is None


@pytest.mark.parametrize(
    ("on", "recorded", "moved"),
    [
        ("2019-04-01", RECORDED, True),
        ("2019-04-07", RECORDED, True),
        ("2019-04-07", LONG_AGO, True),  # known ahead: it moved when its day came
        ("2019-04-02..2019-04-03", LONG_AGO, True),
        ("2019-04", RECORDED, True),  # a month that reaches into the week, known only now
        ("2019-04", LONG_AGO, False),
        ("2019", RECORDED, False),
        ("..2019-04-03", RECORDED, False),
        ("2019-04-03..", RECORDED, False),
        ("2019-03-25", RECORDED, True),  # too late for the last digest
        ("2019-03-25", LONG_AGO, False),
        ("2019-03-24", RECORDED, False),
        ("2019-04-08", RECORDED, False),
    ],
)
def test_when_an_event_moved(quiet, on, recorded, moved):
    content = compose(replace(quiet, events=(happening(on, recorded_at=recorded),)))
    assert (content.moved == 1) is moved
    assert content.moved + content.older + content.later == 1


def test_an_event_that_came_too_late_says_so(quiet):
    [row] = compose(replace(quiet, events=(happening("2019-03-29"),))).rows
    assert row.lines == ("29 Mar · known only now",)


def test_the_steps_of_one_object_are_one_row(quiet):
    steps = tuple(
        happening("2019-04-03", EventType.RESOLUTION_FILED, f"Investor {n} joins as co-filer: {BAN.title}", subject=BAN)
        for n in range(6)
    )
    [row] = compose(replace(quiet, events=steps)).rows
    assert row.title == BAN.title
    assert row.events == 6
    assert row.lines[0] == "Investor 0 joins as co-filer · 3 Apr"
    assert row.lines[-1] == "and 2 more steps"


def test_a_vote_is_told_with_its_figure_and_how_it_was_reckoned(voted):
    content = compose(voted)
    assert content.headline == f"27.5 % support: {STUDY.title}"
    assert content.rows[0].badge == Badge("27.5\N{NO-BREAK SPACE}%", Tone.SETTLED)
    assert content.rows[0].lines[-1] == "counted as for / (for + against + abstentions)"


def test_a_badge_does_not_repeat_the_row(quiet, week):
    denied = happening(headline=f"Reconsideration denied: {BAN.title}", kind=EventType.SEC_DECISION, subject=BAN)
    standing = {BAN.id: ResolutionFact(BAN.id, ResolutionCode.RECONSIDERATION_DENIED)}
    [row] = compose(replace(quiet, events=(denied,), resolutions=standing)).rows
    assert row.badge is None


def test_a_published_percentage_names_who_published_it(voted):
    claim = Claim.read("27.5", SupportFormula.UNKNOWN, "Reuters")
    fact = replace(voted.resolutions[STUDY.id], support=claim)
    row = compose(replace(voted, resolutions={STUDY.id: fact})).rows[0]
    assert row.badge.words == "27.5\N{NO-BREAK SPACE}%"
    assert row.lines[-1] == "according to Reuters: formula not known"


def test_a_meeting_far_away_is_not_told(quiet):
    far = DueFact(PartialDate.parse("2020-05-27"), "Annual meeting 2020", "", "/calendar", meeting=True)
    content = compose(replace(quiet, due=(far,), events=(happening(),)))
    assert (content.meeting, content.due) == ("", ())


def test_a_report_in_the_press_does_not_outrank_what_decides(quiet):
    decided = happening(kind=EventType.SEC_DECISION, headline="SEC staff decides", lane=Lane.REGULATORS)
    report = happening(kind=EventType.VOTE_RESULT, headline="Reporter counts votes")
    assert compose(replace(quiet, events=(report, decided))).headline == "SEC staff decides"


def test_an_answered_letter_shows_when_it_was_answered(quiet, week):
    subject = Subject(6, "letter", "Black Caucus to Bezos")
    moved = happening(headline=f"Letter sent: {subject.title}", kind=EventType.LETTER_SENT, subject=subject)
    [row] = compose(replace(quiet, letters=week.letters, events=(moved,))).rows
    assert row.badge == Badge("answered in part after 62 to 122 days", Tone.SETTLED)


def test_a_letter_not_yet_due_waits_and_is_not_called_unanswered(quiet):
    subject = Subject(9, "letter", "A letter")
    content = compose(
        replace(
            quiet,
            letters=(letter(9, "A letter", "2019-03-20"),),
            events=(happening(headline="Letter sent: A letter", subject=subject),),
        )
    )
    assert content.rows[0].badge == Badge("waiting 18 days", Tone.WAITING)
    assert content.waits == 0


def test_the_most_important_rows_are_kept_and_the_rest_is_counted(quiet):
    news = [happening(headline=f"Story {number:03}") for number in range(100)]
    vote = happening(kind=EventType.VOTE_RESULT, headline=f"Voted: {STUDY.title}", subject=STUDY, lane=Lane.INVESTORS)
    content = compose(replace(quiet, events=(*news, vote)))
    assert len(content.rows) == MOST_ROWS
    assert content.rows[0].title == STUDY.title
    assert content.more == 41
    assert content.moved == 101


def test_lists_beside_the_news_have_an_end(quiet):
    many = tuple(letter(number, f"Letter {number:02}", "2018-05-24") for number in range(25))
    due = tuple(DueFact(PartialDate.parse("2019-04-09"), f"Due {n}", "", "/calendar") for n in range(25))
    silences = tuple(SilenceFact(f"Source {n:02}", MONDAY) for n in range(25))
    content = compose(replace(quiet, letters=many, due=due, silences=silences))
    assert (len(content.waiting), content.waiting_more, content.waits) == (10, 15, 25)
    assert (len(content.due), content.due_more) == (10, 15)
    assert content.silent[-1] == "20 more sources failing."


def test_a_title_of_any_length_is_cut(quiet):
    content = compose(replace(quiet, events=(happening(headline="word " * 400),)))
    assert len(content.rows[0].title) <= 160
    assert len(content.headline) <= 120
    assert content.headline.endswith("word…")


def test_content_survives_being_stored(week):
    content = compose(week)
    assert IssueContent.from_json(content.to_json()) == content


def test_content_of_another_format_is_refused(week):
    stored = compose(week).to_json()
    with pytest.raises(ParseError, match="format is 99"):
        IssueContent.from_json({**stored, "format": 99})
    with pytest.raises(ParseError, match="headline"):
        IssueContent.from_json({key: value for key, value in stored.items() if key != "headline"})


def test_a_period_does_not_run_backwards():
    with pytest.raises(InputError):
        Period(SUNDAY, MONDAY)
