"""Programmes of aid, their rounds, and where and when a round is paid out. Reference data: every row can be edited."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.kernel.indonesian import clock
from cases.kernel.scope import ScopedQuerySet, path_to, within
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel, GuardedQuerySet
from cases.programmes.choices import Kind, RoundStatus, Unit


class SharedQuerySet(GuardedQuerySet):
    """Reference rows that everyone who works with the posko may read; whoever has no role reads nothing."""

    def visible_to(self, user):
        return self.all() if user.current_memberships else self.none()


class Programme(GuardedModel):
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    unit = models.CharField(_("for whom"), max_length=12, choices=Unit, default=Unit.FAMILY)
    amount = models.PositiveIntegerField(_("amount in rupiah"), null=True, blank=True)
    cadence = models.CharField(_("how often"), max_length=120, blank=True)
    channel = models.CharField(_("paid through"), max_length=120, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    description = models.TextField(_("description"), blank=True)
    active = models.BooleanField(_("still running"), default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-active", "name"]

    def __str__(self) -> str:
        return self.name


class ProgrammeComponent(GuardedModel):
    """One amount within a programme: PKH pays a pregnant woman and a pupil differently."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="components")
    name = models.CharField(_("component"), max_length=120)
    amount = models.PositiveIntegerField(_("amount in rupiah"))
    per = models.CharField(_("per"), max_length=40)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="component_once")]

    def __str__(self) -> str:
        return self.name


class Round(ClientStamped, GuardedModel):
    """One pay-out of a programme for a period. Shared by all areas; what differs by area is its schedule."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="rounds", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=120)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    amount = models.PositiveIntegerField(_("amount in rupiah"), null=True, blank=True)
    channel = models.CharField(_("paid through"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RoundStatus, default=RoundStatus.PLANNED)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-period_start", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="round_once"),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")), name="round_period_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScheduleQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Entries inside the areas the user sees, and of the areas above them, which hold there too."""
        above = {code for own in user.row_areas for code in path_to(own)}
        return self.filter(within(user.row_areas) | models.Q(area_id__in=above))

    def standing(self) -> "ScheduleQuerySet":
        """Not called off."""
        return self.filter(cancelled_reason="")

    def holding_in(self, code: str) -> "ScheduleQuerySet":
        """What was ever set for an area: its own entries, those below it and those of the areas above it."""
        return self.filter(within([code]) | models.Q(area_id__in=path_to(code)))

    def for_area(self, code: str) -> "ScheduleQuerySet":
        """The same without what was called off: what may be told to people."""
        return self.standing().holding_in(code)

    def upcoming(self, today: date) -> "ScheduleQuerySet":
        return self.filter(date__gte=today)

    def with_words(self) -> "ScheduleQuerySet":
        """All that a line about an entry says, in the same query."""
        return self.select_related("round__programme", "area__parent__parent")


class Schedule(ClientStamped, GuardedModel):
    """When and where people of an area collect a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="schedules", verbose_name=_("round"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="schedules", verbose_name=_("area"))
    date = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120)
    bring = models.CharField(
        _("what to bring"), max_length=200, default="Undangan, KTP, dan KK: asli dan fotokopi"
    )
    notes = models.CharField(_("notes"), max_length=200, blank=True)
    # Called off, never deleted: a poster with the old date may still hang somewhere.
    cancelled_reason = models.CharField(_("why called off"), max_length=200, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["date", "starts", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "area", "date", "starts", "place"],
                condition=models.Q(cancelled_reason=""),
                name="schedule_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("starts")), name="schedule_forward"
            ),
        ]
        indexes = [models.Index(fields=["date", "starts", "id"], name="schedule_by_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.place}"

    @property
    def is_cancelled(self) -> bool:
        return bool(self.cancelled_reason)

    @property
    def hours(self) -> str:
        """As it stands on a poster: pukul 09.00-12.00 WIB."""
        if self.ends is None:
            return clock(self.starts)
        return f"pukul {self.starts:%H.%M}-{self.ends:%H.%M} WIB"
