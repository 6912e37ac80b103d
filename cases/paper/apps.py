from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaperConfig(AppConfig):
    name = "cases.paper"
    verbose_name = _("paper")

    def ready(self) -> None:
        from cases.jobs import registry
        from cases.kernel import panels
        from cases.paper import workers
        from cases.paper.actions import AGAIN_JOB, DOORS_JOB
        from cases.paper.panels import (
            letter_of_group,
            letter_of_sending,
            letters_of_case,
            paper_of_area,
            paper_of_round,
            receipt_of_case,
            slip_of_household,
        )
        from cases.paper.words import register_sentences

        registry.register(DOORS_JOB, workers.print_doors, check=workers.check_can_fetch)
        registry.register(AGAIN_JOB, workers.print_again, check=workers.check_can_fetch)
        panels.register("round", "paper", paper_of_round, order=40)
        panels.register("area", "paper", paper_of_area, order=40)
        panels.register("household", "paper", slip_of_household, order=60)
        panels.register("case_code", "paper", receipt_of_case, order=10)
        panels.register("case", "letters", letters_of_case, order=20)
        panels.register("case_group", "letters", letter_of_group, order=20)
        panels.register("send", "letters", letter_of_sending, order=20)
        register_sentences()
