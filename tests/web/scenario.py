"""A small archive for page tests: one campaign with every shape of row, a fictional one, sources in every state."""

import zlib
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from tests import factories as make
from tests.factories import filings
from tracker.domain import vocab
from tracker.models.base import CampaignObject
from tracker.models.document import Body, Document, DocumentVersion, Fetch, Host, Mention, Sighting, Source
from tracker.models.document_link import DocumentLink
from tracker.models.evidence import Evidence
from tracker.models.filing import FilingOutcome, FilingReading
from tracker.models.organization import Organization
from tracker.models.same_story import Story, StoryMember
from tracker.models.subscriber import Issue
from tracker.store import campaign_terms, search
from tracker.store.engine import writing
from tracker.workflows.project import rebuild
from tracker.workflows.runtime import Runtime

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CAMPAIGN = "amazon-rekognition"
CODE = vocab.ResolutionCode
POLICY = "Our principles for face recognition"
BODIES = {"page": "a1" * 32, "feed": "b2" * 32}


def fill(runtime: Runtime) -> None:
    """Write everything and project the timelines."""
    with writing(runtime.engine) as session:
        amazon = make.organization(session, "amazon", name="Amazon.com, Inc.")
        _campaign(session, amazon)
        _fictional(session)
        _sources(session)
        _filing(session)
        _story(session)
        _following(session)
    rebuild(runtime)


def _campaign(session: Session, amazon: Organization) -> None:
    campaign = make.campaign(
        session,
        CAMPAIGN,
        title="Amazon Rekognition and government sales",
        targets=[amazon],
        products=[make.product(session, vendor=amazon)],
        asks=["Stop selling face recognition to government.", "Or show that it does no harm."],
    )
    campaign.summary = (
        "Investors, civil-rights groups and lawmakers ask Amazon to stop selling face recognition to government, "
        "or to show that it does no harm."
    )
    for terms in (["palm*"], ["palm scan*", "till"]):
        words = {"terms": terms, "against": ()}
        campaign_terms.change(session, campaign.id or 0, **words, by="editor@example.org", now=NOW)
    caucus = make.organization(session, "black-caucus", name="Congressional Black Caucus", lane=vocab.Lane.LAWMAKERS)
    coalition = make.organization(session, "coalition", name="Coalition of 90 groups", lane=vocab.Lane.ADVOCATES)
    first = make.letter(
        session,
        "caucus-2018",
        sent="2018-05-24",
        senders=[caucus],
        recipients=[amazon],
        campaign=campaign,
        title="Congressional Black Caucus to Jeff Bezos",
        questions=["Which agencies?", "How accurate?"],
        summary="Asks for staff who know bias, and for talks.",
    )
    again = make.letter(
        session,
        "members-2018",
        sent="2018-11-29",
        respond_by="2018-12-13",
        senders=[caucus],
        recipients=[amazon],
        campaign=campaign,
        title="Eight members of Congress ask again",
        summary="Repeats six questions that were left without an answer.",
        reasks=first.id,
    )
    silent = make.letter(
        session,
        "coalition-2019",
        sent="2019-01-15",
        senders=[coalition],
        recipients=[amazon],
        campaign=campaign,
        title="Coalition of 90 groups asks Amazon not to sell face surveillance",
        summary="The same demand went to Microsoft and Google.",
    )
    make.search(session, silent, "2026-11-20")
    make.response(
        session,
        "amazon-2018",
        company=amazon,
        day="2018-08",
        campaign=campaign,
        public=False,
        title="Amazon replies to members",
        answers={first.id: vocab.ResponseState.ANSWERED_PARTIAL},
    )
    make.response(
        session,
        "amazon-2019",
        company=amazon,
        day="2019-02-07",
        campaign=campaign,
        channel=vocab.Channel.BLOG,
        title="Amazon proposes guidelines for national legislation on face recognition",
        answers={again.id: vocab.ResponseState.TANGENTIAL},
    )
    _resolutions(session, amazon, campaign, coalition)
    _documents(session, silent.id)
    make.add(
        session,
        Issue(
            scope=f"campaign:{campaign.id}",
            campaign_id=campaign.id,
            starts_on=NOW.date() - timedelta(days=7),
            ends_on=NOW.date(),
            headline="One letter still without an answer",
            content={},
            known_until=NOW,
            composed_at=NOW,
        ),
    )


