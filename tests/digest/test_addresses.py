"""Every address a digest can lead to is a page of the site. The reader's own address for leaving is not among them."""

import pytest

from tracker.digest.compose import compose
from tracker.digest.render import timeline_path
from tracker.settings import Settings
from tracker.store.engine import create_engine
from tracker.web.factory import create_app
from tracker.workflows.digest_facts import PAGES
from tracker.workflows.runtime import Runtime


@pytest.fixture
def site(tmp_path):
    settings = Settings(data_dir=tmp_path)
    engine = create_engine(settings.database)
    yield create_app(Runtime(settings, engine)).url_map.bind("whereas.example.org")
    engine.dispose()


def test_what_a_digest_links_to_is_there(site, week):
    fixed = ["/", "/letters", "/calendar", "/events/0123456789abcdef", "/documents/17"]
    own = [path.format("a-slug") for path in PAGES.values()]
    for path in [*fixed, *own, timeline_path(compose(week)).partition("?")[0]]:
        site.match(path)
