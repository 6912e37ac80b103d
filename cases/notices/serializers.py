"""A digest as the API gives it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.notices.models import Digest
from cases.notices.wording import lines


class LineSerializer(serializers.Serializer[Any]):
    """A kind of event, how many things it was about, and where they are found on the site."""

    verb = serializers.CharField()
    count = serializers.IntegerField()
    words = serializers.CharField()
    url = serializers.CharField()


class DigestSerializer(serializers.ModelSerializer[Digest]):
    """Counts and links alone: no name, no number, nothing of any case."""

    lines = serializers.SerializerMethodField()

    class Meta:
        model = Digest
        fields = ["id", "day", "seen_at", "lines"]
        read_only_fields = fields

    @extend_schema_field(LineSerializer(many=True))
    def get_lines(self, digest: Digest) -> Any:
        return LineSerializer(lines(digest, self.context["request"].user), many=True).data
