"""Offices and how long the law gives them."""

from django.contrib import admin

from cases.audit.admin import ReferenceAdmin
from cases.escalations.models import DeadlineRule, Office, Requirement, Route


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "area", "addressee", "phone", "last_checked", "active"]
    list_filter = ["active", "kind"]
    list_select_related = ["area"]
    search_fields = ["name", "code", "addressee", "area__name"]
    autocomplete_fields = ["area"]


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReferenceAdmin):
    """A change holds for what is sent from now on; a submission keeps the rule under which it was sent."""

    list_display = [
        "office_kind",
        "matter",
        "step",
        "start",
        "amount",
        "unit",
        "legal_basis",
        "last_checked",
    ]
    list_filter = ["office_kind", "unit"]


@admin.register(Route)
class RouteAdmin(ReferenceAdmin):
    """Where a kind of case goes; the nearest area's rows hold, and of them the category's own before the general ones."""

    list_display = ["__str__", "category", "area", "rung", "office_kind", "beside", "last_checked", "active"]
    list_filter = ["active", "beside", "category", "office_kind"]
    list_select_related = ["area"]
    autocomplete_fields = ["area"]


@admin.register(Requirement)
class RequirementAdmin(ReferenceAdmin):
    list_display = ["office_kind", "need", "amount", "legal_basis", "last_checked"]
    list_filter = ["office_kind"]
