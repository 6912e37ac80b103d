"""What the serializers of paper share."""

from typing import Any

from rest_framework import serializers


class Scoped(serializers.Serializer[Any]):
    """Choices of rows are those of whoever asks; empty while the schema is drawn."""

    scoped: dict[str, Any] = {}

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and request.user.is_authenticated:
            for name, model in self.scoped.items():
                field = fields[name]
                relation = getattr(field, "child_relation", field)
                relation.queryset = model.objects.visible_to(request.user)
        return fields
