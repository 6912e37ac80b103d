"""Keys to the API: looked up by digest, and held to the same second factor as the pages."""

from rest_framework import exceptions
from rest_framework.authentication import TokenAuthentication

from cases.people import permissions
from cases.people.actions import token_digest
from cases.people.models import ApiToken, User


class KeyAuthentication(TokenAuthentication):
    """`Authorization: Token <key>`."""

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        token = ApiToken.objects.select_related("user").filter(digest=token_digest(key)).first()
        if token is None or not token.user.is_active:
            raise exceptions.AuthenticationFailed()
        permissions.check_second_factor(token.user)
        return token.user, token
