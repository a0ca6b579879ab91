"""Rows of a table are judged before anything is written, and brought in by batches that go on where they stopped."""

import io

import pytest
from sqlmodel import select

from tests import factories
from tests.factories import letters, resolutions
from tracker.domain import vocab
from tracker.domain.csv_judged import Outcome
from tracker.domain.errors import ConflictError, InputError
from tracker.models.base import CampaignObject, ObjectState
from tracker.models.csv_run import CsvRun, CsvRunState
from tracker.models.evidence import Evidence
from tracker.models.resolution import Filer, Resolution, ResolutionStatus
from tracker.models.revision import Revision
from tracker.store.csv_judge import Chosen
from tracker.store.engine import reading, writing
from tracker.workflows import csv_runs
from tracker.workflows.csv_import import DryRun, open_table
from tracker.workflows.csv_runs import Wanted

HEADER = "slug,title,company,season,ask_type,ask,lead_filers,status,status_on,source"
SOURCE = "https://example.org/list"


@pytest.fixture
def filled(runtime):
    with writing(runtime.engine) as session:
        amazon = factories.organization(session, "amazon", name="Amazon.com, Inc.")
        fund = factories.organization(session, "fund", name="Green Fund", lane=vocab.Lane.INVESTORS)
        campaign = factories.campaign(session, targets=[amazon])
        resolutions.resolution(
            session,
            "study-2024",
            company=amazon,
            season=2024,
            title="Report on surveillance",
            lead=fund,
            statuses=[(vocab.ResolutionCode.FILED, "2023-12")],
            campaign=campaign,
        )
        letters.letter(session, "first-letter", sent="2024-01-02", senders=[fund], recipients=[amazon])
    return runtime


def table(*rows: str, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows]).encode())


def judged(runtime, *rows: str, kind: str = "resolution", header: str = HEADER, **chosen):
    return list(DryRun(runtime, open_table(table(*rows, header=header), kind), Chosen(**chosen)).rows())


def begin(runtime, *rows: str, **wanted) -> int:
    number = csv_runs.begin(runtime, (table(*rows), "rows.csv"), "resolution", "Ann", Wanted(**wanted))
    csv_runs.check(runtime, number)
    return number


def test_each_row_says_what_it_would_come_to_and_why(filled):
    rows = judged(
        filled,
        f"new-one,A new ask,Amazon,2026,report,Report,Green Fund,filed,May 2025,{SOURCE}",
        f"study-2024,Report on surveillance technology,,,,,,,,{SOURCE}",
        "study-2024,,,,,,,,,",
        ",Report on surveilance,Amazon,2024,report,Report,,,,https://example.org",
        f"x,Wrong,Nobody,soon,shout,Report,,,,{SOURCE}",
        ",Without a source,Amazon,2026,report,Report,,,,",
        "first-letter,A letter,Amazon,2026,report,Report,,,,https://example.org",
    )
    assert [row.outcome.value for row in rows] == ["new", "changed", "wrong", "doubtful", "wrong", "wrong", "wrong"]
    assert [(one.label, one.before, one.after) for one in rows[1].changes] == [
        ("Title", "Report on surveillance", "Report on surveillance technology")
    ]
    assert "row 2 is about the same object" in rows[2].words()
    assert rows[3].likely == (("study-2024", "Report on surveillance"),)
    assert [problem.column for problem in rows[4].problems] == ["company", "season", "ask_type"]
    assert "it names no source" in rows[5].words()
    assert "is a letter" in rows[6].words()


def test_the_same_is_the_same_and_needs_no_source(filled):
    [row] = judged(filled, "study-2024,Report on surveillance,amazon,2024,report,,green fund,FILED,2023-12,")
    assert row.outcome is Outcome.SAME


def test_rows_come_in_with_their_parts_evidence_and_history(filled):
    number = begin(filled, f"new-one,A new ask,Amazon,2026,report,Report,Green Fund; Jo Doe,filed,May 2025,{SOURCE}",
                   "study-2024,,,,policy,,,,,", source=SOURCE, campaign="rekognition")  # fmt: skip
    assert csv_runs.apply(filled, number, "Ann") is CsvRunState.DONE
    with reading(filled.engine) as session:
        spine = session.exec(select(CampaignObject).where(CampaignObject.slug == "new-one")).one()
        assert spine.state is ObjectState.DRAFT
        filers = session.exec(select(Filer).where(Filer.resolution_id == spine.id).order_by(Filer.named)).all()
        assert [(row.organization_id is not None, row.named) for row in filers] == [(True, ""), (False, "Jo Doe")]
        step = session.exec(select(ResolutionStatus).where(ResolutionStatus.resolution_id == spine.id)).one()
        assert str(step.on) == "2025-05"
        old = session.exec(select(CampaignObject).where(CampaignObject.slug == "study-2024")).one()
        assert session.get_one(Resolution, old.id).ask_type is vocab.AskType.POLICY
        assert old.version == 2
        read = session.exec(select(Evidence).where(Evidence.object_id == old.id)).one()
        assert (read.field, read.value, read.url, read.read_by, read.locator) == (
            "ask_type", "policy", SOURCE, "Ann", "rows.csv, row 2")  # fmt: skip
        assert session.exec(select(Revision)).first() is not None


