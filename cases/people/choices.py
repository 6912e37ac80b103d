"""Roles; the labels are the organisation's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("coordinator")
    BOARD = "board", _("board")
    OBSERVER = "observer", _("observer")
