"""The administration of reference data: saved through the guard, every change on record, nothing deleted."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record, timeline
from cases.audit.models import AuditEvent
from cases.kernel.writes import action


class BoundedPaginator(Paginator):
    """Counts no further than anyone turns pages: the history may hold millions of rows."""

    furthest = 5_000

    @cached_property
    def count(self) -> int:
        return len(self.object_list.values_list("pk")[: self.furthest])


class BoardAdmin(admin.ModelAdmin):
    """Whoever may open the site may read here; nobody deletes, as rows are referred to by cases and by history."""

    # What advocacy.admin looks for: other packages' models stay out.
    for_the_board = True
    actions = None
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50
    paginator = BoundedPaginator

    def _board(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._board(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._board(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReferenceInline(admin.TabularInline):
    """Rows that belong to a reference row; they may be added and changed with it."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReferenceAdmin(BoardAdmin):
    """Reference rows of a slice: programmes, offices, deadlines, days."""

    # Fields whose values do not belong into the history.
    quiet_fields: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._board(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._board(request)

    @action
    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)

    @action
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> dict[str, Any]:
        """{name: [before, after]} of the row, and of each row beneath it under that row's own name."""
        changes = self._changes(form)
        for formset in formsets:
            for row in formset.forms:
                if row.has_changed() and (inner := self._changes(row)):
                    changes[f"{row.instance._meta.model_name}: {row.instance}"] = inner
        return changes

    def _changes(self, form: Any) -> dict[str, Any]:
        return {
            name: True
            if name in self.quiet_fields
            else [_told(form.initial.get(name)), _told(form.cleaned_data.get(name))]
            for name in form.changed_data
            if name in form.cleaned_data
        }

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:
        record(f"{obj._meta.model_name}.created", subject=obj, by=request.user)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Mapping[str, Any]) -> None:
        if message:
            record(f"{obj._meta.model_name}.edited", subject=obj, by=request.user, data={"changes": message})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """What the posko's own history says about the row."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": str(obj),
            "subtitle": _("Changes"),
            "entries": [_told_change(self.model, event) for event in timeline(obj).order_by("-id")[:100]],
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/reference_history.html", context)


def _told(value: Any) -> str:
    if value is None:
        return ""
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def _told_change(model: type[models.Model], event: AuditEvent) -> dict[str, Any]:
    changes = []
    for name, change in event.data.get("changes", {}).items():
        try:
            label = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        except FieldDoesNotExist:
            label = name
        pair = change if isinstance(change, list) else None
        inner = change if isinstance(change, dict) else None
        changes.append({"label": label, "pair": pair, "inner": inner})
    return {"at": event.at, "by": event.actor_name, "verb": event.verb, "changes": changes}


@admin.register(AuditEvent)
class AuditEventAdmin(BoardAdmin):
    """Who did what and when, to be looked at and never touched; details stay on the pages of their subjects."""

    list_display = ["at", "verb", "actor_name", "subject_type", "subject_id"]
    fields = ["at", "verb", "actor_name", "subject_type", "subject_id", "request_id"]
    search_fields = ["=subject_id", "=verb", "=actor_name", "=request_id"]
    search_help_text = _("A whole user name, verb, number of the subject or of the request.")
    ordering = ["-id"]
    sortable_by = ()
