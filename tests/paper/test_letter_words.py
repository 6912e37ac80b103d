"""Letters before they are set: numbers, text as people type it, and what each kind of case is given to say."""

from dataclasses import replace
from datetime import date

import pytest

from cases.casefiles.choices import Category
from cases.escalations.choices import OfficeKind
from cases.paper import rules
from cases.paper.choices import Enclosure, LetterKind
from cases.paper.letters import shape, wording
from cases.paper.letters.categories import WORDS, facts_of
from cases.paper.letters.content import (
    BREAK,
    Items,
    LetterContent,
    Letterhead,
    Par,
    Part,
    Row,
    Table,
    from_json,
    printable,
    read_entries,
    read_rows,
    read_text,
)
from cases.paper.letters.facts import Brief, CaseFacts, OfficeFacts, Reply, SentFacts, Signatory
from cases.paper.pages import has_glyph
from cases.paper.sheets import PaperRefused, to_json

TODAY = date(2026, 11, 25)
CASE = CaseFacts(
    number="GDG-2611-0042",
    category=Category.LEVY,
    place="RT 005/RW 011 Kelurahan Gedong, Kecamatan Pasar Rebo",
    place_short="RT 005/RW 011",
    village="Kelurahan Gedong",
    happened_on=date(2026, 10, 12),
    happened_about="",
    logged_on=date(2026, 10, 15),
    verified_on=date(2026, 10, 16),
    programme="Program Sembako",
    programme_short="Sembako",
    aid_round="Sembako Oktober 2026",
    story="Saya diminta uang di depan balai.",
    answers={"levy_amount": 50_000, "levy_out_of": 600_000, "levy_excuse": "pos_rw", "actor_role": "rt"},
    told={"levy_amount": "Rp50.000", "levy_out_of": "Rp600.000"},
    veiled=True,
)
BY = Signatory(
    name="Jaringan Rakyat Miskin Kota",
    short_name="JRMK",
    motto="",
    city="Jakarta",
    address="Jalan Contoh Nomor 12",
    contact="Telepon/WhatsApp 0820-0001-0021",
    signer="Endang Larasati",
    signer_office="Ketua",
)
LURAH = OfficeFacts(
    name="Kelurahan Gedong",
    kind=OfficeKind.VILLAGE,
    addressee="Lurah Gedong",
    address="",
    copy_to="Kepala Suku Dinas Sosial",
    rule="14 hari",
    basis="UU 25/2009 tentang Pelayanan Publik",
    answer_by=date(2026, 12, 9),
)
SILENT = SentFacts(
    office="Kelurahan Gedong",
    kind=OfficeKind.VILLAGE,
    sent_on=date(2026, 11, 2),
    received_on=date(2026, 11, 3),
    their_number="12/-1.71",
    our_number="007/ADU/JRMK/XI/2026",
    due_on=date(2026, 11, 17),
    waits=True,
    replies=(),
    solves="",
    late=8,
    cases=1,
    rule="14 hari",
)


def brief(*cases: CaseFacts, sent=(), office=LURAH) -> Brief:
    cases = cases or (CASE,)
    return Brief(
        today=TODAY,
        cases=cases,
        sent=tuple(sent),
        office=office,
        by=BY,
        area="RW 011 Kelurahan Gedong",
        several=len(cases) > 1,
    )


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("serial", "kind", "day", "number"),
    [
        (17, LetterKind.COMPLAINT, date(2026, 11, 25), "017/ADU/JRMK/XI/2026"),
        (1, LetterKind.POWER, date(2026, 1, 1), "001/SK/JRMK/I/2026"),
        (1234, LetterKind.OMBUDSMAN, date(2027, 12, 31), "1234/LAP/JRMK/XII/2027"),
    ],
)
def test_a_number(serial, kind, day, number):
    assert rules.letter_number(serial, kind, "JRMK", day) == number


