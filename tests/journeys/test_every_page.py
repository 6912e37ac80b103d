"""Walk every page that a role can reach by links, on a phone and on a desk: accessible, Indonesian, nothing cut, nothing broken."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from advocacy.catalogues import Catalogues
from tests.journeys.conftest import DESK, PHONE, ROOT

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Followed once each by shape, not by row; leaving, files and the administration of reference data are not walked.
NOT_WALKED = re.compile(
    r"^/(accounts/logout|language|admin|api/v1/schema)|/(file|original|screenshot|attachment|picture|preview|pdf|png)/|/evidence/\d+/$|\.(pdf|png|xlsx|csv|svg)$"
)
MOST_PAGES = 70
# Every role, both windows, both schemes; not every mixture of them, as a walk takes a minute.
WALKS = [
    ("koordinator.gedong", PHONE, "light"),
    ("koordinator.gedong", DESK, "dark"),
    ("relawan.gedong", PHONE, "dark"),
    ("pengurus", DESK, "light"),
    ("pengamat", PHONE, "light"),
]


def shape(url: str) -> str:
    """A path with its numbers, codes and tokens blanked, and the names of its query keys."""
    parts = urlsplit(url)
    path = re.sub(r"/(?:(?=[^/]*\d)[^/]+|[A-Z_]+)(?=/)", "/*", parts.path)
    keys = ",".join(sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair}))
    return f"{path}?{keys}" if keys else path


def english_sentences() -> list[str]:
    """Msgids of two words and more that Indonesian says otherwise."""
    catalogues = Catalogues(ROOT)
    texts = {
        str(text)
        for (_context, text), string in catalogues.translations().items()
        if str(string) != str(text)
    }
    return sorted(text for text in texts if re.fullmatch(r"[A-Za-z ,.’'-]{10,}", text) and " " in text)


@pytest.fixture(scope="session")
def english() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(text)}\b" for text in english_sentences()))


def faults_of(page, english: re.Pattern[str], said: list[str]) -> list[str]:
    found = []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        found.append(f"{wide} px wider than the window")
    found += [
        f"English: {match!r}" for match in sorted(set(english.findall(page.locator("body").inner_text())))[:3]
    ]
    if page.locator("html").get_attribute("lang") != "id":
        found.append("page is not marked as Indonesian")
    for violation in Axe().run(page, options={"runOnly": WCAG["runOnly"]}).response["violations"]:
        where = violation["nodes"][0]["html"][:140]
        found.append(f"axe {violation['id']}: {where}")
    found += said
    said.clear()
    return found


@pytest.mark.parametrize(
    ("role", "window", "scheme"),
    WALKS,
    ids=[f"{role}, {window['width']} px, {scheme}" for role, window, scheme in WALKS],
)
def test_every_page(page, sign_in, english, role, window, scheme):
    page.set_viewport_size(window)
    page.emulate_media(color_scheme=scheme)
    said: list[str] = []
    page.on(
        "console",
        lambda message: said.append(f"console: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    sign_in(role)
    waiting, seen, faults = [page.url], {shape(page.url)}, {}
    walked = 0
    while waiting and walked < MOST_PAGES:
        url = waiting.pop(0)
        answer = page.goto(url)
        walked += 1
        if answer is None or answer.status >= 400:
            faults[url] = [f"status {answer.status if answer else 'none'}"]
            said.clear()
            continue
        if found := faults_of(page, english, said):
            faults[url] = found
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            address = link.split("#")[0]
            same_site = address.startswith(page.url.split("/", 3)[0] + "//" + urlsplit(page.url).netloc)
            if same_site and shape(address) not in seen and not NOT_WALKED.search(urlsplit(address).path):
                seen.add(shape(address))
                waiting.append(address)
    lines = [
        f"{urlsplit(url).path}?{urlsplit(url).query}: {'; '.join(found)}" for url, found in faults.items()
    ]
    assert not faults, f"{len(faults)} of {walked} pages:\n" + "\n".join(lines)
    assert walked >= (5 if role == "pengamat" else 20), f"only {walked} pages were reached"
