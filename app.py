"""The site as a WSGI application: `flask --app app run`, or any WSGI server on `app:create_app()`."""

import atexit

from flask import Flask

from tracker.jobs.embedded import Embedded
from tracker.settings import load
from tracker.web.factory import create_app as web_app
from tracker.web.factory import stays
from tracker.workflows.runtime import open_runtime
from tracker.workflows.setup import prepare


def create_app() -> Flask:
    """Return the site over the configured database, the embedded jobs started beside it when the settings say so."""
    runtime = open_runtime(load())
    prepare(runtime)
    if runtime.settings.embedded_jobs:
        jobs = Embedded(runtime)
        jobs.start()
        atexit.register(jobs.stop)
    site = web_app(runtime)
    stays()
    return site
