"""A large invented archive, the same every time: what the site is measured on.

`of(size)` gives the address of a SQLite archive with so many events (and documents, resolutions, letters ... in
proportion), made once and kept outside the project, under the schema it was made with.
"""

import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from tests.bench import archive_words
from tests.bench.archive_rows import NOW, event_row, filled
from tracker.cli.opening import progress
from tracker.domain import vocab
from tracker.domain.dates import PartialDate
from tracker.domain.items import Milestone
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.campaign import Campaign, CampaignMembership, CampaignTarget
from tracker.models.contract import Contract
from tracker.models.correspondence import (
    Answer,
    CompanyResponse,
    Letter,
    LetterParty,
    LetterQuestion,
    QuestionAssessment,
    ResponseSearch,
)
from tracker.models.document import Document, DocumentVersion, Mention
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.link import Link
from tracker.models.meeting import BallotItem, Meeting, VoteCount
from tracker.models.organization import Organization
from tracker.models.resolution import Filer, Resolution, ResolutionStatus, SubjectFamily
from tracker.settings import Settings
from tracker.store import event_counts, migrate, resolution_standings, search
from tracker.store.bulk import insert_rows
from tracker.store.engine import create_engine
from tracker.workflows.runtime import Runtime
from tracker.workflows.summarise import summarise

# Changes whenever what is generated changes.
EDITION = 3
LARGE, SMALL = 1_000_000, 10_000
FIRST, LAST = date(2012, 1, 1), date(2026, 11, 20)
TODAY = date(2026, 11, 23)
DAYS = (LAST - FIRST).days
CAMPAIGNS = 12
# The first campaign has this share of all objects.
SHARE_OF_LARGEST = 0.4
BATCH = 5_000
KINDS, LANES, CODE = vocab.EventType, vocab.Lane, vocab.ResolutionCode
COURSES = (
    (CODE.FILED, CODE.ON_BALLOT, CODE.VOTED_FINAL),
    (CODE.FILED, CODE.EXCLUSION_NOTICED, CODE.SEC_NOT_CONCURRED, CODE.ON_BALLOT, CODE.VOTED_FINAL),
    (CODE.FILED, CODE.EXCLUSION_NOTICED, CODE.SEC_CONCURRED, CODE.OMITTED),
    (CODE.FILED, CODE.WITHDRAWN_AGREEMENT),
)
PRESS_KINDS = (
    *(KINDS.COMMENTARY,) * 5, KINDS.VOTE_RESULT, KINDS.LETTER_SENT, KINDS.STUDY_OR_REPORT, KINDS.COMPANY_RESPONSE,
    KINDS.REGULATOR_ACTION, KINDS.HEARING, KINDS.MISUSE_INCIDENT,
)  # fmt: skip


def of(events: int) -> str:
    """Return the address of the archive with about so many events, made when it is not there yet."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whereas-bench"
    file = folder / f"archive-{events}-{migrate.head()}-{EDITION}.db"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = file.with_suffix(".begun")
        begun.unlink(missing_ok=True)
        spent = time.perf_counter()
        make(f"sqlite:///{begun}", events)
        begun.rename(file)
        print(f"an archive of {events:,} events was made in {time.perf_counter() - spent:.0f} s", file=sys.stderr)
    return f"sqlite:///{file}"


def make(url: str, events: int) -> None:
    """Fill an empty SQLite database with an archive of about so many events."""
    migrate.upgrade(engine := create_engine(url))
    engine.dispose()
    event.listen(engine, "connect", _hurry)
    with Session(engine) as session, progress("an archive") as step:
        _Maker(session, events, step).everything()
        session.commit()
    summarise(Runtime(Settings(), engine, clock=lambda: NOW))
    engine.dispose()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    """Write without a journal: an archive that was not finished is thrown away."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {pragma}")


