"""/api/v1/: every slice registers its own endpoints; the schema is made from them."""

from importlib import import_module

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

SLICES = [
    "areas",
    "people",
    "programmes",
    "jobs",
    "notices",
    "households",
    "casefiles",
    "escalations",
    "paper",
    "desk",
]

router = DefaultRouter()
router.include_format_suffixes = False  # JSON only: no second address for the same rows
for name in SLICES:
    import_module(f"cases.{name}.api").register(router)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
