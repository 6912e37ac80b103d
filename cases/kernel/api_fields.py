"""Fields of the API that several slices use."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class RowList(serializers.ManyRelatedField):
    """Ids of rows, `most` of them: each is a look-up, so a longer list is refused before the first."""

    default_error_messages = {"too_long": _("This list is too long: at most %(most)d.")}

    def __init__(self, child_relation: Any, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(child_relation=child_relation, **options)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list) and len(data) > self.most:
            raise serializers.ValidationError(
                str(self.error_messages["too_long"]) % {"most": self.most}, code="too_long"
            )
        return super().to_internal_value(data)
