"""A case is told at the posko: what happened, to which family, who says so, and what can be shown for it."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from cases.areas.models import Area
from cases.casefiles.actions import Levy, ReporterData, add_evidence, log_case
from cases.casefiles.actions.recording import levy_of
from cases.casefiles.choices import Category, ReporterLevel, ReporterRelation, Urgency
from cases.casefiles.models import Case
from cases.casefiles.rules import QUESTIONS, Kind
from cases.desk.demo.ground import World, rw_in, village_of
from cases.desk.demo.pictures import chat, invitation, receipt
from cases.desk.demo.plans import Plan
from cases.desk.demo.texts import Row, suiting
from cases.desk.demo_people import Family
from cases.households.models import Household
from cases.kernel.indonesian import month_year, rt_rw, rupiah
from cases.kernel.names import normalise_name
from cases.programmes.models import Round

TAKEN = (Category.LEVY, Category.DEDUCTION, Category.SHARED_OUT, Category.INVITATION)
# Told about somebody else, or about nobody in particular.
WITHOUT_FAMILY = (Category.WELL_OFF, Category.FICTITIOUS, Category.CLOSED_LIST, Category.FRAUD)
# A state of things rather than an event: often there is no day to be named.
LASTING = (
    Category.NOT_REGISTERED,
    Category.OUTSIDE_ID,
    Category.CUT_OFF,
    Category.WELL_OFF,
    Category.DOUBLE,
    Category.DECEASED,
    Category.CLOSED_LIST,
    Category.CARD_HELD,
)
AFRAID = (Category.LEVY, Category.DEDUCTION, Category.INTIMIDATION, Category.CARD_HELD, Category.INVITATION)
LEVELS = (ReporterLevel.ANONYMOUS, ReporterLevel.POSKO_ONLY, ReporterLevel.MAY_BE_NAMED)


def tell(world: World, plan: Plan, rng: Random, area: str = "") -> Case:
    """Log the case now."""
    story = world.stories.next(plan.category)
    code = area or _somewhere(world, plan.village, rng)
    aid_round = _round(world, plan, rng)
    levy = _levy(world, plan, aid_round, story["text"])
    family, household = _family(world, code, story, plan, aid_round, rng)
    text = _filled(world, story["text"], code, aid_round, levy, rng)
    reporter = _reporter(world, plan, story, code, family, rng)
    about, on = _when(world, aid_round, plan, rng)
    if rng.random() < 0.4:
        text += _note(world, plan, reporter, about, rng)
    details = _details(world, plan.category, story["text"], rng)
    slip = plan.category == Category.LEVY and plan.index % 2 == 0 and "kuitansi" not in text.lower()
    if slip:
        details["receipt_given"] = "yes"
    by = world.coordinator(code) if rng.random() < 0.2 else world.volunteer(code)
    case = log_case(
        by=by,
        area=Area.objects.get(pk=code),
        category=plan.category,
        story=text,
        household=household,
        round=aid_round if _speaks_of_round(plan, story) else None,
        programme=aid_round.programme if plan.category == Category.QUALITY else None,
        happened_on=on,
        happened_about=about,
        urgency=_urgency(plan, rng),
        details=details,
        levy=_answers(levy, plan.category, story["text"]),
        reporter=reporter,
    )
    if picture := _picture(plan, case, levy, aid_round, slip):
        content, caption = picture
        add_evidence(case=case, by=by, file=content, caption=caption)
    world.cases.append(case)
    return case


def tell_again(world: World, case: Case) -> Case:
    """The coordinator heard the same at the posko, without a name, and wrote it down a second time."""
    again = log_case(
        by=world.coordinator(case.area_id),
        area=case.area,
        category=case.category,
        story=case.story.partition("\n\n")[0],
        household=case.household,
        round=case.round,
        happened_on=case.happened_on,
        happened_about=case.happened_about,
        levy=levy_of(case),
    )
    world.cases.append(again)
    return again


def _somewhere(world: World, village: str, rng: Random) -> str:
    known = sorted(code for code in world.recorded if village_of(code) == village)
    return rng.choice(known or [code for code in world.rts if village_of(code) == village])


def _round(world: World, plan: Plan, rng: Random) -> Round:
    """One that was paid before today; packages for spoiled goods, the coming one for a fraud that speaks of it."""
    today = timezone.localdate()
    paid = [key for key in ("kaj", "klj", "sembako") if world.paid_on[key] < today]
    if plan.category == Category.QUALITY and world.paid_on["paket"] < today:
        return world.rounds["paket"]
    if plan.cluster and "sembako" in paid:
        return world.rounds["sembako"]
    # The latest is what people talk about.
    return world.rounds[rng.choices(paid, [1, 2, 5][: len(paid)])[0]]


def _levy(world: World, plan: Plan, aid_round: Round, text: str) -> Row:
    """Out of what the round paid; where the story speaks of officers, taken by one of them if any did."""
    fitting = [row for row in world.texts.levies if int(row["out_of"]) == (aid_round.amount or 300_000)]
    if plan.cluster:
        return next(row for row in fitting if row["excuse"] == "left_out")
    if text.startswith("Petugas"):
        fitting = [row for row in fitting if row["actor"] in {"officer", "cadre"}] or fitting
    return fitting[plan.index % len(fitting)]


def _family(
    world: World, code: str, story: Row, plan: Plan, aid_round: Round, rng: Random
) -> tuple[Family | None, Household | None]:
    if plan.category in WITHOUT_FAMILY or rng.random() > 0.9:
        return None, None
    wanted = {"KLJ": "has_elderly", "KAJ": "has_infant"}.get(aid_round.programme.code, "")
    fitting = [
        pair
        for pair in world.recorded.get(code, [])
        if _fits(story, pair[0]) and (not wanted or getattr(pair[0], wanted))
    ]
    fresh = [pair for pair in fitting if pair[1].pk not in world.told_of]
    if not fitting:
        return None, None
    family, household = rng.choice(fresh or fitting)
    world.told_of.add(household.pk)
    return family, household


def _fits(story: Row, family: Family) -> bool:
    """Whether this family could have told the story: "my husband" needs one, a widow has none."""
    text = story["text"]
    if story["category"] == Category.OUTSIDE_ID:
        return not family.kk  # every KK of the demo is of Jakarta
    married = any(person.relation == "spouse" for person in family.members)
    widow = family.head.sex == "female" and not married
    if "janda" in text or "Suami saya penerimanya" in text or "Bapak saya sudah meninggal" in text:
        return widow
    if "Suami kerja" in text:
        return married and family.has_pupil
    if "tinggal sendiri" in text or "ibu saya" in text:
        return family.has_elderly
    return True


def _filled(world: World, text: str, code: str, aid_round: Round, levy: Row, rng: Random) -> str:
    village = village_of(code)
    # Where people of this RW were paid: at their own post, or in the hall of the kelurahan.
    near = ("", code.split(".")[4])
    places = [
        row["place"]
        for row in world.texts.places
        if row["village"] == village and rw_in(row["place"]) in near
    ]
    month = timezone.localdate().replace(day=1) - timedelta(days=rng.randint(40, 110))
    if "cair dari" in text:
        month = world.paid_on_of(aid_round)
    return text.format(
        round=aid_round.name,
        amount=rupiah(int(levy["out_of"])),
        levy=rupiah(int(levy["levy"])),
        excuse=levy["words"],
        place=rng.choice(places),
        when=f"bulan {month_year(month).split()[0]}",
        rt=rt_rw(code),
    )


def _speaks_of_round(plan: Plan, story: Row) -> bool:
    return (
        plan.category in (*TAKEN, Category.QUALITY)
        or "{round}" in story["text"]
        or "cair dari" in story["text"]
    )


def _when(world: World, aid_round: Round, plan: Plan, rng: Random) -> tuple[str, date | None]:
    """A day between the pay-out and now, or the words of somebody who does not remember it."""
    today = timezone.localdate()
    if plan.category in LASTING and rng.random() < 0.6:
        return "", None
    paid = world.paid_on_of(aid_round)
    since = min((today - paid).days, 16)
    on = today - timedelta(days=rng.randint(0, since))
    if plan.category in TAKEN:
        on = paid + timedelta(days=rng.randint(0, min(2, (today - paid).days)))
    if rng.random() < 0.28:
        week = ("pertama", "kedua", "ketiga", "keempat")[min(3, (on.day - 1) // 7)]
        return f"minggu {week} {month_year(on)}", None
    return "", on


def _urgency(plan: Plan, rng: Random) -> Urgency:
    if plan.category == Category.INTIMIDATION:
        return Urgency.URGENT
    return rng.choices((Urgency.NORMAL, Urgency.SOON, Urgency.URGENT), (80, 16, 4))[0]


def _details(world: World, category: Category, text: str, rng: Random) -> dict[str, Any]:
    """Answers to the questions of the category; those that the story itself gives go first."""
    details: dict[str, Any] = {}
    for asked in QUESTIONS[category]:
        rows = [
            row
            for row in world.texts.details
            if (row["category"], row["question"]) == (category, asked.key)
            and (not row["told"] or row["told"] in text)
        ]
        rows = [row for row in rows if row["told"]] or rows
        if asked.column or not rows or rng.random() < 0.12:
            continue
        answer = rng.choice(rows)["answer"]
        details[asked.key] = answer.split() if asked.kind is Kind.CHOICES else answer
    return details


def _answers(levy: Row, category: Category, text: str) -> Levy:
    """What was taken, where money was; who did it, where somebody did something."""
    if category in (Category.LEVY, Category.DEDUCTION):
        return Levy(int(levy["levy"]), int(levy["out_of"]), levy["excuse"], levy["actor"], levy["way"])
    amount = int(levy["levy"]) if "{levy}" in text else None
    role = {Category.FRAUD: "", Category.CARD_HELD: "cadre"}.get(category, levy["actor"])
    return Levy(amount=amount, actor_role=role)


# --- who says so -------------------------------------------------------------------------------------------------------


def _reporter(
    world: World, plan: Plan, story: Row, code: str, family: Family | None, rng: Random
) -> ReporterData:
    level = rng.choices(LEVELS, (35, 50, 15) if plan.category in AFRAID else (15, 45, 40))[0]
    teller, relation = family, ReporterRelation.SELF
    if family is None or story["voice"] == "reported":
        neighbours = [known for known, _ in world.recorded.get(code, []) if known is not family]
        teller = rng.choice(neighbours) if neighbours else family
        relation = rng.choice((ReporterRelation.NEIGHBOUR, ReporterRelation.MEMBER, ReporterRelation.OTHER))
    if teller is None or level == ReporterLevel.ANONYMOUS:
        return ReporterData()
    adults = [person for person in teller.members if person.age(timezone.localdate()) >= 18]
    person = rng.choice(adults[:2])
    if relation == ReporterRelation.SELF and person is not teller.head:
        relation = ReporterRelation.FAMILY
    # An invented name may be an ordinary word of a sentence ("Subuh"): such a reporter stays without a name.
    if set(normalise_name(person.name).split()) <= world.words_told:
        return ReporterData()
    return ReporterData(level=level, name=person.name, phone=teller.phone, relation=relation)


def _note(world: World, plan: Plan, reporter: ReporterData, about: str, rng: Random) -> str:
    """A second paragraph: what the volunteer jotted down."""
    notes = [row["text"] for row in suiting(world.texts.about("case"), plan.category)]
    if reporter.level != ReporterLevel.POSKO_ONLY:
        notes = [text for text in notes if "nama tidak disebut" not in text]
    if not about:
        notes = [text for text in notes if "Tanggal pastinya" not in text]
    return f"\n\n{rng.choice(notes)}"


# --- what can be shown -------------------------------------------------------------------------------------------------


def _picture(plan: Plan, case: Case, levy: Row, aid_round: Round, slip: bool) -> tuple[bytes, str] | None:
    """A slip for some of the money taken, an invitation, and the message of a fraud."""
    day = case.happened_on or timezone.localdate(case.created_at)
    if slip:
        return receipt(
            int(levy["levy"]), levy["words"], day, case.number
        ), "Kertas yang diberikan waktu membayar"
    if plan.category == Category.INVITATION and plan.index % 2 == 0:
        return invitation(aid_round.name, day, case.number), "Undangan, nama ditutup"
    if plan.category == Category.FRAUD and "WhatsApp" in case.story:
        return chat(), "Tangkapan layar pesan, nomor ditutup"
    return None
