"""A model field whose column holds only ciphertext."""

import base64
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from cases.kernel import crypto

SERIALIZED = "sealed:"


class Sealed:
    """A sealed text. It keeps the token only; nothing but `reveal()` gives the plaintext, in a page, log or traceback."""

    __slots__ = ("purpose", "token")

    def __init__(self, token: bytes, purpose: str) -> None:
        self.token, self.purpose = bytes(token), purpose

    @classmethod
    def of(cls, text: str, purpose: str) -> "Sealed":
        return cls(crypto.seal(text.encode(), purpose=purpose), purpose)

    def reveal(self) -> str:
        """The plaintext; raises crypto.CannotUnseal. Whoever shows it records that it was shown."""
        return crypto.unseal(self.token, purpose=self.purpose).decode()

    # A template calls whatever can be called: opening a seal must be a line of Python that a reviewer sees.
    reveal.alters_data = True  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return "••••"

    def __repr__(self) -> str:
        return f"<Sealed {self.purpose}>"

    def __eq__(self, other: object) -> bool:
        """Equal tokens only: the same text sealed twice differs, so compare digests or what is revealed."""
        return isinstance(other, Sealed) and (self.token, self.purpose) == (other.token, other.purpose)

    def __hash__(self) -> int:
        return hash((self.token, self.purpose))


class _SealedAttribute(DeferredAttribute):
    """Seals at assignment, so that an unsaved object does not hold the plaintext either."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SealedTextField(models.BinaryField):
    """Text sealed under `purpose` ("app.model.field" unless given; give it before renaming any of the three).

    Python value: Sealed or None; a str is sealed when assigned and "" becomes None. It can be filtered by `isnull` only:
    to search it, keep crypto.digest() in a column beside it. Forms declare their own field for it, as it is not editable.
    """

    description = "Sealed text"
    descriptor_class = _SealedAttribute
    empty_values = (None,)

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self._given_purpose = purpose
        # A form made from the model would print the mask and save it back as the value.
        super().__init__(*args, **{**kwargs, "editable": False})

    @property
    def purpose(self) -> str:
        return self._given_purpose or f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self._given_purpose:
            kwargs["purpose"] = self._given_purpose
        return name, path, list(args), kwargs

    def get_default(self) -> Any:
        return super().get_default() if self.has_default() else None

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value, self.purpose)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes a str, a Sealed or None, not {type(value).__name__}")
        if value.startswith(SERIALIZED):
            return Sealed(base64.b64decode(value.removeprefix(SERIALIZED)), self.purpose)
        return Sealed.of(value, self.purpose) if value else None

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        if not isinstance(value, Sealed):
            return super().get_prep_value(value)
        if value.purpose != self.purpose:
            # Copied from another field: stored as it is, it could never be opened again.
            value = Sealed.of(value.reveal(), self.purpose)
        return value.token

    def value_to_string(self, obj: models.Model) -> str | None:  # type: ignore[override]
        value: Any = self.value_from_object(obj)
        return None if value is None else SERIALIZED + base64.b64encode(value.token).decode("ascii")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: filter by isnull, or by the digest kept beside it")
        return super().get_lookup(lookup_name)
