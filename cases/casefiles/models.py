"""The case file: what happened, where it stands; its reporter apart and sealed, its evidence sealed."""

import datetime
import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.casefiles.choices import (
    ActorRole,
    Category,
    CloseReason,
    Confirmed,
    EvidenceKind,
    Excuse,
    LinkKind,
    Outcome,
    ReporterLevel,
    RevokeReason,
    Status,
    Turn,
    Urgency,
    Way,
)
from cases.casefiles.due import due_within
from cases.casefiles.rules import NOT_DUE
from cases.casefiles.workflow import OPEN, TURN, statuses_of
from cases.households.models import Household
from cases.kernel import crypto
from cases.kernel.fields import SealedTextField
from cases.kernel.scope import ScopedQuerySet, within
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel, GuardedQuerySet
from cases.programmes.models import Programme, Round

RW_PARTS = 5
SIMILAR_DAYS = 60


class CaseCounter(GuardedModel):
    """The last number given under a prefix (GDG-2611); its row is locked while the next one is given."""

    prefix = models.CharField(max_length=16, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("case counter")
        verbose_name_plural = _("case counters")

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class CaseGroupQuerySet(ScopedQuerySet):
    pass


def rw_of(code: str) -> str:
    """The RW an area lies in, or the area itself above that level."""
    return ".".join(code.split(".")[:RW_PARTS])


def about_the_time_of(case: "Case") -> models.Q:
    """Happened, or where that is not known was recorded, within SIMILAR_DAYS of it."""
    middle = case.happened_on or timezone.localdate(case.created_at)
    reach = datetime.timedelta(days=SIMILAR_DAYS)
    first, last = middle - reach, middle + reach
    return models.Q(happened_on__range=(first, last)) | models.Q(
        happened_on=None, created_at__date__range=(first, last)
    )


class CaseGroup(GuardedModel):
    """The same thing happening to many."""

    title = models.CharField(_("what happened to many"), max_length=160)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group of cases")
        verbose_name_plural = _("groups of cases")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title


class CaseQuerySet(ScopedQuerySet):
    def still_open(self) -> "CaseQuerySet":
        return self.filter(status__in=OPEN)

    def on_turn_of(self, turn: str) -> "CaseQuerySet":
        return self.filter(status__in=statuses_of(turn))

    def with_words(self) -> "CaseQuerySet":
        """All that a list or page says about a case, in one query."""
        return self.select_related(
            "area__parent__parent", "household", "programme", "round", "assigned_to", "group", "created_by"
        )

    def overdue(self, today: datetime.date) -> "CaseQuerySet":
        return self.still_open().filter(due_on__lt=today)

    def due_in(self, bucket: str, today: datetime.date) -> "CaseQuerySet":
        """Open cases whose deadline lies in one of rules.DUE_BUCKETS, or that have none."""
        if bucket == NOT_DUE:
            return self.still_open().filter(due_on=None)
        return self.still_open().filter(due_within(bucket, today))

    def similar_to(self, case: "Case") -> "CaseQuerySet":
        """Open or over, of the same kind, in the same RW, of the same round or about the same time; newest first.

        A household's own earlier case of the kind is similar wherever it was recorded.
        """
        near = within([rw_of(case.area_id)])
        if case.round_id:
            near &= models.Q(round_id=case.round_id) | about_the_time_of(case)
        else:
            near &= about_the_time_of(case)
        if case.household_id:
            near |= models.Q(household_id=case.household_id)
        return self.filter(near, category=case.category).exclude(pk=case.pk).order_by("-created_at", "-id")


class Case(ClientStamped, GuardedModel):
    number = models.CharField(_("case number"), max_length=24, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="cases", verbose_name=_("area"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("household")
    )
    category = models.CharField(_("what happened"), max_length=24, choices=Category)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("round")
    )
    happened_on = models.DateField(_("date"), null=True, blank=True)
    happened_about = models.CharField(_("about when"), max_length=80, blank=True)
    story = models.TextField(_("story"), max_length=6000)
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.NORMAL)
    # Answers to the questions of the category (rules.QUESTIONS) that have no column of their own.
    details = models.JSONField(_("details"), default=dict, blank=True)

    # Levy or deduction (PUNGLI, POTONGAN): rupiah.
    levy_amount = models.PositiveIntegerField(_("amount taken"), null=True, blank=True)
    levy_out_of = models.PositiveIntegerField(_("out of how much"), null=True, blank=True)
    levy_excuse = models.CharField(_("excuse"), max_length=16, choices=Excuse, blank=True)
    actor_role = models.CharField(_("who did it"), max_length=12, choices=ActorRole, blank=True)
    levy_way = models.CharField(_("how"), max_length=10, choices=Way, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.NEW)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_confirmed = models.CharField(_("how it is known"), max_length=12, choices=Confirmed, blank=True)
    close_reason = models.CharField(_("why closed"), max_length=12, choices=CloseReason, blank=True)
    needs = models.CharField(_("what is missing"), max_length=300, blank=True)
    # The earliest open deadline of its submissions, kept by escalations so that lists can sort and filter on it.
    due_on = models.DateField(_("deadline"), null=True, blank=True)

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_cases",
        verbose_name=_("assigned to"),
    )
    group = models.ForeignKey(
        CaseGroup, models.SET_NULL, null=True, blank=True, related_name="cases", verbose_name=_("group")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(status=Status.RESOLVED) & ~models.Q(outcome=""))
                | (~models.Q(status=Status.RESOLVED) & models.Q(outcome="")),
                name="case_resolved_has_outcome",
            ),
            models.CheckConstraint(
                condition=(models.Q(status=Status.CLOSED) & ~models.Q(close_reason=""))
                | (~models.Q(status=Status.CLOSED) & models.Q(close_reason="")),
                name="case_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(levy_amount=None)
                | models.Q(levy_out_of=None)
                | models.Q(levy_amount__lte=models.F("levy_out_of")),
                name="case_levy_within_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="case_recent"),
            models.Index(fields=["area", "-created_at", "-id"], name="case_area_recent"),
            models.Index(fields=["status", "-created_at", "-id"], name="case_status_recent"),
            models.Index(fields=["due_on"], name="case_due", condition=models.Q(due_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def turn(self) -> Turn:
        return TURN[Status(self.status)]

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative when past it; None without one or when the case is over."""
        if self.due_on is None or self.status not in OPEN:
            return None
        return (self.due_on - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


class Reporter(GuardedModel):
    """Who reported it: apart from the case, sealed, and told only through `permissions.reporter_for`.

    An anonymous report keeps a level and nothing else; the database checks it.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="reporter")
    level = models.CharField(_("who may know"), max_length=14, choices=ReporterLevel)
    name_sealed = SealedTextField(_("reporter's name"), null=True, blank=True)
    phone_sealed = SealedTextField(_("reporter's telephone"), null=True, blank=True)
    relation_sealed = SealedTextField(_("relation to the family"), null=True, blank=True)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(level=ReporterLevel.ANONYMOUS)
                | models.Q(name_sealed__isnull=True, phone_sealed__isnull=True, relation_sealed__isnull=True),
                name="anonymous_reporter_keeps_nothing",
            )
        ]

    def __str__(self) -> str:
        return self.level

    def opened(self, field: str) -> str:
        """The plaintext of a sealed field, "" where nothing is kept; for `permissions` and for its own change only."""
        sealed = getattr(self, field)
        return sealed.reveal() if sealed else ""

    opened.alters_data = True  # type: ignore[attr-defined]


