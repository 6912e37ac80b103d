from django.urls import path

from cases.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("search/", views.search, name="search"),
    path("record/", views.record, name="record"),
    path("help/", views.help_page, name="help"),
    path("api/v1/docs/", views.api_docs, name="api_docs"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
