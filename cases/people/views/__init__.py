"""Pages about people."""

from cases.people.views.account import (
    edit_me,
    end_other_sessions,
    end_session,
    make_key,
    me,
    revoke_key,
    sessions,
    theme,
)
from cases.people.views.filters import filters, remove_filter, rename_filter, save_filter
from cases.people.views.invitations import invitations, invite, renew_invitation, revoke_invitation, show_link
from cases.people.views.organisations import edit_organisation, organisation_logo, organisations
from cases.people.views.persons import (
    activate,
    add_role,
    deactivate,
    edit_person,
    end_role,
    lift_second_factor,
    make_password_link,
    people_list,
    person,
)
from cases.people.views.public import ask_coordinator, join, new_password

__all__ = [
    "activate",
    "add_role",
    "ask_coordinator",
    "deactivate",
    "edit_me",
    "edit_organisation",
    "edit_person",
    "end_other_sessions",
    "end_role",
    "end_session",
    "filters",
    "invitations",
    "invite",
    "join",
    "lift_second_factor",
    "make_key",
    "make_password_link",
    "me",
    "new_password",
    "organisation_logo",
    "organisations",
    "people_list",
    "person",
    "remove_filter",
    "rename_filter",
    "renew_invitation",
    "revoke_invitation",
    "revoke_key",
    "save_filter",
    "sessions",
    "show_link",
    "theme",
]
