"""Strict reading of environment variables: a wrong or missing one stops the start and names itself."""

import base64
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def names(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def required(name: str, why: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: {why}")
    return value


def key_ring(value: str, name: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64` (32 bytes each); the first is the one new rows are sealed with."""
    ring: dict[str, bytes] = {}
    for part in value.split(","):
        key_id, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not key_id or len(key_id) > 16 or len(key) != 32:
            raise ImproperlyConfigured(f"{name} must be id:base64 of 32 bytes, several parted by commas.")
        ring[key_id] = key
    return ring


# scheme -> usual port, and how the connection is sealed
MAIL_SCHEMES: dict[str, tuple[int, dict[str, bool]]] = {
    "smtp": (25, {}),
    "smtp+tls": (587, {"use_tls": True}),
    "smtps": (465, {"use_ssl": True}),
}


def mailers(name: str, timeout: int) -> dict[str, dict[str, Any]]:
    """Django's MAILERS out of `smtps://user:password@host:465`.

    A password goes over a sealed connection, or to this very machine. What is not a letter or digit in it is written %40.
    """
    value = text(name)
    wrong = ImproperlyConfigured(
        f"{name} must be smtps://user:password@host:465, smtp+tls://...:587 or smtp://host:25."
    )
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in MAIL_SCHEMES or not host or parts.path.strip("/") or parts.query:
        raise wrong
    usual, sealed = MAIL_SCHEMES[parts.scheme]
    if parts.password and not sealed and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(
            f"{name} would send its password in the clear: use smtps:// or smtp+tls://."
        )
    options = {
        "host": host,
        "port": port or usual,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": timeout,
        **sealed,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def laptop_keys(folder: Path) -> dict[str, str]:
    """Keys of a posko on a laptop: made once, kept beside the database, readable by its owner only.

    The keys lie beside the data here, so the laptop's own disk encryption is what protects a stolen machine; a server
    gets them by environment instead.
    """
    path = folder / "keys.env"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        lines = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "POSKO_KEYS": f"k1:{new_key()}",
            "POSKO_DIGEST_KEY": new_key(),
        }
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
        try:
            # A hard link fails where the file already is, so two first starts at once agree on one set of keys.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    pairs = (line.partition("=") for line in path.read_text().splitlines() if "=" in line)
    return {name: value for name, _, value in pairs}
