from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    name = "cases.escalations"
    verbose_name = _("escalations")

    def ready(self) -> None:
        from cases.areas import calendar
        from cases.escalations.actions import recompute_open_deadlines

        calendar.when_changed("escalations", recompute_open_deadlines)
