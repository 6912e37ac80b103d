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
    COMMISSION = "commission", _("Komisi Informasi")


class DayUnit(models.TextChoices):
    """Units differ by law; the values are the law's own words."""

    DAYS = "hari", _("days")
    WORKING_DAYS = "hari_kerja", _("working days")


class Step(models.TextChoices):
    """What must be done by when. The last three are the complainant's, the others the office's."""

    VERIFY = "verify", _("verify")
    FIRST_ACTION = "first_action", _("first action")
    ANSWER = "answer", _("answer")
    EXTENDED = "extended", _("answer after more time")
    DECIDE = "decide", _("decide")
    COMPLETE = "complainant", _("complete the file")
    RESPOND = "respond", _("respond to the answer")
    OBJECTION = "objection", _("objection")
    DISPUTE = "dispute", _("dispute before the Komisi Informasi")


class Start(models.TextChoices):
    """The event from which a deadline counts."""

    RECEIPT = "receipt", _("the dated receipt")
    COMPLETE = "complete", _("the file being complete")
    ASKED = "asked", _("the office asking to complete the file")
    DUE = "due", _("the day the answer was due")
    ANSWER = "answer", _("the answer")
    ANSWER_OR_SILENCE = "answer_or_silence", _("the answer, or the day it was due")


class Matter(models.TextChoices):
    """What kind of business it is where the law gives each its own time."""

    ORDINARY = "", _("complaint")
    INFORMATION = "information", _("request for information")
    OVERSIGHT = "oversight", _("conduct of officers")
    OBJECTION = "objection", _("objection")


class Need(models.TextChoices):
    """What an office asks for before it takes a case."""

    IDENTITY = "identity", _("full identity")
    EARLIER = "earlier", _("an earlier complaint")
    WITHIN_YEARS = "within_years", _("an event not too long ago")
    EVIDENCE = "evidence", _("evidence")
    STATEMENT = "statement", _("a signed statement")


class Mark(models.TextChoices):
    """How near a deadline has come, as it is told."""

    SOON = "soon", _("soon")
    TODAY = "today", _("today")
    OVERDUE = "overdue", _("overdue")


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


class AnswerKind(models.TextChoices):
    ANSWER = "answer", _("an answer")
    PARTIAL = "partial", _("a part of the answer, more is to come")
    INCOMPLETE = "incomplete", _("asks to complete the file")
    MORE_TIME = "more_time", _("needs more time")


class Word(models.TextChoices):
    """What an office's own channel says, in its own words, and what the posko does in between."""

    CRM_WAITING = "crm_waiting", "Menunggu"
    CRM_COORDINATION = "crm_coordination", "Koordinasi"
    CRM_DISPOSITION = "crm_disposition", "Disposisi"
    CRM_PROCESS = "crm_process", "Proses"
    CRM_DONE = "crm_done", "Selesai"
    LAPOR_SENT = "lapor_sent", "Terkirim"
    LAPOR_VERIFIED = "lapor_verified", "Diverifikasi"
    LAPOR_FORWARDED = "lapor_forwarded", "Diteruskan"
    LAPOR_FOLLOWED_UP = "lapor_followed_up", "Ditindaklanjuti"
    LAPOR_ANSWERED = "lapor_answered", "Dijawab"
    LAPOR_DONE = "lapor_done", "Selesai"
    LAPOR_REFUSED = "lapor_refused", "Ditolak"
    FIRST_ACTION = "first_action", _("They have begun to act")
    COMPLETED = "completed", _("We have completed the file")
    RESPONDED = "responded", _("We have responded")


class Solves(models.TextChoices):
    YES = "yes", _("yes, it solves the matter")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
