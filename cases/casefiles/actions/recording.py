"""A case is recorded, changed, and its reporter shown to those who may see one."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.casefiles import permissions, rules
from cases.casefiles.actions.evidence import keep_evidence
from cases.casefiles.choices import (
    ActorRole,
    Category,
    Excuse,
    ReporterLevel,
    ReporterRelation,
    Urgency,
    Way,
)
from cases.casefiles.models import Case, CaseCounter, Reporter
from cases.households.models import Household
from cases.kernel import crypto
from cases.kernel.exceptions import ActionRefused
from cases.kernel.phones import normalise_phone
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User
from cases.programmes.models import Programme, Round


@dataclass(frozen=True)
class ReporterData:
    """What the reporter lets the posko keep; of an anonymous one, whatever was typed is dropped."""

    level: str = ReporterLevel.ANONYMOUS
    name: str = ""
    phone: str = ""
    relation: str = ""


ANONYMOUS = ReporterData()


@dataclass(frozen=True)
class Levy:
    """The answers that have columns: rupiah, and codes of Excuse, ActorRole and Way."""

    amount: int | None = None
    out_of: int | None = None
    excuse: str = ""
    actor_role: str = ""
    way: str = ""


NO_LEVY = Levy()

EDITABLE = (
    "household",
    "programme",
    "round",
    "happened_on",
    "happened_about",
    "story",
    "urgency",
    "category",
    "area",
)


@dataclass(frozen=True)
class _Facts:
    """What a case says, checked as a whole before anything is written."""

    area: Area
    category: str
    story: str
    household: Household | None
    programme: Programme | None
    round: Round | None
    happened_on: date | None
    happened_about: str
    urgency: str
    details: Mapping[str, Any] = field(default_factory=dict)
    levy: Levy = NO_LEVY


@action
def log_case(
    *,
    by: User,
    area: Area,
    category: str,
    story: str,
    household: Household | None = None,
    programme: Programme | None = None,
    round: Round | None = None,  # noqa: A002  the word of the domain
    happened_on: date | None = None,
    happened_about: str = "",
    urgency: str = Urgency.NORMAL,
    details: Mapping[str, Any] | None = None,
    levy: Levy = NO_LEVY,
    reporter: ReporterData = ANONYMOUS,
    evidence: Sequence[bytes | BinaryIO] = (),
    client_id: uuid.UUID | None = None,
) -> Case:
    """Record a case under the next number of its kelurahan; the same client id again gives the case it made before."""
    permissions.check_can_log(by, area)
    facts = _checked(
        by,
        _Facts(
            area=area,
            category=category,
            story=story.strip(),
            household=household,
            programme=programme or (round.programme if round else None),
            round=round,
            happened_on=happened_on,
            happened_about=happened_about.strip(),
            urgency=urgency,
            details=details or {},
            levy=levy,
        ),
    )
    reporter = _checked_reporter(reporter, _read_by_others(facts))
    files = [_bytes(file) for file in evidence]
    stamp = _stamp(facts, reporter, files)
    existing = stored_before(Case, client_id, stamp)
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            case = Case(
                number=_next_number(area),
                created_by=by,
                client_id=client_id,
                client_digest=stamp if client_id else "",
                **_columns(facts),
            )
            case.save()
    except IntegrityError:
        # The same form came twice at the same moment: the other one has stored it meanwhile.
        existing = stored_before(Case, client_id, stamp)
        if existing is None:
            raise
        return existing
    Reporter.objects.create(
        case=case,
        level=reporter.level,
        name_sealed=reporter.name,
        phone_sealed=reporter.phone,
        relation_sealed=reporter.relation,
    )
    # Neither the level nor anything else of the reporter: whoever reads history may not learn that there is a name.
    record(
        "case.logged",
        subject=case,
        by=by,
        data={"category": case.category, "urgency": case.urgency, "evidence": len(files)},
    )
    for content in files:
        keep_evidence(case, content, by=by)
    return case


@action
def edit(*, case: Case, by: User, **changes: Any) -> Case:
    """Change what a case says; `changes` are fields of EDITABLE, `details`, `levy` or `reporter`."""
    case = locked(case)
    permissions.check_can_edit(by, case)
    unknown = set(changes) - {*EDITABLE, "details", "levy", "reporter"}
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    told = changes.pop("reporter", None)
    before = {name: getattr(case, name) for name in EDITABLE}
    area = changes.get("area", case.area)
    if area.pk != case.area_id:
        permissions.check_can_log(by, area)
    wanted = {**before, "details": case.details, "levy": levy_of(case), **changes}
    for name in ("story", "happened_about"):
        wanted[name] = wanted[name].strip()
    if wanted["round"] and "programme" not in changes:
        wanted["programme"] = wanted["round"].programme
    facts = _checked(by, _Facts(**wanted), kept=case.household)
    if told is not None:
        permissions.check_can_change_reporter(by, case)
        told = _checked_reporter(told, _read_by_others(facts))
    else:
        permissions.check_keeps_reporter(case, *_read_by_others(facts), by=by)
    columns = _columns(facts)
    changed = sorted(name for name, value in columns.items() if getattr(case, name) != value)
    for name in changed:
        setattr(case, name, columns[name])
    if changed:
        case.save()
        record("case.edited", subject=case, by=by, data={"fields": changed})
    if told is not None:
        _write_reporter(case, told, by)
    return case


@action
def change_reporter(*, case: Case, by: User, reporter: ReporterData) -> Case:
    """Keep what the reporter now wants kept, whatever the status: consent may be taken back at any time."""
    case = locked(case)
    permissions.check_can_change_reporter(by, case)
    texts = [case.story, case.happened_about, *(v for v in case.details.values() if isinstance(v, str))]
    # Becoming anonymous is never refused: what stands in the story is then for the coordinator to mend.
    anonymous = reporter.level == ReporterLevel.ANONYMOUS
    _write_reporter(case, ANONYMOUS if anonymous else _checked_reporter(reporter, texts), by)
    return case


@action
def reveal_reporter(*, case: Case, by: User) -> permissions.Told:
    """Open the reporter's name for one who may see it; every time is on record."""
    case = locked(case)
    permissions.check_can_reveal_reporter(by, case)
    record("case.reporter_shown", subject=case, by=by)
    return permissions.reporter_for(case, by, asked=True)


