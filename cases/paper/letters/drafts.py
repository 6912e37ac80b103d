"""A letter that is being written: its cases, its texts, and the content that would be printed now."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from cases.casefiles.models import Case, Evidence
from cases.casefiles.permissions import (
    check_letter_keeps_reporters,
    check_reporter_still_named,
    letter_names_reporter,
)
from cases.households.models import Consent
from cases.paper.letters import composing, facts, wording
from cases.paper.letters.content import LetterContent, from_json, texts_of
from cases.paper.letters.facts import Brief
from cases.paper.models import Letter

DRAFT_MARK = "KONSEP"


def with_facts(ids: Sequence[int]) -> list[Case]:
    """The cases with all that a letter asks of them; in the order of their numbers, which is that of the table."""
    return list(
        Case.objects.filter(pk__in=ids)
        .with_words()
        .prefetch_related(
            Prefetch("evidence", Evidence.objects.order_by("id")),
            Prefetch("household__consents", Consent.objects.order_by("id")),
        )
        .order_by("number")
    )


def cases_of(letter: Letter) -> list[Case]:
    return with_facts([link.case_id for link in letter.links.all()])


def texts_in(letter: Letter) -> dict[str, str]:
    """The texts as they were last saved."""
    return json.loads(letter.blocks.reveal()) if letter.blocks else {}


def fresh_texts(letter: Letter, cases: Sequence[Case]) -> dict[str, str]:
    """What the cases say today."""
    return wording.first_texts(letter.kind, facts.gather(letter, cases))


def content_of(
    letter: Letter,
    *,
    texts: Mapping[str, str] | None = None,
    day: date | None = None,
    number: str = "",
    mark: str = "",
) -> tuple[LetterContent, Brief]:
    """What would be on the paper. Raises ActionRefused where a text may not be on it, above all a name that must not."""
    cases = cases_of(letter)
    day = day or letter.dated or timezone.localdate()
    brief = facts.gather(letter, cases, today=day)
    content = composing.compose(
        letter, texts if texts is not None else texts_in(letter), brief, day=day, number=number, mark=mark
    )
    check_names(letter, cases, content)
    return content, brief


def check_names(letter: Letter, cases: Sequence[Case], content: LetterContent) -> None:
    """Whether everybody whom the letter names may be named, today."""
    for link in letter.links.all():
        if link.names_reporter:
            check_reporter_still_named(link.case)
    check_letter_keeps_reporters(cases, *texts_of(content))


def naming(cases: Sequence[Case], texts: Mapping[str, str]) -> set[int]:
    """Of which cases the texts name the reporter."""
    return {case.pk for case in cases if letter_names_reporter(case, *texts.values())}


def draft_of(letter: Letter, texts: Mapping[str, str] | None = None) -> LetterContent:
    """The draft as it would look, marked as one."""
    return content_of(letter, texts=texts, number=letter.number, mark=DRAFT_MARK)[0]


def printed_content(letter: Letter) -> LetterContent | None:
    """What was printed, as it was; None for what is no print yet."""
    return from_json(letter.content.reveal()) if letter.content else None


def printed_file(letter: Letter) -> bytes:
    return letter.pdf.unsealed()