def _resolutions(session: Session, amazon: Organization, campaign, coalition: Organization) -> None:
    meeting = make.meeting(
        session,
        company=amazon,
        held="2019-05-22",
        proxy_filed="2019-04-11",
        campaign=campaign,
        title="Amazon annual meeting 2019",
    )
    subject = make.family(session, amazon)
    for number, slug, title, hundredths in (
        ("6", "amazon-2019-ban", "Prohibit sales of face recognition to government", 240),
        ("7", "amazon-2019-study", "Report on the risks of government use of Rekognition", 2750),
    ):
        resolution = make.resolution(
            session,
            slug,
            company=amazon,
            title=title,
            family=subject,
            lead=coalition,
            campaign=campaign,
            statuses=[
                (CODE.FILED, "2018-12"),
                (CODE.EXCLUSION_NOTICED, "2019-01-28"),
                (CODE.SEC_NOT_CONCURRED, "2019-03-28"),
                (CODE.RECONSIDERATION_DENIED, "2019-04-02..2019-04-03"),
                (CODE.ON_BALLOT, "2019-04-11"),
                (CODE.VOTED_FINAL, "2019-05-22"),
            ],
        )
        item = make.ballot_item(session, meeting, resolution, number=number)
        if number == "6":
            make.claim(session, item, hundredths, formula=vocab.SupportFormula.FOR_AGAINST_ABSTAIN)
        else:
            make.count(session, item, 2750, 7250, votes_abstain=100)
        make.evidence(
            session, resolution.id, "resolution_status:filed", "December 2018", url="https://openmic.example/filed"
        )


def _documents(session: Session, letter_id: int) -> None:
    story = make.document(
        session,
        "90 groups press Amazon on face surveillance",
        url="https://news.example/ninety",
        published="2019-01-16",
    )
    story.excerpt, story.event_type, story.event_type_score = "Ninety groups wrote.", vocab.EventType.LETTER_SENT, 0.91
    story.event_type_reason = "The title says “press”."
    story.relevance_reasons = [{"sentence": "It names Amazon and Rekognition."}]
    _versions(
        session,
        story,
        [
            "Ninety groups wrote to Amazon.\nThey ask it to stop.",
            "Ninety groups wrote to Amazon and Google.\nThey ask it to stop.",
        ],
    )
    make.add(
        session,
        Mention(document_id=story.id, entity="amazon", entity_kind="organization", name="Amazon", start=0, end=6),
    )
    tie = make.link(
        session, story, letter_id, relation=vocab.Relation.REPORTS_ON, why="It names the letter's senders and its day."
    )
    tie.reasons, tie.decided_by = [{"sentence": "Its date is the day after the letter."}], "rule:test"
    later = make.document(
        session,
        "What became of the coalition's letter",
        url="https://news.example/later",
        published="2020-02",
        publisher="The Hill",
    )
    later.event_type = vocab.EventType.COMMENTARY
    make.link(session, later, letter_id, relation=vocab.Relation.REPORTS_ON)
    hinted = make.link(
        session,
        make.document(session, "A hint", url="https://news.example/hint"),
        letter_id,
        state=vocab.LinkState.SUGGESTED,
    )
    hinted.decided_at = None
    make.document(
        session, "Amazon opens a warehouse", url="https://news.example/warehouse", state=vocab.DocumentState.SCREENED
    )
    gone = make.document(session, "Taken back", url="https://news.example/gone", state=vocab.DocumentState.WITHDRAWN)
    gone.state_reason = "The publisher retracted it."
    hostile = make.document(session, "A hostile page", url="javascript:alert(1)")
    _versions(
        session,
        hostile,
        ["text"],
        html='<p onclick="x()">Kept <img src="https://t.example/p.gif"><script>x()</script></p>',
    )


