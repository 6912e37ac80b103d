"""Offices and submissions as the API gives and takes them. Days are ISO dates, numbers of cases are ids."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.areas.calendar import load_calendar
from cases.casefiles.models import Case
from cases.escalations import rules, words
from cases.escalations.choices import AnswerKind, Channel, Matter, Solves, Step, Word
from cases.escalations.models import Answer, DeadlineRule, Office, Progress, Submission


def _asking(serializer: serializers.BaseSerializer[Any]) -> Any:
    """Who asks; None while the schema is drawn."""
    request = serializer.context.get("request")
    return request.user if request is not None and request.user.is_authenticated else None


class RuleSerializer(serializers.ModelSerializer[DeadlineRule]):
    class Meta:
        model = DeadlineRule
        fields = ["matter", "step", "start", "amount", "unit", "legal_basis", "last_checked"]


class OfficeSerializer(serializers.ModelSerializer[Office]):
    area_label = serializers.CharField(source="area.label", read_only=True)

    class Meta:
        model = Office
        fields = [
            "id",
            "code",
            "kind",
            "name",
            "addressee",
            "area",
            "area_label",
            "address",
            "hours",
            "phone",
            "email",
            "website",
            "notes",
            "last_checked",
            "active",
        ]


class OfficeDetailSerializer(OfficeSerializer):
    """With the deadlines of its kind."""

    deadlines = serializers.SerializerMethodField()

    class Meta(OfficeSerializer.Meta):
        fields = [*OfficeSerializer.Meta.fields, "deadlines"]

    @extend_schema_field(RuleSerializer(many=True))
    def get_deadlines(self, office: Office) -> Any:
        return RuleSerializer(DeadlineRule.objects.filter(office_kind=office.kind), many=True).data


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """`cases`: which of the submission's cases it speaks of, as far as the asking person may see them."""

    cases = serializers.SerializerMethodField()
    has_attachment = serializers.SerializerMethodField()

    class Meta:
        model = Answer
        fields = [
            "id",
            "answered_on",
            "kind",
            "cases",
            "content",
            "solves",
            "their_number",
            "has_attachment",
            "attachment_type",
        ]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_cases(self, answer: Answer) -> list[int]:
        seen = {link.pk for link in self.context["submission"].shown_links}
        return [link.case_id for link in answer.links.all() if link.pk in seen]

    def get_has_attachment(self, answer: Answer) -> bool:
        return bool(answer.attachment)


class DeadlineSerializer(serializers.Serializer[Any]):
    """How a deadline was counted, in Indonesian."""

    step = serializers.ChoiceField(choices=Step.choices)
    label = serializers.CharField()
    state = serializers.ChoiceField(choices=["runs", "waits", "met"])
    ours = serializers.BooleanField(help_text="The complainant must keep it, not the office.")
    day = serializers.DateField(allow_null=True)
    sum = serializers.CharField()
    basis = serializers.CharField()
    start = serializers.CharField()
    met_on = serializers.DateField(allow_null=True)
    provisional = serializers.BooleanField(help_text="No receipt is on record yet.")
    estimated = serializers.BooleanField(help_text="Holidays of that year are not decreed yet.")


class ProgressSerializer(serializers.ModelSerializer[Progress]):
    label = serializers.CharField(source="get_word_display", read_only=True)

    class Meta:
        model = Progress
        fields = ["word", "label", "on"]


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """`cases` holds those that the asking person may see."""

    office_name = serializers.CharField(source="office.name", read_only=True)
    days_left = serializers.IntegerField(read_only=True, allow_null=True)
    cases = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "id",
            "office",
            "office_name",
            "channel",
            "sent_on",
            "received_on",
            "received_by",
            "their_number",
            "notes",
            "matter",
            "appeal_of",
            "due_on",
            "days_left",
            "status",
            "withdrawn_reason",
            "cases",
        ]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_cases(self, submission: Any) -> list[int]:
        return [link.case_id for link in submission.shown_links]


