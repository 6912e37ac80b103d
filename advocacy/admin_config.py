"""Named in INSTALLED_APPS in place of django.contrib.admin; apart from apps.py, where Django looks for one config only."""

from django.contrib.admin.apps import AdminConfig


class PoskoAdminConfig(AdminConfig):
    default_site = "advocacy.admin.PoskoAdminSite"
