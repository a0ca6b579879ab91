"""A document that values rest on and an answer is quoted from, beside the letter it answers; one kept as a PDF."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask
from sqlmodel import Session, select

from tests import factories as make
from tracker.domain.packed import Packed
from tracker.domain.vocab import AnswerGrade, Channel, Lane, LinkState, ResponseState
from tracker.models.correspondence import QuestionAssessment
from tracker.models.document import Body, Document, DocumentVersion, Mention
from tracker.models.evidence import Evidence
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
SEEN = datetime(2026, 6, 2, 9, 30, tzinfo=UTC)
ADDRESS = "https://company.example/reply"
HTML = ("<h1>Our reply</h1><p>Larkspur Optics sells to the <b>county police</b>.</p>"
        "<p>The contract was signed on 3 May 2026. We keep faces for seven days — no longer.</p>")  # fmt: skip
TEXT = ("Our reply\n\nLarkspur Optics sells to the county police.\n\n"
        "The contract was signed on 3 May 2026. We keep faces for seven days — no longer.")  # fmt: skip
BODY = b"<html>the page as it was sent</html>"
QUOTE = "“We keep faces for seven days - no longer”"
REPLY, PAPER = 1, 2


@contextmanager
def site(folder: Path) -> Iterator[Flask]:
    """Give the site over this archive."""
    with make.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        with writing(engine) as session:
            fill(session)
        yield create_app(Runtime(Settings(), engine, clock=lambda: NOW))


def fill(session: Session) -> None:
    """Write the archive."""
    company = make.organization(session, "larkspur", name="Larkspur Optics")
    riders = make.organization(session, "riders", name="Transit riders", lane=Lane.ADVOCATES)
    campaign = make.campaign(session, "riders-ask", title="Riders ask", targets=[company])
    letter = make.letter(
        session, "riders-2026", sent="2026-05-04", respond_by="2026-05-20", senders=[riders], recipients=[company],
        campaign=campaign, title="Riders ask Larkspur", questions=["How long are faces kept?", "Who sees them?"],
    )  # fmt: skip
    answer = make.response(
        session, "larkspur-reply", company=company, day="2026-06-01", campaign=campaign, channel=Channel.BLOG,
        title="Larkspur replies", answers={letter.id: ResponseState.ANSWERED_PARTIAL},
        grades={(letter.id, 1): AnswerGrade.FULL, (letter.id, 2): AnswerGrade.NOT},
    )  # fmt: skip
    first, second = session.exec(select(QuestionAssessment).order_by(QuestionAssessment.question_id)).all()
    first.quote, first.assessed_by, second.quote = QUOTE, "A. Editor", "Nobody sees them at all"
    make.search(session, letter, "2026-05-25", where="the company's newsroom")
    make.evidence(session, letter.id, "sent_on", "4 May 2026", url="https://riders.example/letter")
    page = _document(session, "Our reply", ADDRESS, HTML, TEXT, own=True)
    make.link(session, page, answer.id, why="It is the answer itself.", score=0.999)
    make.link(session, page, letter.id, state=LinkState.SUGGESTED, why="It names the riders.", score=0.62)
    make.evidence(session, answer.id, "on", "1 June 2026", url=ADDRESS, document=page)
    make.add(session, Mention(document_id=page.id, entity="larkspur", entity_kind="organization",
                              name="Larkspur Optics", start=21, end=36))  # fmt: skip
    version = session.exec(select(DocumentVersion).where(DocumentVersion.document_id == page.id)).one()
    deal = make.commitment(session, company=company, title="Sells to the county", campaign=campaign)
    start = TEXT.index("3 May 2026")
    make.add(session, Evidence(
        object_id=deal.id, field="made_on", value="3 May 2026", document_id=page.id, version_id=version.id, url=ADDRESS,
        locator="The contract was signed on 3 May 2026.", start=start, end=start + 10, read_by="reader: contracts",
        reader_version="1", read_at=SEEN,
    ))  # fmt: skip
    paper = "Page one\nof a paper\n\nPage two"
    _document(session, "A paper", "https://company.example/paper.pdf",
              "<p>Page one\nof a paper</p><p>Page two</p>", paper, media_type="application/pdf")  # fmt: skip


def _document(
    session: Session, title: str, url: str, html: str, text: str, *, own: bool = True, media_type: str = "text/html"
) -> Document:
    body = BODY if media_type == "text/html" else b"%PDF-1.7"
    packed = Packed.of(body, media_type)
    make.add(session, Body(hash=packed.hash, media_type=media_type, size=packed.size, compressed=packed.compressed))
    row = make.document(session, title, url=url, published="2026-06-01", publisher="Larkspur Optics")
    make.add(session, DocumentVersion(
        document_id=row.id, number=1, title=title, html=html, text=text, content_hash=sha256(text.encode()).hexdigest(),
        body_hash=packed.hash, seen_at=SEEN, own_body=own,
    ))  # fmt: skip
    return row
