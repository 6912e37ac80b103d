"""Programmes, rounds and schedules in the API: the same scope, filters and actions as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.serializers import BaseSerializer

from cases.kernel.api_rows import KeptRows
from cases.programmes import actions
from cases.programmes.filters import ProgrammeFilter, RoundFilter, ScheduleFilter
from cases.programmes.models import Programme, Round, Schedule
from cases.programmes.serializers import (
    CancelSerializer,
    ProgrammeSerializer,
    RoundSerializer,
    ScheduleSerializer,
)


class ProgrammeViewSet(KeptRows[Programme]):
    queryset = Programme.objects.none()
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilter
    keyset_order = ("name", "id")

    def get_queryset(self) -> Any:
        return Programme.objects.visible_to(self.request.user).prefetch_related("components")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = actions.create_programme(by=self.request.user, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        actions.edit_programme(programme=self.get_object(), by=self.request.user, **serializer.validated_data)
        serializer.instance = self.get_object()


class RoundViewSet(KeptRows[Round]):
    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    keyset_order = ("-period_start", "-id")

    def get_queryset(self) -> Any:
        return Round.objects.visible_to(self.request.user)

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = actions.create_round(by=self.request.user, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        given = {name: value for name, value in serializer.validated_data.items() if name != "client_id"}
        serializer.instance = actions.edit_round(aid_round=self.get_object(), by=self.request.user, **given)


class ScheduleViewSet(KeptRows[Schedule]):
    """Without `when`, the list holds what is still to come."""

    queryset = Schedule.objects.none()
    serializer_class = ScheduleSerializer
    filterset_class = ScheduleFilter
    keyset_order = ("date", "starts", "id")

    def get_queryset(self) -> Any:
        return Schedule.objects.visible_to(self.request.user).with_words()

    def filter_queryset(self, queryset: Any) -> Any:
        # One row is found by its id whatever its date.
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        given = dict(serializer.validated_data)
        serializer.instance = actions.add_schedule(
            aid_round=given.pop("round"), by=self.request.user, **given
        )

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        given = {
            name: value
            for name, value in serializer.validated_data.items()
            if name not in {"client_id", "round"}
        }
        serializer.instance = actions.edit_schedule(schedule=self.get_object(), by=self.request.user, **given)

    @extend_schema(request=CancelSerializer, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Call a date off; it stays on record with the reason."""
        schedule, given = self.get_object(), CancelSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        schedule = actions.cancel_schedule(schedule=schedule, by=request.user, **given.validated_data)
        return Response(self.get_serializer(schedule).data, status=status.HTTP_200_OK)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("programmes", ProgrammeViewSet)
    router.register("rounds", RoundViewSet)
    router.register("schedules", ScheduleViewSet)
