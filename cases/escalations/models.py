"""Offices, the rules of their clocks, and what was sent to them. Reference rows carry legal basis and last check."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.casefiles.models import Case
from cases.casefiles.workflow import OPEN
from cases.escalations.choices import Channel, DayUnit, OfficeKind, Solves, Step, SubmissionStatus
from cases.kernel.scope import path_to, within
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel, GuardedQuerySet


class OfficeQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        """Offices of the areas the user sees and of the areas above them."""
        above = {code for own in user.row_areas for code in path_to(own)}
        return self.filter(within(user.row_areas) | models.Q(area_id__in=above))

    def responsible_for(self, code: str) -> "OfficeQuerySet":
        """Offices in use of the area and of the areas above it."""
        return self.filter(active=True, area_id__in=path_to(code))

    def of_kind(self, *kinds: str) -> "OfficeQuerySet":
        return self.filter(kind__in=kinds)


class Office(GuardedModel):
    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind)
    name = models.CharField(_("name"), max_length=120)
    addressee = models.CharField(_("addressed to"), max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="offices", verbose_name=_("area"))
    address = models.CharField(_("address"), max_length=250, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["area_id", "kind", "name"]

    def __str__(self) -> str:
        return self.name


class DeadlineRule(GuardedModel):
    """How long an office of a kind has for a step; no row, no clock."""

    office_kind = models.CharField(_("kind of office"), max_length=20, choices=OfficeKind)
    step = models.CharField(_("step"), max_length=20, choices=Step, default=Step.ANSWER)
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=12, choices=DayUnit)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["office_kind", "step"]
        constraints = [models.UniqueConstraint(fields=["office_kind", "step"], name="deadline_rule_once")]

    def __str__(self) -> str:
        return f"{self.office_kind} {self.step} {self.amount} {self.unit}"


class SubmissionQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        """Submissions of cases that the user sees."""
        return self.filter(
            models.Exists(SubmissionCase.objects.visible_to(user).filter(submission_id=models.OuterRef("pk")))
        )

    def with_open_case(self) -> "SubmissionQuerySet":
        """Whether any of its cases still waits: nobody chases an office for what was solved otherwise."""
        waiting = SubmissionCase.objects.filter(submission_id=models.OuterRef("pk"), case__status__in=OPEN)
        return self.annotate(has_open_case=models.Exists(waiting))

    def running(self) -> "SubmissionQuerySet":
        """Clocks that run: awaiting reply, with a case that is not over."""
        return self.with_open_case().filter(status=SubmissionStatus.OPEN, has_open_case=True)


class Submission(ClientStamped, GuardedModel):
    """Something handed to an office, for one case or several."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="submissions", verbose_name=_("office"))
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    sent_on = models.DateField(_("sent on"))
    received_by = models.CharField(_("received by"), max_length=120, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    their_number = models.CharField(_("their number"), max_length=80, blank=True)
    notes = models.CharField(_("notes"), max_length=300, blank=True)
    # The rule as it stood, so that a later change of law does not rewrite history; null: no deadline in law.
    rule_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    rule_unit = models.CharField(max_length=12, choices=DayUnit, blank=True)
    rule_basis = models.CharField(max_length=250, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SubmissionStatus, default=SubmissionStatus.OPEN
    )
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("sent_on")),
                name="submission_received_after_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(rule_amount=None, due_on=None)
                | models.Q(rule_amount__isnull=False, due_on__isnull=False),
                name="submission_due_by_rule",
            ),
            models.CheckConstraint(
                condition=(models.Q(status=SubmissionStatus.WITHDRAWN) & ~models.Q(withdrawn_reason=""))
                | (~models.Q(status=SubmissionStatus.WITHDRAWN) & models.Q(withdrawn_reason="")),
                name="submission_withdrawn_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="submission_due"),
            models.Index(fields=["-sent_on", "-id"], name="submission_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.sent_on}"

    @property
    def clock_starts_on(self) -> date:
        """The dated receipt starts the clock; until it is known, the day of sending."""
        return self.received_on or self.sent_on

    @property
    def is_open(self) -> bool:
        return self.status == SubmissionStatus.OPEN

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative when past it; None without one or when the clock has stopped.

        Read with_open_case() where it is shown, so that a clock of cases that are over stands still.
        """
        if self.due_on is None or not self.is_open or not getattr(self, "has_open_case", True):
            return None
        return (self.due_on - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


class SubmissionCaseQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        return self.filter(within(user.row_areas, "case__area_id"))


class SubmissionCase(GuardedModel):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="submission_links")

    objects = SubmissionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case in a submission")
        verbose_name_plural = _("cases in submissions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["submission", "case"], name="case_once_a_submission")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.case_id}"


class AnswerQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        return self.filter(submission__in=Submission.objects.visible_to(user))


class Answer(ClientStamped, GuardedModel):
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="answers")
    answered_on = models.DateField(_("answered on"))
    content = models.TextField(_("what they said"), max_length=4000)
    solves = models.CharField(_("does it solve the matter"), max_length=8, choices=Solves)
    their_number = models.CharField(_("number of the answer"), max_length=80, blank=True)
    attachment = SealedFileField(_("attachment"), upload_to="answers/%Y/%m", blank=True)
    attachment_type = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["answered_on", "id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.answered_on}"
