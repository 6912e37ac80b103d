"""Every kind of letter is made and read back: what must be on it is, and whom it must not name it does not."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from cases.casefiles import actions as casefiles
from cases.casefiles.actions import Levy, ReporterData
from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.escalations import actions as escalations
from cases.households import actions as household_actions
from cases.households.choices import ConsentPurpose
from cases.kernel.exceptions import ActionRefused
from cases.paper import actions
from cases.paper.choices import Enclosure, LetterKind, LetterStatus, PaperSize
from cases.paper.letters import drafts
from cases.paper.rules import MOST_CASES
from tests.casefiles.files import a_photo
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices
from tests.households.helpers import consent, make_household, synthetic_kk
from tests.paper.helpers import make_letter, make_letterhead, printed_text, read, solid

NAME, PHONE, HEAD = "Karsinah Wagiyem", "0812-9988-7766", "Sumarni Atmaja"
NEEDLES = ("99887766", "9988-7766", "Karsinah", "Wagiyem")
K = LetterKind
NAMING = {K.COMPLAINT, K.OMBUDSMAN, K.POWER, K.STATEMENT, K.CHRONOLOGY}
EVERYTHING = [part.value for part in Enclosure]


@pytest.fixture
def offices(areas):
    return make_offices()


@pytest.fixture
def letterhead(areas):
    return make_letterhead()


@pytest.fixture
def family(cast, areas):
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        head_name=HEAD,
        house_number="3",
        kk=synthetic_kk(9901),
        phone="0812-9988-7766",
        consent=consent(ConsentPurpose.RECORD, ConsentPurpose.CASE),
    )


def a_case(cast, areas, family=None, *, category=Category.LEVY, level=ReporterLevel.POSKO_ONLY, **more):
    given = {
        "household": family,
        "happened_on": timezone.localdate() - timedelta(days=20),
        "reporter": ReporterData(level, NAME, PHONE, "self"),
        "levy": Levy(amount=50_000, out_of=600_000, excuse="pos_rw", actor_role="rt", way="cash"),
        "evidence": [a_photo()],
    }
    if category != Category.LEVY:
        given.pop("levy")
    return make_case(cast.volunteer, areas.gedong_rt, category, status=Status.VERIFIED, **(given | more))


def office_of(kind, offices):
    return {K.INFORMATION: offices.ppid, K.OBJECTION: offices.ppid, K.OMBUDSMAN: offices.ombudsman}.get(
        kind, offices.village
    )


def printed(case, cast, offices, kind=K.COMPLAINT, **more):
    cases = case if isinstance(case, list) else [case]
    letter = make_letter(cases, cast.coordinator, kind=kind, office=office_of(kind, offices), **more)
    return actions.print_letter(letter=letter, by=cast.coordinator)


# --- every kind -----------------------------------------------------------------------------------------------------

SAID = {
    K.COMPLAINT: (
        "Perihal",
        "Dengan hormat",
        "Kelurahan Gedong",
        "Rp50.000",
        "14 hari",
        "Hormat kami",
        "Tembusan",
    ),
    K.COVER: ("Pengantar lampiran", "Yang dikirimkan", "Kronologi", "Hormat kami"),
    K.INFORMATION: ("Permohonan informasi publik", "UU Nomor 14 Tahun 2008", "Pemohon", "Endang Larasati"),
    K.OBJECTION: ("Keberatan atas permohonan informasi publik", "Komisi Informasi"),
    K.OMBUDSMAN: ("maladministrasi", "UU Nomor 37 Tahun 2008", "NIK", "merahasiakan identitas pelapor"),
    K.POWER: ("SURAT KUASA", "Pemberi kuasa", "Penerima kuasa", "Meterai", "dicabut"),
    K.STATEMENT: ("SURAT PERNYATAAN", "Yang membuat pernyataan", "Meterai", "Saksi", "tanpa paksaan"),
    K.CHRONOLOGY: ("KRONOLOGI", "Waktu", "Yang terjadi", "dicatat sebagai kasus"),
}


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.F4])
@pytest.mark.parametrize("kind", LetterKind)
def test_each_kind_on_each_paper(kind, paper, cast, areas, offices, letterhead, family):
    case = a_case(cast, areas, family, level=ReporterLevel.MAY_BE_NAMED)
    letter = printed(case, cast, offices, kind, paper=paper, enclosures=EVERYTHING)
    pdf = actions.letter_file(letter, by=cast.coordinator)
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == letter.pages
    size = [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]]
    assert size == ([210, 297] if paper == PaperSize.A4 else [215, 330])
    text = solid("\n".join(page.extract_text() for page in reader.pages))
    for words in SAID[kind]:
        assert solid(words) in text, words
    assert solid("Jaringan Rakyat Miskin Kota") in text
    assert letter.number in text
    assert bool(letter.number) == (kind not in (K.STATEMENT, K.CHRONOLOGY))
    assert solid(family.kk_sealed.reveal()) not in text
    assert not re.search(r"\d{16}", text)
    assert reader.trailer["/Root"].get("/Lang") == "id-ID" or "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.parametrize("level", ReporterLevel)
@pytest.mark.parametrize("kind", LetterKind)
def test_each_kind_with_each_reporter(kind, level, cast, areas, offices, letterhead, family):
    """Name only with consent, telephone never, and no family where it would lead to whoever spoke."""
    letter = printed(a_case(cast, areas, family, level=level), cast, offices, kind, enclosures=EVERYTHING)
    text = printed_text(letter, cast.coordinator)
    named = level == ReporterLevel.MAY_BE_NAMED
    found = [needle for needle in NEEDLES if solid(needle) in solid(text)]
    # Who gives power and to whom it happened stand on what is enclosed.
    enclosed = {Enclosure.POWER, Enclosure.CHRONOLOGY} & set(letter.enclosures)
    assert found == (["Karsinah", "Wagiyem"] if named and (kind in NAMING or enclosed) else [])
    assert HEAD not in text or named
    kept = letter.content.reveal() + letter.blocks.reveal()
    assert ("Karsinah" in kept) == bool(found)
    assert "9988" not in kept


@pytest.mark.parametrize("level", ReporterLevel)
def test_a_family_is_named_where_nobody_is_accused(level, cast, areas, offices, letterhead, family):
    case = a_case(cast, areas, family, category=Category.NOT_RECEIVED, level=level)
    text = printed_text(printed(case, cast, offices), cast.coordinator)
    assert solid(HEAD) in solid(text)
    assert (solid(NAME) in solid(text)) == (level == ReporterLevel.MAY_BE_NAMED)


def test_a_family_that_did_not_agree_is_not_named(cast, areas, offices, letterhead):
    family = make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        head_name=HEAD,
        consent=consent(ConsentPurpose.RECORD),
    )
    case = a_case(cast, areas, family, category=Category.NOT_RECEIVED, level=ReporterLevel.ANONYMOUS)
    letter = make_letter([case], cast.coordinator, office=offices.village)
    assert HEAD not in letter.blocks.reveal()
    texts = drafts.texts_in(letter) | {"opening": f"Kami mendampingi keluarga {HEAD}."}
    with pytest.raises(ActionRefused, match="keluarga"):
        actions.change_letter(letter=letter, change=actions.Change(texts=texts), by=cast.coordinator)


def test_a_head_who_reported_in_confidence_is_not_named_as_the_family_either(
    cast, areas, offices, letterhead
):
    family = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name=NAME)
    case = a_case(cast, areas, family, category=Category.NOT_RECEIVED)
    text = printed_text(printed(case, cast, offices), cast.coordinator)
    assert [needle for needle in NEEDLES if needle in solid(text)] == []


def test_in_a_table_of_many_nobody_who_must_not_appear_does(cast, areas, offices, letterhead, family):
    """A reporter of one case is the head of the family of another: that one is not named either."""
    neighbour = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name=NAME)
    cases = [
        a_case(cast, areas, family, category=Category.NOT_RECEIVED),
        a_case(cast, areas, neighbour, category=Category.NOT_RECEIVED, level=ReporterLevel.ANONYMOUS),
    ]
    text = printed_text(printed(cases, cast, offices), cast.coordinator)
    assert solid(HEAD) in solid(text)
    assert [needle for needle in NEEDLES if needle in solid(text)] == []
    assert solid("disimpan posko") in solid(text)
    assert "…9901" in solid(text)


@pytest.mark.parametrize(
    "words", [f"Bapak {NAME} melapor.", "telepon 081299887766", f"keluarga {HEAD} dipungut"]
)
def test_a_draft_that_would_give_somebody_away_is_refused(words, cast, areas, offices, letterhead, family):
    letter = make_letter([a_case(cast, areas, family)], cast.coordinator, office=offices.village)
    change = actions.Change(texts={"facts": words})
    for attempt in (actions.change_letter, actions.try_change):
        with pytest.raises(ActionRefused, match=r"pelapor|keluarga"):
            attempt(letter=letter, change=change, by=cast.coordinator)
    letter.refresh_from_db()
    assert words not in letter.blocks.reveal()


@pytest.mark.parametrize("level", [ReporterLevel.POSKO_ONLY, ReporterLevel.ANONYMOUS])
def test_consent_taken_back_stops_a_draft_and_a_letter_that_lies_ready(
    level, cast, areas, offices, letterhead, family
):
    """Also where the reporter becomes anonymous and is forgotten, so that no text can be searched for the name."""
    case = a_case(cast, areas, family, level=ReporterLevel.MAY_BE_NAMED)
    draft = make_letter([case], cast.coordinator, office=offices.village)
    ready = printed(case, cast, offices)
    casefiles.change_reporter(
        case=case, by=cast.coordinator, reporter=ReporterData(level, NAME, PHONE, "self")
    )
    with pytest.raises(ActionRefused):
        actions.print_letter(letter=draft, by=cast.coordinator)
    draft.refresh_from_db()
    assert (draft.number, draft.status) == ("", LetterStatus.DRAFT)
    for attempt in (
        lambda: actions.letter_file(ready, by=cast.coordinator),
        lambda: actions.letter_part(ready, "complaint", by=cast.coordinator),
        lambda: actions.hand_over(letter=ready, handed_on=timezone.localdate(), by=cast.coordinator),
    ):
        with pytest.raises(ActionRefused, match="tidak lagi menyetujuinya"):
            attempt()
    fresh = actions.restart_letter(letter=draft, by=cast.coordinator)
    text = printed_text(actions.print_letter(letter=fresh, by=cast.coordinator), cast.coordinator)
    assert NAME not in text


def test_a_withdrawn_consent_of_the_family_takes_its_name_out(cast, areas, offices, letterhead, family):
    case = a_case(cast, areas, family, category=Category.NOT_RECEIVED, level=ReporterLevel.ANONYMOUS)
    draft = make_letter([case], cast.coordinator, office=offices.village)
    assert HEAD in draft.blocks.reveal()
    household_actions.withdraw_consent(household=family, on=timezone.localdate(), by=cast.coordinator)
    with pytest.raises(ActionRefused, match="keluarga"):
        actions.print_letter(letter=draft, by=cast.coordinator)


# --- what stands behind a letter --------------------------------------------------------------------------------------


def test_every_part_alone_says_what_it_said_with_the_others(cast, areas, offices, letterhead, family):
    case = a_case(cast, areas, family, level=ReporterLevel.MAY_BE_NAMED)
    letter = printed(case, cast, offices, enclosures=EVERYTHING)
    whole = solid(printed_text(letter, cast.coordinator))
    seen = 0
    for code in [*letter.enclosures, "complaint"]:
        pages = read(actions.letter_part(letter, code, by=cast.coordinator))
        seen += len(pages)
        for page in pages:
            first = solid(page)[:60]
            assert first in whole, code
    assert seen == letter.pages
    with pytest.raises(ActionRefused, match="bagian"):
        actions.letter_part(letter, "annex", by=cast.coordinator)


def test_the_receipt_is_there_twice_with_the_number(cast, areas, offices, letterhead):
    letter = printed(a_case(cast, areas), cast, offices, enclosures=["receipt"])
    (page,) = read(actions.letter_part(letter, "receipt", by=cast.coordinator))
    assert page.count("TANDA TERIMA SURAT") == 2
    assert solid(page).count(letter.number) == 2
    for words in ("Nomor agenda", "Nama petugas", "Cap kantor dan tanda tangan"):
        assert page.count(words) == 2


def test_sixty_cases_run_over_pages_with_their_heads(cast, areas, offices, letterhead):
    cases = [a_case(cast, areas, level=ReporterLevel.ANONYMOUS, evidence=[]) for _ in range(MOST_CASES)]
    letter = printed(cases, cast, offices, enclosures=["chronology", "receipt"])
    pages = read(actions.letter_part(letter, "annex", by=cast.coordinator))
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert "Nomor kasus" in page
        assert f"Halaman {number} dari {len(pages)}" in page.replace("\u00a0", " ")
    listed = "\n".join(pages)
    assert all(case.number in listed for case in cases)
    assert solid("Jumlah: 60 kasus") in solid(listed)
    assert solid("seluruhnya sedikitnya Rp3.000.000") in solid(printed_text(letter, cast.coordinator))


def test_a_long_letter_runs_on_and_its_signature_never_stands_alone(cast, areas, offices, letterhead):
    letter = make_letter([a_case(cast, areas)], cast.coordinator, office=offices.village)
    facts = "\n\n".join(
        f"Paragraf {n}. " + "Warga menyampaikan keterangan yang sama. " * 6 for n in range(24)
    )
    change = actions.Change(texts={"facts": facts})
    letter = actions.change_letter(letter=letter, change=change, by=cast.coordinator)
    pages = read(
        actions.letter_file(actions.print_letter(letter=letter, by=cast.coordinator), by=cast.coordinator)
    )
    assert len(pages) >= 3
    assert all(f"Paragraf {n}." in "\n".join(pages).replace("\u00a0", " ") for n in range(24))
    assert "ucapkan terima kasih" in pages[-1].replace("\n", " ")
    assert "Endang Larasati" in pages[-1]
    assert "Surat nomor" in pages[1].replace("\u00a0", " ")


HOSTILE = [
    "#panic() #set page(width: 1pt) $x_1^2$ @ref <label> *tebal* _miring_ `kode` // komentar",
    '"}); #import "icons.typ": * \\u{0} \\ #[',
    "😀🏠 أهلا שלום \u202eterbalik\u202c \u0000\u0007",
    "https://contoh.id/" + "a" * 400,
    "<script>alert(1)</script> {{ 7*7 }} {% csrf_token %}",
    "1. \n2. \n- \n" * 40,
    "K" * 3000,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_words_like_any_other(words, cast, areas, offices, letterhead):
    letter = make_letter(
        [a_case(cast, areas)], cast.coordinator, office=offices.village, enclosures=["chronology", "receipt"]
    )
    texts = {
        "facts": f"Awal {words} akhir",
        "subject": words[:150] or "Perihal",
        "to": "Lurah\n" + words[:100],
        "copies": words[:200],
        "chronology": f"{words[:50]}\n{words}",
    }
    letter = actions.change_letter(letter=letter, change=actions.Change(texts=texts), by=cast.coordinator)
    text = printed_text(actions.print_letter(letter=letter, by=cast.coordinator), cast.coordinator)
    assert "Awal" in text
    assert "akhir" in text
    if "#panic" in words:
        assert solid("#panic() #set page(width: 1pt) $x_1^2$ @ref <label> *tebal*") in solid(text)


def test_a_history_of_refused_and_late_answers_is_carried_up(cast, areas, offices, letterhead, family):
    today = timezone.localdate()
    case = a_case(cast, areas, family, level=ReporterLevel.MAY_BE_NAMED)
    sent = escalations.send(
        cases=[case],
        office=offices.village,
        channel="letter",
        sent_on=today - timedelta(days=19),
        by=cast.coordinator,
    )
    letter = printed(case, cast, offices, enclosures=["chronology"], kind=K.OMBUDSMAN)
    text = solid(printed_text(letter, cast.coordinator))
    assert solid("maladministrasi oleh Kelurahan Gedong") in text
    assert solid("sudah lewat 5 hari tanpa jawaban") in text
    assert solid("berakhir tanpa jawaban") in text
    escalations.record_answer(
        submission=sent,
        answered_on=today,
        content="Akan dicek ke lapangan.",
        solves="no",
        by=cast.coordinator,
    )
    letter = printed(case, cast, offices)
    assert solid("“Akan dicek ke lapangan.” Jawaban itu belum menyelesaikan persoalan") in solid(
        printed_text(letter, cast.coordinator)
    )


def test_a_logo_stands_at_the_head(cast, areas, offices, letterhead):
    from cases.people import actions as people_actions

    case = a_case(cast, areas)
    plain = actions.letter_file(printed(case, cast, offices), by=cast.coordinator)
    people_actions.save_organisation(
        by=cast.board,
        organisation=letterhead,
        name=letterhead.name,
        short_name=letterhead.short_name,
        address=letterhead.address,
        phone=letterhead.phone,
        logo=a_photo(2),
    )
    with_logo = actions.letter_file(printed(case, cast, offices), by=cast.coordinator)
    images = [len(list(PdfReader(io.BytesIO(pdf)).pages[0].images)) for pdf in (plain, with_logo)]
    assert images == [0, 1]
