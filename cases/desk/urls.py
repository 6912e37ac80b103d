from django.urls import path

from cases.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("record/", views.record, name="record"),
]
