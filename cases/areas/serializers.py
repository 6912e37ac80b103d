"""Areas, kampung, boards and own days as the API gives and takes them."""

from typing import Any

from rest_framework import serializers

from cases.areas.choices import Level
from cases.areas.fields import choosable
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay
from cases.areas.rules import Unreadable, read_numbers
from cases.kernel.api_fields import RowList


class CoordinatedAreaField(serializers.PrimaryKeyRelatedField):
    """An area, by its code, that the caller coordinates."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return choosable(request and request.user, list(Level), coordinated=True)


class AreaSerializer(serializers.ModelSerializer[Area]):
    label = serializers.CharField(read_only=True)

    class Meta:
        model = Area
        fields = ["code", "level", "name", "alias", "label", "parent"]
        read_only_fields = ["code", "level", "name", "parent"]


class NumbersSerializer(serializers.Serializer[Any]):
    """`numbers` as people write them: "005" or "001-011"."""

    numbers = serializers.CharField(max_length=200)

    def validate_numbers(self, text: str) -> list[str]:
        try:
            return read_numbers(text)
        except Unreadable as fault:
            raise serializers.ValidationError(
                f"Unreadable: {fault.part}" if fault.part else "Too many."
            ) from None


MOST_AREAS = 300  # of one kampung


class KampungSerializer(serializers.ModelSerializer[Kampung]):
    areas = RowList(CoordinatedAreaField(), most=MOST_AREAS)

    class Meta:
        model = Kampung
        fields = [
            "id",
            "name",
            "areas",
            "spreading",
            "posko_place",
            "posko_hours",
            "posko_phone",
            "notes",
        ]


class BoardSerializer(serializers.ModelSerializer[NoticeBoard]):
    area = CoordinatedAreaField()

    class Meta:
        model = NoticeBoard
        fields = ["id", "kampung", "area", "place", "landmark", "size", "notes", "active"]
        read_only_fields = ["active"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and request.user.is_authenticated:
            fields["kampung"].queryset = Kampung.objects.visible_to(request.user)  # type: ignore[attr-defined]
        return fields


class OwnDaySerializer(serializers.ModelSerializer[OwnDay]):
    # The action says in words what a second day on one date means.
    date = serializers.DateField()

    class Meta:
        model = OwnDay
        fields = ["id", "date", "change", "name"]
