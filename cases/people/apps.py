from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cases.people"
    verbose_name = _("people")

    def ready(self) -> None:
        from cases.kernel import panels
        from cases.people.panels import saved_filters

        panels.register("filters", "people", saved_filters)
