"""Bring the Indonesian catalogues up to the code, and compile them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.catalogues import Catalogues


class Command(BaseCommand):
    help = (
        "Extract strings into the catalogue of each slice and compile; --check only reports what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slice", action="append", help="only this slice (may be repeated)")
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail on missing translations"
        )
        parser.add_argument("--compile", action="store_true", help="only compile what the catalogues say")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues = Catalogues(settings.BASE_DIR)
        if options["compile"]:
            catalogues.compile()
            return
        gaps = 0
        for name in options["slice"] or catalogues.slices():
            missing = catalogues.missing(name) if options["check"] else catalogues.update(name)
            for text in missing:
                self.stdout.write(f"{name}: no Indonesian for {text!r}")
            gaps += len(missing)
        clashes = catalogues.contradictions()
        for text, first, second in clashes:
            self.stdout.write(f"two translations of {text!r}: {first!r}, {second!r}")
        if options["check"] and (gaps or clashes):
            raise CommandError(f"{gaps} strings without translation, {len(clashes)} translated in two ways.")
        if not options["check"]:
            catalogues.compile()
