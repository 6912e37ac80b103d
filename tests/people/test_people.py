"""Looking after people: roles given and ended, accounts shut, links for a new password; each within rank and area."""

import re
import threading
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, NotAllowed, WriteOutsideAction
from cases.kernel.writes import open_gate
from cases.people import actions, permissions
from cases.people.choices import Role
from cases.people.models import ApiToken, Membership, PasswordLink, User
from tests.casefiles.files import a_photo

GEDONG, GEDONG_RT, TENGAH = "31.75.05.1001", "31.75.05.1001.011.005", "31.75.04.1002"
NEW = {"password": "gerobak nasi uduk", "again": "gerobak nasi uduk"}
EVERYONE = [
    "volunteer",
    "coordinator",
    "other_volunteer",
    "other_coordinator",
    "board",
    "observer",
    "stranger",
]


def role_of(user):
    return user.memberships.current().get()


# Who may end whose role: 404 where it is not seen, 403 where it is above, 302 where it ended.
ENDS = {
    ("coordinator", "volunteer"): 302,
    ("coordinator", "coordinator"): 302,
    ("other_coordinator", "other_volunteer"): 302,
    ("other_coordinator", "other_coordinator"): 302,
    # One sees one's own role, but gives and ends none.
    ("volunteer", "volunteer"): 403,
    ("other_volunteer", "other_volunteer"): 403,
    ("observer", "observer"): 403,
    # The last of the board stays.
    ("board", "board"): 409,
    **{("board", whom): 302 for whom in EVERYONE if whom not in ("board", "stranger")},
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("whom", [name for name in EVERYONE if name != "stranger"])
def test_ending_a_role(client, cast, who, whom):
    membership = role_of(getattr(cast, whom))
    client.force_login(getattr(cast, who))
    answer = client.post(reverse("people:end_role", args=[membership.pk]))
    expected = ENDS.get((who, whom), 404)
    assert answer.status_code == expected
    membership.refresh_from_db()
    assert (membership.ended_at is not None) == (expected == 302)
    assert AuditEvent.objects.filter(verb="membership.ended").count() == (expected == 302)


def test_a_board_role_inside_a_coordinators_area_is_above_the_coordinator(client, cast, make_user):
    other = make_user("pengurus.kedua", (Role.BOARD, GEDONG))
    client.force_login(cast.coordinator)
    assert client.post(reverse("people:end_role", args=[role_of(other).pk])).status_code == 403


def test_the_board_may_shrink_to_one_and_not_to_none(cast, make_user):
    second = make_user("pengurus.kedua", (Role.BOARD, "31"))
    actions.end_membership(membership=role_of(cast.board), by=second)
    with pytest.raises(ActionRefused):
        actions.end_membership(membership=role_of(second), by=second)
    # A shut account does not count as the one who stays.
    assert second.is_board


def test_a_shut_colleague_does_not_count_as_a_board_that_stays(cast, make_user):
    second = make_user("pengurus.kedua", (Role.BOARD, "31"))
    actions.deactivate(user=second, by=cast.board)
    with pytest.raises(ActionRefused):
        actions.end_membership(membership=role_of(cast.board), by=cast.board)


def test_a_role_ends_once(cast):
    membership = role_of(cast.volunteer)
    actions.end_membership(membership=membership, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.end_membership(membership=membership, by=cast.coordinator)


def test_giving_a_role_and_giving_it_twice(client, cast, areas):
    client.force_login(cast.coordinator)
    url = reverse("people:add_role", args=[cast.volunteer.pk])
    answer = client.post(url, {"role": "coordinator", "area": GEDONG_RT})
    assert answer["Location"] == reverse("people:detail", args=[cast.volunteer.pk])
    assert cast.volunteer.memberships.current().count() == 2
    page = client.post(url, {"role": "coordinator", "area": GEDONG_RT})
    assert page.status_code == 422
    assert "sudah punya peran itu" in page.content.decode()


@pytest.mark.parametrize("given", [{"role": "board", "area": GEDONG}, {"role": "volunteer", "area": TENGAH}])
def test_a_role_above_or_beyond_is_not_even_a_choice(client, cast, given):
    client.force_login(cast.coordinator)
    page = client.post(reverse("people:add_role", args=[cast.volunteer.pk]), given)
    assert page.status_code == 422
    assert cast.volunteer.memberships.count() == 1


def test_the_database_holds_a_role_once(cast, areas):
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        Membership.objects.create(user=cast.volunteer, area=areas.gedong, role=Role.VOLUNTEER)


def test_roles_are_written_by_actions_only(cast, areas):
    with pytest.raises(WriteOutsideAction):
        Membership.objects.create(user=cast.stranger, area=areas.gedong, role=Role.BOARD)
    with pytest.raises(WriteOutsideAction):
        Membership.objects.filter(user=cast.volunteer).update(role=Role.BOARD)


# --- taking hold of an account -----------------------------------------------------------------------------------------

MANAGES = {
    ("coordinator", "volunteer"),
    ("other_coordinator", "other_volunteer"),
    *{("board", whom) for whom in EVERYONE if whom != "board"},
}
VERBS = ["password_link", "deactivate", "edit"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("whom", EVERYONE)
def test_who_may_take_hold_of_which_account(client, cast, who, whom, verb):
    user, person = getattr(cast, who), getattr(cast, whom)
    client.force_login(user)
    answer = client.post(
        reverse(f"people:{verb}", args=[person.pk]), {"name": "Nama Baru", "phone": "", "organisation": ""}
    )
    if (who, whom) in MANAGES:
        assert answer.status_code == 302
        return
    seen = User.objects.visible_to(user).filter(pk=person.pk).exists()
    assert answer.status_code in ((403, 409) if seen else (404,))
    person.refresh_from_db()
    assert person.is_active
    assert not PasswordLink.objects.exists()
    assert person.name != "Nama Baru"


def test_someone_with_a_role_elsewhere_is_beyond_a_coordinator(cast, areas):
    with open_gate():
        Membership.objects.create(user=cast.volunteer, area=areas.tengah, role=Role.VOLUNTEER)
    with pytest.raises(NotAllowed, match=r"pengurus|board"):
        actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    actions.make_password_link(user=cast.volunteer, by=cast.board)


def test_the_whole_way_of_a_lost_password(client, cast):
    phone = Client()
    phone.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    assert phone.get(reverse("people:me")).status_code == 200
    client.force_login(cast.coordinator)
    client.post(reverse("people:password_link", args=[cast.volunteer.pk]))
    page = client.get(reverse("people:show_link")).content.decode()
    path = re.search(r"/people/new-password/[\w-]+/", page)[0]
    stranger = Client()
    assert "relawan.gedong" in stranger.get(path).content.decode()
    assert "tidak sama" in stranger.post(path, NEW | {"again": "lain"}).content.decode()
    assert stranger.post(path, NEW)["Location"] == "/accounts/login/"
    assert stranger.post(path, NEW).status_code == 410
    # The old password and the old phones are out, the new password is in.
    assert phone.get(reverse("people:me")).status_code == 302
    cast.volunteer.refresh_from_db()
    assert cast.volunteer.check_password(NEW["password"])
    verbs = AuditEvent.objects.filter(subject_id=str(cast.volunteer.pk)).values_list("verb", "actor_id")
    assert list(verbs) == [
        ("password.link_made", cast.coordinator.pk),
        ("password.set_by_link", cast.volunteer.pk),
    ]


def test_a_new_password_ends_the_lock_out(client, cast):
    cache.clear()
    for _n in range(6):
        client.post("/accounts/login/", {"login": "relawan.gedong", "password": "salah"})
    _link, token = actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    client.post(reverse("people:new_password", args=[token]), NEW)
    answer = client.post("/accounts/login/", {"login": "relawan.gedong", "password": NEW["password"]})
    assert answer.status_code == 302


def test_a_password_link_lives_a_day_and_the_newest_only(client, cast):
    _first, old = actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    link, token = actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    assert client.get(reverse("people:new_password", args=[old])).status_code == 410
    assert (link.expires_at - timezone.now()).total_seconds() <= 24 * 3600
    with open_gate():
        PasswordLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    assert client.post(reverse("people:new_password", args=[token]), NEW).status_code == 410
    assert cast.volunteer.check_password("kata-sandi-uji")


def test_a_new_password_ends_the_keys_of_the_old_one(cast):
    actions.make_api_token(by=cast.volunteer)
    _link, token = actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    actions.set_password_by_link(token=token, password="kata-sandi-baru-99")
    assert not ApiToken.objects.filter(user=cast.volunteer).exists()


def test_shutting_an_account_ends_its_sessions_keys_and_links(client, cast, areas):
    phone = Client()
    phone.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    key = actions.make_api_token(by=cast.volunteer)
    _link, token = actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    actions.deactivate(user=cast.volunteer, by=cast.coordinator)
    assert phone.get(reverse("people:me")).status_code == 302
    assert Client().get("/api/v1/people/me/", headers={"authorization": f"Token {key}"}).status_code == 401
    assert client.get(reverse("people:new_password", args=[token])).status_code == 410
    with pytest.raises(ActionRefused):
        actions.make_password_link(user=cast.volunteer, by=cast.coordinator)
    actions.activate(user=cast.volunteer, by=cast.coordinator)
    assert cast.volunteer.memberships.current().exists()
    phone.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    assert phone.get(reverse("people:me")).status_code == 200


def test_invitations_of_a_shut_account_are_taken_back(cast, areas):
    _invitation, token = actions.invite(by=cast.coordinator, name="A", role=Role.VOLUNTEER, area=areas.gedong)
    actions.deactivate(user=cast.coordinator, by=cast.board)
    assert "ditarik" in actions.dead_link_sentence(
        _invitation.__class__.objects.get(token_digest=actions.link_digest(token))
    )


def test_only_another_of_the_board_lifts_a_second_factor(cast):
    Authenticator.objects.create(user=cast.volunteer, type="totp", data={})
    with pytest.raises(NotAllowed):
        actions.lift_second_factor(user=cast.volunteer, by=cast.coordinator)
    actions.lift_second_factor(user=cast.volunteer, by=cast.board)
    assert not Authenticator.objects.exists()
    with pytest.raises(ActionRefused):
        actions.lift_second_factor(user=cast.volunteer, by=cast.board)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's test database lives in memory, where threads cannot meet"
)
@pytest.mark.django_db(transaction=True)
def test_the_last_two_of_the_board_cannot_end_each_other(cast, make_user):
    second = make_user("pengurus.kedua", (Role.BOARD, "31"))
    pairs = [(cast.board, role_of(second)), (second, role_of(cast.board))]
    gate, refused = threading.Barrier(2), []

    def end(by, membership):
        # As in a request: the rank was read before.
        assert by.is_board
        try:
            gate.wait()
            actions.end_membership(membership=membership, by=by)
        except ActionRefused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.current().filter(role=Role.BOARD).count() == 1


# --- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["list", "invitations", "invite"])
@pytest.mark.parametrize("who", EVERYONE)
def test_pages_for_those_who_look_after_people(client, cast, name, who):
    client.force_login(getattr(cast, who))
    expected = 200 if who in ("coordinator", "other_coordinator", "board") else 403
    assert client.get(reverse(f"people:{name}")).status_code == expected


@pytest.mark.parametrize("name", ["me", "edit_me", "sessions"])
@pytest.mark.parametrize("who", EVERYONE)
def test_ones_own_pages(client, cast, name, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse(f"people:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["organisations", "add_organisation"])
@pytest.mark.parametrize("who", EVERYONE)
def test_pages_of_the_board(client, cast, name, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse(f"people:{name}")).status_code == (200 if who == "board" else 403)


def test_nobody_signed_in_is_led_to_the_door(client, cast):
    for name in ("list", "invitations", "invite", "me", "edit_me", "sessions", "make_key", "organisations"):
        answer = client.get(reverse(f"people:{name}"))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/accounts/login/?next="), name


def test_the_list_shows_the_own_area_only(client, cast):
    client.force_login(cast.coordinator)
    page = client.get(reverse("people:list")).content.decode()
    assert "Relawan Gedong" in page
    assert "Relawan Tengah" not in page
    assert "Pengurus" not in page.replace("pengurus", "")


def test_filters_do_not_tell_of_roles_elsewhere(client, cast, areas):
    with open_gate():
        Membership.objects.create(user=cast.volunteer, area=areas.province, role=Role.OBSERVER)
    client.force_login(cast.coordinator)
    page = client.get(reverse("people:list"), {"role": "observer"}).content.decode()
    assert "Relawan Gedong" not in page
    client.force_login(cast.board)
    assert "Relawan Gedong" in client.get(reverse("people:list"), {"role": "observer"}).content.decode()


def test_the_list_costs_the_same_however_long(client, cast, make_user, django_assert_max_num_queries):
    for n in range(30):
        make_user(f"relawan.{n}", (Role.VOLUNTEER, GEDONG_RT), (Role.VOLUNTEER, GEDONG))
    client.force_login(cast.coordinator)
    client.get(reverse("people:list"))
    with django_assert_max_num_queries(10):
        assert client.get(reverse("people:list")).status_code == 200


def test_the_page_of_a_person_tells_the_history(client, cast):
    client.force_login(cast.coordinator)
    client.post(reverse("people:password_link", args=[cast.volunteer.pk]))
    page = client.get(reverse("people:detail", args=[cast.volunteer.pk])).content.decode()
    assert "Tautan kata sandi baru dibuat" in page
    client.force_login(cast.other_coordinator)
    assert client.get(reverse("people:detail", args=[cast.volunteer.pk])).status_code == 404


def test_who_lost_every_role_is_found_by_the_board_alone(client, cast):
    actions.end_membership(membership=role_of(cast.volunteer), by=cast.coordinator)
    url = reverse("people:detail", args=[cast.volunteer.pk])
    client.force_login(cast.coordinator)
    assert client.get(url).status_code == 404
    client.force_login(cast.board)
    assert client.get(url).status_code == 200


def test_changing_ones_own_name_and_number(client, cast):
    client.force_login(cast.volunteer)
    url = reverse("people:edit_me")
    assert client.post(url, {"name": "Rini", "phone": "0812 1111 2222"}).status_code == 302
    cast.volunteer.refresh_from_db()
    assert (cast.volunteer.name, cast.volunteer.phone) == ("Rini", "+6281211112222")
    event = AuditEvent.objects.get(verb="person.changed")
    assert event.data == {"fields": ["name", "phone"]}
    client.force_login(cast.other_volunteer)
    page = client.post(url, {"name": "Yanto", "phone": "+6281211112222"})
    assert "dipakai akun lain" in page.content.decode()


def test_the_screen_follows_the_wish(client, cast):
    client.force_login(cast.volunteer)
    url = reverse("people:theme")
    client.post(url, {"theme": "dark"})
    assert 'data-theme="dark"' in client.get(reverse("people:me")).content.decode()
    client.post(url, {"theme": "auto"})
    assert 'data-theme="dark"' not in client.get(reverse("people:me")).content.decode()
    client.post(url, {"theme": "hacker"})
    assert "hacker" not in str(client.cookies.get("theme", ""))


def test_phones_are_listed_and_signed_out_one_by_one(client, cast):
    agent = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
    lost, mine = Client(headers={"user-agent": agent}), Client()
    for browser in (lost, mine):
        browser.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    page = mine.get(reverse("people:sessions"))
    assert "Chrome · Android" in page.content.decode()
    [other] = [phone for phone in page.context["phones"] if not phone["here"]]
    client.force_login(cast.other_volunteer)
    assert client.post(reverse("people:end_session", args=[other["id"]])).status_code == 409
    assert lost.get(reverse("people:me")).status_code == 200
    assert mine.post(reverse("people:end_session", args=[other["id"]])).status_code == 302
    assert lost.get(reverse("people:me")).status_code == 302
    assert mine.get(reverse("people:me")).status_code == 200
    assert AuditEvent.objects.filter(verb="session.ended").count() == 1


def test_all_other_phones_at_once(cast):
    browsers = [Client() for _n in range(3)]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    browsers[0].post(reverse("people:end_other_sessions"))
    assert [browser.get(reverse("people:me")).status_code for browser in browsers] == [200, 302, 302]


def test_a_page_does_not_write_each_time_it_is_seen(client, cast, django_assert_max_num_queries):
    client.force_login(cast.volunteer)
    client.get(reverse("people:me"))
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("people:me"))
    assert not [query["sql"] for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_organisations_are_kept_by_the_board(client, cast, organisation):
    client.force_login(cast.board)
    form = {"name": "Serikat Perjuangan Rakyat Indonesia", "short_name": "SPRI", "city": "Jakarta"}
    assert client.post(reverse("people:add_organisation"), form).status_code == 302
    page = client.post(reverse("people:add_organisation"), form)
    assert "Sudah ada organisasi lain" in page.content.decode()
    url = reverse("people:edit_organisation", args=[organisation.pk])
    client.post(url, form | {"short_name": "JRMK", "name": "Nama Baru"})
    organisation.refresh_from_db()
    assert organisation.name == "Nama Baru"


def test_a_letterhead_with_a_logo(client, cast, organisation):
    client.force_login(cast.board)
    url = reverse("people:edit_organisation", args=[organisation.pk])
    form = {
        "name": "Jaringan Rakyat Miskin Kota",
        "short_name": "JRMK",
        "city": "Jakarta",
        "signatory": "Endang Larasati",
        "letter_code": "JRMK-JT",
        "logo": SimpleUploadedFile("logo.png", a_photo(size=(1200, 900), fmt="PNG")),
    }
    assert client.post(url, form).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.signatory, organisation.code) == ("Endang Larasati", "JRMK-JT")
    logo = organisation.logo.unsealed()
    with Image.open(BytesIO(logo)) as image:
        assert (image.format, max(image.size)) == ("JPEG", 480)
    assert len(logo) <= 60 * 1024
    assert b"Pabrik HP" not in logo
    shown = client.get(reverse("people:logo", args=[organisation.pk]))
    assert (shown["Content-Type"], shown.content) == ("image/jpeg", logo)
    without = {name: value for name, value in form.items() if name != "logo"}
    client.post(url, without)
    organisation.refresh_from_db()
    assert organisation.logo
    client.post(url, without | {"remove_logo": "on"})
    organisation.refresh_from_db()
    assert not organisation.logo
    client.force_login(cast.coordinator)
    assert client.get(reverse("people:logo", args=[organisation.pk])).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("logo", SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>")),
        ("logo", SimpleUploadedFile("logo.pdf", b"%PDF-1.4 x")),
        ("letter_code", "JRMK/JT"),
        ("letter_code", "../x"),
        ("email", "bukan-surel"),
        ("city", ""),
    ],
    ids=["svg", "pdf", "slash", "path", "e-mail", "no city"],
)
def test_a_bad_letterhead_is_refused(field, value, client, cast, organisation):
    client.force_login(cast.board)
    form = {"name": "JRMK", "short_name": "JRMK", "city": "Jakarta"} | {field: value}
    page = client.post(reverse("people:edit_organisation", args=[organisation.pk]), form)
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_permission_pairs_agree(cast):
    people = [getattr(cast, name) for name in EVERYONE]
    for user in people:
        for person in people:
            try:
                permissions.check_can_manage(user, person)
                allowed = True
            except (NotAllowed, ActionRefused):
                allowed = False
            assert permissions.can_manage(user, person) == allowed


def test_a_key_is_shown_once_and_kept_as_a_digest(client, cast):
    client.post("/accounts/login/", {"login": "relawan.gedong", "password": "kata-sandi-uji"})
    url = reverse("people:make_key")
    asked = client.get(url)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    client.post(asked["Location"], {"password": "kata-sandi-uji"})
    key = re.search(r"<textarea[^>]*>([\w-]{40,})</textarea>", client.post(url).content.decode())[1]
    assert key not in client.get(url).content.decode()
    assert ApiToken.objects.get().digest != key
    api = Client()
    mine = api.get("/api/v1/people/me/", headers={"authorization": f"Token {key}"})
    assert mine.json()["username"] == "relawan.gedong"
    client.post(reverse("people:revoke_key"))
    assert api.get("/api/v1/people/me/", headers={"authorization": f"Token {key}"}).status_code == 401
