"""Audiences that need no knowledge of what an event is about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cases.audit.models import AuditEvent
from cases.kernel.scope import path_to
from cases.notices.registry import Audience
from cases.people.choices import Role
from cases.people.models import Membership


def in_area(*roles: Role) -> Audience:
    """Those who hold one of the roles over the event's area; one query a batch."""

    def audience(events: Sequence[AuditEvent]) -> Mapping[int, set[int]]:
        ways = {event.pk: path_to(event.area_code) for event in events if event.area_code}
        above = {code for way in ways.values() for code in way}
        holders: dict[str, set[int]] = defaultdict(set)
        current = Membership.objects.current().filter(role__in=roles, area_id__in=above)
        for area_id, user_id in current.order_by().values_list("area_id", "user_id"):
            holders[area_id].add(user_id)
        return {pk: set().union(*(holders[code] for code in way)) for pk, way in ways.items()}

    return audience