def _versions(
    session: Session, document: Document, texts: list[str], html: str = "", *, whole=(), body_hash: str | None = None
) -> None:
    for number, text in enumerate(texts, start=1):
        body = html or "".join(f"<p>{line}</p>" for line in text.splitlines())
        make.add(
            session,
            DocumentVersion(
                document_id=document.id,
                number=number,
                title=document.title,
                html=body,
                text=text,
                content_hash=f"{number}",
                seen_at=NOW - timedelta(days=len(texts) + 1 - number),
                whole_page=number in whole,
                body_hash=body_hash,
            ),
        )
    document.version_count = len(texts)
    search.add(session, [search.Words(document.id, document.title, texts[-1])])


def _fictional(session: Session) -> None:
    company = make.organization(session, "northwind", name="Northwind Optics", fictional=True)
    campaign = make.campaign(
        session, "northwind-gaze", title="Northwind Gaze in schools", targets=[company], fictional=True
    )
    make.letter(
        session,
        "parents-2026",
        sent="2026-11-01",
        recipients=[company],
        campaign=campaign,
        title="Parents ask Northwind",
    )


def _story(session: Session) -> None:
    """A second outlet that tells what the first document tells."""
    first = session.exec(select(Document).where(Document.title == "90 groups press Amazon on face surveillance")).one()
    other = make.document(
        session, "Amazon is asked by 90 groups to stop", url="https://other.example/90", published="2019-01-17",
        publisher="The Other Example",
    )  # fmt: skip
    letter = session.exec(select(CampaignObject.id).where(CampaignObject.slug == "coalition-2019")).one()
    make.link(session, other, letter)
    story = make.add(session, Story(lead_id=first.id, created_at=NOW))
    for document, nearest in ((first, other), (other, first)):
        make.add(
            session,
            StoryMember(document_id=document.id, story_id=story.id, tie=vocab.StoryTie.SAME_EVENT, score=0.9,
                        nearest_id=nearest.id, why="the same 2 names, 1 day apart", joined_at=NOW),
        )  # fmt: skip


def _following(session: Session) -> None:
    """A later document that goes on from the first one."""
    first = session.exec(select(Document).where(Document.title == "90 groups press Amazon on face surveillance")).one()
    later = make.document(session, "Groups ask again", url="https://other.example/again", published="2019-06-01")
    reasons = [{"code": "wording", "weight": 2.5, "sentence": "31 % of the wording in common."}]
    make.add(session, DocumentLink(
        later_id=later.id, earlier_id=first.id, relation=vocab.DocumentRelation.PART_OF, score=0.7,
        state=vocab.LinkState.SUGGESTED, reasons=reasons, why="31 % of the wording in common.", created_at=NOW,
    ))  # fmt: skip


def _filing(session: Session) -> None:
    """A filing that was read: most of what it says is in the record, one figure is not."""
    resolution = session.exec(select(CampaignObject).where(CampaignObject.slug == "amazon-2019-study")).one()
    document = filings.filing(session, "8-K", "<p>Votes on Item 7: 1,234 for.</p>", state=vocab.DocumentState.RELEVANT)
    version = session.exec(select(DocumentVersion).where(DocumentVersion.document_id == document.id)).one()
    make.add(session, FilingReading(
        version_id=version.id, reader="voting results", reader_version="1", outcome=FilingOutcome.WRITTEN,
        said="1 matters voted on.", warnings=["the totals of two matters differ"], read_at=NOW,
    ))  # fmt: skip
    for field, value, chosen in (("votes_for", "1,234", True), ("votes_against", "5,678", False)):
        make.add(session, Evidence(
            object_id=resolution.id, field=field, value=value, document_id=document.id, version_id=version.id,
            url=document.url, canonical_url=document.url, locator="Votes on Item 7", read_by="reader: voting results",
            reader_version="1", read_at=NOW, chosen=chosen, differs=not chosen,
            note="" if chosen else "A person gave another.",
        ))  # fmt: skip


