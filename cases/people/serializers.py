"""People and roles as the API gives and takes them: no password, no key, no e-mail."""

from typing import Any

from rest_framework import serializers

from cases.areas.choices import Level
from cases.areas.fields import choosable
from cases.areas.models import Area
from cases.people.choices import Role
from cases.people.models import Membership, SavedFilter, User


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    class Meta:
        model = Membership
        fields = ["id", "user", "area", "role", "since", "ended_at"]
        read_only_fields = ["since", "ended_at"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and request.user.is_authenticated:
            fields["user"].queryset = User.objects.visible_to(request.user)  # type: ignore[attr-defined]
            fields["area"].queryset = choosable(  # type: ignore[attr-defined]
                request.user, list(Level), coordinated=True
            )
        else:
            fields["area"].queryset = Area.objects.none()  # type: ignore[attr-defined]
        return fields


class RoleSerializer(serializers.Serializer[Any]):
    area = serializers.CharField()
    area_label = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class PersonSerializer(serializers.ModelSerializer[User]):
    """The telephone number is there for those who look after the person, and for the person."""

    roles = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()
    organisation = serializers.CharField(source="organisation.short_name", default=None, read_only=True)

    class Meta:
        model = User
        fields = ["id", "username", "name", "phone", "organisation", "is_active", "roles"]
        read_only_fields = fields

    def get_roles(self, person: User) -> list[dict[str, str]]:
        return RoleSerializer(
            [
                {"area": held.area_id, "area_label": held.area.label, "role": held.role}
                for held in person.seen_memberships  # type: ignore[attr-defined]
            ],
            many=True,
        ).data

    def get_phone(self, person: User) -> str | None:
        user = self.context["request"].user
        looked_after = any(user.coordinates(held.area_id) for held in person.seen_memberships)  # type: ignore[attr-defined]
        return person.phone if looked_after or person.pk == user.pk else None


class SavedFilterSerializer(serializers.ModelSerializer[SavedFilter]):
    """`query` as it stands in an address ("status=open&area=31.75.05.1001"); what is no filter of the list is left out."""

    query = serializers.CharField(max_length=2000)

    class Meta:
        model = SavedFilter
        fields = ["id", "place", "name", "query", "created_at"]
        read_only_fields = ["created_at"]


class FilterNameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
