"""Adding a source by its home page, stopping it, removing it, and exchanging lists with other programs."""

import pytest
from sqlmodel import col, select

from tests.workflows.collecting import counts, every, follow, source
from tests.workflows.feeds import RELEVANT, rss, story
from tracker.domain.errors import FetchError, InputError, NotFoundError, ParseError
from tracker.models.document import Document, Fetch, Source
from tracker.sources.opml import read_opml
from tracker.store.engine import reading, writing
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.collect import collect
from tracker.workflows.sources import MOST_TRIES, Added, add_source, export_opml, import_opml, pause, remove

PAGE = f"<html><head><title>Policy</title></head><body><main><h1>Policy</h1><p>{RELEVANT}</p></main></body></html>"
HTML = "text/html; charset=utf-8"


def home(publisher, head: str = "", body: str = "", path: str = "/") -> str:
    page = f"<!doctype html><html><head><title>Home</title>{head}</head><body>{body}</body></html>"
    return publisher.serve(path, page, Content_Type=HTML)


def names(runtime) -> list[str]:
    with reading(runtime.engine) as session:
        return list(session.exec(select(Source.name).order_by(col(Source.name))))


# --- adding -----------------------------------------------------------------------------------------------------------


def test_a_feeds_own_address_is_added_as_it_is_and_due_at_once(runtime, publisher, clock):
    url = publisher.serve("/feed", rss(story(1), story(2), title="The Daily Paper"))
    done = add_source(runtime, url, every_seconds=7200)
    assert done == Added("the-daily-paper", "The Daily Paper", "feed", url, 2, "the address is a feed")
    row = source(runtime, "the-daily-paper")
    assert (row.due_at, row.every_seconds, row.options, row.last_tried_at) == (clock(), 7200, {}, None)
    assert every(runtime, Document) == every(runtime, Fetch) == []
    assert "`tracker collect the-daily-paper` collects them at once" in done.words()
    assert counts(collect(runtime)) == {"new": 2}


def test_the_feed_that_a_home_page_names_is_found_not_its_comments(runtime, publisher):
    feed = publisher.serve("/blog/main.xml", rss(story()))
    publisher.serve("/blog/comments.xml", rss(story(2), title="Comments"))
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{title}' href='{path}'>"
        for title, path in (("Comments", "/blog/comments.xml"), ("All news", "main.xml"))
    )
    done = add_source(runtime, home(publisher, links, path="/blog/"))
    assert (done.url, done.how, done.title) == (feed, "the page names it", "The Paper")
    assert len(publisher.asked("/blog/comments.xml")) == 0


@pytest.mark.parametrize("path", ["/feed", "/rss.xml", "/atom.xml", "/index.xml", "/blog/feed"])
def test_a_feed_at_a_usual_address_is_found_where_the_page_names_none(sqlite_runtime, publisher, path):
    publisher.serve(path, rss(story()))
    done = add_source(sqlite_runtime, home(publisher))
    assert (done.url, done.how) == (publisher.url(path), "at a usual address")


def test_a_named_feed_that_is_none_does_not_end_the_search(sqlite_runtime, publisher):
    publisher.serve("/dead", b"", 404)
    publisher.serve("/lie", "<html>no feed</html>", Content_Type=HTML)
    publisher.serve("/rss", rss(story()))
    links = "".join(f"<link rel='alternate' type='application/atom+xml' href='{path}'>" for path in ("/dead", "/lie"))
    done = add_source(sqlite_runtime, home(publisher, links))
    assert (done.url, done.how) == (publisher.url("/rss"), "at a usual address")


def test_a_site_without_a_feed_is_asked_a_dozen_times_and_no_more(sqlite_runtime, publisher):
    links = "".join(f"<link rel='alternate' type='application/rss+xml' href='/f{n}'>" for n in range(40))
    with pytest.raises(InputError, match=rf"\({MOST_TRIES} were tried\).*--reader watched_page"):
        add_source(sqlite_runtime, home(publisher, links))
    assert len(publisher.seen) == 1 + MOST_TRIES
    assert names(sqlite_runtime) == []