def test_what_a_witness_signs_and_a_table_have_no_number():
    assert [kind for kind in LetterKind if not rules.is_numbered(kind)] == [
        LetterKind.STATEMENT,
        LetterKind.CHRONOLOGY,
    ]


def test_many_cases_bring_their_table_and_nobody_gives_power_for_many():
    wanted = [part.value for part in Enclosure]
    one = rules.enclosures_of(LetterKind.COMPLAINT, wanted, 1)
    many = rules.enclosures_of(LetterKind.COMPLAINT, [], 2)
    assert Enclosure.ANNEX not in one
    assert Enclosure.POWER in one
    assert many == (Enclosure.ANNEX,)
    assert Enclosure.POWER not in rules.enclosures_of(LetterKind.COMPLAINT, wanted, 2)


# --- text as people type it -----------------------------------------------------------------------------------------


def test_paragraphs_and_lists():
    assert read_text("Satu\nbaris.\n\n1. pertama;\n2) kedua\n   sambungannya.\n\nAkhir.") == (
        Par(text="Satu baris."),
        Items(items=("pertama;", "kedua sambungannya."), numbered=True),
        Par(text="Akhir."),
    )


def test_a_list_right_below_a_sentence_and_one_with_dashes():
    blocks = read_text("Kami mohon:\n- ini\n- itu")
    assert blocks == (Par(text="Kami mohon:"), Items(items=("ini", "itu"), numbered=False))


@pytest.mark.parametrize("text", ["", "   \n\n \t ", "\r\n\r\n"])
def test_nothing_gives_nothing(text):
    assert read_text(text) == ()
    assert read_rows(text) is None
    assert read_entries(text) == ()


def test_a_year_or_an_amount_at_the_beginning_is_no_list():
    assert read_text("2026 adalah tahunnya.") == (Par(text="2026 adalah tahunnya."),)
    assert read_text("50.000 rupiah diminta.") == (Par(text="50.000 rupiah diminta."),)


def test_rows_keep_what_stands_after_the_first_colon():
    rows = read_rows("Nama: Sumarni\nNIK:\nPukul: 09:00\nTanpa titik dua")
    assert rows.rows == (
        Row(label="Nama", value="Sumarni"),
        Row(label="NIK"),
        Row(label="Pukul", value="09:00"),
        Row(label="Tanpa titik dua"),
    )


def test_entries_of_a_chronology():
    assert read_entries("12 Oktober 2026\nDiminta uang\ndi balai.\r\n\r\nTanpa tanggal.") == (
        ("12 Oktober 2026", "Diminta uang di balai."),
        ("", "Tanpa tanggal."),
    )


def test_content_goes_to_json_and_back():
    content = LetterContent(
        title="Surat",
        head=Letterhead(name="JRMK", lines=("Jalan",)),
        parts=(
            Part(
                form="letter",
                code="complaint",
                about=(Row(label="Nomor", value="1"),),
                to=("Lurah",),
                body=(
                    Par(text="a"),
                    Items(items=("b",)),
                    Table(columns=("No.",), widths=(0,), rows=(("1",),)),
                ),
            ),
        ),
    )
    assert from_json(to_json(content)) == content
    assert content.part("complaint").parts == content.parts
    assert content.part("receipt") is None


@pytest.mark.parametrize("number", ["3175041201909001", "3175 0412 0190 9001", "3175••••••••9001"])
def test_a_whole_number_is_refused_wherever_it_stands(number):
    for make in (
        lambda: read_text(f"NIK saya {number}."),
        lambda: read_rows(f"NIK: {number}"),
        lambda: Table(columns=("a",), widths=(1,), rows=((number,),)),
    ):
        with pytest.raises(PaperRefused, match="NIK"):
            make()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bu Tini 😀 datang", "Bu Tini  datang"),
        ("\u202eterbalik\u202c", "terbalik"),
        ("أهلا pak", " pak"),
        ("a\u0000b\u0007", "ab"),
        ("RT 005/RW 011 pada 12 Oktober 2026", "RT\u00a0005/RW\u00a0011 pada 12\u00a0Oktober\u00a02026"),
        ("#set page() $x$ @ref *tebal*", "#set page() $x$ @ref *tebal*"),
    ],
)
def test_what_is_handed_to_the_typesetter(text, shown):
    assert printable([{"text": text}], has_glyph) == [{"text": shown}]


