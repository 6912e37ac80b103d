"""A door list from the command line: for the whole kampung at once, or from cron before a walk."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.printing import areas_of, choice_of, round_of, writable, write
from cases.kernel.exceptions import PoskoError
from cases.paper import actions
from cases.paper.actions.prints import content_of
from cases.paper.choices import DoorTask, PaperSize
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.measuring import bare_seconds
from cases.paper.rules import MOST_PILES

PAPERS = [PaperSize.F4.value, PaperSize.A4.value]


class Command(BaseCommand):
    help = "Print the door list of one or more areas as a PDF. The print is on record like any other."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--area", action="append", default=[], metavar="CODE", help="may be given several times"
        )
        parser.add_argument("--paper", default=PaperSize.F4.value, help=" or ".join(PAPERS))
        parser.add_argument("--out", required=True, metavar="FILE.pdf")
        parser.add_argument(
            "--task", default="", help=f"{', '.join(DoorTask.values)}; round if --round is given"
        )
        parser.add_argument("--round", metavar="ID", help="the round that is told about")
        parser.add_argument("--piles", type=int, default=1, help="share it among so many volunteers")
        parser.add_argument(
            "--measure",
            action="store_true",
            help="compile the same JSON bare in a fresh process, and compare",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun, worked = time.perf_counter(), time.process_time()
        target = writable(options["out"], (".pdf",))
        paper = choice_of(options["paper"], PAPERS, "paper")
        areas = areas_of(options["area"])
        aid_round = round_of(options["round"]) if options["round"] else None
        task = options["task"] or (DoorTask.ROUND if aid_round else DoorTask.CHECK)
        task = choice_of(task, DoorTask.values, "task")
        if task == DoorTask.ROUND and aid_round is None:
            raise CommandError("--task round needs --round ID.")
        if not 1 <= options["piles"] <= MOST_PILES:
            raise CommandError(f"--piles is 1 to {MOST_PILES}.")
        order = DoorOrder(
            choice=Choice(
                areas=tuple(area.pk for area in areas), round_id=aid_round.pk if aid_round else None
            ),
            task=task,
            paper=paper,
            piles=options["piles"],
        )
        try:
            made = actions.print_doors(order=order, by=None)
        except PoskoError as refusal:
            raise CommandError(str(refusal)) from None
        write(target, made.pdf)
        wall, worked = time.perf_counter() - begun, time.process_time() - worked
        row = made.record
        self.stdout.write(
            f"{target}: {row.names} families, {row.pages} page{'s' if row.pages > 1 else ''}, {len(made.pdf) / 1e6:.1f} MB, "
            f"{wall:.2f} s ({worked:.2f} s of work). Print {row.pk} is on record."
        )
        if options["measure"]:
            content, _codes = content_of(row)
            bare_wall, bare_worked = bare_seconds(content, paper)
            self.stdout.write(
                f"Bare Typst compile of the same JSON in a process of its own: {bare_wall:.2f} s "
                f"({bare_worked:.2f} s of work). Ratio: {wall / bare_wall:.2f} (work {worked / bare_worked:.2f})."
            )
