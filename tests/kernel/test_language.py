"""Indonesian is the default and English a switch, whatever language the phone is set to."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_phone_set_to_english_reads_indonesian(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US,en;q=0.9"})
    assert page["Content-Language"] == "id"
    assert "Kata sandi" in page.content.decode()


def test_english_is_a_switch_and_can_be_switched_back(client):
    url, login = reverse("set_language"), reverse("account_login")
    client.post(url, {"language": "en", "next": login})
    page = client.get(login)
    assert page["Content-Language"] == "en"
    assert "Kata sandi" not in page.content.decode()
    client.post(url, {"language": "id", "next": login})
    assert "Kata sandi" in client.get(login).content.decode()


def test_an_unknown_language_is_not_followed(client):
    client.cookies["django_language"] = "xx"
    assert client.get(reverse("account_login"))["Content-Language"] == "id"
