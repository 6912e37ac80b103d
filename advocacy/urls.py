"""The map of the site: one line a slice."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("cases.desk.urls")),
    path("areas/", include("cases.areas.urls")),
    path("people/", include("cases.people.urls")),
    path("programmes/", include("cases.programmes.urls")),
    path("jobs/", include("cases.jobs.urls")),
    path("notices/", include("cases.notices.urls")),
    path("households/", include("cases.households.urls")),
    path("cases/", include("cases.casefiles.urls")),
    path("submissions/", include("cases.escalations.urls")),
    path("print/", include("cases.paper.urls")),
    path("p/", include("cases.paper.share_urls")),
    path("status/", include("cases.casefiles.status_urls")),
    path("accounts/", include("cases.people.account_urls")),
    # Whoever stands before the door may already choose the language.
    path("language/setlang/", login_not_required(set_language), name="set_language"),
    path("api/v1/", include("advocacy.api")),
    path("admin/", admin.site.urls),
]
