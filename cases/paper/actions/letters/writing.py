"""Drafts: begun from the cases, edited, begun again, thrown away."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.casefiles.models import Case
from cases.escalations import ladder
from cases.escalations.choices import OfficeKind
from cases.escalations.models import Office
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.paper import permissions, rules
from cases.paper.choices import LetterKind, LetterStatus, PaperSize
from cases.paper.letters import drafts, shape
from cases.paper.letters.content import LetterContent
from cases.paper.models import Letter, LetterCase
from cases.paper.sources import area_holding
from cases.people.models import Organisation, User

PAPERS = (PaperSize.A4, PaperSize.F4)


@action
def start_letter(
    *,
    kind: str,
    cases: Iterable[Case],
    by: User,
    office: Office | None = None,
    organisation: Organisation | None = None,
    enclosures: Sequence[str] = (),
    paper: str = PaperSize.A4,
    client_id: uuid.UUID | None = None,
) -> Letter:
    """A draft with the texts that the cases give; nothing is numbered yet."""
    rows = drafts.with_facts([case.pk for case in cases])
    digest = content_digest(
        [
            kind,
            [case.pk for case in rows],
            office and office.pk,
            organisation and organisation.pk,
            sorted(enclosures),
        ]
    )
    if (known := stored_before(Letter, client_id, digest)) is not None:
        return known
    permissions.check_can_write_about(by, rows)
    _check_choice(kind, rows, office, paper)
    letter = Letter(
        kind=kind,
        organisation=organisation or usual_organisation(by),
        office=office if kind in rules.TO_OFFICE else None,
        area_id=area_holding([case.area_id for case in rows]),
        paper=paper,
        enclosures=[part.value for part in rules.enclosures_of(kind, enclosures, len(rows))],
        previous=_followed(rows, office),
        created_by=by,
        client_id=client_id,
        client_digest=digest if client_id else "",
    )
    texts = drafts.fresh_texts(letter, rows)
    letter.blocks = json.dumps(texts, ensure_ascii=False)
    letter.save(force_insert=True)
    named = drafts.naming(rows, texts)
    LetterCase.objects.bulk_create(
        LetterCase(letter=letter, case=case, names_reporter=case.pk in named) for case in rows
    )
    record("letter.started", subject=letter, by=by, data={"kind": letter.kind, "cases": len(rows)})
    return letter


def usual_organisation(by: User) -> Organisation:
    """One's own, else the first on record."""
    # Read anew: the one kept beside the user may be older than its letterhead.
    known = list(Organisation.objects.all())
    if not known:
        raise ActionRefused(
            _(
                "No organisation is on record yet. Ask the pengurus to add the one whose name stands on letters."
            )
        )
    return next((row for row in known if row.pk == by.organisation_id), known[0])


def _check_choice(kind: str, cases: Sequence[Case], office: Office | None, paper: str) -> None:
    if kind not in LetterKind.values:
        raise ActionRefused(_("Choose what kind of letter it is."))
    if paper not in PAPERS:
        raise ActionRefused(_("Letters are printed on A4 or F4."))
    if not cases:
        raise ActionRefused(_("Choose at least one case."))
    if len(cases) > rules.MOST_CASES:
        raise ActionRefused(_("These are too many cases for one letter. Send them in parts."))
    if len({case.category for case in cases}) > 1:
        raise ActionRefused(
            _("One letter is about cases of one kind. Choose cases in which the same happened.")
        )
    if len(cases) > 1 and kind in (LetterKind.POWER, LetterKind.STATEMENT):
        raise ActionRefused(_("This is signed by one person: write it for one case."))
    if kind not in rules.TO_OFFICE:
        return
    if office is None:
        raise ActionRefused(_("Choose the office."))
    if kind == LetterKind.OMBUDSMAN and office.kind != OfficeKind.OMBUDSMAN:
        raise ActionRefused(_("A report to the Ombudsman goes to the Ombudsman."))
    if not office.active:
        raise ActionRefused(_("This office is no longer in use. Choose another one."))
    for case in cases:
        if office.pk not in {row.pk for row in ladder.offices_for(case)}:
            raise ActionRefused(
                _("%(number)s can not go to %(office)s: choose another office.")
                % {"number": case.number, "office": office.name}
            )


