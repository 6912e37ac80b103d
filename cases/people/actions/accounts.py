"""Accounts and organisations: put right, shut, opened again."""

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.uploads import clean_image
from cases.kernel.writes import action, locked
from cases.people import permissions
from cases.people.actions.checks import read_phone, save_unique
from cases.people.actions.links import revoke
from cases.people.actions.roles import lock_board, revoke_invitations_beyond
from cases.people.actions.sessions import end_sessions
from cases.people.models import ApiToken, Organisation, PasswordLink, User


@action
def change_profile(*, by: User, name: str, phone: str, email: str) -> User:
    """One's own name, number and e-mail."""
    user = User.objects.select_for_update().get(pk=by.pk)
    before = (user.name, user.phone, user.email)
    user.name, user.phone, user.email = name.strip(), read_phone(phone), email.strip()
    fields = ("name", "phone", "email")
    changed = [field for field, old in zip(fields, before, strict=True) if getattr(user, field) != old]
    if changed:
        save_unique(user, update_fields=changed)
        record("person.changed", subject=user, by=by, data={"fields": changed})
    return user


@action
def change_person(*, user: User, by: User, name: str, phone: str, organisation: Organisation | None) -> User:
    """What a coordinator may put right for someone in the own area."""
    user = locked(user)
    permissions.check_can_manage(by, user)
    before = (user.name, user.phone, user.organisation_id)
    user.name, user.phone, user.organisation = name.strip(), read_phone(phone), organisation
    fields = ("name", "phone", "organisation_id")
    changed = [field for field, old in zip(fields, before, strict=True) if getattr(user, field) != old]
    if changed:
        save_unique(user, update_fields=["name", "phone", "organisation"])
        record("person.changed", subject=user, by=by, data={"fields": changed})
    return user


@action
def deactivate(*, user: User, by: User) -> User:
    """Shut an account: sessions end, the key and open links die; roles stay, for the day it opens again."""
    lock_board()
    user = locked(user)
    permissions.check_can_deactivate(by, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    ApiToken.objects.filter(user=user).delete()
    for link in PasswordLink.objects.filter(user=user, password_set_at=None, revoked_at=None):
        revoke(link)
    revoke_invitations_beyond(user)
    record("person.deactivated", subject=user, by=by)
    return user


@action
def activate(*, user: User, by: User) -> User:
    user = locked(user)
    permissions.check_can_activate(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("person.activated", subject=user, by=by)
    return user


LOGO_SIDE, LOGO_BYTES = 480, 60 * 1024  # 22 mm on paper; it goes with every letter that is sent


@action
def save_organisation(
    *,
    by: User,
    name: str,
    short_name: str,
    address: str,
    phone: str,
    email: str = "",
    motto: str = "",
    city: str = "Jakarta",
    letter_code: str = "",
    signatory: str = "",
    signatory_office: str = "",
    logo: bytes | None = None,
    remove_logo: bool = False,
    organisation: Organisation | None = None,
) -> Organisation:
    """A new organisation, or what is printed on the letters of one. `logo` replaces the one there is."""
    permissions.check_is_board(by)
    row = locked(organisation) if organisation is not None else Organisation()
    row.name, row.short_name, row.address, row.phone = name, short_name, address, phone
    row.email, row.motto, row.city, row.letter_code = email, motto, city, letter_code
    row.signatory, row.signatory_office = signatory, signatory_office
    old = row.logo.name if logo or remove_logo else ""
    if logo:
        row.logo.save("", ContentFile(clean_image(logo, side=LOGO_SIDE, most=LOGO_BYTES)), save=False)
    elif remove_logo:
        row.logo = ""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if logo:
            row.logo.delete(save=False)
        raise ActionRefused(_("Another organisation already has this short name.")) from None
    if old:
        transaction.on_commit(lambda: row.logo.storage.delete(old))
    verb = "organisation.added" if organisation is None else "organisation.changed"
    record(verb, subject=row, by=by)
    return row
