"""What each kind of letter says before anybody edits it: pure functions from facts to texts, in the Indonesian of a good advocate."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from cases.casefiles.choices import Category, Question
from cases.escalations.choices import OfficeKind
from cases.kernel.indonesian import long_date, rupiah, short_date
from cases.paper.choices import LetterKind
from cases.paper.letters import before
from cases.paper.letters.categories import about, facts_of, words_of
from cases.paper.letters.facts import Brief, CaseFacts
from cases.paper.letters.phrases import clauses, listed, numbered, paragraphs, plain_date, shared_aid
from cases.paper.letters.shape import ALSO, asks_for_answer, names_of

K = LetterKind

SERVICES = "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik, yang mewajibkan penyelenggara menerima dan menanggapi pengaduan masyarakat"
POOR = "UU Nomor 13 Tahun 2011 tentang Penanganan Fakir Miskin, pasal 43, yang mengancam pidana penyalahgunaan dana penanganan fakir miskin"
OMBUDSMAN = "UU Nomor 37 Tahun 2008 tentang Ombudsman Republik Indonesia"
INFORMATION = "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"
SERVICES_SHORT = "UU 25/2009"

THANKS = "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih."
READY = "Kami siap memberi keterangan tambahan dan mendampingi warga bila diperlukan."
DEMAND = "Untuk itu kami mohon kesediaan Bapak/Ibu untuk:"


def first_texts(kind: str, brief: Brief) -> dict[str, str]:
    """All texts of a letter of this kind, as one could sign them unedited."""
    made = {
        K.COMPLAINT: _complaint,
        K.COVER: _cover,
        K.INFORMATION: _information,
        K.OBJECTION: _objection,
        K.OMBUDSMAN: _ombudsman,
        K.POWER: _power,
        K.STATEMENT: _statement,
        K.CHRONOLOGY: _chronology,
    }[LetterKind(kind)](brief)
    also = {"chronology": lambda: before.chronology(brief), "giver": lambda: giver(brief)}
    made |= {name: also[name]() for name in ALSO.get(LetterKind(kind), ())}
    made |= {"to": to(brief), "copies": brief.office.copy_to if brief.office else ""}
    return {name: made.get(name, "") for name in names_of(kind)}


# --- who writes about what ---------------------------------------------------------------------------------------


def to(brief: Brief) -> str:
    office = brief.office
    if office is None:
        return ""
    return f"Bapak/Ibu {office.addressee}\n{office.address or f'di {brief.by.city}'}"


def _who(brief: Brief) -> str:
    """In whose name the organisation writes; a reporter who must not appear does not."""
    by = f"Kami, {brief.by.name}" + (
        f" ({brief.by.short_name})" if brief.by.name != brief.by.short_name else ""
    )
    if brief.several:
        power = " dan penerima kuasa" if all(case.has_reporter for case in brief.cases) else ""
        return f"{by}, selaku pendamping{power} warga"
    case = brief.cases[0]
    if case.reporter:
        return f"{by}, bertindak untuk dan atas nama Bapak/Ibu {case.reporter}{_whose(case)}"
    if case.family:
        address = case.family_address or case.place
        return f"{by}, mendampingi keluarga Bapak/Ibu {case.family}, beralamat di {address}"
    return f"{by}, selaku pendamping{' dan penerima kuasa' if case.has_reporter else ''} warga {case.village}"


def _whose(case: CaseFacts) -> str:
    """Where the named reporter lives, or which family it is about."""
    if not case.family:
        return f", warga {case.village}"
    family = f"keluarga Bapak/Ibu {case.family}, beralamat di {case.family_address or case.place}"
    if not case.reporter_is_hurt:
        return f", warga {case.village}, mengenai {family}"
    if case.family == case.reporter:
        return f", beralamat di {case.family_address or case.place}"
    return f", dari {family}"


def _veil(brief: Brief) -> str:
    """Why no name is given."""
    if brief.several:
        veiled = any(not case.reporter and not case.family for case in brief.cases)
        return (
            "Nama yang tidak tercantum dalam surat ini kami simpan demi keamanan yang bersangkutan."
            if veiled
            else ""
        )
    case = brief.cases[0]
    if case.reporter or case.family or not case.veiled:
        return ""
    return (
        "Demi keamanannya, identitas warga yang melapor kami rahasiakan; segala surat-menyurat mohon dialamatkan "
        "kepada kami."
    )


def _about(brief: Brief) -> str:
    return about(brief.cases[0], shared_aid(brief))


# --- what happened ------------------------------------------------------------------------------------------------


def _facts(brief: Brief) -> str:
    if not brief.several:
        return paragraphs("Adapun pokok persoalannya sebagai berikut:", numbered(facts_of(brief.cases[0])))
    return paragraphs("Adapun pokok persoalannya sebagai berikut:", numbered(_together(brief)))


def _together(brief: Brief) -> list[str]:
    cases = brief.cases
    days = sorted(case.happened_on for case in cases if case.happened_on)
    span = ""
    if days:
        span = f"Pada {long_date(days[0])}, "
        if days[0] != days[-1]:
            span = f"Antara {plain_date(days[0])} dan {plain_date(days[-1])}, "
    what = words_of(cases[0].category).shared.format(aid=shared_aid(brief))
    told = [f"{span}{len(cases)} keluarga di {brief.area} {what}."]
    by_place = Counter(case.place_short for case in cases)
    if len(by_place) > 1:
        rows = [f"{place}: {many} keluarga" for place, many in sorted(by_place.items())]
        told.append(f"Menurut tempatnya: {'; '.join(rows)}.")
    return told + _amounts(cases) + ["Rincian tiap kasus kami sampaikan dalam daftar terlampir."]


def _amounts(cases: Sequence[CaseFacts]) -> list[str]:
    taken = [
        int(case.answers[Question.LEVY_AMOUNT.value]) for case in cases if case.answers.get("levy_amount")
    ]
    if not taken:
        return []
    each = (
        f"sebesar {rupiah(taken[0])}"
        if min(taken) == max(taken)
        else f"antara {rupiah(min(taken))} dan {rupiah(max(taken))}"
    )
    return [f"Uang yang diambil {each} per keluarga, seluruhnya sedikitnya {rupiah(sum(taken))}."]


# --- the kinds ----------------------------------------------------------------------------------------------------


def _complaint(brief: Brief) -> dict[str, str]:
    case = brief.cases[0]
    again = " lanjutan" if brief.sent else ""
    together = " bersama" if brief.several else ""
    opening = f"{_who(brief)}, dengan ini menyampaikan pengaduan{together}{again} tentang {_about(brief)}"
    if brief.several:
        opening += f", yang dialami {len(brief.cases)} keluarga di {brief.area}"
    return {
        "subject": f"Pengaduan{together}{again} {_about(brief)}",
        "opening": paragraphs(f"{opening}.", _veil(brief)),
        "facts": _facts(brief),
        "history": before.history(brief),
        "basis": _complaint_basis(brief),
        "demands": paragraphs(DEMAND, clauses(words_of(case.category).demands)),
        "closing": paragraphs(f"{READY} {THANKS}"),
    }


def _complaint_basis(brief: Brief) -> str:
    office = brief.office
    if office is None or office.kind == OfficeKind.RT_RW:
        return ""
    laws = [SERVICES]
    if words_of(brief.cases[0].category).is_crime:
        laws.append(POOR)
    if _is_law(office.basis) and SERVICES_SHORT not in office.basis:
        laws.append(office.basis)
    if len(laws) == 1:
        return f"Pengaduan ini kami sampaikan berdasarkan {laws[0]}."
    return paragraphs("Pengaduan ini kami sampaikan berdasarkan:", clauses(laws))


def _cover(brief: Brief) -> dict[str, str]:
    here = [sent for sent in brief.sent if brief.office and sent.office == brief.office.name]
    begin = "Bersama surat ini"
    if here:
        number = f" nomor {here[-1].our_number}" if here[-1].our_number else ""
        agenda = f" (nomor agenda {here[-1].their_number})" if here[-1].their_number else ""
        begin = (
            f"Menyusul pengaduan kami{number} tertanggal {plain_date(here[-1].sent_on)}{agenda}, bersama ini"
        )
    return {
        "subject": f"Pengantar lampiran tentang {_about(brief)}",
        "opening": f"{begin} kami sampaikan lampiran di bawah ini sebagai kelengkapan pengaduan tentang {_about(brief)}.",
        "closing": f"Mohon lampiran tersebut dimasukkan ke dalam berkas pengaduan. {THANKS}",
    }


def _information(brief: Brief) -> dict[str, str]:
    aid = shared_aid(brief)
    asked = (
        f"daftar penerima {aid} di {brief.area}, dalam bentuk yang boleh diumumkan",
        "dasar dan tata cara penetapan penerima, termasuk berita acara musyawarahnya",
        "jumlah penerima yang ditetapkan, jumlah yang sudah menerima, dan jumlah yang belum",
        "jadwal, tempat, dan petugas penyaluran di wilayah tersebut",
    )
    return {
        "subject": f"Permohonan informasi publik tentang penyaluran {aid} di {brief.area}",
        "opening": f"Dengan ini kami mengajukan permohonan informasi publik berdasarkan {INFORMATION}. Pemohon:",
        "identity": _organisation_rows(brief),
        "demands": paragraphs(
            "Informasi yang kami mohon:",
            clauses(asked),
            "Informasi ini akan kami gunakan untuk mendampingi warga dan mengawasi ketepatan sasaran bantuan. Kami mohon "
            "diberikan dalam bentuk salinan tercetak atau berkas elektronik.",
        ),
        "closing": THANKS,
    }


def _objection(brief: Brief) -> dict[str, str]:
    asked = next((sent for sent in reversed(brief.sent) if sent.kind == OfficeKind.PPID), None)
    reason = "permohonan informasi kami tidak ditanggapi dalam jangka waktu yang ditentukan"
    if asked is not None and not asked.waits:
        reason = "permohonan informasi kami tidak ditanggapi sebagaimana yang kami minta"
    number = f" nomor {asked.our_number}" if asked and asked.our_number else ""
    return {
        "subject": "Keberatan atas permohonan informasi publik",
        "opening": f"Dengan ini kami mengajukan keberatan atas permohonan informasi publik{number}, dengan alasan {reason}. Pemohon:",
        "identity": _organisation_rows(brief),
        "history": before.history(brief).replace("Pengaduan telah", "Permohonan telah"),
        "basis": f"Keberatan ini kami ajukan berdasarkan {INFORMATION}.",
        "demands": paragraphs(
            DEMAND,
            clauses(
                (
                    "memeriksa keberatan ini selaku atasan Pejabat Pengelola Informasi dan Dokumentasi",
                    "memerintahkan agar informasi yang kami mohon diberikan",
                    "menyampaikan tanggapan tertulis kepada kami dalam jangka waktu yang ditentukan",
                )
            ),
        ),
        "closing": f"Bila keberatan ini tidak ditanggapi, kami akan menempuh penyelesaian melalui Komisi Informasi. {THANKS}",
    }


def _ombudsman(brief: Brief) -> dict[str, str]:
    fault_of = before.at_fault(brief)
    offices = list(dict.fromkeys(sent.office for sent in fault_of))
    whom = listed(offices) if offices else "kantor yang berwenang"
    silent = fault_of and all(sent.waits for sent in fault_of)
    fault = (
        "tidak ditanggapinya pengaduan warga dalam batas waktu"
        if silent
        else "penyelesaian pengaduan warga yang tidak sebagaimana mestinya"
    )
    return {
        "subject": f"Laporan dugaan maladministrasi oleh {whom}",
        "opening": paragraphs(
            f"{_who(brief)}, melaporkan dugaan maladministrasi oleh {whom}, berupa {fault}, dalam perkara {_about(brief)}.",
            "Identitas pelapor, yang kami mohon dirahasiakan dari pihak terlapor:",
        ),
        "identity": _declarer(brief),
        "facts": _facts(brief),
        "history": before.history(brief),
        "basis": paragraphs(
            "Laporan ini kami sampaikan berdasarkan:",
            clauses((OMBUDSMAN, SERVICES)),
        ),
        "demands": paragraphs(
            "Kami mohon Ombudsman:",
            clauses(
                (
                    "menerima dan memeriksa laporan ini",
                    f"meminta penjelasan dari {whom}",
                    "memberi saran atau rekomendasi agar persoalan warga diselesaikan",
                    "merahasiakan identitas pelapor",
                )
            ),
        ),
        "closing": f"{READY} {THANKS}",
    }


def _power(brief: Brief) -> dict[str, str]:
    return {
        "subject": "Surat Kuasa",
        "identity": giver(brief),
        "facts": power_text(brief),
        "demands": POWERS_TEXT,
        "closing": POWER_CLOSING,
    }


POWERS = (
    "menyusun, menandatangani, dan menyerahkan surat pengaduan, permohonan, keberatan, dan laporan",
    "menerima jawaban dan memberi keterangan yang diperlukan",
    "meneruskan perkara ini ke kantor di atasnya, termasuk Dinas Sosial, Inspektorat, Komisi Informasi, dan Ombudsman",
)
POWERS_TEXT = paragraphs("Penerima kuasa berhak:", clauses(POWERS))
POWER_CLOSING = (
    "Kuasa ini tidak memberi hak untuk menerima uang, barang, atau kartu bantuan, dan dapat dicabut oleh pemberi kuasa "
    "sewaktu-waktu."
)


def power_text(brief: Brief) -> str:
    return f"untuk bertindak atas nama pemberi kuasa dalam perkara {_about(brief)} di {_place(brief)} (kasus {_numbers(brief)})."


def _statement(brief: Brief) -> dict[str, str]:
    return {
        "subject": "Surat Pernyataan",
        "identity": _declarer(brief),
        "facts": paragraphs(
            "menyatakan dengan sebenarnya bahwa:",
            numbered(
                fact for fact in facts_of(brief.cases[0]) if not fact.startswith("Keterangan yang kami")
            ),
        ),
        "closing": "Surat pernyataan ini dibuat dengan sadar dan tanpa paksaan dari siapa pun, untuk dipergunakan sebagaimana mestinya.",
    }


def _chronology(brief: Brief) -> dict[str, str]:
    return {
        "subject": f"Kronologi {_about(brief)}",
        "opening": case_line(brief),
        "chronology": before.chronology(brief),
    }


def case_line(brief: Brief) -> str:
    return f"Kasus {_numbers(brief)}, {_place(brief)}."


def _place(brief: Brief) -> str:
    return brief.area if brief.several else brief.cases[0].place


def _numbers(brief: Brief) -> str:
    numbers = [case.number for case in brief.cases]
    return listed(numbers) if len(numbers) < 5 else f"{numbers[0]} sampai {numbers[-1]}, {len(numbers)} kasus"


# --- people -------------------------------------------------------------------------------------------------------


def giver(brief: Brief) -> str:
    """Who gives power: the reporter who may be named, else the family that agreed; otherwise filled in by hand."""
    if brief.several:
        return _person_rows("", "")
    case = brief.cases[0]
    if case.reporter and not case.reporter_is_hurt:
        return _person_rows(case.reporter, "")
    return _person_rows(case.reporter or case.family, case.family_address)


def _declarer(brief: Brief) -> str:
    """Who reports to the Ombudsman or makes a statement: nobody but the reporter, and only where the name may be said."""
    case = brief.cases[0]
    if brief.several or not case.reporter:
        return _person_rows("", "", full=True)
    return _person_rows(case.reporter, case.family_address if case.reporter_is_hurt else "", full=True)


def _person_rows(name: str, address: str, *, full: bool = False) -> str:
    """A NIK is never printed: its line is filled in by hand."""
    rows = [f"Nama: {name}", "NIK:", f"Alamat: {address}"]
    if full:
        rows.insert(2, "Tempat, tanggal lahir:")
        rows.append("Telepon:")
    return "\n".join(rows)


def _organisation_rows(brief: Brief) -> str:
    by = brief.by
    return "\n".join(
        (f"Nama: {by.name}", f"Alamat: {by.address}", f"Kontak: {by.contact}", f"Diwakili oleh: {by.signer}")
    )


# --- the tables ---------------------------------------------------------------------------------------------------


def shown_name(case: CaseFacts) -> str:
    """In a table; who must not be known is not "anonymous" there but simply not said."""
    return case.family or (case.reporter if case.reporter_is_hurt else "") or "disimpan posko"


def in_short(case: CaseFacts) -> str:
    """One line about a case in the table of many."""
    parts: list[str] = []
    if case.happened_on:
        parts.append(short_date(case.happened_on))
    elif case.happened_about:
        parts.append(case.happened_about)
    taken, whole = case.told.get("levy_amount"), case.told.get("levy_out_of")
    if taken:
        parts.append(f"{taken}{f' dari {whole}' if whole else ''}")
    for key in (
        "seen_where",
        "last_received",
        "share_received",
        "goods_what",
        "invitation_fate",
        "held_since",
    ):
        if key in case.told:
            parts.append(case.told[key])
    if case.category == Category.OTHER and not case.veiled and not parts:
        parts.append(case.story[:80])
    return "; ".join(parts)


def answer_sentence(kind: str, brief: Brief, answer_by: date | None) -> str:
    """By which day an answer is asked for: the day given, or the rule of the office counted from the day of the letter."""
    if not asks_for_answer(kind) or brief.office is None:
        return ""
    if answer_by is not None:
        return f"Jawaban tertulis kami mohon paling lambat {long_date(answer_by)}."
    office = brief.office
    if office.answer_by is None:
        return ""
    basis = f" ({office.basis})" if _is_law(office.basis) else ""
    return (
        f"Jawaban tertulis kami mohon paling lambat {long_date(office.answer_by)}, yaitu {office.rule} sejak tanggal "
        f"surat ini{basis}."
    )


def _is_law(basis: str) -> bool:
    """What is only practice, or the organisation's own, is no basis to write to an office."""
    return basis.startswith(("UU", "PP", "Per", "Kep"))
