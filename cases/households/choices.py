"""Words of the households slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HouseholdStatus(models.TextChoices):
    ACTIVE = "active", _("lives here")
    MOVED = "moved", _("moved away")
    MERGED = "merged", _("merged into another record")


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")


class Relation(models.TextChoices):
    HEAD = "head", _("head of the family")
    SPOUSE = "spouse", _("wife or husband")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent or parent-in-law")
    OTHER = "other", _("other family")


class NoNik(models.TextChoices):
    """Why a member's NIK is not recorded; possible for everyone (DOMAIN 2)."""

    NONE = "none", _("has no NIK")
    FORGOT = "forgot", _("does not remember it")
    DEACTIVATED = "deactivated", _("NIK deactivated")
    NOT_GIVEN = "not_given", _("prefers not to say")


class Housing(models.TextChoices):
    OWNED = "owned", _("own house")
    RENTED = "rented", _("rented house or room")
    WITH_FAMILY = "with_family", _("lives with family")
    NO_TITLE = "no_title", _("house on land without title")
    OTHER = "other", _("other")


class Vehicle(models.TextChoices):
    NONE = "none", _("no vehicle")
    BICYCLE = "bicycle", _("bicycle or cart")
    MOTORBIKE = "motorbike", _("motorbike")
    CAR = "car", _("car")


class ConsentMethod(models.TextChoices):
    ORAL = "oral", _("said so at the door")
    SIGNED = "signed", _("signed on paper")
    WHATSAPP = "whatsapp", _("by WhatsApp")


class ConsentPurpose(models.TextChoices):
    RECORD = "record", _("to be recorded and visited")
    CHECK = "check", _("to have the recipient status checked")
    CASE = "case", _("to have a complaint followed up")
    CONTACT = "contact", _("to be contacted by telephone or WhatsApp")


class Portal(models.TextChoices):
    CEKBANSOS = "cekbansos", _("cekbansos.kemensos.go.id")
    SILADU = "siladu", _("siladu.jakarta.go.id")
    JAKI = "jaki", _("JAKI")
    LIST = "list", _("list at the RW or kelurahan")
    OTHER = "other", _("elsewhere")


class AskedWith(models.TextChoices):
    NIK = "nik", _("NIK")
    KK = "kk", _("KK number")
    NAME = "name", _("name")


class CheckAnswer(models.TextChoices):
    LISTED = "listed", _("is a recipient")
    NOT_LISTED = "not_listed", _("is not a recipient")
    NO_DESIL = "no_desil", _("no desil yet")
    NOT_FOUND = "not_found", _("not found")
    PORTAL_DOWN = "portal_down", _("could not be checked")


class VisitResult(models.TextChoices):
    MET = "met", _("met")
    ABSENT = "absent", _("nobody at home")
    MOVED = "moved", _("moved away")
    REFUSED = "refused", _("did not want to")


class VisitTask(models.TextChoices):
    ROUND = "round", _("tell about a round")
    CHECK = "check", _("check the recipient status")
    LEVY = "levy", _("ask about pungli")
    RECORD = "record", _("record the family")
    OTHER = "other", _("other")


class KKChange(models.TextChoices):
    MOVED = "moved", _("moved")
    HEAD_DIED = "head_died", _("head of the family died")
    DIVORCED = "divorced", _("divorce")
    SPLIT = "split", _("family split")
    CORRECTED = "corrected", _("typed wrongly")
    OTHER = "other", _("other")


class RevealReason(models.TextChoices):
    """Why somebody asked to see whole numbers of identity."""

    CHECK = "check", _("to check the recipient status")
    LETTER = "letter", _("to write a letter or a complaint")
    COMPARE = "compare", _("to compare with the card of the family")
    ASKED = "asked", _("the family asked for it")
