"""Ways in which people really record: by keyboard alone, on a phone without scripts, with a double tap, and twice."""

import re
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DEMO_PASSWORD

RT = "RT 005/RW 011 Gedong"
MOST_TABS = 80
_serial = count(1)


@pytest.fixture
def word() -> str:
    """A word that no other story has, to find the case by."""
    return f"kecipir{next(_serial)}"


def rows_found(page: Page, path: str, words: str) -> int:
    page.goto(f"{path}?q={words.replace(' ', '+')}")
    return page.get_by_role("main").locator("a.table__link").count()


# --- by keyboard ----------------------------------------------------------------------------------------------------


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which must then be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            break
    else:
        raise AssertionError(f"{target} is not reached by {MOST_TABS} tabs")
    ring = target.evaluate(
        "element => [element, ...[element.closest('label, .tile, .pick, .choice')]].filter(Boolean)"
        ".some(e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })"
    )
    assert ring, f"{target} has the focus and does not show it"


def test_a_case_by_keyboard_alone(page, sign_in, word):
    sign_in("relawan.gedong")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main", "the first stop leads past the menus"
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Catat kasus"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/new/")
    tab_to(page, page.get_by_role("link", name="Bantuan dipotong"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/new/*/")
    tab_to(page, page.get_by_label("Di mana terjadinya?"))
    page.keyboard.type("RT 005/RW 011")
    tab_to(page, page.get_by_label("Ceritakan apa yang terjadi"))
    page.keyboard.type(f"Dipotong seratus ribu waktu dibagikan, katanya untuk kas. {word}")
    tab_to(page, page.get_by_label("tunai", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Lanjut"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bukti dan pelapor")
    tab_to(page, page.locator("input[name=level]").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Simpan kasus"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    assert rows_found(page, "/cases/", word) == 1


# --- without scripts ------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(new_context) -> Page:
    """A browser that runs no script."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("relawan.gedong")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def tell(page: Page, word: str) -> None:
    """As far as the last button."""
    page.goto("/cases/new/PUNGLI/")
    page.get_by_label("Di mana terjadinya?").select_option(label=RT)
    page.get_by_label("Ceritakan apa yang terjadi").fill(f"Diminta dua puluh ribu untuk undangan. {word}")
    page.get_by_role("button", name="Lanjut").click()
    page.locator("label", has_text="Tanpa nama").first.click()


def test_a_case_without_scripts(plain, word):
    plain.goto("/")
    plain.get_by_role("link", name="Catat kasus").first.click()
    plain.get_by_role("link", name="Pungutan liar").click()
    # A family is looked up by a button; what was typed stays.
    plain.get_by_label("Ceritakan apa yang terjadi").fill(f"Diminta dua puluh ribu untuk undangan. {word}")
    plain.get_by_label("Tentang keluarga siapa?").fill("a")
    plain.get_by_label("Tentang keluarga siapa?").fill("Gang")
    plain.get_by_role("main").get_by_role("button", name="Cari").click()
    expect(plain.get_by_label("Ceritakan apa yang terjadi")).to_have_value(re.compile(word))
    families = plain.locator("input[name=household]")
    assert families.count() > 1
    families.first.check(force=True)
    plain.get_by_role("button", name="Lanjut").click()
    # Nothing chosen yet: the page says what is missing and keeps the rest.
    plain.get_by_role("button", name="Simpan kasus").click()
    expect(plain.get_by_role("main")).to_contain_text("Pilih siapa yang boleh")
    plain.locator("label", has_text="Tanpa nama").first.click()
    plain.get_by_role("button", name="Simpan kasus").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    assert rows_found(plain, "/cases/", word) == 1


# --- once -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_tap_on_save_stores_once(request, sign_in, word, scripts):
    if scripts:
        sign_in("relawan.gedong")
    page = request.getfixturevalue("page" if scripts else "plain")
    tell(page, word)
    page.get_by_role("button", name="Simpan kasus").dblclick(no_wait_after=True, delay=15)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    assert rows_found(page, "/cases/", word) == 1


def test_going_back_and_saving_again_stores_once(page, sign_in, word):
    sign_in("relawan.gedong")
    tell(page, word)
    page.get_by_role("button", name="Simpan kasus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    page.go_back()
    page.get_by_role("button", name="Simpan kasus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kasus sudah dicatat")
    assert rows_found(page, "/cases/", word) == 1


# --- twice ----------------------------------------------------------------------------------------------------------


def begin_household(page: Page, name: str) -> None:
    page.goto("/households/new/")
    page.get_by_label("RT", exact=True).select_option(label=RT)
    page.get_by_label("Nama kepala keluarga").press_sequentially(name, delay=5)


def test_a_family_that_is_recorded_already_is_named_while_one_types(page, sign_in):
    name, kk = "Markonah Sastrodimejo", "3175051104169861"
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in("relawan.gedong")
    begin_household(page, name)
    page.get_by_label("dicatat dan dikunjungi").check()
    page.get_by_label("Nomor KK").fill(kk)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    begin_household(page, "Ibu Markonah Sastrodimejo")
    expect(page.locator("#similar-name")).to_contain_text(name)
    expect(page.locator("#similar-name").get_by_role("link", name="Buka yang itu")).to_be_visible()
    page.get_by_label("Nomor KK").press_sequentially(kk, delay=5)
    expect(page.get_by_text("Nomor KK ini sudah tercatat")).to_be_visible()
    assert rows_found(page, "/households/", name) == 1, "asking stores nothing"
    assert asked == ["beforeunload"], "what was typed is not left without a question"

    # Another family with the same name: a person decides, and it is kept.
    begin_household(page, name)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Belum disimpan")
    page.get_by_role("button", name="Tetap berbeda, simpan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert rows_found(page, "/households/", name) == 2
