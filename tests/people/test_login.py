"""Signing in: by name or number, never telling who exists, shut for a while after wrong passwords."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from cases.people.models import User

PASSWORD = "kata-sandi-uji"
URL = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def volunteer(cast):
    User.objects.filter(pk=cast.volunteer.pk).update(phone="+6281234567890")
    return cast.volunteer


def try_in(client, login, password=PASSWORD, **headers):
    return client.post(URL, {"login": login, "password": password}, **headers)


@pytest.mark.parametrize(
    "login",
    [
        "relawan.gedong",
        "Relawan.Gedong",
        " relawan.gedong ",
        "081234567890",
        "0812-3456-7890",
        "+62812 3456 7890",
    ],
)
def test_by_user_name_or_number_however_it_is_written(client, volunteer, login):
    answer = try_in(client, login)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:home")
    assert client.session["_auth_user_id"] == str(volunteer.pk)


def test_next_is_kept_and_never_leads_away(client, volunteer):
    assert try_in(client, "relawan.gedong").status_code == 302
    client.logout()
    answer = client.post(f"{URL}?next=/areas/", {"login": "relawan.gedong", "password": PASSWORD})
    assert answer["Location"] == "/areas/"
    client.logout()
    answer = client.post(
        f"{URL}?next=https://evil.example/", {"login": "relawan.gedong", "password": PASSWORD}
    )
    assert "evil" not in answer["Location"]


def words_of(answer):
    return [str(error) for error in answer.context["form"].non_field_errors()]


def test_the_words_do_not_tell_whether_an_account_exists(client, volunteer):
    known = words_of(try_in(client, "relawan.gedong", "salah-sekali"))
    number = words_of(try_in(client, "0812-3456-7890", "salah-sekali"))
    unknown = words_of(try_in(client, "tidak.ada", "salah-sekali"))
    unknown_number = words_of(try_in(client, "0812-9999-9999", "salah-sekali"))
    assert known == number == unknown == unknown_number
    assert len(known) == 1
    assert "tidak cocok" in known[0]


@pytest.mark.parametrize("login", ["relawan.gedong", "tidak.ada"])
def test_the_sixth_try_is_refused_even_with_the_right_password(client, volunteer, login):
    for _n in range(5):
        assert "tidak cocok" in words_of(try_in(client, login, "salah-sekali"))[0]
    [sentence] = words_of(try_in(client, login))
    assert sentence.startswith("Terlalu banyak percobaan. Tunggu lima menit")
    assert "_auth_user_id" not in client.session


def test_another_spelling_or_host_does_not_give_more_tries(client, volunteer):
    for login in ["relawan.gedong", "RELAWAN.GEDONG", "0812-3456-7890", "+6281234567890", "62812 3456 7890"]:
        try_in(client, login, "salah-sekali", headers={"host": f"{len(login)}.contoh.id"})
    [sentence] = words_of(try_in(client, "081234567890", headers={"host": "lain.contoh.id"}))
    assert sentence.startswith("Terlalu banyak percobaan")


def test_others_may_still_come_in_while_one_is_locked_out(client, volunteer, cast):
    for _n in range(6):
        try_in(client, "relawan.gedong", "salah-sekali")
    assert try_in(client, "koordinator.gedong").status_code == 302


def test_many_tries_from_one_address_get_a_page_that_says_so(client, volunteer, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "10/m/ip,5/5m/key"}
    for _n in range(2):
        try_in(client, "tidak.ada", "salah-sekali")
    answer = try_in(client, "tidak.ada", "salah-sekali")
    assert answer.status_code == 429
    assert "Terlalu banyak" in answer.content.decode()


def test_a_shut_account_hears_so_only_with_the_right_password(client, volunteer):
    User.objects.filter(pk=volunteer.pk).update(is_active=False)
    assert "tidak cocok" in words_of(try_in(client, "relawan.gedong", "salah-sekali"))[0]
    answer = try_in(client, "relawan.gedong")
    assert answer["Location"] == reverse("account_inactive")
    assert "Akun ini ditutup" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/password/set/",
        "/accounts/password/reset/done/",
        "/accounts/login/code/",
        "/accounts/3rdparty/",
        "/accounts/social/connections/",
        "/accounts/sessions/",
        "/accounts/phone/change/",
        "/accounts/2fa/webauthn/",
    ],
)
def test_what_nobody_needs_is_not_there(client, cast, path):
    client.force_login(cast.volunteer)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_sign_up_and_lost_passwords_lead_to_the_coordinator(client, db, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "koordinator Anda" in page.content.decode()
    assert client.post(path, {"username": "baru", "email": "a@b.id"}).status_code == 405
    assert not User.objects.exists()


def test_logging_out_asks_and_then_leads_to_the_door(client, cast):
    client.force_login(cast.volunteer)
    assert "Keluar dari HP ini?" in client.get("/accounts/logout/").content.decode()
    answer = client.post("/accounts/logout/")
    assert answer["Location"] == URL
    assert "_auth_user_id" not in client.session


def test_own_password_changes_and_other_phones_are_out(client, cast, django_user_model):
    from django.test import Client

    other = Client()
    for browser in (client, other):
        browser.post(URL, {"login": "relawan.gedong", "password": PASSWORD})
    wrong = client.post(
        "/accounts/password/change/",
        {"oldpassword": "bukan", "password1": "gerobak nasi uduk", "password2": "gerobak nasi uduk"},
    )
    assert "bukan kata sandi Anda" in wrong.content.decode()
    done = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "gerobak nasi uduk", "password2": "gerobak nasi uduk"},
    )
    assert done["Location"] == reverse("people:me")
    assert client.get(reverse("people:me")).status_code == 200
    assert other.get(reverse("people:me")).status_code == 302
    from cases.audit.models import AuditEvent

    assert AuditEvent.objects.filter(verb="password.changed", subject_id=str(cast.volunteer.pk)).count() == 1


def test_two_different_new_passwords_are_refused_in_indonesian(client, cast):
    client.force_login(cast.volunteer)
    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "gerobak nasi uduk", "password2": "gerobak lontong"},
    ).content.decode()
    assert "Ini tidak sama dengan yang di atas." in page


def test_the_door_is_indonesian_and_english_is_a_switch(client, db):
    page = client.get(URL).content.decode()
    assert "Posko buka" in page
    with override("en"):
        client.cookies["django_language"] = "en"
        assert "The posko is open" in client.get(URL).content.decode()
