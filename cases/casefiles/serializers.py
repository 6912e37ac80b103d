"""Cases as the API gives and takes them: codes, dates, whole rupiah; of a reporter only what the asker may learn."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.areas.choices import Level
from cases.areas.fields import choosable
from cases.areas.models import Area
from cases.casefiles import codes, rules
from cases.casefiles.actions import Levy, ReporterData, levy_of
from cases.casefiles.choices import (
    Category,
    CloseReason,
    Confirmed,
    LinkKind,
    Outcome,
    ReporterLevel,
    ReporterRelation,
    RevokeReason,
    Urgency,
)
from cases.casefiles.models import Case, CaseGroup, CaseLink, Evidence
from cases.casefiles.permissions import (
    can_download_original,
    can_view_evidence,
    household_for,
    knows_recorder,
    reporter_for,
    workers_of,
)
from cases.households.models import Household
from cases.people.models import User
from cases.programmes.models import Programme, Round


class ScopedRelatedField(serializers.PrimaryKeyRelatedField):
    """Rows that the asker may see; `offered` is a function of the user."""

    def __init__(self, *, offered: Any, model: Any, **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or not request.user.is_authenticated:
            return super().get_queryset()
        return self.offered(request.user)


def _area(**kwargs: Any) -> ScopedRelatedField:
    levels = (Level.VILLAGE, Level.RW, Level.RT)
    return ScopedRelatedField(offered=lambda user: choosable(user, levels), model=Area, **kwargs)


def _household(**kwargs: Any) -> ScopedRelatedField:
    return ScopedRelatedField(
        offered=lambda user: Household.objects.visible_to(user).current(),
        model=Household,
        required=False,
        allow_null=True,
        **kwargs,
    )


class ReporterToldSerializer(serializers.Serializer):
    """What the asker may learn. `withheld`: a name is kept, and `reveal-reporter` shows it, on record."""

    level = serializers.ChoiceField(choices=[("", ""), *ReporterLevel.choices])
    withheld = serializers.BooleanField()


class ReporterRevealedSerializer(ReporterToldSerializer):
    name = serializers.CharField()
    phone = serializers.CharField()
    relation = serializers.CharField()


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """The files themselves come from the pages: `url` shows, `original_url` takes a POST and is recorded."""

    url = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = [
            "id",
            "kind",
            "caption",
            "original_type",
            "original_size",
            "original_sha256",
            "added_at",
            "struck_at",
            "struck_reason",
            "url",
            "original_url",
        ]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_url(self, evidence: Evidence) -> str | None:
        return self._url(evidence, "evidence", can_view_evidence)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_original_url(self, evidence: Evidence) -> str | None:
        return self._url(evidence, "original", can_download_original)

    def _url(self, evidence: Evidence, name: str, allowed: Any) -> str | None:
        from django.urls import reverse

        user = self.context["request"].user
        return reverse(f"casefiles:{name}", args=[evidence.pk]) if allowed(user, evidence) else None


class CaseRowSerializer(serializers.ModelSerializer[Case]):
    turn = serializers.CharField(read_only=True)
    days_left = serializers.IntegerField(read_only=True, allow_null=True)
    area_label = serializers.CharField(source="area.label", read_only=True)

    class Meta:
        model = Case
        fields = [
            "id",
            "number",
            "category",
            "area",
            "area_label",
            "programme",
            "round",
            "urgency",
            "status",
            "turn",
            "due_on",
            "days_left",
            "assigned_to",
            "group",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class CaseSerializer(CaseRowSerializer):
    household = serializers.SerializerMethodField()
    created_by = serializers.SerializerMethodField()
    reporter = serializers.SerializerMethodField()
    evidence = EvidenceSerializer(many=True, read_only=True)
    links = serializers.SerializerMethodField()

    class Meta(CaseRowSerializer.Meta):
        fields = [
            *CaseRowSerializer.Meta.fields,
            "household",
            "happened_on",
            "happened_about",
            "story",
            "details",
            "levy_amount",
            "levy_out_of",
            "levy_excuse",
            "actor_role",
            "levy_way",
            "needs",
            "outcome",
            "outcome_confirmed",
            "close_reason",
            "created_by",
            "reporter",
            "evidence",
            "links",
        ]
        read_only_fields = fields

    @property
    def _user(self) -> User:
        return self.context["request"].user

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_household(self, case: Case) -> int | None:
        household = household_for(case, self._user)
        return household.pk if household else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_created_by(self, case: Case) -> str | None:
        """The user name of the recorder, for those who may know it."""
        known = case.created_by is not None and knows_recorder(self._user, case)
        return case.created_by.get_username() if known and case.created_by else None

    @extend_schema_field(ReporterToldSerializer)
    def get_reporter(self, case: Case) -> dict[str, Any]:
        told = reporter_for(case, self._user)
        return {"level": told.level, "withheld": told.withheld}

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_links(self, case: Case) -> list[dict[str, Any]]:
        rows = CaseLink.objects.visible_to(self._user).between(case).select_related("case", "other")
        pairs = [(row.kind, row.other if row.case_id == case.pk else row.case) for row in rows]
        return [{"kind": kind, "id": other.pk, "number": other.number} for kind, other in pairs]


class ReporterGivenSerializer(serializers.Serializer):
    level = serializers.ChoiceField(choices=ReporterLevel)
    name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=30)
    relation = serializers.ChoiceField(choices=ReporterRelation, required=False, allow_blank=True)


class CaseChangeSerializer(serializers.Serializer):
    """What may be changed; everything is optional, the reporter is given whole."""

    area = _area(required=False)
    household = _household()
    category = serializers.ChoiceField(choices=Category, required=False)
    programme = ScopedRelatedField(
        offered=Programme.objects.visible_to, model=Programme, required=False, allow_null=True
    )
    round = ScopedRelatedField(offered=Round.objects.visible_to, model=Round, required=False, allow_null=True)
    happened_on = serializers.DateField(required=False, allow_null=True)
    happened_about = serializers.CharField(required=False, allow_blank=True, max_length=rules.ABOUT_LENGTH)
    story = serializers.CharField(required=False, max_length=rules.STORY_LENGTH)
    urgency = serializers.ChoiceField(choices=Urgency, required=False)
    details = serializers.DictField(required=False)
    levy_amount = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=rules.LARGEST_AMOUNT
    )
    levy_out_of = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=rules.LARGEST_AMOUNT
    )
    levy_excuse = serializers.CharField(required=False, allow_blank=True, max_length=16)
    actor_role = serializers.CharField(required=False, allow_blank=True, max_length=12)
    levy_way = serializers.CharField(required=False, allow_blank=True, max_length=10)
    reporter = ReporterGivenSerializer(required=False)

    def arguments(self, case: Case | None = None) -> dict[str, Any]:
        """As actions.log_case and actions.edit take them."""
        given = dict(self.validated_data)
        columns = {name: given.pop(name) for name in rules.COLUMNS if name in given}
        if columns:
            levy = levy_of(case) if case is not None else Levy()
            given["levy"] = Levy(
                **{
                    **levy.__dict__,
                    **{name.removeprefix("levy_"): value for name, value in columns.items()},
                }
            )
        if "reporter" in given:
            given["reporter"] = ReporterData(**given["reporter"])
        return given


class CaseGivenSerializer(CaseChangeSerializer):
    """A new case. `client_id` makes it safe to send again. Without an area, the household's RT is taken."""

    category = serializers.ChoiceField(choices=Category)
    story = serializers.CharField(max_length=rules.STORY_LENGTH)
    client_id = serializers.UUIDField(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not given.get("area"):
            household = given.get("household")
            if household is None:
                raise serializers.ValidationError({"area": AREA_NEEDED})
            given["area"] = household.area
        return given


AREA_NEEDED = "Give an area, or a household."


class NeedsSerializer(serializers.Serializer):
    needs = serializers.CharField(max_length=rules.NEEDS_LENGTH)


class NoteSerializer(serializers.Serializer):
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000)


class ResolveSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Outcome)
    confirmed = serializers.ChoiceField(choices=Confirmed)
    note = serializers.CharField(required=False, allow_blank=True, max_length=rules.NEEDS_LENGTH)


class CloseSerializer(serializers.Serializer):
    reason = serializers.ChoiceField(choices=CloseReason)
    duplicate_of = ScopedRelatedField(
        offered=Case.objects.visible_to, model=Case, required=False, allow_null=True
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=rules.NEEDS_LENGTH)


class CodeSerializer(serializers.Serializer):
    """A resident's code, with dashes or without."""

    code = serializers.CharField(max_length=codes.LONGEST)


class RevokeCodeSerializer(serializers.Serializer):
    reason = serializers.ChoiceField(choices=RevokeReason)


class RenewCodeSerializer(RevokeCodeSerializer):
    client_id = serializers.UUIDField(required=False)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class AssignSerializer(serializers.Serializer):
    to = serializers.PrimaryKeyRelatedField(queryset=User.objects.none(), allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """Only people who work where the case is."""
        fields = super().get_fields()
        case = self.context.get("case")
        if case is not None:
            fields["to"].queryset = workers_of(case.area_id)
        return fields


class LinkSerializer(serializers.Serializer):
    other = ScopedRelatedField(offered=Case.objects.visible_to, model=Case)
    kind = serializers.ChoiceField(choices=LinkKind, required=False)


class GroupSerializer(serializers.Serializer):
    group = ScopedRelatedField(
        offered=CaseGroup.objects.visible_to, model=CaseGroup, required=False, allow_null=True
    )
    title = serializers.CharField(required=False, allow_blank=True, max_length=160)


class EvidenceGivenSerializer(serializers.Serializer):
    file = serializers.FileField()
    caption = serializers.CharField(required=False, allow_blank=True, max_length=rules.CAPTION_LENGTH)
    client_id = serializers.UUIDField(required=False)