def test_a_site_that_wants_rest_while_its_feed_is_looked_for_gets_it(sqlite_runtime, publisher):
    publisher.serve("/feed", b"", 429)
    with pytest.raises(FetchError, match="429"):
        add_source(sqlite_runtime, home(publisher))
    assert [path for path, _ in publisher.seen] == ["/", "/feed"]


def test_where_permanent_redirects_lead_is_what_is_added(sqlite_runtime, publisher):
    publisher.serve("/old", b"", 301, Location="/new")
    publisher.serve("/new", rss(story()))
    assert add_source(sqlite_runtime, publisher.url("/old")).url == publisher.url("/new")
    publisher.serve("/today", b"", 302, Location="/elsewhere")
    publisher.serve("/elsewhere", rss(story()))
    assert add_source(sqlite_runtime, publisher.url("/today")).url == publisher.url("/today")


def test_what_is_here_already_is_refused_by_any_address_it_has_or_had(runtime, publisher):
    follow(runtime, publisher.serve("/feed", rss(story())))
    publisher.serve("/former", b"", 301, Location="/feed")
    publisher.serve("/next", rss(story()))
    with writing(runtime.engine) as session:
        row = session.exec(select(Source)).one()
        row.former_urls, row.moved_to, row.moved_times = [publisher.url("/older")], publisher.url("/next"), 2
        row.moved_since = runtime.clock()
    publisher.serve("/older", rss(story()))
    link = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    for url in (home(publisher, link), *map(publisher.url, ("/feed", "/former", "/next", "/older"))):
        with pytest.raises(InputError, match="it is here already, as the source 'feed'"):
            add_source(runtime, url)
    assert names(runtime) == ["feed"]


def test_a_source_that_redirects_is_known_by_what_it_is_followed_under(sqlite_runtime, publisher):
    follow(sqlite_runtime, publisher.serve("/old", b"", 301, Location="/new"))
    publisher.serve("/new", rss(story()))
    with pytest.raises(InputError, match="as the source 'old'"):
        add_source(sqlite_runtime, publisher.url("/old"))


def test_each_source_gets_a_name_of_its_own_and_one_that_is_chosen_is_never_bent(sqlite_runtime, publisher):
    for number in range(3):
        publisher.serve(f"/{number}", rss(story(number), title="The Paper"))
    done = [add_source(sqlite_runtime, publisher.url(f"/{number}")).name for number in range(2)]
    assert done == ["the-paper", "the-paper-2"]
    with pytest.raises(InputError, match="there is one of this name; give another with --name"):
        add_source(sqlite_runtime, publisher.url("/2"), name="the-paper")
    assert add_source(sqlite_runtime, publisher.url("/2"), name="mine", title="My Paper").title == "My Paper"


@pytest.mark.parametrize(
    ("title", "name"), [("Новости", "source"), ("", "127-0-0-1"), ("Ünï & Co.", "n-co"), ("x" * 300, "x" * 60)]
)
def test_a_title_that_makes_no_name_gives_way(sqlite_runtime, publisher, title, name):
    publisher.serve("/feed", rss(story(), title=title))
    assert add_source(sqlite_runtime, publisher.url("/feed")).name == name


def test_a_title_that_makes_a_reserved_name_gets_a_number_behind_it(sqlite_runtime, publisher):
    publisher.serve("/feed", rss(story(), title="Unreadable!"))
    assert add_source(sqlite_runtime, publisher.url("/feed")).name == "unreadable-2"


