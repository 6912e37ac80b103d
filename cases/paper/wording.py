"""What posters, slips and door lists say before anybody edits them. Paper speaks Indonesian whatever the screen's language.

Words on a door list never tell on a neighbour: whoever carries it may be the one complained about, so the box for
"there is something to tell" is the neutral "dihubungi" (call me), the same on every task's sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cases.kernel.indonesian import clock, long_date

from .choices import DoorTask, PosterKind
from .sheets import Bring, PosterContent, Session

COLLECT = (
    Bring(icon="invitation", label="Undangan"),
    Bring(icon="ktp", label="KTP"),
    Bring(icon="kk", label="KK"),
    Bring(icon="photocopy", label="Fotokopi"),
)
IDENTITY = (Bring(icon="ktp", label="KTP"), Bring(icon="kk", label="KK"))


@dataclass(frozen=True, kw_only=True)
class Posko:
    """Who signs the paper and where a resident finds them."""

    name: str  # "Posko Bansos Gedong"
    organisation: str  # "JRMK · SPRI"
    phone: str = ""
    place: str = ""  # "rumah Bu Ningsih, RT 005"


def session(day: date, start: time | None = None, end: time | None = None, place: str = "") -> Session:
    """When and where as paper writes it: "Senin, 12 Januari 2026", "pukul 09.00–12.00 WIB"."""
    hours = clock(start) if start else ""
    if start and end:
        hours = f"{clock(start).removesuffix(' WIB')}–{clock(end).removeprefix('pukul ')}"
    return Session(day=long_date(day), hours=hours, place=place)


def until(day: date | None) -> str:
    return f"Berlaku sampai {long_date(day).partition(', ')[2]}" if day else ""


def schedule_poster(
    *,
    posko: Posko,
    programme: str,
    area: str,
    sessions: Iterable[Session],
    bring: tuple[Bring, ...] = COLLECT,
    valid_until: date | None = None,
    link: str = "",
    strips: bool = True,
) -> PosterContent:
    """When a round is paid: `programme` by its short name ("BST"), `area` as people say it ("RW 011 Kel. Gedong")."""
    return PosterContent(
        kind=PosterKind.SCHEDULE,
        headline=f"Kapan {programme} cair?",
        who=f"Untuk keluarga penerima {programme} di {area}",
        sessions=tuple(sessions),
        bring_title="Bawa asli dan fotokopi" if bring else "",
        bring=bring,
        ask=f"Belum dapat undangan? Tanya posko{_at(posko)}.",
        complain="Ada yang minta uang? Adukan:",
        valid_until=until(valid_until),
        link=link,
        **_signed(posko, strips),
    )


def complain_poster(
    *, posko: Posko, valid_until: date | None = None, link: str = "", strips: bool = True
) -> PosterContent:
    return PosterContent(
        kind=PosterKind.COMPLAIN,
        headline="Bansos bermasalah?",
        who="Belum terima, dipotong, atau tidak terdaftar: posko membantu.",
        steps=(
            "Ingat kapan, di mana, dan siapa.",
            "Simpan bukti: foto, pesan, undangan.",
            "Datang atau telepon posko. Nama bisa dirahasiakan.",
        ),
        free_detail="MENGADU TIDAK DIPUNGUT BIAYA",
        ask=f"Posko ada di {posko.place}." if posko.place else "",
        complain="Telepon atau WhatsApp posko:",
        valid_until=until(valid_until),
        link=link,
        **_signed(posko, strips),
    )


def no_levy_poster(
    *, posko: Posko, valid_until: date | None = None, link: str = "", strips: bool = True
) -> PosterContent:
    return PosterContent(
        kind=PosterKind.NO_LEVY,
        headline="Diminta uang untuk bansos?",
        who="Jangan bayar. Bansos hak warga.",
        steps=(
            "Ingat siapa, kapan, dan berapa.",
            "Simpan bukti: foto, pesan, kuitansi.",
            "Lapor ke posko. Nama bisa dirahasiakan.",
        ),
        complain="Lapor, gratis dan rahasia:",
        valid_until=until(valid_until),
        link=link,
        **_signed(posko, strips),
    )


def check_help_poster(
    *,
    posko: Posko,
    sessions: Iterable[Session] = (),
    valid_until: date | None = None,
    link: str = "",
    strips: bool = True,
) -> PosterContent:
    """Help with looking up a register; `sessions` are the posko's hours, a day such as "Setiap Sabtu" is allowed."""
    return PosterContent(
        kind=PosterKind.CHECK_HELP,
        headline="Terdaftar bansos atau tidak?",
        who="Posko bantu cek. Tanpa aplikasi, tanpa pulsa.",
        sessions=tuple(sessions),
        bring_title="Bawa",
        bring=IDENTITY,
        free_detail="CEK TIDAK DIPUNGUT BIAYA",
        ask="Belum terdaftar? Posko bantu usulkan lewat kelurahan.",
        complain="Tanya dulu lewat telepon atau WhatsApp:",
        valid_until=until(valid_until),
        link=link,
        **_signed(posko, strips),
    )


