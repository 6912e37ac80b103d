"""The organisation's own days; the official tree of areas to look things up in."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from cases.areas import actions
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
    """Added by the slice's own action, as open deadlines follow the day; taken back on the page of the days."""

    list_display = ["date", "change", "name"]
    list_filter = ["change"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        said = form.cleaned_data
        made = actions.add_day(day=said["date"], change=said["change"], name=said["name"], by=request.user)
        obj.pk = made.pk

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        """The action has put it on record."""
