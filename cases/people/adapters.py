"""How allauth finds our people: by user name or telephone number, and nobody signs up uninvited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from cases.kernel import crypto, phones
from cases.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Numbers are vouched for by the coordinator who invited; no SMS is sent."""

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(phone=phones.normalise_phone(phone)).first()
        except ValueError:
            return None


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed like identity numbers."""

    def encrypt(self, text: str) -> str:
        return crypto.seal(text.encode(), purpose="mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(bytes.fromhex(encrypted_text), purpose="mfa").decode()
