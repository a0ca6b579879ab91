"""A letter and the answers to it, as data."""

from flask import url_for
from pydantic import Field

from tracker.domain.vocab import AnswerGrade, Channel, ResponseState
from tracker.store.correspondence import AnswerLine, QuestionLine
from tracker.store.letters import LetterGroup, LetterStanding
from tracker.web.shapes.base import Shape, When, full


class Question(Shape):
    """One question of a letter and how far it was answered."""

    number: int = Field(description="Its place in the letter")
    text: str = Field(description="The question")
    grade: AnswerGrade | None = Field(description="How far the best answer covers it; empty when nobody assessed it")
    quote: str = Field(description="The words that the grade rests on")

    @classmethod
    def of(cls, line: QuestionLine) -> "Question":
        """Return the shape of a question with its best grading."""
        quote = line.gradings[0].quote if line.gradings else ""
        return cls(number=line.number, text=line.text, grade=line.grade, quote=quote)

    def __str__(self) -> str:
        """Return its number, text and grade on one line."""
        return f"{self.number}. {self.text} ({self.grade or 'not assessed'})"


class Answer(Shape):
    """What came back."""

    title: str = Field(description="Its title")
    on: When = Field(description="When it was given")
    channel: Channel = Field(description="By which way it came")
    public: bool = Field(description="Whether anybody can read it")
    assessment: ResponseState = Field(description="How full an editor finds it")

    @classmethod
    def of(cls, line: AnswerLine) -> "Answer":
        """Return the shape of an answer."""
        return cls(
            title=line.title,
            on=When.of(line.on),
            channel=line.channel,
            public=line.public,
            assessment=line.assessment,
        )

    def __str__(self) -> str:
        """Return its title, day and assessment on one line."""
        return f"{self.title} ({self.on}, {self.assessment})"


class Letter(Shape):
    """A letter: who asked whom what by when, and where the answer stands."""

    slug: str = Field(description="Its name in addresses")
    url: str = Field(description="Its page")
    title: str = Field(description="Its title")
    sent_on: When = Field(description="When it was sent")
    respond_by: When | None = Field(description="By when it asks for an answer; empty when it names no day")
    senders: list[str] = Field(description="Who sent it, as far as they are named")
    sender_count: int | None = Field(description="How many sent it, by the source's own count; empty if nobody counted")
    recipients: list[str] = Field(description="To whom it went")
    group: LetterGroup = Field(description="Answered, not due yet, or due without an answer")
    state: ResponseState | None = Field(description="Where it stands; empty: due, no answer known, nobody has searched")
    state_display: str = Field(description="The same in a sentence")
    days_at_least: int | None = Field(description="Days from sending to the answer, or to today while there is none")
    days_at_most: int | None = Field(description="The same where the dates are known less exactly than to the day")
    questions: list[Question] = Field(description="What it asks")
    answers: list[Answer] = Field(description="What came back, oldest first")
    last_searched_on: str | None = Field(description="When somebody last looked for an answer; empty: never")
    last_searched_where: str | None = Field(description="Where they looked")

    @classmethod
    def of(cls, letter: LetterStanding) -> "Letter":
        """Return the shape of a letter as it stands."""
        least, most = letter.state.days or (None, None)
        search = letter.last_search
        return cls(
            slug=letter.slug,
            url=full(url_for("letters.page", slug=letter.slug)),
            title=letter.title,
            sent_on=When.of(letter.sent_on),
            respond_by=When.of(letter.respond_by) if letter.respond_by else None,
            senders=list(letter.senders),
            sender_count=letter.sender_count,
            recipients=list(letter.recipients),
            group=letter.group,
            state=letter.state.state,
            state_display=letter.state.words,
            days_at_least=least,
            days_at_most=most,
            questions=[Question.of(line) for line in letter.questions],
            answers=[Answer.of(line) for line in letter.answers],
            last_searched_on=search.on.isoformat() if search else None,
            last_searched_where=search.where if search else None,
        )