def test_a_page_is_watched_when_that_is_said(runtime, publisher):
    done = add_source(
        runtime, publisher.serve("/policy", PAGE, Content_Type=HTML), reader="watched_page", kind="report"
    )
    assert (done.reader, done.entries, done.how) == ("watched_page", 1, "as you said")
    assert source(runtime, done.name).options == {"kind": "report"}
    assert counts(collect(runtime)) == {"new": 1}


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"reader": "no_such_reader"}, NotFoundError, "no_such_reader"),
        ({"kind": "song"}, InputError, "there is no kind 'song'"),
        ({"name": "unreadable"}, InputError, "the name 'unreadable' is reserved"),
        ({"name": "a\x00b"}, InputError, r"the name 'a\\x00b' will not do; use 1 to 100 letters"),
        ({"name": "a/b"}, InputError, "the name 'a/b' will not do"),
        ({"every_seconds": 10**14}, InputError, "every_seconds is 100000000000000; it must be 60 .* to 31622400"),
        ({"every_seconds": 59}, InputError, "every_seconds is 59; it must be 60"),
        ({"reader": "edgar"}, InputError, "no CIK"),
        ({"reader": "newsroom"}, ParseError, "no option `entry`"),
    ],
)
def test_what_cannot_be_added_adds_nothing(sqlite_runtime, publisher, given, error, said):
    publisher.serve("/feed", rss(story()), Content_Type="application/rss+xml")
    with pytest.raises(error, match=said):
        add_source(sqlite_runtime, publisher.url("/feed"), **given)
    assert names(sqlite_runtime) == []


@pytest.mark.parametrize("url", ["http://[bad/", "", "http://", "ftp://paper.example/feed", "http://10.0.0.1/feed"])
def test_an_address_that_is_none_is_refused_in_a_sentence(sqlite_runtime, url):
    with pytest.raises(FetchError):
        add_source(sqlite_runtime, url)
    assert names(sqlite_runtime) == []


# --- pausing and removing ---------------------------------------------------------------------------------------------


def test_a_paused_source_is_asked_again_at_once_when_it_is_resumed(runtime, publisher, clock):
    follow(runtime, publisher.serve("/paper", rss(story())))
    pause(runtime, "paper", paused=True)
    assert collect(runtime).words() == "no source is due"
    with pytest.raises(InputError, match="paper: it is paused"):
        collect(runtime, names=["paper"])
    clock.forward(days=3)
    pause(runtime, "paper", paused=False)
    assert source(runtime).due_at == clock()
    assert counts(collect(runtime)) == {"new": 1}
    # Resuming what runs does not make it due.
    due = source(runtime).due_at
    pause(runtime, "paper", paused=False)
    assert source(runtime).due_at == due


def test_the_source_of_what_people_hand_in_cannot_be_set_going(sqlite_runtime):
    add_document(sqlite_runtime, Given(RELEVANT.encode(), "7 February 2019", "A title", "The Paper"))
    for paused in (False, True):
        with pytest.raises(InputError, match="filled by hand"):
            pause(sqlite_runtime, "by-hand", paused=paused)
    with pytest.raises(InputError, match="documents came from it"):
        remove(sqlite_runtime, "by-hand")


def test_only_a_source_that_never_brought_anything_can_be_removed(runtime, publisher):
    follow(runtime, publisher.serve("/paper", rss(story())), publisher.url("/missing"))
    collect(runtime)
    with pytest.raises(InputError, match="`tracker source pause paper` stops asking it"):
        remove(runtime, "paper")
    remove(runtime, "missing")
    assert (names(runtime), len(every(runtime, Fetch))) == (["paper"], 1)
    for work in (remove, lambda *given: pause(*given, paused=True)):
        with pytest.raises(NotFoundError, match="no source is called 'missing'"):
            work(runtime, "missing")


# --- exchanging lists -------------------------------------------------------------------------------------------------


def opml(*urls: str, title: str = "A title") -> bytes:
    rows = "".join(f'<outline type="rss" text="{title}" xmlUrl="{url}"/>' for url in urls)
    return f'<opml version="2.0"><head/><body><outline text="Folder">{rows}</outline></body></opml>'.encode()


def test_what_goes_out_comes_back_the_same(runtime, clock):
    wanted = {"a-b": 'Ünï & <Co> "x"', "second": "", "третий": "Третий"}
    with writing(runtime.engine) as session:
        for number, (name, title) in enumerate(wanted.items()):
            url = f"https://{number}.example/feed?a=1&b=é"
            session.add(Source(name=name, reader="feed", title=title, url=url, due_at=clock()))
        session.add(Source(name="page", reader="watched_page", url="https://page.example/", due_at=clock()))
    before = {row.name: (row.url, row.title or row.name) for row in every(runtime, Source) if row.reader == "feed"}
    body = export_opml(runtime)
    assert {one.name: (one.url, one.title) for one in read_opml(body)} == before
    assert sorted(import_opml(runtime, body).known) == sorted(wanted)
    with writing(runtime.engine) as session:
        for row in session.exec(select(Source).where(Source.reader == "feed")):
            session.delete(row)
    assert import_opml(runtime, body, dry_run=True).added == sorted(wanted)
    assert names(runtime) == ["page"]
    done = import_opml(runtime, body)
    assert (sorted(done.added), done.known, done.dry_run) == (sorted(wanted), [], False)
    after = {row.name: (row.url, row.title) for row in every(runtime, Source) if row.reader == "feed"}
    assert after == before
    assert export_opml(runtime) == body