def levy_of(case: Case) -> Levy:
    return Levy(
        amount=case.levy_amount,
        out_of=case.levy_out_of,
        excuse=case.levy_excuse,
        actor_role=case.actor_role,
        way=case.levy_way,
    )


def _checked(by: User, facts: _Facts, *, kept: Household | None = None) -> _Facts:
    """The facts as they are stored, or a refusal that says what does not fit; `kept` is the family it has already."""
    if facts.category not in Category.values:
        raise ActionRefused(_("Choose what happened."))
    if facts.urgency not in Urgency.values:
        raise ActionRefused(_("Choose how urgent it is."))
    if not facts.story:
        raise ActionRefused(_("Write down what happened, in a sentence at least."))
    if len(facts.story) > rules.STORY_LENGTH:
        raise ActionRefused(_("The story is too long. Keep what matters most."))
    if len(facts.happened_about) > rules.ABOUT_LENGTH:
        raise ActionRefused(_("“About when” is too long. A few words are enough."))
    if facts.happened_on and facts.happened_on > timezone.localdate():
        raise ActionRefused(_("The date lies in the future. When did it happen?"))
    if (
        facts.household
        and facts.household != kept
        and not Household.objects.visible_to(by).filter(pk=facts.household.pk).exists()
    ):
        raise ActionRefused(_("This household lies outside the areas you work in."))
    if facts.round and facts.programme and facts.round.programme_id != facts.programme.pk:
        raise ActionRefused(_("This round belongs to another programme."))
    levy = facts.levy
    for value, choices in ((levy.excuse, Excuse), (levy.actor_role, ActorRole), (levy.way, Way)):
        if value and value not in choices.values:
            raise ActionRefused(_("One of the answers is not among those that can be chosen."))
    if levy.amount is not None and levy.out_of is not None and levy.amount > levy.out_of:
        raise ActionRefused(_("More was taken than there was. Check the two amounts."))
    if any(
        value is not None and not 0 <= value <= rules.LARGEST_AMOUNT for value in (levy.amount, levy.out_of)
    ):
        raise ActionRefused(_("The amount cannot be right. Write it in rupiah."))
    details, wrong = rules.check_details(facts.category, facts.details)
    if wrong:
        raise ActionRefused(_("One of the answers is not among those that can be chosen."))
    return _Facts(**{**_shallow(facts), "details": details, "levy": rules.levy_kept(facts.category, levy)})


