"""The map of the site: one line a slice."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("cases.desk.urls")),
    path("areas/", include("cases.areas.urls")),
    path("people/", include("cases.people.urls")),
    path("programmes/", include("cases.programmes.urls")),
    path("jobs/", include("cases.jobs.urls")),
    path("households/", include("cases.households.urls")),
    path("cases/", include("cases.casefiles.urls")),
    path("submissions/", include("cases.escalations.urls")),
    path("print/", include("cases.paper.urls")),
    path("p/", include("cases.paper.share_urls")),
    path("accounts/", include("cases.people.account_urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/", include("advocacy.api")),
    path("admin/", admin.site.urls),
]
