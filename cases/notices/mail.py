"""A digest by e-mail: counts and links in plain text, offered to the mail server once."""

import contextlib
import logging
import smtplib
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from cases.notices import actions
from cases.notices.choices import MailState
from cases.notices.models import Digest
from cases.notices.wording import lines

log = logging.getLogger(__name__)

# What can go wrong before a server has the message: no way to it, no certificate, no welcome, a wrong password.
NO_SERVER = (OSError, smtplib.SMTPException)


def is_on() -> bool:
    """Has this posko a mail server?"""
    return bool(settings.POSKO_SENDS_MAIL)


def deliver(day: date) -> int:
    """Send what is due for the day, one after the other; how many the server took.

    Each row is committed as being sent before the server hears of it. So a worker that dies here leaves a digest that is
    never sent again, rather than one that is sent twice; the app holds it anyway.
    """
    if not is_on():
        return 0
    actions.drop_old_mail(day=day)
    if not Digest.objects.filter(mail_state=MailState.DUE, day=day).exists():
        return 0
    server, sent, last = mailers.default, 0, 0
    try:
        while True:
            # Before a row is claimed: a server that is not there costs no digest its chance.
            try:
                server.open()
            except NO_SERVER as error:
                log.warning("no mail server (%s); the next tick tries again", type(error).__name__)
                return sent
            digest = actions.claim_mail(day=day, after=last)
            if digest is None:
                return sent
            last = digest.pk
            if digest.mail_state == MailState.SENDING:
                state = _send(server, digest)
                actions.settle_mail(digest=digest, state=state)
                sent += state == MailState.SENT
                if state != MailState.SENT:
                    # A server in a strange state is greeted anew.
                    _hang_up(server)
    finally:
        _hang_up(server)


def _send(server: Any, digest: Digest) -> MailState:
    """SENT, DUE where the server said no for now, FAILED where it said no for good or may or may not have the message."""
    try:
        server.send_messages([message_for(digest)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as refusal:
        code = _code(refusal)
        log.warning("digest %s was refused by the mail server (%s)", digest.pk, code)
        return MailState.DUE if 400 <= code < 500 else MailState.FAILED
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # Only the kind: the words of these errors hold addresses.
        log.warning("digest %s: the mail server fell silent (%s)", digest.pk, type(error).__name__)
        return MailState.FAILED
    return MailState.SENT


def _code(refusal: smtplib.SMTPException) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return next((code for code, _words in refusal.recipients.values()), 500)
    return int(getattr(refusal, "smtp_code", 500))


def _hang_up(server: Any) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.close()


def message_for(digest: Digest) -> EmailMessage:
    """Always Indonesian: the language of the screen is chosen on each phone and not known here."""
    site = settings.POSKO_SITE_URL.rstrip("/")
    with translation.override("id"):
        told = lines(digest, digest.user)
        context = {
            "day": digest.told_on,
            "lines": [(line.words, f"{site}{line.url}") for line in told],
            "all": f"{site}{reverse('notices:list')}",
            "choices": f"{site}{reverse('notices:choose')}",
        }
        subject = render_to_string(
            "notices/mail_subject.txt", {"n": sum(line.count for line in told), **context}
        )
        body = render_to_string("notices/mail.txt", context)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return EmailMessage(
        subject.strip(),
        body,
        settings.DEFAULT_FROM_EMAIL,
        [digest.user.email],
        headers={
            # The same each time: whoever gets it twice after all sees one.
            "Message-ID": f"<digest-{digest.pk}-{digest.told_on.isoformat()}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
