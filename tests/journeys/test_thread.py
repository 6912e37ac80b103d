"""The whole thread, on a phone, in Indonesian: from a knock on the door to a poster on the wall."""

import io
import re
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cases.kernel.indonesian import long_date

TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
RT = "RT 005/RW 011 Gedong"
POSKO_NUMBER = "0820-0001-0011"
CASE_NUMBER = re.compile(r"GDG-\d{4}-\d{4}")
# Everyone here is invented; numbers of identity are synthetic.
HEAD, ADDRESS, LANDMARK = "Sarinten Wiryaningrum", "Gang Kenanga 7", "sebelah bengkel las"
KK, NIK, CHILD_NIK = "3175051708149871", "3175055203799872", "3175050906129873"
REPORTER, REPORTER_NUMBER = "Tukirah Mangunsari", "0812-0000-7781"
STORY = "Waktu sembako dibagi, yang membawa undangan minta lima puluh ribu untuk uang capek. Ada catatannya."
MAKER = "HP Murah Sekali"


def photo() -> bytes:
    """A JPEG as a phone makes it: with the place and the maker in it."""
    image = Image.effect_noise((480, 640), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 18.0, 30.5), 3: "E", 4: (106.0, 51.0, 20.25)})
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=80, exif=exif)
    assert Image.open(io.BytesIO(kept.getvalue())).getexif().get_ifd(0x8825)[1] == "S"
    return kept.getvalue()


def text_of(pdf: bytes) -> str:
    assert pdf.startswith(b"%PDF")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def flat(text: str) -> str:
    """Words in a row, whatever the lines."""
    return " ".join(text.split())


