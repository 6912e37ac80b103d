"""Offices and submissions in the API: the same scope, filters and actions as the pages."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from cases.escalations import actions, permissions, record
from cases.escalations.filters import OfficeFilter, SubmissionFilter
from cases.escalations.models import Office, Submission, SubmissionCase
from cases.escalations.serializers import (
    GiveAnswerSerializer,
    GiveProgressSerializer,
    OfficeDetailSerializer,
    OfficeSerializer,
    ReceiveSerializer,
    RecordSerializer,
    SendSerializer,
    SubmissionDetailSerializer,
    SubmissionSerializer,
    WithdrawSerializer,
)
from cases.kernel.api_paging import KeysetPagination


class OfficeViewSet(viewsets.ReadOnlyModelViewSet[Office]):
    """Offices responsible for the areas the asking person sees."""

    queryset = Office.objects.none()
    serializer_class = OfficeSerializer
    filterset_class = OfficeFilter
    pagination_class = KeysetPagination
    keyset_order = ("-area_id", "-id")

    def get_queryset(self) -> Any:
        return Office.objects.visible_to(self.request.user).select_related("area__parent__parent")

    def get_serializer_class(self) -> Any:
        return OfficeDetailSerializer if self.action == "retrieve" else OfficeSerializer

    @extend_schema(responses=RecordSerializer)
    @action(detail=True, methods=["get"])
    def record(self, request: Request, pk: str | None = None) -> Response:
        """How it answers, for coordinators: over the cases of the areas they coordinate."""
        office = self.get_object()
        permissions.check_can_see_record(request.user)
        return Response(RecordSerializer(record.of_office(office, request.user)).data)


class SubmissionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Submission]
):
    queryset = Submission.objects.none()
    serializer_class = SubmissionSerializer
    filterset_class = SubmissionFilter
    pagination_class = KeysetPagination
    keyset_order = ("-sent_on", "-id")

    def get_queryset(self) -> Any:
        links = Prefetch("links", SubmissionCase.objects.visible_to(self.request.user), to_attr="shown_links")
        rows = Submission.objects.visible_to(self.request.user).with_open_case().select_related("office")
        if self.action == "list":
            return rows.prefetch_related(links)
        return rows.prefetch_related(links, "links", "answers__links", "progress", "appeals", "deadlines")

    def get_serializer_class(self) -> Any:
        return SubmissionSerializer if self.action == "list" else SubmissionDetailSerializer

    @extend_schema(request=SendSerializer, responses={201: SubmissionDetailSerializer})
    def create(self, request: Request) -> Response:
        """Send one case or several to an office: all of them or none."""
        given = self._checked(SendSerializer)
        submission = actions.send(by=request.user, **given)
        return self._told(submission, status.HTTP_201_CREATED)

    @extend_schema(request=ReceiveSerializer, responses=SubmissionDetailSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str | None = None) -> Response:
        """Record the dated receipt; the deadline is counted from it."""
        submission = self.get_object()
        return self._told(
            actions.receive(submission=submission, by=request.user, **self._checked(ReceiveSerializer))
        )

    @extend_schema(request=GiveAnswerSerializer, responses=SubmissionDetailSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str | None = None) -> Response:
        """Record what the office said; its cases are answered."""
        submission = self.get_object()
        given = self._checked(GiveAnswerSerializer)
        # A multipart form cannot say "none chosen" apart from "not said".
        given["cases"] = given.get("cases") or None
        actions.record_answer(submission=submission, by=request.user, **given)
        return self._told(submission)

    @extend_schema(request=GiveProgressSerializer, responses=SubmissionDetailSerializer)
    @action(detail=True, methods=["post"])
    def progress(self, request: Request, pk: str | None = None) -> Response:
        """Note what their channel says in its own words, or that we completed the file or responded."""
        submission = self.get_object()
        actions.note_progress(submission=submission, by=request.user, **self._checked(GiveProgressSerializer))
        return self._told(submission)

    @extend_schema(request=WithdrawSerializer, responses=SubmissionDetailSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take it back before an answer came."""
        submission = self.get_object()
        return self._told(
            actions.withdraw(submission=submission, by=request.user, **self._checked(WithdrawSerializer))
        )

    def _checked(self, serializer_class: Any) -> dict[str, Any]:
        given = serializer_class(data=self.request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return given.validated_data

    def _told(self, submission: Submission, code: int = status.HTTP_200_OK) -> Response:
        row = self.get_queryset().get(pk=submission.pk)
        content = SubmissionDetailSerializer(row, context=self.get_serializer_context()).data
        return Response(content, status=code)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("offices", OfficeViewSet)
    router.register("submissions", SubmissionViewSet)
