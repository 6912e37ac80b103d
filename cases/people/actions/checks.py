"""What every new or changed account must satisfy, as sentences."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.kernel import phones
from cases.kernel.exceptions import ActionRefused
from cases.people.models import User


def check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from None


def read_phone(text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return phones.normalise_phone(text)
    except ValueError:
        raise ActionRefused(_("This is not a telephone number. Write it like 0812-3456-7890.")) from None


def save_unique(user: User, update_fields: list[str] | None = None) -> None:
    """The database decides who was first; the sentence says which of the two is taken."""
    try:
        with transaction.atomic():
            user.save(update_fields=update_fields)
    except IntegrityError:
        others = User.objects.exclude(pk=user.pk)
        if user.phone and others.filter(phone=user.phone).exists():
            raise ActionRefused(_("This telephone number belongs to another account.")) from None
        raise ActionRefused(_("This user name is taken. Choose another.")) from None
