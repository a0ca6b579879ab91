"""What a site answers where it has nothing, and where it cannot answer: for whoever looks at every page."""

from flask import Flask

from tests.web import filled_scenario

# Each list of an archive without anything.
EMPTY = ("/", "/about", "/corrections", "/resolutions", "/letters", "/contracts", "/companies", "/organizations",
         "/compare", "/compare/answers",
         "/compare/support", "/compare/statements", "/calendar", "/filings", "/filings/differences", "/sources",
         "/sources/unreadable", "/search", "/search?q=aardvark")  # fmt: skip
BROKEN = "/leave-it-broken"
# By address, the status that the filled site answers with.
ERRORS = {
    "/nothing": 404,
    "/letter/caucus-2019": 404,
    "/letters/nobody": 404,
    "/documents/999": 404,
    filled_scenario.WITHDRAWN: 410,
    "/calendar?campaign=%3Cb%3E": 422,
    "/resolutions?sort=sideways&season=never": 422,
    BROKEN: 500,
}


def with_one(site: Flask) -> Flask:
    """Return the site with a page that breaks while it is made."""

    def fail() -> str:
        raise RuntimeError("the page broke")

    site.add_url_rule(BROKEN, view_func=fail)
    return site
