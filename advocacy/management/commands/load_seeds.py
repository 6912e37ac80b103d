"""Reference rows from seeds/ into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy import seeding


class Command(BaseCommand):
    help = "Add reference rows (areas, programmes, offices, deadlines) that are missing; edited rows stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Seeds: {seeding.summary(seeding.load_all())}.")
