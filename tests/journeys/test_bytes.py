"""Data costs money: bytes over the wire, counted by the browser itself."""

import re

import pytest

from tests.journeys.conftest import DEMO_PASSWORD

KB = 1000
FIRST_VISIT, LATER_PAGE, LOGGING_A_CASE = 60 * KB, 12 * KB, 90 * KB


@pytest.fixture
def meter(page):
    """Bytes received since it was last asked, headers included."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))

    def read() -> int:
        page.wait_for_load_state("networkidle")
        total = sum(received)
        received.clear()
        return int(total)

    return read


def enter(page, username: str) -> None:
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_first_visit_and_later_pages(page, meter, record_property):
    page.goto("/")
    first = meter()
    record_property("first visit", first)
    assert first <= FIRST_VISIT
    enter(page, "koordinator.gedong")
    after_sign_in = first + meter()
    record_property("first visit and home", after_sign_in)
    assert after_sign_in <= FIRST_VISIT
    for path in (
        "/households/",
        "/cases/",
        "/print/",
        "/submissions/",
        "/programmes/",
        "/people/",
        "/record/",
    ):
        page.goto(path)
        size = meter()
        record_property(path, size)
        assert size <= LATER_PAGE, f"{path}: {size} bytes"
    for opening in ("/households/", "/cases/"):
        page.goto(opening)
        meter()
        page.locator("main a[href]", has_text=re.compile(r"\w")).locator(
            "xpath=self::*[contains(@class,'table__link')]"
        ).first.click()
        size = meter()
        record_property(f"a row of {opening}", size)
        assert size <= LATER_PAGE, f"{page.url}: {size} bytes"
