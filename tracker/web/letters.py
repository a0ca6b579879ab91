"""Letters and answers: who asked whom, what came back, and where and when we last looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from tracker.domain.errors import InputError
from tracker.domain.responses import days_words
from tracker.domain.text import plural
from tracker.domain.vocab import AnswerGrade, Channel, ResponseState
from tracker.store import campaigns, evidence, letter_recipients, letters, objects
from tracker.store.correspondence import QuestionLine
from tracker.store.letters import LetterGroup, LetterStanding, Rates
from tracker.web import pages, permalinks
from tracker.web.words import day

bp = Blueprint("letters", __name__)

PER_PAGE = 50
# More companies' rates than these are not all shown: the filter gives any one's.
MOST_RATES = 24

# The few words of a state and their tone; None: due, nothing on record, nobody has looked.
STATE_WORDS: dict[ResponseState | None, tuple[str, str]] = {
    ResponseState.NOT_DUE: ("not yet due", ""),
    ResponseState.ACKNOWLEDGED: ("acknowledged only", "warn"),
    ResponseState.ANSWERED_FULL: ("answered", "good"),
    ResponseState.ANSWERED_PARTIAL: ("answered in part", "good"),
    ResponseState.TANGENTIAL: ("beside the questions", "warn"),
    ResponseState.DECLINED: ("declined to answer", "bad"),
    ResponseState.NO_RESPONSE: ("no answer found", "bad"),
    ResponseState.ANSWERED_LATE: ("answered late", "warn"),
    ResponseState.ANSWERED_ELSEWHERE: ("answered elsewhere", "warn"),
    ResponseState.PRIVATE: ("answer not published", "warn"),
    ResponseState.SENDER_DEEMED_INSUFFICIENT: ("insufficient, say the senders", "warn"),
    None: ("not searched yet", "warn"),
}
WAITING = {ResponseState.NOT_DUE, ResponseState.NO_RESPONSE, ResponseState.ACKNOWLEDGED, None}
GRADE_WORDS = {
    AnswerGrade.FULL: "in full",
    AnswerGrade.PARTLY: "partly",
    AnswerGrade.BESIDE: "beside the point",
    AnswerGrade.NOT: "not",
}
GROUP_WORDS = {
    LetterGroup.UNANSWERED: "Without an answer",
    LetterGroup.ANSWERED: "Answered",
    LetterGroup.NOT_DUE: "Not yet due",
}
CHANNEL_WORDS = {
    Channel.LETTER: "letter to the senders",
    Channel.STATEMENT: "public statement",
    Channel.BLOG: "blog",
    Channel.PROXY_STATEMENT: "proxy statement",
    Channel.MEETING: "meeting",
    Channel.PRESS: "press",
    Channel.OTHER: "other channel",
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
            (group, words, sum(letter.group is group for letter in everything)) for group, words in GROUP_WORDS.items()
        ],
        chosen=chosen,
        grades=GRADE_WORDS,
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
    """Show one letter: what it asks, how far each question was answered and in which words, and where we looked."""
    with pages.reading() as session:
        letter = letters.standing(session, slug, pages.today())
        if letter is None:
            raise missing(session, slug)
        return render_template(
            "letters/page.html",
            letter=letter,
            evidence=evidence.by_field(session, letter.object_id),
            documents=evidence.linked(session, letter.object_id),
            grades=GRADE_WORDS,
        )


def figures(rates: Rates | None, company: str) -> list[dict[str, Any]]:
    """Return the strip of figures: letters, share answered with what is left out, median days, questions in full."""
    if rates is None:
        return []
    rate, median = rates.rate, rates.median
    left_out = [
        words
        for count, words in (
            (rate.excluded_not_due, f"{rate.excluded_not_due} not yet due"),
            (rate.excluded_not_searched, f"{rate.excluded_not_searched} not searched"),
        )
        if count
    ]
    share = f" · {round(rate.value * 100)}\N{NO-BREAK SPACE}%" if rate.value is not None else ""
    outside = f" · {', '.join(left_out)}, not counted" if left_out else ""
    found = [
        {
            "value": f"{rates.letters:,}",
            "label": f"{'letter' if rates.letters == 1 else 'letters'}{' to ' + company if company else ''}"
            f" since {day(rate.window_start)}",
        },
        {"value": f"{rate.numerator} of {rate.denominator} due", "label": f"answered{share}{outside}"},
    ]
    if median is not None:
        days = days_words((round(median.fewest), round(median.most)))
        found.append({"value": days, "label": f"median time to an answer ({plural(median.letters, 'answer')})"})
    if rates.questions:
        found.append({"value": f"{rates.questions_full} of {rates.questions}", "label": "questions answered in full"})
    return found


@bp.app_template_filter("state_badge")
def state_badge(value: ResponseState | None) -> tuple[str, str]:
    """Return a state's few words and the tone of its badge."""
    return STATE_WORDS[value]


@bp.app_template_filter("state_days")
def state_days(letter: LetterStanding, today: date) -> str:
    """Return how long it took or has taken: "2,868 days", "after 70 days", "21 days, 8 left"."""
    words = days_words(letter.state.days)
    if letter.state.state not in WAITING:
        return f"after {words}"
    due = letter.state.due
    if letter.state.state is ResponseState.NOT_DUE and due is not None and due.on.latest is not None:
        return f"{words}, {(due.on.latest - today).days} left"
    return words


@bp.app_template_filter("mark_words")
def mark_words(question: QuestionLine, letter: LetterStanding) -> str:
    """Return how far a question was answered, in words: the grade, or why there is none."""
    if question.grade is not None:
        return GRADE_WORDS[question.grade]
    return "not assessed" if letter.answers else "no answer"


@bp.app_template_filter("grade_counts")
def grade_counts(letter: LetterStanding) -> str:
    """Return the questions counted by grade: "1 in full · 2 not"; only how many, where nothing came back."""
    if not letter.answers:
        return f"{len(letter.questions)} asked"
    words = [mark_words(question, letter) for question in letter.questions]
    order = [*GRADE_WORDS.values(), "not assessed"]
    return " · ".join(f"{words.count(word)} {word}" for word in order if word in words)


@bp.app_template_filter("channel_words")
def channel_words(value: Channel) -> str:
    """Return by which way an answer came."""
    return CHANNEL_WORDS[value]


def _known(ids: dict[str, int | None], name: str, slug: str | None) -> int | None:
    """Return the id behind a name in the address; raises InputError naming what the filter takes."""
    if slug is None:
        return None
    if slug not in ids:
        raise InputError(f"The filter “{name}” does not know “{slug}”. It takes: {', '.join(ids)}.")
    return ids[slug]


def missing(session: pages.Session, slug: str) -> HTTPException:
    """Return the answer for a letter that is not shown: where it went, or 404 with those of a like name."""
    if (gone := permalinks.ended(session, "letter", slug)) is not None:
        return gone
    near = objects.near(session, "letter", slug)
    known = {row.slug: (row.title, url_for("letters.page", slug=row.slug)) for row in near}
    return pages.missing("letter", slug, known)
