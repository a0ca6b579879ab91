"""Pages speak the language of the setting, or the reader's where there are several; their messages are gathered."""

import re
import time

import pytest
from babel.messages.frontend import CommandLineInterface
from flask import Flask

from tests import factories
from tests.conftest import PROJECT
from tests.web import document_scenario as scenario
from tests.web import pseudo_language
from tracker.domain.dates import PartialDate
from tracker.domain.errors import ConfigError
from tracker.settings import Settings, load
from tracker.store.engine import writing
from tracker.web import language, words
from tracker.web.factory import create_app
from tracker.web.language import CATALOGUES
from tracker.workflows.runtime import Runtime


@pytest.fixture(scope="module")
def make(tmp_path_factory):
    """Make the site in some languages over one archive."""
    folder = tmp_path_factory.mktemp("language")
    pseudo_language.write(folder)
    with factories.database(f"sqlite:///{folder / 'whereas.db'}") as engine:
        with writing(engine) as session:
            scenario.fill(session)

        def site(*codes: str):
            runtime = Runtime(Settings(languages=codes), engine, clock=lambda: scenario.NOW)
            return create_app(runtime, catalogues=folder)

        yield site


def test_the_gathered_messages_are_those_of_the_pages(tmp_path):
    found = tmp_path / "messages.pot"
    CommandLineInterface().run(
        ["pybabel", "-q", "extract", "-F", str(PROJECT / "pyproject.toml"), "-k", "later", "--omit-header",
         "--no-location", "--sort-output", "-o", str(found), str(PROJECT)]
    )  # fmt: skip
    assert found.read_text() == (CATALOGUES / "messages.pot").read_text(), "run `make messages`"


def test_no_template_takes_the_name_that_says_messages():
    taken = re.compile(r"\{%-? *(?:for|set) (?:[^%]*, *)?_ *(?:,|in|=)")
    assert not [str(path) for path in PROJECT.glob("templates/**/*.html") if taken.search(path.read_text())
                and "_(" in path.read_text()]  # fmt: skip


def test_one_language_is_english_unless_set_and_says_so(make):
    answer = make("en").test_client().get("/letters", headers={"Accept-Language": "eo"})
    assert '<html lang="en"' in answer.text
    assert "Letters and answers" in answer.text
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_another_language_is_chosen_by_the_setting_alone(make):
    text = make("eo").test_client().get("/letters").text
    assert '<html lang="eo"' in text
    assert pseudo_language.stretched("Letters and answers") in text
    assert ">Letters and answers<" not in text


def test_of_several_languages_the_reader_gets_the_one_asked_for_and_caches_are_told(make):
    client = make("en", "eo").test_client()
    for wanted, given in (("eo, en;q=0.5", "eo"), ("fr", "en"), ("", "en")):
        answer = client.get("/letters", headers={"Accept-Language": wanted})
        assert f'<html lang="{given}"' in answer.text
        assert "Accept-Language" in answer.headers["Vary"]
    # A picture has a date in its foot; what only programs read is the same for all.
    assert "Accept-Language" in client.get("/letters/riders-2026/card.png").headers["Vary"]
    assert "Vary" not in client.get("/api/v1/letters").headers


def test_dates_and_numbers_are_the_languages(make):
    with make("eo").test_request_context("/letters"):
        assert words.partial(PartialDate.parse("2018-05-24")) == "2018-Majo-24"
        assert words.partial(PartialDate.parse("2018-05")) == "Majo 2018"
        assert words.number(1234567) == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"
    assert words.number(1234567) == "1,234,567"


def test_a_page_in_another_language_keeps_values_safe(make):
    page = make("eo").test_client().get("/documents/1?quote=%3Cb%3Enothing%3C/b%3E").text
    assert "<b>nothing" not in page


@pytest.mark.parametrize(
    ("code", "said"),
    [("fr", "there is no fr.po; there are: en, eo"), ("no language", "“no language” is no language")],
)
def test_a_language_without_a_catalogue_is_refused_with_those_there_are(make, code, said):
    with pytest.raises(ConfigError, match=said):
        make(code)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b'msgid "a"\nnonsense\n', r"reading eo\.po: .+ on 1; mend that line"),
        (b"\xff\xfe", r"reading eo\.po: .+; mend that line"),
        (
            b'#, python-format\nmsgid "seen %(when)s"\nmsgstr "vidita %(kiam)s"\n',
            r"the translation of “seen %\(when\)s”: .+kiam.+; mend it",
        ),
    ],
)
def test_a_catalogue_that_would_break_pages_is_refused_with_the_place(tmp_path, written, said):
    (tmp_path / "eo.po").write_bytes(written)
    with pytest.raises(ConfigError, match=said):
        language.register(Flask("site"), ["eo"], tmp_path)


def test_languages_in_the_environment_have_commas_between_them():
    assert load({"TRACKER_LANGUAGES": "de, en"}).languages == ("de", "en")


def test_saying_a_message_costs_a_page_little(make):
    app = make("en")
    page = app.jinja_env.from_string("".join(f'<p>{{{{ _("Message {number}") }}}}</p>' for number in range(1000)))
    with app.test_request_context("/letters"):
        page.render()
        began = time.process_time()
        page.render()
        assert time.process_time() - began < 0.05  # 60 ms is what a whole page may take, and few say a thousand
        assert language.current().code == "en"
