"""Words of the programmes slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CASH = "cash", _("cash")
    GOODS = "goods", _("goods")
    INSURANCE = "insurance", _("contribution paid")


class Unit(models.TextChoices):
    """Whom one payment is for: families, people and programmes are counted apart."""

    FAMILY = "family", _("per family")
    PERSON = "person", _("per person")


class RoundStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("being paid out")
    DONE = "done", _("finished")
