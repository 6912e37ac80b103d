"""Seal everything anew with the first key of POSKO_KEYS, so that an older key can leave the ring."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models, transaction

from cases.kernel.crypto import needs_resealing, reseal
from cases.kernel.fields import SealedTextField
from cases.kernel.sealed_files import SealedFileField
from cases.kernel.writes import open_gate

BATCH = 500


class Command(BaseCommand):
    help = "Reseal all rows and files with the current key. Can be stopped and run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = files = 0
        for model in apps.get_models():
            fields = model._meta.concrete_fields
            sealed = [field for field in fields if isinstance(field, SealedTextField)]
            stored = [field for field in fields if isinstance(field, SealedFileField)]
            if sealed:
                texts += self.rows(model, sealed)
            if stored:
                files += self.files(model, stored)
        self.stdout.write(
            f"Key {settings.POSKO_CURRENT_KEY}: {texts} rows and {files} files sealed anew; "
            "nothing is left under an older key."
        )

    def rows(self, model: type[models.Model], fields: list[SealedTextField]) -> int:
        """Batch by batch in primary-key order, each in a transaction with its rows locked."""
        count, last = 0, None
        names = [field.name for field in fields]
        while True:
            with transaction.atomic(), open_gate():
                rows = model._base_manager.select_for_update().order_by("pk").only("pk", *names)  # type: ignore[attr-defined]
                batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
                if not batch:
                    return count
                last = batch[-1].pk
                for row in batch:
                    values = {field.name: getattr(row, field.name) for field in fields}
                    old = {
                        name: v for name, v in values.items() if v is not None and needs_resealing(v.token)
                    }
                    for value in old.values():
                        value.token = reseal(value.token, purpose=value.purpose)
                    if old:
                        row.save(update_fields=list(old))
                        count += 1

    def files(self, model: type[models.Model], fields: list[SealedFileField]) -> int:
        count = 0
        for field in fields:
            for row in model._base_manager.exclude(**{field.name: ""}).iterator(chunk_size=BATCH):  # type: ignore[attr-defined]
                with open_gate():
                    count += getattr(row, field.name).reseal()
        return count
