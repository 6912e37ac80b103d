"""`POSKO_DEMO=1 manage.py load_demo`: the demo's rows alone, without starting anything."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy import seeding
from cases.desk.demo import load_demo


class Command(BaseCommand):
    help = "Fill the demo's own database with invented families and cases (POSKO_DEMO=1 only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--households", type=int, default=300, help="how many families (default 300)")
        parser.add_argument("--cases", type=int, default=60, help="how many cases (default 60)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is the real posko's database, which never gets demo rows. Say: POSKO_DEMO=1 manage.py load_demo"
            )
        if options["households"] < 1 or options["cases"] < 0:
            raise CommandError("--households must be 1 or more, --cases 0 or more.")
        seeding.load_all()
        made = load_demo(size=options["households"], cases=options["cases"])
        if made is None:
            self.stdout.write("The demo is there already; it is kept as it is.")
        else:
            self.stdout.write(f"Demo: {made.households} households, {made.cases} cases.")