def test_a_word_without_end_may_be_broken():
    assert BREAK in printable("https://" + "a" * 200, has_glyph)
    assert BREAK not in printable("mempertanggungjawabkannya", has_glyph)


# --- what the kinds say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", Category)
def test_every_category_has_its_words(category):
    assert set(WORDS) == set(Category)
    case = replace(CASE, category=category, answers={}, told={}, veiled=False)
    texts = wording.first_texts(LetterKind.COMPLAINT, brief(case))
    for name in shape.needed(LetterKind.COMPLAINT):
        assert texts[name].strip(), name
    whole = "\n".join(texts.values())
    assert "None" not in whole
    assert "{" not in whole
    assert not any(line.endswith((" .", " ,")) or "  " in line for line in whole.splitlines()), whole
    assert all(sentence[0].isupper() and sentence.endswith((".", "”")) for sentence in facts_of(case))


def test_a_levy_is_told_with_its_amounts():
    texts = wording.first_texts(LetterKind.COMPLAINT, brief())
    assert texts["subject"] == "Pengaduan dugaan pungutan liar dalam penyaluran Sembako Oktober 2026"
    assert "Pada Senin, 12 Oktober 2026, di RT 005/RW 011 Kelurahan Gedong" in texts["facts"]
    assert "diminta membayar Rp50.000 dari Sembako Oktober 2026 sebesar Rp600.000" in texts["facts"]
    assert "pengurus RT dengan alasan untuk pos RW" in texts["facts"]
    assert "UU Nomor 13 Tahun 2011" in texts["basis"]
    assert texts["to"].startswith("Bapak/Ibu Lurah Gedong")
    assert texts["copies"] == "Kepala Suku Dinas Sosial"


def test_the_story_of_somebody_who_must_not_be_recognised_stays_out():
    assert "balai" not in wording.first_texts(LetterKind.COMPLAINT, brief())["facts"]
    told = wording.first_texts(LetterKind.COMPLAINT, brief(replace(CASE, veiled=False)))["facts"]
    assert "Keterangan yang kami catat: “Saya diminta uang di depan balai.”" in told


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "selaku pendamping warga Kelurahan Gedong"),
        ({"has_reporter": True}, "selaku pendamping dan penerima kuasa warga Kelurahan Gedong"),
        (
            {"reporter": "Karsinah Wagiyem", "has_reporter": True},
            "untuk dan atas nama Bapak/Ibu Karsinah Wagiyem",
        ),
        (
            {"family": "Sumarni", "family_address": "Gang Mawar No. 3"},
            "mendampingi keluarga Bapak/Ibu Sumarni",
        ),
    ],
)
def test_in_whose_name_the_organisation_writes(changes, words):
    assert words in wording.first_texts(LetterKind.COMPLAINT, brief(replace(CASE, **changes)))["opening"]