class _Maker:
    """One archive on its way: numbers of rows, and the places where its objects stand."""

    def __init__(self, session: Session, events: int, step: Callable[[int, int, str], None]) -> None:
        self.session, self.step = session, step
        self.chance = random.Random(events)
        self.words = archive_words.Words(self.chance)
        self.resolutions = max(events // 200, 4)
        self.documents = max(events // 5, 20)
        self.letters = self.contracts = self.resolutions
        self.companies = max(self.resolutions // 5, 3)
        self.events_wanted, self.events, self.spines = events, 0, 0
        # Of each object: its number, slug, title, campaign and day; documents bear on them.
        self.objects: list[tuple[int, str, str, int, date]] = []
        self.rows_of_document = 0.0

    def everything(self) -> None:
        """Write all tables, then let the program make what it derives from them."""
        self._parties()
        written = ((self.companies, self._company), (self.letters, self._letter), (self.contracts, self._contract))
        for number, rows in written:
            self._write(rows, number)
        self.rows_of_document = (self.events_wanted - self.events) / self.documents
        self._write(self._document, self.documents)
        self.step(self.events, self.events_wanted, "derived")
        derive(self.session)

    def _write(self, one: Callable[[int], Iterator[Any]], count: int) -> None:
        """Write what `one` yields for each number, table by table."""
        numbers = iter(range(1, count + 1))
        while batch := list(islice(numbers, BATCH)):
            tables: dict[type, list[Any]] = {}
            for number in batch:
                for row in one(number):
                    tables.setdefault(row[0], []).append(row[1])
            for table, rows in tables.items():
                insert_rows(self.session, table, rows)
            self.events += len(tables.get(Event, ()))
            self.step(self.events, self.events_wanted, "")

    # --- parties and campaigns ----------------------------------------------------------------------------------------

    def _parties(self) -> None:
        names = self.words.names(self.companies + 60)
        lanes = [LANES.COMPANY] * self.companies + [*LANES] * 10
        insert_rows(self.session, Organization, [
            filled(Organization, id=number, slug=_slug(name, number), name=name, lane=lane)
            for number, (name, lane) in enumerate(zip(names, lanes, strict=True), 1)
        ])  # fmt: skip
        self.names = names
        insert_rows(self.session, Campaign, [
            filled(Campaign, id=number, slug=f"campaign-{number}", title=self.words.title(), summary=self.words.line(),
                   created_at=NOW)
            for number in range(1, CAMPAIGNS + 1)
        ])  # fmt: skip
        insert_rows(self.session, CampaignTarget, [
            {"campaign_id": number, "organization_id": 1 + number % self.companies}
            for number in range(1, CAMPAIGNS + 1)
        ])  # fmt: skip

    def _campaign(self) -> int:
        return 1 if self.chance.random() < SHARE_OF_LARGEST else self.chance.randint(2, CAMPAIGNS)

    def _spine(self, kind: str, title: str, campaign: int, day: date) -> tuple[int, str, list[Any]]:
        self.spines += 1
        slug = _slug(title, self.spines)
        spine = filled(CampaignObject, id=self.spines, kind=kind, slug=slug, title=title, summary=self.words.line(),
                       state=ObjectState.PUBLISHED, created_at=NOW, updated_at=NOW)  # fmt: skip
        self.objects.append((self.spines, slug, title, campaign, day))
        member = {"campaign_id": campaign, "object_id": self.spines}
        return self.spines, slug, [(CampaignObject, spine), (CampaignMembership, member)]

    def _told(self, campaign: int, slug: str, key: int, milestone: Milestone) -> tuple[type, dict[str, Any]]:
        return Event, event_row(campaign, f"{slug}:{milestone.key}", milestone, object_id=key)

    # --- a company: its family of resolutions, one a year, each at the year's meeting

    def _company(self, number: int) -> Iterator[Any]:
        campaign, chance = self._campaign(), self.chance
        name, subject = self.names[number - 1], self.words.title()
        yield SubjectFamily, {"id": number, "slug": f"family-{number}", "name": subject, "company_id": number}
        for year in range(2022, 2027):
            held = date(year, 4, 1) + timedelta(days=chance.randrange(80))
            proxy = held - timedelta(days=40)
            title = f"Annual meeting of {name} {year}"
            meeting, slug, rows = self._spine("meeting", title, campaign, held)
            yield from rows
            yield Meeting, filled(Meeting, id=meeting, company_id=number, held_on=PartialDate.day(held),
                                  proxy_filed_on=PartialDate.day(proxy),
                                  next_proposals_by=PartialDate.day(held + timedelta(days=210)))  # fmt: skip
            for key, day, words in (("held", held, title), ("proxy", proxy, f"Proxy statement filed: {title}")):
                told = Milestone(PartialDate.day(day), KINDS.PROXY_STATEMENT, key, words, LANES.COMPANY, "")
                yield self._told(campaign, slug, meeting, told)
            yield from self._resolution(number, meeting, held, campaign, f"{subject} ({name} {year})")

    def _resolution(self, company: int, meeting: int, held: date, campaign: int, title: str) -> Iterator[Any]:
        chance = self.chance
        key, slug, rows = self._spine("resolution", title, campaign, held)
        yield from rows
        clause, statement = self.words.text(900), self.words.text(2400)
        yield Resolution, filled(Resolution, id=key, company_id=company, season=held.year, family_id=company,
                                 ask_type=chance.choice([*vocab.AskType]), ask=self.words.line(),
                                 resolved_clause=clause, supporting_statement=statement,
                                 board_statement=statement)  # fmt: skip
        for place in range(3):
            role = vocab.FilerRole.CO_FILER if place else vocab.FilerRole.LEAD_FILER
            yield Filer, filled(Filer, resolution_id=key, organization_id=self.companies + 1 + (key * 3 + place) % 60,
                                role=role, recorded_at=NOW)  # fmt: skip
        course = chance.choice(COURSES)
        for place, code in enumerate(course):
            on = PartialDate.day(held - timedelta(days=150 - 150 * (place + 1) // len(course)))
            status = filled(ResolutionStatus, resolution_id=key, code=code, on=on, note=self.words.line(),
                            recorded_at=NOW)  # fmt: skip
            yield ResolutionStatus, status
            told = Milestone(on, _kind(code), f"status:{code}", f"{code.replace('_', ' ')}: {title}", LANES.INVESTORS,
                             status["note"])  # fmt: skip
            yield self._told(campaign, slug, key, told)
            yield Evidence, self._evidence(key, f"resolution_status:{code}", str(on))
        if CODE.ON_BALLOT in course:
            yield from self._vote(key, meeting, PartialDate.day(held))

    def _vote(self, key: int, meeting: int, held: PartialDate) -> Iterator[Any]:
        counted, for_ = 1_000_000 + self.chance.randrange(9_000_000), self.chance.uniform(0.02, 0.55)
        yield BallotItem, filled(BallotItem, id=key, meeting_id=meeting, resolution_id=key, number="7",
                                 ballot_kind=vocab.BallotKind.SHAREHOLDER_PROPOSAL,
                                 board_recommendation=vocab.Recommendation.AGAINST)  # fmt: skip
        yield VoteCount, filled(VoteCount, ballot_item_id=key, votes_for=int(counted * for_),
                                votes_against=counted - int(counted * for_), votes_abstain=counted // 90,
                                broker_non_votes=counted // 7, reported_on=held, recorded_at=NOW)  # fmt: skip
        for field in ("votes_for", "votes_against"):
            yield Evidence, self._evidence(key, field, str(counted))

    def _evidence(self, key: int, field: str, value: str) -> dict[str, Any]:
        url = f"https://paper.example/{key}/{field}"
        return filled(Evidence, object_id=key, field=field, value=value, url=url, canonical_url=url,
                      locator=self.words.line(), read_by="bench", read_at=NOW)  # fmt: skip

    # --- letters ------------------------------------------------------------------------------------------------------

    def _letter(self, number: int) -> Iterator[Any]:
        chance, campaign = self.chance, self._campaign()
        sent = FIRST + timedelta(days=chance.randrange(DAYS))
        title = f"Letter on {self.words.title().lower()}"
        key, slug, rows = self._spine("letter", title, campaign, sent)
        yield from rows
        due = PartialDate.day(sent + timedelta(days=30))
        yield Letter, filled(Letter, id=key, sent_on=PartialDate.day(sent), respond_by=due)
        company = 1 + chance.randrange(self.companies)
        sender = self.companies + 1 + chance.randrange(60)
        # One in ten goes to more companies than one.
        others = [1 + (company + place * 7) % self.companies for place in range(1, 5 if number % 10 == 0 else 1)]
        recipients = ((vocab.PartyRole.RECIPIENT, party) for party in dict.fromkeys((company, *others)))
        for role, party in ((vocab.PartyRole.SENDER, sender), *recipients):
            yield LetterParty, filled(LetterParty, letter_id=key, role=role, name=self.names[party - 1],
                                      organization_id=party)  # fmt: skip
        for place in range(3):
            yield LetterQuestion, {
                "id": key * 3 + place, "letter_id": key, "number": place + 1, "text": self.words.line()
            }  # fmt: skip
        yield Evidence, self._evidence(key, "sent_on", sent.isoformat())
        told = Milestone(PartialDate.day(sent), KINDS.LETTER_SENT, "sent", f"Letter sent: {title}", LANES.ADVOCATES, "")
        yield self._told(campaign, slug, key, told)
        if chance.random() < 0.6:
            yield from self._response(key, company, campaign, sent + timedelta(days=chance.randrange(10, 90)))
        else:
            yield ResponseSearch, filled(ResponseSearch, letter_id=key, searched_on=LAST, where="newsroom, filings",
                                         recorded_at=NOW)  # fmt: skip

    def _response(self, letter: int, company: int, campaign: int, given: date) -> Iterator[Any]:
        title = f"{self.names[company - 1]} answers on {self.words.title().lower()}"
        key, slug, rows = self._spine("company_response", title, campaign, given)
        yield from rows
        on = PartialDate.day(given)
        yield CompanyResponse, filled(CompanyResponse, id=key, company_id=company, on=on, channel=vocab.Channel.LETTER)
        state = self.chance.choice([vocab.ResponseState.ANSWERED_FULL, vocab.ResponseState.ANSWERED_PARTIAL])
        yield Answer, filled(Answer, response_id=key, object_id=letter, assessment=state)
        for place, grade in enumerate((vocab.AnswerGrade.FULL, vocab.AnswerGrade.PARTLY)):
            yield QuestionAssessment, filled(QuestionAssessment, question_id=letter * 3 + place, response_id=key,
                                             grade=grade, quote=self.words.line())  # fmt: skip
        told = Milestone(on, KINDS.COMPANY_RESPONSE, "given", title, LANES.COMPANY, "")
        yield self._told(campaign, slug, key, told)

    # --- contracts ----------------------------------------------------------------------------------------------------

    def _contract(self, number: int) -> Iterator[Any]:
        chance, campaign = self.chance, self._campaign()
        # One vendor and one agency have a large part of all.
        vendor = 1 if chance.random() < SHARE_OF_LARGEST else 1 + chance.randrange(self.companies)
        agency = self.companies + (1 if chance.random() < SHARE_OF_LARGEST else 2 + chance.randrange(58))
        starts = FIRST + timedelta(days=chance.randrange(DAYS))
        state = chance.choice([*vocab.ContractState])
        title = f"Contract on {self.words.title().lower()}"
        key, slug, rows = self._spine("contract", title, campaign, starts)
        yield from rows
        yield Contract, filled(Contract, id=key, vendor_id=vendor, agency_id=agency, award_id=f"A-{key}",
                               amount_obligated=chance.randrange(10**7), contract_state=state,
                               starts_on=PartialDate.day(starts),
                               ends_on=PartialDate.day(starts + timedelta(days=700)))  # fmt: skip
        yield Evidence, self._evidence(key, "amount_obligated", "1")
        told = Milestone(PartialDate.day(starts), KINDS.CONTRACT_AWARDED, "starts", f"Contract starts: {title}",
                         LANES.REGULATORS, "")  # fmt: skip
        yield self._told(campaign, slug, key, told)

    # --- documents, what they say, what they bear on, and the rows they make

    def _document(self, number: int) -> Iterator[Any]:
        chance = self.chance
        published = FIRST + timedelta(days=chance.randrange(DAYS))
        title, kind, lane = self.words.title(), chance.choice(PRESS_KINDS), chance.choice((LANES.PRESS, *LANES))
        on = PartialDate.day(published) if number % 20 else PartialDate.parse(f"{published:%Y-%m}")
        edits = chance.choice((0, 0, 0, 1))
        url = f"https://paper-{number % 400}.example/{number}"
        yield Document, filled(
            Document, id=number, canonical_url=url, url=url, title=title, publisher=self.names[-1 - number % 60],
            kind=vocab.DocumentKind.NEWS, language="en", published=on, published_sort=published.isoformat(),
            state=vocab.DocumentState.RELEVANT, relevance=0.9, event_type=kind, event_type_score=0.7,
            excerpt=self.words.line(), version_count=1 + edits, first_seen_at=NOW,
        )  # fmt: skip
        for version in range(1, edits + 2):
            text = self.words.text(1200)
            yield DocumentVersion, filled(DocumentVersion, document_id=number, number=version, title=title, html=text,
                                          text=text, content_hash="0" * 64, seen_at=NOW, change="")  # fmt: skip
        company = 1 + chance.randrange(self.companies)
        slug = _slug(self.names[company - 1], company)
        yield Mention, filled(Mention, document_id=number, entity=slug, entity_kind="organization",
                              name=self.names[company - 1], start=0, end=9)  # fmt: skip
        yield from self._bears_on(number, Milestone(on, kind, "", title, lane, ""), edits)

    def _bears_on(self, number: int, told: Milestone, edits: int) -> Iterator[Any]:
        """Yield a document's links, and a row in the timeline of each campaign it bears on."""
        wanted = int(number * self.rows_of_document) - int((number - 1) * self.rows_of_document)
        bears = [self.objects[self.chance.randrange(len(self.objects))] for _ in range(2)]
        for key, *_ in {one[0]: one for one in bears}.values():
            yield Link, filled(Link, document_id=number, object_id=key, relation=vocab.Relation.REPORTS_ON,
                               state=vocab.LinkState.CONFIRMED, score=0.9, reasons=[], made_by="rule",
                               decided_by="rule", decided_at=NOW, created_at=NOW)  # fmt: skip
        # Nearly every document makes a row in the largest campaign.
        others = self.chance.sample(range(2, CAMPAIGNS + 1), CAMPAIGNS - 1)
        campaigns = [1, *others] if number % 10 else others
        for campaign in campaigns:
            if wanted <= 0:
                break
            yield Event, event_row(campaign, f"document:{number}", told, document_id=number)
            wanted -= 1
            if edits and wanted > 0 and campaign == campaigns[0]:
                seen = PartialDate.day(LAST - timedelta(days=number % 300))
                changed = replace(told, on=seen, headline=f"Edited: {told.headline}")
                yield Event, event_row(campaign, f"document:{number}:version:2", changed, document_id=number)
                wanted -= 1


def derive(session: Session) -> None:
    """Make what the program derives from the rows: the search index and its like."""
    event_counts.rebuild(session)
    resolution_standings.refresh(session, None, TODAY)
    search.rebuild(session)
    search.keep_all(session)


def _kind(code: vocab.ResolutionCode) -> vocab.EventType:
    from tracker.models.resolution import EVENT_TYPES

    return EVENT_TYPES.get(code, KINDS.SEC_DECISION)


def _slug(name: str, number: int) -> str:
    return f"{'-'.join(name.lower().split())[:60]}-{number}"
