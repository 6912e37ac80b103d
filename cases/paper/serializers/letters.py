"""Letters as the API gives and takes them; for coordinators, as a letter may name who reported."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.casefiles.models import Case
from cases.escalations.choices import Channel
from cases.escalations.models import Office
from cases.kernel.api_fields import RowList
from cases.paper.actions import Change
from cases.paper.choices import Enclosure, LetterKind, PaperSize
from cases.paper.letters import drafts, shape
from cases.paper.models import Letter
from cases.paper.rules import MOST_CASES
from cases.paper.serializers.common import Scoped
from cases.people.models import Organisation

NO_SUCH_TEXT = _("A letter of this kind has no text called “%(name)s”.")
PAPERS = [(PaperSize.A4.value, "A4"), (PaperSize.F4.value, "F4")]


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """`cases` holds those that the asking person may see. The digest is that of the printed file."""

    office_name = serializers.CharField(source="office.name", default=None, read_only=True)
    area_label = serializers.CharField(source="area.label", read_only=True)
    organisation = serializers.CharField(source="organisation.short_name", read_only=True)
    enclosures = serializers.ListField(child=serializers.CharField(), read_only=True)
    has_scan = serializers.SerializerMethodField()
    cases = serializers.SerializerMethodField()

    class Meta:
        model = Letter
        fields = [
            "id",
            "kind",
            "status",
            "number",
            "dated",
            "organisation",
            "office",
            "office_name",
            "area",
            "area_label",
            "cases",
            "paper",
            "enclosures",
            "answer_by",
            "pages",
            "names",
            "pdf_sha256",
            "printed_at",
            "handed_on",
            "received_on",
            "received_by",
            "their_number",
            "has_scan",
            "submission",
            "previous",
            "void_reason",
            "updated_at",
        ]
        read_only_fields = fields

    def get_has_scan(self, letter: Letter) -> bool:
        return bool(letter.scan)

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_cases(self, letter: Letter) -> list[int]:
        user = self.context["request"].user
        return [link.case_id for link in letter.links.all() if user.sees(link.case.area_id)]


class LetterDetailSerializer(LetterSerializer):
    """With its texts by name."""

    texts = serializers.SerializerMethodField()

    class Meta(LetterSerializer.Meta):
        fields = [*LetterSerializer.Meta.fields, "texts"]
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_texts(self, letter: Letter) -> dict[str, str]:
        return drafts.texts_in(letter)


class LetterStartSerializer(Scoped):
    """What a letter begins with; its texts are filled in from the cases."""

    scoped = {"cases": Case, "office": Office}

    kind = serializers.ChoiceField(choices=LetterKind)
    cases = RowList(
        serializers.PrimaryKeyRelatedField(queryset=Case.objects.none()), most=MOST_CASES, allow_empty=False
    )
    office = serializers.PrimaryKeyRelatedField(
        queryset=Office.objects.none(), required=False, allow_null=True
    )
    organisation = serializers.SlugRelatedField(
        slug_field="short_name", queryset=Organisation.objects.all(), required=False, allow_null=True
    )
    enclosures = serializers.ListField(
        child=serializers.ChoiceField(choices=Enclosure), required=False, default=list
    )
    paper = serializers.ChoiceField(choices=PAPERS, default=PaperSize.A4.value)
    client_id = serializers.UUIDField(required=False)


class LetterChangeSerializer(serializers.Serializer[Any]):
    """Texts that are not named stay as they are; so does what else is not given."""

    texts = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    answer_by = serializers.DateField(required=False, allow_null=True)
    enclosures = serializers.ListField(child=serializers.ChoiceField(choices=Enclosure), required=False)
    paper = serializers.ChoiceField(choices=PAPERS, required=False)

    def change(self, letter: Letter) -> Change:
        values = self.validated_data
        return Change(
            texts=values.get("texts", {}),
            answer_by=values.get("answer_by", letter.answer_by),
            enclosures=values.get("enclosures"),
            paper=values.get("paper"),
        )

    def validate_texts(self, texts: dict[str, str]) -> dict[str, str]:
        kind = self.context["letter"].kind
        if strange := sorted(set(texts) - set(shape.names_of(kind))):
            raise serializers.ValidationError(NO_SUCH_TEXT % {"name": strange[0][:40]})
        return texts


class StampedReceiptSerializer(serializers.Serializer[Any]):
    """Multipart where the stamped receipt is attached."""

    received_on = serializers.DateField()
    received_by = serializers.CharField(max_length=120, required=False, allow_blank=True)
    their_number = serializers.CharField(max_length=80, required=False, allow_blank=True)
    scan = serializers.FileField(required=False)


class HandOverSerializer(StampedReceiptSerializer):
    handed_on = serializers.DateField()
    channel = serializers.ChoiceField(choices=Channel, default=Channel.LETTER.value)
    received_on = serializers.DateField(required=False, allow_null=True)


class VoidSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200)
