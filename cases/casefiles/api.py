"""Cases in the API: the same scope, filters and actions as the pages."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from cases.casefiles import actions, codes
from cases.casefiles.filters import CaseFilter
from cases.casefiles.models import Case
from cases.casefiles.search import visible_case_of_code
from cases.casefiles.serializers import (
    AssignSerializer,
    CaseChangeSerializer,
    CaseGivenSerializer,
    CaseRowSerializer,
    CaseSerializer,
    CloseSerializer,
    CodeSerializer,
    EvidenceGivenSerializer,
    EvidenceSerializer,
    GroupSerializer,
    LinkSerializer,
    NeedsSerializer,
    NoteSerializer,
    ReasonSerializer,
    RenewCodeSerializer,
    ReporterRevealedSerializer,
    ResolveSerializer,
    RevokeCodeSerializer,
)
from cases.kernel.api_paging import KeysetPagination


class CaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Case]):
    queryset = Case.objects.none()
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    pagination_class = KeysetPagination
    keyset_order = ("-created_at", "-id")

    def get_queryset(self) -> Any:
        cases = Case.objects.visible_to(self.request.user).with_words()
        return cases if self.action == "list" else cases.prefetch_related("evidence__case")

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_class(self) -> Any:
        return CaseRowSerializer if self.action == "list" else CaseSerializer

    @extend_schema(request=CaseGivenSerializer, responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        given = self._given(CaseGivenSerializer)
        case = actions.log_case(by=request.user, **given.arguments())
        return self._told(case, status.HTTP_201_CREATED)

    @extend_schema(request=CaseChangeSerializer, responses=CaseSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        case = self.get_object()
        given = self._given(CaseChangeSerializer)
        return self._told(actions.edit(case=case, by=request.user, **given.arguments(case)))

    @extend_schema(request=None, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str | None = None) -> Response:
        return self._told(actions.verify(case=self.get_object(), by=request.user))

    @extend_schema(request=NeedsSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="ask-details")
    def ask_details(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.ask_details, NeedsSerializer)

    @extend_schema(request=NoteSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"], url_path="supply-details")
    def supply_details(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.supply_details, NoteSerializer)

    @extend_schema(request=ResolveSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.resolve, ResolveSerializer)

    @extend_schema(request=CloseSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.close, CloseSerializer)

    @extend_schema(request=ReasonSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.reopen, ReasonSerializer)

    @extend_schema(request=AssignSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str | None = None) -> Response:
        return self._act(actions.assign, AssignSerializer)

    @extend_schema(request=None, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str | None = None) -> Response:
        """Take on a case that nobody has."""
        return self._told(actions.take_on(case=self.get_object(), by=request.user))

    @extend_schema(request=LinkSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str | None = None) -> Response:
        case = self.get_object()
        actions.link(case=case, by=request.user, **self._given(LinkSerializer).validated_data)
        return self._told(case)

    @extend_schema(request=GroupSerializer, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def group(self, request: Request, pk: str | None = None) -> Response:
        """Put the case into a group, a new one where only a title is given."""
        case = self.get_object()
        actions.group(cases=[case], by=request.user, **self._given(GroupSerializer).validated_data)
        return self._told(case)

    @extend_schema(request=None, responses=CaseSerializer)
    @action(detail=True, methods=["post"])
    def ungroup(self, request: Request, pk: str | None = None) -> Response:
        return self._told(actions.ungroup(case=self.get_object(), by=request.user))

    @extend_schema(request=None, responses=ReporterRevealedSerializer)
    @action(detail=True, methods=["post"], url_path="reveal-reporter")
    def reveal_reporter(self, request: Request, pk: str | None = None) -> Response:
        """Show the reporter to one who may see it; every call is on record."""
        told = actions.reveal_reporter(case=self.get_object(), by=request.user)
        return Response(ReporterRevealedSerializer(told).data, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses=CodeSerializer)
    @action(detail=True, methods=["post"])
    def code(self, request: Request, pk: str | None = None) -> Response:
        """The resident's code, made where there is none; every call is on record."""
        return self._code(actions.hand_out_code(case=self.get_object(), by=request.user))

    @extend_schema(request=RenewCodeSerializer, responses=CodeSerializer)
    @action(detail=True, methods=["post"], url_path="renew-code")
    def renew_code(self, request: Request, pk: str | None = None) -> Response:
        """A new code; the old one answers no more."""
        case = self.get_object()
        given = self._given(RenewCodeSerializer).validated_data
        return self._code(actions.renew_code(case=case, by=request.user, **given))

    @extend_schema(request=RevokeCodeSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="revoke-code")
    def revoke_code(self, request: Request, pk: str | None = None) -> Response:
        case = self.get_object()
        actions.revoke_code(case=case, by=request.user, **self._given(RevokeCodeSerializer).validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=CodeSerializer, responses=CaseSerializer)
    @action(detail=False, methods=["post"], url_path="by-code")
    def by_code(self, request: Request) -> Response:
        """The case of a resident's code, where the asker may see it; posted, so that no address holds the code."""
        read = codes.read(self._given(CodeSerializer).validated_data["code"])
        case = visible_case_of_code(request.user, read)
        if case is None:
            raise Http404
        return self._told(case)

    def _code(self, code: str) -> Response:
        told = CodeSerializer({"code": codes.grouped(code)}).data
        return Response(told, headers={"Cache-Control": "no-store"})

    @extend_schema(
        request={"multipart/form-data": EvidenceGivenSerializer}, responses={201: EvidenceSerializer}
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def evidence(self, request: Request, pk: str | None = None) -> Response:
        """Add a photo, PDF or recording; the same file again gives the piece that is there."""
        case = self.get_object()
        given = self._given(EvidenceGivenSerializer).validated_data
        piece = actions.add_evidence(case=case, by=request.user, **given)
        told = EvidenceSerializer(piece, context=self.get_serializer_context())
        return Response(told.data, status=status.HTTP_201_CREATED)

    def _act(self, function: Any, serializer: type[serializers.Serializer]) -> Response:
        """Check the scope, read the input, act, tell the case."""
        case = self.get_object()
        given = self._given(serializer, case=case).validated_data
        return self._told(function(case=case, by=self.request.user, **given))

    def _given(self, serializer: type[Any], **context: Any) -> Any:
        given = serializer(data=self.request.data, context={**self.get_serializer_context(), **context})
        given.is_valid(raise_exception=True)
        return given

    def _told(self, case: Case, code: int = status.HTTP_200_OK) -> Response:
        """The case as it stands now."""
        row = self.get_queryset().get(pk=case.pk)
        return Response(CaseSerializer(row, context=self.get_serializer_context()).data, status=code)


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("cases", CaseViewSet)
