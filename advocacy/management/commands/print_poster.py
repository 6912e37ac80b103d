"""The poster of a round for an area, from the command line."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.printing import areas_of, choice_of, round_of, writable, write
from cases.kernel.exceptions import PoskoError
from cases.paper import actions, sources
from cases.paper.actions.posters import content_of
from cases.paper.choices import PaperSize, PosterKind
from cases.paper.typesetting import render_pdf, render_png


class Command(BaseCommand):
    help = "Print the schedule of a round as a poster, as PDF or as a picture of at most 200 KB."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", required=True, metavar="ID")
        parser.add_argument("--area", required=True, metavar="CODE")
        parser.add_argument("--paper", default=PaperSize.A3.value, help=", ".join(PaperSize.values))
        parser.add_argument("--out", required=True, metavar="FILE.pdf|FILE.png")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        target = writable(options["out"], (".pdf", ".png"))
        paper = choice_of(options["paper"], PaperSize.values, "paper")
        (area,) = areas_of([options["area"]])
        aid_round = round_of(options["round"])
        picture = target.suffix == ".png"
        if picture and paper == PaperSize.A3_TILES:
            raise CommandError("Two tiles make no single picture: use a4, f4 or a3 for a PNG.")
        try:
            content, until = sources.starting_poster(PosterKind.SCHEDULE, area, aid_round, by=None)
            poster = actions.make_poster(
                kind=PosterKind.SCHEDULE,
                area=area,
                aid_round=aid_round,
                content=content,
                valid_until=until,
                site=settings.POSKO_SITE_URL,
                by=None,
            )
            content = content_of(poster)
            made = (
                render_png("poster", content, paper=paper)[0]
                if picture
                else render_pdf("poster", content, paper=paper)
            )
            row = actions.print_poster(poster=poster, paper=paper, by=None)
        except PoskoError as refusal:
            raise CommandError(str(refusal)) from None
        write(target, made)
        seconds = time.perf_counter() - begun
        if not content.sessions:
            self.stderr.write(f"No date of this round is on record for {area.label}: the poster names none.")
        self.stdout.write(
            f"{target}: {content.word_count} words, {row.pages} page{'s' if row.pages > 1 else ''}, "
            f"{len(made) / 1000:.0f} KB, {seconds:.2f} s. Poster {poster.pk}, print {row.pk} are on record."
        )