def test_an_appeal_carries_what_was_done_before():
    texts = wording.first_texts(LetterKind.COMPLAINT, brief(sent=[SILENT]))
    assert texts["subject"].startswith("Pengaduan lanjutan")
    for words in (
        "Kelurahan Gedong pada Senin, 2 November 2026 melalui surat nomor 007/ADU/JRMK/XI/2026",
        "diterima pada 3 November 2026 dengan nomor agenda 12/-1.71",
        "Batas waktu jawaban (14 hari) jatuh pada 17 November 2026",
        "sudah lewat 8 hari tanpa jawaban",
    ):
        assert words in texts["history"]
    asked = Reply(kind="incomplete", on=date(2026, 11, 9), content="Lampirkan KK.")
    reply = Reply(kind="answer", on=date(2026, 11, 20), content="Akan dicek.")
    answered = replace(SILENT, waits=False, due_on=None, late=0, replies=(asked, reply), solves="no")
    told = wording.first_texts(LetterKind.COMPLAINT, brief(sent=[answered]))["history"]
    assert "Pada 9 November 2026 diminta melengkapi berkas: “Lampirkan KK.”" in told
    assert "Pada 20 November 2026 dijawab, pada pokoknya: “Akan dicek.” Jawaban itu belum" in told


def test_the_ombudsman_hears_of_offices_that_failed_and_not_of_apps():
    app = replace(SILENT, office="SP4N-LAPOR!", kind=OfficeKind.LAPOR)
    in_time = replace(SILENT, office="Dinas Sosial", kind=OfficeKind.PROVINCE_SOCIAL, late=0)
    texts = wording.first_texts(LetterKind.OMBUDSMAN, brief(sent=[SILENT, app, in_time]))
    assert texts["subject"] == "Laporan dugaan maladministrasi oleh Kelurahan Gedong"
    assert "NIK:" in texts["identity"].splitlines()


def test_the_answer_is_asked_for_by_the_rule_or_by_a_day_given():
    by_rule = wording.answer_sentence(LetterKind.COMPLAINT, brief(), None)
    assert by_rule == (
        "Jawaban tertulis kami mohon paling lambat Rabu, 9 Desember 2026, yaitu 14 hari sejak tanggal surat ini "
        "(UU 25/2009 tentang Pelayanan Publik)."
    )
    given = wording.answer_sentence(LetterKind.COMPLAINT, brief(), date(2026, 12, 1))
    assert given == "Jawaban tertulis kami mohon paling lambat Selasa, 1 Desember 2026."
    without = brief(office=replace(LURAH, rule="", basis="", answer_by=None))
    assert wording.answer_sentence(LetterKind.COMPLAINT, without, None) == ""
    practice = brief(office=replace(LURAH, basis="Praktik untuk aduan berkadar pengawasan"))
    assert "Praktik" not in wording.answer_sentence(LetterKind.COMPLAINT, practice, None)


def test_many_cases_are_told_together():
    cases = [
        replace(
            CASE,
            number=f"GDG-2611-{n:04}",
            place_short=f"RT 00{n % 2 + 5}/RW 011",
            happened_on=date(2026, 10, n),
        )
        for n in range(1, 9)
    ]
    texts = wording.first_texts(LetterKind.COMPLAINT, brief(*cases))
    assert "Antara 1 Oktober 2026 dan 8 Oktober 2026, 8 keluarga di RW 011 Kelurahan Gedong" in texts["facts"]
    assert "RT 005/RW 011: 4 keluarga; RT 006/RW 011: 4 keluarga" in texts["facts"]
    assert "sebesar Rp50.000 per keluarga, seluruhnya sedikitnya Rp400.000" in texts["facts"]
    assert "8 keluarga" in texts["opening"]


def test_nobody_gets_the_aid_of_a_family_by_a_power_of_attorney():
    texts = wording.first_texts(LetterKind.POWER, brief(replace(CASE, family="Sumarni")))
    assert "tidak memberi hak untuk menerima uang, barang, atau kartu bantuan" in texts["closing"]
    assert texts["identity"].splitlines()[0] == "Nama: Sumarni"
    assert "NIK:" in texts["identity"].splitlines()


def test_rt_and_rw_are_not_threatened_with_the_law():
    office = replace(LURAH, kind=OfficeKind.RT_RW, basis="Ketentuan organisasi sendiri, bukan aturan hukum")
    assert wording.first_texts(LetterKind.COMPLAINT, brief(office=office))["basis"] == ""
