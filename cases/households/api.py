"""Families in the API: the same scope, filters and actions as the pages."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
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
from cases.households.models import AidReceipt, Household, Member
from cases.households.serializers import (
    CheckSerializer,
    ConsentSerializer,
    ConsentWriteSerializer,
    DaySerializer,
    HouseholdDetailSerializer,
    HouseholdEditSerializer,
    HouseholdSerializer,
    HouseholdWriteSerializer,
    KKSerializer,
    LeftSerializer,
    MemberSerializer,
    MemberWriteSerializer,
    MergeSerializer,
    ReceiptEditSerializer,
    ReceiptSerializer,
    RevealSerializer,
    VisitSerializer,
    WholeNumbersSerializer,
)
from cases.kernel.api_paging import KeysetPagination
from cases.kernel.exceptions import ActionRefused

SUB_LIST = {"pagination_class": None, "filterset_class": None}


class _Careful:
    """What a family's action refuses: errors by field, and questions as a list that can be accepted."""

    request: Any

    def _read(self, serializer: Any, **options: Any) -> Any:
        given = serializer(data=self.request.data, context=self.get_serializer_context(), **options)  # type: ignore[attr-defined]
        given.is_valid(raise_exception=True)
        return given

    def _answer(
        self, act: Callable[[], Any], shown: Callable[[Any], Any], code: int = status.HTTP_200_OK
    ) -> Response:
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


class HouseholdViewSet(
    _Careful, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Household]
):
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

    @extend_schema(request=ConsentWriteSerializer, responses={201: ConsentSerializer})
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: str | None = None) -> Response:
        """Who agreed to what; an empty `given_by` is the head of the family."""
        household, given = self.get_object(), self._read(ConsentWriteSerializer)
        return self._answer(
            lambda: actions.record_consent(household=household, consent=given.consent(), by=request.user),
            lambda agreed: ConsentSerializer(agreed).data,
            status.HTTP_201_CREATED,
        )

    @extend_schema(request=DaySerializer, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-consent")
    def withdraw_consent(self, request: Request, pk: str | None = None) -> Response:
        """All consent ends; KK, NIK, telephone and screenshots are erased for good."""
        return self._on_a_day(actions.withdraw_consent)

    @extend_schema(request=RevealSerializer, responses=WholeNumbersSerializer)
    @action(detail=True, methods=["post"])
    def numbers(self, request: Request, pk: str | None = None) -> Response:
        """The whole KK and NIK, for those who may see them; every call is on record with its reason."""
        household, given = self.get_object(), self._read(RevealSerializer)
        told = actions.reveal_numbers(household=household, by=request.user, **given.validated_data)
        niks = [{"member": member, "nik": nik} for member, nik in told.niks.items()]
        content = WholeNumbersSerializer({"kk": told.kk, "niks": niks}).data
        return Response(content, headers={"Cache-Control": "no-store"})

    @extend_schema(request=MergeSerializer, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str | None = None) -> Response:
        """Take another record of the same family into this one."""
        household, given = self.get_object(), self._read(MergeSerializer)
        return self._answer(
            lambda: actions.merge_households(
                keep=household, gone=given.validated_data["gone"], by=request.user
            ),
            self._whole,
        )

    @extend_schema(request=None, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str | None = None) -> Response:
        """Take a record that was merged into another out of it again, with what came along."""
        household = self.get_object()
        return self._answer(lambda: actions.unmerge(gone=household, by=request.user), self._whole)

    @extend_schema(request=DaySerializer, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"])
    def moved(self, request: Request, pk: str | None = None) -> Response:
        """The whole family moved away."""
        return self._on_a_day(actions.moved_away)

    @extend_schema(request=None, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"], url_path="moved-back")
    def moved_back(self, request: Request, pk: str | None = None) -> Response:
        household = self.get_object()
        return self._answer(lambda: actions.moved_back(household=household, by=request.user), self._whole)

    def _on_a_day(self, act: Callable[..., Any]) -> Response:
        household, given = self.get_object(), self._read(DaySerializer)
        return self._answer(
            lambda: act(household=household, by=self.request.user, **given.validated_data), self._whole
        )

    def _whole(self, household: Household) -> Any:
        fresh = self.get_queryset().get(pk=household.pk)
        return HouseholdDetailSerializer(fresh, context=self.get_serializer_context()).data


class MemberViewSet(_Careful, viewsets.GenericViewSet[Member]):
    """Someone who lives in a family; members are listed with their family only."""

    queryset = Member.objects.none()
    serializer_class = MemberSerializer
    http_method_names = ["post", "patch", "options"]

    def get_queryset(self) -> Any:
        return Member.objects.visible_to(self.request.user).filter(left_at=None).select_related("household")

    @extend_schema(request=MemberWriteSerializer, responses=MemberSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Only what is given is changed; an empty NIK without a reason keeps the one on record."""
        member, given = self.get_object(), self._read(MemberWriteSerializer, partial=True)
        return self._answer(
            lambda: actions.edit_member(
                member=member,
                data=given.changed(member),
                by=request.user,
                accept_warnings=given.validated_data.get("accept_warnings", False),
            ),
            self._shown,
        )

    @extend_schema(request=LeftSerializer, responses=MemberSerializer)
    @action(detail=True, methods=["post"])
    def left(self, request: Request, pk: str | None = None) -> Response:
        """Moved out, married out or died."""
        member, given = self.get_object(), self._read(LeftSerializer)
        head, others = given.validated_data.get("new_head"), member.household.members.filter(left_at=None)
        new_head = others.exclude(pk=member.pk).filter(pk=head).first() if head else None
        if head and new_head is None:
            raise ActionRefused(_("Choose someone who lives in this family now."))
        on = given.validated_data["on"]
        return self._answer(
            lambda: actions.member_left(member=member, on=on, new_head=new_head, by=request.user), self._shown
        )

    @extend_schema(request=None, responses=HouseholdDetailSerializer)
    @action(detail=True, methods=["post"])
    def head(self, request: Request, pk: str | None = None) -> Response:
        """This member is head of the family now."""
        member = self.get_object()
        return self._answer(
            lambda: actions.change_head(member=member, by=request.user),
            lambda family: HouseholdDetailSerializer(family).data,
        )

    def _shown(self, member: Member) -> Any:
        return MemberSerializer(member).data


class ReceiptViewSet(_Careful, viewsets.GenericViewSet[AidReceipt]):
    """What a family received of a round; listed with its family only."""

    queryset = AidReceipt.objects.none()
    serializer_class = ReceiptSerializer
    http_method_names = ["patch", "options"]

    def get_queryset(self) -> Any:
        return AidReceipt.objects.visible_to(self.request.user).select_related("household")

    @extend_schema(request=ReceiptEditSerializer, responses=ReceiptSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        receipt, given = self.get_object(), self._read(ReceiptEditSerializer, partial=True)
        values = {name: getattr(receipt, name) for name in ReceiptEditSerializer.Meta.fields}
        return self._answer(
            lambda: actions.edit_receipt(
                receipt=receipt, by=request.user, **{**values, **given.validated_data}
            ),
            lambda row: ReceiptSerializer(row).data,
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
    router.register("members", MemberViewSet)
    router.register("receipts", ReceiptViewSet)