def _followed(cases: Sequence[Case], office: Office | None) -> Letter | None:
    """The last letter about the first case that lies with another office."""
    handed = Letter.objects.filter(links__case=cases[0], status=LetterStatus.HANDED_OVER)
    if office is not None:
        handed = handed.exclude(office=office)
    return handed.order_by("-handed_on", "-id").first()


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a draft shall say; None leaves as it is, but a day by which an answer is asked for is always given anew."""

    texts: Mapping[str, str]
    answer_by: date | None = None
    enclosures: Sequence[str] | None = None
    paper: str | None = None
    organisation: Organisation | None = None


def change_letter(*, letter: Letter, change: Change, by: User, seen: datetime | None = None) -> Letter:
    """Other words. `seen`: when the draft was last changed as far as the writer knew; nobody's work is overwritten unseen."""
    permissions.check_can_edit_letter(by, letter)
    changed = _with(letter, change)
    kept = _checked(changed, change.texts)
    return _keep_change(letter=changed, texts=kept, by=by, seen=seen)


def try_change(*, letter: Letter, change: Change, by: User) -> LetterContent:
    """How the draft would look; nothing is kept."""
    permissions.check_can_edit_letter(by, letter)
    changed = _with(letter, change)
    return drafts.draft_of(changed, _checked(changed, change.texts))


@action
def _keep_change(*, letter: Letter, texts: dict[str, str], by: User, seen: datetime | None) -> Letter:
    row = locked(letter)
    permissions.check_can_edit_letter(by, row)
    if seen is not None and row.updated_at != seen:
        raise ActionRefused(_("Somebody else has changed this draft meanwhile. Open it again."))
    for name in ("answer_by", "enclosures", "paper", "organisation_id"):
        setattr(row, name, getattr(letter, name))
    row.blocks = json.dumps(texts, ensure_ascii=False)
    row.save(update_fields=["answer_by", "enclosures", "paper", "organisation", "blocks", "updated_at"])
    _mark_naming(row, drafts.naming(drafts.cases_of(row), texts))
    record("letter.changed", subject=row, by=by)
    return row


def _with(letter: Letter, change: Change) -> Letter:
    row = Letter.objects.select_related("organisation", "office").get(pk=letter.pk)
    if change.answer_by is not None and change.answer_by < timezone.localdate():
        raise ActionRefused(_("The day by which an answer is asked for has passed. Choose a later one."))
    row.answer_by = change.answer_by
    if change.enclosures is not None:
        many = row.links.count()
        row.enclosures = [part.value for part in rules.enclosures_of(row.kind, change.enclosures, many)]
    if change.paper is not None:
        if change.paper not in PAPERS:
            raise ActionRefused(_("Letters are printed on A4 or F4."))
        row.paper = change.paper
    if change.organisation is not None and change.organisation != row.organisation:
        if row.number:
            raise ActionRefused(_("The letter has a number of its organisation already."))
        row.organisation = change.organisation
    return row


def _checked(letter: Letter, texts: Mapping[str, Any]) -> dict[str, str]:
    """The texts of this kind, those not given as they were; refused where the letter could not be printed with them."""
    before = drafts.texts_in(letter)
    kept = before | {name: str(text) for name, text in texts.items() if name in before}
    for name, text in kept.items():
        if len(text) > shape.longest(name):
            raise ActionRefused(_("A text is too long. Shorten it, or write it in two letters."))
    if any(not kept[name].strip() for name in shape.needed(letter.kind)):
        raise ActionRefused(
            _("A text that the letter needs is empty. Fill it in, or start again from the case.")
        )
    drafts.content_of(letter, texts=kept, number=letter.number)
    return kept


@action
def restart_letter(*, letter: Letter, by: User) -> Letter:
    """All texts anew from the cases as they are today."""
    row = locked(letter)
    permissions.check_can_edit_letter(by, row)
    cases = drafts.cases_of(row)
    texts = drafts.fresh_texts(row, cases)
    row.blocks, row.answer_by = json.dumps(texts, ensure_ascii=False), None
    row.save(update_fields=["blocks", "answer_by", "updated_at"])
    _mark_naming(row, drafts.naming(cases, texts))
    record("letter.restarted", subject=row, by=by)
    return row


def _mark_naming(letter: Letter, named: set[int]) -> None:
    letter.links.filter(names_reporter=True).exclude(case_id__in=named).update(names_reporter=False)
    letter.links.filter(case_id__in=named).update(names_reporter=True)


@action
def discard_letter(*, letter: Letter, by: User) -> None:
    """A draft without a number leaves nothing behind but its event."""
    row = locked(letter)
    permissions.check_can_discard_letter(by, row)
    record("letter.discarded", subject=row, by=by, data={"kind": row.kind})
    row.delete()
