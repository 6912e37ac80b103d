"""Letters in the API: written, printed, handed over and made void as on the pages."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import renderers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.kernel.api_rows import Rows
from cases.paper import actions, permissions
from cases.paper.api.common import PDFRenderer
from cases.paper.filters import LetterFilter
from cases.paper.models import Letter
from cases.paper.serializers.letters import (
    HandOverSerializer,
    LetterChangeSerializer,
    LetterDetailSerializer,
    LetterSerializer,
    LetterStartSerializer,
    StampedReceiptSerializer,
    VoidSerializer,
)


class LetterViewSet(Rows[Letter]):
    """Letters about cases in the areas that the asking person coordinates."""

    queryset = Letter.objects.none()
    serializer_class = LetterSerializer
    filterset_class = LetterFilter
    keyset_order = ("-updated_at", "-id")

    def get_queryset(self) -> Any:
        rows = Letter.objects.visible_to(self.request.user).with_words()
        return rows.select_related("submission").prefetch_related("links__case")

    def get_serializer_class(self) -> Any:
        return LetterSerializer if self.action == "list" else LetterDetailSerializer

    def get_object(self) -> Letter:
        """One that may be opened: all its cases are the asking person's."""
        letter = super().get_object()
        permissions.check_can_open_letter(self.request.user, letter)
        return letter

    @extend_schema(request=LetterStartSerializer, responses={201: LetterDetailSerializer})
    def create(self, request: Request) -> Response:
        """A draft with the texts that the cases give."""
        permissions.check_can_write_letters(request.user)
        letter = actions.start_letter(by=request.user, **self._given(LetterStartSerializer).validated_data)
        return self._told(letter, status.HTTP_201_CREATED)

    @extend_schema(request=LetterChangeSerializer, responses=LetterDetailSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        letter = self.get_object()
        given = self._given(LetterChangeSerializer, letter=letter)
        return self._told(actions.change_letter(letter=letter, change=given.change(letter), by=request.user))

    @extend_schema(request=None, responses=LetterDetailSerializer)
    @action(detail=True, methods=["post"])
    def restart(self, request: Request, pk: str | None = None) -> Response:
        """All texts anew from the cases."""
        return self._told(actions.restart_letter(letter=self.get_object(), by=request.user))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str | None = None) -> Response:
        """Throw a draft away that has no number."""
        actions.discard_letter(letter=self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=LetterDetailSerializer)
    @action(detail=True, methods=["post"])
    def print(self, request: Request, pk: str | None = None) -> Response:
        """Number it and keep the file; again gives the same."""
        return self._told(actions.print_letter(letter=self.get_object(), by=request.user))

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "part", str, description="One part alone: its code among `enclosures`, or the kind."
            )
        ],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"], renderer_classes=[PDFRenderer, renderers.JSONRenderer])
    def file(self, request: Request, pk: str | None = None) -> HttpResponse:
        """The very file that was printed; a draft is marked as one."""
        letter, part = self.get_object(), request.query_params.get("part", "")
        if part:
            pdf = actions.letter_part(letter, part, by=request.user)
        else:
            pdf = actions.letter_file(letter, by=request.user)
        actions.note_letter_fetched(letter=letter, by=request.user, part=part[:20])
        return HttpResponse(pdf, content_type="application/pdf")

    @extend_schema(
        request={"application/json": HandOverSerializer, "multipart/form-data": HandOverSerializer},
        responses=LetterDetailSerializer,
    )
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str | None = None) -> Response:
        """It is at the office: its cases are sent, and a dated receipt starts the clock."""
        letter = self.get_object()
        given = self._given(HandOverSerializer).validated_data
        return self._told(actions.hand_over(letter=letter, by=request.user, **given))

    @extend_schema(
        request={
            "application/json": StampedReceiptSerializer,
            "multipart/form-data": StampedReceiptSerializer,
        },
        responses=LetterDetailSerializer,
    )
    @action(detail=True, methods=["post"])
    def receipt(self, request: Request, pk: str | None = None) -> Response:
        """The stamped receipt came later."""
        letter = self.get_object()
        given = self._given(StampedReceiptSerializer).validated_data
        return self._told(actions.add_receipt(letter=letter, by=request.user, **given))

    @extend_schema(request=VoidSerializer, responses=LetterDetailSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str | None = None) -> Response:
        """It does not count any more; its number is never given again."""
        letter = self.get_object()
        given = self._given(VoidSerializer).validated_data
        return self._told(actions.void_letter(letter=letter, by=request.user, **given))

    def _given(self, serializer: type[Any], **context: Any) -> Any:
        given = serializer(data=self.request.data, context={**self.get_serializer_context(), **context})
        given.is_valid(raise_exception=True)
        return given

    def _told(self, letter: Letter, code: int = status.HTTP_200_OK) -> Response:
        """The letter as it stands now."""
        row = self.get_queryset().get(pk=letter.pk)
        return Response(LetterDetailSerializer(row, context=self.get_serializer_context()).data, status=code)
