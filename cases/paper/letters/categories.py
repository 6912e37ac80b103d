"""For each category its name, what is said of many families, its facts, and what is asked of an office."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.casefiles.choices import Category, Question
from cases.paper.letters import happenings
from cases.paper.letters.facts import CaseFacts

C = Category


@dataclass(frozen=True)
class Words:
    """`about` and `shared` hold {aid}; `shared` says of many families what happened to each."""

    about: str
    shared: str
    facts: Callable[[CaseFacts], list[str]]
    demands: tuple[str, ...]
    is_crime: bool = False


INQUIRE = "memeriksa kebenaran hal tersebut dengan turun langsung ke lapangan"
IN_WRITING = "menyampaikan hasilnya kepada kami secara tertulis"
NO_REVENGE = "menjamin tidak ada tekanan atau pencoretan terhadap warga yang mengadu"
ANNOUNCE_FREE = (
    "mengumumkan secara tertulis kepada warga bahwa penyaluran bantuan tidak dipungut biaya apa pun"
)

WORDS: dict[Category, Words] = {
    C.LEVY: Words(
        "dugaan pungutan liar dalam penyaluran {aid}",
        "diminta membayar sejumlah uang dalam penyaluran {aid}",
        happenings.levy,
        (
            "memeriksa dugaan pungutan tersebut dan meminta keterangan dari pihak yang bertanggung jawab",
            "memastikan uang yang telah diambil dikembalikan kepada warga",
            ANNOUNCE_FREE,
            NO_REVENGE,
        ),
        is_crime=True,
    ),
    C.DEDUCTION: Words(
        "dugaan pemotongan {aid}",
        "menerima {aid} dalam jumlah yang sudah dipotong",
        happenings.deduction,
        (
            "memeriksa dugaan pemotongan tersebut beserta daftar tanda terimanya",
            "memastikan kekurangannya dibayarkan kepada penerima",
            ANNOUNCE_FREE,
            NO_REVENGE,
        ),
        is_crime=True,
    ),
    C.SHARED_OUT: Words(
        "pembagian rata {aid} di luar daftar penerima",
        "terdaftar sebagai penerima {aid}, tetapi bantuannya dibagi rata",
        happenings.shared_out,
        (
            "menghentikan pembagian rata dan memastikan bantuan diterima utuh oleh yang terdaftar",
            "mendata keluarga tidak mampu yang belum terdaftar melalui musyawarah kelurahan",
            NO_REVENGE,
        ),
    ),
    C.INVITATION: Words(
        "undangan {aid} yang tidak sampai kepada penerima",
        "tidak menerima undangan {aid} sebagaimana mestinya",
        happenings.invitation,
        (
            "memeriksa penyampaian undangan di wilayah tersebut",
            "memberi warga kesempatan mengambil bantuan pada undangan berikutnya",
            "memastikan undangan diserahkan langsung dan tanpa biaya",
        ),
    ),
    C.CARD_HELD: Words(
        "kartu ATM/KKS penerima yang dikuasai orang lain",
        "tidak memegang sendiri kartu ATM/KKS-nya",
        happenings.card_held,
        (
            "memastikan kartu diserahkan kembali kepada pemiliknya beserta buku tabungannya",
            "memeriksa riwayat pengambilan bantuan selama kartu dikuasai orang lain",
            "memfasilitasi penggantian PIN atau kartu tanpa biaya",
        ),
        is_crime=True,
    ),
    C.NOT_RECEIVED: Words(
        "{aid} yang belum diterima",
        "terdaftar sebagai penerima {aid}, tetapi belum menerimanya",
        happenings.not_received,
        (
            "memberi penjelasan tertulis mengenai status penyaluran bantuan tersebut",
            "memastikan bantuan dicairkan utuh, termasuk yang tertunda",
            "memberitahukan tanggal dan tempat pengambilannya",
        ),
    ),
    C.NOT_REGISTERED: Words(
        "keluarga tidak mampu yang belum terdaftar sebagai penerima bantuan sosial",
        "tergolong tidak mampu, tetapi belum terdaftar sebagai penerima {aid}",
        happenings.not_registered,
        (
            "melakukan verifikasi ke rumah bersama pendamping sosial",
            "mengusulkan keluarga tersebut melalui musyawarah kelurahan untuk dimasukkan ke dalam DTSEN (Data Tunggal Sosial dan Ekonomi Nasional)",
            IN_WRITING,
        ),
    ),
    C.OUTSIDE_ID: Words(
        "warga dengan KTP luar DKI Jakarta yang tidak dapat didata",
        "tinggal di Jakarta dengan KTP dari luar DKI Jakarta, dan tidak didata untuk {aid}",
        happenings.outside_id,
        (
            "menjelaskan secara tertulis syarat dan jalur pendataan bagi warga yang sudah menetap",
            "membantu pengurusan surat keterangan domisili atau perpindahan kependudukannya",
            "mencatat keluarga tersebut untuk diusulkan begitu syaratnya terpenuhi",
        ),
    ),
    C.WELL_OFF: Words(
        "dugaan {aid} yang salah sasaran",
        "melihat keluarga yang tergolong mampu menerima {aid}",
        happenings.well_off,
        (
            "melakukan verifikasi ulang terhadap penerima di wilayah tersebut melalui musyawarah kelurahan",
            "mengganti penerima yang tidak memenuhi syarat dengan keluarga yang berhak",
            IN_WRITING,
        ),
    ),
    C.CUT_OFF: Words(
        "bantuan yang terhenti tanpa penjelasan",
        "dahulu menerima bantuan, tetapi kini tidak lagi tanpa penjelasan",
        happenings.cut_off,
        (
            "memberi penjelasan tertulis mengenai sebab dan tanggal terhentinya bantuan",
            "melakukan verifikasi ulang atas keadaan keluarga tersebut",
            "memulihkan haknya bila masih memenuhi syarat",
        ),
    ),
    C.DOUBLE: Words(
        "data ganda pada daftar penerima {aid}",
        "tertahan haknya karena data ganda pada daftar {aid}",
        happenings.double,
        (
            "memeriksa dan membetulkan data ganda tersebut",
            "memastikan keluarga yang berhak tetap menerima bantuannya selama pembetulan berjalan",
            IN_WRITING,
        ),
    ),
    C.DECEASED: Words(
        "penerima {aid} yang sudah meninggal tetapi masih terdaftar",
        "melaporkan penerima {aid} yang sudah meninggal tetapi masih terdaftar",
        happenings.deceased,
        (
            "memutakhirkan data penerima yang sudah meninggal",
            "memeriksa siapa yang mengambil bantuan sesudah penerima meninggal",
            "mengalihkan hak kepada keluarganya yang memenuhi syarat",
        ),
    ),
    C.FICTITIOUS: Words(
        "dugaan penerima {aid} yang tidak ada orangnya",
        "melaporkan penerima {aid} yang tidak ada orangnya",
        happenings.fictitious,
        (
            "mencocokkan daftar penerima dengan keadaan di lapangan",
            "memeriksa siapa yang mengambil bantuan atas nama tersebut",
            "mengganti penerima yang tidak ada dengan keluarga yang berhak",
        ),
        is_crime=True,
    ),
    C.CLOSED_LIST: Words(
        "daftar penerima {aid} yang tidak diumumkan",
        "tidak dapat melihat daftar penerima {aid}",
        happenings.closed_list,
        (
            "mengumumkan daftar penerima di papan pengumuman kelurahan dan RW",
            "menjelaskan dasar penetapan penerima dan jumlah jatahnya",
            "membuka waktu sanggah bagi warga",
        ),
    ),
    C.QUALITY: Words(
        "barang bantuan yang rusak atau kurang",
        "menerima barang {aid} yang rusak atau kurang",
        happenings.quality,
        (
            "memeriksa mutu dan jumlah barang yang disalurkan",
            "mengganti barang yang rusak atau kurang",
            "menegur penyedia barang",
        ),
    ),
    C.NIK_OFF: Words(
        "penonaktifan NIK warga yang masih berdomisili",
        "kehilangan layanan karena NIK-nya dinonaktifkan",
        happenings.nik_off,
        (
            "memeriksa dasar penonaktifan NIK tersebut",
            "mengaktifkannya kembali bagi warga yang masih berdomisili",
            "memulihkan bantuan yang terhenti karenanya",
        ),
    ),
    C.INTIMIDATION: Words(
        "dugaan ancaman terhadap warga yang mengadu",
        "mendapat tekanan karena mengadukan penyaluran bantuan sosial",
        happenings.intimidation,
        (
            "memeriksa dugaan ancaman tersebut dan menghentikannya",
            "memberi perlindungan kepada warga yang mengadu dan merahasiakan identitasnya",
            "menjatuhkan sanksi sesuai ketentuan kepada petugas atau pengurus yang terbukti",
        ),
    ),
    C.FRAUD: Words(
        "dugaan penipuan yang mengatasnamakan bantuan sosial",
        "menjadi sasaran penipuan yang mengatasnamakan bantuan sosial",
        happenings.fraud,
        (
            "menindaklanjuti laporan ini sesuai kewenangan Bapak/Ibu",
            "mengumumkan kepada warga bahwa kegiatan tersebut bukan program resmi",
            "membantu pemulihan data warga yang telanjur diserahkan",
        ),
        is_crime=True,
    ),
    C.OTHER: Words(
        "pelayanan dalam penyaluran {aid}",
        "mengalami masalah dalam penyaluran {aid}",
        happenings.other,
        (INQUIRE, "mengambil tindakan sesuai kewenangan Bapak/Ibu", IN_WRITING),
    ),
}


def words_of(category: str) -> Words:
    return WORDS[Category(category)]


def about(case: CaseFacts, aid: str) -> str:
    """The matter as a noun, about the aid that all cases of the letter share."""
    if case.answers.get(Question.INVITATION_FATE.value) == "sold":
        return f"dugaan jual beli undangan {aid}"
    return words_of(case.category).about.format(aid=aid)


def facts_of(case: CaseFacts) -> list[str]:
    """Numbered sentences; the story in the person's own words only where nobody has to be protected."""
    told = words_of(case.category).facts(case)
    if case.story and not case.veiled:
        told.append(f"Keterangan yang kami catat: “{case.story.rstrip('.')}.”")
    return told
