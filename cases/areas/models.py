"""The tree of areas; a code is a path: 31.75.05.1001.011.005 is RT 005/RW 011 of Kelurahan Gedong.

Codes of province to kelurahan are Kemendagri's (DOMAIN 1), RW and RT are three digits added by coordinators.
"""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import BoardSize, DayChange, Level, Spreading
from cases.kernel.indonesian import rt_rw
from cases.kernel.scope import ScopedQuerySet, covers, within
from cases.kernel.writes import GuardedModel

CODE = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4}(\.\d{3}(\.\d{3})?)?)?)?)?$"


class AreaQuerySet(ScopedQuerySet):
    scope_field = "code"

    def at(self, *levels: Level) -> "AreaQuerySet":
        return self.filter(level__in=levels)

    def below(self, code: str) -> "AreaQuerySet":
        return self.filter(code__startswith=f"{code}.")

    def with_label(self) -> "AreaQuerySet":
        """All that `label` needs, in the same query; elsewhere: select_related("area__parent__parent")."""
        return self.select_related("parent__parent")


class Area(GuardedModel):
    code = models.CharField(_("code"), max_length=24, primary_key=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("official name"), max_length=80)
    alias = models.CharField(_("everyday name"), max_length=80, blank=True)
    abbr = models.CharField(_("short code for case numbers"), max_length=5, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=CODE), name="area_code_is_path"),
            models.UniqueConstraint(fields=["abbr"], condition=~models.Q(abbr=""), name="area_abbr_unique"),
        ]

    def __str__(self) -> str:
        return self.alias or self.name

    @property
    def label(self) -> str:
        """As people write it: "RT 005/RW 011 Gedong", "RW 011 Gedong", "Kel. Gedong", "Kec. Pasar Rebo", "Jakarta Timur"."""
        if self.level == Level.VILLAGE:
            return f"Kel. {self.name}"
        if self.level == Level.DISTRICT:
            return f"Kec. {self.name}"
        if self.level in (Level.RW, Level.RT) and self.parent is not None:
            village = self.parent.parent if self.level == Level.RT else self.parent
            words = f"{rt_rw(self.code)} {village.name if village else ''}".strip()
            return f"{words} ({self.alias})" if self.alias else words
        return str(self)

    @property
    def village_code(self) -> str:
        """The kelurahan this area lies in; empty above it."""
        parts = self.code.split(".")
        return ".".join(parts[:4]) if len(parts) >= 4 else ""


def lineage(code: str) -> list[str]:
    """A code and those above it, from the province down."""
    parts = code.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def area_label(code: str) -> str:
    """The label of one code in one query; of many rows select_related("area__parent__parent") and say `row.area.label`."""
    area = Area.objects.with_label().filter(pk=code).first()
    return area.label if area else code


class KampungQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> "KampungQuerySet":
        """Kampung that share ground with what the user sees: below it, or around it."""
        return self._touching(user.row_areas)

    def covering(self, code: str) -> "KampungQuerySet":
        """Kampung this area lies in."""
        return self.filter(
            pk__in=self.model.areas.through.objects.filter(area_id__in=lineage(code)).values("kampung_id")
        )

    def _touching(self, codes: list[str]) -> "KampungQuerySet":
        around = [code for own in codes for code in lineage(own)]
        ground = models.Q(area_id__in=around) | within(codes)
        return self.filter(pk__in=self.model.areas.through.objects.filter(ground).values("kampung_id"))


class Kampung(GuardedModel):
    """A community over a kelurahan or some RW, with its own ways of spreading news and its posko."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    areas = models.ManyToManyField(Area, related_name="kampungs", verbose_name=_("areas"))
    spreading = models.CharField(
        _("how news spreads"), max_length=10, choices=Spreading, default=Spreading.BOTH
    )
    posko_place = models.CharField(_("where the posko is"), max_length=200, blank=True)
    posko_hours = models.CharField(_("when the posko is open"), max_length=120, blank=True)
    posko_phone = models.CharField(_("the posko's number"), max_length=20, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    objects = KampungQuerySet.as_manager()

    class Meta:
        verbose_name = _("kampung")
        verbose_name_plural = _("kampung")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def area_codes(self) -> list[str]:
        return sorted(area.pk for area in self.areas.all())

    def holds(self, code: str) -> bool:
        """Does this area lie in the kampung?"""
        return covers(self.area_codes, code)


class BoardQuerySet(ScopedQuerySet):
    pass


class NoticeBoard(GuardedModel):
    kampung = models.ForeignKey(Kampung, models.PROTECT, related_name="boards", verbose_name=_("kampung"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="boards", verbose_name=_("area"))
    place = models.CharField(_("place"), max_length=120)
    landmark = models.CharField(_("landmark"), max_length=120, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=BoardSize, default=BoardSize.F4)
    notes = models.CharField(_("notes"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice board")
        verbose_name_plural = _("notice boards")
        ordering = ["area_id", "place"]

    def __str__(self) -> str:
        return self.place


class OwnDay(GuardedModel):
    """A day the organisation adds to, or strikes from, the public holidays (a city's own day, a changed cuti bersama)."""

    date = models.DateField(_("date"), unique=True)
    change = models.CharField(_("change"), max_length=10, choices=DayChange)
    name = models.CharField(_("reason"), max_length=120)

    class Meta:
        verbose_name = _("own day")
        verbose_name_plural = _("own days")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
