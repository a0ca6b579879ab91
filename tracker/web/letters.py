"""Letters and answers: who asked whom, what came back, and where and when we last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import InputError
from tracker.domain.responses import Days, days_words
from tracker.domain.vocab import AnswerGrade, Channel, ResponseState
from tracker.store import campaigns, correction_list, evidence, letter_recipients, letter_sources, letters
from tracker.store.correspondence import QuestionLine, begun
from tracker.store.letters import LetterGroup, LetterStanding, Rates
from tracker.web import letter_course, pages, permalinks
from tracker.web.language import gettext, later, ngettext, number
from tracker.web.words import day

bp = Blueprint("letters", __name__)
bp.add_app_template_filter(letter_course.lateness, "lateness")

PER_PAGE = 50
# More companies' rates than these are not all shown: the filter gives any one's.
MOST_RATES = 24

# The few words of a state and their tone; None: due, nothing on record, nobody has looked.
STATE_WORDS: dict[ResponseState | None, tuple[str, str]] = {
    ResponseState.NOT_DUE: (later("not yet due"), ""),
    ResponseState.ACKNOWLEDGED: (later("acknowledged only"), "warn"),
    ResponseState.ANSWERED_FULL: (later("answered"), "good"),
    ResponseState.ANSWERED_PARTIAL: (later("answered in part"), "good"),
    ResponseState.TANGENTIAL: (later("beside the questions"), "warn"),
    ResponseState.DECLINED: (later("declined to answer"), "bad"),
    ResponseState.NO_RESPONSE: (later("no answer found"), "bad"),
    ResponseState.ANSWERED_LATE: (later("answered late"), "warn"),
    ResponseState.ANSWERED_ELSEWHERE: (later("answered elsewhere"), "warn"),
    ResponseState.PRIVATE: (later("answer not published"), "warn"),
    ResponseState.SENDER_DEEMED_INSUFFICIENT: (later("insufficient, say the senders"), "warn"),
    None: (later("not searched yet"), "warn"),
}
WAITING = {ResponseState.NOT_DUE, ResponseState.NO_RESPONSE, ResponseState.ACKNOWLEDGED, None}
GRADE_WORDS = {
    AnswerGrade.FULL: later("in full"),
    AnswerGrade.PARTLY: later("partly"),
    AnswerGrade.BESIDE: later("beside the point"),
    AnswerGrade.NOT: later("not"),
}
GROUP_WORDS = {
    LetterGroup.UNANSWERED: later("Without an answer"),
    LetterGroup.ANSWERED: later("Answered"),
    LetterGroup.NOT_DUE: later("Not yet due"),
}
CHANNEL_WORDS = {
    Channel.LETTER: later("letter to the senders"),
    Channel.STATEMENT: later("public statement"),
    Channel.BLOG: later("blog"),
    Channel.PROXY_STATEMENT: later("proxy statement"),
    Channel.MEETING: later("meeting"),
    Channel.PRESS: later("press"),
    Channel.OTHER: later("other channel"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks of the list."""

    company: str | None
    campaign: str | None
    group: LetterGroup | None

    @property
    def narrowed(self) -> bool:
        """Whether any letter may be left out."""
        return any((self.company, self.campaign, self.group))


@bp.get("/letters")
def index() -> str:
    """Show the letters, newest first, with how often and how fast they are answered; filters stand in the address."""
    today, chosen = pages.today(), asked()
    with pages.reading() as session:
        recipients = letters.recipients(session)
        everything = of_everybody(session, chosen, recipients)
        companies, left_out = letter_recipients.rates(session, everything, today, most=MOST_RATES)
    shown = following([letter for letter in everything if chosen.group in {None, letter.group}])
    known = letters.rates_of(everything, today)
    name = next((name for _, slug, name in recipients if slug == chosen.company), "")
    return render_template(
        "letters/index.html",
        page=pages.page_of(shown, PER_PAGE, lambda letter: (letter.slug,)),
        companies=companies,
        companies_left_out=left_out,
        figures=figures(known, name),
        rates=known,
        recipients=recipients,
        groups=[
            (group, gettext(words), sum(letter.group is group for letter in everything))
            for group, words in GROUP_WORDS.items()
        ],
        chosen=chosen,
        grades={grade: gettext(words) for grade, words in GRADE_WORDS.items()},
        today=today,
    )