def saves(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
    return waiting.value.path().read_bytes()


def record_household(page: Page) -> str:
    """At the door: consent first, then the numbers; then the child. Gives the address of the family's page."""
    page.get_by_role("link", name="Catat keluarga").first.click()
    page.get_by_label("RT", exact=True).select_option(label=RT)
    page.get_by_label("Gang atau jalan").fill(ADDRESS)
    page.get_by_label("Nomor rumah").fill("12A")
    page.get_by_label("Patokan").fill(LANDMARK)
    page.get_by_label("Nama kepala keluarga").fill(HEAD)
    page.get_by_role("textbox", name="Telepon atau WhatsApp").fill("0812 0000 1234")
    page.get_by_text("anak sekolah", exact=True).click()
    for purpose in ("dicatat dan dikunjungi", "diurus aduannya"):
        page.get_by_label(purpose).check()
    page.get_by_label("Nomor KK").fill(KK)
    page.get_by_label("NIK kepala keluarga").fill(NIK)
    saves(page, "Simpan, lalu tambah anggota")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tambah anggota")
    page.get_by_label("Nama").fill("Bagas Wiryaningrum")
    page.get_by_label("anak", exact=True).check()
    page.get_by_role("textbox", name="NIK").fill(CHILD_NIK)
    page.get_by_label("Tanggal lahir").fill("2012-06-09")
    saves(page, "Simpan")
    expect(page.get_by_role("heading", level=1)).to_have_text(HEAD)
    main = page.get_by_role("main").inner_text()
    assert "Bagas Wiryaningrum" in main
    assert not re.search(r"\d{16}", main), "a whole number of identity stands on the page"
    assert "9871" in main, "the last four digits of the KK are missing"
    return page.url


def log_levy(page: Page) -> str:
    """ "Apa yang terjadi?" in three pages; gives the case number."""
    page.goto("/")
    page.get_by_role("link", name="Catat kasus").first.click()
    page.get_by_role("link", name="Pungutan liar").click()
    page.get_by_label("Tentang keluarga siapa?").fill("Sarinten")
    page.get_by_role("button", name="Cari").last.click()
    page.get_by_text(HEAD).click()
    page.get_by_label("Ceritakan apa yang terjadi").fill(STORY)
    page.get_by_label("Berapa yang diminta atau diambil?").fill("50.000")
    page.get_by_label("Dari bantuan berapa?").fill("600000")
    page.get_by_label("Alasannya apa?").select_option(label="“administrasi”")
    page.get_by_label("Siapa pelakunya?").select_option(label="kader atau pembantu")
    page.get_by_label("tunai", exact=True).check()
    page.get_by_label("Hari apa kejadiannya?").fill((TODAY - timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bukti dan pelapor")
    page.get_by_text("Hanya posko").click()
    details = page.get_by_text("Nama pelapor, kalau boleh disimpan")
    if not page.get_by_label("Nama pelapor", exact=True).is_visible():
        details.click()
    page.get_by_label("Nama pelapor", exact=True).fill(REPORTER)
    page.get_by_role("textbox", name="Telepon atau WhatsApp").fill(REPORTER_NUMBER)
    page.locator("input[type=file]").set_input_files(
        {"name": "catatan.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    saves(page, "Simpan kasus")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    number = CASE_NUMBER.search(page.get_by_role("main").inner_text())
    assert number
    return number[0]


def look_at_the_photo(page: Page) -> None:
    """What is shown says neither where nor with what it was taken."""
    page.get_by_text("Lihat foto").first.click()
    picture = page.get_by_role("main").locator("figure img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 100
    answer = page.request.get(urljoin(page.url, picture.get_attribute("src")))
    assert answer.ok
    shown = answer.body()
    assert MAKER.encode() not in shown
    copy = Image.open(io.BytesIO(shown))
    assert not dict(copy.getexif())
    assert "exif" not in copy.info


def move_on(page: Page, case: str) -> None:
    """Verify, send to the Lurah, see the arithmetic, enter the answer, resolve."""
    page.goto("/cases/")
    page.get_by_label("Cari menurut nomor").fill(case)
    page.get_by_label("Cari menurut nomor").press("Enter")
    page.locator("a.table__link").first.click()
    expect(page.get_by_role("main")).to_contain_text(case)
    look_at_the_photo(page)
    for step in ("Tandai sudah dicek",):
        page.get_by_role("link", name=step).or_(page.get_by_role("button", name=step)).first.click()
    if page.url.endswith("/verify/"):
        saves(page, "Tandai sudah dicek")
    expect(page.get_by_role("main")).to_contain_text("sudah dicek")

    page.get_by_role("link", name="Kirim ke kantor").first.click()
    page.get_by_text("Kelurahan Gedong", exact=False).first.click()
    page.get_by_label("surat, diantar").check()
    page.get_by_label("Tanggal di tanda terima").fill(TODAY.isoformat())
    page.get_by_label("Diterima oleh siapa?").fill("Meja pelayanan")
    page.get_by_label("Nomor dari kantor").fill("AGD/118/2026")
    saves(page, "Sudah dikirim: catat")
    main = page.get_by_role("main")
    expect(main).to_contain_text("sudah dikirim")
    due = TODAY + timedelta(days=14)
    arithmetic = flat(page.locator(".sum").first.inner_text())
    assert f"{long_date(due)}" in arithmetic
    assert "14 hari" in arithmetic
    assert "UU 25/2009" in arithmetic
    assert long_date(TODAY) in arithmetic

    page.get_by_role("link", name="Catat jawaban").first.click()
    page.get_by_label("Kapan mereka menjawab?").fill(TODAY.isoformat())
    page.get_by_label("Apa jawaban mereka?").fill("Kader ditegur, uang dikembalikan lewat posko hari ini.")
    page.get_by_label("ya, menyelesaikan masalah").check()
    saves(page, "Simpan jawaban")
    expect(main).to_contain_text("sudah dijawab")

    page.get_by_role("link", name="Kasus selesai").first.click()
    page.get_by_label("uang dikembalikan").check()
    page.get_by_label("Keluarga atau pelapor yang mengatakannya").check()
    page.get_by_role("textbox").last.fill("Lima puluh ribu sudah kembali.")
    page.get_by_role("main").locator("button[type=submit]").last.click()
    expect(main).to_contain_text("selesai")
    expect(main).to_contain_text("uang dikembalikan")


def schedule_here(page: Page) -> tuple[str, str, str, str]:
    """Round, day, hour and place of the next pay-out in RW 011, as the posko's home says them."""
    page.goto("/")
    said = re.search(
        r"(\w+, \d+ \w+ \d{4})\s*\n\s*([^\n]+)\s*\n\s*pukul ([\d.]+) WIB, ([^\n]*RW 011[^\n]*)",
        page.get_by_role("main").inner_text(),
    )
    assert said, "no pay-out in RW 011 stands on the home page"
    day, aid_round, hour, place = said.groups()
    return aid_round.strip(), day, hour, place.strip()


def choose_round(page: Page, aid_round: str) -> None:
    field = page.get_by_label("Penyaluran yang mana?").or_(page.get_by_label("Penyaluran yang mana?")).first
    field.select_option(value=field.locator("option", has_text=aid_round).get_attribute("value"))


def print_poster(page: Page, aid_round: str) -> tuple[str, bytes]:
    """The words of its PDF, and the picture for WhatsApp."""
    page.goto("/print/")
    page.get_by_role("link", name="Poster").first.click()
    page.get_by_text("Jadwal pencairan").first.click()
    page.get_by_label("Untuk wilayah mana?").select_option(label=RT)
    choose_round(page, aid_round)
    saves(page, "Lanjut ke tulisan")
    expect(page.get_by_label("Nomor telepon posko")).to_have_value(POSKO_NUMBER)
    expect(page.locator("img.preview").first).to_be_attached()
    saves(page, "Simpan poster")
    picture = downloaded(page, "Gambar")
    page.get_by_text("besar, untuk papan atau dinding").click()
    saves(page, "Cetak")
    return flat(text_of(downloaded(page, "Unduh PDF"))), picture


def print_doors(page: Page, aid_round: str) -> str:
    page.goto("/print/")
    page.get_by_role("link", name="Daftar pintu").first.click()
    choose_round(page, aid_round)
    page.locator("summary", has_text="RW 011").click()
    page.get_by_label(RT).check()
    saves(page, "Lihat jumlah lembarnya")
    expect(page.locator("img.preview").first).to_be_attached()
    page.get_by_label("Wulan Prasasti").check()
    page.get_by_role("button", name=re.compile("^Cetak")).click()
    return flat(text_of(downloaded(page, "Unduh PDF")))


def nothing_it_must_not(text: str, case: str) -> None:
    assert not re.search(r"(?:\d[ .-]?){16}", text), "a whole number of identity is on paper"
    assert NIK[-4:] not in text
    assert CHILD_NIK[-4:] not in text
    told = (REPORTER, "Tukirah", REPORTER_NUMBER, "+6281200007781", case, "uang capek", "Pungutan liar")
    for forbidden in told:
        assert forbidden.lower() not in text.lower(), forbidden


def test_from_a_knock_on_the_door_to_a_poster_on_the_wall(page, sign_in):
    sign_in("relawan.gedong")
    record_household(page)
    case = log_levy(page)

    sign_in("koordinator.gedong")
    move_on(page, case)

    aid_round, day, hour, place = schedule_here(page)
    poster, picture = print_poster(page, aid_round)
    for fact in (day, hour, place, "GRATIS", POSKO_NUMBER, "KTP", "KK"):
        assert fact in poster, f"{fact!r} is missing on the poster: {poster}"
    nothing_it_must_not(poster, case)
    assert HEAD not in poster
    assert KK[-4:] not in poster
    assert len(picture) <= 200_000
    assert Image.open(io.BytesIO(picture)).format == "PNG"

    doors = print_doors(page, aid_round)
    for fact in (
        HEAD,
        ADDRESS,
        "12A",
        f"KK ...{KK[-4:]}",
        day,
        place,
        POSKO_NUMBER,
        "Wulan Prasasti",
        "RT 005/RW 011",
    ):
        assert fact in doors, f"{fact!r} is missing on the door list: {doors}"
    nothing_it_must_not(doors, case)
    assert "Bagas" not in doors
    assert "0812-0000-1234" not in doors, "the telephone of a family is on paper"

    page.goto("/print/prints/")
    said = page.get_by_role("main").inner_text()
    assert said.count("Ratmi Kusumastuti") >= 2, "both prints are on record with who printed"
