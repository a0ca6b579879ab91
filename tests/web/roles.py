"""The role that each address asks for. A route that can change something, or that asks for a role, must stand here.

`EVERYONE` may use a form signed out (with its token). All that is left out is a page that anybody may read.
"""

from tracker.domain.vocab import Role

EVERYONE = None
ROLES: dict[str, Role | None] = {
    "beginning.index": Role.EDITOR,
    "beginning.name": Role.EDITOR,
    "beginning.resume": Role.EDITOR,
    "beginning.sources": Role.EDITOR,
    "beginning.take": Role.EDITOR,
    "beginning.decided": Role.EDITOR,
    "beginning.follow": Role.EDITOR,
    "sign_in.enter": EVERYONE,
    "sign_in.leave": Role.READER,
    "subscribe.left": EVERYONE,
    "tend_campaigns.index": Role.ADMINISTRATOR,
    "tend_campaigns.page": Role.ADMINISTRATOR,
    "tend_campaigns.change": Role.ADMINISTRATOR,
    "tend_campaigns.terms": Role.ADMINISTRATOR,
    "tend_campaigns.try_terms": Role.ADMINISTRATOR,
    "tend_subscribers.index": Role.ADMINISTRATOR,
    "tend_subscribers.find": Role.ADMINISTRATOR,
    "tend_subscribers.page": Role.ADMINISTRATOR,
    "tend_subscribers.act": Role.ADMINISTRATOR,
    "tend_sources.index": Role.ADMINISTRATOR,
    "tend_sources.add": Role.ADMINISTRATOR,
    "tend_sources.look": Role.ADMINISTRATOR,
    "tend_sources.trial": Role.ADMINISTRATOR,
    "tend_sources.keep": Role.ADMINISTRATOR,
    "tend_sources.page": Role.ADMINISTRATOR,
    "tend_sources.act": Role.ADMINISTRATOR,
    "tend_sources.lists": Role.ADMINISTRATOR,
    "tend_sources.as_opml": Role.ADMINISTRATOR,
    "tend_sources.take_list": Role.ADMINISTRATOR,
}
# No token: the right to do it stands in the address (RFC 8058), or in a header that no other site can send.
WITHOUT_TOKEN = {"subscribe.left"}
