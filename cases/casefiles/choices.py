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


class Confirmed(models.TextChoices):
    """How the posko knows that it really is solved: an office's word alone is not enough."""

    FAMILY = "family", _("The family or whoever reported says so")
    SEEN = "seen", _("A volunteer has seen it: money, goods, list or letter")
    UNREACHABLE = "unreachable", _("Nobody could be asked")


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


class Due(models.TextChoices):
    """Deadlines as a board sorts them; the days are in rules.DUE_BUCKETS."""

    LATE_LONG = "late_long", _("more than 30 days past the deadline")
    LATE_MONTH = "late_month", _("8 to 30 days past the deadline")
    LATE_WEEK = "late_week", _("1 to 7 days past the deadline")
    TODAY = "today", _("due today")
    DAYS3 = "days3", _("due in 1 to 3 days")
    DAYS7 = "days7", _("due in 4 to 7 days")
    LATER = "later", _("due later than that")
    NONE = "none", _("without a deadline")


class RevokeReason(models.TextChoices):
    """Why a resident's code answers no more; chosen, so that nobody writes a name here."""

    LOST = "lost", _("the slip is lost")
    SEEN = "seen", _("somebody else has seen the slip")
    UNWANTED = "unwanted", _("the resident does not want a slip")
    OTHER = "other", _("another reason")


class Audience(models.TextChoices):
    """Who reads an output; one function decides what each may learn of a reporter."""

    RECORDER = "recorder", _("the volunteer who recorded it")
    COORDINATOR = "coordinator", _("coordinator")
    VOLUNTEER = "volunteer", _("another volunteer")
    OFFICE = "office", _("office")
    PAPER = "paper", _("paper that goes from door to door")
    PUBLIC = "public", _("everyone")


class ReporterRelation(models.TextChoices):
    """What the reporter is to the family; kept sealed with the name."""

    SELF = "self", _("it happened to the reporter")
    FAMILY = "family", _("of the same family")
    NEIGHBOUR = "neighbour", _("neighbour")
    MEMBER = "member", _("member of the organisation")
    OTHER = "other", _("someone else who saw or heard it")


REPORTER_MEANING = {
    ReporterLevel.ANONYMOUS: _(
        "No name is kept, anywhere. We cannot tell the reporter how the case goes, so note the case number."
    ),
    ReporterLevel.POSKO_ONLY: _(
        "Only the coordinator and the volunteer who records this can open the name. It never goes on paper or to an office."
    ),
    ReporterLevel.MAY_BE_NAMED: _(
        "The office gets the name with the complaint. Choose this only if the reporter said so."
    ),
}


# --- the questions of the categories: the value is the key in Case.details (or the column), the label is what is asked ---


