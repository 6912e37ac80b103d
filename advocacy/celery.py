"""Celery: filesystem broker on a laptop, Redis on a server; the same tasks and the same worker in both."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")

app = Celery("posko")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
