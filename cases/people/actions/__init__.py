"""All that can be done to people, their roles and their links."""

from cases.people.actions.accounts import (
    activate,
    change_person,
    change_profile,
    deactivate,
    save_organisation,
)
from cases.people.actions.filters import remove_filter, rename_filter, save_filter
from cases.people.actions.invitations import (
    accept_invitation,
    accept_with_account,
    first_board_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from cases.people.actions.links import dead_link_sentence, link_digest
from cases.people.actions.roles import add_membership, end_membership
from cases.people.actions.sessions import (
    end_other_sessions,
    end_session,
    lift_second_factor,
    make_api_token,
    make_password_link,
    revoke_api_token,
    set_password_by_link,
    token_digest,
)

__all__ = [
    "accept_invitation",
    "accept_with_account",
    "activate",
    "add_membership",
    "change_person",
    "change_profile",
    "deactivate",
    "dead_link_sentence",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "first_board_invitation",
    "invite",
    "lift_second_factor",
    "link_digest",
    "make_api_token",
    "make_password_link",
    "remove_filter",
    "rename_filter",
    "renew_invitation",
    "revoke_api_token",
    "revoke_invitation",
    "save_filter",
    "save_organisation",
    "set_password_by_link",
    "token_digest",
]