def test_a_list_says_what_it_would_bring_and_then_brings_it(runtime, publisher, clock):
    follow(runtime, publisher.serve("/feed", rss(story())))
    body = opml(publisher.url("/feed"), "https://new.example/feed", "https://new.example/feed")
    tried = import_opml(runtime, body, dry_run=True)
    assert tried.words() == "1 would be added, 1 here already\n  a-title-new-example"
    assert names(runtime) == ["feed"]
    done = import_opml(runtime, body)
    assert done.words() == "1 added, 1 here already\n  a-title-new-example"
    row = source(runtime, "a-title-new-example")
    assert (row.url, row.title, row.reader, row.due_at) == ("https://new.example/feed", "A title", "feed", clock())
    assert import_opml(runtime, body).words() == "0 added, 2 here already"


def test_names_that_are_taken_get_a_number_also_in_a_trial(sqlite_runtime, clock):
    with writing(sqlite_runtime.engine) as session:
        session.add(Source(name="a-title", reader="feed", url="https://one.example/", due_at=clock()))
    body = opml("https://two.example/", "https://three.example/")
    tried = import_opml(sqlite_runtime, body, dry_run=True).added
    assert import_opml(sqlite_runtime, body).added == tried
    assert len(set(tried)) == 2


def test_reserved_names_of_a_list_get_a_number_and_long_ones_stay_within_the_bound(sqlite_runtime, clock):
    with writing(sqlite_runtime.engine) as session:
        session.add(Source(name="x" * 100, reader="feed", url="https://x.example/", due_at=clock()))
    own = "".join(
        f'<outline type="rss" text="A" xmlUrl="https://{number}.example/" w:name="{name}"/>'
        for number, name in enumerate(("unreadable", "..", "x" * 110))
    )
    body = f'<opml version="2.0" xmlns:w="urn:whereas:opml"><body>{own}</body></opml>'.encode()
    wanted = ["unreadable-2", "..-2", f"{'x' * 98}-2"]
    assert import_opml(sqlite_runtime, body, dry_run=True).added == import_opml(sqlite_runtime, body).added == wanted


def test_an_address_that_a_source_had_before_is_known(sqlite_runtime, publisher, clock):
    with writing(sqlite_runtime.engine) as session:
        row = Source(name="a", reader="feed", url="https://a.example/new", due_at=clock())
        row.former_urls = ["https://a.example/old"]
        session.add(row)
    assert import_opml(sqlite_runtime, opml("https://a.example/old")).known == ["a"]


@pytest.mark.parametrize("body", [b"", b"no XML", b"<html/>", rss(story()), b"\x00\xff"])
def test_what_is_no_list_is_refused_and_nothing_is_added(sqlite_runtime, body):
    with pytest.raises(InputError, match="reading a list of feeds"):
        import_opml(sqlite_runtime, body)
    assert names(sqlite_runtime) == []


def test_a_list_without_feeds_brings_nothing(sqlite_runtime):
    assert import_opml(sqlite_runtime, b'<opml version="2.0"><body/></opml>').words() == "0 added, 0 here already"


def test_a_list_with_odd_addresses_is_imported_as_far_as_it_goes(runtime):
    body = opml(
        "javascript:alert(1)", "file:///etc/passwd", "https://good.example/feed", f"https://{'a' * 3000}.example/"
    )
    done = import_opml(runtime, body)
    assert "https://good.example/feed" in {row.url for row in every(runtime, Source)}
    assert len(done.added) <= 2
