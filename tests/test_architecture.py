"""The blueprint's rules that no import shows: foreign keys point down, guarded rows are guarded, rows are scoped."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from cases.kernel.exceptions import WriteOutsideAction
from cases.kernel.writes import GuardedModel, GuardedQuerySet

BASE = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = [[name.strip() for name in line.split("|")] for line in CONTRACTS[0]["layers"]]
HEIGHT = {name: len(LAYERS) - place for place, line in enumerate(LAYERS) for name in line}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("cases.")]
GUARDED = [model for model in MODELS if issubclass(model, GuardedModel)]

# Written in other ways, each with its reason.
NOT_GUARDED = {
    "audit.AuditEvent",  # written by audit.actions.record alone, and the database refuses the rest
    "people.User",  # Django and allauth save it: last sign-in, password hash
}
# Rows that reach an output only through a row that is scoped itself, or that nobody sees as a row.
NOT_SCOPED = {
    "areas.OwnDay",  # reference data
    "audit.AuditEvent",  # audit.actions.timeline(row) of a row that was already found in scope; list: the board
    "casefiles.CaseCounter",  # a number
    "casefiles.Reporter",  # casefiles.permissions decides what an audience may learn
    "escalations.DeadlineRule",  # reference data
    "escalations.DeadlineMark",  # when a deadline was told; shown nowhere
    "escalations.Requirement",
    "escalations.Route",
    "notices.DigestRun",  # a date
    "notices.NoticeChoice",  # its owner's alone, on no list
    "paper.DoorLine",  # through its sheet
    "paper.LetterCase",  # through its letter
    "paper.LetterCounter",  # a number
    "paper.SheetCounter",  # a number
    "people.ApiToken",  # found by its digest or by its owner alone
    "people.Organisation",  # reference data
    "people.PasswordLink",  # found by its digest alone
    "programmes.ProgrammeComponent",  # through its programme
}
# Rows of a family or a case are read through it: its page is found by visible_to.
THROUGH_PARENT = {
    "escalations.Answer": "submission",
    "escalations.Deadline": "submission",
    "escalations.Progress": "submission",
    "households.AidReceipt": "household",
    "households.Consent": "household",
    "households.FormerKK": "household",
    "households.Member": "household",
    "households.StatusCheck": "household",
    "households.Visit": "household",
    "notices.DigestLine": "digest",
}


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model._meta.object_name}"


def slice_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_every_slice_has_a_height():
    assert {path.parent.name for path in (BASE / "cases").glob("*/__init__.py")} == set(HEIGHT)


def test_relations_point_to_the_same_slice_or_a_lower_one():
    upward = [
        f"{label(model)}.{field.name} -> {label(field.related_model)}"
        for model in MODELS
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model in MODELS
        and slice_of(model) != slice_of(field.related_model)
        and HEIGHT[slice_of(field.related_model)] >= HEIGHT[slice_of(model)]
    ]
    assert upward == []


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=BASE, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_model_is_guarded_or_says_why_not():
    assert {label(model) for model in MODELS if model not in GUARDED} == NOT_GUARDED


@pytest.mark.parametrize("model", GUARDED, ids=label)
def test_a_guarded_row_is_refused_outside_an_action(model, django_assert_num_queries, db):
    row = model()
    with django_assert_num_queries(0):
        for write in (row.save, row.delete, lambda: model.objects.all().delete()):
            with pytest.raises(WriteOutsideAction):
                write()
        with pytest.raises(WriteOutsideAction):
            model.objects.bulk_create([row])
        with pytest.raises(WriteOutsideAction):
            model.objects.bulk_update([row], [model._meta.pk.name])
        with pytest.raises(WriteOutsideAction):
            model.objects.update(**{model._meta.pk.name: row.pk})


@pytest.mark.parametrize("model", GUARDED, ids=label)
def test_every_manager_of_a_guarded_model_guards_bulk_writes(model):
    for manager in model._meta.managers:
        assert isinstance(manager.get_queryset(), GuardedQuerySet), manager.name


def test_every_model_is_scoped_or_says_why_not():
    unscoped = {label(model) for model in MODELS if not hasattr(model.objects.all(), "visible_to")}
    assert unscoped - THROUGH_PARENT.keys() == NOT_SCOPED


@pytest.mark.parametrize(("child", "parent"), THROUGH_PARENT.items())
def test_rows_without_scope_hang_on_one_that_has_it(child, parent):
    above = apps.get_model(child)._meta.get_field(parent).related_model
    assert hasattr(above.objects.all(), "visible_to")


@pytest.mark.django_db
@pytest.mark.parametrize("model", [m for m in MODELS if hasattr(m.objects.all(), "visible_to")], ids=label)
def test_a_stranger_sees_nothing_anywhere(model, cast):
    seen = model.objects.visible_to(cast.stranger)
    assert list(seen) in ([], [cast.stranger])
