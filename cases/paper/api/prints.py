"""Posters, prints and door sheets in the API: the same scope, filters and actions as the pages."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import renderers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.jobs.models import Job
from cases.kernel.api_rows import Rows
from cases.kernel.exceptions import ActionRefused
from cases.kernel.site import public_site_of, site_of
from cases.paper import actions, rules, sources
from cases.paper.api.common import PDFRenderer
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.filters import DoorSheetFilter, PosterFilter, PrintFilter
from cases.paper.models import DoorSheet, Poster, PrintRecord
from cases.paper.serializers.prints import (
    DoorOrderSerializer,
    DoorSheetDetailSerializer,
    DoorSheetSerializer,
    OrderedSerializer,
    PaperSerializer,
    PosterChangeSerializer,
    PosterSerializer,
    PrintCreateSerializer,
    PrintSerializer,
    ResidentSlipSerializer,
)
from cases.paper.sheets import poster_blocks, poster_from_blocks


class PosterViewSet(Rows[Poster]):
    """Posters of one's areas, and of the areas above them."""

    queryset = Poster.objects.none()
    serializer_class = PosterSerializer
    filterset_class = PosterFilter
    keyset_order = ("-updated_at", "-id")

    def get_queryset(self) -> Any:
        return Poster.objects.visible_to(self.request.user).with_words()

    def create(self, request: Request) -> Response:
        """Blocks given under `content` are laid over those filled in from the schedule and the posko."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        content, until = sources.starting_poster(
            values["kind"], values["area"], values.get("round"), by=request.user
        )
        blocks = poster_blocks(content) | values.get("content", {})
        poster = actions.make_poster(
            kind=values["kind"],
            area=values["area"],
            aid_round=values.get("round"),
            content=_content(values["kind"], blocks),
            valid_until=values.get("valid_until", until),
            with_qr=values.get("with_qr", False),
            site=site_of(request),
            by=request.user,
            client_id=values.get("client_id"),
        )
        return Response(self.get_serializer(poster).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=PosterChangeSerializer, responses=PosterSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        poster = self.get_object()
        given = PosterChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        blocks = poster.content | {"link": ""} | values.get("content", {})
        changed = actions.change_poster(
            poster=poster,
            content=_content(poster.kind, blocks),
            valid_until=values.get("valid_until", poster.valid_until),
            with_qr=values.get("with_qr", poster.with_qr),
            site=site_of(request),
            by=request.user,
        )
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=PaperSerializer, responses={201: PrintSerializer})
    @action(detail=True, methods=["post"])
    def print(self, request: Request, pk: str | None = None) -> Response:
        """Put a print on record; its file is at prints/{id}/file/."""
        poster, given = self.get_object(), PaperSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = actions.print_poster(poster=poster, by=request.user, **given.validated_data)
        return Response(PrintSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=PosterSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str | None = None) -> Response:
        poster = actions.share_poster(poster=self.get_object(), by=request.user)
        return Response(self.get_serializer(poster).data)

    @extend_schema(request=None, responses=PosterSerializer)
    @action(detail=True, methods=["post"])
    def unshare(self, request: Request, pk: str | None = None) -> Response:
        poster = actions.stop_sharing(poster=self.get_object(), by=request.user)
        return Response(self.get_serializer(poster).data)

    @extend_schema(request=None, responses=PosterSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str | None = None) -> Response:
        poster = actions.retire_poster(poster=self.get_object(), by=request.user)
        return Response(self.get_serializer(poster).data)


def _content(kind: str, blocks: dict[str, Any]) -> Any:
    """Blocks from outside: what is of the wrong shape is refused in a sentence like what is too long."""
    try:
        return poster_from_blocks(kind, blocks)
    except (TypeError, AttributeError, ValueError):
        raise ActionRefused(_("The blocks do not have the shape of a poster.")) from None


class PrintViewSet(Rows[PrintRecord]):
    """One's own prints; for coordinators all of their areas."""

    queryset = PrintRecord.objects.none()
    serializer_class = PrintSerializer
    filterset_class = PrintFilter
    keyset_order = ("-at", "-id")

    def get_queryset(self) -> Any:
        return PrintRecord.objects.visible_to(self.request.user).with_words()

    @extend_schema(request=PrintCreateSerializer, responses={201: PrintSerializer})
    def create(self, request: Request) -> Response:
        given = PrintCreateSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        row = actions.print_poster(by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ResidentSlipSerializer, responses={201: PrintSerializer})
    @action(detail=False, methods=["post"])
    def receipt(self, request: Request) -> Response:
        """A slip for the resident of a case, with its code; its file is at prints/{id}/file/."""
        given = ResidentSlipSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        row = actions.print_receipt(by=request.user, site=public_site_of(request), **given.validated_data)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[PDFRenderer, renderers.JSONRenderer])
    def file(self, request: Request, pk: str | None = None) -> HttpResponse:
        """The PDF. A list too large to be made while one waits comes from its job."""
        row = self.get_object()
        if row.names > rules.PRINT_AT_ONCE:
            raise ActionRefused(
                _("This list is too large to be made while you wait. Take the file from its job.")
            )
        pdf = actions.file_of(row, by=request.user)
        actions.note_fetched(print_record=row, by=request.user)
        return HttpResponse(pdf, content_type="application/pdf")


class DoorSheetViewSet(Rows[DoorSheet]):
    """Sheets of door lists with their numbers; one sheet tells which household stands on which line."""

    queryset = DoorSheet.objects.none()
    serializer_class = DoorSheetSerializer
    filterset_class = DoorSheetFilter
    keyset_order = ("-number",)

    def get_queryset(self) -> Any:
        rows = DoorSheet.objects.visible_to(self.request.user).select_related("area__parent__parent")
        return rows.prefetch_related("lines") if self.action == "retrieve" else rows

    def get_serializer_class(self) -> Any:
        return DoorSheetDetailSerializer if self.action == "retrieve" else DoorSheetSerializer

    @extend_schema(
        request=DoorOrderSerializer,
        responses={
            201: OrderedSerializer,
            202: OpenApiResponse(OrderedSerializer, "a large list, made in the background"),
        },
    )
    def create(self, request: Request) -> Response:
        given = DoorOrderSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        values = given.validated_data
        aid_round = values.get("round")
        order = DoorOrder(
            choice=Choice(
                areas=tuple(area.pk for area in values["areas"]),
                whom=values["whom"],
                round_id=aid_round.pk if aid_round else None,
                since=values.get("since"),
            ),
            task=values["task"],
            paper=values["paper"],
            say=values["say"],
            volunteers=tuple(user.pk for user in values.get("volunteers", ())),
            piles=values["piles"],
        )
        made = actions.order_doors(order=order, by=request.user, client_id=values.get("client_id"))
        if isinstance(made, Job):
            return Response({"print": None, "job": str(made.pk)}, status=status.HTTP_202_ACCEPTED)
        return Response({"print": PrintSerializer(made).data, "job": None}, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=DoorSheetSerializer)
    @action(detail=True, methods=["post"])
    def returned(self, request: Request, pk: str | None = None) -> Response:
        """The sheet lies at the posko again."""
        sheet = actions.mark_returned(sheet=self.get_object(), by=request.user)
        return Response(self.get_serializer(sheet).data)

    @extend_schema(request=None, responses=DoorSheetSerializer)
    @action(detail=True, methods=["post"], url_path="not-returned")
    def not_returned(self, request: Request, pk: str | None = None) -> Response:
        """It is still out after all."""
        sheet = actions.mark_out(sheet=self.get_object(), by=request.user)
        return Response(self.get_serializer(sheet).data)
