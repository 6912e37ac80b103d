"""Programmes, what they pay, and their rounds."""

from django.contrib import admin

from cases.audit.admin import ReferenceAdmin, ReferenceInline
from cases.programmes.models import Programme, ProgrammeComponent, Round


class ComponentInline(ReferenceInline):
    model = ProgrammeComponent


@admin.register(Programme)
class ProgrammeAdmin(ReferenceAdmin):
    list_display = ["name", "code", "amount", "cadence", "channel", "last_checked", "active"]
    list_filter = ["active", "kind", "unit"]
    search_fields = ["name", "code"]
    inlines = [ComponentInline]


@admin.register(Round)
class RoundAdmin(ReferenceAdmin):
    list_display = ["name", "programme", "period_start", "period_end", "amount", "status"]
    list_filter = ["status", "programme"]
    list_select_related = ["programme"]
    search_fields = ["name", "programme__name"]
    date_hierarchy = "period_start"
