"""Filters that a person keeps for oneself."""

from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people import lists, permissions
from cases.people.models import QUERY_LENGTH, SavedFilter, User

MOST_FILTERS = 12  # a list: more chips than that are no short cut
NAME_LENGTH = 40


@action
def save_filter(*, by: User, place: str, name: str, query: str) -> SavedFilter:
    """Keep a list's filter under a name; a name that is taken gets the new filter. `query` as in an address."""
    User.objects.select_for_update().get(pk=by.pk)  # two taps of one person come one after the other
    found = lists.place_of(place)
    if found is None:
        raise ActionRefused(_("Filters of this list cannot be kept."))
    name = _checked_name(name)
    kept = lists.checked_query(found, query, by)
    if not kept:
        raise ActionRefused(_("Choose a filter first. Words with a long number in them are not kept."))
    if len(kept) > QUERY_LENGTH:
        raise ActionRefused(_("This filter is too long to be kept. Use fewer words."))
    own = SavedFilter.objects.visible_to(by).filter(place=place)
    row = own.filter(name=name).first()
    if row is None:
        if own.count() >= MOST_FILTERS:
            raise ActionRefused(
                _("You keep %(most)d filters of this list already. Remove one first.")
                % {"most": MOST_FILTERS}
            )
        row = SavedFilter(user=by, place=place, name=name)
    row.query = kept
    row.save()
    record("filter.saved", subject=row, by=by, data={"place": place})
    return row


@action
def rename_filter(*, saved: SavedFilter, by: User, name: str) -> SavedFilter:
    row = locked(saved)
    permissions.check_owns_filter(by, row)
    name = _checked_name(name)
    if SavedFilter.objects.filter(user=by, place=row.place, name=name).exclude(pk=row.pk).exists():
        raise ActionRefused(_("Another filter of this list has that name already."))
    if name != row.name:
        row.name = name
        row.save(update_fields=["name"])
        record("filter.renamed", subject=row, by=by, data={"place": row.place})
    return row


@action
def remove_filter(*, saved: SavedFilter, by: User) -> None:
    row = locked(saved)
    permissions.check_owns_filter(by, row)
    record("filter.removed", subject=row, by=by, data={"place": row.place})
    row.delete()


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ActionRefused(_("Give the filter a name."))
    if len(name) > NAME_LENGTH:
        raise ActionRefused(_("The name is too long: at most %(most)d letters.") % {"most": NAME_LENGTH})
    if lists.may_be_number(name):
        raise ActionRefused(_("A name holds no long number. Write it in words."))
    return name
