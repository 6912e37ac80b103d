from django.urls import path

from cases.areas import views

app_name = "areas"
urlpatterns = [
    path("", views.area_list, name="list"),
    path("kampung/new/", views.add_kampung, name="add_kampung"),
    path("kampung/<int:pk>/", views.kampung, name="kampung"),
    path("kampung/<int:pk>/edit/", views.edit_kampung, name="edit_kampung"),
    path("kampung/<int:pk>/boards/new/", views.add_board, name="add_board"),
    path("boards/<int:pk>/edit/", views.edit_board, name="edit_board"),
    path("boards/<int:pk>/retire/", views.retire_board, name="retire_board"),
    path("boards/<int:pk>/return/", views.return_board, name="return_board"),
    path("days/", views.days, name="days"),
    path("days/import/", views.import_days, name="import_days"),
    path("days/<int:pk>/remove/", views.remove_day, name="remove_day"),
    # A code is digits and dots, so it cannot be mistaken for the words above.
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/add/", views.add_below, name="add"),
    path("<str:code>/name/", views.rename, name="rename"),
    path("<str:code>/remove/", views.remove, name="remove"),
]
