"""Forms for sending, receipt, answer, withdrawal and offices. Dates that cannot be are refused by the actions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField
from cases.casefiles.models import Case
from cases.escalations import rules
from cases.escalations.choices import AnswerKind, Channel, OfficeKind, Solves, SubmissionStatus
from cases.escalations.models import Office, Submission
from cases.kernel import uploads


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SendForm(forms.Form):
    """`cases` is asked only where none were chosen before."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    cases = forms.ModelMultipleChoiceField(
        queryset=Case.objects.none(),
        label=_("Which cases?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one case.")},
    )
    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("To which office?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the office.")},
    )
    channel = forms.ChoiceField(
        label=_("How was it sent?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        initial=Channel.LETTER,
    )
    sent_on = forms.DateField(label=_("Sent on which day?"), widget=_date())
    received_on = forms.DateField(label=_("Date on the receipt"), widget=_date(), required=False)
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
    notes = forms.CharField(
        label=_("Notes"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        offices: list[Office],
        candidates: Any = None,
        office: Office | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = timezone.localdate
        self.fields["office"].queryset = Office.objects.filter(pk__in=[row.pk for row in offices])
        if office is not None:
            self.fields["office"].initial = office.pk
        if candidates is None:
            del self.fields["cases"]
        else:
            self.fields["cases"].queryset = candidates


class ReceiveForm(forms.ModelForm):
    received_on = forms.DateField(
        label=_("Date on the receipt"), widget=_date(), help_text=_("It starts the clock anew.")
    )

    class Meta:
        model = Submission
        fields = ["received_on", "received_by", "their_number"]
        labels = {"received_by": _("Received by whom?"), "their_number": _("Their number")}
        help_texts = {
            "received_by": _("Name or desk of the officer who took it."),
            "their_number": _("Agenda number on the receipt, or the number of the report."),
        }

    def validate_constraints(self) -> None:
        """The action says it in its own sentence."""


class AnswerForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    answered_on = forms.DateField(label=_("When did they answer?"), widget=_date())
    kind = forms.ChoiceField(
        label=_("What kind of answer is it?"),
        choices=AnswerKind.choices,
        widget=forms.RadioSelect,
        initial=AnswerKind.ANSWER,
    )
    content = forms.CharField(
        label=_("What did they say?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In a few sentences. Names of reporters do not belong here."),
    )
    solves = forms.ChoiceField(
        label=_("Does it solve the matter?"),
        choices=Solves.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("For a whole answer only."),
    )
    cases = forms.ModelMultipleChoiceField(
        queryset=Case.objects.none(),
        label=_("For which cases?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one case.")},
    )
    their_number = forms.CharField(label=_("Number of the answer"), max_length=80, required=False)
    attachment = forms.FileField(
        label=_("Photo or PDF of the answer"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,audio/*"}),
    )

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        """The cases are asked only of a letter for several; those that still wait are ticked."""
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = timezone.localdate
        if submission.status == SubmissionStatus.ANSWERED:
            self.fields["kind"].choices = [
                choice
                for choice in AnswerKind.choices
                if choice[0] in (AnswerKind.ANSWER, AnswerKind.PARTIAL)
            ]
        links = list(submission.links.all())
        if len(links) == 1:
            del self.fields["cases"]
            return
        waiting = [link.case_id for link in links if link.answered_on is None]
        self.fields["cases"].queryset = Case.objects.filter(pk__in=[link.case_id for link in links])
        self.fields["cases"].initial = waiting or [link.case_id for link in links]
        self.fields["cases"].label_from_instance = _case_line

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == AnswerKind.ANSWER and not given.get("solves"):
            self.add_error("solves", _("Choose whether the answer solves the matter."))
        return given

    def given(self) -> dict[str, Any]:
        """For the action."""
        given = {**self.cleaned_data, "attachment": self.cleaned_data["attachment"] or None}
        if given["kind"] != AnswerKind.ANSWER:
            given["solves"] = ""
        return given

    def clean_attachment(self) -> Any:
        file = self.cleaned_data["attachment"]
        if file:
            try:
                uploads.inspect(file)
            except uploads.UploadRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file


def _case_line(case: Case) -> str:
    return f"{case.number} · {case.get_category_display()}"


class ProgressForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    word = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("When was that?"), widget=_date())

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = [
            (word.value, word.label) for word in rules.words_of(submission.office.kind)
        ]
        self.fields["on"].initial = timezone.localdate


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why is it withdrawn?"), max_length=200)


class OfficeForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Kind of office"), choices=[("", _("Choose …")), *OfficeKind.choices])
    website = forms.URLField(label=_("Website"), max_length=120, required=False, assume_scheme="https")

    class Meta:
        model = Office
        fields = [
            "kind",
            "area",
            "name",
            "addressee",
            "address",
            "hours",
            "phone",
            "email",
            "website",
            "notes",
            "last_checked",
            "active",
        ]
        labels = {
            "name": _("Name of the office"),
            "addressee": _("Addressed to"),
            "address": _("Address"),
            "hours": _("Opening hours"),
            "phone": _("Telephone"),
            "email": _("E-mail"),
            "notes": _("Notes"),
            "last_checked": _("Last checked on"),
            "active": _("In use"),
        }
        help_texts = {"addressee": _("As it stands on a letter: Lurah Gedong")}
        widgets = {"last_checked": _date(), "notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What an office is and where stays: what was sent to it is read by that.
            del self.fields["kind"], self.fields["area"]
            return
        del self.fields["active"]
        levels = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.VILLAGE, Level.RW, Level.RT)
        if not user.is_board:
            levels = (Level.VILLAGE, Level.RW, Level.RT)
            self.fields["kind"].choices = [(OfficeKind.RT_RW.value, OfficeKind.RT_RW.label)]
        self.fields["area"] = AreaField(
            user=user, levels=levels, coordinated=True, label=_("Responsible for which area?")
        )
        self.order_fields(self.Meta.fields)