class SubmissionDetailSerializer(SubmissionSerializer):
    """With the answers, what their channel said, and the arithmetic of every deadline."""

    answers = serializers.SerializerMethodField()
    progress = ProgressSerializer(many=True, read_only=True)
    deadlines = serializers.SerializerMethodField()

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "answers", "progress", "deadlines"]

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, submission: Submission) -> Any:
        context = {**self.context, "submission": submission}
        return AnswerSerializer(submission.answers.all(), many=True, context=context).data

    @extend_schema_field(DeadlineSerializer(many=True))
    def get_deadlines(self, submission: Submission) -> Any:
        return DeadlineSerializer(words.arithmetics(submission, load_calendar()), many=True).data


TOO_MANY = _("These are too many cases for one letter. Send them in parts.")


class SendSerializer(serializers.Serializer[Any]):
    """At most rules.MOST_CASES cases; each is a look-up, so a longer list is refused before any of them."""

    cases = serializers.PrimaryKeyRelatedField(queryset=Case.objects.none(), many=True, allow_empty=False)
    office = serializers.PrimaryKeyRelatedField(queryset=Office.objects.none())
    channel = serializers.ChoiceField(choices=Channel.choices)
    sent_on = serializers.DateField()
    received_on = serializers.DateField(required=False, allow_null=True)
    received_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    their_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=300, required=False, allow_blank=True)
    matter = serializers.ChoiceField(choices=Matter.choices, required=False)
    appeal_of = serializers.PrimaryKeyRelatedField(
        queryset=Submission.objects.none(), required=False, allow_null=True
    )
    client_id = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        user = _asking(self)
        if user is not None:
            fields["cases"].child_relation.queryset = Case.objects.visible_to(user)
            fields["office"].queryset = Office.objects.visible_to(user)
            fields["appeal_of"].queryset = Submission.objects.visible_to(user)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        cases = data.get("cases") if isinstance(data, dict) else None
        if isinstance(cases, list) and len(cases) > rules.MOST_CASES:
            raise serializers.ValidationError({"cases": [TOO_MANY]})
        return super().to_internal_value(data)


class ReceiveSerializer(serializers.Serializer[Any]):
    received_on = serializers.DateField()
    received_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    their_number = serializers.CharField(max_length=80, required=False, allow_blank=True)


class GiveAnswerSerializer(serializers.Serializer[Any]):
    """JSON, or multipart where a letter is attached."""

    answered_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=AnswerKind.choices, required=False)
    content = serializers.CharField(max_length=4000)
    solves = serializers.ChoiceField(choices=Solves.choices, required=False, allow_blank=True)
    cases = serializers.PrimaryKeyRelatedField(queryset=Case.objects.none(), many=True, required=False)
    their_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    attachment = serializers.FileField(required=False)
    client_id = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        user = _asking(self)
        if user is not None:
            fields["cases"].child_relation.queryset = Case.objects.visible_to(user)
        return fields


class GiveProgressSerializer(serializers.Serializer[Any]):
    word = serializers.ChoiceField(choices=Word.choices)
    on = serializers.DateField()
    client_id = serializers.UUIDField(required=False)


class WithdrawSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)


class FiguresSerializer(serializers.Serializer[Any]):
    """Of one year of sending; `year` null is all of them. `median_days` from the receipt until every case has an answer."""

    year = serializers.IntegerField(allow_null=True)
    sent = serializers.IntegerField()
    answered = serializers.IntegerField()
    in_time = serializers.IntegerField()
    late = serializers.IntegerField()
    no_clock = serializers.IntegerField()
    waiting = serializers.IntegerField()
    overdue = serializers.IntegerField()
    over = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    median_days = serializers.FloatField(allow_null=True)


class OutcomeSerializer(serializers.Serializer[Any]):
    outcome = serializers.CharField()
    cases = serializers.IntegerField()


class RecordSerializer(serializers.Serializer[Any]):
    total = FiguresSerializer()
    years = FiguresSerializer(many=True)
    outcomes = serializers.SerializerMethodField()
    cases = serializers.IntegerField()

    @extend_schema_field(OutcomeSerializer(many=True))
    def get_outcomes(self, record: Any) -> list[dict[str, Any]]:
        return [{"outcome": outcome, "cases": count} for outcome, count in record.outcomes]