class Question(models.TextChoices):
    LEVY_AMOUNT = "levy_amount", _("How much was taken?")
    LEVY_OUT_OF = "levy_out_of", _("Out of how much?")
    LEVY_EXCUSE = "levy_excuse", _("What excuse was given?")
    ACTOR_ROLE = "actor_role", _("Who did it?")
    LEVY_WAY = "levy_way", _("How was it taken?")
    HOW_MANY = "how_many", _("About how many families had the same?")
    RECEIPT_GIVEN = "receipt_given", _("Was there a receipt or a written list?")
    WOULD_SIGN = "would_sign", _("Would someone sign a statement (surat pernyataan)?")
    SIGNED_FULL = "signed_full", _("Did they have to sign for the full amount?")
    ASKED_BEFORE = "asked_before", _("Was it asked for before?")
    ASKED_WHOM = "asked_whom", _("Who was asked?")
    REPLY_GIVEN = "reply_given", _("What was the answer?")
    ID_FROM = "id_from", _("Which region is the ID card from?")
    HERE_SINCE = "here_since", _("Living here since when?")
    PROOF_OF_STAY = "proof_of_stay", _("What proves that they live here?")
    SEEN_WHERE = "seen_where", _("Where was it seen?")
    SEEN_PERIOD = "seen_period", _("Which period did it show?")
    HAS_CARD = "has_card", _("Is the ATM or KKS card in the family's own hands?")
    WEALTH_SIGNS = "wealth_signs", _("What can be seen of their wealth?")
    HOW_KNOWN = "how_known", _("How is it known?")
    LAST_RECEIVED = "last_received", _("When was the last aid received?")
    TOLD_WHY = "told_why", _("Which reason was given?")
    SHARE_RECEIVED = "share_received", _("How much was left for the rightful recipient?")
    SHARED_AMONG = "shared_among", _("Among how many families was it shared?")
    AGREED = "agreed", _("Did the recipients agree to it?")
    INVITATION_FATE = "invitation_fate", _("What happened to the invitation?")
    HELD_SINCE = "held_since", _("Held since when?")
    KNOWS_PIN = "knows_pin", _("Does that person know the PIN?")
    MONEY_HANDED = "money_handed", _("Is the money handed over?")
    DOUBLE_WHAT = "double_what", _("What is double?")
    DIED_WHEN = "died_when", _("Died when, about?")
    FAMILY_THERE = "family_there", _("Does the family still live at that address?")
    STILL_DRAWN = "still_drawn", _("Is the aid still being collected?")
    NEIGHBOURS_ASKED = "neighbours_asked", _("Were the neighbours asked?")
    GOODS_FAULT = "goods_fault", _("What was wrong with the goods?")
    GOODS_WHAT = "goods_what", _("Which goods, and how much?")
    FOUND_WHERE = "found_where", _("Where did it come out?")
    NIK_REASON = "nik_reason", _("Which reason was given?")
    THREAT = "threat", _("What was the threat?")
    SAFE_NOW = "safe_now", _("Is the person safe now?")
    WITNESSED = "witnessed", _("Did others see or hear it?")
    FRAUD_WAY = "fraud_way", _("How did it come?")
    FRAUD_ASKED = "fraud_asked", _("What did they ask for?")
    FRAUD_CONTACT = "fraud_contact", _("Which number, account or link did they use?")


