"""Offices, the rules of their clocks, the routes to them and what they ask for: rows with legal basis and last check."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.casefiles.choices import Category
from cases.escalations.choices import (
    DayUnit,
    Matter,
    Need,
    OfficeKind,
    Start,
    Step,
)
from cases.escalations.rules import may_start
from cases.kernel.scope import path_to, within
from cases.kernel.workdays import LONGEST
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
    email = models.EmailField(_("e-mail"), max_length=120, blank=True)
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
    """How long there is for a step at a kind of office, and from when it counts; no row, no clock."""

    office_kind = models.CharField(_("kind of office"), max_length=20, choices=OfficeKind)
    matter = models.CharField(
        _("for what"), max_length=20, choices=Matter, blank=True, default=Matter.ORDINARY
    )
    step = models.CharField(_("step"), max_length=20, choices=Step, default=Step.ANSWER)
    start = models.CharField(_("counts from"), max_length=20, choices=Start, default=Start.RECEIPT)
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=12, choices=DayUnit)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["office_kind", "matter", "step"]
        constraints = [
            models.UniqueConstraint(
                fields=["office_kind", "matter", "step"], name="deadline_rule_once_a_matter"
            ),
            models.CheckConstraint(condition=~models.Q(start=""), name="deadline_rule_has_start"),
        ]

    def __str__(self) -> str:
        return f"{self.office_kind} {self.step} {self.amount} {self.unit}"

    def clean(self) -> None:
        """A form that would make a clock which never starts is told so."""
        if self.step and self.start and not may_start(self.step, self.start):
            raise ValidationError(
                {
                    "start": _("“%(step)s” cannot count from “%(start)s”: it would never begin.")
                    % {"step": self.get_step_display(), "start": self.get_start_display()}
                }
            )
        if self.amount is not None and not 1 <= self.amount <= LONGEST:
            raise ValidationError({"amount": _("Between 1 and %(most)s days.") % {"most": LONGEST}})


class Route(GuardedModel):
    """Where a kind of case goes in an area: the rung of the ladder at which a kind of office stands, or that it runs beside it."""

    category = models.CharField(
        _("what happened"),
        max_length=30,
        choices=Category,
        blank=True,
        help_text=_("Empty: every kind of case that has no rows of its own."),
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="routes", verbose_name=_("area"))
    office_kind = models.CharField(_("kind of office"), max_length=20, choices=OfficeKind)
    rung = models.PositiveSmallIntegerField(_("rung"), help_text=_("1 is the lowest."))
    beside = models.BooleanField(
        _("beside the ladder"), default=False, help_text=_("The law allows it at the same time.")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["category", "area_id", "rung", "id"]
        constraints = [
            models.UniqueConstraint(fields=["category", "area", "office_kind"], name="route_once"),
            models.CheckConstraint(condition=models.Q(rung__gte=1), name="route_rung_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.category or '*'} {self.rung} {self.office_kind}"


class Requirement(GuardedModel):
    """What a kind of office asks for before it takes a case."""

    office_kind = models.CharField(_("kind of office"), max_length=20, choices=OfficeKind)
    need = models.CharField(_("what it asks for"), max_length=20, choices=Need)
    amount = models.PositiveSmallIntegerField(
        _("years"), default=0, help_text=_("Where the need has years; else 0.")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["office_kind", "id"]
        constraints = [models.UniqueConstraint(fields=["office_kind", "need"], name="requirement_once")]

    def __str__(self) -> str:
        return f"{self.office_kind} {self.need}"
