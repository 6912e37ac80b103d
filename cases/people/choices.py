"""Roles; the labels are the organisation's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("coordinator")
    BOARD = "board", _("board")
    OBSERVER = "observer", _("observer")


class LinkState(models.TextChoices):
    """What became of a one-time link."""

    OPEN = "open", _("still open")
    USED = "used", _("used")
    EXPIRED = "expired", _("too late")
    REVOKED = "revoked", _("taken back")
