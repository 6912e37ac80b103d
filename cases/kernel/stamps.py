"""Client stamps: what a phone or a double click sends twice is stored once (blueprint rule 11)."""

import hashlib
import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.kernel.exceptions import Conflict


class ClientStamped(models.Model):
    """A row that remembers which client made it and of what content."""

    client_id = models.UUIDField(_("client id"), null=True, blank=True, unique=True, editable=False)
    client_digest = models.CharField(_("digest of the content"), max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


def content_digest(content: Any) -> str:
    """SHA-256 over canonical JSON; dates and lazy strings by `str`."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def stored_before[M: ClientStamped](model: type[M], client_id: uuid.UUID | None, digest: str) -> M | None:
    """The row this client already made; Conflict where the content differs."""
    if client_id is None:
        return None
    row = model._base_manager.filter(client_id=client_id).first()
    if row is not None and row.client_digest != digest:
        raise Conflict(_("This form was sent before with other content. Nothing was changed."), existing=row)
    return row
