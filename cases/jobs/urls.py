from django.urls import path

from cases.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/file/", views.download, name="download"),
    path("<uuid:pk>/again/", views.run_again, name="run_again"),
]
