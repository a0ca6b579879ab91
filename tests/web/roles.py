"""The role that each address asks for. A route that can change something, or that asks for a role, must stand here.

`EVERYONE` may use a form signed out (with its token). All that is left out is a page that anybody may read.
"""

from tracker.domain.accounts import Scope
from tracker.domain.vocab import Role

EVERYONE = None
ROLES: dict[str, Role | None] = {
    "account.change_password": Role.READER,
    "account.end_others": Role.READER,
    "account.end_session": Role.READER,
    "account.index": Role.READER,
    "account.make_token": Role.EDITOR,
    "account.rename": Role.READER,
    "account.revoke_token": Role.READER,
    "factors.drop_codes": Role.READER,
    "factors.drop_passkey": Role.READER,
    "factors.enter_code": EVERYONE,
    "factors.enter_passkey": EVERYONE,
    "factors.keep_codes": Role.READER,
    "factors.keep_passkey": Role.READER,
    "factors.new_codes": Role.READER,
    "factors.new_passkey": Role.READER,
    "people.change_role": Role.ADMINISTRATOR,
    "people.index": Role.ADMINISTRATOR,
    "people.invite": Role.ADMINISTRATOR,
    "people.reset": Role.ADMINISTRATOR,
    "people.set_active": Role.ADMINISTRATOR,
    "following.ask": EVERYONE,
    "following.change": EVERYONE,
    "following.confirm": EVERYONE,
    "following.erase": EVERYONE,
    "following.line": EVERYONE,
    "following.more": EVERYONE,
    "sign_in.enter": EVERYONE,
    "sign_in.leave": Role.READER,
    "subscribe.left": EVERYONE,
    "welcome.asked": EVERYONE,
    "welcome.enter": EVERYONE,
}
# What programs may do with a token in a header; a cookie counts for nothing here.
SCOPES = {"api.add": Scope.DOCUMENTS, "api.say": Scope.DECISIONS}
# No token: the right to do it stands in the address (RFC 8058).
WITHOUT_TOKEN = {"subscribe.left"}
