"""What a letter is about and to whom; then its texts; then what the office did with it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.escalations.choices import Channel
from cases.escalations.models import Office
from cases.kernel import uploads
from cases.paper.choices import Enclosure, LetterKind, PaperSize
from cases.paper.forms.choosing import LIST_PAPERS, cards_of
from cases.paper.letters import shape
from cases.paper.rules import OWN_OFFICE, TO_OFFICE, possible_enclosures
from cases.paper.sheets import PaperRefused, refuse_identity_numbers
from cases.people.models import Organisation

KIND_CARDS = {
    LetterKind.COMPLAINT: ("megaphone", _("to the office, with a date for the answer")),
    LetterKind.COVER: ("link", _("when an office asks for more papers")),
    LetterKind.INFORMATION: ("info", _("for lists, decisions and numbers")),
    LetterKind.OBJECTION: ("undo", _("when the PPID is silent or refuses")),
    LetterKind.OMBUDSMAN: ("shield", _("when offices did not answer or not properly")),
    LetterKind.POWER: ("consent", _("signed by whoever gives it")),
    LetterKind.STATEMENT: ("edit", _("signed by whoever saw it, with a duty stamp")),
    LetterKind.CHRONOLOGY: ("clock", _("a dated table of all that happened")),
}
NOT_OF_MANY = (LetterKind.POWER, LetterKind.STATEMENT)
ROWS_HELP = _("A line each, “Label: words”. Nothing after the colon leaves a line to fill in by hand.")
LIST_HELP = _("An empty line begins a paragraph; lines that begin with a number are a list.")

# Label, help, lines on the screen.
TEXT_FIELDS: dict[str, tuple[Any, Any, int]] = {
    "subject": (_("Subject (Perihal)"), "", 3),
    "to": (_("Addressed to"), _("After “Yth.”, a line each."), 3),
    "opening": (_("Opening"), _("Who writes, for whom, and what about."), 5),
    "identity": (_("Who"), ROWS_HELP, 5),
    "facts": (_("The facts"), LIST_HELP, 9),
    "history": (_("What was done before"), "", 5),
    "basis": (_("Legal basis"), "", 4),
    "demands": (_("What is asked for"), "", 7),
    "closing": (_("Closing"), "", 3),
    "copies": (_("Copies to (Tembusan)"), _("A line each. “Arsip” is added."), 2),
    "chronology": (
        _("Chronology"),
        _("The day on a line, what happened on the next; an empty line between them."),
        10,
    ),
    "giver": (_("Who gives power"), ROWS_HELP, 4),
}


def _date(**attrs: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class LetterStartForm(forms.Form):
    """Which kind and which office; the cases stand in the address of the page."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("What kind of letter?"),
        choices=LetterKind,
        initial=LetterKind.COMPLAINT,
        widget=forms.RadioSelect,
    )
    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("To which office?"),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Who signs?"), empty_label=None
    )

    def __init__(
        self, *args: Any, offices: list[Office], several: bool, organisation: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.fields["office"].queryset = Office.objects.filter(pk__in=[row.pk for row in offices])
        if several:
            kinds = [choice for choice in LetterKind.choices if choice[0] not in NOT_OF_MANY]
            self.fields["kind"].choices = kinds
        organisations = Organisation.objects.all()
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisation.pk
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()

    def kind_cards(self) -> list[dict[str, Any]]:
        return cards_of(self, "kind", KIND_CARDS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind = values.get("kind")
        if kind not in TO_OFFICE:
            values["office"] = None
            return values
        own = OWN_OFFICE.get(LetterKind(kind))
        values["office"] = next((row for row in self.offices if row.kind == own), values.get("office"))
        if values["office"] is None and "office" not in self.errors:
            self.add_error("office", _("Choose the office."))
        return values


class LetterTextForm(forms.Form):
    """The texts of a draft, and what is printed behind them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, letter: Any, cases: int, rule: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        needed = shape.needed(letter.kind)
        for name in shape.names_of(letter.kind):
            self.fields[name] = self._text(name, required=name in needed)
        if shape.asks_for_answer(letter.kind):
            help_text = (
                _("Empty: %(rule)s from the day of printing.") % {"rule": rule}
                if rule
                else _("This office has no deadline in law: without a day none is asked for.")
            )
            self.fields["answer_by"] = forms.DateField(
                label=_("Answer asked for by"), required=False, widget=_date(), help_text=help_text
            )
        possible = possible_enclosures(letter.kind, cases)
        # The table of many cases is always there.
        choices = [(part.value, part.label) for part in possible if part != Enclosure.ANNEX]
        if choices:
            self.fields["enclosures"] = forms.MultipleChoiceField(
                label=_("Printed behind it"),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Each can be printed alone too."),
            )
        if not letter.number and Organisation.objects.count() > 1:
            self.fields["organisation"] = forms.ModelChoiceField(
                queryset=Organisation.objects.all(), label=_("Who signs?"), empty_label=None
            )
        self.fields["paper"] = forms.ChoiceField(
            label=_("Paper"), choices=LIST_PAPERS[::-1], initial=PaperSize.A4, widget=forms.RadioSelect
        )

    @staticmethod
    def _text(name: str, *, required: bool) -> forms.CharField:
        label, help_text, rows = TEXT_FIELDS[name]
        return forms.CharField(
            label=label,
            help_text=help_text,
            required=required,
            max_length=shape.longest(name),
            widget=forms.Textarea(attrs={"rows": rows}),
        )

    def main_fields(self) -> list[Any]:
        """In the order of the letter; what is only printed behind it comes after."""
        behind = shape.ALSO.get(LetterKind(self.letter.kind), ())
        return [self[name] for name in shape.names_of(self.letter.kind) if name not in behind]

    def behind_fields(self) -> list[Any]:
        return [self[name] for name in shape.ALSO.get(LetterKind(self.letter.kind), ())]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in shape.names_of(self.letter.kind):
            try:
                refuse_identity_numbers(values.get(name, ""))
            except PaperRefused as refusal:
                self.add_error(name, str(refusal))
        return values

    def texts(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[name].replace("\r\n", "\n") for name in shape.names_of(self.letter.kind)
        }


class StampForm(forms.Form):
    """The stamped receipt: its date starts the clock."""

    received_on = forms.DateField(label=_("Date on the receipt"), widget=_date())
    received_by = forms.CharField(
        label=_("Received by whom?"),
        max_length=120,
        required=False,
        help_text=_("Name or desk of the officer who took it."),
    )
    their_number = forms.CharField(
        label=_("Their number"),
        max_length=80,
        required=False,
        help_text=_("Agenda number on the receipt, or the number of the report."),
    )
    scan = forms.FileField(
        label=_("Photo or PDF of the stamped receipt"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("It is kept sealed, without the place and time of the photo."),
    )

    def clean_scan(self) -> Any:
        file = self.cleaned_data["scan"]
        if file:
            try:
                uploads.inspect(file)
            except uploads.UploadRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file or None


class HandOverForm(StampForm):
    handed_on = forms.DateField(label=_("Handed over on which day?"), widget=_date())
    channel = forms.ChoiceField(
        label=_("How was it sent?"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.PHONE],
        initial=Channel.LETTER,
        widget=forms.RadioSelect,
    )
    field_order = ["handed_on", "channel", "received_on", "received_by", "their_number", "scan"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].required = False
        self.fields["handed_on"].initial = timezone.localdate

    def receipt_fields(self) -> list[Any]:
        return [self[name] for name in ("received_on", "received_by", "their_number", "scan")]


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the letter void?"),
        max_length=200,
        help_text=_("It stays in the book with its number, which is never given again."),
    )
