"""Families in the API. Numbers of identity are written whole, read masked, and never listed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.areas.models import Area
from cases.households.choices import (
    AskedWith,
    CheckAnswer,
    ConsentMethod,
    ConsentPurpose,
    KKChange,
    NoNik,
    Portal,
    Relation,
    RevealReason,
    Sex,
    VisitResult,
    VisitTask,
)
from cases.households.entries import NEEDS, ConsentData, MemberData
from cases.households.models import AidReceipt, Consent, Household, Member, StatusCheck, Visit
from cases.programmes.models import Programme, Round

MOST_MEMBERS = 30  # of one family


class ScopedField[Row: Any](serializers.PrimaryKeyRelatedField[Row]):
    """A row of what the user may see; anything else does not exist."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        request = self.context.get("request")
        return rows.visible_to(request.user) if rows is not None and request is not None else rows


class HouseholdSerializer(serializers.ModelSerializer[Household]):
    """As it stands in a list."""

    area_label = serializers.CharField(source="area.label", read_only=True)
    needs = serializers.SerializerMethodField()

    class Meta:
        model = Household
        fields = [
            *(
                "id",
                "head_name",
                "area",
                "area_label",
                "alley",
                "house_number",
                "landmark",
                "needs",
                "status",
            ),
            *("created_at", "updated_at"),
        ]

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=NEEDS)))
    def get_needs(self, household: Household) -> list[str]:
        return [name for name in NEEDS if getattr(household, f"has_{name}")]


class MemberSerializer(serializers.ModelSerializer[Member]):
    nik = serializers.CharField(source="nik_masked", read_only=True, help_text="Masked.")

    class Meta:
        model = Member
        fields = ["id", "name", "relation", "sex", "birth_date", "nik", "no_nik", "left_at"]


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=ConsentPurpose.choices))

    class Meta:
        model = Consent
        fields = ["id", "given_by", "given_on", "method", "purposes", "withdrawn_on"]


class HouseholdDetailSerializer(HouseholdSerializer):
    kk = serializers.CharField(source="kk_masked", read_only=True, help_text="Masked.")
    phone = serializers.CharField(read_only=True)
    members = MemberSerializer(many=True, read_only=True)
    consents = ConsentSerializer(many=True, read_only=True)

    class Meta(HouseholdSerializer.Meta):
        fields = [
            *HouseholdSerializer.Meta.fields,
            *(
                "kk",
                "phone",
                "livelihood",
                "housing",
                "vehicle",
                "notes",
                "merged_into",
                "members",
                "consents",
            ),
        ]


class MemberWriteSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    relation = serializers.ChoiceField(choices=Relation.choices, default=Relation.OTHER)
    sex = serializers.ChoiceField(choices=Sex.choices, default="", allow_blank=True)
    birth_date = serializers.DateField(default=None, allow_null=True)
    nik = serializers.CharField(max_length=24, default="", allow_blank=True)
    no_nik = serializers.ChoiceField(choices=NoNik.choices, default="", allow_blank=True)
    accept_warnings = serializers.BooleanField(default=False, help_text="A person has looked again.")

    def member(self) -> MemberData:
        return member_data(self.validated_data)

    def changed(self, member: Member) -> MemberData:
        """The member as it stands with what was given laid over it; the NIK only where one was given."""
        stands = {name: getattr(member, name) for name in ("name", "relation", "sex", "birth_date")}
        return member_data({**stands, **self.validated_data})


class ConsentWriteSerializer(serializers.Serializer[Any]):
    given_by = serializers.CharField(max_length=120, default="", allow_blank=True)
    given_on = serializers.DateField()
    method = serializers.ChoiceField(choices=ConsentMethod.choices)
    purposes = serializers.ListField(
        child=serializers.ChoiceField(choices=ConsentPurpose.choices),
        allow_empty=False,
        max_length=len(ConsentPurpose),
    )

    def consent(self) -> ConsentData:
        return consent_data(self.validated_data)


class HouseholdEditSerializer(serializers.Serializer[Any]):
    """Only what is given is changed."""

    area = ScopedField(queryset=Area.objects.all())
    head_name = serializers.CharField(max_length=120)
    alley = serializers.CharField(max_length=120, allow_blank=True, required=False)
    house_number = serializers.CharField(max_length=20, allow_blank=True, required=False)
    landmark = serializers.CharField(max_length=120, allow_blank=True, required=False)
    phone = serializers.CharField(max_length=24, allow_blank=True, required=False)
    needs = serializers.ListField(
        child=serializers.ChoiceField(choices=NEEDS), required=False, max_length=len(NEEDS)
    )
    livelihood = serializers.CharField(max_length=80, allow_blank=True, required=False)
    housing = serializers.ChoiceField(
        choices=Household._meta.get_field("housing").choices, allow_blank=True, required=False
    )
    vehicle = serializers.ChoiceField(
        choices=Household._meta.get_field("vehicle").choices, allow_blank=True, required=False
    )
    notes = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    accept_warnings = serializers.BooleanField(default=False, help_text="A person has looked again.")

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.validated_data.items() if name != "accept_warnings"}
        if "needs" in given:
            given["needs"] = {name: name in given["needs"] for name in NEEDS}
        return given


