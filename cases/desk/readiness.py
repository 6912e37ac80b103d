"""Whether the posko can work right now: its database, the shape of its tables, the broker of long work."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from celery import current_app
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import KombuError

log = logging.getLogger(__name__)

PATIENCE = 2  # seconds for a broker's answer

# Migrations do not come undone under a running process, so a good answer is kept: a probe asks every few seconds.
_migrated = False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations() -> bool:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def broker() -> bool:
    with current_app.connection_for_write(connect_timeout=PATIENCE) as link:
        folder = (link.transport_options or {}).get("data_folder_out")
        if folder:
            return Path(folder).is_dir() and os.access(folder, os.W_OK)
        link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=PATIENCE)
    return True


PARTS: dict[str, Callable[[], bool]] = {"database": database, "migrations": migrations, "broker": broker}


def missing() -> list[str]:
    """Names of the parts that do not answer; why is for the log and not for the world."""
    gone: list[str] = []
    for name, works in PARTS.items():
        try:
            answers = works()
        except (Error, OSError, KombuError) as error:
            log.warning("not ready: %s (%s)", name, type(error).__name__)
            answers = False
        if not answers:
            gone.append(name)
    return gone
