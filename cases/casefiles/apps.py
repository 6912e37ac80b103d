from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasefilesConfig(AppConfig):
    name = "cases.casefiles"
    verbose_name = _("cases")

    def ready(self) -> None:
        from cases.casefiles.filters import CaseFilter
        from cases.casefiles.panels import cases_of_household
        from cases.kernel import panels
        from cases.people import lists

        lists.register("cases", label=_("Cases"), url="casefiles:list", filterset=CaseFilter)
        panels.register("household", "casefiles", cases_of_household, order=20)
