"""By e-mail at most once: a server that is away, refuses, falls silent; and what stands in the message."""

import email
import email.policy
import socket

import pytest
import time_machine
from django.core import mail as django_mail

from cases.notices import actions, mail, registry, tasks
from cases.notices.choices import MailState
from cases.notices.models import Digest
from cases.notices.rules import MOST_MAILS
from tests.notices.helpers import LATE, SECRETS, SOON, at, outbox_of, told, told_to
from tests.notices.smtp import HANG_UP, mail_server

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-30"


@pytest.fixture
def monday(readers, with_mail):
    """Monday morning: two things to tell the coordinator, who reads e-mail, and the volunteer, who has none."""
    registry.register(SOON, told_to(readers.coordinator, readers.volunteer))
    outbox_of(range(2))
    with time_machine.travel(at(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def server(settings, monday):
    with mail_server() as smtp:
        options = {"host": "127.0.0.1", "port": smtp.port, "timeout": 5}
        settings.MAILERS = {
            "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
        }
        yield smtp


def state(readers) -> str:
    return Digest.objects.get(user=readers.coordinator).mail_state


def test_one_message_to_whom_has_an_address(readers, monday):
    tasks.tick()
    tasks.tick()
    [message] = django_mail.outbox
    assert message.to == ["koordinator@example.org"]
    assert message.from_email == "Posko <posko@example.org>"
    assert (message.cc, message.bcc, message.attachments) == ([], [], [])
    digest = Digest.objects.get(user=readers.coordinator)
    assert (digest.mail_state, digest.mailed_at) == (MailState.SENT, at(MONDAY))
    assert Digest.objects.get(user=readers.volunteer).mail_state == MailState.NONE
    assert told(readers.volunteer) == {SOON: 2}


def test_it_holds_counts_and_links_and_nothing_else(readers, monday):
    registry.register(
        LATE, told_to(readers.coordinator, words="%(n)s lewat batas waktu", url=lambda user: "/x/")
    )
    outbox_of(range(3), verb=LATE)
    tasks.tick()
    [message] = django_mail.outbox
    assert message.subject == "Posko Bansos: 5 pengingat, 30 Nov 2026"
    assert message.body.splitlines()[:6] == [
        "Pengingat dari posko, Senin, 30 November 2026:",
        "",
        "- 3 lewat batas waktu",
        "  https://posko.example.org/x/",
        "",
        "- 2 batas waktu dekat",
    ]
    assert "https://posko.example.org/notices/" in message.body
    assert "https://posko.example.org/notices/choose/" in message.body
    said = f"{message.subject}\n{message.body}"
    person = readers.coordinator
    for secret in (*SECRETS, person.username, person.name, person.email, "Gedong", "31.75"):
        assert secret not in said
    assert "&" not in said


def test_the_message_id_is_the_same_each_time(readers, monday):
    tasks.tick()
    digest = Digest.objects.get(user=readers.coordinator)
    first, again = mail.message_for(digest), mail.message_for(digest)
    assert first.extra_headers["Message-ID"] == f"<digest-{digest.pk}-2026-11-30@example.org>"
    assert first.extra_headers == again.extra_headers


def test_a_real_server_gets_a_plain_text_that_mail_programs_read(readers, server):
    tasks.tick()
    [raw] = server.messages
    message = email.message_from_string(raw, policy=email.policy.default)
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "2 batas waktu dekat" in message.get_content()
    assert state(readers) == MailState.SENT


def test_a_posko_without_mail_server_tells_in_the_app(readers, monday, settings):
    settings.POSKO_SENDS_MAIL = False
    tasks.tick()
    assert (django_mail.outbox, state(readers)) == ([], MailState.NONE)
    assert told(readers.coordinator) == {SOON: 2}


def test_whoever_wants_no_e_mail_gets_none(readers, monday):
    actions.choose(by=readers.coordinator, days="working", by_mail=False)
    tasks.tick()
    assert (django_mail.outbox, told(readers.coordinator)) == ([], {SOON: 2})


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_whoever_lost_the_address_or_the_account_meanwhile_gets_none(readers, monday, change):
    tasks.gather(at(MONDAY).date())
    for name, value in change.items():
        setattr(readers.coordinator, name, value)
    readers.coordinator.save()
    mail.deliver(at(MONDAY).date())
    assert (django_mail.outbox, state(readers)) == ([], MailState.NONE)


# --- servers that do not do as they should ---------------------------------------------------------------------------


def test_a_server_that_is_away_costs_no_digest_its_chance(readers, server, settings):
    port = settings.MAILERS["default"]["OPTIONS"]["port"]
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.MAILERS["default"]["OPTIONS"]["port"] = nobody.getsockname()[1]
        for _tick in range(MOST_MAILS + 2):
            tasks.tick()
    digest = Digest.objects.get(user=readers.coordinator)
    assert (digest.mail_state, digest.mail_tries) == (MailState.DUE, 0)
    settings.MAILERS["default"]["OPTIONS"]["port"] = port
    tasks.tick()
    assert (state(readers), len(server.messages)) == (MailState.SENT, 1)


def test_a_server_that_never_came_back_that_day_is_not_asked_the_next(readers, monday, settings, server):
    server.says = lambda command: "421 closing" if command in {"EHLO", "HELO"} else None
    tasks.tick()
    assert state(readers) == MailState.DUE
    server.says = lambda command: None
    monday.move_to(at("2026-12-01"))
    tasks.tick()
    assert (state(readers), server.messages) == (MailState.FAILED, [])
    assert told(readers.coordinator) == {SOON: 2}


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "END"])
def test_not_now_is_asked_again_a_few_times(readers, server, command):
    server.says = lambda said: "451 later" if said == command else None
    for tries in range(1, MOST_MAILS):
        tasks.tick()
        digest = Digest.objects.get(user=readers.coordinator)
        assert (digest.mail_state, digest.mail_tries) == (MailState.DUE, tries)
    server.says = lambda said: None
    tasks.tick()
    assert (state(readers), len(server.messages)) == (MailState.SENT, 1)


