"""Families in the API: the same scope, filters and actions as the pages."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from cases.households import actions
from cases.households.filters import ORDERS, WALKING, HouseholdFilter
from cases.households.findings import HouseholdRefused, LookAgain, sentence
from cases.households.models import Household
from cases.households.serializers import (
    CheckSerializer,
    HouseholdDetailSerializer,
    HouseholdEditSerializer,
    HouseholdSerializer,
    HouseholdWriteSerializer,
    KKSerializer,
    MemberSerializer,
    MemberWriteSerializer,
    ReceiptSerializer,
    VisitSerializer,
)
from cases.kernel.api_paging import KeysetPagination

SUB_LIST = {"pagination_class": None, "filterset_class": None}


class HouseholdViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Household]):
    """A refusal for something worth a second look is 409 with `warnings`; send `accept_warnings` when a person has looked."""

    queryset = Household.objects.none()
    filterset_class = HouseholdFilter
    pagination_class = KeysetPagination
    http_method_names = ["get", "post", "patch", "head", "options"]

    @property
    def keyset_order(self) -> tuple[str, ...]:
        return ORDERS.get(self.request.query_params.get("order", ""), ORDERS[WALKING])

    def get_queryset(self) -> Any:
        rows = Household.objects.visible_to(self.request.user).select_related("area__parent__parent")
        if self.action == "list":
            return rows.current()
        return rows.prefetch_related("members", "consents")

    def filter_queryset(self, queryset: Any) -> Any:
        # One family is found by its id, whatever the filters of the list say.
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_class(self) -> Any:
        return HouseholdSerializer if self.action == "list" else HouseholdDetailSerializer

    @extend_schema(request=HouseholdWriteSerializer, responses={201: HouseholdDetailSerializer})
    def create(self, request: Request) -> Response:
        given = self._read(HouseholdWriteSerializer)
        accept = given.validated_data["accept_warnings"]
        return self._answer(
            lambda: actions.record_household(by=request.user, accept_warnings=accept, **given.values()),
            self._whole,
            status.HTTP_201_CREATED,
        )

    @extend_schema(request=HouseholdEditSerializer, responses=HouseholdDetailSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        household = self.get_object()
        given = self._read(HouseholdEditSerializer, partial=True)
        accept = given.validated_data.get("accept_warnings", False)
        return self._answer(
            lambda: actions.edit_household(
                household=household, changes=given.values(), by=request.user, accept_warnings=accept
            ),
            self._whole,
        )

    @extend_schema(request=KKSerializer, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"])
    def kk(self, request: Request, pk: str | None = None) -> Response:
        """The family's first KK number, or another one; the one before is kept."""
        household, given = self.get_object(), self._read(KKSerializer)
        return self._answer(
            lambda: actions.change_kk(household=household, by=request.user, **given.validated_data),
            self._whole,
        )

    @extend_schema(request=MemberWriteSerializer, responses={201: MemberSerializer})
    @action(detail=True, methods=["post"])
    def members(self, request: Request, pk: str | None = None) -> Response:
        """Add a member."""
        household, given = self.get_object(), self._read(MemberWriteSerializer)
        return self._answer(
            lambda: actions.add_member(
                household=household,
                member=given.member(),
                by=request.user,
                accept_warnings=given.validated_data["accept_warnings"],
            ),
            lambda member: MemberSerializer(member).data,
            status.HTTP_201_CREATED,
        )

    @extend_schema(methods=["GET"], responses=CheckSerializer(many=True))
    @extend_schema(methods=["POST"], request=CheckSerializer, responses={201: CheckSerializer})
    @action(detail=True, methods=["get", "post"], **SUB_LIST)
    def checks(self, request: Request, pk: str | None = None) -> Response:
        """What portals and lists answered about the family."""
        return self._rows("status_checks", CheckSerializer, actions.record_check)

    @extend_schema(methods=["GET"], responses=ReceiptSerializer(many=True))
    @extend_schema(methods=["POST"], request=ReceiptSerializer, responses={201: ReceiptSerializer})
    @action(detail=True, methods=["get", "post"], **SUB_LIST)
    def receipts(self, request: Request, pk: str | None = None) -> Response:
        """What the family received of each round, due and actual in rupiah."""
        return self._rows("aid_receipts", ReceiptSerializer, actions.record_receipt)

    @extend_schema(methods=["GET"], responses=VisitSerializer(many=True))
    @extend_schema(methods=["POST"], request=VisitSerializer, responses={201: VisitSerializer})
    @action(detail=True, methods=["get", "post"], **SUB_LIST)
    def visits(self, request: Request, pk: str | None = None) -> Response:
        return self._rows("visits", VisitSerializer, actions.record_visit)

    def _rows(self, related: str, serializer: Any, act: Callable[..., Any]) -> Response:
        household = self.get_object()
        if self.request.method == "GET":
            return Response(serializer(getattr(household, related).all(), many=True).data)
        given = self._read(serializer)
        return self._answer(
            lambda: act(household=household, by=self.request.user, **given.validated_data),
            lambda row: serializer(row).data,
            status.HTTP_201_CREATED,
        )

    def _read(self, serializer: Any, **options: Any) -> Any:
        given = serializer(data=self.request.data, context=self.get_serializer_context(), **options)
        given.is_valid(raise_exception=True)
        return given

    def _whole(self, household: Household) -> Any:
        fresh = self.get_queryset().get(pk=household.pk)
        return HouseholdDetailSerializer(fresh, context=self.get_serializer_context()).data

    def _answer(
        self, act: Callable[[], Any], shown: Callable[[Any], Any], code: int = status.HTTP_200_OK
    ) -> Response:
        """What the action gives; its refusals by field, and its questions as a list that can be accepted."""
        try:
            return Response(shown(act()), status=code)
        except HouseholdRefused as refusal:
            errors: dict[str, list[str]] = {}
            for finding in refusal.findings:
                errors.setdefault(finding.field, []).append(str(sentence(finding.code)))
            raise ValidationError(errors) from refusal
        except LookAgain as look:
            return Response(
                problem_of(look), status.HTTP_409_CONFLICT, content_type="application/problem+json"
            )


def problem_of(look: LookAgain) -> dict[str, Any]:
    """Problem details (RFC 9457) with what to look at; a family outside the reader's area has no id here."""
    warnings = [
        {
            "field": finding.field,
            "code": finding.code,
            "detail": str(sentence(finding.code)),
            "household": None,
        }
        for finding in look.warnings
    ]
    warnings += [
        {
            "field": "",
            "code": f"duplicate_{same.code}",
            "detail": str(same.sentence),
            "household": same.household.pk if same.household else None,
        }
        for same in look.duplicates
    ]
    return {
        "type": "about:blank#look-again",
        "title": "look-again",
        "status": status.HTTP_409_CONFLICT,
        "detail": str(look),
        "warnings": warnings,
    }


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("households", HouseholdViewSet)
