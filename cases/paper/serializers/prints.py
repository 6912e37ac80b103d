"""Posters, prints and door sheets as the API gives and takes them. No name of a family is in any of them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from cases.areas.models import Area
from cases.casefiles.models import Case
from cases.kernel.api_fields import RowList
from cases.paper.choices import DoorTask, PaperSize, PosterKind, Whom
from cases.paper.models import DoorLine, DoorSheet, Poster, PrintRecord
from cases.paper.rules import MOST_PILES
from cases.paper.serializers.common import Scoped
from cases.paper.sheets import poster_from_blocks
from cases.people.models import User
from cases.programmes.models import Round

MOST_AREAS = 300  # of one door list


class PosterSerializer(Scoped, serializers.ModelSerializer[Poster]):
    """`content` holds the blocks by name; left out, they are filled in from the schedule and the posko."""

    scoped = {"area": Area, "round": Round}

    area = serializers.PrimaryKeyRelatedField(queryset=Area.objects.none())
    area_label = serializers.CharField(source="area.label", read_only=True)
    round = serializers.PrimaryKeyRelatedField(queryset=Round.objects.none(), required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=PosterKind)
    content = serializers.DictField(required=False)
    too_small = serializers.ListField(child=serializers.CharField(), read_only=True)
    words = serializers.SerializerMethodField()
    client_id = serializers.UUIDField(write_only=True, required=False)

    class Meta:
        model = Poster
        fields = [
            "id",
            "kind",
            "area",
            "area_label",
            "round",
            "content",
            "words",
            "with_strips",
            "with_qr",
            "valid_until",
            "shared",
            "too_small",
            "retired_at",
            "created_at",
            "updated_at",
            "client_id",
        ]
        read_only_fields = ["shared", "retired_at", "with_strips"]

    def get_words(self, poster: Poster) -> int:
        return poster_from_blocks(poster.kind, poster.content).word_count


class ResidentSlipSerializer(Scoped):
    """A slip for the resident of a case; the same client id gives the same print."""

    scoped = {"case": Case}

    case = serializers.PrimaryKeyRelatedField(queryset=Case.objects.none())
    paper = serializers.ChoiceField(choices=[PaperSize.A4.value, PaperSize.F4.value], default=PaperSize.F4)
    with_qr = serializers.BooleanField(default=False)
    client_id = serializers.UUIDField(required=False)


class PosterChangeSerializer(serializers.Serializer[Any]):
    """Blocks that are not named stay as they are."""

    content = serializers.DictField(required=False)
    valid_until = serializers.DateField(required=False, allow_null=True)
    with_qr = serializers.BooleanField(required=False)


class PaperSerializer(serializers.Serializer[Any]):
    paper = serializers.ChoiceField(choices=PaperSize)
    client_id = serializers.UUIDField(required=False)


class PrintSerializer(serializers.ModelSerializer[PrintRecord]):
    """Who printed what, for which area, with how many names."""

    area_label = serializers.CharField(source="area.label", read_only=True)
    printed_by = serializers.CharField(source="by.username", default=None, read_only=True)

    class Meta:
        model = PrintRecord
        fields = [
            "id",
            "kind",
            "area",
            "area_label",
            "paper",
            "purpose",
            "pages",
            "names",
            "digest",
            "poster",
            "printed_by",
            "at",
        ]
        read_only_fields = fields


class PrintCreateSerializer(Scoped):
    """A print of a poster; door lists are asked for under door-sheets."""

    scoped = {"poster": Poster}

    poster = serializers.PrimaryKeyRelatedField(queryset=Poster.objects.none())
    paper = serializers.ChoiceField(choices=PaperSize)
    client_id = serializers.UUIDField(required=False)


class DoorLineSerializer(serializers.ModelSerializer[DoorLine]):
    class Meta:
        model = DoorLine
        fields = ["line", "household"]
        read_only_fields = fields


class DoorSheetSerializer(serializers.ModelSerializer[DoorSheet]):
    area_label = serializers.CharField(source="area.label", read_only=True)

    class Meta:
        model = DoorSheet
        fields = [
            "id",
            "number",
            "print",
            "area",
            "area_label",
            "task",
            "round",
            "pile",
            "page",
            "returned_at",
        ]
        read_only_fields = fields


class DoorSheetDetailSerializer(DoorSheetSerializer):
    lines = DoorLineSerializer(many=True, read_only=True)

    class Meta(DoorSheetSerializer.Meta):
        fields = [*DoorSheetSerializer.Meta.fields, "lines"]
        read_only_fields = fields


class DoorOrderSerializer(Scoped):
    """What a door list is asked for with. `volunteers` are ids of users, one a pile."""

    scoped = {"areas": Area, "round": Round, "volunteers": User}

    areas = RowList(
        serializers.PrimaryKeyRelatedField(queryset=Area.objects.none()), most=MOST_AREAS, allow_empty=False
    )
    task = serializers.ChoiceField(choices=DoorTask)
    round = serializers.PrimaryKeyRelatedField(queryset=Round.objects.none(), required=False, allow_null=True)
    whom = serializers.ChoiceField(choices=Whom, default=Whom.ALL)
    since = serializers.DateField(required=False, allow_null=True)
    paper = serializers.ChoiceField(choices=PaperSize, default=PaperSize.F4.value)
    say = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    volunteers = RowList(
        serializers.PrimaryKeyRelatedField(queryset=User.objects.none()), most=MOST_PILES, required=False
    )
    piles = serializers.IntegerField(min_value=1, max_value=MOST_PILES, default=1)
    client_id = serializers.UUIDField(required=False)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["whom"] in (Whom.UNCHECKED, Whom.UNVISITED) and not values.get("since"):
            raise serializers.ValidationError({"since": _("Since which day?")})
        return values


class OrderedSerializer(serializers.Serializer[Any]):
    """What became of an order: a print that is ready (201), or a job that makes it (202)."""

    print = PrintSerializer(allow_null=True, required=False)
    job = serializers.UUIDField(allow_null=True, required=False)
