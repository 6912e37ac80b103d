"""What was sent to an office, its clocks, and what came back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles.models import Case
from cases.casefiles.workflow import OPEN
from cases.escalations.choices import (
    AnswerKind,
    Channel,
    DayUnit,
    Mark,
    Matter,
    Solves,
    Start,
    Step,
    SubmissionStatus,
    Word,
)
from cases.escalations.models.reference import Office
from cases.kernel.scope import within
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel, GuardedQuerySet


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

    def awaited(self) -> "SubmissionQuerySet":
        """The office owes an answer, with a deadline or without one, to a case that is not over."""
        return self.with_open_case().filter(status=SubmissionStatus.OPEN, has_open_case=True)

    def running(self) -> "SubmissionQuerySet":
        """Clocks that run, the office's or ours, with a case that is not over."""
        return self.with_open_case().filter(due_on__isnull=False, has_open_case=True)


class Submission(ClientStamped, GuardedModel):
    """Something handed to an office, for one case or several."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="submissions", verbose_name=_("office"))
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    sent_on = models.DateField(_("sent on"))
    received_by = models.CharField(_("received by"), max_length=120, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    their_number = models.CharField(_("their number"), max_length=80, blank=True)
    notes = models.CharField(_("notes"), max_length=300, blank=True)
    matter = models.CharField(
        _("for what"), max_length=20, choices=Matter, blank=True, default=Matter.ORDINARY
    )
    # What it carries on: an appeal to the next rung, or an objection.
    appeal_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="appeals", verbose_name=_("carries on")
    )
    # The earliest of its deadlines that run, for the index; null where none does.
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
                condition=~models.Q(status=SubmissionStatus.WITHDRAWN) | models.Q(due_on=None),
                name="submission_withdrawn_has_no_clock",
            ),
            models.CheckConstraint(
                condition=models.Q(appeal_of=None) | ~models.Q(appeal_of=models.F("pk")),
                name="submission_appeals_another",
            ),
            models.CheckConstraint(
                condition=(models.Q(status=SubmissionStatus.WITHDRAWN) & ~models.Q(withdrawn_reason=""))
                | (~models.Q(status=SubmissionStatus.WITHDRAWN) & models.Q(withdrawn_reason="")),
                name="submission_withdrawn_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=models.Q(due_on__isnull=False), name="submission_runs_out"
            ),
            models.Index(fields=["-sent_on", "-id"], name="submission_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.sent_on}"

    @property
    def is_open(self) -> bool:
        return self.status == SubmissionStatus.OPEN

    @property
    def days_left(self) -> int | None:
        """Days until the earliest deadline, negative when past it; None where no clock runs.

        Read with_open_case() where it is shown, so that a clock of cases that are over stands still.
        """
        if self.due_on is None or not getattr(self, "has_open_case", True):
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
    # The first answer to this case that is more than a part; the office may answer one by one.
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    # Of the last such answer.
    solves = models.CharField(_("does it solve the matter"), max_length=8, choices=Solves, blank=True)

    objects = SubmissionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case in a submission")
        verbose_name_plural = _("cases in submissions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["submission", "case"], name="case_once_a_submission")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.case_id}"


class Deadline(GuardedModel):
    """One clock of a submission. The rule as it stood, so that a later change of law does not rewrite history.

    The three days are what rules.deadlines() gives for the facts on record; they are kept for lists and for the history.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="deadlines")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    start = models.CharField(_("counts from"), max_length=20, choices=Start)
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=12, choices=DayUnit)
    basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    met_on = models.DateField(_("kept on"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "step"], name="deadline_once_a_step"),
            models.CheckConstraint(
                condition=models.Q(started_on=None, due_on=None)
                | models.Q(started_on__isnull=False, due_on__gte=models.F("started_on")),
                name="deadline_due_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "submission"],
                condition=models.Q(met_on=None, due_on__isnull=False),
                name="deadline_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.step}"


class DeadlineMark(GuardedModel):
    """That a deadline was told at a mark: written with the event, so that it is told once however often one looks.

    A deadline that moves is another day, and is told again.
    """

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="marks")
    mark = models.CharField(_("mark"), max_length=10, choices=Mark)
    due_on = models.DateField(_("deadline"))
    told_at = models.DateTimeField(_("told"), auto_now_add=True)

    class Meta:
        verbose_name = _("mark of a deadline")
        verbose_name_plural = _("marks of deadlines")
        constraints = [models.UniqueConstraint(fields=["deadline", "mark", "due_on"], name="mark_told_once")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.mark}"


class Progress(ClientStamped, GuardedModel):
    """What an office's channel says of a submission in its own words, and what the posko did in between."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="progress")
    word = models.CharField(_("status in their words"), max_length=20, choices=Word)
    on = models.DateField(_("on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.word}"


class AnswerQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        return self.filter(submission__in=Submission.objects.visible_to(user))


class Answer(ClientStamped, GuardedModel):
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="answers")
    answered_on = models.DateField(_("answered on"))
    kind = models.CharField(
        _("what kind of answer"), max_length=12, choices=AnswerKind, default=AnswerKind.ANSWER
    )
    # Which of the cases of the submission it speaks of.
    links = models.ManyToManyField(SubmissionCase, related_name="answers", verbose_name=_("cases"))
    content = models.TextField(_("what they said"), max_length=4000)
    # Empty for what is no answer yet: more time, papers that are missing.
    solves = models.CharField(_("does it solve the matter"), max_length=8, choices=Solves, blank=True)
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


class CalendarFeedQuerySet(GuardedQuerySet):
    def visible_to(self, user):
        return self.filter(user=user.pk)

    def open(self) -> "CalendarFeedQuerySet":
        return self.filter(revoked_at=None)


class CalendarFeed(GuardedModel):
    """A private address at which a person's phone reads deadlines; shown once, kept as a digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    read_on = models.DateField(_("last read"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at=None), name="one_open_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
