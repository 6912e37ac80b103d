"""A file field whose file on the disk holds only ciphertext, under a name that says nothing."""

import secrets
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile

from cases.kernel import crypto


class SealedFieldFile(FieldFile):
    """Seals what is saved; `unsealed()` is the only way to the content."""

    field: "SealedFileField"

    def save(self, name: str, content: File, save: bool = True) -> None:
        """Store under a random name; the name given (which may hold a person's) is dropped."""
        content.seek(0)
        sealed = crypto.seal(content.read(), purpose=self.field.purpose)
        super().save(f"{secrets.token_hex(16)}.sealed", ContentFile(sealed), save=save)

    save.alters_data = True  # type: ignore[attr-defined]

    def _stored(self) -> str:
        """The name on the storage; raises ValueError where no file was kept, as FieldFile does."""
        if not self.name:
            raise ValueError("no file was kept here")
        return self.name

    def unsealed(self) -> bytes:
        """The content; raises crypto.CannotUnseal. A view asks permission first."""
        with self.storage.open(self._stored(), "rb") as handle:
            return crypto.unseal(handle.read(), purpose=self.field.purpose)

    unsealed.alters_data = True  # type: ignore[attr-defined]

    def reseal(self) -> bool:
        """Put the file under the current key; False where it already is. The old file goes after the new one stands."""
        old = self._stored()
        with self.storage.open(old, "rb") as handle:
            token = handle.read()
        if not crypto.needs_resealing(token):
            return False
        fresh = ContentFile(crypto.reseal(token, purpose=self.field.purpose))
        super().save(f"{secrets.token_hex(16)}.sealed", fresh, save=True)
        self.storage.delete(old)
        return True

    reseal.alters_data = True  # type: ignore[attr-defined]


class SealedFileField(models.FileField):
    """Whole files of at most some 20 MB, sealed under `purpose` ("app.model.field" unless given)."""

    attr_class = SealedFieldFile
    description = "Sealed file"

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self._given_purpose = purpose
        super().__init__(*args, **kwargs)

    @property
    def purpose(self) -> str:
        return self._given_purpose or f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self._given_purpose:
            kwargs["purpose"] = self._given_purpose
        return name, path, list(args), kwargs
