"""Programmes, rounds and dates as the API gives and takes them. Amounts are whole rupiah."""

from typing import Any

from rest_framework import serializers

from cases.areas.models import Area
from cases.programmes.models import Programme, ProgrammeComponent, Round, Schedule


def _asking(serializer: serializers.BaseSerializer[Any]) -> Any:
    """Who asks; None while the schema is drawn."""
    request = serializer.context.get("request")
    return request.user if request is not None and request.user.is_authenticated else None


class ComponentSerializer(serializers.ModelSerializer[ProgrammeComponent]):
    class Meta:
        model = ProgrammeComponent
        fields = ["name", "amount", "per"]


class ProgrammeSerializer(serializers.ModelSerializer[Programme]):
    components = ComponentSerializer(many=True, required=False, max_length=30)

    class Meta:
        model = Programme
        fields = [
            "id",
            "code",
            "name",
            "kind",
            "unit",
            "amount",
            "cadence",
            "channel",
            "legal_basis",
            "last_checked",
            "description",
            "active",
            "components",
        ]
        # The action says it in one sentence, under concurrency too.
        extra_kwargs = {"code": {"validators": []}}


class RoundSerializer(serializers.ModelSerializer[Round]):
    programme = serializers.PrimaryKeyRelatedField(queryset=Programme.objects.none())
    client_id = serializers.UUIDField(write_only=True, required=False)

    class Meta:
        model = Round
        fields = [
            "id",
            "programme",
            "name",
            "period_start",
            "period_end",
            "amount",
            "channel",
            "status",
            "client_id",
        ]
        validators: list[Any] = []

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        user = _asking(self)
        if user is not None:
            fields["programme"].queryset = Programme.objects.visible_to(user)
        return fields


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    round = serializers.PrimaryKeyRelatedField(queryset=Round.objects.none())
    area = serializers.PrimaryKeyRelatedField(queryset=Area.objects.none())
    area_label = serializers.CharField(source="area.label", read_only=True)
    client_id = serializers.UUIDField(write_only=True, required=False)

    class Meta:
        model = Schedule
        fields = [
            "id",
            "round",
            "area",
            "area_label",
            "date",
            "starts",
            "ends",
            "place",
            "bring",
            "notes",
            "cancelled_reason",
            "client_id",
        ]
        read_only_fields = ["cancelled_reason"]
        validators: list[Any] = []

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        user = _asking(self)
        if user is not None:
            fields["round"].queryset = Round.objects.visible_to(user)
            fields["area"].queryset = Area.objects.visible_to(user)
        return fields


class CancelSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)
