"""Sealing of personal data at rest, and keyed digests to look it up by.

A token is ``version (1 byte, 0x01) | length of key id (1 byte) | key id (ASCII) | nonce (12 bytes) | AES-256-GCM
ciphertext with its 16-byte tag``. Version, key id and purpose are authenticated with it, so a token moved to another
column, or relabelled with another key, does not open.

Keys: ``settings.POSKO_KEYS`` maps key id to 32 bytes, ``settings.POSKO_CURRENT_KEY`` names the one that seals; older ones
stay in the ring until everything is resealed. ``settings.POSKO_DIGEST_KEY`` (32 bytes) is never rotated with them:
changing it means computing every digest again.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class CannotUnseal(Exception):
    """The token is damaged, made for another purpose, or its key is not in the ring. Never says what was inside."""


def seal(plaintext: bytes, *, purpose: str) -> bytes:
    """Encrypt with the current key; `purpose` must be given again to open it."""
    key_id = _current_key_id()
    header = bytes([VERSION, len(key_id)]) + key_id.encode("ascii")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return (
        header + nonce + AESGCM(_key(key_id)).encrypt(nonce, bytes(plaintext), _associated(header, purpose))
    )


def unseal(token: bytes, *, purpose: str) -> bytes:
    """Decrypt with whichever key of the ring sealed it; raises CannotUnseal."""
    header, key_id, rest = _split(bytes(token))
    nonce, ciphertext = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(_key(key_id)).decrypt(nonce, ciphertext, _associated(header, purpose))
    except InvalidTag:
        raise CannotUnseal(f"token does not open for purpose {purpose!r}") from None


def needs_resealing(token: bytes) -> bool:
    """True when an older key sealed it, so that key cannot leave the ring yet."""
    return _split(bytes(token))[1] != _current_key_id()


def reseal(token: bytes, *, purpose: str) -> bytes:
    """The same content under the current key; a token that is already there comes back as it is."""
    return seal(unseal(token, purpose=purpose), purpose=purpose) if needs_resealing(token) else bytes(token)


def digest(value: str, *, purpose: str) -> str:
    """Keyed HMAC-SHA256 in hex (64 characters): equal values of one purpose meet, and nobody without the key can guess."""
    key = getattr(settings, "POSKO_DIGEST_KEY", b"")
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"POSKO_DIGEST_KEY must be {KEY_BYTES} bytes")
    return hmac.new(key, _framed(purpose) + value.encode(), hashlib.sha256).hexdigest()


def _split(token: bytes) -> tuple[bytes, str, bytes]:
    """Header, key id, and nonce with ciphertext."""
    if len(token) < 2 or token[0] != VERSION:
        raise CannotUnseal("not a token of a version known here")
    header, rest = token[: 2 + token[1]], token[2 + token[1] :]
    if len(rest) < NONCE_BYTES + TAG_BYTES:
        raise CannotUnseal("token is cut short")
    return header, header[2:].decode("ascii", "replace"), rest


def _current_key_id() -> str:
    key_id = str(getattr(settings, "POSKO_CURRENT_KEY", ""))
    if not key_id.isascii() or not 0 < len(key_id) < 256:
        raise ImproperlyConfigured("POSKO_CURRENT_KEY must be an ASCII name of 1 to 255 characters")
    if key_id not in _ring():
        raise ImproperlyConfigured(f"POSKO_CURRENT_KEY {key_id!r} is not in POSKO_KEYS")
    return key_id


def _key(key_id: str) -> bytes:
    try:
        key = _ring()[key_id]
    except KeyError:
        raise CannotUnseal(f"key {key_id!r} is not in POSKO_KEYS") from None
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"key {key_id!r} of POSKO_KEYS must be {KEY_BYTES} bytes")
    return key


def _ring() -> dict[str, bytes]:
    return {str(key_id): key for key_id, key in getattr(settings, "POSKO_KEYS", {}).items()}


def _associated(header: bytes, purpose: str) -> bytes:
    return header + _framed(purpose)


def _framed(purpose: str) -> bytes:
    """The purpose with its length before it, so that no purpose is the beginning of another with its value."""
    name = purpose.encode()
    if not name:
        raise ValueError("a purpose is needed")
    return len(name).to_bytes(2) + name
