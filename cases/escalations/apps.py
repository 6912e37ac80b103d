from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    name = "cases.escalations"
    verbose_name = _("escalations")

    def ready(self) -> None:
        from cases.areas import calendar
        from cases.casefiles import public
        from cases.escalations import reminders
        from cases.escalations.actions import recompute_open_deadlines
        from cases.escalations.facts import owed_by_office
        from cases.escalations.filters import SubmissionFilter
        from cases.escalations.panels import send_button, send_group, submissions_of_case
        from cases.escalations.words import register_sentences
        from cases.kernel import panels
        from cases.people import lists

        lists.register(
            "submissions", label=_("Sent to offices"), url="escalations:list", filterset=SubmissionFilter
        )
        public.ask_whose_date(owed_by_office)
        calendar.when_changed("escalations", recompute_open_deadlines)
        panels.register("case", "escalations", submissions_of_case, order=10)
        panels.register("case_actions", "escalations", send_button, order=10)
        panels.register("case_group", "escalations", send_group, order=10)
        register_sentences()
        reminders.register()
