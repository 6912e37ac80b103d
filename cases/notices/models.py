"""Digest: all that one person is told in one morning, as counts; a line a kind of event."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.kernel.writes import GuardedModel, GuardedQuerySet
from cases.notices.choices import Days, MailState


class DigestRun(GuardedModel):
    """A morning: begun, perhaps several times, and opened once. Its row is the lock that lets one worker at a time work."""

    day = models.DateField(_("day"), primary_key=True)
    tries = models.PositiveSmallIntegerField(_("times begun"), default=0)
    opened_at = models.DateTimeField(_("digests opened"), null=True)

    class Meta:
        verbose_name = _("round of digests")
        verbose_name_plural = _("rounds of digests")
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class NoticeChoice(GuardedModel):
    """How a person wants to be told; whoever never chose has no row."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        related_name="notice_choice",
        verbose_name=_("user"),
    )
    days = models.CharField(_("when"), max_length=10, choices=Days, default=Days.WORKING)
    by_mail = models.BooleanField(_("also by e-mail"), default=True)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self) -> str:
        return f"{self.user_id} {self.days}"


class DigestQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> "DigestQuerySet":
        """One's own, once opened."""
        return self.filter(user=user, day__isnull=False)

    def unseen(self) -> "DigestQuerySet":
        return self.filter(day__isnull=False, seen_at=None)


class Digest(GuardedModel):
    """Counts for one person. Without a day it is still gathered; with the day it is opened and never changes again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests", verbose_name=_("for whom")
    )
    day = models.DateField(_("day"), null=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    seen_at = models.DateTimeField(_("seen"), null=True)
    mail_state = models.CharField(_("e-mail"), max_length=10, choices=MailState, default=MailState.NONE)
    mail_tries = models.PositiveSmallIntegerField(_("times tried"), default=0)
    mailed_at = models.DateTimeField(_("accepted by the mail server"), null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(day=None), name="digest_one_gathered"
            ),
        ]
        indexes = [
            # The count in the header of every page.
            models.Index(
                fields=["user"],
                condition=models.Q(seen_at=None, day__isnull=False),
                name="digest_unseen",
            ),
            models.Index(fields=["id"], condition=models.Q(mail_state=MailState.DUE), name="digest_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day or ''}"

    @property
    def told_on(self) -> date:
        """The day of an opened digest."""
        if self.day is None:
            raise ValueError("this digest is still gathered")
        return self.day


class DigestLine(GuardedModel):
    """How many different things one kind of event was about; the words come from the registry when it is shown."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="lines", verbose_name=_("digest"))
    verb = models.CharField(_("verb"), max_length=60)
    count = models.PositiveIntegerField(_("how many"), default=0)
    # Which rows were counted ("kind:id"), so that none is counted twice over several batches; forgotten when opened.
    counted = models.JSONField(_("counted so far"), default=list)

    class Meta:
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of digests")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["digest", "verb"], name="digest_line_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.count}"
