from django.urls import URLPattern, URLResolver, path

from cases.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.programme_list, name="list"),
    path("new/", views.programme_create, name="create"),
    path("<int:pk>/", views.programme_detail, name="detail"),
    path("<int:pk>/edit/", views.programme_edit, name="edit"),
    path("<int:pk>/rounds/new/", views.round_create, name="round_create"),
    path("rounds/", views.round_list, name="rounds"),
    path("rounds/<int:pk>/", views.round_detail, name="round"),
    path("rounds/<int:pk>/edit/", views.round_edit, name="round_edit"),
    path("rounds/<int:pk>/schedules/new/", views.schedule_create, name="schedule_create"),
    path("schedules/", views.schedule_list, name="schedules"),
    path("schedules/<int:pk>/edit/", views.schedule_edit, name="schedule_edit"),
    path("schedules/<int:pk>/cancel/", views.schedule_cancel, name="schedule_cancel"),
]
