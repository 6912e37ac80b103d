"""What all forms about a family share."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.households.findings import HouseholdRefused, LookAgain, sentence
from cases.kernel.exceptions import ActionRefused

NUMBER = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 24, "class": "digits"}
NOTHING = [("", _("not known"))]


def date_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def optional(choices: Any) -> list[tuple[str, Any]]:
    return [*NOTHING, *choices.choices]


def typing_hints(url: str, answer_in: str = "similar") -> dict[str, str]:
    """Attributes of a field that asks, while one types, whether the family is already recorded; `answer_in` is an id."""
    return {
        "hx-post": url,
        "hx-trigger": "input changed delay:700ms, change",
        "hx-target": f"#{answer_in}",
        "hx-swap": "innerHTML",
        "hx-include": "closest form",
        "hx-sync": "this:replace",
    }


class PoskoForm(forms.Form):
    """A form whose action may refuse, or ask to look again; `look` is then shown with a button that confirms."""

    look: LookAgain | None = None
    # What a finding of the rules calls the field, where the form calls it otherwise.
    finding_fields: dict[str, str] = {}

    def attempt[Result](self, act: Callable[[bool], Result]) -> Result | None:
        """Call `act(accept_warnings)`; None where the form is to be shown again with what was said."""
        try:
            try:
                return act(False)
            except LookAgain as look:
                # Only what this person was shown is confirmed: another warning asks again.
                if self.data.get("accepted") != fingerprint(look):
                    self.look = look
                    return None
                return act(True)
        except HouseholdRefused as refusal:
            for finding in refusal.findings:
                self.add_error(self._field_of(finding.field), str(sentence(finding.code)))
        except ActionRefused as refusal:
            self.add_error(None, str(refusal))
        return None

    @property
    def accept(self) -> str:
        return fingerprint(self.look) if self.look else ""

    def look_sentences(self) -> list[Promise]:
        return [sentence(finding.code) for finding in self.look.warnings] if self.look else []

    def _field_of(self, name: str) -> str | None:
        last = name.rpartition(".")[2]
        for wanted in (self.finding_fields.get(name), name, last):
            if wanted in self.fields:
                return wanted
        return None


def fingerprint(look: LookAgain) -> str:
    """What a person confirmed: these warnings and these families, no others."""
    said = sorted([*(f"{w.field}:{w.code}" for w in look.warnings), *(d.key for d in look.duplicates)])
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]


class Stamped(PoskoForm):
    """Carries the id under which a double click stores once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4
