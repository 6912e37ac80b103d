"""The second factor: set up with an app, asked for at login, required of the board where the setting says so."""

import re
import time
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cases.audit.models import AuditEvent
from cases.people import actions

PASSWORD = "kata-sandi-uji"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def code(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def login(client, name):
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD})


def set_up(client):
    """Through the pages, as a person does; gives the secret."""
    asked = client.get(reverse("mfa_activate_totp"))
    if asked.status_code == 302:
        client.post(asked["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())[1]
    # A browser draws an image only with its namespace.
    assert ElementTree.fromstring(b64decode(picture)).tag == "{http://www.w3.org/2000/svg}svg"
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    return secret


@pytest.mark.django_db(transaction=True)  # allauth tells of it when the change is committed
def test_from_setting_up_to_the_next_login(client, cast):
    login(client, "relawan.gedong")
    secret = set_up(client)
    codes = re.findall(r"<code>(\w+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10
    # Sealed: neither the secret nor a code lies in the table.
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert codes[0] not in kept
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["second_factor.added"]

    other = Client()
    assert login(other, "relawan.gedong")["Location"] == reverse("mfa_authenticate")
    assert other.get(reverse("people:me")).status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Kode ini tidak cocok" in wrong.content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": code(secret, 1)}).status_code == 302
    assert other.get(reverse("people:me")).status_code == 200

    lost = Client()
    login(lost, "relawan.gedong")
    assert lost.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert lost.get(reverse("people:me")).status_code == 200
    again = Client()
    login(again, "relawan.gedong")
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_guessing_codes_is_stopped_with_a_sentence(client, cast):
    login(client, "relawan.gedong")
    set_up(client)
    other = Client()
    login(other, "relawan.gedong")
    for _n in range(5):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Terlalu banyak percobaan" in page


@pytest.mark.django_db(transaction=True)
def test_all_pages_of_it_are_indonesian_and_stand(client, cast):
    login(client, "relawan.gedong")
    assert "Pasang" in client.get(reverse("mfa_index")).content.decode()
    set_up(client)
    assert "Sudah dipasang" in client.get(reverse("mfa_index")).content.decode()
    assert "Buat kode cadangan baru?" in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert text.startswith("Posko Bansos: kode cadangan")
    assert "Matikan pengaman kedua?" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert client.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["second_factor.added", "second_factor.codes_made", "second_factor.removed"]


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "observer", "stranger"])
def test_it_is_asked_of_the_board_only(client, cast, settings, who):
    settings.POSKO_SECOND_FACTOR_FOR_BOARD = True
    client.force_login(getattr(cast, who))
    assert client.get(reverse("people:me")).status_code == 200


def test_the_board_sets_it_up_before_anything_else(client, cast, settings):
    settings.POSKO_SECOND_FACTOR_FOR_BOARD = True
    login(client, "pengurus")
    for path in (reverse("desk:home"), reverse("people:list"), reverse("areas:list"), "/admin/"):
        assert client.get(path)["Location"] == reverse("mfa_activate_totp"), path
    refused = client.get("/api/v1/areas/")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    set_up(client)
    assert client.get(reverse("people:list")).status_code == 200
    assert client.get("/api/v1/areas/").status_code == 200
    # And keeps it.
    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "tidak boleh dimatikan" in page
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_key_of_the_board_is_held_to_it_too(client, cast, settings):
    key = actions.make_api_token(by=cast.board)
    headers = {"authorization": f"Token {key}"}
    assert client.get("/api/v1/people/me/", headers=headers).status_code == 200
    settings.POSKO_SECOND_FACTOR_FOR_BOARD = True
    refused = client.get("/api/v1/people/me/", headers=headers)
    assert refused.status_code == 403
    assert "pengaman kedua" in refused.json()["detail"]


def test_leaving_is_possible_in_the_middle(client, cast, settings):
    settings.POSKO_SECOND_FACTOR_FOR_BOARD = True
    login(client, "pengurus")
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
