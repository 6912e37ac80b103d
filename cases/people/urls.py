from django.urls import path

from cases.people import views

app_name = "people"
urlpatterns = [
    path("", views.people_list, name="list"),
    path("<int:pk>/", views.person, name="detail"),
    path("<int:pk>/edit/", views.edit_person, name="edit"),
    path("<int:pk>/role/", views.add_role, name="add_role"),
    path("<int:pk>/password-link/", views.make_password_link, name="password_link"),
    path("<int:pk>/shut/", views.deactivate, name="deactivate"),
    path("<int:pk>/open/", views.activate, name="activate"),
    path("<int:pk>/lift-second-factor/", views.lift_second_factor, name="lift_second_factor"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/new/", views.invite, name="invite"),
    path("invitations/<int:pk>/renew/", views.renew_invitation, name="renew_invitation"),
    path("invitations/<int:pk>/revoke/", views.revoke_invitation, name="revoke_invitation"),
    path("link/", views.show_link, name="show_link"),
    path("join/<str:token>/", views.join, name="join"),
    path("new-password/<str:token>/", views.new_password, name="new_password"),
    path("me/", views.me, name="me"),
    path("me/edit/", views.edit_me, name="edit_me"),
    path("me/screen/", views.theme, name="theme"),
    path("me/filters/", views.filters, name="filters"),
    path("me/filters/save/", views.save_filter, name="save_filter"),
    path("me/filters/<int:pk>/", views.rename_filter, name="rename_filter"),
    path("me/filters/<int:pk>/remove/", views.remove_filter, name="remove_filter"),
    path("me/phones/", views.sessions, name="sessions"),
    path("me/phones/others/end/", views.end_other_sessions, name="end_other_sessions"),
    path("me/phones/<int:pk>/end/", views.end_session, name="end_session"),
    path("me/key/", views.make_key, name="make_key"),
    path("me/key/revoke/", views.revoke_key, name="revoke_key"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.edit_organisation, name="add_organisation"),
    path("organisations/<int:pk>/", views.edit_organisation, name="edit_organisation"),
    path("organisations/<int:pk>/logo/", views.organisation_logo, name="logo"),
]
