"""When somebody wants to be told, and what became of an e-mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Days(models.TextChoices):
    WORKING = "working", _("on working days")
    EVERY = "every", _("every day")


class MailState(models.TextChoices):
    NONE = "none", _("no e-mail")
    DUE = "due", _("waiting to be sent")
    # Committed before the first word to the mail server: whoever dies after it never sends again.
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not known to have arrived")
