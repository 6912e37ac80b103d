"""The history of an account in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.audit.models import AuditEvent
from cases.people.choices import Role

# verb -> sentence, icon
VERBS: dict[str, tuple[Any, str]] = {
    "person.joined": (_("Joined by invitation"), "envelope"),
    "person.changed": (_("Name or number changed"), "edit"),
    "person.deactivated": (_("Account shut"), "lock"),
    "person.activated": (_("Account opened again"), "key"),
    "person.second_factor_lifted": (_("Second factor taken off"), "shield"),
    "membership.added": (_("Role given"), "add"),
    "membership.ended": (_("Role ended"), "stop"),
    "password.link_made": (_("Link for a new password made"), "link"),
    "password.set_by_link": (_("New password set by link"), "key"),
    "password.changed": (_("Password changed"), "key"),
    "session.ended": (_("Signed out on another phone"), "phone"),
    "token.made": (_("Key to the API made"), "key"),
    "token.revoked": (_("Key to the API taken back"), "key"),
    "second_factor.added": (_("Second factor set up"), "shield"),
    "second_factor.removed": (_("Second factor removed"), "shield"),
    "second_factor.codes_made": (_("New recovery codes made"), "notebook"),
}


def register(verb: str, title: Any, icon: str) -> None:
    """An upper slice says in its AppConfig.ready how an event of its own reads in the history of an account."""
    VERBS[verb] = (title, icon)


def entry(event: AuditEvent) -> dict[str, Any]:
    """An entry of `_components/timeline.html`."""
    title, icon = VERBS.get(event.verb, (event.verb, "dots"))
    role = event.data.get("role")
    if role in Role.values:
        title = f"{title}: {Role(role).label}"
    return {"at": event.at, "title": title, "by": event.actor_name, "icon": icon}
