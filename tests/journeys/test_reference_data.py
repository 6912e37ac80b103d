"""The administration of reference data, with static files collected as on a real posko: a missing one is an error there."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Page


def links(page: Page, address: str) -> set[str]:
    answer = page.request.get(address)
    assert answer.status == 200, f"{answer.status} {address}"
    found = {urljoin(address, href) for href in re.findall(r'href="([^"#]+)"', answer.text())}
    return {href for href in found if "/admin/" in href and "logout" not in href and "/static/" not in href}


def test_every_list_and_form_of_reference_data_opens(page, sign_in, posko):
    sign_in("pengurus")
    start = f"{posko.address}/admin/"
    lists = [href for href in links(page, start) if re.search(r"/admin/\w+/\w+/$", href)]
    assert len(lists) >= 4
    forms = set()
    for address in lists:
        there = links(page, address)
        kinds = ("add/$", "change/$", "history/$")
        forms |= {next((href for href in there if re.search(kind, href)), "") for kind in kinds}
    assert len(forms) > len(lists), "forms were reached"
    for address in sorted(forms - {""}):
        links(page, address)
