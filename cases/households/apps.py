from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    name = "cases.households"
    verbose_name = _("households")

    def ready(self) -> None:
        from cases.households.filters import HouseholdFilter
        from cases.people import lists

        lists.register("households", label=_("Households"), url="households:list", filterset=HouseholdFilter)
