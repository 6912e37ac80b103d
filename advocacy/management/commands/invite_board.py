"""The one-time link for the first pengurus, on a server; `start` prints it by itself on a laptop."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.people.actions import first_board_invitation


class Command(BaseCommand):
    help = "Make the one-time link that creates the first pengurus account. Earlier links stop working."

    def handle(self, *args: Any, **options: Any) -> None:
        path = first_board_invitation()
        if not path:
            raise CommandError("There is a pengurus already; they invite others on the page Orang.")
        self.stdout.write(f"{settings.POSKO_SITE_URL.rstrip('/')}{path}")
