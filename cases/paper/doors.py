"""From an order to a door list: families in walking order, shared out, a page an RT. Rows in, plain content out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cases.areas.models import Area
from cases.kernel.indonesian import short_date
from cases.paper import rules, sources, wording
from cases.paper.choices import DoorTask, PaperSize, Whom
from cases.paper.families import Choice, Family, printable, refused_row, rt_codes
from cases.paper.pages import door_paper, fits_as_round
from cases.paper.sheets import DoorListContent, DoorPage, DoorRow, PaperRefused
from cases.people.models import User
from cases.programmes.models import Round, Schedule

STRUCK = "(dicoret)"  # a family who asked to be left alone after its sheet was printed
# A landmark that begins with one of these says by itself where the door is.
PLACING = (
    *("dekat", "depan", "di ", "sebelah", "samping", "belakang", "seberang", "ujung", "pojok", "sekitar"),
    *("atas", "bawah", "antara", "pinggir", "persis", "masuk"),
)
SAMPLE = "CONTOH"  # in place of a sheet number on a preview: such a sheet is not in the books


@dataclass(frozen=True, kw_only=True)
class DoorOrder:
    """What is asked for. `volunteers` are ids of users, one a pile; without them the piles are only counted."""

    choice: Choice
    task: str = DoorTask.ROUND
    paper: str = PaperSize.F4
    say: str = ""  # empty: the task's own sentence
    volunteers: tuple[int, ...] = ()
    piles: int = 1

    @property
    def shared_by(self) -> int:
        return len(self.volunteers) or self.piles

    def to_params(self) -> dict[str, Any]:
        return {
            **self.choice.to_params(),
            "task": str(self.task),
            "paper": str(self.paper),
            "say": self.say,
            "volunteers": list(self.volunteers),
            "piles": self.piles,
        }

    @classmethod
    def from_params(cls, params: dict[str, Any]) -> "DoorOrder":
        return cls(
            choice=Choice.from_params(params),
            task=params["task"],
            paper=params["paper"],
            say=params["say"],
            volunteers=tuple(params["volunteers"]),
            piles=params["piles"],
        )


@dataclass(frozen=True, kw_only=True)
class Walk:
    """An order with its families: how many sheets it makes is known before anything is printed."""

    order: DoorOrder
    households: list[Family]
    spans: list[rules.Span]
    left_out: int = 0  # families who asked not to be visited
    dates: dict[str, Schedule | None] = field(default_factory=dict)

    @property
    def rts(self) -> list[str]:
        return rt_codes(self.households)

    @property
    def one_date(self) -> bool:
        """Whether every RT of the walk has the same date: then the sentence says it, else each row does."""
        return len({row and row.pk for row in self.dates.values()}) <= 1


def plan(order: DoorOrder, *, user: User | None) -> Walk:
    """Families, piles and sheets of an order, as the user may see them."""
    households, left_out = printable(order.choice, user=user)
    areas = [row.area_id for row in households]
    found = rules.spans(areas, piles=order.shared_by, rows_a_page=door_paper(order.paper).rows)
    dates: dict[str, Schedule | None] = {}
    aid_round = round_of(order)
    if aid_round is not None and order.task == DoorTask.ROUND:
        codes = rt_codes(households)
        known = {
            row.pk: row
            for area in order_areas(order, codes)
            for row in sources.dates(aid_round, area, user=user)
        }
        dates = {code: sources.date_of_rt(known.values(), code) for code in codes}
    return Walk(order=order, households=households, spans=found, left_out=left_out, dates=dates)


def shared(walk: Walk, order: DoorOrder) -> Walk:
    """The same families in other piles or on other paper, without asking for them again."""
    areas = [row.area_id for row in walk.households]
    found = rules.spans(areas, piles=order.shared_by, rows_a_page=door_paper(order.paper).rows)
    return replace(walk, order=order, spans=found)


def order_areas(order: DoorOrder, rts: Sequence[str]) -> Sequence[str]:
    return order.choice.areas or rts


def round_of(order: DoorOrder) -> Round | None:
    return Round.objects.select_related("programme").filter(pk=order.choice.round_id).first()


def head(walk: Walk, *, by: User | None) -> dict[str, Any]:
    """All that a list says but its families: plain JSON, kept with the print so that it can be made again."""
    order, aid_round = walk.order, round_of(walk.order)
    posko = sources.posko_at(walk.rts or order.choice.areas, by=by)
    date = next(iter(walk.dates.values()), None) if walk.one_date else None
    words = wording.door_wording(
        order.task,
        posko=posko.name,
        programme=sources.short_name(aid_round.programme) if aid_round else "",
        when_where=sources.session_of(date) if date else None,
    )
    names_round = aid_round is not None and order.task != DoorTask.LEVY
    return {
        "task": words.task,
        "say": order.say or words.say,
        "details": list(words.details),
        "round": round_line(aid_round) if names_round and aid_round else "",
        "organisation": posko.name,
        "phone": posko.phone,
    }


def round_line(aid_round: Round) -> str:
    """Name and amount, or as much as has room: whoever prints cannot give the round a shorter name."""
    amount = sources.amount_of(aid_round)
    whole = " · ".join(part for part in (aid_round.name, amount) if part)
    short = " · ".join(part for part in (sources.short_name(aid_round.programme), amount) if part)
    return next((text for text in (whole, aid_round.name, short) if fits_as_round(text)), "")


def when_words(date: Schedule | None) -> str:
    """A date in the little room of a row."""
    return f"{short_date(date.date)}, {date.hours.removeprefix('pukul ')}, {date.place}" if date else ""


def near_words(landmark: str) -> str:
    """A landmark as one says it: "dekat warung Bu Siti", but "seberang mushola" as it is."""
    if not landmark or landmark.lower().startswith(PLACING):
        return landmark
    return f"dekat {landmark}"


def row_of(line: int, family: Family | None, task: str, when: str = "") -> DoorRow:
    """One door; None where nobody may call any more. Asking about pungli needs no number at all, so such a list carries none."""
    if family is None:
        return DoorRow(line=line, head=STRUCK)
    near = "" if when else near_words(family.landmark)
    try:
        return DoorRow(
            line=line,
            head=family.head_name,
            address=family.address or family.landmark or "alamat belum dicatat",
            kk_end="" if task == DoorTask.LEVY else family.kk_last4,
            message=when or (near if family.address else ""),
        )
    except PaperRefused as refusal:
        raise refused_row(family, refusal) from None


def pages(
    walk: Walk,
    spans: Iterable[rules.Span],
    *,
    numbers: Iterator[str],
    labels: dict[str, str],
    names: dict[int, str],
) -> tuple[DoorPage, ...]:
    """`labels` says each RT as people write it, `names` who carries each pile."""
    when = own_dates(walk)
    return tuple(
        DoorPage(
            sheet=next(numbers),
            area=labels[span.area],
            volunteer=names.get(span.pile, ""),
            rows=tuple(
                row_of(line, family, walk.order.task, when.get(span.area, ""))
                for line, family in enumerate(walk.households[span.start : span.end], start=1)
            ),
        )
        for span in spans
    )


def own_dates(walk: Walk) -> dict[str, str]:
    """By RT, where the RT of a walk have different dates."""
    return {} if walk.one_date else {code: when_words(date) for code, date in walk.dates.items() if date}


def labels_of(codes: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = list(codes)
    for start in range(0, len(wanted), 900):
        rows = Area.objects.with_label().filter(pk__in=wanted[start : start + 900])
        found |= {area.pk: area.label for area in rows}
    return found


def carriers(order: DoorOrder) -> dict[int, str]:
    """Name, or number of the pile where it is shared without names; one pile without a name is nobody's yet."""
    if order.volunteers:
        people = {user.pk: str(user) for user in User.objects.filter(pk__in=order.volunteers)}
        return {pile: people.get(pk, "") for pile, pk in enumerate(order.volunteers, start=1)}
    return {pile: pile_words(pile, order.piles) for pile in range(1, order.piles + 1)}


def pile_words(pile: int, piles: int) -> str:
    """In place of a name, where whoever carries it is not known yet."""
    return f"bagian {pile} dari {piles}" if piles > 1 else ""


def preview(walk: Walk, *, by: User | None) -> DoorListContent:
    """The first sheet as it will be, with no number of its own."""
    first = walk.spans[:1]
    made = pages(
        walk,
        first,
        numbers=iter([SAMPLE]),
        labels=labels_of(span.area for span in first),
        names=carriers(walk.order),
    )
    return content_of(head(walk, by=by), made)


def content_of(said: dict[str, Any], made: tuple[DoorPage, ...]) -> DoorListContent:
    return DoorListContent(**said | {"details": tuple(said["details"])}, pages=made)


def whom_words(choice: Choice) -> str:
    """For the books, not for the paper."""
    words = str(Whom(choice.whom).label)
    return f"{words}: {short_date(choice.since)}" if choice.since and choice.whom in SINCE else words


SINCE = (Whom.UNCHECKED, Whom.UNVISITED)
