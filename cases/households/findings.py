"""The sentences of what `rules` and `duplicates` find, and the two refusals that carry them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.households.rules import Finding
from cases.kernel import identity
from cases.kernel.exceptions import ActionRefused

if TYPE_CHECKING:
    from cases.households.duplicates import Duplicate

SENTENCES = {
    "name_missing": _("Write the name."),
    "not_an_rt": _("Choose the RT where the family lives."),
    "need_unknown": _("This need is not known here."),
    "not_a_phone": _("This is not a telephone number. Write it as 0812-3456-7890."),
    "consent_in_future": _("The day of the consent is still to come."),
    "consent_for_nothing": _("Choose at least one thing that the family agrees to."),
    "choice_unknown": _("This answer is not one of the choices."),
    "number_without_consent": _(
        "The family has not agreed to be recorded, so no KK number or NIK may be kept. "
        "Ask for their consent, or leave the number empty."
    ),
    "nik_twice": _("The same NIK stands with two members of this family."),
    "nik_is_kk": _("The NIK and the KK number are the same. One of them was copied from the wrong line."),
    "two_heads": _("A family has one head only."),
    "twice_in_list": _("The same number stands twice in this list."),
    "head_by_itself": _("Who is head of the family is changed with a button of its own."),
    "member_again": _("Someone of this name and date of birth is already in this family."),
    "born_in_future": _("This date of birth is still to come."),
}


def sentence(code: str) -> Promise:
    return SENTENCES[code] if code in SENTENCES else identity.describe(code)


class HouseholdRefused(ActionRefused):
    """Something typed cannot be right; `findings` say where. `row` is its place in a list of many, from 0."""

    def __init__(self, findings: Sequence[Finding], row: int | None = None) -> None:
        self.findings, self.row = tuple(findings), row
        super().__init__(" ".join(dict.fromkeys(str(sentence(finding.code)) for finding in findings)))


class LookAgain(ActionRefused):
    """Nothing is wrong for sure: a person looks again, then saves with `accept_warnings`."""

    def __init__(
        self, warnings: Sequence[Finding], duplicates: "Sequence[Duplicate]" = (), row: int | None = None
    ) -> None:
        self.warnings, self.duplicates, self.row = tuple(warnings), tuple(duplicates), row
        sentences = [str(sentence(finding.code)) for finding in warnings]
        sentences += [str(duplicate.sentence) for duplicate in duplicates]
        super().__init__(" ".join(dict.fromkeys(sentences)))
