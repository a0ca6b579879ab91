"""Some acts of every kind, over the filled archive: a date, a long text, a row added and one taken out, a program's."""

from sqlmodel import Session, select

from tests.web.scenario import NOW
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import PartyRole
from tracker.models.base import CampaignObject
from tracker.models.correspondence import Letter, LetterParty
from tracker.store.corrections import Cause, recording
from tracker.store.engine import writing
from tracker.workflows.runtime import Runtime


def fill(runtime: Runtime) -> None:
    """Make one act of each kind on the first letter; the first act is a program's."""

    def letter(session: Session) -> Letter:
        return session.exec(select(Letter).order_by(Letter.id)).first()

    def date_and_text(session: Session) -> None:
        row = letter(session)
        row.sent_on = PartialDate.parse("2018-05-20")
        session.get(CampaignObject, row.id).summary = "It asks for numbers, and for talks. " * 9

    def party(session: Session) -> None:
        session.add(LetterParty(letter_id=letter(session).id, role=PartyRole.SENDER, name="A party of one"))

    def without(session: Session) -> None:
        session.delete(session.exec(select(LetterParty).where(LetterParty.name == "A party of one")).one())

    for who, do in (("campaign file", date_and_text), ("Ann", party), ("Ann", without)):
        cause = Cause(who, NOW, "The page was read again.", url="https://page.example/letter")
        with writing(runtime.engine) as session, recording(session, cause):
            do(session)
