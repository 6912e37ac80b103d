from django.urls import URLPattern, URLResolver, path

from cases.casefiles.views import acting, browsing, evidence, recording, reporter, slips

app_name = "casefiles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", browsing.listing, name="list"),
    path("new/", recording.create, name="create"),
    path("new/<str:category>/", recording.tell, name="tell"),
    path("<int:pk>/", browsing.detail, name="detail"),
    path("<int:pk>/saved/", recording.saved, name="saved"),
    path("<int:pk>/edit/", recording.edit, name="edit"),
    path("<int:pk>/evidence/", evidence.add, name="add_evidence"),
    path("<int:pk>/reporter/", reporter.change, name="reporter"),
    path("<int:pk>/reporter/show/", reporter.reveal, name="reveal"),
    path("<int:pk>/code/", slips.code, name="code"),
    path("<int:pk>/code/change/", slips.change_code, name="change_code"),
    path("<int:pk>/similar/<int:other>/", acting.similar, name="similar"),
    path("evidence/<int:pk>/", evidence.show, name="evidence"),
    path("evidence/<int:pk>/original/", evidence.original, name="original"),
    path("evidence/<int:pk>/strike/", evidence.strike, name="strike"),
    path("links/<int:pk>/remove/", acting.unlink, name="unlink"),
    path("groups/<int:pk>/", browsing.group, name="group_detail"),
    path("groups/<int:pk>/rename/", acting.rename_group, name="rename_group"),
    *(path(f"<int:pk>/{name}/", acting.act, {"name": name}, name=name) for name in acting.STEPS),
]
