"""A case is moved on by one question at a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casefiles import rules
from cases.casefiles.choices import (
    Category,
    CloseReason,
    Confirmed,
    Outcome,
    Question,
    RevokeReason,
)
from cases.casefiles.fields import CaseNumberField, FilesField
from cases.casefiles.forms.telling import ACCEPTED, FILES_AT_ONCE, long_text
from cases.casefiles.models import Case, CaseGroup
from cases.casefiles.permissions import workers_of
from cases.casefiles.rules import QUESTIONS
from cases.people.models import User


class CaseForm(forms.Form):
    """A form about a case; `offer` narrows the choices to what the user may see."""

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        self.user, self.case = user, case
        super().__init__(*args, **kwargs)
        self.offer()

    def offer(self) -> None:
        """For those that choose among rows."""


class CodeForm(forms.Form):
    """What becomes of a slip that was lost or seen."""

    RENEW, REVOKE = "renew", "revoke"

    reason = forms.ChoiceField(
        label=_("What happened to it?"), choices=RevokeReason, widget=forms.RadioSelect
    )
    then = forms.ChoiceField(
        label=_("And now?"),
        choices=[(RENEW, _("make a new code")), (REVOKE, _("no code any more"))],
        initial=RENEW,
        widget=forms.RadioSelect,
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)


class NeedsForm(CaseForm):
    needs = forms.CharField(
        label=_("What is missing?"),
        max_length=rules.NEEDS_LENGTH,
        widget=long_text(3),
        help_text=_("The volunteer reads this at the door: write it as a question."),
    )

    def offer(self) -> None:
        """Begin with what was not answered yet."""
        open_questions = unanswered(self.case)
        if open_questions and not self.is_bound:
            self.initial["needs"] = " ".join(str(q.label) for q in open_questions)[: rules.NEEDS_LENGTH]


class SupplyForm(CaseForm):
    note = forms.CharField(
        label=_("What did you find out?"),
        required=False,
        max_length=2000,
        widget=long_text(4),
        help_text=_("It is added to the story. Answers to the questions are changed on the case itself."),
    )


class ResolveForm(CaseForm):
    outcome = forms.ChoiceField(label=_("How was it solved?"), choices=Outcome, widget=forms.RadioSelect)
    confirmed = forms.ChoiceField(
        label=_("How do you know?"),
        choices=Confirmed,
        widget=forms.RadioSelect,
        help_text=_("An office's word alone is not enough: ask the family."),
    )
    note = forms.CharField(
        label=_("In a sentence"), required=False, max_length=rules.NEEDS_LENGTH, widget=long_text(2)
    )


class CloseForm(CaseForm):
    reason = forms.ChoiceField(
        label=_("Why is the case closed?"), choices=CloseReason, widget=forms.RadioSelect
    )
    duplicate_of = CaseNumberField(
        label=_("If it is a duplicate: number of the case that goes on"), required=False
    )
    note = forms.CharField(
        label=_("In a sentence"), required=False, max_length=rules.NEEDS_LENGTH, widget=long_text(2)
    )

    def offer(self) -> None:
        self.fields["duplicate_of"].queryset = Case.objects.visible_to(self.user).exclude(pk=self.case.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") != CloseReason.DUPLICATE:
            cleaned["duplicate_of"] = None
        elif not cleaned.get("duplicate_of") and "duplicate_of" not in self.errors:
            self.add_error("duplicate_of", _("Choose the case of which this one is a duplicate."))
        return cleaned


class ReopenForm(CaseForm):
    reason = forms.CharField(
        label=_("Why is the case opened again?"), max_length=rules.NEEDS_LENGTH, widget=long_text(2)
    )


class AssignForm(CaseForm):
    to = forms.ModelChoiceField(
        label=_("Whose task is it?"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody yet"),
    )

    def offer(self) -> None:
        self.fields["to"].queryset = workers_of(self.case.area_id)
        self.initial.setdefault("to", self.case.assigned_to_id)


class LinkForm(CaseForm):
    other = CaseNumberField()

    def offer(self) -> None:
        self.fields["other"].queryset = Case.objects.visible_to(self.user).exclude(pk=self.case.pk)


class GroupForm(CaseForm):
    group = forms.ModelChoiceField(
        label=_("Add it to a group"),
        required=False,
        queryset=CaseGroup.objects.none(),
        empty_label=_("a new group"),
    )
    title = forms.CharField(
        label=_("For a new group: what happened to all of them?"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"placeholder": _("levy of Rp50.000 at the pay-out in RW 011")}),
    )

    def offer(self) -> None:
        village = ".".join(self.case.area_id.split(".")[:4])
        self.fields["group"].queryset = CaseGroup.objects.visible_to(self.user).filter(
            area__code__startswith=village
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("group") and not cleaned.get("title", "").strip():
            self.add_error("title", _("Write what happened to all of them."))
        return cleaned


class TitleForm(forms.Form):
    title = forms.CharField(label=_("What happened to all of them?"), max_length=160)


class EvidenceForm(forms.Form):
    files = FilesField(
        label=_("Photos, PDF or recording"),
        most=FILES_AT_ONCE,
        help_text=_(
            "Invitation, card, receipt, screenshot. Faces are not needed. Place and device are taken out."
        ),
        error_messages={"required": _("Choose at least one file.")},
    )
    caption = forms.CharField(
        label=_("What does it show?"),
        required=False,
        max_length=rules.CAPTION_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": _("receipt without a stamp")}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = ACCEPTED


class StrikeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why should it not count?"),
        max_length=200,
        help_text=_("The file is kept and stays visible with this reason."),
    )


def unanswered(case: Case) -> list[Question]:
    """Questions of the category that have no answer yet."""
    return [
        asked.question
        for asked in QUESTIONS[Category(case.category)]
        if (getattr(case, asked.column) if asked.column else case.details.get(asked.key)) in (None, "", [])
    ]
