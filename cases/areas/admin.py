"""The organisation's own days; the official tree of areas to look things up in."""

from django.contrib import admin

from cases.areas.models import Area, OwnDay
from cases.audit.admin import BoardAdmin, ReferenceAdmin


@admin.register(Area)
class AreaAdmin(BoardAdmin):
    """Read only: RW and RT are added on the pages of the areas."""

    list_display = ["code", "name", "alias", "level", "abbr"]
    list_filter = ["level"]
    search_fields = ["^code", "name", "alias"]
    fields = ["code", "level", "name", "alias", "abbr"]


@admin.register(OwnDay)
class OwnDayAdmin(ReferenceAdmin):
    list_display = ["date", "change", "name"]
    list_filter = ["change"]
    date_hierarchy = "date"
