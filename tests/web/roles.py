"""The role that each address asks for. A route that can change something, or that asks for a role, must stand here.

`EVERYONE` may use a form signed out (with its token). All that is left out is a page that anybody may read.
"""

from tracker.domain.vocab import Role

EVERYONE = None
ROLES: dict[str, Role | None] = {
    "sign_in.enter": EVERYONE,
    "sign_in.leave": Role.READER,
    "subscribe.left": EVERYONE,
    "bulk.index": Role.EDITOR,
    "bulk.begin": Role.EDITOR,
    "bulk.act": Role.EDITOR,
    "bulk.go_on": Role.EDITOR,
    "bulk.undo": Role.EDITOR,
    "differences.index": Role.EDITOR,
    "differences.settle": Role.EDITOR,
    "new_names.index": Role.EDITOR,
    "new_names.decide": Role.EDITOR,
    "rates.index": Role.EDITOR,
    "rates.as_json": Role.EDITOR,
    "rates.as_csv": Role.EDITOR,
}
# No token: the right to do it stands in the address (RFC 8058), or in a header that no other site can send.
WITHOUT_TOKEN = {"subscribe.left"}
