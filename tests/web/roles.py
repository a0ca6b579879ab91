"""The role that each address asks for. A route that can change something, or that asks for a role, must stand here.

`EVERYONE` may use a form signed out (with its token). All that is left out is a page that anybody may read.
"""

from tracker.domain.accounts import Scope
from tracker.domain.vocab import Role

EVERYONE = None
ROLES: dict[str, Role | None] = {
    "edit.change": Role.EDITOR,
    "edit.index": Role.EDITOR,
    "edit.make": Role.EDITOR,
    "edit.new": Role.EDITOR,
    "edit.page": Role.EDITOR,
    "history.act": Role.EDITOR,
    "history.as_csv": Role.EDITOR,
    "history.as_json": Role.EDITOR,
    "history.index": Role.EDITOR,
    "history.revert": Role.EDITOR,
    "account.change_password": Role.READER,
    "account.end_others": Role.READER,
    "account.end_session": Role.READER,
    "account.index": Role.READER,
    "account.make_token": Role.EDITOR,
    "account.rename": Role.READER,
    "account.revoke_token": Role.READER,
    "attaching.do": Role.EDITOR,
    "attaching.page": Role.EDITOR,
    "factors.drop_codes": Role.READER,
    "factors.drop_passkey": Role.READER,
    "factors.enter_code": EVERYONE,
    "factors.enter_passkey": EVERYONE,
    "factors.keep_codes": Role.READER,
    "factors.keep_passkey": Role.READER,
    "factors.new_codes": Role.READER,
    "factors.new_passkey": Role.READER,
    "making.do": Role.EDITOR,
    "making.page": Role.EDITOR,
    "merging.do": Role.PUBLISHER,
    "merging.page": Role.PUBLISHER,
    "merging.put_back": Role.PUBLISHER,
    "merging.undo": Role.PUBLISHER,
    "merging_organizations.do": Role.PUBLISHER,
    "merging_organizations.page": Role.PUBLISHER,
    "merging_organizations.put_back": Role.PUBLISHER,
    "merging_organizations.undo": Role.PUBLISHER,
    "people.change_role": Role.ADMINISTRATOR,
    "people.index": Role.ADMINISTRATOR,
    "people.invite": Role.ADMINISTRATOR,
    "people.reset": Role.ADMINISTRATOR,
    "people.set_active": Role.ADMINISTRATOR,
    "publishing.bring_back": Role.PUBLISHER,
    "publishing.bring_back_document": Role.PUBLISHER,
    "publishing.document": Role.PUBLISHER,
    "publishing.page": Role.EDITOR,
    "publishing.publish_object": Role.PUBLISHER,
    "publishing.withdraw": Role.PUBLISHER,
    "publishing.withdraw_document": Role.PUBLISHER,
    "publishing_campaigns.bring_back": Role.PUBLISHER,
    "publishing_campaigns.page": Role.PUBLISHER,
    "publishing_campaigns.withdraw": Role.PUBLISHER,
    "sign_in.enter": EVERYONE,
    "sign_in.leave": Role.READER,
    "splitting.do": Role.PUBLISHER,
    "splitting.page": Role.PUBLISHER,
    "subscribe.left": EVERYONE,
    "welcome.asked": EVERYONE,
    "welcome.enter": EVERYONE,
}
# What programs may do with a token in a header; a cookie counts for nothing here.
SCOPES = {"api.add": Scope.DOCUMENTS, "api.say": Scope.DECISIONS}
# No token: the right to do it stands in the address (RFC 8058).
WITHOUT_TOKEN = {"subscribe.left"}
