"""Words of the areas slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("province")
    CITY = "city", _("city or regency")
    DISTRICT = "district", _("kecamatan")
    VILLAGE = "village", _("kelurahan")
    RW = "rw", _("RW")
    RT = "rt", _("RT")


class Spreading(models.TextChoices):
    """How news usually travels in a kampung."""

    BOARDS = "boards", _("posters on notice boards")
    DOORS = "doors", _("from door to door")
    BOTH = "both", _("posters and door to door")


class BoardSize(models.TextChoices):
    A4 = "a4", _("room for A4")
    F4 = "f4", _("room for F4")
    A3 = "a3", _("room for A3")
    LARGER = "larger", _("larger than A3")


class DayChange(models.TextChoices):
    ADDED = "added", _("also a day off")
    STRUCK = "struck", _("a working day after all")
