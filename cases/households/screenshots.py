"""Screenshots of portals: a clean picture, sealed on disk, because it may show a NIK."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from cases.households.models import StatusCheck
from cases.kernel import crypto, uploads

PURPOSE = "households.statuscheck.screenshot"
MEDIA_TYPE = "image/jpeg"


def storage() -> Storage:
    return StatusCheck._meta.get_field("screenshot").storage


def keep(data: bytes) -> str:
    """Store a picture and give its name; raises uploads.UploadRefused for what is no picture."""
    sealed = crypto.seal(uploads.clean_image(data), purpose=PURPOSE)
    name = f"checks/{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}.sealed"
    return storage().save(name, ContentFile(sealed))


def read(check: StatusCheck) -> bytes:
    """The picture as JPEG."""
    with check.screenshot.open("rb") as file:
        return crypto.unseal(file.read(), purpose=PURPOSE)