def _sources(session: Session) -> None:
    well = _source(session, "news", due=1, tried=2, ok=2, title="The Daily Example", every_seconds=3 * 3600)
    well.last_new_at = NOW - 30 * HOUR
    well.interval_seconds, well.rhythm_seconds, well.quiet_seconds, well.usual_items = 5400, 10800, 2 * 86400, 20
    broken = _source(session, "filings", due=1, tried=1, ok=50, failures=6, failing_since=NOW - 49 * HOUR)
    broken.last_error = "fetching https://filings.example: the server said 503"
    broken.last_error_kind, broken.failure_weight = "http_503", 3.0
    _source(session, "forgotten", due=-99, tried=100, ok=100)
    _source(session, "new", due=0)
    _source(session, "resting", due=0, paused=True)
    _troubled_sources(session)
    asked = {"started_at": NOW - 2 * HOUR, "status": 200, "outcome": "ok", "size": 5120, "seconds": 0.4}
    make.add(session, Fetch(source_id=well.id, url=well.url, items=20, **asked))
    make.add(session, Sighting(source_id=well.id, key="1", document_id=1, content_hash="1", first_seen_at=NOW))
    _unreadable(session, broken, well)
    _policy(session)


def _troubled_sources(session: Session) -> None:
    """Add sources that are silent, gone, on a server that rests, and moving."""
    silent = _source(session, "caucus", due=1, tried=1, ok=1, rhythm_seconds=2 * 86400, quiet_seconds=12 * 86400)
    silent.last_new_at = NOW - 20 * 24 * HOUR
    _source(
        session, "closed", due=100, tried=2, ok=900, failures=2, failing_since=NOW - 9 * HOUR,
        gone_since=NOW - 9 * HOUR, last_error_kind="http_410",
    )  # fmt: skip
    _source(
        session, "moving", due=1, tried=1, ok=1, moved_to="https://new.example/feed", moved_times=3,
        moved_since=NOW - 9 * HOUR, former_urls=["https://old.example/"],
    )  # fmt: skip
    make.add(
        session,
        Host(name="moving.example:443", rest_until=NOW + HOUR, rest_reason="it said that we ask too often (429)"),
    )


def _unreadable(session: Session, broken: Source, well: Source) -> None:
    """Add an answer that could not be read twice, one with a broken entry, and that entry."""
    for name, content in (("page", b"<html>Down for maintenance"), ("feed", b"<rss><script>alert(1)</script>")):
        packed = zlib.compress(content)
        make.add(session, Body(hash=BODIES[name], media_type="text/html", size=len(content), compressed=packed))
    facts = {"status": 200, "outcome": "unreadable", "size": 26, "asked": {"url": broken.url}}
    for hours in (9, 3):
        make.add(
            session,
            Fetch(source_id=broken.id, url=broken.url, started_at=NOW - hours * HOUR, body_hash=BODIES["page"],
                  error="reading https://filings.example: it is a page, not a feed", **facts),
        )  # fmt: skip
    make.add(
        session,
        Fetch(source_id=well.id, url=well.url, started_at=NOW - 4 * HOUR, status=200, outcome="ok", size=30, items=19,
              asked={"url": well.url}, body_hash=BODIES["feed"]),
    )  # fmt: skip
    entry = make.document(session, "A broken entry", published=None, state=vocab.DocumentState.QUARANTINED)
    entry.state_reason = "ValueError: year 20199 is out of range"
    _versions(session, entry, ["x"], body_hash=BODIES["feed"])
    make.add(session, Sighting(source_id=well.id, key="2", document_id=entry.id, content_hash="1", first_seen_at=NOW))


def _policy(session: Session) -> None:
    """Add a watched page: a promise came, was there, and went; before the page there was a summary of it."""
    page = make.document(session, POLICY, url="https://company.example/policy", published=None, publisher="Amazon")
    _versions(
        session,
        page,
        [
            "A summary of the policy.",
            "Our policy.\nWe sell to everyone.",
            "Our policy.\nWe will not sell to police.",
            "Our policy.\nWe think about it.",
        ],
        whole=(2, 3, 4),
    )


def _source(
    session: Session, name: str, *, due: int, tried: int | None = None, ok: int | None = None, **facts: object
) -> Source:
    """Add a source: `due` in hours from now, `tried` and `ok` in hours ago."""
    row = Source(name=name, reader="feed", url=f"https://{name}.example", due_at=NOW + due * HOUR, **facts)
    row.last_tried_at = None if tried is None else NOW - tried * HOUR
    row.last_ok_at = None if ok is None else NOW - ok * HOUR
    return make.add(session, row)
