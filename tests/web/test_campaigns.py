"""The strip of figures at the head of a campaign."""

import re
from decimal import Decimal

from tests.web import scenario
from tracker.domain.dates import PartialDate
from tracker.domain.vocab import SupportFormula
from tracker.domain.votes import Claim, Share
from tracker.store.campaigns import Counts, Happened, Support
from tracker.web.campaigns import figures

COUNTED = Support(Share(2_751, 10_000, SupportFormula.FOR_AGAINST), 2019)
PUBLISHED = Support(Claim(Decimal("40.69"), SupportFormula.UNKNOWN, "PRI"), 2022)


def test_the_terms_of_a_campaign_are_shown_with_their_history(client):
    text = client.get(f"/campaigns/{scenario.CAMPAIGN}/terms").text
    assert re.findall('<span class="chip">([^<]+)</span>', text) == ["palm scan*", "till"]
    assert "For: palm*. Against: none." in text.replace("&#42;", "*")
    assert "editor@example.org" not in text


def test_a_campaign_without_terms_says_how_its_documents_are_found(client):
    assert "No terms of its own" in client.get("/campaigns/northwind-gaze/terms").text
    missing = client.get("/campaigns/northwind-gazes/terms")
    assert missing.status_code == 404
    assert "/campaigns/northwind-gaze/terms" in missing.text


def strip(**known):
    nothing = {"happened": Happened(), "resolutions": 0, "voted": 0, "counted": None, "published": None, "letters": 0,
               "unanswered": 0, "rates": None, "next": None}  # fmt: skip
    found = figures(Counts(**{**nothing, **known}))
    return {figure.label: figure.value.replace("\N{NO-BREAK SPACE}", " ") for figure in found}


def test_what_is_not_known_is_left_out():
    assert strip() == {"events": "0"}
    assert strip(happened=Happened(1, PartialDate.parse("2018-05-24"))) == {"event since 24 May 2018": "1"}


def test_the_highest_support_names_its_year_and_formula():
    assert strip(counted=COUNTED)["highest counted support, 2019 · for / (for + against)"] == "27.5 %"
    early = Support(COUNTED.figure, 2019, preliminary=True)
    assert strip(counted=early)["highest preliminary support, 2019 · for / (for + against)"] == "27.5 %"


def test_a_published_percentage_is_said_to_be_one_and_does_not_push_out_a_counted_one():
    assert (
        strip(published=PUBLISHED)["highest published support, 2022 · claimed by PRI; formula not known"] == "40.69 %"
    )
    [(label, value)] = [item for item in strip(counted=COUNTED, published=PUBLISHED).items() if "support" in item[0]]
    assert value == "27.5 %"
    assert label.replace("\N{NO-BREAK SPACE}", " ") == (
        "highest counted support, 2019 · for / (for + against)"
        " · published: 40.69 % in 2022, claimed by PRI; formula not known"
    )
    lower = Support(Claim(Decimal("2.4"), SupportFormula.UNKNOWN, "Reuters"), 2022)
    assert "highest counted support, 2019 · for / (for + against)" in strip(counted=COUNTED, published=lower)
