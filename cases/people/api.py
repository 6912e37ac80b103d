"""People and roles in the API: the same scope and actions as the pages."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.serializers import BaseSerializer

from cases.kernel.api_paging import KeysetPagination
from cases.people import actions
from cases.people.filters import MembershipFilter, PersonFilter
from cases.people.models import Membership, SavedFilter, User
from cases.people.serializers import (
    FilterNameSerializer,
    MembershipSerializer,
    PersonSerializer,
    SavedFilterSerializer,
)


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


class SavedFilterViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SavedFilter]
):
    """The caller's own filters of lists: `place` is cases, submissions or households."""

    queryset = SavedFilter.objects.none()
    serializer_class = SavedFilterSerializer
    filterset_fields = ["place"]
    pagination_class = KeysetPagination
    keyset_order = ("place", "name", "id")

    def get_queryset(self) -> Any:
        return SavedFilter.objects.visible_to(self.request.user)

    @extend_schema(responses={201: SavedFilterSerializer})
    def create(self, request: Request) -> Response:
        """A name that is taken gets the new filter."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = actions.save_filter(by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=FilterNameSerializer, responses=SavedFilterSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Give it another name."""
        row = self.get_object()
        given = FilterNameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = actions.rename_filter(saved=row, by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str | None = None) -> Response:
        actions.remove_filter(saved=self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("people", PersonViewSet)
    router.register("memberships", MembershipViewSet)
    router.register("saved-filters", SavedFilterViewSet)