class OfCaseQuerySet(GuardedQuerySet):
    """Rows that belong to a case are seen by whoever sees the case."""

    def visible_to(self, user):
        return self.filter(within(user.row_areas, "case__area_id"))


class LookupCode(ClientStamped, GuardedModel):
    """With it a resident asks how the case goes: found by a keyed digest, sealed so that the slip can be printed again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="lookup_codes")
    digest = models.CharField(_("digest of the code"), max_length=64, unique=True, editable=False)
    code_sealed = SealedTextField(_("code"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_reason = models.CharField(_("why revoked"), max_length=10, choices=RevokeReason, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("code for a resident")
        verbose_name_plural = _("codes for residents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(revoked_at=None), name="one_current_code_a_case"
            ),
            # What opens nothing any more is not kept either.
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_reason="", code_sealed__isnull=False)
                | (
                    models.Q(revoked_at__isnull=False, code_sealed__isnull=True)
                    & ~models.Q(revoked_reason="")
                ),
                name="code_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.digest[:8]}"

    def opened(self) -> str:
        """The code without dashes, "" once it is taken back; for its actions and the slip only."""
        return self.code_sealed.reveal() if self.code_sealed else ""

    opened.alters_data = True  # type: ignore[attr-defined]


class Evidence(ClientStamped, GuardedModel):
    """A sealed original with its digest, and a clean copy without metadata for the screen (also sealed).

    Never deleted: what should not count is struck, with the reason.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind)
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    original = SealedFileField(_("sealed original"), upload_to="evidence/%Y/%m")
    original_type = models.CharField(_("type"), max_length=60)
    original_size = models.PositiveIntegerField(_("size in bytes"))
    original_sha256 = models.CharField(_("digest of the original"), max_length=64)
    clean_copy = SealedFileField(_("sealed clean copy"), upload_to="evidence/%Y/%m", blank=True)
    clean_type = models.CharField(_("type of the clean copy"), max_length=60, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    struck_reason = models.CharField(_("why struck"), max_length=200, blank=True)
    struck_at = models.DateTimeField(_("struck"), null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "original_sha256"], name="evidence_once_a_case"),
            models.CheckConstraint(
                condition=models.Q(struck_at=None, struck_reason="")
                | (models.Q(struck_at__isnull=False) & ~models.Q(struck_reason="")),
                name="evidence_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.original_sha256[:8]}"

    def open_original(self) -> bytes:
        """The file as it came; raises crypto.CannotUnseal where file or digest were tampered with."""
        content = self.original.unsealed()
        if hashlib.sha256(content).hexdigest() != self.original_sha256:
            raise crypto.CannotUnseal("evidence does not fit its digest")
        return content

    def open_clean(self) -> bytes:
        """What is shown: the clean copy of a photo, and the file itself where no other copy can be made."""
        return self.clean_copy.unsealed() if self.clean_copy else self.open_original()

    open_original.alters_data = open_clean.alters_data = True  # type: ignore[attr-defined]


class CaseLinkQuerySet(OfCaseQuerySet):
    def between(self, case: Case) -> "CaseLinkQuerySet":
        """Links of a case in either direction."""
        return self.filter(models.Q(case=case) | models.Q(other=case))

    def visible_to(self, user):
        """Both ends must be seen."""
        return super().visible_to(user).filter(within(user.row_areas, "other__area_id"))


class CaseLink(GuardedModel):
    """Two cases that are similar or the same; `case` is the later one."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked_from")
    kind = models.CharField(_("kind"), max_length=10, choices=LinkKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between cases")
        verbose_name_plural = _("links between cases")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="case_link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="case_link_not_self"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
