"""The list of jobs."""

from datetime import timedelta

from tracker.jobs.schedule import jobs
from tracker.settings import Settings


def test_every_job_has_a_name_of_its_own_an_interval_a_limit_and_says_what_it_does():
    found = jobs(Settings())
    assert len({job.name for job in found}) == len(found) >= 3
    for job in found:
        assert job.every > timedelta()
        assert job.limit > timedelta()
        assert job.says
        assert job.name.isidentifier()


def test_how_often_sources_are_looked_at_is_a_setting():
    [job] = [job for job in jobs(Settings(collect_every_seconds=17)) if job.name == "collect_due"]
    assert job.every == timedelta(seconds=17)


def test_every_job_runs_on_an_empty_archive_and_tells_its_result_in_a_line(server):
    runtime = server("one")
    for job in jobs(runtime.settings):
        assert "\n" not in str(job.run(runtime)), job.name