class HouseholdWriteSerializer(HouseholdEditSerializer):
    kk = serializers.CharField(max_length=24, allow_blank=True, required=False)
    members = MemberWriteSerializer(many=True, required=False, max_length=MOST_MEMBERS)
    consent = ConsentWriteSerializer(required=False, allow_null=True)
    client_id = serializers.UUIDField(required=False, allow_null=True)

    def values(self) -> dict[str, Any]:
        given = super().values()
        given["members"] = [member_data(member) for member in given.get("members", [])]
        if agreed := given.get("consent"):
            given["consent"] = consent_data(agreed)
        return given


class DaySerializer(serializers.Serializer[Any]):
    on = serializers.DateField()


class LeftSerializer(DaySerializer):
    """`new_head`: the id of another member, where the head leaves."""

    new_head = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31)


class MergeSerializer(serializers.Serializer[Any]):
    """The other record: all it holds goes to this one, and it leads here afterwards."""

    gone = ScopedField(queryset=Household.objects.all())


class RevealSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=RevealReason.choices)


class MemberNumberSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField()
    nik = serializers.CharField()


class WholeNumbersSerializer(serializers.Serializer[Any]):
    """Whole numbers of those who live in the family now; empty where none is on record."""

    kk = serializers.CharField()
    niks = MemberNumberSerializer(many=True)


class KKSerializer(serializers.Serializer[Any]):
    kk = serializers.CharField(max_length=24)
    reason = serializers.ChoiceField(choices=KKChange.choices)
    accept_warnings = serializers.BooleanField(default=False, help_text="A person has looked again.")


class CheckSerializer(serializers.ModelSerializer[StatusCheck]):
    portal = serializers.ChoiceField(choices=Portal.choices)
    asked_with = serializers.ChoiceField(choices=AskedWith.choices)
    answer = serializers.ChoiceField(choices=CheckAnswer.choices)
    programme = ScopedField(queryset=Programme.objects.all(), required=False, allow_null=True)
    client_id = serializers.UUIDField(required=False, allow_null=True, write_only=True)
    has_screenshot = serializers.SerializerMethodField()

    class Meta:
        model = StatusCheck
        fields = [
            *("id", "portal", "checked_on", "asked_with", "answer", "desil", "programme", "period", "notes"),
            *("client_id", "has_screenshot", "created_at"),
        ]

    def get_has_screenshot(self, check: StatusCheck) -> bool:
        return bool(check.screenshot)


class ReceiptSerializer(serializers.ModelSerializer[AidReceipt]):
    round = ScopedField(queryset=Round.objects.all())
    difference = serializers.IntegerField(read_only=True, allow_null=True)
    client_id = serializers.UUIDField(required=False, allow_null=True, write_only=True)

    class Meta:
        model = AidReceipt
        fields = [
            *(
                "id",
                "round",
                "due_amount",
                "actual_amount",
                "difference",
                "received_on",
                "notes",
                "client_id",
            ),
            "created_at",
        ]


class VisitSerializer(serializers.ModelSerializer[Visit]):
    task = serializers.ChoiceField(choices=VisitTask.choices)
    result = serializers.ChoiceField(choices=VisitResult.choices)
    round = ScopedField(queryset=Round.objects.all(), required=False, allow_null=True)
    client_id = serializers.UUIDField(required=False, allow_null=True, write_only=True)

    class Meta:
        model = Visit
        fields = ["id", "visited_on", "task", "result", "round", "notes", "client_id", "created_at"]


class ReceiptEditSerializer(serializers.ModelSerializer[AidReceipt]):
    """Only what is given is changed; the round stays."""

    class Meta:
        model = AidReceipt
        fields = ["due_amount", "actual_amount", "received_on", "notes"]


def consent_data(given: dict[str, Any]) -> ConsentData:
    return ConsentData(**{**given, "purposes": tuple(given["purposes"])})


def member_data(given: dict[str, Any]) -> MemberData:
    return MemberData(**{name: value for name, value in given.items() if name != "accept_warnings"})