def asked() -> Chosen:
    """Return what the address asks for; raises InputError saying what it takes."""
    return Chosen(
        company=request.args.get("company") or None,
        campaign=request.args.get("campaign") or None,
        group=next(iter(pages.codes("state", LetterGroup)), None),
    )


def following(rows: list[LetterStanding]) -> list[LetterStanding]:
    """Return the letters below the one that the page above ended with; raises InputError when it is not there."""
    after = pages.key_argument(1)
    if after is None:
        return rows
    begin = next((place for place, row in enumerate(rows, 1) if row.slug == after[0]), 0)
    if not begin:
        raise InputError(f"“{after[0][:80]}” is not in this list any more: start from the first page.")
    return rows[begin:]


def of_everybody(
    session: pages.Session, chosen: Chosen, recipients: Iterable[tuple[int, str, str]]
) -> list[LetterStanding]:
    """Return the letters to a company and of a campaign as asked for, answered or not."""
    return letters.standings(
        session,
        today=pages.today(),
        company_id=_known({slug: key for key, slug, _ in recipients}, "company", chosen.company),
        campaign_id=_known({row.slug: row.id for row in campaigns.every(session)}, "campaign", chosen.campaign),
    )


@bp.get("/letters/<slug>")
def page(slug: str) -> str:
    """Show one letter: what it asks, how far each question was answered and in which words, and where we looked.

    `on` tells it as it stood on an earlier day, so that a citation keeps saying what it said.
    """
    today = pages.today()
    on = pages.day_argument("on", last=True) or today
    if on > today:
        raise InputError(f"The day {on} is still ahead: a letter is told as it stands today or stood before.")
    with pages.reading() as session:
        letter = letters.standing(session, slug, on)
        if letter is None:
            raise missing(session, slug)
        _refuse_before_sending(letter, today)
        sources = letter_sources.of_letter(session, letter)
        documents = [
            row
            for row in evidence.linked(session, letter.object_id)
            if on == today or row.published is None or begun(row.published, on)
        ]
        corrected = correction_list.last(session, object_id=letter.object_id)
    return render_template(
        "letters/page.html",
        letter=letter,
        past=on < today,
        answers={answer.response_id: answer for answer in letter.answers},
        course=letter_course.course(letter),
        sources=sources,
        fields=[(field, noted) for (owner, field), noted in sources.fields.items() if owner == letter.object_id],
        documents=documents,
        corrected=corrected,
        grades={grade: gettext(words) for grade, words in GRADE_WORDS.items()},
        site=pages.site(),
        citation=f"{pages.site()}{url_for('letters.page', slug=slug, on=on.isoformat())}",
    )


def _refuse_before_sending(letter: LetterStanding, today: date) -> None:
    """Raise InputError for a past day on which the letter was not sent yet: there was none to tell of."""
    on, sent = letter.state.on, letter.sent_on
    if on < today and not begun(sent, on):
        raise InputError(
            f"On {day(on)} this letter was not sent yet: ask for {day(sent.earliest or on)} or a later day."
        )


