"""Invitations: within rank and area, once, for a week, and never two accounts from one link."""

import re
import threading
from datetime import timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from cases.people import actions
from cases.people.choices import LinkState, Role
from cases.people.models import Invitation, Membership, Organisation, User

GEDONG, GEDONG_RT, TENGAH = "31.75.05.1001", "31.75.05.1001.011.005", "31.75.04.1002"
GOOD = {
    "name": "Siti Aminah",
    "username": "siti.aminah",
    "phone": "0812-1111-2222",
    "password": "gerobak nasi uduk",
    "again": "gerobak nasi uduk",
}
ACCOUNT = {key: GOOD[key] for key in ("name", "username", "phone", "password")}


def invite(cast, areas, by="coordinator", role=Role.VOLUNTEER, area=None):
    return actions.invite(by=getattr(cast, by), name="Siti", role=role, area=area or areas.gedong)


# Who may invite whom where: everything not listed is refused.
MAY = {
    ("coordinator", Role.VOLUNTEER, "gedong"),
    ("coordinator", Role.VOLUNTEER, "gedong_rt"),
    ("coordinator", Role.COORDINATOR, "gedong"),
    ("coordinator", Role.COORDINATOR, "gedong_rt"),
    ("other_coordinator", Role.VOLUNTEER, "tengah"),
    ("other_coordinator", Role.COORDINATOR, "tengah"),
    *{("board", role, place) for role in Role for place in ("province", "gedong", "gedong_rt", "tengah")},
}


@pytest.mark.parametrize(
    "who", ["volunteer", "coordinator", "other_coordinator", "board", "observer", "stranger"]
)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["province", "gedong", "gedong_rt", "tengah"])
def test_rank_and_area(cast, areas, who, role, place):
    area = getattr(areas, place)
    if (who, role, place) in MAY:
        invitation, token = invite(cast, areas, who, role, area)
        assert invitation.state == LinkState.OPEN
        assert token not in str(vars(invitation))
    else:
        with pytest.raises(NotAllowed):
            invite(cast, areas, who, role, area)
        assert not Invitation.objects.exists()


def test_a_coordinator_of_one_place_who_volunteers_in_another_invites_in_the_first_only(make_user, areas):
    both = make_user("dua.peran", (Role.COORDINATOR, GEDONG), (Role.VOLUNTEER, TENGAH))
    actions.invite(by=both, name="A", role=Role.VOLUNTEER, area=areas.gedong)
    with pytest.raises(NotAllowed):
        actions.invite(by=both, name="A", role=Role.VOLUNTEER, area=areas.tengah)


def test_only_the_digest_is_kept_and_the_event_names_nobody(cast, areas):
    invitation, token = invite(cast, areas)
    assert invitation.token_digest == actions.link_digest(token)
    event = AuditEvent.objects.get(verb="person.invited")
    assert (event.area_code, event.data, event.actor_name) == (
        GEDONG,
        {"role": "volunteer"},
        "koordinator.gedong",
    )
    assert "Siti" not in str(vars(event))


def test_the_whole_way_from_the_form_to_the_first_page(client, cast, areas, organisation):
    client.force_login(cast.coordinator)
    form = {"name": "Siti", "role": "volunteer", "area": GEDONG, "organisation": organisation.pk}
    made = client.post(reverse("people:invite"), form)
    assert made["Location"] == reverse("people:show_link")
    page = client.get(made["Location"]).content.decode()
    path = re.search(r"/people/join/[\w-]+/", page)[0]
    assert "https://wa.me/?text=" in page
    picture = re.search(r'src="data:image/svg\+xml[^,]*,([^"]+)"', page)[1]
    assert ElementTree.fromstring(unquote(picture)).tag == "{http://www.w3.org/2000/svg}svg"
    # Shown once: a reload leads back to the list, without the link.
    again = client.get(made["Location"], follow=True)
    assert path not in again.content.decode()
    assert again.redirect_chain
    client.post("/accounts/logout/")

    page = client.get(path).content.decode()
    assert "Koordinator.Gedong mengundang" in page or "Koordinator Gedong mengundang" in page
    joined = client.post(path, GOOD)
    assert joined["Location"] == reverse("desk:home")
    user = User.objects.get(username="siti.aminah")
    assert (user.phone, user.organisation, user.check_password(GOOD["password"])) == (
        "+6281211112222",
        organisation,
        True,
    )
    [held] = user.memberships.all()
    assert (held.role, held.area_id) == (Role.VOLUNTEER, GEDONG)
    assert client.session["_auth_user_id"] == str(user.pk)
    event = AuditEvent.objects.get(verb="person.joined")
    assert (event.subject_id, event.actor_id, event.data) == (str(user.pk), user.pk, {"role": "volunteer"})
    assert client.get(reverse("people:me")).status_code == 200


@pytest.mark.parametrize("spoiled", ["used", "expired", "revoked", "unknown"])
def test_a_dead_link_says_why_and_makes_no_account(client, cast, areas, spoiled):
    invitation, token = invite(cast, areas)
    words = {
        "used": "sudah dipakai",
        "expired": "sudah kedaluwarsa",
        "revoked": "sudah ditarik",
        "unknown": "tidak dikenal",
    }
    with open_gate():
        if spoiled == "used":
            actions.accept_invitation(token=token, **ACCOUNT | {"username": "duluan", "phone": ""})
        if spoiled == "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        if spoiled == "revoked":
            actions.revoke_invitation(invitation=invitation, by=cast.coordinator)
        if spoiled == "unknown":
            token = "bukan-tautan"
    before = User.objects.count()
    url = reverse("people:join", args=[token])
    for answer in (client.get(url), client.post(url, GOOD)):
        assert answer.status_code == 410
        assert words[spoiled] in answer.content.decode()
    assert User.objects.count() == before
    with pytest.raises(ActionRefused):
        actions.accept_invitation(token=token, **ACCOUNT)


