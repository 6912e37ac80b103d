"""Words of a case: what went wrong, where it stands, how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """DOMAIN 6; the values are the organisation's own codes."""

    NOT_REGISTERED = "TDK_TERDAFTAR", _("Poor but not registered")
    OUTSIDE_ID = "KTP_LUAR", _("ID card from outside DKI, here for over 6 months")
    NOT_RECEIVED = "TERDAFTAR_TDK_TERIMA", _("Registered, not yet received")
    WELL_OFF = "MAMPU_TERIMA", _("Well off but receives")
    CUT_OFF = "PUTUS", _("Had sembako before, nothing now")
    LEVY = "PUNGLI", _("Illegal levy")
    DEDUCTION = "POTONGAN", _("Aid was cut")
    SHARED_OUT = "BAGI_RATA", _("Shared out equally")
    INVITATION = "UNDANGAN", _("Invitation did not arrive or was sold")
    CARD_HELD = "KARTU_DIPEGANG", _("ATM or KKS card held by someone else")
    DOUBLE = "GANDA", _("Double data")
    DECEASED = "MENINGGAL", _("Recipient has died")
    FICTITIOUS = "FIKTIF", _("Recipient does not exist")
    CLOSED_LIST = "DAFTAR_TERTUTUP", _("List not made public")
    QUALITY = "KUALITAS", _("Goods spoiled or short")
    NIK_OFF = "NIK_NONAKTIF", _("NIK deactivated")
    INTIMIDATION = "INTIMIDASI", _("Threatened for reporting")
    FRAUD = "PENIPUAN", _("Fraud in the name of bansos")
    OTHER = "LAINNYA", _("Other")


class Status(models.TextChoices):
    NEW = "new", _("new")
    NEEDS_DETAILS = "needs_details", _("needs details")
    VERIFIED = "verified", _("verified")
    SENT = "sent", _("sent")
    ANSWERED = "answered", _("answered")
    RESOLVED = "resolved", _("resolved")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")


class Turn(models.TextChoices):
    """Whose move it is."""

    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("coordinator")
    OFFICE = "office", _("office")
    NOBODY = "nobody", _("nobody")


class Outcome(models.TextChoices):
    PAID = "paid", _("aid paid out")
    LISTED = "listed", _("put on the list")
    RETURNED = "returned", _("money returned")
    SANCTIONED = "sanctioned", _("officer sanctioned")
    CORRECTED = "corrected", _("data corrected")
    DELIVERED = "delivered", _("goods or card handed over")
    EXPLAINED = "explained", _("explained and accepted")
    OTHER = "other", _("solved otherwise")


class CloseReason(models.TextChoices):
    WITHDRAWN = "withdrawn", _("withdrawn by the reporter")
    DUPLICATE = "duplicate", _("duplicate of another case")
    NOT_SO = "not_so", _("turned out not to be so")
    NO_PROOF = "no_proof", _("cannot be shown")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("normal")
    SOON = "soon", _("soon")
    URGENT = "urgent", _("urgent: someone is in danger or without food")


class ReporterLevel(models.TextChoices):
    ANONYMOUS = "anonymous", _("Anonymous")
    POSKO_ONLY = "posko_only", _("Posko only")
    MAY_BE_NAMED = "may_be_named", _("May be named to the office")


class Excuse(models.TextChoices):
    LEFT_OUT = "left_out", _("for those left out")
    POS_RW = "pos_rw", _("for the RW post")
    AMBULANCE = "ambulance", _("for the ambulance")
    WORSHIP = "worship", _("for a place of worship")
    VOLUNTARY = "voluntary", _("“seikhlasnya”")
    ADMINISTRATION = "administration", _("“administration”")
    NONE = "none", _("no excuse given")
    OTHER = "other", _("other")


class ActorRole(models.TextChoices):
    RT = "rt", _("RT official")
    RW = "rw", _("RW official")
    CADRE = "cadre", _("cadre or helper")
    OFFICER = "officer", _("officer of the kelurahan or Dinas")
    CHANNEL = "channel", _("bank, agent or post officer")
    OTHER = "other", _("someone else")
    UNKNOWN = "unknown", _("not known")


class Way(models.TextChoices):
    CASH = "cash", _("cash")
    CARD = "card", _("through the ATM or KKS card")
    TRANSFER = "transfer", _("transfer")
    GOODS = "goods", _("goods")


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    PDF = "pdf", _("PDF")
    AUDIO = "audio", _("audio")


class LinkKind(models.TextChoices):
    SIMILAR = "similar", _("similar")
    DUPLICATE = "duplicate", _("duplicate")


class Audience(models.TextChoices):
    """Who reads an output; one function decides what each may learn of a reporter."""

    RECORDER = "recorder", _("the volunteer who recorded it")
    COORDINATOR = "coordinator", _("coordinator")
    VOLUNTEER = "volunteer", _("another volunteer")
    OFFICE = "office", _("office")
    PAPER = "paper", _("paper that goes from door to door")
    PUBLIC = "public", _("everyone")
