"""Every print is a row: who, what, which area, how many names, why. Sheets keep their lines, letters the very file."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.casefiles.models import Case
from cases.escalations.models import Office, Submission
from cases.households.models import Household
from cases.jobs.models import Job
from cases.kernel.fields import SealedTextField
from cases.kernel.scope import ScopedQuerySet, path_to, within
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel
from cases.paper.choices import DoorTask, LetterKind, LetterStatus, PaperSize, PosterKind, PrintKind
from cases.paper.rules import CODES
from cases.people.models import Organisation
from cases.programmes.models import Round


class PosterQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> "PosterQuerySet":
        """Posters of the areas the user sees, and of those above them: a poster of the RW hangs in its RT too."""
        above = {code for own in user.row_areas for code in path_to(own)}
        return self.filter(within(user.row_areas) | Q(area_id__in=above))

    def hanging(self) -> "PosterQuerySet":
        """Not taken down."""
        return self.filter(retired_at=None)

    def with_words(self) -> "PosterQuerySet":
        """All that a line about a poster says, in the same query."""
        return self.select_related("area__parent__parent", "round__programme", "created_by")


class Poster(ClientStamped, GuardedModel):
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
    # Made when the text is kept, so that whoever opens the link makes the posko's computer work for nothing.
    picture = SealedFileField(_("picture"), upload_to="posters/%Y/%m", blank=True)
    # Sizes on which the text can not be set in letters that are read from afar.
    too_small = models.JSONField(_("papers it does not fit"), default=list)
    retired_at = models.DateTimeField(_("taken down"), null=True, blank=True, editable=False)
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

    @property
    def headline(self) -> str:
        return str(self.content.get("headline", ""))


class PrintRecordQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> "PrintRecordQuerySet":
        """One's own, and for coordinators all that named somebody or was hung up in their areas."""
        own = within(user.coordinated_areas)
        sheets = DoorSheet.objects.filter(own, print=OuterRef("pk"))
        return self.filter(Q(by=user) | own | Exists(sheets))

    def with_words(self) -> "PrintRecordQuerySet":
        return self.select_related("area__parent__parent", "by", "poster")


class PrintRecord(ClientStamped, GuardedModel):
    """What was put on paper. `content` is all of it but the families, so that the same sheets can be made again."""

    kind = models.CharField(_("kind"), max_length=12, choices=PrintKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    paper = models.CharField(_("paper"), max_length=10, choices=PaperSize)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    names = models.PositiveIntegerField(_("names on it"), default=0)
    content = models.JSONField(_("what it says"), default=dict)
    # Of the content, not of the file: a PDF also holds the time at which it was made.
    digest = models.CharField(_("digest of what is on it"), max_length=64, blank=True)
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
    # Whoever carries it is counted where nobody is named.
    pile = models.PositiveSmallIntegerField(_("pile"), default=1)
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


class LetterQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> "LetterQuerySet":
        """Letters about a case in the areas the user coordinates: they may name a reporter, and a volunteer may be the RT."""
        own = LetterCase.objects.filter(
            within(user.coordinated_areas, "case__area_id"), letter=OuterRef("pk")
        )
        return self.filter(Exists(own))

    def with_words(self) -> "LetterQuerySet":
        """All that a line about a letter says, in the same query."""
        return self.select_related("organisation", "office", "area__parent__parent", "created_by")


class Letter(ClientStamped, GuardedModel):
    """A letter about one case or several: edited as a draft, then kept as the very file that was printed.

    It is its own record of the print. A number once given stays with it for ever, also where it is void.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind)
    status = models.CharField(_("status"), max_length=12, choices=LetterStatus, default=LetterStatus.DRAFT)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="letters", verbose_name=_("who signs")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("office")
    )
    # The smallest one that holds all its cases.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    paper = models.CharField(_("paper"), max_length=10, choices=PaperSize, default=PaperSize.A4)
    enclosures = models.JSONField(_("enclosures"), default=list)
    # Texts by name, as edited. Sealed: a reporter who may be named to the office may stand in them.
    blocks = SealedTextField(_("text"), null=True, blank=True)
    # By which day an answer is asked for; empty: by the rule of the office, from the day of printing.
    answer_by = models.DateField(_("answer asked for by"), null=True, blank=True)

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated = models.DateField(_("date of the letter"), null=True, blank=True)

    # Exactly what was printed, the content it was set from, and the digest that proves it.
    pdf = SealedFileField(_("printed file"), upload_to="letters/%Y/%m", blank=True)
    pdf_sha256 = models.CharField(_("digest of the printed file"), max_length=64, blank=True)
    content = SealedTextField(_("printed content"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)
    names = models.PositiveSmallIntegerField(_("names on it"), default=0)
    printed_at = models.DateTimeField(_("printed"), null=True, blank=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    handed_on = models.DateField(_("handed over on"), null=True, blank=True)
    received_on = models.DateField(_("date on the receipt"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=120, blank=True)
    their_number = models.CharField(_("their number"), max_length=80, blank=True)
    scan = SealedFileField(_("scan of the receipt"), upload_to="letters/%Y/%m", blank=True)
    scan_type = models.CharField(max_length=60, blank=True)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("sent as")
    )
    # What this one follows up.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("follows")
    )
    void_reason = models.CharField(_("why void"), max_length=200, blank=True)

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "serial"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(year=None, serial=None, number="")
                | (Q(year__isnull=False, serial__isnull=False, dated__isnull=False) & ~Q(number="")),
                name="letter_number_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[LetterStatus.DRAFT, LetterStatus.VOID])
                | (~Q(pdf="") & ~Q(pdf_sha256="") & Q(printed_at__isnull=False)),
                name="letter_printed_has_file",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.DRAFT)
                | ~Q(number="")
                | ~Q(kind__in=[kind.value for kind in CODES]),
                name="letter_printed_has_number",
            ),
            models.CheckConstraint(
                condition=(Q(status=LetterStatus.VOID) & ~Q(void_reason=""))
                | (~Q(status=LetterStatus.VOID) & Q(void_reason="")),
                name="letter_void_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.HANDED_OVER) | Q(handed_on__isnull=False),
                name="letter_handed_over_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="letter_recent")]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"


class LetterCase(GuardedModel):
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="letter_links")
    # Kept, as a reporter who becomes anonymous is forgotten: then nobody could tell any more whom the text names.
    names_reporter = models.BooleanField(_("names the reporter"), default=False)

    class Meta:
        verbose_name = _("case of a letter")
        verbose_name_plural = _("cases of letters")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "case"], name="case_once_a_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.case_id}"


class LetterCounter(GuardedModel):
    """The last running number of an organisation's letters in a year; its row is locked while the next one is given."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("letter counter")
        verbose_name_plural = _("letter counters")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_letter_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year} {self.last}"