def _signed(posko: Posko, strips: bool) -> dict[str, Any]:
    return {
        "phone": posko.phone,
        "organisation": posko.organisation,
        "posko": posko.name,
        "strips": strips and bool(posko.phone),
    }


def _at(posko: Posko) -> str:
    return f", {posko.place}" if posko.place else ""


# --- door to door -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DoorWording:
    """The head of a door list: its title, the sentence at the door, and the task's own tick boxes."""

    task: str
    say: str
    details: tuple[str, ...]


def door_wording(
    task: str, *, posko: str, programme: str = "", when_where: Session | None = None
) -> DoorWording:
    hello = f"Permisi, Bapak/Ibu. Saya relawan {posko}."
    match DoorTask(task):
        case DoorTask.ROUND:
            when = _spoken(when_where)
            return DoorWording(
                task=f"Beri tahu: {programme} cair" if programme else "Beri tahu: bansos cair",
                say=f"{hello} {programme or 'Bansos'} cair{when}. Bawa undangan, KTP, KK: asli dan fotokopi. "
                "Gratis, tidak ada potongan. Undangannya sudah sampai?",
                details=("undangan", "dihubungi"),
            )
        case DoorTask.CHECK:
            return DoorWording(
                task="Cek status bansos",
                say=f"{hello} Boleh kami bantu cek apakah keluarga Bapak/Ibu terdaftar bansos? "
                "Siapkan KTP dan KK. Gratis.",
                details=("terdaftar", "belum", "dihubungi"),
            )
        case DoorTask.LEVY:
            return DoorWording(
                task="Kabar bansos: utuh, tanpa potongan",
                say=f"{hello} Bansos harus diterima utuh, tanpa bayar apa pun. Kalau ada yang ingin diceritakan, "
                "telepon posko atau minta dihubungi. Nama bisa dirahasiakan.",
                details=("dihubungi",),
            )


def _spoken(when_where: Session | None) -> str:
    if when_where is None:
        return ""
    place = f" di {when_where.place}" if when_where.place else ""
    return " " + ", ".join(part for part in (when_where.day, when_where.hours) if part) + place


# --- the same as text ---------------------------------------------------------------------------------------------


def as_text(content: PosterContent) -> str:
    """The poster for WhatsApp: *bold* as it writes bold, a blank line between blocks."""
    bring = ", ".join(item.label for item in content.bring if item.icon != "photocopy")
    blocks = (
        f"*{content.headline}*",
        content.who,
        "\n".join(_session_line(session) for session in content.sessions),
        "\n".join(f"{number}. {step}" for number, step in enumerate(content.steps, start=1)),
        f"{content.bring_title}: {bring}" if content.bring_title and bring else bring,
        f"*{'. '.join(part for part in (content.free, content.free_detail) if part)}*"
        if content.free
        else "",
        content.ask,
        f"{content.complain} *{content.phone}*".strip() if content.phone else content.complain,
        "\n".join(
            part for part in (content.valid_until, content.posko, content.organisation, content.link) if part
        ),
    )
    return "\n\n".join(block for block in blocks if block)


def _session_line(session: Session) -> str:
    when = ", ".join(part for part in (session.day, session.hours) if part)
    return f"*{when}*" + (f"\nTempat: {session.place}" if session.place else "")
