"""People and roles in the API: the same scope and actions as the pages."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.serializers import BaseSerializer

from cases.kernel.api_paging import KeysetPagination
from cases.people import actions
from cases.people.filters import MembershipFilter, PersonFilter
from cases.people.models import Membership, User
from cases.people.serializers import MembershipSerializer, PersonSerializer


class PersonViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[User]):
    """People who work in the areas that the caller coordinates, and the caller."""

    queryset = User.objects.none()
    serializer_class = PersonSerializer
    filterset_class = PersonFilter
    pagination_class = KeysetPagination
    keyset_order = ("name", "id")

    def get_queryset(self) -> Any:
        seen = (
            Membership.objects.visible_to(self.request.user).current().select_related("area__parent__parent")
        )
        return (
            User.objects.visible_to(self.request.user)
            .select_related("organisation")
            .prefetch_related(Prefetch("memberships", queryset=seen, to_attr="seen_memberships"))
        )

    @extend_schema(responses=PersonSerializer)
    @action(detail=False, filterset_class=None, pagination_class=None)
    def me(self, request: Request) -> Response:
        """Whose key or session this is."""
        person = self.get_queryset().get(pk=request.user.pk)
        return Response(self.get_serializer(person).data)


class MembershipViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    viewsets.GenericViewSet[Membership],
):
    """Roles by area: the caller's own, and those in the areas that the caller coordinates."""

    queryset = Membership.objects.none()
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter
    pagination_class = KeysetPagination
    keyset_order = ("id",)

    def get_queryset(self) -> Any:
        return Membership.objects.visible_to(self.request.user)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = actions.add_membership(by=self.request.user, **serializer.validated_data)

    @extend_schema(request=None, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """End a role; it stays in the history."""
        membership = actions.end_membership(membership=self.get_object(), by=request.user)
        return Response(self.get_serializer(membership).data)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("people", PersonViewSet)
    router.register("memberships", MembershipViewSet)
