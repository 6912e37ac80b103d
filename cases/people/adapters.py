"""How allauth finds our people: by user name or telephone number, and nobody signs up uninvited."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.kernel import crypto, phones
from cases.people import permissions
from cases.people.models import User

# The same words whether the account exists or not.
WRONG = _("The user name or number does not belong to this password. Look at both and try again.")
TOO_MANY = _(
    "Too many tries. Wait five minutes, then try again, or ask your coordinator for a new password link."
)

# allauth would write an e-mail; our people have none, so the history of the account tells it.
NOTICES = {
    "account/email/password_changed": "password.changed",
    "mfa/email/totp_activated": "second_factor.added",
    "mfa/email/totp_deactivated": "second_factor.removed",
    "mfa/email/recovery_codes_generated": "second_factor.codes_made",
}


class PhoneField(forms.CharField):
    """A number as Indonesians write it; gives +62812..."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return phones.normalise_phone(text) if text else ""
        except ValueError:
            raise forms.ValidationError(
                _("This is not a telephone number. Write it like 0812-3456-7890."), code="invalid_phone"
            ) from None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "phone_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "account_inactive": _("This account is shut."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(**kwargs)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Numbers are vouched for by the coordinator who invited; no SMS is sent."""

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        """Never asked for: phone verification is off."""

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(phone=phones.normalise_phone(phone)).first()
        except ValueError:
            return None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count for the account, by whichever of its names and from whichever host name one tries."""
        login = str(credentials.get("username") or credentials.get("phone") or "").strip().lower()
        user = User.objects.filter(username=login).first() or self.get_user_by_phone(login)
        return f"account:{user.pk}" if user is not None else f"nobody:{login}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:me")

    def set_password(self, user: Any, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict | None = None, email: str | None = None
    ) -> None:
        if verb := NOTICES.get(template_prefix):
            record(verb, subject=user, by=user)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed like identity numbers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. It changes every half minute: type the newest one."),
        "cannot_delete_authenticator": permissions.SECOND_FACTOR_STAYS,
        "cannot_generate_recovery_codes": _("Set the second factor up first."),
    }

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        # With its namespace: it is shown as an image, not as part of the page.
        segno.make(url, error="m").save(picture, kind="svg", scale=5, border=2, dark="#000", light="#fff")
        return picture.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not permissions.is_second_factor_required(authenticator.user)

    def encrypt(self, text: str) -> str:
        return crypto.seal(text.encode(), purpose="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(bytes.fromhex(encrypted_text), purpose="mfa").decode()