class YesNo(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class AskedWhom(models.TextChoices):
    RT_RW = "rt_rw", _("RT or RW")
    VILLAGE = "village", _("kelurahan")
    PENDAMSOS = "pendamsos", _("Pendamsos (field staff of Dinsos)")
    SOCIAL = "social", _("Sudin or Dinas Sosial")
    BANK = "bank", _("bank, agent or post office")
    APP = "app", _("app or website")
    OTHER = "other", _("other")


class SeenWhere(models.TextChoices):
    CEKBANSOS = "cekbansos", _("Cek Bansos")
    SILADU = "siladu", _("SILADU")
    JAKI = "jaki", _("JAKI")
    LIST = "list", _("list at the RW or kelurahan")
    OTHER = "other", _("other")


class Stay(models.TextChoices):
    LETTER = "letter", _("letter from the RT or RW")
    RENT = "rent", _("receipt or contract of the rent")
    SCHOOL = "school", _("children's school")
    NONE = "none", _("nothing yet")
    OTHER = "other", _("other")


class Wealth(models.TextChoices):
    CAR = "car", _("has a car")
    HOUSE = "house", _("large house or rooms to let")
    CIVIL_SERVANT = "civil_servant", _("civil servant, soldier or police officer")
    COMPANY = "company", _("works for a state or regional company")
    BUSINESS = "business", _("large business")
    RELATED = "related", _("relative of an official")
    OTHER = "other", _("other")


class InvitationFate(models.TextChoices):
    NEVER = "never", _("never arrived")
    LATE = "late", _("arrived too late")
    SOLD = "sold", _("had to be paid for")
    HELD = "held", _("held back")
    GIVEN_AWAY = "given_away", _("given to someone else")


class Handed(models.TextChoices):
    WHOLE = "whole", _("yes, all of it")
    PART = "part", _("only a part")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class DoubleWhat(models.TextChoices):
    PERSON = "person", _("one person twice on the list")
    FAMILY = "family", _("one family in two KK")
    AID = "aid", _("received twice")
    NUMBER = "number", _("the number is used by someone else")


class GoodsFault(models.TextChoices):
    SPOILED = "spoiled", _("spoiled or has insects")
    SHORT = "short", _("short in weight")
    MISSING = "missing", _("something is missing")
    EXPIRED = "expired", _("past its date")
    NOT_CHOSEN = "not_chosen", _("forced to take a package")
    OTHER = "other", _("other")


class NikReason(models.TextChoices):
    NOT_HERE = "not_here", _("said not to live at the address")
    MOVED = "moved", _("said to have moved")
    DIED = "died", _("said to have died")
    NONE = "none", _("no reason given")
    OTHER = "other", _("other")


class Threat(models.TextChoices):
    STRUCK_OFF = "struck_off", _("being struck off the list")
    NO_PAPERS = "no_papers", _("getting no letters from the RT or RW")
    EVICTION = "eviction", _("being driven out")
    VIOLENCE = "violence", _("violence")
    HUNTED = "hunted", _("asked around for who complained")
    OTHER = "other", _("other")


class FraudWay(models.TextChoices):
    WHATSAPP = "whatsapp", _("WhatsApp or SMS")
    PHONE = "phone", _("telephone")
    LINK = "link", _("website or link")
    VISIT = "visit", _("came to the house")
    OTHER = "other", _("other")


class FraudAsked(models.TextChoices):
    MONEY = "money", _("money")
    NUMBERS = "numbers", _("NIK, KK or a photo of the ID card")
    SECRET = "secret", _("PIN or OTP code")
    DOCUMENTS = "documents", _("original documents")
    OTHER = "other", _("other")


class CategoryGroup(models.TextChoices):
    """The headings under which the categories are shown."""

    TAKEN = "taken", _("Money or goods were taken")
    LEFT_OUT = "left_out", _("A poor family gets nothing")
    WRONG_LIST = "wrong_list", _("The list is wrong")
    DANGER = "danger", _("Threats and fraud")
    OTHER = "other", _("Something else")


CATEGORIES_BY_GROUP = {
    CategoryGroup.TAKEN: (
        Category.LEVY,
        Category.DEDUCTION,
        Category.SHARED_OUT,
        Category.INVITATION,
        Category.CARD_HELD,
        Category.QUALITY,
    ),
    CategoryGroup.LEFT_OUT: (
        Category.NOT_REGISTERED,
        Category.NOT_RECEIVED,
        Category.CUT_OFF,
        Category.OUTSIDE_ID,
        Category.NIK_OFF,
    ),
    CategoryGroup.WRONG_LIST: (
        Category.WELL_OFF,
        Category.DECEASED,
        Category.FICTITIOUS,
        Category.DOUBLE,
        Category.CLOSED_LIST,
    ),
    CategoryGroup.DANGER: (Category.INTIMIDATION, Category.FRAUD),
    CategoryGroup.OTHER: (Category.OTHER,),
}

# Names in advocacy/static/icons.svg.
CATEGORY_ICON = {
    Category.NOT_REGISTERED: "not-listed",
    Category.OUTSIDE_ID: "id-outside",
    Category.NOT_RECEIVED: "hourglass",
    Category.WELL_OFF: "car",
    Category.CUT_OFF: "unlink",
    Category.LEVY: "hand-coin",
    Category.DEDUCTION: "scissors",
    Category.SHARED_OUT: "split",
    Category.INVITATION: "envelope",
    Category.CARD_HELD: "card-held",
    Category.DOUBLE: "doublecopy",
    Category.DECEASED: "flag",
    Category.FICTITIOUS: "nobody",
    Category.CLOSED_LIST: "closed-list",
    Category.QUALITY: "broken-box",
    Category.NIK_OFF: "id-off",
    Category.INTIMIDATION: "threat",
    Category.FRAUD: "megaphone",
    Category.OTHER: "dots",
}

REPORTER_ICON = {
    ReporterLevel.ANONYMOUS: "eye-off",
    ReporterLevel.POSKO_ONLY: "lock",
    ReporterLevel.MAY_BE_NAMED: "office",
}
