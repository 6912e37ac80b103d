"""Every print is a row: who, what, which area, how many names, why. Sheets keep their lines, so that results find back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.households.models import Household
from cases.jobs.models import Job
from cases.kernel.scope import ScopedQuerySet
from cases.kernel.writes import GuardedModel
from cases.paper.choices import DoorTask, PaperSize, PosterKind, PrintKind
from cases.programmes.models import Round


class PosterQuerySet(ScopedQuerySet):
    pass


class Poster(GuardedModel):
    """A poster's editable text; its share link shows the same as text and picture, with nothing personal in it."""

    kind = models.CharField(_("kind"), max_length=12, choices=PosterKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="posters", verbose_name=_("area"))
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="posters", verbose_name=_("round")
    )
    # The blocks of DOMAIN 9 by name, as edited.
    content = models.JSONField(_("text"), default=dict)
    with_strips = models.BooleanField(_("tear-off strips"), default=True)
    with_qr = models.BooleanField(_("QR code"), default=False)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    share_token = models.CharField(max_length=32, unique=True, editable=False)
    shared = models.BooleanField(_("share link works"), default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("poster")
        verbose_name_plural = _("posters")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_id}"


class PrintRecordQuerySet(ScopedQuerySet):
    pass


class PrintRecord(GuardedModel):
    kind = models.CharField(_("kind"), max_length=12, choices=PrintKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    paper = models.CharField(_("paper"), max_length=10, choices=PaperSize)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    names = models.PositiveIntegerField(_("names on it"), default=0)
    digest = models.CharField(_("digest of the file"), max_length=64, blank=True)
    poster = models.ForeignKey(Poster, models.SET_NULL, null=True, blank=True, related_name="prints")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="prints")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("printed"), auto_now_add=True)

    objects = PrintRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("print")
        verbose_name_plural = _("prints")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="print_recent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_id}"


class DoorSheetQuerySet(ScopedQuerySet):
    pass


class DoorSheet(GuardedModel):
    """One printed page of a door list; `number` is on the paper and unique for ever."""

    number = models.PositiveIntegerField(_("sheet number"), unique=True)
    print = models.ForeignKey(PrintRecord, models.PROTECT, related_name="sheets")
    area = models.ForeignKey(Area, models.PROTECT, related_name="door_sheets", verbose_name=_("RT"))
    task = models.CharField(_("task"), max_length=10, choices=DoorTask)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")
    volunteer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="door_sheets"
    )
    page = models.PositiveIntegerField(_("page"))
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)

    objects = DoorSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("door sheet")
        verbose_name_plural = _("door sheets")
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class DoorLine(GuardedModel):
    sheet = models.ForeignKey(DoorSheet, models.CASCADE, related_name="lines")
    line = models.PositiveSmallIntegerField(_("line"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="door_lines")

    class Meta:
        verbose_name = _("line of a door sheet")
        verbose_name_plural = _("lines of door sheets")
        ordering = ["sheet_id", "line"]
        constraints = [models.UniqueConstraint(fields=["sheet", "line"], name="door_line_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.line}"


class SheetCounter(GuardedModel):
    """The last sheet number given; one row, locked while the next ones are given."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sheet counter")
        verbose_name_plural = _("sheet counters")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sheet_counter")]

    def __str__(self) -> str:
        return str(self.last)
