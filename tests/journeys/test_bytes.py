"""Data costs money: bytes over the wire, counted by the browser itself, headers included."""

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEMO_PASSWORD
from tests.journeys.test_thread import photo

KB = 1000
FIRST_VISIT, LATER_PAGE, LOGGING_A_CASE, STATUS = 60 * KB, 12 * KB, 90 * KB, 8 * KB
LISTS = [
    "/households/",
    "/cases/",
    "/print/",
    "/submissions/",
    "/programmes/",
    "/people/",
    "/record/",
    "/areas/",
    "/notices/",
    "/board/",
]
FORMS = ["/households/new/", "/cases/new/", "/cases/new/PUNGLI/", "/print/posters/new/", "/print/doors/new/"]


@dataclass
class Bytes:
    received: int
    sent: int


@pytest.fixture
def meter(page):
    """Bytes received and sent since it was last asked."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    count = Bytes(0, 0)

    def went(event: dict) -> None:
        headers = {name.lower(): value for name, value in event["headers"].items()}
        lines = sum(len(name) + len(value) + 4 for name, value in headers.items())
        count.sent += lines + int(headers.get("content-length", 0))

    def asked(event: dict) -> None:
        # An answer that only leads elsewhere never finishes loading; it is told with the next request.
        count.received += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def came(event: dict) -> None:
        count.received += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.requestWillBeSentExtraInfo", went)
    session.on("Network.loadingFinished", came)

    def read() -> Bytes:
        page.wait_for_load_state("networkidle")
        total = Bytes(int(count.received), count.sent)
        count.received = count.sent = 0
        return total

    return read


def enter(page: Page, username: str) -> None:
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_the_first_visit_with_all_its_styles_and_scripts(page, meter, measured):
    page.goto("/")
    first = meter().received
    measured("first visit", first)
    assert 10 * KB < first <= FIRST_VISIT
    enter(page, "koordinator.gedong")
    whole = first + meter().received
    measured("first visit and home", whole)
    assert whole <= FIRST_VISIT


def test_later_pages(page, meter, measured):
    page.goto("/")
    enter(page, "koordinator.gedong")
    meter()
    page.goto("/")
    seen = {"/": meter().received}
    for path in [*LISTS, *FORMS]:
        page.goto(path)
        # What a page brings for itself is fetched once: the page is counted as a person meets it the first time.
        seen[path] = meter().received
    for opening in ("/households/", "/cases/", "/people/", "/submissions/"):
        page.goto(opening)
        meter()
        page.locator("main a.table__link, main .card a[href]").first.click()
        page.wait_for_load_state()
        seen[f"a row of {opening}"] = meter().received
    for path, size in seen.items():
        measured(path, size)
    fat = {path: size for path, size in seen.items() if size > LATER_PAGE}
    assert not fat, f"over {LATER_PAGE} bytes: {fat}"


def test_a_resident_asks_about_a_code(page, meter, measured, browser, base_url):
    """The page and its answer together, without a script and without a cookie."""
    page.goto("/")
    enter(page, "koordinator.gedong")
    page.goto("/cases/?status=sent")
    page.locator("main a.table__link").first.click()
    page.get_by_role("link", name="Cetak tanda terima untuk warga").click()
    page.locator("form[action$='/code/'] button").first.click()
    code = page.locator(".bignumber").inner_text()
    page.context.clear_cookies()
    meter()
    page.goto("/status/")
    page.get_by_label("Kode di tanda terima Anda").fill(code)
    page.get_by_role("button", name="Tanya").click()
    expect(page.locator("body")).to_contain_text("Sudah dikirim. Menunggu jawaban.")
    assert not [cookie for cookie in page.context.cookies() if "127.0.0.1" in cookie["domain"]]
    size = meter().received
    measured("/status/ and its answer", size)
    assert 2 * KB < size <= STATUS
    assert Axe().run(page).response["violations"] == []
    plain = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    plain.goto("/status/")
    plain.locator("#code").fill(code)
    plain.locator("input[type=submit]").click()
    expect(plain.locator("body")).to_contain_text("Giliran: kantor yang harus menjawab")
    plain.context.close()


def test_logging_a_case_from_a_cold_start(page, meter, measured):
    """Sign in, three pages, saved; the photo's own bytes are not counted."""
    page.goto("/")
    enter(page, "relawan.gedong")
    page.get_by_role("link", name="Catat kasus").first.click()
    page.get_by_role("link", name="Pungutan liar").click()
    page.get_by_label("Di mana terjadinya?").select_option(label="RT 005/RW 011 Gedong")
    page.get_by_label("Ceritakan apa yang terjadi").fill(
        "Diminta lima puluh ribu rupiah saat mengambil undangan."
    )
    page.get_by_label("Berapa yang diminta atau diambil?").fill("50000")
    page.get_by_role("button", name="Lanjut").click()
    page.locator("label", has_text="Tanpa nama").first.click()
    picture = photo()
    page.locator("input[type=file]").set_input_files(
        {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    page.get_by_role("button", name="Simpan kasus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    total = meter()
    sent = total.sent - len(picture)
    measured("logging a case, received", total.received)
    measured("logging a case, sent without the photo", sent)
    assert total.received <= LOGGING_A_CASE
    assert 0 < sent <= 20 * KB
