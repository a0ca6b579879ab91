"""The article this project began with: told from its text alone, it must end in the right links."""

import json

import pytest

from tests.conftest import PROJECT
from tracker.domain.vocab import DocumentState, EventType, LinkState
from tracker.workflows.add_document import Given, add_document
from tracker.workflows.exchange import import_campaign
from tracker.workflows.project import rebuild, verify

# What a careful reader ties the article to, by the slugs of the demo's campaign file.
TIES = {
    "amazon-2019-facial-recognition-ban",  # "filed a resolution last month"
    "amazon-cbc-2018-05-24",  # "a letter to Amazon last year"
    "aws-guidelines-2019-02-07",  # what it reports
    "microsoft-2018-12-06-principles",  # "last month released a similar set of guidelines"
}


@pytest.mark.shared
def test_the_article_of_february_2019_ends_in_the_right_links(runtime, shared):
    campaign = (PROJECT / "tracker" / "demo" / "rekognition" / "campaign.json").read_text(encoding="utf-8")
    import_campaign(runtime, json.loads(campaign))
    article = (shared / "seed" / "the-hill-2019-02-07.txt").read_text(encoding="utf-8")
    title = article.partition("\n")[0]
    done = add_document(runtime, Given(article.encode(), "2019-02-07", title, "The Hill"))

    assert done.document.state is DocumentState.RELEVANT
    assert done.document.event_type is EventType.COMPANY_RESPONSE
    assert {"Amazon", "Rekognition", "ACLU", "Congressional Black Caucus", "Microsoft"} <= set(done.names)
    assert {link.slug for link in done.links if link.state is not LinkState.REJECTED} >= TIES
    assert all(link.why for link in done.links)
    assert done.links[0].slug == "aws-guidelines-2019-02-07"
    assert verify(runtime).difference.touched == rebuild(runtime).difference.touched == 0
