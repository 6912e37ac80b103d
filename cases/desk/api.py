"""The board in the API: the same counts as on the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from cases.casefiles.models import Case
from cases.desk import permissions
from cases.desk.board import board
from cases.desk.filters import BoardFilter


class BoardLineSerializer(serializers.Serializer[Any]):
    """`url` is the page that lists the rows."""

    code = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    late = serializers.IntegerField()
    url = serializers.CharField()


class OfficeLineSerializer(serializers.Serializer[Any]):
    office = serializers.IntegerField()
    name = serializers.CharField()
    waiting = serializers.IntegerField()
    late = serializers.IntegerField()
    soon = serializers.IntegerField()
    first_due = serializers.DateField(allow_null=True)
    url = serializers.CharField()


class CaseBoardSerializer(serializers.Serializer[Any]):
    """Open cases of the areas the asker sees."""

    total = serializers.IntegerField()
    late = serializers.IntegerField()
    oldest_days = serializers.IntegerField()
    turns = BoardLineSerializer(many=True)
    due = BoardLineSerializer(many=True)
    offices = OfficeLineSerializer(many=True)
    more_offices = serializers.BooleanField()


class BoardViewSet(viewsets.GenericViewSet[Case]):
    """For coordinators: open cases by turn and by deadline, and what lies at which office."""

    queryset = Case.objects.none()
    serializer_class = CaseBoardSerializer
    filterset_class = BoardFilter
    pagination_class = None

    @extend_schema(responses=CaseBoardSerializer)
    def list(self, request: Request) -> Response:
        permissions.check_can_see_board(request.user)
        filterset = BoardFilter(request.query_params, self.get_queryset(), request=request)
        if not filterset.is_valid():
            raise serializers.ValidationError(filterset.errors)
        return Response(CaseBoardSerializer(board(request.user, filterset.form.cleaned_data["area"])).data)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("board", BoardViewSet, basename="board")
