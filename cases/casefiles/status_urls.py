"""An address short enough to be typed from a slip."""

from django.urls import path

from cases.casefiles.views import slips

app_name = "status"
urlpatterns = [path("", slips.status, name="ask")]
