"""A case and others: whose task it is, which cases are like it, and the same thing happening to many."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.casefiles import permissions
from cases.casefiles.choices import LinkKind
from cases.casefiles.models import Case, CaseGroup, CaseLink
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people.models import User

TITLE_LENGTH = 160


@action
def assign(*, case: Case, by: User, to: User | None) -> Case:
    """Hand the case to somebody who works in its area, or to nobody."""
    case = locked(case)
    permissions.check_can_assign(by, case)
    if to is not None and not (to.is_active and to.sees(case.area_id)):
        raise ActionRefused(_("This person does not work in the area of the case."))
    return _hand_to(case, to, by)


@action
def take_on(*, case: Case, by: User) -> Case:
    """Take a case that nobody has."""
    case = locked(case)
    permissions.check_can_take_on(by, case)
    return _hand_to(case, by, by)


def _hand_to(case: Case, to: User | None, by: User) -> Case:
    if case.assigned_to_id == getattr(to, "pk", None):
        return case
    case.assigned_to = to
    case.save(update_fields=["assigned_to", "updated_at"])
    record("case.assigned", subject=case, by=by, data={"to": to.pk if to else None})
    return case


@action
def link(*, case: Case, other: Case, by: User, kind: str = LinkKind.SIMILAR) -> CaseLink:
    """Say that two cases are alike; the later one points to the earlier."""
    permissions.check_can_link(by, case)
    permissions.check_can_link(by, other)
    if case.pk == other.pk:
        raise ActionRefused(_("A case cannot be linked to itself."))
    if kind not in LinkKind.values:
        raise ActionRefused(_("Choose how the two cases belong together."))
    return link_later_to_earlier(case, other, LinkKind(kind), by)


def link_later_to_earlier(case: Case, other: Case, kind: LinkKind, by: User) -> CaseLink:
    earlier, later = sorted(
        Case.objects.select_for_update().filter(pk__in=(case.pk, other.pk)).order_by("pk"),
        key=lambda row: row.pk,
    )
    known = CaseLink.objects.filter(case=later, other=earlier).first()
    if known is not None:
        # Similar may turn out to be the same; never the other way round by accident.
        if known.kind == kind or kind == LinkKind.SIMILAR:
            return known
        known.kind = kind
        known.save(update_fields=["kind"])
    else:
        known = CaseLink.objects.create(case=later, other=earlier, kind=kind, by=by)
    for one, two in ((later, earlier), (earlier, later)):
        record("case.linked", subject=one, by=by, about=two, data={"kind": kind.value, "number": two.number})
    return known


@action
def unlink(*, link: CaseLink, by: User) -> None:
    """They were not alike after all; duplicates stay linked."""
    link = locked(link)
    permissions.check_can_link(by, link.case)
    permissions.check_can_link(by, link.other)
    if link.kind == LinkKind.DUPLICATE:
        raise ActionRefused(_("A duplicate stays linked. Open the closed case again instead."))
    for one, two in ((link.case, link.other), (link.other, link.case)):
        record("case.unlinked", subject=one, by=by, about=two, data={"number": two.number})
    link.delete()


@action
def group(*, cases: Iterable[Case], by: User, title: str = "", group: CaseGroup | None = None) -> CaseGroup:
    """Put cases into a group, a new one where none is given."""
    rows = list(Case.objects.select_for_update().filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    for case in rows:
        permissions.check_can_group(by, case)
    if not rows:
        raise ActionRefused(_("Choose at least one case."))
    if group is None:
        title = _checked_title(title)
        for case in rows:
            permissions.check_keeps_reporter(case, title)
        group = CaseGroup.objects.create(title=title, area_id=_common_area(rows), created_by=by)
        record("group.made", subject=group, by=by, data={"cases": len(rows)})
    else:
        group = locked(group)
        permissions.check_can_rename_group(by, group)
        area = _common_path([group.area_id, *(case.area_id for case in rows)])
        if area != group.area_id:
            group.area_id = area or group.area_id
            group.save(update_fields=["area"])
    for case in rows:
        if case.group_id != group.pk:
            case.group = group
            case.save(update_fields=["group", "updated_at"])
            record("case.grouped", subject=case, by=by, about=group, data={"group": group.pk})
    return group


@action
def rename_group(*, group: CaseGroup, by: User, title: str) -> CaseGroup:
    group = locked(group)
    permissions.check_can_rename_group(by, group)
    title = _checked_title(title)
    if title != group.title:
        for case in group.cases.all():
            permissions.check_keeps_reporter(case, title)
        group.title = title
        group.save(update_fields=["title"])
        record("group.renamed", subject=group, by=by)
    return group


@action
def ungroup(*, case: Case, by: User) -> Case:
    case = locked(case)
    permissions.check_can_group(by, case)
    if case.group_id is None:
        raise ActionRefused(_("This case is in no group."))
    left, case.group = case.group, None
    case.save(update_fields=["group", "updated_at"])
    record("case.ungrouped", subject=case, by=by, about=left, data={"group": left.pk if left else None})
    return case


def _checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise ActionRefused(_("Write what happened to all of them."))
    if len(title) > TITLE_LENGTH:
        raise ActionRefused(_("The title is too long. Write it in a few words."))
    return title


def _common_area(rows: list[Case]) -> str:
    area = _common_path([case.area_id for case in rows])
    if not area:
        raise ActionRefused(_("These cases lie in places that have nothing in common."))
    return area


def _common_path(codes: list[str]) -> str:
    """The smallest area that holds all of them."""
    shared = []
    for parts in zip(*(code.split(".") for code in codes), strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return ".".join(shared)
