"""The number, and the file that is kept exactly as it was printed."""

import hashlib
import re
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.casefiles.models import Case
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.paper import permissions, rules
from cases.paper.choices import LetterStatus
from cases.paper.letters import drafts
from cases.paper.letters.content import LetterContent
from cases.paper.letters.facts import Brief
from cases.paper.models import Letter, LetterCounter
from cases.paper.sheets import to_json
from cases.paper.typesetting import render_pdf
from cases.people.models import User

# Every page of a PDF is an object of this type; the tree above them is /Pages.
PAGE = re.compile(rb"/Type\s*/Page\b")


def print_letter(*, letter: Letter, by: User) -> Letter:
    """Number it and keep the file. The number is given in a short transaction before typesetting and then stays with this
    letter whatever happens: a print that fails is tried again with the same one, so there is neither a gap nor a double."""
    row = Letter.objects.select_related("organisation", "office").get(pk=letter.pk)
    if row.pdf and row.status != LetterStatus.VOID:
        permissions.check_can_open_letter(by, row)
        return row  # a second tap
    permissions.check_can_print_letter(by, row)
    drafts.content_of(row, day=row.dated)  # refused before a number is taken
    row = reserve_number(letter=row, by=by)
    content, brief = drafts.content_of(row, day=row.dated, number=row.number)
    pdf = render_pdf("letter", content, paper=row.paper)
    return _keep_print(letter=row, content=content, brief=brief, pdf=pdf, by=by)


@action
def reserve_number(*, letter: Letter, by: User) -> Letter:
    """The next number of the organisation's year, or the one the letter has already; its day is the day of the letter."""
    row = locked(letter)
    permissions.check_can_edit_letter(by, row)
    if row.dated is not None:
        return row
    row.dated = timezone.localdate()
    if rules.is_numbered(row.kind):
        year = row.dated.year
        LetterCounter.objects.get_or_create(organisation_id=row.organisation_id, year=year)
        counter = LetterCounter.objects.select_for_update().get(
            organisation_id=row.organisation_id, year=year
        )
        counter.last += 1
        counter.save(update_fields=["last"])
        row.year, row.serial = year, counter.last
        row.number = rules.letter_number(counter.last, row.kind, row.organisation.code, row.dated)
    row.save(update_fields=["dated", "year", "serial", "number", "updated_at"])
    record("letter.numbered", subject=row, by=by, data={"number": row.number})
    return row


@action
def _keep_print(*, letter: Letter, content: LetterContent, brief: Brief, pdf: bytes, by: User) -> Letter:
    row = locked(letter)
    if row.status != LetterStatus.DRAFT:
        permissions.check_can_open_letter(by, row)
        return row  # printed by a second tap meanwhile
    permissions.check_can_edit_letter(by, row)
    if row.blocks != letter.blocks:
        raise ActionRefused(
            _("Somebody else has changed this draft meanwhile. Look at it and print it again.")
        )
    row.status = LetterStatus.PRINTED
    row.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    row.content = to_json(content)
    row.pages = len(PAGE.findall(pdf))
    row.names = sum(1 for case in brief.cases if case.reporter or case.family)
    row.printed_at, row.printed_by = timezone.now(), by
    row.pdf.save("", ContentFile(pdf), save=False)
    try:
        row.save()
    except BaseException:
        row.pdf.delete(save=False)
        raise
    data = {"kind": row.kind, "number": row.number, "pages": row.pages, "names": row.names}
    record("letter.printed", subject=row, by=by, data=data)
    record_on_cases("letter.printed", row, by)
    return row


def record_on_cases(verb: str, letter: Letter, by: User) -> None:
    """On the timeline of each case, for what goes to an office: that a resident signs something is nobody else's business."""
    if letter.office is None:
        return
    data = {"number": letter.number, "office": letter.office.name}
    for case in _cases(letter):
        record(verb, subject=case, about=letter, by=by, data=data)


def _cases(letter: Letter) -> Iterable[Case]:
    return [link.case for link in letter.links.select_related("case")]


# --- the file -----------------------------------------------------------------------------------------------------


def letter_file(letter: Letter, *, by: User) -> bytes:
    """The very bytes that were printed; a draft is set anew and marked as one.

    A letter that has not left the posko yet is asked again whom it names: consent may have been taken back since.
    """
    permissions.check_can_open_letter(by, letter)
    if not letter.pdf:
        return render_pdf("letter", drafts.draft_of(letter), paper=letter.paper)
    _check_still_may_leave(letter)
    pdf = drafts.printed_file(letter)
    if hashlib.sha256(pdf).hexdigest() != letter.pdf_sha256:
        raise ActionRefused(
            _("The kept file does not fit its digest. Tell whoever looks after the posko's computer.")
        )
    return pdf


def letter_part(letter: Letter, code: str, *, by: User) -> bytes:
    """One part alone, set from the content as it was printed."""
    permissions.check_can_open_letter(by, letter)
    _check_still_may_leave(letter)
    part = (drafts.printed_content(letter) or drafts.draft_of(letter)).part(code)
    if part is None:
        raise ActionRefused(_("The letter has no such part."))
    return render_pdf("letter", part, paper=letter.paper)


def _check_still_may_leave(letter: Letter) -> None:
    if letter.status == LetterStatus.PRINTED:
        check_may_leave(letter)


def check_may_leave(letter: Letter) -> None:
    """Whether all whom a printed letter names may still be named."""
    content = drafts.printed_content(letter)
    if content is None:
        return
    try:
        drafts.check_names(letter, drafts.cases_of(letter), content)
    except ActionRefused:
        raise ActionRefused(
            _(
                "Somebody whom this letter names no longer agrees to it. Make the letter void and write a new one."
            )
        ) from None


@action
def note_letter_fetched(*, letter: Letter, by: User, part: str = "") -> None:
    """A copy that left the posko."""
    record("letter.fetched", subject=letter, by=by, data={"names": letter.names, "part": part})
