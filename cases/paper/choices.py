"""Words of the paper slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintKind(models.TextChoices):
    POSTER = "poster", _("poster")
    DOOR_LIST = "door_list", _("door-to-door list")
    SLIPS = "slips", _("slips")


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