def test_a_file_that_came_in_changes_nothing_when_it_comes_again(filled):
    row = f"new-one,A new ask,Amazon,2026,report,Report,Green Fund; Jo Doe,filed,May 2025,{SOURCE}"
    csv_runs.apply(filled, begin(filled, row), "Ann")
    assert [one.outcome for one in judged(filled, row)] == [Outcome.SAME]


def test_what_was_stopped_goes_on_where_it_was(filled, monkeypatch):
    rows = [f"many-{n},Ask number {n},Amazon,2026,report,Report,,,,{SOURCE}" for n in range(7)]
    number = begin(filled, *rows)
    monkeypatch.setattr(csv_runs, "AT_ONCE", 3)
    assert csv_runs.apply(filled, number, "Ann", seconds=-1) is CsvRunState.APPLYING
    with reading(filled.engine) as session:
        assert session.get_one(CsvRun, number).applied_to == 3
    assert csv_runs.go_on_with(filled, table(*rows).getvalue(), "resolution") == number
    assert csv_runs.apply(filled, number, "Ann") is CsvRunState.DONE
    with reading(filled.engine) as session:
        assert session.get_one(CsvRun, number).done["new"] == 7
        assert len(session.exec(select(CampaignObject).where(CampaignObject.slug.startswith("many-"))).all()) == 7


def test_a_person_says_of_rows_what_they_are(filled):
    alike = f",Report on surveilance,Amazon,2024,policy,Report,,,,{SOURCE}"
    number = begin(
        filled, alike, alike.replace("surveilance", "surveilence"), f"out,Left out,Amazon,2026,report,R,,,,{SOURCE}"
    )
    csv_runs.decide(filled, number, {1: "is:study-2024", 2: csv_runs.NEW, 3: csv_runs.LEAVE})
    csv_runs.apply(filled, number, "Ann")
    with reading(filled.engine) as session:
        slugs = set(session.exec(select(CampaignObject.slug).where(CampaignObject.kind == "resolution")).all())
        assert slugs == {"study-2024", "report-on-surveilence-row-2"}
        assert session.exec(select(Resolution.ask_type).where(Resolution.season == 2024)).all().count("policy") == 2
    with pytest.raises(ConflictError):
        csv_runs.decide(filled, number, {1: ""})


def test_a_row_the_database_refuses_is_left_out_and_the_rest_is_whole(filled):
    rows = [f"fine-{n},Fine {n},Amazon,2026,report,Report,,,,{SOURCE}" for n in (1, 2)]
    number = begin(filled, rows[0], f"odd,Odd,Amazon,1492,report,Report,,,,{SOURCE}", rows[1])
    csv_runs.apply(filled, number, "Ann")
    with reading(filled.engine) as session:
        done = session.get_one(CsvRun, number).done
        assert (done["new"], done["wrong"]) == (2, 1)


def test_columns_are_matched_by_name_label_or_as_a_person_says(filled):
    header = "Kind of ask,Company,Heading,The year,Ask,source url"
    opened = open_table(table(header=header), "resolution", {"Heading": "title", "The year": "season"})
    assert [one.key for one in opened.columns.values()] == ["ask_type", "company", "title", "season", "ask", "source"]
    with pytest.raises(InputError, match="has no 'colour'"):
        open_table(table(header=header), "resolution", {"Heading": "colour"})
    with pytest.raises(InputError, match="none of its columns is the title"):
        open_table(table(header="a,b"), "resolution")


def test_a_table_for_timelinejs_lands_as_drafts_of_statements(filled):
    file = table("2019,5,,A march,Many came,https://example.org/m", header="Year,Month,Day,Headline,Text,Media")
    number = csv_runs.begin(filled, (file, "t.csv"), "timelinejs", "Ann", Wanted(publish=True))
    csv_runs.apply(filled, number, "Ann")
    with reading(filled.engine) as session:
        row = session.exec(select(CampaignObject).where(CampaignObject.kind == "statement")).one()
        assert (row.title, row.summary, row.state) == ("A march", "Many came", ObjectState.DRAFT)