def figures(rates: Rates | None, company: str) -> list[dict[str, Any]]:
    """Return the strip of figures: letters, share answered with what is left out, median days, questions in full."""
    if rates is None:
        return []
    rate, median = rates.rate, rates.median
    left_out = [
        words % {"count": count}
        for count, words in (
            (rate.excluded_not_due, gettext("%(count)s not yet due")),
            (rate.excluded_not_searched, gettext("%(count)s not searched")),
        )
        if count
    ]
    share = f" · {round(rate.value * 100)}\N{NO-BREAK SPACE}%" if rate.value is not None else ""
    outside = gettext(" · %(what)s, not counted") % {"what": ", ".join(left_out)} if left_out else ""
    since = {"day": day(rate.window_start), "company": company}
    found = [
        {
            "value": number(rates.letters),
            "label": ngettext(
                "letter to %(company)s since %(day)s", "letters to %(company)s since %(day)s", rates.letters
            )
            % since
            if company
            else ngettext("letter since %(day)s", "letters since %(day)s", rates.letters) % since,
        },
        {
            "value": gettext("%(count)s of %(all)s due") % {"count": rate.numerator, "all": rate.denominator},
            "label": f"{gettext('answered')}{share}{outside}",
        },
    ]
    if median is not None:
        days = days_words((round(median.fewest), round(median.most)))
        label = ngettext(
            "median time to an answer (%(count)s answer)",
            "median time to an answer (%(count)s answers)",
            median.letters,
        )
        found.append({"value": days, "label": label % {"count": median.letters}})
    if rates.questions:
        asked = gettext("%(count)s of %(all)s") % {"count": rates.questions_full, "all": rates.questions}
        found.append({"value": asked, "label": gettext("questions answered in full")})
    return found


@bp.app_template_filter("state_badge")
def state_badge(value: ResponseState | None) -> tuple[str, str]:
    """Return a state's few words and the tone of its badge."""
    words, tone = STATE_WORDS[value]
    return gettext(words), tone


@bp.app_template_filter("state_days")
def state_days(letter: LetterStanding, today: date) -> str:
    """Return how long it took or has taken: "2,868 days", "after 70 days", "21 days, 8 left"."""
    words = days_words(letter.state.days)
    if letter.state.state not in WAITING:
        return gettext("after %(days)s") % {"days": words}
    due = letter.state.due
    if letter.state.state is ResponseState.NOT_DUE and due is not None and due.on.latest is not None:
        return gettext("%(days)s, %(left)s left") % {"days": words, "left": (due.on.latest - today).days}
    return words


@bp.app_template_filter("day_numbers")
def day_numbers(days: Days | None) -> str:
    """Return which day after sending it is: "70", "6 to 36", "69 or later"."""
    fewest, most = days or (None, None)
    if fewest is None or most is None:
        return (
            f"{fewest:,} or later" if fewest is not None else f"{most:,} or before" if most is not None else "not known"
        )
    return f"{fewest:,}" if fewest == most else f"{fewest:,} to {most:,}"


@bp.app_template_filter("mark_words")
def mark_words(question: QuestionLine, letter: LetterStanding) -> str:
    """Return how far a question was answered, in words: the grade, or why there is none."""
    if question.grade is not None:
        return gettext(GRADE_WORDS[question.grade])
    return gettext("not assessed") if letter.answers else gettext("no answer")


@bp.app_template_filter("grade_counts")
def grade_counts(letter: LetterStanding) -> str:
    """Return the questions counted by grade: "1 in full · 2 not"; only how many, where nothing came back."""
    if not letter.answers:
        return gettext("%(count)s asked") % {"count": len(letter.questions)}
    words = [mark_words(question, letter) for question in letter.questions]
    order = [*map(gettext, GRADE_WORDS.values()), gettext("not assessed")]
    return " · ".join(f"{words.count(word)} {word}" for word in order if word in words)


@bp.app_template_filter("grade_words")
def grade_words(value: AnswerGrade) -> str:
    """Return how far an answer covers a question."""
    return gettext(GRADE_WORDS[value])


@bp.app_template_filter("channel_words")
def channel_words(value: Channel) -> str:
    """Return by which way an answer came."""
    return gettext(CHANNEL_WORDS[value])


def _known(ids: dict[str, int | None], name: str, slug: str | None) -> int | None:
    """Return the id behind a name in the address; raises InputError naming what the filter takes."""
    if slug is None:
        return None
    if slug not in ids:
        raise InputError(f"The filter “{name}” does not know “{slug}”. It takes: {', '.join(ids)}.")
    return ids[slug]


def missing(session: pages.Session, slug: str) -> HTTPException:
    """Return the answer for a letter that is not shown: where it went, or 404 with those of a like name."""
    return permalinks.missing(session, "letter", slug)
