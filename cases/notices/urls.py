from django.urls import path

from cases.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.digest_list, name="list"),
    path("text/", views.group_text, name="text"),
    path("choose/", views.choose, name="choose"),
]
