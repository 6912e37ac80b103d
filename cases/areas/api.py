"""Areas, kampung, boards and own days in the API: the same scope and actions as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.serializers import BaseSerializer

from cases.areas import actions
from cases.areas.filters import AreaFilterSet, BoardFilter
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay
from cases.areas.serializers import (
    AreaSerializer,
    BoardSerializer,
    KampungSerializer,
    NumbersSerializer,
    OwnDaySerializer,
)
from cases.kernel.api_paging import KeysetPagination
from cases.kernel.api_rows import KeptRows


class AreaViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet[Area]
):
    """The tree of areas inside one's scope; a code is a path."""

    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    filterset_class = AreaFilterSet
    pagination_class = KeysetPagination
    keyset_order = ("code",)
    lookup_value_regex = r"[0-9.]+"
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> Any:
        return Area.objects.visible_to(self.request.user).with_label()

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        area = self.get_object()
        actions.rename_area(
            area=area, alias=serializer.validated_data.get("alias", area.alias), by=self.request.user
        )
        serializer.instance = self.get_object()

    @extend_schema(request=None, responses=AreaSerializer(many=True))
    @action(detail=True, filterset_class=None, pagination_class=None)
    def children(self, request: Request, pk: str | None = None) -> Response:
        """The areas right below."""
        rows = self.get_object().children.with_label()
        return Response(self.get_serializer(rows, many=True).data)

    @extend_schema(request=NumbersSerializer, responses={201: AreaSerializer(many=True)})
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def add(self, request: Request, pk: str | None = None) -> Response:
        """Add RW to a kelurahan, or RT to an RW: all of the numbers or none."""
        parent, given = self.get_object(), NumbersSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = actions.add_areas(parent=parent, numbers=given.validated_data["numbers"], by=request.user)
        rows = Area.objects.with_label().filter(pk__in=[area.pk for area in made])
        return Response(self.get_serializer(rows, many=True).data, status=status.HTTP_201_CREATED)


class KampungViewSet(KeptRows[Kampung]):
    queryset = Kampung.objects.none()
    serializer_class = KampungSerializer
    keyset_order = ("name", "id")

    def get_queryset(self) -> Any:
        return Kampung.objects.visible_to(self.request.user).prefetch_related("areas")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = actions.save_kampung(by=self.request.user, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        kampung = self.get_object()
        given = {"name": kampung.name, "areas": list(kampung.areas.all()), **serializer.validated_data}
        actions.save_kampung(by=self.request.user, kampung=kampung, **given)
        serializer.instance = self.get_object()


class BoardViewSet(KeptRows[NoticeBoard]):
    queryset = NoticeBoard.objects.none()
    serializer_class = BoardSerializer
    filterset_class = BoardFilter
    keyset_order = ("id",)

    def get_queryset(self) -> Any:
        return NoticeBoard.objects.visible_to(self.request.user).select_related("kampung", "area")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        serializer.instance = actions.save_board(by=self.request.user, **serializer.validated_data)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        board = self.get_object()
        given = {"kampung": board.kampung, "area": board.area, **serializer.validated_data}
        serializer.instance = actions.save_board(by=self.request.user, board=board, **given)

    @extend_schema(request=None, responses=BoardSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str | None = None) -> Response:
        """A board that is gone."""
        board = actions.retire_board(board=self.get_object(), by=request.user)
        return Response(self.get_serializer(board).data)

    @extend_schema(request=None, responses=BoardSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """A retired board that is in use again."""
        board = actions.return_board(board=self.get_object(), by=request.user)
        return Response(self.get_serializer(board).data)


class OwnDayViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[OwnDay],
):
    """Days that differ from the public calendar; deadlines in working days follow them."""

    queryset = OwnDay.objects.all()
    serializer_class = OwnDaySerializer
    pagination_class = KeysetPagination
    keyset_order = ("date", "id")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        given = dict(serializer.validated_data)
        serializer.instance = actions.add_day(day=given.pop("date"), by=self.request.user, **given)

    def perform_destroy(self, instance: OwnDay) -> None:
        actions.remove_day(own_day=instance, by=self.request.user)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("areas", AreaViewSet)
    router.register("kampung", KampungViewSet)
    router.register("boards", BoardViewSet)
    router.register("own-days", OwnDayViewSet)
