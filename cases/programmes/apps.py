from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "cases.programmes"
    verbose_name = _("programmes")

    def ready(self) -> None:
        from cases.kernel import panels
        from cases.programmes.panels import dates_of_area

        panels.register("area", "programmes", dates_of_area, order=30)
