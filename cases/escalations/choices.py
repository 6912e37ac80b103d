"""Words of the ladder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeKind(models.TextChoices):
    RT_RW = "rt_rw", _("RT or RW")
    VILLAGE = "village", _("Kelurahan")
    DISTRICT = "district", _("Kecamatan")
    CITY_SOCIAL = "city_social", _("Suku Dinas Sosial")
    PROVINCE_SOCIAL = "province_social", _("Dinas Sosial DKI")
    CRM = "crm", _("JAKI or CRM")
    LAPOR = "lapor", _("SP4N-LAPOR!")
    MINISTRY = "ministry", _("Kemensos")
    INSPECTORATE = "inspectorate", _("Inspektorat DKI")
    OMBUDSMAN = "ombudsman", _("Ombudsman")
    POLICE = "police", _("Police")
    KPK = "kpk", _("KPK (JAGA)")
    PPID = "ppid", _("PPID (public information)")


class DayUnit(models.TextChoices):
    """Units differ by law; the values are the law's own words."""

    DAYS = "hari", _("days")
    WORKING_DAYS = "hari_kerja", _("working days")


class Step(models.TextChoices):
    VERIFY = "verify", _("verify")
    FIRST_ACTION = "first_action", _("first action")
    ANSWER = "answer", _("answer")
    DECIDE = "decide", _("decide")
    COMPLAINANT = "complainant", _("complainant must respond")
    OBJECTION = "objection", _("objection")


class Channel(models.TextChoices):
    LETTER = "letter", _("letter, handed over")
    COUNTER = "counter", _("said at the counter")
    WHATSAPP = "whatsapp", _("WhatsApp")
    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    APP = "app", _("app or website")


class SubmissionStatus(models.TextChoices):
    OPEN = "open", _("awaiting reply")
    ANSWERED = "answered", _("replied")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Solves(models.TextChoices):
    YES = "yes", _("yes, it solves the matter")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