def _checked_reporter(reporter: ReporterData, texts: list[str]) -> ReporterData:
    """As it is kept; `texts` are what others read."""
    if reporter.level not in ReporterLevel.values:
        raise ActionRefused(_("Choose who may know the reporter's name."))
    if reporter.level == ReporterLevel.ANONYMOUS:
        # Dropped before anything else looks at it: not stored, not digested, not logged. But a name typed with the story
        # must not stay there either.
        _refuse_if_given_away(texts, reporter.name, reporter.phone)
        return ANONYMOUS
    name, phone = " ".join(reporter.name.split()), reporter.phone.strip()
    if not name:
        raise ActionRefused(_("Write the reporter's name, or choose “Anonymous”."))
    if reporter.relation and reporter.relation not in ReporterRelation.values:
        raise ActionRefused(_("One of the answers is not among those that can be chosen."))
    if phone:
        try:
            phone = normalise_phone(phone)
        except ValueError as error:
            raise ActionRefused(_("The reporter's telephone number cannot be right. Check it.")) from error
    _refuse_if_given_away(texts, name, phone)
    return ReporterData(level=reporter.level, name=name, phone=phone, relation=reporter.relation)


def _refuse_if_given_away(texts: list[str], name: str, phone: str) -> None:
    """Many read the story; few may know the reporter."""
    if rules.gives_away(texts, name=name, phone=phone):
        raise ActionRefused(permissions.GIVEN_AWAY)


def _read_by_others(facts: _Facts) -> list[str]:
    return [facts.story, facts.happened_about, *(v for v in facts.details.values() if isinstance(v, str))]


def _write_reporter(case: Case, told: ReporterData, by: User) -> None:
    """Replace what was kept; what a stricter level may not keep is gone at once."""
    reporter = Reporter.objects.select_for_update().get(case=case)
    kept = [reporter.opened(field) for field in ("name_sealed", "phone_sealed", "relation_sealed")]
    if [reporter.level, *kept] == [told.level, told.name, told.phone, told.relation]:
        return
    reporter.level = told.level
    reporter.name_sealed, reporter.phone_sealed = told.name, told.phone
    reporter.relation_sealed = told.relation
    reporter.save()
    # Neither old nor new level: history.entries shows this to those who may see the reporter.
    record("case.reporter_changed", subject=case, by=by)


def _columns(facts: _Facts) -> dict[str, Any]:
    columns = {name: getattr(facts, name) for name in (*EDITABLE, "details")}
    levy = facts.levy
    return {
        **columns,
        "levy_amount": levy.amount,
        "levy_out_of": levy.out_of,
        "levy_excuse": levy.excuse,
        "actor_role": levy.actor_role,
        "levy_way": levy.way,
    }


def _shallow(facts: _Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _next_number(area: Area) -> str:
    """The next of this kelurahan and month. The counter's row stays locked until the case is committed, so no number is
    given twice, and none is lost when the case is not stored after all."""
    village = Area.objects.get(pk=area.village_code)
    prefix = rules.number_prefix(village.abbr, village.code, timezone.localdate())
    CaseCounter.objects.bulk_create([CaseCounter(prefix=prefix)], ignore_conflicts=True)
    counter = CaseCounter.objects.select_for_update().get(pk=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return rules.number(prefix, counter.last)


def _bytes(file: bytes | BinaryIO) -> bytes:
    if isinstance(file, bytes):
        return file
    file.seek(0)
    return file.read(rules.LARGEST_FILE + 1)


def _stamp(facts: _Facts, reporter: ReporterData, files: list[bytes]) -> str:
    """Keyed, since without a key one could try names until the digest fits."""
    content = {
        **{name: getattr(value, "pk", value) for name, value in _shallow(facts).items()},
        "levy": asdict(facts.levy),
        "reporter": asdict(reporter),
        "files": [hashlib.sha256(content).hexdigest() for content in files],
    }
    return crypto.digest(content_digest(content), purpose="casefiles.case.client")
