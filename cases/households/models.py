"""Households as the posko knows them. Numbers of identity are sealed; what look-up needs lies beside them as a digest."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.households import rules
from cases.households.choices import (
    AskedWith,
    CheckAnswer,
    ConsentMethod,
    ConsentPurpose,
    HouseholdStatus,
    Housing,
    KKChange,
    NoNik,
    Portal,
    Relation,
    Sex,
    Vehicle,
    VisitResult,
    VisitTask,
)
from cases.households.entries import NEEDS
from cases.households.words import search_text
from cases.kernel import crypto, identity
from cases.kernel.fields import SealedTextField
from cases.kernel.natural import walk_key
from cases.kernel.scope import ScopedQuerySet
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.stamps import ClientStamped
from cases.kernel.writes import GuardedModel
from cases.programmes.models import Programme, Round

WALK_KEY_LENGTH = 300
RECORDER = {"on_delete": models.PROTECT, "related_name": "+", "verbose_name": _("recorded by")}


def kk_digest(digits: str) -> str:
    """What a KK number is looked up by; equal for the number now and a number before."""
    return crypto.digest(digits, purpose="households.kk")


def nik_digest(digits: str) -> str:
    return crypto.digest(digits, purpose="households.nik")


def revealed(sealed: Any) -> str:
    """The plaintext of a sealed column, "" where it is empty."""
    return sealed.reveal() if sealed else ""


class HouseholdQuerySet(ScopedQuerySet):
    def current(self) -> "HouseholdQuerySet":
        """Without the records that were merged into others."""
        return self.exclude(status=HouseholdStatus.MERGED)

    def walking_order(self) -> "HouseholdQuerySet":
        return self.order_by("area_id", "walk_key", "id")


class Household(ClientStamped, GuardedModel):
    """A family (KK) at an address. The KK number changes in life, so it identifies nothing here."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="households", verbose_name=_("RT"))
    head_name = models.CharField(_("head of the family"), max_length=120)
    alley = models.CharField(_("alley or street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    landmark = models.CharField(_("landmark"), max_length=120, blank=True)
    # Natural order of alley and number (kernel.natural), so that a list follows the feet.
    walk_key = models.CharField(max_length=WALK_KEY_LENGTH, editable=False)
    # Lower-case words of all names and the address, for search.
    search_text = models.TextField(editable=False)

    kk_sealed = SealedTextField(_("KK number"), null=True, blank=True)
    kk_digest = models.CharField(max_length=64, blank=True, editable=False)
    kk_last4 = models.CharField(max_length=4, blank=True, editable=False)
    phone_sealed = SealedTextField(_("telephone"), null=True, blank=True)

    has_elderly = models.BooleanField(_("elderly person"), default=False)
    has_disability = models.BooleanField(_("person with a disability"), default=False)
    has_pregnant = models.BooleanField(_("pregnant woman"), default=False)
    has_infant = models.BooleanField(_("child under six"), default=False)
    has_pupil = models.BooleanField(_("school-age child"), default=False)
    livelihood = models.CharField(_("livelihood"), max_length=80, blank=True)
    housing = models.CharField(_("house"), max_length=16, choices=Housing, blank=True)
    vehicle = models.CharField(_("vehicle"), max_length=16, choices=Vehicle, blank=True)
    notes = models.TextField(_("notes"), blank=True, max_length=4000)

    status = models.CharField(
        _("status"), max_length=10, choices=HouseholdStatus, default=HouseholdStatus.ACTIVE
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["area_id", "walk_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=HouseholdStatus.MERGED, merged_into__isnull=False)
                | (~models.Q(status=HouseholdStatus.MERGED) & models.Q(merged_into=None)),
                name="household_merged_names_its_heir",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="household_not_its_own_heir",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "walk_key", "id"], name="household_walk"),
            models.Index(fields=["kk_digest"], name="household_kk", condition=~models.Q(kk_digest="")),
            models.Index(fields=["kk_last4"], name="household_last4", condition=~models.Q(kk_last4="")),
            models.Index(fields=["-created_at", "-id"], name="household_recent"),
        ]

    def __str__(self) -> str:
        return self.head_name

    @property
    def address(self) -> str:
        return " ".join(
            part for part in (self.alley, self.house_number and f"No. {self.house_number}") if part
        )

    @property
    def kk_masked(self) -> str:
        """3175••••••••1234, or nothing."""
        return identity.mask(revealed(self.kk_sealed))

    @property
    def phone(self) -> str:
        """+62812..., or nothing."""
        return revealed(self.phone_sealed)

    def set_kk(self, digits: str) -> None:
        """Seal a KK number (16 digits, or "" to forget it) with what it is looked up by."""
        self.kk_sealed = digits or None
        self.kk_digest = kk_digest(digits) if digits else ""
        self.kk_last4 = digits[-4:]

    def set_keys(self, names: list[str]) -> None:
        """Bring walking order and search words up to the address and the names of everyone in the family."""
        self.walk_key = walk_key(self.alley, self.house_number)[:WALK_KEY_LENGTH]
        self.search_text = search_text([self.head_name, *names], self.alley, self.house_number, self.landmark)

    def consented(self, purpose: str = ConsentPurpose.RECORD) -> bool:
        """Whether a consent that was not withdrawn covers this purpose."""
        return any(
            consent.withdrawn_on is None and purpose in consent.purposes for consent in self.consents.all()
        )


NEED_CHOICES = [(name, Household._meta.get_field(f"has_{name}").verbose_name) for name in NEEDS]

NEED_ICONS = {
    "elderly": "elderly",
    "disability": "disability",
    "pregnant": "pregnant",
    "infant": "baby",
    "pupil": "school",
}


class OfHouseholdQuerySet(ScopedQuerySet):
    """Rows that are seen by whoever sees their family."""

    scope_field = "household__area_id"


class Member(GuardedModel):
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.OTHER)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    nik_sealed = SealedTextField(_("NIK"), null=True, blank=True)
    nik_digest = models.CharField(max_length=64, blank=True, editable=False)
    nik_last4 = models.CharField(max_length=4, blank=True, editable=False)
    no_nik = models.CharField(_("why no NIK"), max_length=12, choices=NoNik, blank=True)
    left_at = models.DateField(_("left the family on"), null=True, blank=True)

    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(relation=Relation.HEAD, left_at=None),
                name="household_has_one_head",
            ),
        ]
        indexes = [
            models.Index(fields=["nik_digest"], name="member_nik", condition=~models.Q(nik_digest="")),
            models.Index(fields=["nik_last4"], name="member_last4", condition=~models.Q(nik_last4="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nik_masked(self) -> str:
        return identity.mask(revealed(self.nik_sealed))

    def set_nik(self, digits: str) -> None:
        """Seal a NIK (16 digits, or "" to forget it) with what it is looked up by."""
        self.nik_sealed = digits or None
        self.nik_digest = nik_digest(digits) if digits else ""
        self.nik_last4 = digits[-4:]


class FormerKK(GuardedModel):
    """A KK number that the family had before, with the reason it changed; still found by search."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="former_kks")
    kk_sealed = SealedTextField(_("KK number"))
    kk_digest = models.CharField(max_length=64, editable=False, db_index=True)
    kk_last4 = models.CharField(max_length=4, editable=False)
    reason = models.CharField(_("why it changed"), max_length=12, choices=KKChange)
    until = models.DateField(_("until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)

    class Meta:
        verbose_name = _("former KK number")
        verbose_name_plural = _("former KK numbers")
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"{self.until} {self.reason}"


class Consent(GuardedModel):
    """Explicit consent: who gave it, when, for what, how (UU PDP 27/2022). Withdrawn, never deleted."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="consents")
    given_by = models.CharField(_("given by"), max_length=120)
    given_on = models.DateField(_("given on"))
    method = models.CharField(_("how"), max_length=10, choices=ConsentMethod)
    purposes = models.JSONField(_("for what"), default=list)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-id"]

    def __str__(self) -> str:
        return f"{self.given_on} {self.method}"

    @property
    def purpose_labels(self) -> list[str]:
        return [str(ConsentPurpose(purpose).label) for purpose in self.purposes]


class StatusCheck(ClientStamped, GuardedModel):
    """What a portal or list answered about the family; asked by hand (DOMAIN 4)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="status_checks")
    portal = models.CharField(_("where"), max_length=12, choices=Portal)
    checked_on = models.DateField(_("on"))
    asked_with = models.CharField(_("asked with"), max_length=8, choices=AskedWith)
    answer = models.CharField(_("answer"), max_length=12, choices=CheckAnswer)
    desil = models.PositiveSmallIntegerField(
        _("desil"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    period = models.CharField(_("period shown"), max_length=60, blank=True)
    # Sealed on disk, as it may show a NIK; shown through a view that checks permission.
    screenshot = SealedFileField(_("screenshot"), upload_to="checks/%Y/%m", blank=True)
    notes = models.CharField(_("notes"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("status check")
        verbose_name_plural = _("status checks")
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(desil=None) | models.Q(desil__range=(1, 10)), name="check_desil_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checked_on} {self.portal}"


class AidReceipt(ClientStamped, GuardedModel):
    """What the family got of a round: due and actual, so that a deduction shows."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="aid_receipts")
    round = models.ForeignKey(Round, models.PROTECT, related_name="receipts", verbose_name=_("round"))
    due_amount = models.PositiveIntegerField(_("due, in rupiah"), null=True, blank=True)
    actual_amount = models.PositiveIntegerField(_("received, in rupiah"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    # Room for what a merged record said about the same round.
    notes = models.CharField(_("notes"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("aid received")
        verbose_name_plural = _("aid received")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["household", "round"], name="receipt_once_a_round")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.round_id}"

    @property
    def difference(self) -> int | None:
        """Rupiah that did not arrive; None where due or actual is not known."""
        return rules.difference(self.due_amount, self.actual_amount)


class Visit(ClientStamped, GuardedModel):
    household = models.ForeignKey(Household, models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("on"))
    task = models.CharField(_("task"), max_length=10, choices=VisitTask)
    result = models.CharField(_("result"), max_length=10, choices=VisitResult)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("round")
    )
    notes = models.CharField(_("notes"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **RECORDER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-visited_on", "-id"]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.result}"