def test_not_now_for_ever_ends(readers, server):
    server.says = lambda said: "451 later" if said == "RCPT" else None
    for _tick in range(MOST_MAILS + 2):
        tasks.tick()
    digest = Digest.objects.get(user=readers.coordinator)
    assert (digest.mail_state, digest.mail_tries) == (MailState.FAILED, MOST_MAILS)
    assert server.commands.count("RCPT") == MOST_MAILS


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "END"])
def test_never_is_not_asked_again(readers, server, command):
    server.says = lambda said: "550 never" if said == command else None
    tasks.tick()
    server.says = lambda said: None
    tasks.tick()
    assert (state(readers), server.messages) == (MailState.FAILED, [])


def test_a_server_that_has_the_message_and_falls_silent_is_not_asked_again(readers, server):
    server.says = lambda said: HANG_UP if said == "END" else None
    tasks.tick()
    server.says = lambda said: None
    tasks.tick()
    assert (state(readers), len(server.messages)) == (MailState.FAILED, 1)


def test_one_refusal_does_not_keep_the_others_from_their_mail(readers, server, caplog):
    readers.volunteer.email = "relawan@example.org"
    readers.volunteer.save()
    refused = iter(["550 nobody of that name"])
    server.says = lambda said: next(refused, None) if said == "RCPT" else None
    tasks.tick()
    states = sorted(Digest.objects.values_list("mail_state", flat=True))
    assert states == [MailState.FAILED, MailState.SENT]
    assert len(server.messages) == 1
    assert "example.org" not in caplog.text, "the log holds no address"


def test_a_worker_that_died_in_the_middle_of_sending_is_not_followed_by_another(readers, monday):
    tasks.gather(at(MONDAY).date())
    assert actions.claim_mail(day=at(MONDAY).date()).user == readers.coordinator
    tasks.tick()
    assert (django_mail.outbox, state(readers)) == ([], MailState.SENDING)


def test_an_address_that_is_none_harms_nobody(readers, server):
    """Typed before the form checked it, or by hand in the database."""
    readers.coordinator.email = "bukan alamat"
    readers.coordinator.save()
    tasks.tick()
    assert state(readers) == MailState.FAILED
