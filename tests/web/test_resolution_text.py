"""A resolution's text against an earlier year's, and its filers over the years."""

import pytest

from tests import factories as make
from tests.web import long_campaign
from tests.web.asking import read, statements, words
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import AskType, FilerRole
from tracker.models.resolution import Filer
from tracker.settings import Settings
from tracker.store.engine import writing
from tracker.web.factory import create_app
from tracker.workflows.runtime import Runtime

CLAUSE = "RESOLVED: Shareholders request {} on the risks of government use."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with make.database(f"sqlite:///{tmp_path_factory.mktemp('text') / 'whereas.db'}") as engine:
        with writing(engine) as session:
            company = make.organization(session, "amazon", name="Amazon.com, Inc.")
            family = make.family(session, company)
            sisters, order = make.organization(session, "sisters"), make.organization(session, "order")
            for season, what in (
                (2018, "a study"),
                (2019, "a yearly study"),
                (2020, "a yearly, <i>audited</i> report"),
            ):
                row = make.resolution(
                    session, f"study-{season}", company=company, season=season, family=family, title=f"Study {season}",
                    lead=sisters if season < 2020 else order, resolved_clause=CLAUSE.format(what),
                )  # fmt: skip
                row.supporting_statement = "First paragraph.\nSecond paragraph." if season != 2019 else ""
                if season == 2019:
                    session.add(
                        Filer(resolution_id=row.id, organization_id=order.id, role=FilerRole.CO_FILER,
                              joined_on=PartialDate.parse("2018-12"), left_on=PartialDate.parse("2019-03-01"),
                              recorded_at=make.NOW)
                    )  # fmt: skip
            make.resolution(session, "ban-2019", company=company, season=2019, family=family, ask_type=AskType.PROHIBIT)
            make.resolution(session, "alone", company=company)
            many = make.family(session, company, "another-subject")
            for season in range(2001, 2021):
                make.resolution(session, f"many-{season}", company=company, season=season, family=many, lead=sisters)
        yield create_app(Runtime(Settings(), engine, clock=lambda: long_campaign.NOW))


@pytest.fixture
def client(site):
    return site.test_client()


def test_what_came_and_went_is_marked_and_said(client):
    part = read(client, "/resolutions/study-2019/changes").get_element_by_id("part-1")
    assert words(part.cssselect("p.small")[0]) == "1 word added."
    assert [words(added) for added in part.cssselect("ins")] == ["[added: yearly ]"]
    assert not part.cssselect("del")


def test_the_last_one_with_the_same_ask_is_compared_unless_another_is_named(client):
    assert "Study 2019, 2019" in words(read(client, "/resolutions/study-2020/changes").cssselect(".held-against")[0])
    page = read(client, "/resolutions/study-2020/changes?from=study-2018")
    assert [words(gone) for gone in page.get_element_by_id("part-1").cssselect("del")] == ["[removed: study]"]
    assert words(page.get_element_by_id("part-2").cssselect("p.small")[0]) == "No word changed."


def test_words_of_the_text_stay_words(client):
    assert not read(client, "/resolutions/study-2020/changes").get_element_by_id("part-1").cssselect("i")


def test_a_text_that_one_year_lacks_is_said_to_be_missing(client):
    part = words(read(client, "/resolutions/study-2020/changes").get_element_by_id("part-2"))
    assert "The text of 2019 is not on record; that of 2020 reads:" in part
    part = words(read(client, "/resolutions/study-2019/changes").get_element_by_id("part-2"))
    assert "The text of 2019 is not on record; that of 2018 reads:" in part


def test_another_ask_is_compared_with_a_warning(client):
    page = read(client, "/resolutions/study-2020/changes?from=ban-2019")
    assert "It asked for something else: stop or forbid" in words(page.cssselect(".held-against")[0])


def test_the_first_one_says_that_there_is_nothing_to_compare(client):
    for slug in ("alone", "study-2018"):
        assert "No earlier resolution to compare with" in client.get(f"/resolutions/{slug}/changes").text
    assert "word by word" not in client.get("/resolutions/study-2018").text


def test_what_cannot_be_compared_is_an_error_that_names_what_can(client):
    answer = client.get("/resolutions/study-2019/changes?from=study-2020")
    assert answer.status_code == 422
    assert "study-2018" in answer.text
    assert client.get("/resolutions/nothing/changes").status_code == 404


def test_filers_stand_by_year_with_the_days_on_which_they_joined_and_left(client):
    page = read(client, "/resolutions/study-2019")
    table = page.get_element_by_id("filers").cssselect("table")[0]
    rows = {words(row.cssselect("th")[0]): [words(cell) for cell in row.cssselect("td")]
            for row in table.cssselect("tbody tr")}  # fmt: skip
    assert rows["Sisters"] == ["Lead filer", "no record", "Lead filer", "–"]
    assert rows["Order"] == ["–", "no record", "Co-filer joined December 2018 left 1 March 2019", "Lead filer"]
    assert "word by word" in words(page.get_element_by_id("ask"))


@pytest.mark.parametrize("address", ["/resolutions/{}", "/resolutions/{}/changes"])
def test_the_number_of_queries_does_not_depend_on_the_years(client, address):
    def count(slug):
        return len(statements(client, address.format(slug)))

    assert count("many-2020") == count("many-2002") == count("study-2019")
