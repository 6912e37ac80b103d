"""Choosing an area: one plain list that a cheap phone opens in its own way, grouped by RW, kelurahan or kecamatan."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.models import Area, AreaQuerySet
from cases.kernel.scope import within

# Said by forms that find no RT to choose.
NO_AREA = _("There is no RT here yet. A coordinator adds it under Areas.")


def choosable(user: Any, levels: Iterable[Level], *, coordinated: bool = False) -> AreaQuerySet:
    """Areas of these levels inside what a user sees, or only inside what the user coordinates; of nobody, none."""
    if user is None or not user.is_authenticated:
        return Area.objects.none()
    scope = user.coordinated_areas if coordinated else user.row_areas
    return Area.objects.filter(within(scope, "code")).at(*levels).with_label()


def _group(area: Area) -> str:
    """The heading an area stands under: RT under their RW, RW under their kelurahan, and so on."""
    return area.parent.label if area.parent is not None else ""


class AreaIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:  # several at once have none
            yield ("", self.field.empty_label)
        for heading, areas in groupby(self._ordered(), key=_group):
            choices = [self.choice(area) for area in areas]
            if heading:
                yield (heading, choices)
            else:
                yield from choices

    def _ordered(self) -> list[Area]:
        """By heading, in the order of the tree: the code is the path."""
        return sorted(self.queryset, key=lambda area: (area.parent_id or "", area.code))


class ScopedAreas:
    """Both fields below: what may be chosen depends on who asks."""

    iterator = AreaIterator

    def __init__(
        self,
        *,
        user: Any = None,
        levels: Iterable[Level] = (Level.RT,),
        coordinated: bool = False,
        queryset: Any = None,
        **kwargs: Any,
    ) -> None:
        self.levels, self.coordinated = tuple(levels), coordinated
        super().__init__(Area.objects.none() if queryset is None else queryset, **kwargs)  # type: ignore[call-arg]
        if user is not None:
            self.scope_to(user)

    def scope_to(self, user: Any) -> None:
        self.queryset = choosable(user, self.levels, coordinated=self.coordinated)

    def label_from_instance(self, area: Area) -> str:
        return area.label


class AreaField(ScopedAreas, forms.ModelChoiceField):
    """A scoped choice of one area; `clean` gives the Area.

    Either `AreaField(user=request.user, levels=[Level.RT])` in a form's __init__, or declared without a user and scoped there
    by `self.fields["area"].scope_to(user)`. `coordinated=True` offers only what the user coordinates.
    """

    default_error_messages = {
        "required": _("Choose the area."),
        "invalid_choice": _("This area is not one of yours. Choose one from the list."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Area"), "empty_label": _("Choose …"), **kwargs})


class AreasField(ScopedAreas, forms.ModelMultipleChoiceField):
    """The same for several areas, as ticks under headings."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one area."),
        "invalid_choice": _("This area is not one of yours. Choose one from the list."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Areas"), **kwargs})
