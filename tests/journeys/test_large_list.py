"""A list too large to wait for: made by the laptop's own worker over the filesystem broker, with a bar that moves."""

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader


def test_a_large_door_list_is_made_in_the_background(page, sign_in):
    sign_in("pengurus")
    page.goto("/print/doors/new/")
    page.get_by_text("Cek status penerima").first.click()
    for kampung in ("Kel. Gedong", "Kel. Tengah"):
        page.get_by_label(kampung, exact=True).check()
    page.get_by_role("button", name="Lihat jumlah lembarnya").click()
    families, sheets, _rts = (
        int(text.replace(".", "")) for text in page.locator(".figure b").all_inner_texts()[:3]
    )
    assert families > 300, "the demo of these journeys is too small for this"
    page.get_by_role("button", name=re.compile(rf"^Cetak {sheets} lembar")).click()
    expect(page).to_have_url(re.compile(r"/jobs/[0-9a-f-]{36}/"))
    # The page asks by itself, and shows the file when it is there.
    fetch = page.get_by_role("main").get_by_role("link", name=re.compile("Unduh"))
    expect(fetch).to_be_visible(timeout=60_000)
    with page.expect_download() as waiting:
        fetch.click()
    pdf = PdfReader(io.BytesIO(waiting.value.path().read_bytes()))
    assert len(pdf.pages) == sheets
    words = " ".join(sheet.extract_text() for sheet in pdf.pages)
    assert not re.search(r"(?:\d[ .-]?){16}", words)
    assert len(re.findall(r"KK \.\.\.\d{4}", words)) > families / 2
    page.goto("/print/prints/")
    expect(page.get_by_role("main")).to_contain_text(f"{families}")
