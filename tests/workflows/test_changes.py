"""What was published and then changed: a version, a line in words, an event on the timeline."""

from dataclasses import replace

from sqlmodel import col, select

from tests.workflows.campaign_files import FILE
from tests.workflows.feeds import Entry, rss
from tracker.domain.vocab import EventType, LinkState
from tracker.models.document import Document, DocumentVersion
from tracker.models.event import Event
from tracker.models.link import Link
from tracker.store import sources
from tracker.store.engine import reading, writing
from tracker.workflows.collect import collect
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import project_all, rebuild, verify

ABOUT = Entry(
    "letter",
    "Congressional Black Caucus sends letter to Amazon over Rekognition facial recognition",
    "The Congressional Black Caucus sent a letter to Jeff Bezos, Amazon's chief, on Thursday about Rekognition. "
    "Who buys facial recognition, and how accurate is it?",
    "https://paper.example/letter",
    "Thu, 24 May 2018 10:00:00 GMT",
)
POLICY = """<!doctype html><html lang="en"><head><title>Responsible use of Rekognition</title></head><body>
<nav>Home News Contact</nav><main><h1>Responsible use of Rekognition</h1>
<p>Amazon's policy for facial recognition: police may use Rekognition {words}.</p>
<p>The Congressional Black Caucus asked Amazon in a letter about facial recognition and police.</p>
<p>Last updated: {day}</p></main><footer>Visitors today: {count}</footer></body></html>"""


def follow(runtime, url: str, reader: str = "feed", **options) -> None:
    with writing(runtime.engine) as session:
        wanted = {"name": "it", "reader": reader, "url": url, "title": "It", "every_seconds": 3600, "options": options}
        sources.sync(session, [wanted], runtime.clock())


def confirm_all(runtime) -> None:
    """What an editor does in the review: every suggested link is right."""
    with writing(runtime.engine) as session:
        for link in session.exec(select(Link)):
            link.state, link.decided_by, link.decided_at = LinkState.CONFIRMED, "editor", runtime.clock()
        session.flush()
        project_all(session, clock=runtime.clock)


def changes(runtime) -> list[Event]:
    with reading(runtime.engine) as session:
        rows = session.exec(select(Event).where(col(Event.key).contains(":version:")).order_by(col(Event.key)))
        return list(rows)


def test_an_edited_entry_is_a_change_on_the_timeline_with_what_changed_in_words(runtime, publisher, clock):
    import_campaign(runtime, FILE)
    follow(runtime, publisher.serve("/paper", rss(ABOUT)))
    collect(runtime)
    confirm_all(runtime)
    assert changes(runtime) == []
    publisher.serve("/paper", rss(replace(ABOUT, title=f"Corrected: {ABOUT.title}", text=f"{ABOUT.text} It was sent.")))
    clock.forward(hours=1)
    collect(runtime)
    with reading(runtime.engine) as session:
        [version] = session.exec(select(DocumentVersion).where(DocumentVersion.number == 2))
    assert version.change == "headline changed; 3 words added"
    [event] = changes(runtime)
    assert (event.headline, event.summary) == (
        f"Edited: Corrected: {ABOUT.title}",
        "Headline changed; 3 words added.",
    )
    assert str(event.on) == clock().date().isoformat()
    assert verify(runtime).difference.touched == 0
    assert rebuild(runtime).difference.touched == 0
    assert [row.id for row in changes(runtime)] == [event.id]


def test_a_changed_policy_is_an_event_and_a_moved_clock_is_none(runtime, publisher, clock):
    import_campaign(runtime, FILE)

    def page(words: str, day: str, count: int) -> str:
        text = POLICY.format(words=words, day=day, count=count)
        return publisher.serve("/policy", text, Content_Type="text/html; charset=utf-8")

    publisher.serve("/robots.txt", b"", status=404)
    url = page("with a warrant", "1 May 2026", 17)
    follow(runtime, url, "watched_page", kind="statement", publisher="Amazon")
    assert collect(runtime).failed == []
    confirm_all(runtime)
    page("with a warrant", "2 June 2026", 18)
    clock.forward(days=1)
    collect(runtime)
    assert changes(runtime) == []
    page("without any limit", "2 June 2026", 19)
    clock.forward(days=1)
    collect(runtime)
    with reading(runtime.engine) as session:
        [document] = session.exec(select(Document))
    assert (document.watched, document.version_count) == (True, 2)
    [event] = changes(runtime)
    assert (event.kind, event.headline) == (
        EventType.COMPANY_POLICY_CHANGE,
        "Page changed: Responsible use of Rekognition",
    )
    assert "words added" in event.summary
    assert rebuild(runtime).difference.touched == 0
