"""How one wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.notices.choices import Days


class ChoiceForm(forms.Form):
    days = forms.ChoiceField(
        label=_("When do you want to be told?"),
        choices=Days,
        widget=forms.RadioSelect,
        help_text=_(
            "On working days there is none on Saturdays, Sundays and holidays: what falls on them is told on the last "
            "working day before."
        ),
    )
    by_mail = forms.BooleanField(label=_("Also by e-mail"), required=False)

    def __init__(self, *args: Any, with_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_mail:
            del self.fields["by_mail"]
