"""One's own digests, to be read."""

from typing import Any

from rest_framework import mixins, viewsets
from rest_framework.routers import BaseRouter

from cases.kernel.api_paging import KeysetPagination
from cases.notices.models import Digest
from cases.notices.serializers import DigestSerializer


class DigestViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Digest]):
    """What the caller was told, newest first; reading it here does not mark it as seen."""

    queryset = Digest.objects.none()
    serializer_class = DigestSerializer
    pagination_class = KeysetPagination
    keyset_order = ("-day", "-id")

    def get_queryset(self) -> Any:
        return Digest.objects.visible_to(self.request.user).prefetch_related("lines")


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("notices", DigestViewSet)