def test_it_is_valid_for_seven_days(cast, areas):
    invitation, _token = invite(cast, areas)
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "koordinator.gedong"}, "sudah dipakai"),
        ({"username": "081234567890"}, "diawali huruf"),
        ({"username": "ab"}, "3 sampai 30"),
        ({"phone": "12"}, "bukan nomor telepon"),
        ({"password": "pendek", "again": "pendek"}, "terlalu"),
        ({"password": "siti.aminah1", "again": "siti.aminah1"}, "mirip"),
        ({"again": "lain sekali ini"}, "tidak sama"),
        ({"name": ""}, "Nama: "),
    ],
)
def test_a_wrong_form_keeps_the_link_open_and_out_of_the_log(client, cast, areas, caplog, wrong, words):
    invitation, token = invite(cast, areas)
    page = client.post(reverse("people:join", args=[token]), GOOD | wrong)
    assert page.status_code == 200
    assert token not in caplog.text
    assert words in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_number_of_somebody_else_is_refused_with_a_sentence(client, cast, areas):
    User.objects.filter(pk=cast.volunteer.pk).update(phone="+6281211112222")
    _invitation, token = invite(cast, areas)
    page = client.post(reverse("people:join", args=[token]), GOOD)
    assert "dipakai akun lain" in page.content.decode()
    assert not User.objects.filter(username="siti.aminah").exists()


def test_someone_with_an_account_takes_the_role_with_it(client, cast, areas):
    _invitation, token = invite(cast, areas)
    url = reverse("people:join", args=[token])
    client.force_login(cast.other_volunteer)
    assert "relawan" in client.get(url).content.decode()
    assert client.post(url)["Location"] == reverse("people:me")
    assert cast.other_volunteer.memberships.current().count() == 2
    assert client.post(url).status_code == 410
    assert Membership.objects.filter(user=cast.other_volunteer, area_id=GEDONG).count() == 1


def test_a_role_that_one_has_is_not_taken_twice_and_the_link_stays(client, cast, areas):
    invitation, token = invite(cast, areas)
    client.force_login(cast.volunteer)
    assert client.post(reverse("people:join", args=[token])).status_code == 409
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_new_link_ends_the_one_before(client, cast, areas):
    invitation, token = invite(cast, areas)
    client.force_login(cast.coordinator)
    client.post(reverse("people:renew_invitation", args=[invitation.pk]))
    page = client.get(reverse("people:show_link")).content.decode()
    client.logout()
    assert client.get(reverse("people:join", args=[token])).status_code == 410
    assert client.get(re.search(r"/people/join/[\w-]+/", page)[0]).status_code == 200


@pytest.mark.parametrize("verb", ["revoke_invitation", "renew_invitation"])
@pytest.mark.parametrize(
    ("who", "code"),
    [("other_coordinator", 404), ("volunteer", 404), ("observer", 404), ("stranger", 404), ("board", 302)],
)
def test_invitations_of_another_area_are_not_there(client, cast, areas, verb, who, code):
    invitation, _token = invite(cast, areas)
    client.force_login(getattr(cast, who))
    assert client.post(reverse(f"people:{verb}", args=[invitation.pk])).status_code == code


def test_a_coordinator_sees_but_cannot_revoke_an_invitation_to_the_board(client, cast, areas):
    invitation, _token = invite(cast, areas, "board", Role.BOARD, areas.gedong)
    client.force_login(cast.coordinator)
    assert client.post(reverse("people:revoke_invitation", args=[invitation.pk])).status_code == 403


def test_links_die_with_the_rank_that_made_them(cast, areas):
    invitation, token = invite(cast, areas)
    actions.end_membership(membership=cast.coordinator.memberships.get(), by=cast.board)
    with pytest.raises(ActionRefused, match="ditarik"):
        actions.accept_invitation(token=token, **ACCOUNT)
    invitation.refresh_from_db()
    assert invitation.state == LinkState.REVOKED


def test_the_first_board_link_replaces_the_one_before_and_ends_with_a_board(client, areas):
    first, second = actions.first_board_invitation(), actions.first_board_invitation()
    assert client.get(first).status_code == 410
    assert "pengurus" in client.get(second).content.decode()
    assert client.post(second, GOOD).status_code == 302
    assert User.objects.get().is_board
    assert actions.first_board_invitation() == ""


def test_the_first_board_link_needs_areas(db):
    with pytest.raises(ActionRefused):
        actions.first_board_invitation()


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite's test database lives in memory, where threads cannot meet"
)
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_account(areas, cast):
    _invitation, token = invite(cast, areas)
    before, gate, made, refused = User.objects.count(), threading.Barrier(2), [], []

    def accept(username):
        try:
            gate.wait()
            given = ACCOUNT | {"username": username, "phone": ""}
            made.append(actions.accept_invitation(token=token, **given))
        except ActionRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    pair = [threading.Thread(target=accept, args=(name,)) for name in ("satu.orang", "dua.orang")]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert (len(made), len(refused)) == (1, 1)
    assert User.objects.count() == before + 1
    assert Organisation.objects.count() == 0
