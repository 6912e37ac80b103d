from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "cases.notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        from cases.kernel import panels
        from cases.notices.panels import bell, choices_of_mine
        from cases.people import words

        panels.register("header", "notices", bell)
        panels.register("me", "notices", choices_of_mine)
        words.register("person.notices_chosen", _("Chose when to be told"), "bell")
