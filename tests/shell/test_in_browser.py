"""The sample board in a real browser: phone and wide, light and dark, with and without scripts, under the site's own CSP."""

import http.server
import os
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils.csp import build_policy

from tests.shell import gallery

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
PHONE, WIDE = {"width": 360, "height": 640}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def board():
    """A server of the sample board; `.address` and what was posted to it, `.posted`."""
    policy = build_policy(settings.SECURE_CSP)
    posted: list[str] = []
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    request = RequestFactory().get("/contoh/")
    request.user = AnonymousUser()
    with override_settings(STORAGES={**settings.STORAGES, **plain}):
        html = render_to_string("_styleguide.html", gallery.context(), request=request)

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
            kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
            if found:
                self.answer(Path(found).read_bytes(), kinds[Path(found).suffix])
            else:
                self.answer(html.encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            posted.append(self.path)
            threading.Event().wait(0.8)
            self.do_GET()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{server.server_port}/contoh/"
    server.posted = posted
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, board):
    """`visit(viewport, scheme, scripts)` -> the page, with every complaint of the browser in `.complaints`."""
    contexts = []

    def go(viewport=PHONE, scheme="light", scripts=True):
        context = chromium.new_context(
            viewport=viewport, color_scheme=scheme, java_script_enabled=scripts, locale="id-ID"
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(board.address, wait_until="load")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_is_accessible_and_fits(visit, viewport, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(viewport, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()
    assert page.complaints == []


def test_a_thumb_hits_every_target(visit):
    page = visit()
    small = page.evaluate(
        """[...document.querySelectorAll('.button, .choice, .pick, .nav a, .tabs a, select, summary,'
             + ' input:not([type=checkbox], [type=radio], [type=hidden]), .tile, .menu__item')]
           .filter(e => e.offsetParent && e.getBoundingClientRect().height < 48)
           .map(e => `${e.tagName} ${e.className} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_the_bar_below_never_covers_the_end_of_a_page(visit):
    page = visit()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last = page.locator(".form__actions").last.bounding_box()
    bar = page.locator(".nav").bounding_box()
    assert last["y"] + last["height"] <= bar["y"]


def test_theme_is_switched_and_remembered(visit):
    page = visit()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-menu] > summary").click()
    page.get_by_role("button", name="Layar gelap").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert any(c["name"] == "theme" and c["value"] == "dark" for c in page.context.cookies())


def test_a_confirmation_is_a_dialog_that_gives_the_focus_back(visit, board):
    page = visit()
    page.locator(".confirm > summary").click()
    dialog = page.get_by_role("dialog", name="Tutup kasus")
    assert dialog.get_by_text("Tutup kasus ini?").is_visible()
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert page.evaluate("document.activeElement.textContent.trim()") == "Tutup kasus"
    page.locator(".confirm > summary").click()
    dialog.get_by_role("button", name="Batal").click()
    assert dialog.count() == 0
    assert board.posted == []


def test_a_form_is_sent_once_however_often_it_is_tapped(visit, board):
    page = visit()
    board.posted.clear()
    page.evaluate(
        """const form = document.querySelector('form[data-unsaved]');
           form.action = '/sekali/';
           form.requestSubmit();
           setTimeout(() => form.requestSubmit(), 150);
           setTimeout(() => form.requestSubmit(), 300);"""
    )
    page.wait_for_url("**/sekali/")
    assert board.posted == ["/sekali/"]


def test_leaving_a_half_typed_form_is_asked_about(visit):
    page = visit()
    page.locator("#id_bad-house").fill("Gang Mawar 12A")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("setTimeout(() => location.assign('/lain/'))")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/contoh/")


def test_mistakes_take_the_focus(visit):
    assert visit().evaluate("document.activeElement.matches('[data-summary]')")


def test_words_are_counted_while_one_types(visit):
    page = visit()
    counter = page.locator("[data-count='id_fresh-story']")
    page.locator("#id_fresh-story").fill("satu dua  tiga")
    assert counter.inner_text() == "3 dari 60 kata"
    page.locator("#id_fresh-story").fill("kata " * 61)
    assert "counter--over" in counter.get_attribute("class")


def test_a_chosen_photo_is_shown_before_it_is_sent(visit, tmp_path):
    from PIL import Image

    Image.new("RGB", (40, 30), "red").save(tmp_path / "kartu.jpg")
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.4")
    page = visit()
    photo = page.locator("#id_fresh-photo")
    photo.set_input_files(tmp_path / "kartu.jpg")
    page.wait_for_function("document.querySelector('.photos img')?.naturalWidth === 40")
    assert "kartu.jpg" in page.locator(".photos").inner_text()
    photo.set_input_files(tmp_path / "surat.pdf")
    assert "surat.pdf" in page.locator(".photos").inner_text()
    assert page.locator(".photos img").count() == 0
    assert page.complaints == []


def test_slash_goes_to_the_search(visit):
    page = visit()
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def test_without_scripts_everything_still_opens(visit):
    page = visit(scripts=False)
    assert not page.get_by_role("button", name="Layar gelap").is_visible()
    page.locator(".confirm > summary").click()
    assert page.get_by_text("Kasus yang ditutup masih bisa dibuka lagi.").is_visible()
    page.locator(".filters > summary").click()
    assert page.get_by_role("button", name="Tampilkan").is_visible()
    page.locator("[data-menu] > summary").click()
    assert page.locator(".menu__sheet").is_visible()


def test_without_scripts_a_wide_screen_shows_the_filters(visit):
    assert visit(WIDE, scripts=False).get_by_role("button", name="Tampilkan").is_visible()
