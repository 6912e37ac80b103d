"""What letters leave on the timeline of a case."""

from django.utils.translation import gettext_lazy as _

from cases.casefiles import history

SENTENCES: dict[str, history.Sentence] = {
    "letter.printed": _("Letter %(number)s to %(office)s was printed"),
    "letter.handed_over": _("Letter %(number)s was handed over to %(office)s"),
    "letter.voided": _("Letter %(number)s to %(office)s was made void"),
}
ICONS = {"letter.printed": "envelope", "letter.handed_over": "send", "letter.voided": "stop"}


def register_sentences() -> None:
    history.sentences.update(SENTENCES)
    history.icons.update(ICONS)
