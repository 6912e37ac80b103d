"""Words of the paper slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintKind(models.TextChoices):
    POSTER = "poster", _("poster")
    DOOR_LIST = "door_list", _("door-to-door list")
    SLIPS = "slips", _("slips")
    RECEIPT = "receipt", _("slip for a resident")


class PaperSize(models.TextChoices):
    A4 = "a4", "A4"
    F4 = "f4", "F4"
    A3 = "a3", "A3"
    A3_TILES = "a3_tiles", _("A3 on two A4 sheets")


class PosterKind(models.TextChoices):
    SCHEDULE = "schedule", _("schedule of a round")
    COMPLAIN = "complain", _("how to complain")
    NO_LEVY = "no_levy", _("no pungli")
    CHECK_HELP = "check_help", _("check help at the posko")


class DoorTask(models.TextChoices):
    ROUND = "round", _("tell about a round")
    CHECK = "check", _("check the recipient status")
    LEVY = "levy", _("ask about pungli")


class Whom(models.TextChoices):
    """Which families of the areas; never printed, as it would tell on them."""

    ALL = "all", _("all families")
    NEEDS = "needs", _("with an elderly person, a disability, a pregnancy or a small child")
    UNPAID = "unpaid", _("not yet paid in this round, as far as we know")
    UNCHECKED = "unchecked", _("status not checked since the day below")
    UNVISITED = "unvisited", _("not visited since the day below")


class SlipTopic(models.TextChoices):
    ROUND = "round", _("when and where a round is paid")
    CHECK = "check", _("come to the posko to have the status checked")


class LetterKind(models.TextChoices):
    COMPLAINT = "complaint", _("letter of complaint")
    COVER = "cover", _("covering letter for enclosures")
    INFORMATION = "information", _("request for information (PPID)")
    OBJECTION = "objection", _("objection (PPID)")
    OMBUDSMAN = "ombudsman", _("report to the Ombudsman")
    POWER = "power", _("power of attorney (surat kuasa)")
    STATEMENT = "statement", _("statement (surat pernyataan)")
    CHRONOLOGY = "chronology", _("chronology")


class LetterStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PRINTED = "printed", _("printed")
    HANDED_OVER = "handed_over", _("handed over")
    VOID = "void", _("void")


class Enclosure(models.TextChoices):
    """What is printed behind a letter, in this order; each is printed alone too."""

    CONTENTS = "contents", _("list of enclosures")
    ANNEX = "annex", _("table of the cases")
    CHRONOLOGY = "chronology", _("chronology")
    EVIDENCE = "evidence", _("list of evidence")
    POWER = "power", _("power of attorney (surat kuasa)")
    RECEIPT = "receipt", _("receipt to be stamped (tanda terima)")
