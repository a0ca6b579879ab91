"""The list of jobs: each once, with a limit that fits, and each able to run on an archive with nothing in it."""

from collections import Counter
from datetime import timedelta

import pytest

from tracker.jobs.schedule import jobs
from tracker.settings import Settings
from tracker.workflows.work import run_if_due

JOBS = jobs(Settings())


def test_every_job_is_listed_once():
    assert max(Counter(job.name for job in JOBS).values()) == 1
    assert max(Counter(job.run for job in JOBS).values()) == 1


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_jobs_limits_fit_what_it_does(job):
    assert timedelta(seconds=1) <= job.every <= timedelta(days=7)
    # Below a minute an unhurried server would lose its lease, above some hours a killed one would be missed.
    assert timedelta(minutes=1) <= job.limit <= timedelta(hours=6)
    assert job.says
    assert "\n" not in job.says


def test_the_interval_of_collecting_is_a_setting():
    [job] = [job for job in jobs(Settings(collect_every_seconds=7)) if job.name == "collect_due"]
    assert job.every == timedelta(seconds=7)


def test_collecting_outlives_the_lease_of_a_single_source():
    [job] = [job for job in JOBS if job.name == "collect_due"]
    assert job.limit > timedelta(seconds=Settings().collect_lease_seconds)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_runs_on_an_empty_archive_and_reports_in_one_line(job, first, row):
    assert run_if_due(first, job.name, job.every, job.limit, job.run)
    found = row(first, job.name)
    assert found.last_error == ""
    assert found.last_result
    assert "\n" not in found.last_result
