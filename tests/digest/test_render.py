"""How a digest looks as a mail: golden files, and what every mail must keep to."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.digest.conftest import happening
from tracker.digest.compose import compose
from tracker.digest.render import MOST_BYTES, Reader, render
from tracker.domain.errors import InputError
from tracker.net.mail import Message, encode

GOLDEN = Path(__file__).parent / "golden"
READER = Reader(
    site="https://whereas.example.org",
    unsubscribe_url="https://whereas.example.org/u/4Qn0c7m1Zl3kT8w2Yb5x9A",
    rhythm="weekly, Mondays at 08:00, Europe/Berlin",
)


@pytest.fixture
def mail(week):
    return render([compose(week)], READER)


class Links(HTMLParser):
    """Every element's name, every address, and all text outside the style sheet."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.links, self.words, self.within = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.within.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "background"}]

    def handle_data(self, data):
        if self.within and self.within[-1] != "style":
            self.words.append(data)


def test_the_mail_is_as_it_was(mail, golden):
    golden(GOLDEN / "week.txt", mail.text)
    golden(GOLDEN / "week.html", mail.html)


def test_the_message_is_as_it_was(mail, golden):
    message = Message(
        sender="Whereas <digest@whereas.example.org>",
        recipient="ann@example.org",
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id="<digest.2019-04-07.4f1c9b20aa31@whereas.example.org>",
        date=datetime(2019, 4, 8, 6, 0, tzinfo=UTC),
        list_id="digest.whereas.example.org",
        unsubscribe_url=READER.unsubscribe_url,
    )
    # Kept with plain line ends, as git keeps text; that the wire has CRLF is held by tests/net/test_mail.py.
    golden(GOLDEN / "week.eml", encode(message).decode("ascii").replace("\r\n", "\n"))


def test_the_text_part_stays_within_72_columns(mail):
    for line in mail.text.splitlines():
        assert len(line) <= 72 or line.strip().startswith("https://"), line


def test_both_parts_tell_the_same(mail):
    html = " ".join(" ".join(Links(mail.html).words).split())
    text = " ".join(mail.text.split())
    for told in (
        "Prohibit sales of facial recognition to government",
        "12 older entries and 1 entry dated later were added to the archive.",
        "searched, no answer found",
        "22 May",
        "Newsroom of the ACLU: no answer since 2 April 2019.",
        "Days are counted to 7 April 2019.",
    ):
        assert told in html
        assert told in text


def test_nothing_is_loaded_run_or_counted(mail):
    page = Links(mail.html)
    names = {name for name, _ in page.tags}
    assert not names & {"img", "script", "link", "iframe", "form", "svg", "object"}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert "url(" not in mail.html
    assert "@import" not in mail.html
    assert all(link.startswith("https://whereas.example.org/") for link in page.links)
    assert not any("utm_" in link for link in page.links)


def test_what_sources_say_cannot_become_markup(mail):
    assert "&lt;b&gt;&amp; more&lt;/b&gt;" in mail.html


def test_every_style_is_on_its_element_and_dark_and_narrow_are_kept(mail):
    page = Links(mail.html)
    assert "@media (prefers-color-scheme: dark)" in mail.html
    assert "@media (max-width: 480px)" in mail.html
    assert all("style" in attributes for name, attributes in page.tags if name in {"h1", "h2"})
    assert all(attributes.get("role") == "presentation" for name, attributes in page.tags if name == "table")
    assert ("html", {"lang": "en"}) in page.tags


def test_there_is_one_way_out_and_it_is_the_reader_s_own(mail):
    assert Links(mail.html).links.count(READER.unsubscribe_url) == 1
    assert mail.text.count(READER.unsubscribe_url) == 1


def test_a_preview_has_no_way_out_because_it_is_nobody_s(week):
    mail = render([compose(week)], Reader("https://whereas.example.org"))
    assert "/u/" not in mail.html + mail.text
    assert "Preview: this was sent to nobody." in mail.text


def test_the_subject_is_one_short_line(week):
    content = replace(compose(week), headline="One headline\nover two lines " + "and far too long " * 20)
    for issues in ([content], [content, replace(content, slug="b"), replace(content, slug="c")]):
        subject = render(issues, READER).subject
        assert "\n" not in subject
        assert len(subject) <= 60


def test_the_most_important_campaign_comes_first(week, voted):
    both = render([compose(replace(week, title="First")), compose(replace(voted, title="Second"))], READER)
    assert both.subject == "27.5 % support: Report on risks of government use… (+1 more)"
    assert both.text.index("Second") < both.text.index("First")
    assert "you follow Second and First" in " ".join(both.text.split())


def test_a_fictional_campaign_is_labelled_in_every_part(week):
    mail = render([compose(replace(week, fictional=True))], READER)
    assert mail.subject.startswith("Fictional example: ")
    assert "fictional example" in mail.text
    assert "Fictional example: no company or person in it is real." in mail.html


def test_a_mail_never_grows_so_long_that_it_is_cut_off(week):
    long = "Ein sehr langer Titel mit Umlauten äöü " * 4
    news = tuple(happening(headline=f"{number} {long}", sources=3, publisher="Zeitung " * 5) for number in range(300))
    content = compose(replace(week, events=news))
    issues = [replace(content, slug=f"c{number}", title=f"Campaign {number}") for number in range(40)]
    for some in (issues[:1], issues[:3], issues):
        mail = render(some, READER)
        assert len(mail.html.encode()) <= MOST_BYTES
    assert "28 more things you follow moved as well" in mail.text


def test_what_is_left_out_is_counted(week):
    content = compose(replace(week, events=tuple(happening(headline=f"Story {n}") for n in range(70))))
    mail = render([content], READER)
    shown = len(re.findall(r"^\* Story", mail.text, re.MULTILINE))
    assert f"And {70 - shown} more entries this week" in mail.text


def test_no_issue_is_no_mail():
    with pytest.raises(InputError):
        render([], READER)
