"""What of allauth is reachable: signing in and out, the own password, the second factor. Nobody signs up or gets e-mail."""

from allauth.account import views as account
from django.urls import include, path

from cases.people import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    # allauth links to these two; here a coordinator's link does their work.
    path("password/reset/", views.ask_coordinator, name="account_reset_password"),
    path("signup/", views.ask_coordinator, name="account_signup"),
]
